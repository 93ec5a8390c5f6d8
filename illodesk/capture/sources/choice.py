"""Which source serves a channel."""

from __future__ import annotations

import sys
from pathlib import Path

from illodesk.capture.libpulse import PulseConnection, PulseError
from illodesk.capture.recording import ChannelSpec
from illodesk.capture.sources.base import SoundSource, SourceError
from illodesk.capture.sources.media_file import FileSource
from illodesk.capture.sources.pipe import PipeSource
from illodesk.capture.sources.portaudio import PortAudioHost, PortAudioSource
from illodesk.capture.sources.process_tap import ProcessTapSource
from illodesk.capture.sources.pulse import PulseSource
from illodesk.capture.sources.wasapi import WasapiLoopbackSource

PULSE, PORTAUDIO, WASAPI, TAP = "pulse:", "portaudio:", "wasapi:", "tap:"
"""What ids of devices begin with."""


class SourceChoice:
    """Makes sources. One per process, since PortAudio has one list of devices per process."""

    def __init__(self, *, paced: bool = True) -> None:
        """``paced``: files are played at real pace."""
        self.paced = paced
        self._portaudio = PortAudioHost()

    def source(self, channel: ChannelSpec) -> SoundSource:
        """A source for a channel, not yet started. Raises SourceError when this system has none of the kind."""
        if channel.kind == "file":
            return FileSource(Path(channel.device), paced=self.paced)
        if channel.kind == "pipe":
            return PipeSource(channel.device)
        system, _, name = channel.device.partition(":")
        system = f"{system}:" if name else self._default_system(channel)
        if system == PULSE:
            return PulseSource(name, "microphone" if channel.kind == "microphone" else "system")
        if system == PORTAUDIO and channel.kind == "microphone":
            return PortAudioSource(name, self._portaudio)
        if system == WASAPI:
            return WasapiLoopbackSource(name)
        if system == TAP:
            return ProcessTapSource()
        msg = f"The device {channel.device!r} is of another computer."
        raise SourceError(msg)

    def _default_system(self, channel: ChannelSpec) -> str:
        if channel.kind == "system":
            return {"win32": WASAPI, "darwin": TAP}.get(sys.platform, PULSE)
        if sys.platform != "linux":
            return PORTAUDIO
        try:
            PulseConnection().close()
        except PulseError:
            return PORTAUDIO
        return PULSE
