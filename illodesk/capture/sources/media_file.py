"""A sound file as a source, at real pace or as fast as it is read."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from illodesk.capture.sources.base import SAMPLE_RATE, Block, SourceError
from illodesk.capture.sources.placing import resampler

if TYPE_CHECKING:
    import soundfile

UNPACED_S = 1.0
"""Seconds per read when the pace does not matter."""


class FileSource:
    """WAV or FLAC, all channels mixed. Unpaced, second n of the file is second n of the recording, whenever it is read.

    Proven on Linux, in the tests.
    """

    idles = False
    lost = 0

    def __init__(self, path: Path, *, paced: bool = True) -> None:
        self._path = path
        self._paced = paced
        self._file: soundfile.SoundFile | None = None
        self._begin = 0.0
        self._origin = 0.0
        self._at = 0
        self.name = path.name
        self.finished = False
        self.trouble = ""

    @property
    def alive(self) -> bool:
        return not self.finished and not self.trouble

    def start(self, origin: float) -> None:
        """Open the file. Raises SourceError when it is no sound file."""
        import soundfile

        try:
            self._file = soundfile.SoundFile(self._path)
        except (OSError, soundfile.SoundFileError) as error:
            msg = f"{self._path.name} cannot be read as a sound file."
            raise SourceError(msg) from error
        rate = self._file.samplerate
        self._resampler = None if rate == SAMPLE_RATE else resampler(rate)
        self._origin = origin
        self._begin = time.monotonic() - origin if self._paced else 0.0
        self._at = round(self._begin * SAMPLE_RATE)

    def read(self) -> list[Block]:
        """What is due by now."""
        file = self._file
        if file is None or not self.alive:
            return []
        frames = round(UNPACED_S * file.samplerate)
        if self._paced:
            due = (time.monotonic() - self._origin - self._begin) * file.samplerate
            frames = max(0, min(frames, round(due) - file.tell()))
        try:
            sound = file.read(frames, dtype="int16", always_2d=True)
        except (OSError, RuntimeError):
            self.trouble = f"{self._path.name} is damaged."
            return []
        self.finished = file.tell() >= file.frames
        samples = sound[:, 0] if sound.shape[1] == 1 else np.round(sound.mean(axis=1)).astype(np.int16)
        if self._resampler is not None:
            samples = self._resampler.resample_chunk(np.ascontiguousarray(samples), last=self.finished)
        block = Block(self._at / SAMPLE_RATE, samples)
        self._at += len(samples)
        return [block] if len(samples) else []

    def close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()
