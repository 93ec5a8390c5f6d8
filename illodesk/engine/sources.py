"""Where a session's sound comes from. Every door of the product is one of these.

Named outside the worker and opened inside it, so decoders are imported only when a source is opened.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from illodesk.schema import MediaInfo

READ_BYTES = 64 * 1024
SAMPLE_RATE = 16_000
"""Hz; that of the blocks. The decoder that makes them is imported only where a source is opened."""


class Source(Protocol):
    """Blocks of shape (samples, channels) at 16 kHz, in order, as they become available.

    The sound that comes out in all depends on what is stored alone, so that it can be read again from the beginning.
    """

    @property
    def info(self) -> MediaInfo:
        """What is known of the sound so far."""

    def read(self) -> NDArray[np.float32] | None:
        """The next block, or None when there is none for now."""

    @property
    def ended(self) -> bool:
        """Whether ``read`` will never give a block again."""

    @property
    def waiting_s(self) -> float:
        """Seconds of sound that are there and not yet read, as far as the source can tell."""

    def close(self) -> None: ...


class FileSource:
    """A whole media file. Raises MediaError where there is no sound to be had."""

    def __init__(self, path: Path) -> None:
        from illodesk.engine.audio import FileReader

        self._reader = FileReader(path)
        self._blocks: Iterator[NDArray[np.float32]] = iter(self._reader)
        self.ended = False
        self.waiting_s = 0.0

    @property
    def info(self) -> MediaInfo:
        return self._reader.info

    def read(self) -> NDArray[np.float32] | None:
        """The next block of the file."""
        block = next(self._blocks, None)
        self.ended = block is None
        return block

    def close(self) -> None:
        """Nothing is held open between sessions."""


class UploadSource:
    """Bytes of one media file that somebody appends to, until a marker file says that there are no more."""

    def __init__(self, path: Path, end_marker: Path, hint_suffix: str = "") -> None:
        from illodesk.engine.audio import StreamDecoder

        self.info = MediaInfo(name=path.name)
        self._file = path.open("rb")
        self._marker = end_marker
        self._decoder = StreamDecoder(hint_suffix)
        self._blocks: list[NDArray[np.float32]] = []
        self._finished = False
        self._bytes_read = 0
        self._samples = 0

    def read(self) -> NDArray[np.float32] | None:
        """The next decoded block; MediaError when the bytes are no sound."""
        while not self._blocks and not self._finished:
            over = self._marker.exists()  # asked before reading: what is written before the marker is read
            data = self._file.read(READ_BYTES)
            self._bytes_read += len(data)
            if data:
                self._take(self._decoder.feed(data))
            elif over:
                self._take(self._decoder.finish())
                self._finished = True
            else:
                return None
        return self._blocks.pop(0) if self._blocks else None

    def _take(self, blocks: list[NDArray[np.float32]]) -> None:
        self._blocks += blocks
        self._samples += sum(len(block) for block in blocks)

    @property
    def waiting_s(self) -> float:
        """What is decoded, and what the bytes that were not read yet hold when they are like those before."""
        decoded = sum(len(block) for block in self._blocks)
        if self._file.closed or self._bytes_read == 0:
            return decoded / SAMPLE_RATE
        unread = os.fstat(self._file.fileno()).st_size - self._bytes_read
        return (decoded + unread * self._samples / self._bytes_read) / SAMPLE_RATE

    @property
    def ended(self) -> bool:
        return self._finished and not self._blocks

    def close(self) -> None:
        """Stop decoding and close the file."""
        self._decoder.close()
        self._file.close()


class NoSound:
    """Nothing to hear: for what is computed from measurements alone."""

    ended = True
    waiting_s = 0.0

    def __init__(self) -> None:
        self.info = MediaInfo()

    def read(self) -> NDArray[np.float32] | None:
        """Never a block."""
        return None

    def close(self) -> None:
        """Nothing is open."""


class BoundedSource:
    """A source that is given up when it goes on for too long: a small file can hold silence for years."""

    def __init__(self, open_source: Callable[[], Source], longest_s: float) -> None:
        """Raises MediaError where the header says already that it is too long."""
        from illodesk.engine.audio import SAMPLE_RATE

        self._source = open_source()
        self._longest_s = longest_s
        self._left = int(longest_s * SAMPLE_RATE)
        if self.info.duration_s > longest_s:
            self._source.close()
            raise self._too_long()

    @property
    def info(self) -> MediaInfo:
        return self._source.info

    def read(self) -> NDArray[np.float32] | None:
        """The next block; MediaError when it is one too many."""
        block = self._source.read()
        if block is not None:
            self._left -= len(block)
            if self._left < 0:
                raise self._too_long()
        return block

    @property
    def ended(self) -> bool:
        return self._source.ended

    @property
    def waiting_s(self) -> float:
        return self._source.waiting_s

    def close(self) -> None:
        """Close what is inside."""
        self._source.close()

    def _too_long(self) -> Exception:
        from illodesk.engine.audio import MediaError

        return MediaError("TOO_LONG", f"The sound is longer than {self._longest_s / 3600:g} hours.")
