"""What was measured of each utterance, kept until the end of a session, when everything is scored again.

A session of hours measures thousands of utterances. In a file beside its checkpoint they neither fill the memory nor
need to be written anew with every checkpoint, which only says how far the file went.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from illodesk.schema import Utterance

_LENGTHS = struct.Struct("<II")


class Measurements:
    """Utterances and their voices (unit vectors, or None), in the order in which they were measured.

    With a ``path`` they go to that file and a pickle refers to it; without one they are held in memory.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._count = 0
        self._file: BinaryIO = io.BytesIO() if path is None else path.open("w+b")

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[tuple[Utterance, NDArray[np.float32] | None]]:
        self._file.seek(0)
        for _ in range(self._count):
            text, voice = (self._file.read(length) for length in _LENGTHS.unpack(self._file.read(_LENGTHS.size)))
            yield (
                Utterance.model_validate_json(zlib.decompress(text)),
                np.frombuffer(voice, np.float32) if voice else None,
            )

    def append(self, utterance: Utterance, voice: NDArray[np.float32] | None) -> None:
        """Keep one more. It is with the system when this returns, so that it survives the end of this process."""
        text = zlib.compress(utterance.model_dump_json().encode(), 1)
        sound = b"" if voice is None else voice.astype(np.float32).tobytes()
        self._file.seek(0, io.SEEK_END)
        self._file.write(_LENGTHS.pack(len(text), len(sound)) + text + sound)
        self._file.flush()
        self._count += 1

    def discard(self) -> None:
        """Forget everything, on disk too."""
        self._file.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    def __getstate__(self) -> dict[str, Any]:
        """How far the file goes, or what there is where there is no file."""
        state = self.__dict__.copy()
        if self._path is not None:
            state["_file"] = self._file.seek(0, io.SEEK_END)
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Go on at the same length: what came later is measured again. Raises OSError when the file is gone."""
        self.__dict__.update(state)
        if self._path is not None:
            self._file = self._path.open("r+b")
            self._file.truncate(state["_file"])
