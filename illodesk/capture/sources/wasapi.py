"""What Windows plays, by WASAPI loopback (soundcard)."""

from __future__ import annotations

import threading
import time
from typing import Any

import numpy as np

from illodesk.capture.sources.base import SAMPLE_RATE, Block, SourceError
from illodesk.capture.sources.placing import Placer
from illodesk.capture.sources.ring import Ring

PIECE = 320
START_S = 5.0


class WasapiLoopbackSource:
    """A loudspeaker by its endpoint id; an empty id is the default one.

    Written against soundcard 0.4.6, which fills in silence where WASAPI delivers nothing. Its thread, stamps and
    errors are tested with a stand-in for soundcard; **not run on Windows**.
    """

    finished = False
    idles = False

    def __init__(self, device: str) -> None:
        self._device = device
        self._ring = Ring(SAMPLE_RATE)
        self._started = threading.Event()
        self._closing = False
        self._ended = False
        self.name = device
        self.trouble = ""

    def start(self, origin: float) -> None:
        """Begin in a thread, which owns the COM objects. Raises SourceError."""
        self._placer = Placer(SAMPLE_RATE, origin)
        thread = threading.Thread(target=self._record, name="wasapi", daemon=True)
        thread.start()
        if not self._started.wait(START_S):
            self._closing = True
            msg = f"{self.name or 'The loudspeaker'} does not answer."
            raise SourceError(msg)
        if self.trouble:
            raise SourceError(self.trouble)

    def _record(self) -> None:
        try:
            # Where its system is missing the import itself fails, in several ways.
            import soundcard

            speaker: Any = soundcard.default_speaker() if not self._device else soundcard.get_speaker(self._device)
            self.name = speaker.name
            loopback = soundcard.get_microphone(speaker.id, include_loopback=True)
            with loopback.recorder(samplerate=SAMPLE_RATE, channels=1, blocksize=PIECE) as recorder:
                self._started.set()
                while not self._closing:
                    sound = recorder.record(numframes=PIECE)
                    arrived = time.monotonic()
                    samples = np.clip(sound[:, 0] * 32768.0, -32768, 32767).astype(np.int16)
                    self._ring.write(samples.data, arrived)
        except Exception as error:
            self.trouble = f"{self.name or 'The loudspeaker'} cannot be recorded: {error}"
        self._ended = True
        self._started.set()

    @property
    def lost(self) -> int:
        return self._ring.lost

    @property
    def alive(self) -> bool:
        return not self._ended

    def read(self) -> list[Block]:
        """What came since the last call; after ``close``, all that is left."""
        return self._placer.place(self._ring.read(), last=self._closing)

    def close(self) -> None:
        self._closing = True
