"""Microphones and what the system plays, by PulseAudio or PipeWire."""

from __future__ import annotations

import time
from typing import Literal

from illodesk.capture.libpulse import PulseConnection, PulseError, PulseStream
from illodesk.capture.sources.base import SAMPLE_RATE, Block, SourceError
from illodesk.capture.sources.placing import Placer
from illodesk.capture.sources.ring import Ring

PIECE_S = 0.02
ASK_S = 1.0


class PulseSource:
    """A source of the sound server by name; an empty name is the default, which is followed when it changes.

    It is taken at its own rate and brought to 16 kHz here: with its usual method (speex-float-1) PulseAudio takes some
    5 dB off between 6 and 8 kHz, where the fricatives are.

    Proven with PulseAudio 16.1 and null sinks: two channels at once, a device unloaded and loaded again, the server
    stopped, killed and started again. The same tests passed once, by hand, with PipeWire 0.3.65 and its pulse server.
    """

    finished = False
    idles = False

    def __init__(self, device: str, kind: Literal["microphone", "system"]) -> None:
        self._device = device
        self._kind = kind
        self._follows = not device
        self._rate = SAMPLE_RATE
        self._ring = Ring(SAMPLE_RATE)
        self._connection: PulseConnection | None = None
        self._stream: PulseStream | None = None
        self._asked = 0.0
        self.name = device
        self.trouble = ""

    def start(self, origin: float) -> None:
        """Connect and record. Raises SourceError."""
        try:
            self._connection = PulseConnection()
            device = self._device or self._default(self._connection)
            found = {source.name: source for source in self._connection.sources()}
            if device not in found:
                msg = f"{device or 'A default device'} is not there."
                raise PulseError(msg)
            self._device = device
            self.name = found[device].description
            self._rate = found[device].rate
            self._ring = Ring(self._rate)
            self._placer = Placer(self._rate, origin)
            self._stream = self._connection.record(device, self._rate, PIECE_S, self._on_piece)
        except PulseError as error:
            self.close()
            raise SourceError(str(error)) from error

    def _default(self, connection: PulseConnection) -> str:
        defaults = connection.defaults()
        return defaults.source if self._kind == "microphone" else defaults.monitor

    def _on_piece(self, piece: memoryview | None, size: int, arrived: float) -> None:
        if piece is None:
            self._ring.lose(size // 2)
        else:
            self._ring.write(piece, arrived)

    @property
    def lost(self) -> int:
        return self._ring.lost * SAMPLE_RATE // self._rate

    @property
    def alive(self) -> bool:
        if self._stream is None or self._connection is None or self.trouble:
            return False
        if not self._connection.alive:
            self.trouble = "The sound server has ended."
        elif not self._stream.alive:
            self.trouble = f"{self.name} is gone."
        elif self._follows and self._default_changed(self._connection):
            self.trouble = "The default device is another now."
        return not self.trouble

    def _default_changed(self, connection: PulseConnection) -> bool:
        now = time.monotonic()
        if now - self._asked > ASK_S:
            self._asked = now
            connection.ask_defaults()
        defaults = connection.known_defaults
        if defaults is None:
            return False
        device = defaults.source if self._kind == "microphone" else defaults.monitor
        return device not in ("", self._device)

    def read(self) -> list[Block]:
        """What came since the last call; after ``close``, all that is left."""
        return self._placer.place(self._ring.read(), last=self._connection is None)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
