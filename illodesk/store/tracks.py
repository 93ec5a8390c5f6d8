"""Tracks: float32 frames in .npy files, written as they come and memory-mapped by who reads them.

A track ``name.npy`` has its columns and its step in ``name.json`` beside it. The array's shape is (frames, columns).
Until the writer is closed the header says 0 frames; the true number then follows from the size of the file, so a
track is readable while it grows and after a crash.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import Field, ValidationError

from illodesk.schema import Model
from illodesk.store.errors import DamagedError

_HEADER_BYTES = 128
_MAGIC = b"\x93NUMPY\x01\x00" + (_HEADER_BYTES - 10).to_bytes(2, "little")  # .npy format 1.0
_HEADER = re.compile(
    re.escape(_MAGIC) + rb"\{'descr': '<f4', 'fortran_order': False, 'shape': \((\d{1,15}), (\d{1,4})\), \} *\n"
)
_NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,63}")


class TrackInfo(Model):
    """What the columns of a track are, and when its frames were."""

    columns: list[str] = Field(min_length=1, description="Names; a column 't' holds the times in s")
    hop_s: float | None = Field(None, gt=0, description="s between frames, where there is no column 't'")
    start_s: float = Field(0.0, description="s of the first frame, where there is no column 't'")


@dataclass(frozen=True)
class Track:
    """A track to read: ``frames`` is float32 (frames, columns), memory-mapped and read-only."""

    name: str
    info: TrackInfo
    frames: NDArray[np.float32]

    def times(self, start: int = 0, stop: int | None = None) -> NDArray[np.float64]:
        """Times in s of the frames ``start`` to ``stop``."""
        stop = len(self.frames) if stop is None else min(stop, len(self.frames))
        if "t" in self.info.columns:
            return self.frames[start:stop, self.info.columns.index("t")].astype(np.float64)
        return self.info.start_s + np.arange(start, stop, dtype=np.float64) * (self.info.hop_s or 1.0)


class TrackWriter:
    """Appends frames of unknown number to one track, in constant memory."""

    def __init__(self, folder: Path, name: str, columns: Sequence[str], hop_s: float | None, start_s: float = 0.0):
        """Begin the track ``name`` (lower-case letters, digits, underscores) in ``folder``.

        Raises ValueError for a bad name, or where neither a step nor a column ``t`` tells the times, and
        FileExistsError when the track is there.
        """
        if not _NAME.fullmatch(name):
            msg = f"not a name for a track: {name!r}"
            raise ValueError(msg)
        if hop_s is None and "t" not in columns:
            msg = "a track needs a step or a column 't'"
            raise ValueError(msg)
        info = TrackInfo(columns=list(columns), hop_s=hop_s, start_s=start_s)
        folder.mkdir(parents=True, exist_ok=True)
        self.frames = 0
        self._columns = len(info.columns)
        self._file: BinaryIO = (folder / f"{name}.npy").open("xb")
        self._file.write(_header(0, self._columns))
        (folder / f"{name}.json").write_text(info.model_dump_json(), encoding="utf-8")

    @classmethod
    def resume(cls, path: Path, frames: int) -> Self:
        """Go on with a track after ``frames`` of its frames; what follows them is dropped, what is missing is NaN."""
        writer = cls.__new__(cls)
        writer._file = path.open("r+b")
        _, columns = _read_header(writer._file)
        writer._columns = columns
        kept = min(frames, (path.stat().st_size - _HEADER_BYTES) // (4 * columns))
        writer._file.truncate(_HEADER_BYTES + 4 * columns * kept)
        writer._file.seek(0, os.SEEK_END)
        writer.frames = kept
        if kept < frames:
            writer.append(np.full((frames - kept, columns), np.nan))
        return writer

    def append(self, frames: ArrayLike) -> None:
        """Append frames of shape (n, columns). Raises ValueError for another shape."""
        block = np.ascontiguousarray(frames, dtype="<f4")
        if block.ndim != 2 or block.shape[1] != self._columns:
            msg = f"frames of shape (n, {self._columns}) were expected, not {block.shape}"
            raise ValueError(msg)
        self._file.write(block.data)
        self.frames += len(block)

    def flush(self) -> None:
        """Hand what was appended to the operating system."""
        self._file.flush()

    def close(self) -> None:
        """Write the final number of frames and make the file durable. May be called again."""
        if self._file.closed:
            return
        try:
            self._file.seek(0)
            self._file.write(_header(self.frames, self._columns))
            self._file.flush()
            os.fsync(self._file.fileno())
        finally:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_track(path: Path) -> Track:
    """Map the track at ``path`` (its .npy file), finished or not. Raises DamagedError when it is not a track."""
    try:
        info = TrackInfo.model_validate_json(path.with_suffix(".json").read_bytes())
        with path.open("rb") as file:
            _, columns = _read_header(file)
    except (OSError, ValueError, ValidationError) as error:
        msg = f"The track {path.name} cannot be read: {error}"
        raise DamagedError(msg) from error
    if columns != len(info.columns):
        msg = f"The track {path.name} does not have the columns that it should."
        raise DamagedError(msg)
    count = (path.stat().st_size - _HEADER_BYTES) // (4 * columns)
    if count == 0:
        return Track(path.stem, info, np.empty((0, columns), dtype=np.float32))
    frames = np.memmap(path, dtype="<f4", mode="r", offset=_HEADER_BYTES, shape=(count, columns))
    return Track(path.stem, info, frames)


def repair_track(path: Path) -> int:
    """Make a track whose writer died a plain .npy file again: whole frames only, and their number in the header.

    Returns the number of frames. Does nothing to a track that was closed.
    """
    with path.open("r+b") as file:
        stated, columns = _read_header(file)
        count = (path.stat().st_size - _HEADER_BYTES) // (4 * columns)
        if count != stated or path.stat().st_size != _HEADER_BYTES + 4 * columns * count:
            file.truncate(_HEADER_BYTES + 4 * columns * count)
            file.seek(0)
            file.write(_header(count, columns))
            file.flush()
            os.fsync(file.fileno())
    return count


def _header(frames: int, columns: int) -> bytes:
    """A .npy header of always the same length, so that it can be written again in place."""
    text = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({frames}, {columns}), }}".encode("ascii")
    return _MAGIC + text.ljust(_HEADER_BYTES - len(_MAGIC) - 1) + b"\n"


def _read_header(file: BinaryIO) -> tuple[int, int]:
    """Stated frames, and columns. Raises ValueError when it is not a track."""
    header = file.read(_HEADER_BYTES)
    found = _HEADER.fullmatch(header)
    if len(header) < _HEADER_BYTES or found is None or int(found[2]) < 1:
        msg = "its header is not that of a track"
        raise ValueError(msg)
    return int(found[1]), int(found[2])
