"""Raw sound from a named pipe or standard input."""

from __future__ import annotations

import os
import sys
import threading
import time

import numpy as np

from illodesk.capture.sources.base import SAMPLE_RATE, Block, SourceError
from illodesk.capture.sources.ring import Ring

PIECE = 6400
LATE_S = 0.25
"""Sound that comes this much later than what was before it allows comes after a pause."""


class PipeSource:
    """16-bit little-endian mono samples at 16 kHz from a FIFO, or from standard input when the path is ``-``.

    The writer sets the pace. What comes at real pace is placed when it comes; what comes faster is placed end to end,
    ahead of the clock; nothing of it is lost, since the pipe is read no faster than the recorder takes it. A thread
    reads, because a pipe can make its reader wait. Proven on Linux, in the tests.
    """

    idles = True
    lost = 0

    def __init__(self, path: str) -> None:
        self._path = path
        self._ring = Ring(SAMPLE_RATE)
        self._room = threading.Semaphore(0)
        self._ended = threading.Event()
        self._closed = False
        self._at: int | None = None
        self._origin = 0.0
        self.name = "standard input" if path == "-" else path
        self.trouble = ""

    @property
    def finished(self) -> bool:
        return self._ended.is_set() and not self.trouble and self._drained

    @property
    def alive(self) -> bool:
        return not (self._ended.is_set() and self._drained)

    def start(self, origin: float) -> None:
        """Begin reading in a thread. Raises SourceError when there is nothing at the path."""
        if self._path != "-" and not os.path.exists(self._path):  # noqa: PTH110 - may be a pipe name of Windows
            msg = f"There is no pipe at {self._path}."
            raise SourceError(msg)
        self._origin = origin
        self._drained = True
        self._room.release(round(8 * SAMPLE_RATE * 2 / PIECE))
        threading.Thread(target=self._pump, name="pipe", daemon=True).start()

    def _pump(self) -> None:
        odd = b""
        try:
            # Not the buffered standard input: it would wait for a whole buffer.
            handle = sys.stdin.fileno() if self._path == "-" else os.open(self._path, os.O_RDONLY)
            while not self._closed:
                self._room.acquire()
                data = odd + os.read(handle, PIECE)
                if len(data) == len(odd):
                    break
                odd = data[len(data) & ~1 :]
                self._drained = False
                self._ring.write(data[: len(data) & ~1], time.monotonic())
            if self._path != "-":
                os.close(handle)
        except OSError as error:
            self.trouble = f"{self.name} broke: {error.strerror}."
        self._ended.set()

    def read(self) -> list[Block]:
        """What came, end to end."""
        self._drained = True
        blocks = []
        for chunk in self._ring.read():
            self._room.release()
            length = len(chunk.samples)
            came = max(0, round((chunk.arrived - self._origin) * SAMPLE_RATE) - length)
            if self._at is None or came - self._at > LATE_S * SAMPLE_RATE:
                self._at = came
            blocks.append(Block(self._at / SAMPLE_RATE, chunk.samples))
            self._at += length
        if not blocks:
            return []
        joined = [blocks[0]]
        for block in blocks[1:]:
            last = joined[-1]
            if round((block.t - last.t) * SAMPLE_RATE) == len(last.samples):
                joined[-1] = Block(last.t, np.concatenate([last.samples, block.samples]))
            else:
                joined.append(block)
        return joined

    def close(self) -> None:
        self._closed = True
        self._room.release()
