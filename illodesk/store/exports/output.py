"""Where an export goes: a new file, which is there whole or not at all, or a binary stream."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from illodesk.store.errors import ExportExistsError, UnavailableError


@contextmanager
def open_output(out: Path | BinaryIO, overwrite: bool) -> Iterator[BinaryIO]:
    """A binary stream to write to. A stream that the caller gave stays open.

    A path is written beside its final name and renamed at the end, so that a failed export leaves nothing and spoils
    nothing. Raises ExportExistsError when it exists and ``overwrite`` is False, UnavailableError when it cannot be
    written.
    """
    if not isinstance(out, Path):
        yield out
        return
    if out.exists() and not overwrite:
        msg = f"There is a file of this name already: {out}"
        raise ExportExistsError(msg)
    part = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    try:
        try:
            with part.open("xb") as file:
                yield file
            _put_in_place(part, out, overwrite)
        finally:
            part.unlink(missing_ok=True)
    except FileExistsError as error:
        msg = f"There is a file of this name already: {out}"
        raise ExportExistsError(msg) from error
    except OSError as error:
        msg = f"The export could not be written ({error.strerror}): {out}"
        raise UnavailableError(msg) from error


@contextmanager
def text_over(binary: BinaryIO, encoding: str = "utf-8") -> Iterator[TextIOWrapper]:
    """Text into a binary stream, which stays open; line ends are written as given."""
    text = TextIOWrapper(binary, encoding=encoding, newline="", write_through=True)
    try:
        yield text
    finally:
        text.detach()


def _put_in_place(part: Path, out: Path, overwrite: bool) -> None:
    if overwrite:
        part.replace(out)
        return
    try:
        os.link(part, out)  # unlike a rename, fails when somebody made the file meanwhile
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if out.exists():
            raise FileExistsError(out) from None
        part.rename(out)
