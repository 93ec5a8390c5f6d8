"""All measures of one utterance put together, with the minimum evidence each of them needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from illodesk.engine import figures
from illodesk.engine.prosody import f0, quality
from illodesk.engine.prosody.frames import SAMPLE_RATE, Frames, cut
from illodesk.engine.prosody.rhythm import FRAME_S, measure_rhythm
from illodesk.engine.prosody.spectrum import cepstra, measure_spectrum
from illodesk.schema import Prosody, Word

TRACK_COLUMNS: tuple[str, ...] = ("f0_hz", "intensity_db", "hnr_db")
"""Columns of the frames: Hz (NaN where unvoiced), dBFS, dB (NaN where unvoiced)."""

ENOUGH_VOICED_S = 0.5
"""Voiced seconds that pitch and spectrum need."""
ENOUGH_SPEECH_S = 1.5
"""Seconds from first to last sound of speech that rates need."""
_FINAL_S = 0.3


def measure(audio: NDArray[np.float32], words: Sequence[Word] = ()) -> tuple[Prosody, NDArray[np.float32]]:
    """Measure one utterance.

    Args:
        audio: [n] mono sound at 16 kHz, -1..1.
        words: recognised words, times in seconds relative to the sound or to the conversation; only gaps are used.

    Returns:
        The functionals (``None`` where there is too little evidence) and the frames, float32 [n // 160, 3], columns
        :data:`TRACK_COLUMNS`, 10 ms apart. Nothing but the levels depends on the gain.
    """
    frames = cut(audio)
    pitch = f0.track(frames)
    track = np.stack([pitch.hz, frames.level_db, pitch.hnr_db], axis=1).astype(np.float32)
    voiced_s = float(pitch.voiced.sum()) * FRAME_S
    values: dict[str, Any] = {"duration_s": len(audio) / SAMPLE_RATE, "voiced_s": voiced_s}
    values["clipped_ratio"] = quality.clipped_ratio(audio)
    rhythm = measure_rhythm(frames, pitch.voiced, words)
    if rhythm is None:
        flags = quality.flags(None, values["clipped_ratio"], 8000.0, None, True)
        return Prosody(**figures.measured_all(values), quality_flags=flags), track

    snr, bandwidth = quality.snr_db(frames), quality.bandwidth_hz(frames)
    level = frames.level_db[frames.speech]
    low, high = np.percentile(level, [20, 80])
    mfcc = cepstra(frames)
    values |= {
        "snr_db": snr,
        "bandwidth_hz": bandwidth,
        "loudness_p80_db": float(high),
        "loudness_range_db": float(high - low),
        "voiced_ratio": float(pitch.voiced[frames.speech].mean()),
        "mfcc_mean": [float(value) for value in mfcc.mean(axis=0)],
        "mfcc_sd": [float(value) for value in mfcc.std(axis=0)],
    }
    if voiced_s >= ENOUGH_VOICED_S - 1e-9:
        values |= _voice(audio, frames, pitch, bandwidth)
    if rhythm.span_s >= ENOUGH_SPEECH_S - 1e-9:
        values |= {
            "syllables": rhythm.syllables,
            "speech_rate_sps": rhythm.speech_rate_sps,
            "articulation_rate_sps": rhythm.articulation_rate_sps,
            "words_per_min": 60.0 * len(words) / rhythm.span_s if words else None,
            "pause_count": rhythm.pause_count,
            "pause_mean_s": rhythm.pause_mean_s,
            "pause_ratio": rhythm.pause_ratio,
        }
    short = voiced_s < ENOUGH_VOICED_S or rhythm.span_s < ENOUGH_SPEECH_S
    values["quality_flags"] = quality.flags(snr, values["clipped_ratio"], bandwidth, float(high), short)
    return Prosody(**figures.measured_all(values)), track


def _voice(audio: NDArray[np.float32], frames: Frames, pitch: f0.Pitch, bandwidth: float) -> dict[str, Any]:
    """Everything that needs voiced frames."""
    voiced = pitch.voiced
    st = pitch.semitones[voiced]
    p20, p50, p80 = (float(value) for value in np.percentile(st, [20, 50, 80]))
    neighbours = voiced[1:] & voiced[:-1]
    steps = np.abs(np.diff(pitch.semitones))[neighbours]
    steps = steps[steps < 3.0]
    period = 1.0 / pitch.hz
    jumps = np.abs(np.diff(period))[neighbours]
    spectrum = measure_spectrum(frames, voiced, max(bandwidth, quality.NARROWEST_HZ))
    return {
        "f0_median_hz": float(f0.REFERENCE_HZ * 2.0 ** (p50 / 12.0)),
        "f0_p50_st": p50,
        "f0_p80_st": p80,
        "f0_range_st": p80 - p20,
        "f0_sd_st": float(st.std()),
        "f0_slope_abs_st": float(steps.mean()) if len(steps) else None,
        "final_f0_slope_st_s": _final_slope(pitch),
        "alpha_ratio_db": spectrum.alpha_ratio_db,
        "hammarberg_db": spectrum.hammarberg_db,
        "slope_0_500_db_khz": spectrum.slope_0_500_db_khz,
        "slope_500_1500_db_khz": spectrum.slope_500_1500_db_khz,
        "centroid_hz": spectrum.centroid_hz,
        "flux": spectrum.flux,
        "hnr_db": float(np.median(pitch.hnr_db[voiced])),
        "jitter": float(jumps.mean() / period[voiced].mean()) if len(jumps) else None,
        "shimmer": _shimmer(audio, voiced, neighbours),
    }


def _final_slope(pitch: f0.Pitch) -> float | None:
    """Slope of F0 over the last 300 ms before the last voiced frame, in semitones per second."""
    last = int(np.flatnonzero(pitch.voiced)[-1])
    first = max(0, last + 1 - round(_FINAL_S / FRAME_S))
    st = pitch.semitones[first : last + 1]
    at = np.flatnonzero(~np.isnan(st))
    if len(at) < 10:
        return None
    return float(np.polyfit(at * FRAME_S, st[at], 1)[0])


def _shimmer(audio: NDArray[np.float32], voiced: NDArray[np.bool_], neighbours: NDArray[np.bool_]) -> float | None:
    """Mean step of the peak amplitude between neighbouring voiced frames over its mean."""
    hop = round(FRAME_S * SAMPLE_RATE)
    block = np.abs(audio[: len(voiced) * hop] - audio.mean()).reshape(-1, hop).max(axis=1)
    peak = np.maximum(np.maximum(block, np.roll(block, 1)), np.roll(block, -1))
    steps = np.abs(np.diff(peak))[neighbours]
    return float(steps.mean() / peak[voiced].mean()) if len(steps) else None
