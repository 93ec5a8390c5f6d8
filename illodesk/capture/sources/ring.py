"""A ring of samples between the thread of a device and the recorder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

RING_S = 16.0
SHORTEST_CHUNK_S = 0.002


class Chunk(NamedTuple):
    """What one callback delivered: when it arrived (``time.monotonic()``), its samples, and frames lost before it."""

    arrived: float
    samples: NDArray[np.int16]
    lost_before: int


class Ring:
    """Holds ``RING_S`` seconds. One thread writes, one reads; neither waits and neither makes arrays on the way in.

    What does not fit is counted as lost: what was heard first is kept, and the gap has its length.
    """

    def __init__(self, rate: int, seconds: float = RING_S) -> None:
        self._size = round(rate * seconds)
        self._samples = np.zeros(self._size, np.int16)
        self._bytes = self._samples.data.cast("B")
        self._chunks = round(seconds / SHORTEST_CHUNK_S)
        self._arrived = np.zeros(self._chunks, np.float64)
        self._frames = np.zeros(self._chunks, np.int64)
        self._lost_before = np.zeros(self._chunks, np.int64)
        self._written = 0
        self._read = 0
        self._chunks_written = 0
        self._chunks_read = 0
        self._lost_now = 0
        self.lost = 0

    def write(self, data: bytes | memoryview, arrived: float) -> None:
        """Copy 16-bit samples in. Called from the device's thread."""
        source = memoryview(data).cast("B")
        frames = len(source) // 2
        free = self._size - (self._written - self._read)
        if frames > free or self._chunks_written - self._chunks_read >= self._chunks:
            self.lose(frames)
            return
        start = self._written % self._size
        first = min(frames, self._size - start)
        self._bytes[2 * start : 2 * (start + first)] = source[: 2 * first]
        if first < frames:
            self._bytes[: 2 * (frames - first)] = source[2 * first : 2 * frames]
        slot = self._chunks_written % self._chunks
        self._arrived[slot] = arrived
        self._frames[slot] = frames
        self._lost_before[slot] = self._lost_now
        self._lost_now = 0
        self._written += frames
        # Last: from here on the reader may see it.
        self._chunks_written += 1

    def lose(self, frames: int) -> None:
        """Count frames that the device had and could not give. Called from the device's thread."""
        self._lost_now += frames
        self.lost += frames

    def read(self) -> Iterator[Chunk]:
        """Chunks in order, as copies."""
        while self._chunks_read < self._chunks_written:
            slot = self._chunks_read % self._chunks
            frames = int(self._frames[slot])
            start = self._read % self._size
            first = min(frames, self._size - start)
            samples = np.concatenate([self._samples[start : start + first], self._samples[: frames - first]])
            chunk = Chunk(float(self._arrived[slot]), samples, int(self._lost_before[slot]))
            self._read += frames
            self._chunks_read += 1
            yield chunk
