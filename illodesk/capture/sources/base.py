"""The protocol that every source of sound follows."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000


class SourceError(Exception):
    """A source cannot be opened. ``str()`` is worded for the user."""


class Block(NamedTuple):
    """Sound of one channel: when it began (s on the recorder's clock) and its samples at 16 kHz."""

    t: float
    samples: NDArray[np.int16]


class SoundSource(Protocol):
    """One channel of sound at 16 kHz. Opened by ``start``; ``read`` is called often, from one thread."""

    @property
    def name(self) -> str:
        """What users call it, known after ``start``."""

    @property
    def alive(self) -> bool:
        """Whether more may come. Once False it stays False: open a new source."""

    @property
    def finished(self) -> bool:
        """Whether it came to its end in order, as a file does; it need not be opened again."""

    @property
    def idles(self) -> bool:
        """Whether it may deliver nothing for a while and still be well, as a pipe may."""

    @property
    def lost(self) -> int:
        """Samples at 16 kHz that the device delivered and nobody took in time."""

    @property
    def trouble(self) -> str:
        """Why it is no longer alive, for the user; else empty."""

    def start(self, origin: float) -> None:
        """Begin. ``origin``: ``time.monotonic()`` at second 0. Raises SourceError; may take seconds."""

    def read(self) -> list[Block]:
        """What came since the last call, in order and without overlap; does not wait. After ``close``: the rest."""

    def close(self) -> None:
        """Stop. May take seconds where a driver hangs; never raises."""
