"""What the recording lets one tell: background, clipping, bandwidth."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from illodesk.engine.prosody.frames import FREQUENCIES, Frames

Flag = Literal["clipping", "noisy", "telephone", "quiet", "short"]

FULL_BAND_HZ = 8000.0
_CLIPPED = 0.001
_NOISY_DB = 15.0
TELEPHONE_HZ = 4800.0
NARROWEST_HZ = 3400.0
"""Spectral measures reach at least up to here: no line is narrower, and a dull voice must stay measurable."""
_QUIET_DBFS = -50.0
_DROP_DB = 60.0


def snr_db(frames: Frames) -> float | None:
    """Level of the speech frames over the background, at most 60 dB; ``None`` where no background can be told."""
    noise = float(frames.noise.sum())
    if noise == 0.0 or not frames.speech.any():
        return None
    whole = float(frames.power[frames.speech].sum(axis=1, dtype=np.float64).mean())
    return float(np.clip(10.0 * np.log10(max(whole - noise, 1e-3 * whole) / noise), -10.0, 60.0))


def clipped_ratio(audio: NDArray[np.float32]) -> float:
    """Share of samples at full scale."""
    return float(np.mean(np.abs(audio) >= 0.995)) if len(audio) else 0.0


def bandwidth_hz(frames: Frames) -> float:
    """Upper edge of the used band: the last frequency that gets within 60 dB of the strongest, one frame in twenty."""
    if not frames.speech.any():
        return FULL_BAND_HZ
    peaks = np.percentile(frames.power[frames.speech], 95, axis=0)
    smooth = np.convolve(peaks, np.full(9, 1 / 9), mode="same")
    used = np.flatnonzero(smooth > smooth.max() * 10.0 ** (-_DROP_DB / 10.0))
    return float(FREQUENCIES[used[-1]]) if len(used) else FULL_BAND_HZ


def flags(snr: float | None, clipped: float, bandwidth: float, loudness_db: float | None, short: bool) -> list[Flag]:
    """Name the conditions that lower confidence."""
    found: list[Flag] = []
    if clipped > _CLIPPED:
        found.append("clipping")
    if snr is not None and snr < _NOISY_DB:
        found.append("noisy")
    if bandwidth < TELEPHONE_HZ:
        found.append("telephone")
    if loudness_db is not None and loudness_db < _QUIET_DBFS:
        found.append("quiet")
    if short:
        found.append("short")
    return found
