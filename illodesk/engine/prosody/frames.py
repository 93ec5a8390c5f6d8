"""Sound cut into overlapping frames: levels, power spectra, the background and where speech is.

All measures are relative to the sound's own levels, so that a gain changes none of them but the levels themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.fft
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
HOP = 160
"""Samples between frames: 10 ms."""
WINDOW = 768
"""Samples in a frame: 48 ms, three periods of 65 Hz; with the longest lag it still fits the transform."""
FFT = 1024
SILENCE_DB = -110.0
"""dBFS; below the rounding of 16-bit sound there is nothing to measure."""
STEADY_DB = 3.0
"""Sound that nowhere falls by so much has no background that one could tell from it; none is assumed then."""
LOWEST_BIN = 4
"""First bin used (62 Hz): steady offset and rumble lie below it."""

FREQUENCIES: NDArray[np.float32] = np.fft.rfftfreq(FFT, 1 / SAMPLE_RATE).astype(np.float32)
"""Hz of each bin of a power spectrum."""
HANN: NDArray[np.float32] = np.hanning(WINDOW + 1)[:-1].astype(np.float32)


@dataclass(frozen=True)
class Frames:
    """Frames of one utterance, 10 ms apart, frame ``i`` centred on ``(i + 0.5) * 10 ms``."""

    level_db: NDArray[np.float32]
    """[k] dBFS, root mean square above 60 Hz; at least ``SILENCE_DB``."""
    power: NDArray[np.float32]
    """[k, 513] squared magnitudes, lowest bins zero."""
    noise: NDArray[np.float32]
    """[513] squared magnitudes of the background."""
    present: NDArray[np.bool_]
    """[k] frames that carry any sound at all: digital silence around or inside a clip is left out of statistics."""
    speech: NDArray[np.bool_]
    """[k] frames that stand out from the background and lie within 30 dB of the loud ones."""


def cut(audio: NDArray[np.float32]) -> Frames:
    """Cut sound [n] at 16 kHz into ``n // 160`` frames."""
    count = len(audio) // HOP
    side = (WINDOW - HOP) // 2
    if count == 0:
        empty = np.zeros(0, np.float32)
        none = np.zeros(0, np.bool_)
        bins = len(FREQUENCIES)
        return Frames(empty, np.zeros((0, bins), np.float32), np.zeros(bins, np.float32), none, none)
    padded = np.pad((audio - audio.mean(dtype=np.float64)).astype(np.float32), side)
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:count]
    windows = windows - windows.mean(axis=1, keepdims=True)
    spectra = scipy.fft.rfft(windows * HANN, FFT, axis=1)
    power = spectra.real**2 + spectra.imag**2
    power[:, :LOWEST_BIN] = 0.0
    level = _level(power)
    present = (level > level.max() - 70.0) & (level > SILENCE_DB)
    if not present.any():
        return Frames(level, power, np.zeros(power.shape[1], np.float32), present, present)
    loud = float(np.percentile(level[present], 95))
    noise = _background(power, level, present)
    if _level(noise[None, :])[0] > loud - STEADY_DB:
        noise = np.zeros_like(noise)
    threshold = max(loud - 30.0, float(_level(noise[None, :])[0]) + STEADY_DB)
    return Frames(level, power, noise, present, present & (level > threshold))


def _level(power: NDArray[np.float32]) -> NDArray[np.float32]:
    mean_square = 2.0 * power.sum(axis=1) / (FFT * float(np.sum(HANN**2)))
    floor = 10.0 ** (SILENCE_DB / 10.0)
    return np.asarray(10.0 * np.log10(np.maximum(mean_square, floor)), np.float32)


def _background(
    power: NDArray[np.float32], level: NDArray[np.float32], present: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Mean spectrum of the quietest tenth (at least five) of the frames that carry sound."""
    candidates = np.flatnonzero(present)
    quiet = candidates[np.argsort(level[candidates], kind="stable")[: max(5, len(candidates) // 10)]]
    mean: NDArray[np.float32] = power[quiet].mean(axis=0)
    return mean
