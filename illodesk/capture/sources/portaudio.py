"""Microphones by PortAudio (sounddevice): ALSA, CoreAudio, WASAPI."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from illodesk.capture.sources.base import SAMPLE_RATE, Block, SourceError
from illodesk.capture.sources.placing import Placer
from illodesk.capture.sources.ring import Ring

if TYPE_CHECKING:
    import sounddevice

PIECE_S = 0.02
WASAPI = "Windows WASAPI"


class PortAudioHost:
    """PortAudio reads its list of devices once. This reads it again whenever no stream of this process runs."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._running = 0

    def find(self, device: str) -> int:
        """Index of an input device by id ('host API/name'), or of the default. Raises SourceError."""
        sd = portaudio()
        with self._lock:
            if not self._running:
                sd._terminate()
                sd._initialize()
            for index, found in inputs(sd).items():
                if found == device:
                    return index
            index = sd.default.device[0]
        if device or index < 0:
            msg = f"{device.partition('/')[2] or 'A microphone'} is not there."
            raise SourceError(msg)
        return int(index)

    def opened(self) -> None:
        """Count a stream that is about to be opened."""
        with self._lock:
            self._running += 1

    def closed(self) -> None:
        """Count it no more."""
        with self._lock:
            self._running -= 1


def portaudio() -> Any:
    """The sounddevice module. Raises SourceError where PortAudio is not installed."""
    try:
        import sounddevice as sd
    except OSError as error:
        msg = "The sound library PortAudio (libportaudio2) is not installed."
        raise SourceError(msg) from error
    return sd


def inputs(sd: Any) -> dict[int, str]:
    """Ids of the input devices by index: 'host API/name', numbered where a name repeats."""
    apis = [api["name"] for api in sd.query_hostapis()]
    found: dict[int, str] = {}
    for index, device in enumerate(sd.query_devices()):
        if device["max_input_channels"] < 1:
            continue
        name = base = f"{apis[device['hostapi']]}/{device['name']}"
        number = 2
        while name in found.values():
            name = f"{base} ({number})"
            number += 1
        found[index] = name
    return found


class PortAudioSource:
    """An input device by id, mono, at 16 kHz or else at its own rate.

    Proven on Linux with PortAudio 19.6 over ALSA's pulse plugin and a null sink. Not run on Windows and macOS.
    """

    finished = False
    idles = False

    def __init__(self, device: str, host: PortAudioHost) -> None:
        self._device = device
        self._host = host
        self._stream: sounddevice.RawInputStream | None = None
        self._ended = False
        self._overflown = 0
        self._rate = SAMPLE_RATE
        self.name = device.partition("/")[2]
        self.trouble = ""

    def start(self, origin: float) -> None:
        """Open and begin. Raises SourceError."""
        sd = portaudio()
        index = self._host.find(self._device)
        info = sd.query_devices(index)
        self.name = info["name"]
        extra = None
        if sd.query_hostapis(info["hostapi"])["name"] == WASAPI:
            extra = sd.WasapiSettings(auto_convert=True)
        wanted = {"device": index, "channels": 1, "dtype": "int16", "extra_settings": extra}
        self._host.opened()
        try:
            try:
                sd.check_input_settings(samplerate=SAMPLE_RATE, **wanted)
            except sd.PortAudioError:
                self._rate = round(info["default_samplerate"])
            self._ring = Ring(self._rate)
            self._placer = Placer(self._rate, origin)
            self._stream = sd.RawInputStream(
                samplerate=self._rate,
                blocksize=round(PIECE_S * self._rate),
                callback=self._on_piece,
                finished_callback=self._on_end,
                **wanted,
            )
            self._stream.start()
        except (sd.PortAudioError, ValueError) as error:
            if self._stream is None:
                self._host.closed()
            self.close()
            msg = f"{self.name} cannot be opened: {error}"
            raise SourceError(msg) from error

    def _on_piece(self, data: Any, frames: int, _at: Any, status: Any) -> None:
        arrived = time.monotonic()
        if status.input_overflow:
            # How much is not known: at least a piece. The gap shows in the times.
            self._overflown += frames
        self._ring.write(memoryview(data), arrived)

    def _on_end(self) -> None:
        self._ended = True

    @property
    def lost(self) -> int:
        return (self._ring.lost + self._overflown) * SAMPLE_RATE // self._rate

    @property
    def alive(self) -> bool:
        if self._ended and not self.trouble:
            self.trouble = f"{self.name} is gone."
        return self._stream is not None and not self.trouble

    def read(self) -> list[Block]:
        """What came since the last call; after ``close``, all that is left."""
        return self._placer.place(self._ring.read(), last=self._stream is None)

    def close(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close(ignore_errors=True)
            self._host.closed()
