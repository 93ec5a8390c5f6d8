"""A short tone on the default output, to see whether what the computer plays is heard: ``python -m
illodesk.capture.tone``. In a process of its own, because a driver may hang."""

from __future__ import annotations

import ctypes
import ctypes.util
import subprocess
import sys
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from illodesk.capture.devices import DeviceError

RATE = 48_000
TONE_HZ = 440.0
SECONDS = 1.2
LOUDNESS = 0.2
"""Of full scale: -14 dB, well heard and no fright."""

PLAY_S = 6.0
_S16LE, _PLAYBACK = 3, 1


def play_tone(*, command: Sequence[str] = (), timeout: float = PLAY_S) -> None:
    """Play it and wait for its end. Raises DeviceError when there is no output, or it does not answer."""
    try:
        subprocess.run(  # noqa: S603 - this program itself
            list(command) or [sys.executable, "-m", "illodesk.capture.tone"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        msg = "The loudspeaker does not answer."
        raise DeviceError(msg) from error
    except (subprocess.CalledProcessError, OSError) as error:
        msg = "There is no loudspeaker or headphone that a tone could be played on."
        raise DeviceError(msg) from error


def tone() -> NDArray[np.int16]:
    """One channel, with soft edges."""
    t = np.arange(round(SECONDS * RATE)) / RATE
    edge = np.minimum(1.0, np.minimum(t, SECONDS - t) / 0.05)
    return np.asarray(np.round(32767 * LOUDNESS * edge * np.sin(2 * np.pi * TONE_HZ * t)), np.int16)


class _Spec(ctypes.Structure):
    _fields_ = (("format", ctypes.c_int), ("rate", ctypes.c_uint32), ("channels", ctypes.c_uint8))


def play_by_pulse(sound: NDArray[np.int16]) -> bool:
    """Through PulseAudio or PipeWire, also where PortAudio does not know them; False where neither is there."""
    try:
        lib = ctypes.CDLL(ctypes.util.find_library("pulse-simple") or "libpulse-simple.so.0")
    except OSError:
        return False
    lib.pa_simple_new.restype = ctypes.c_void_p
    lib.pa_simple_write.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p]
    lib.pa_simple_drain.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    spec = _Spec(_S16LE, RATE, 1)
    stream = lib.pa_simple_new(None, b"IlloDesk", _PLAYBACK, None, b"Test tone", ctypes.byref(spec), None, None, None)
    if not stream:
        return False
    data = sound.tobytes()
    return not lib.pa_simple_write(stream, data, len(data), None) and not lib.pa_simple_drain(stream, None)


def main() -> int:
    """Play it; the exit status says whether it could be played."""
    sound = tone()
    if sys.platform == "linux" and play_by_pulse(sound):
        return 0
    try:
        import sounddevice

        sounddevice.play(sound, RATE, blocking=True)
    except Exception:
        # OSError without PortAudio, PortAudioError without a device; both come as other kinds now and then.
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
