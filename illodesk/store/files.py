"""Copies that are on the disk when they are done, and removal that leaves nothing."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

_CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hex; constant memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_durably(source: Path, target: Path) -> str:
    """Copy a file, sync it, and return the SHA-256 of what was written.

    Shares blocks with the source where the file system can (a reflink: later changes to the source do not reach the
    copy). Never a hard link, since an edit of the source in place would then change what was analysed.
    """
    with source.open("rb") as reader, target.open("xb") as writer:
        if _reflink(reader.fileno(), writer.fileno()):
            os.fsync(writer.fileno())
            return sha256_of(target)
        digest = hashlib.sha256()
        while chunk := reader.read(_CHUNK):
            writer.write(chunk)
            digest.update(chunk)
        writer.flush()
        os.fsync(writer.fileno())
        return digest.hexdigest()


def remove_tree(path: Path) -> None:
    """Remove a file, a link or a folder with all it holds; links are removed, not followed. Missing is fine."""
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    elif path.exists():
        try:
            shutil.rmtree(path)
        except FileNotFoundError:
            # Another process clears the same folder.
            shutil.rmtree(path, ignore_errors=True)


if sys.platform == "linux":
    import fcntl

    _FICLONE = 0x40049409  # ioctl_ficlonerange(2)

    def _reflink(source: int, target: int) -> bool:
        try:
            fcntl.ioctl(target, _FICLONE, source)
        except OSError:
            return False
        return True

else:

    def _reflink(source: int, target: int) -> bool:  # noqa: ARG001
        return False
