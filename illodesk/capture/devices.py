"""The devices there are now, asked for in a process of their own.

PortAudio's list is frozen when it is loaded, and a driver that hangs takes its process with it. So a short-lived
process asks: ``python -m illodesk.capture.devices`` prints them as JSON.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from typing import Literal

from pydantic import TypeAdapter

from illodesk.capture.libpulse import PulseConnection, PulseError
from illodesk.capture.sources.base import SourceError
from illodesk.capture.sources.choice import PORTAUDIO, PULSE, TAP, WASAPI
from illodesk.capture.sources.portaudio import inputs, portaudio
from illodesk.schema import Model

PROBE_S = 8.0


class Device(Model):
    """Something that can be recorded. The id names it across hot-plug and restarts."""

    id: str
    name: str
    kind: Literal["microphone", "system"]
    default: bool = False
    channels: int = 1
    rate: int = 0


class DeviceError(Exception):
    """Devices cannot be listed. ``str()`` is worded for the user."""


_LIST = TypeAdapter(list[Device])


def list_devices(*, command: Sequence[str] = (), timeout: float = PROBE_S) -> list[Device]:
    """The current devices, defaults first. Raises DeviceError when the system does not answer in time.

    ``command`` starts the probe; by default ``python -m illodesk.capture.devices``. A frozen app names itself.
    """
    try:
        done = subprocess.run(  # noqa: S603 - this program itself
            list(command) or [sys.executable, "-m", "illodesk.capture.devices"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=True,
        )
        return _LIST.validate_json(done.stdout)
    except subprocess.TimeoutExpired as error:
        msg = "The sound system does not answer. Unplugging the newest device, or a restart, may help."
        raise DeviceError(msg) from error
    except (subprocess.CalledProcessError, OSError, ValueError) as error:
        msg = "The sound devices cannot be listed."
        raise DeviceError(msg) from error


def probe() -> list[Device]:
    """Ask the sound system from within this process."""
    found: list[Device] = []
    if sys.platform == "linux":
        found = _pulse_devices()
    elif sys.platform == "win32":
        found = _loudspeakers()
    elif sys.platform == "darwin":
        found = [Device(id=f"{TAP}all", name="What this Mac plays", kind="system", default=True)]
    if not any(device.id.startswith(PULSE) for device in found):
        found += _portaudio_devices()
    return sorted(found, key=lambda device: not device.default)


def _pulse_devices() -> list[Device]:
    try:
        connection = PulseConnection()
    except PulseError:
        return []
    try:
        defaults = connection.defaults()
        return [
            Device(
                id=f"{PULSE}{source.name}",
                name=source.description,
                kind="system" if source.monitor else "microphone",
                default=source.name == (defaults.monitor if source.monitor else defaults.source),
                channels=source.channels,
                rate=source.rate,
            )
            for source in connection.sources()
        ]
    except PulseError:
        return []
    finally:
        connection.close()


def _portaudio_devices() -> list[Device]:
    try:
        sd = portaudio()
    except SourceError:
        return []
    default = sd.default.device[0]
    found = []
    for index, name in inputs(sd).items():
        info = sd.query_devices(index)
        if sys.platform == "win32" and not name.startswith("Windows WASAPI/"):
            # The same devices again, through older interfaces.
            continue
        found.append(
            Device(
                id=f"{PORTAUDIO}{name}",
                name=info["name"],
                kind="microphone",
                default=index == default,
                channels=info["max_input_channels"],
                rate=round(info["default_samplerate"]),
            )
        )
    return found


def _loudspeakers() -> list[Device]:
    """Not run on Windows yet; see WasapiLoopbackSource."""
    try:
        import soundcard

        default = soundcard.default_speaker().id
        return [
            Device(
                id=f"{WASAPI}{speaker.id}",
                name=speaker.name,
                kind="system",
                default=speaker.id == default,
                channels=speaker.channels,
            )
            for speaker in soundcard.all_speakers()
        ]
    except (ImportError, OSError, RuntimeError):
        return []


def main() -> None:
    """Print the devices as JSON."""
    sys.stdout.buffer.write(_LIST.dump_json(probe()) + b"\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
