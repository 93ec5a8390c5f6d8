"""Voice-quality measures: means over voiced frames of ratios within each frame, so that the gain cancels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from illodesk.engine.prosody.frames import FFT, FREQUENCIES, LOWEST_BIN, SAMPLE_RATE, Frames
from illodesk.engine.prosody.quality import TELEPHONE_HZ

_MEL_BANDS = 26
_COEFFICIENTS = 12


@dataclass(frozen=True)
class Spectrum:
    """Spectral functionals of one utterance; units as in :class:`illodesk.schema.Prosody`."""

    alpha_ratio_db: float
    hammarberg_db: float
    slope_0_500_db_khz: float | None
    slope_500_1500_db_khz: float
    centroid_hz: float
    flux: float | None


def measure_spectrum(frames: Frames, voiced: NDArray[np.bool_], upper_hz: float) -> Spectrum:
    """Measure over the voiced frames ([k] mask, at least one set), up to ``upper_hz``, the edge of the used band.

    The background is subtracted from every frame, and never more than all but a twentieth of it: below that nothing
    of the voice can be told. Sums over wide bands are taken before that floor, where the fluctuation of the
    background averages out.
    """
    power = frames.power[voiced]
    noise = frames.noise
    clean = power - noise
    energy = np.maximum(clean.sum(axis=1), 0.3 * power.sum(axis=1))
    top = min(5000.0, upper_hz)

    def band(low: float, high: float) -> NDArray[np.float32]:
        inside = _inside(low, high)
        floor = np.maximum(0.05 * noise[inside].sum(), 1e-6 * energy)
        result: NDArray[np.float32] = np.maximum(clean[:, inside].sum(axis=1), floor)
        return result

    decibels = _decibels(clean, noise, energy, _inside(0.0, top).stop)
    used = _inside(0.0, upper_hz)
    return Spectrum(
        alpha_ratio_db=float(10.0 * np.log10(band(1000.0, top) / band(0.0, 1000.0)).mean()),
        hammarberg_db=float((_peak(decibels, 0.0, 2000.0) - _peak(decibels, 2000.0, top)).mean()),
        slope_0_500_db_khz=_slope(decibels, 0.0, 500.0) if upper_hz >= TELEPHONE_HZ else None,
        slope_500_1500_db_khz=_slope(decibels, 500.0, 1500.0),
        centroid_hz=float((clean[:, used] @ FREQUENCIES[used] / energy).mean()),
        flux=_flux(frames, voiced, upper_hz),
    )


def _inside(low: float, high: float) -> slice:
    """Bins from ``low`` (at least 62 Hz) up to but without ``high``, in Hz."""
    first, last = np.searchsorted(FREQUENCIES, [low, high])
    return slice(max(int(first), LOWEST_BIN), int(last))


def _decibels(
    clean: NDArray[np.float32], noise: NDArray[np.float32], energy: NDArray[np.float32], stop: int
) -> NDArray[np.float32]:
    """[frames, stop] dB of the first bins, each averaged with its neighbours."""
    mean = clean[:, :stop].copy()
    mean[:, 1:] += clean[:, : stop - 1]
    mean += clean[:, 1 : stop + 1]
    mean /= np.float32(3.0)
    floor = np.maximum(0.05 * noise[:stop], 1e-9 * energy[:, None])
    result: NDArray[np.float32] = 10.0 * np.log10(np.maximum(mean, floor))
    return result


def _peak(decibels: NDArray[np.float32], low: float, high: float) -> NDArray[np.float32]:
    peak: NDArray[np.float32] = decibels[:, _inside(low, high)].max(axis=1)
    return peak


def _slope(decibels: NDArray[np.float32], low: float, high: float) -> float:
    """Least-squares slope in dB/kHz, mean over frames."""
    inside = _inside(low, high)
    x = FREQUENCIES[inside] / 1000.0
    x = x - x.mean()
    return float((decibels[:, inside].mean(axis=0) @ x) / (x @ x))


def _flux(frames: Frames, voiced: NDArray[np.bool_], upper_hz: float) -> float | None:
    """Mean L2 distance between the square roots of normalised power spectra of neighbouring voiced frames."""
    pairs = np.flatnonzero(voiced[1:] & voiced[:-1])
    if len(pairs) == 0:
        return None
    top = int(np.searchsorted(FREQUENCIES, upper_hz))
    clean = np.maximum(frames.power[:, :top] - frames.noise[:top], 0.0)
    root = np.sqrt(clean / np.maximum(clean.sum(axis=1, keepdims=True), np.float32(1e-20)))
    return float(np.sqrt(((root[pairs + 1] - root[pairs]) ** 2).sum(axis=1)).mean())


def cepstra(frames: Frames) -> NDArray[np.float32]:
    """MFCC 1-12 [speech frames, 12]: librosa's 26 mel bands up to 8 kHz (HTK scale, unit peaks), natural logarithm,
    orthonormal cosine transform."""
    from librosa.feature import mfcc  # with the first utterance, not with the program

    mel = (frames.power[frames.speech] @ _mel_filters().T).T
    logarithm = np.log(np.maximum(mel, mel.max(initial=1e-12) * 1e-8))
    coefficients = mfcc(S=logarithm, n_mfcc=_COEFFICIENTS + 1, norm="ortho")
    return np.asarray(coefficients[1:].T, dtype=np.float32)


@cache
def _mel_filters() -> NDArray[np.float32]:
    """[26, 513] triangles of height 1."""
    from librosa.filters import mel

    bank = mel(sr=SAMPLE_RATE, n_fft=FFT, n_mels=_MEL_BANDS, htk=True, norm=None)
    return np.asarray(bank, dtype=np.float32)
