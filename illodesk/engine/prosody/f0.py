"""Fundamental frequency by window-normalised autocorrelation (Boersma 1993), with protection against octave jumps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.fft
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from illodesk.engine.prosody.frames import FFT, HANN, SAMPLE_RATE, Frames

LOWEST_HZ = 65.0
HIGHEST_HZ = 500.0
REFERENCE_HZ = 27.5
"""Semitones count from here (eGeMAPS)."""
_FIRST_LAG = int(SAMPLE_RATE / HIGHEST_HZ)
_LAST_LAG = int(SAMPLE_RATE / LOWEST_HZ)
_CANDIDATES = 5
_VOICED = 0.5
"""Normalised autocorrelation from which a frame counts as voiced."""
_OCTAVE_COST = 0.01
"""Per octave of period: of equally strong candidates the shortest period is the true one."""
_MEDIAN_COST = 0.08
"""Per octave away from the utterance's median."""
_NEIGHBOUR_COST = 0.25
"""Per octave away from the median of the neighbouring 170 ms."""


_SHORTEST_RUN = 3
_LASTING_RUN = 8
_LASTING_SHARE = 0.22


@dataclass(frozen=True)
class Pitch:
    """F0 track over the frames of an utterance; NaN where unvoiced."""

    hz: NDArray[np.float32]
    hnr_db: NDArray[np.float32]

    @property
    def voiced(self) -> NDArray[np.bool_]:
        """[k] voiced frames."""
        return ~np.isnan(self.hz)

    @property
    def semitones(self) -> NDArray[np.float32]:
        """[k] semitones above 27.5 Hz, NaN where unvoiced."""
        return semitones(self.hz)


def semitones(hz: NDArray[np.float32]) -> NDArray[np.float32]:
    """Semitones above 27.5 Hz; NaN stays NaN."""
    return np.asarray(12.0 * np.log2(hz / np.float32(REFERENCE_HZ)), np.float32)


def track(frames: Frames) -> Pitch:
    """F0 and harmonics-to-noise ratio of each frame; only frames that hold speech are looked at."""
    count = len(frames.level_db)
    hz = np.full(count, np.nan, np.float32)
    hnr = np.full(count, np.nan, np.float32)
    where = np.flatnonzero(frames.speech)
    if len(where) == 0:
        return Pitch(hz, hnr)
    frequency, strength = _candidates(_autocorrelation(frames, where))
    chosen, voiced = _choose(frequency, strength, where)
    row = np.arange(len(where))
    keep = where[voiced]
    hz[keep] = frequency[row, chosen][voiced]
    r = np.clip(strength[row, chosen][voiced], 0.01, 0.9999)
    hnr[keep] = 10.0 * np.log10(r / (1.0 - r))
    return Pitch(hz, hnr)


def _window_autocorrelation() -> NDArray[np.float32]:
    power = np.abs(np.fft.rfft(HANN, FFT)) ** 2
    shape = np.fft.irfft(power, FFT)[: _LAST_LAG + 2]
    return np.asarray(shape / shape[0], np.float32)


_WINDOW_SHAPE = _window_autocorrelation()


def _autocorrelation(frames: Frames, where: NDArray[np.intp]) -> NDArray[np.float32]:
    """[m, lags] normalised autocorrelation of the frames less the background.

    The background is taken out of the spectrum, so that steady noise lowers neither voicing nor harmonicity; what
    is left is measured against at least 0.6 of the whole, so that a frame of noise does not become a tone.
    """
    power = frames.power[where]
    correlation = scipy.fft.irfft(power - frames.noise, FFT, axis=1)[:, : _LAST_LAG + 2]
    whole = 2.0 * power.sum(axis=1) / FFT
    scale = np.maximum(correlation[:, 0], 0.6 * whole)
    result: NDArray[np.float32] = correlation / scale[:, None] / _WINDOW_SHAPE
    return result


def _candidates(r: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The strongest local maxima per frame: frequencies in Hz and heights, both [m, 5]; absent ones have height 0."""
    inner = r[:, _FIRST_LAG : _LAST_LAG + 1]
    peak = (inner > r[:, _FIRST_LAG - 1 : _LAST_LAG]) & (inner >= r[:, _FIRST_LAG + 1 : _LAST_LAG + 2])
    cost = _OCTAVE_COST * np.log2(np.arange(_FIRST_LAG, _LAST_LAG + 1, dtype=np.float32) / _FIRST_LAG)
    height = np.where(peak, inner - cost, np.float32(0.0))
    best = np.argpartition(-height, _CANDIDATES, axis=1)[:, :_CANDIDATES]
    best.sort(axis=1)
    lag = best + _FIRST_LAG
    row = np.arange(len(r))[:, None]
    left, middle, right = r[row, lag - 1], r[row, lag], r[row, lag + 1]
    bend = left - 2.0 * middle + right
    shift = np.where(bend < 0, 0.5 * (left - right) / np.where(bend < 0, bend, 1.0), 0.0).clip(-0.5, 0.5)
    strength = np.where(height[row, best] > 0, middle - 0.25 * (left - right) * shift, 0.0)
    return (SAMPLE_RATE / (lag + shift)).astype(np.float32), strength.astype(np.float32)


def _choose(
    frequency: NDArray[np.float32], strength: NDArray[np.float32], where: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Pick one candidate per frame, drawn towards the utterance's median and its neighbours; say which are voiced."""
    row = np.arange(len(frequency))
    pitch = semitones(frequency)
    merit = strength - _OCTAVE_COST * np.log2(HIGHEST_HZ / frequency)
    chosen = merit.argmax(axis=1)
    voiced = strength[row, chosen] > _VOICED
    if not voiced.any():
        return chosen, voiced
    middle = np.median(pitch[row, chosen][voiced])
    merit = merit - _MEDIAN_COST * np.abs(pitch - middle) / 12.0
    chosen = merit.argmax(axis=1)
    voiced = strength[row, chosen] > _VOICED
    if not voiced.any():
        return chosen, voiced
    middle = np.median(pitch[row, chosen][voiced])
    near = _neighbours(pitch[row, chosen], voiced, where)
    chosen = (merit - _NEIGHBOUR_COST * np.abs(pitch - near[:, None]) / 12.0).argmax(axis=1)
    picked = pitch[row, chosen]
    voiced = (strength[row, chosen] > _VOICED) & (np.abs(picked - middle) < 16.0) & (np.abs(picked - near) < 7.0)
    return chosen, _sustained(voiced, where)


def _neighbours(pitch: NDArray[np.float32], voiced: NDArray[np.bool_], where: NDArray[np.intp]) -> NDArray[np.float32]:
    """[m] running median over 17 voiced frames, carried over to the frames between them."""
    smooth = median_filter(pitch[voiced], size=17, mode="nearest")
    return np.asarray(np.interp(where, where[voiced], smooth), np.float32)


def _sustained(voiced: NDArray[np.bool_], where: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Drop voiced runs of fewer than three frames; drop all of them where hardly any lasts.

    Rumble and coloured noise look periodic for a few frames at a time: less than .22 of such frames lie in runs of
    80 ms and more. In speech, even under babble at 10 dB, it was .25 at the least.
    """
    full = np.zeros(int(where[-1]) + 3, np.int8)
    full[where + 1] = voiced
    edges = np.diff(full)
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    length = ends - starts
    length[length < _SHORTEST_RUN] = 0
    if length[length >= _LASTING_RUN].sum() < _LASTING_SHARE * length.sum():
        return np.zeros_like(voiced)
    of_frame = np.zeros(len(full), length.dtype)
    of_frame[starts] = length
    of_frame[ends] = -length
    return voiced & (np.cumsum(of_frame)[where] > 0)
