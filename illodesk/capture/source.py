"""A recording as the source of a session: what the recorder wrote, while it writes or afterwards."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from illodesk.capture.recording import SAMPLE_RATE, RecordingReader
from illodesk.schema import MediaInfo

BLOCK_S = 0.5
SAMPLE_BYTES = 2
READ = 60 * SAMPLE_RATE
"""Samples taken from disk at a time, so that hours need no more memory than a minute."""


class RecordingSource:
    """Blocks of shape (samples, channels), float32 at 16 kHz, until the recording is closed and read to its end."""

    def __init__(self, folder: Path, *, interrupted: bool = False) -> None:
        """``interrupted``: nobody writes any more, although nobody closed it."""
        self._reader = RecordingReader(folder)
        spec = self._reader.spec
        self.info = MediaInfo(
            name=spec.recording_id, container="recording", channels=len(spec.channels), sample_rate=spec.sample_rate
        )
        self._interrupted = interrupted
        self._waiting = np.zeros((0, len(spec.channels)), np.int16)
        self._block = round(BLOCK_S * spec.sample_rate)
        self.ended = False

    @property
    def waiting_s(self) -> float:
        """Seconds that were read and not handed out yet, and about what else is on disk."""
        rate = self._reader.spec.sample_rate
        return (len(self._waiting) + min(self._reader.unread_bytes) / SAMPLE_BYTES) / rate

    def read(self) -> NDArray[np.float32] | None:
        """The next half second or what there is of it; None when there is nothing yet."""
        if len(self._waiting) < self._block:
            over = self._interrupted or self._reader.closed  # asked first: what is written before the end is read
            fresh = self._reader.read(last=over, limit=READ)
            self._waiting = np.concatenate([self._waiting, fresh])
            if over and not len(fresh) and not len(self._waiting):
                self.ended = True
        block, self._waiting = self._waiting[: self._block], self._waiting[self._block :]
        return block.astype(np.float32) / 32768.0 if len(block) else None

    def close(self) -> None:
        """Close the files."""
        self._reader.close()
