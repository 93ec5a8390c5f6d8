"""Voices made by formula, for tests."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RATE = 16_000


def voice(
    f0: float = 120.0,
    seconds: float = 2.0,
    tilt: float = 12.0,
    vibrato: float = 0.0,
    syllables: float = 4.0,
    level: float = 0.1,
) -> NDArray[np.float32]:
    """Harmonics falling by ``tilt`` dB per octave, in syllables that rise and fall, between two short silences.

    ``f0`` in Hz, ``vibrato`` in semitones at 3 Hz, ``syllables`` per second, ``level`` root mean square.
    """
    t = np.arange(round(seconds * RATE)) / RATE
    hz = f0 * 2.0 ** (vibrato / 12.0 * np.sin(2 * np.pi * 3.0 * t))
    phase = 2 * np.pi * np.cumsum(hz) / RATE
    count = int(7000 / (f0 * 2.0 ** (vibrato / 12.0)))
    sound = sum(10 ** (-tilt * np.log2(k) / 20) * np.sin(k * phase + k * k) for k in range(1, count + 1))
    sound = sound * (0.05 + 0.95 * np.sin(np.pi * syllables * t) ** 2)
    hiss = 1e-4 * np.random.default_rng(0).standard_normal(len(t) + RATE // 2)
    sound = np.pad(sound * level / np.sqrt(np.mean(sound**2)), RATE // 4) + level * hiss
    return sound.astype(np.float32)
