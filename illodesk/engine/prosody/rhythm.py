"""Syllable nuclei, rates and pauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter1d
from scipy.signal import find_peaks

from illodesk.engine.prosody.frames import Frames
from illodesk.schema import Word

FRAME_S = 0.01
PAUSE_S = 0.25
"""Shortest gap that counts as a pause."""


@dataclass(frozen=True)
class Rhythm:
    """Counts and rates over the span from the first to the last speech frame."""

    span_s: float
    syllables: int
    speech_rate_sps: float
    articulation_rate_sps: float
    pause_count: int
    pause_mean_s: float | None
    pause_ratio: float


def measure_rhythm(frames: Frames, voiced: NDArray[np.bool_], words: Sequence[Word]) -> Rhythm | None:
    """Rates of one utterance; ``None`` where no frame holds speech. Silence around the speech does not count.

    Nuclei are peaks of the smoothed level, voiced, within 20 dB of the loud frames and 2 dB above the dips beside
    them (de Jong & Wempe 2009): a count that needs no recogniser and means the same with any. Pauses come from the
    gaps between words where there are words, else from gaps in the speech.
    """
    where = np.flatnonzero(frames.speech)
    if len(where) == 0:
        return None
    first, last = int(where[0]), int(where[-1]) + 1
    span = (last - first) * FRAME_S
    gaps = _word_gaps(words) if words else _speech_gaps(where)
    pauses = gaps[gaps >= PAUSE_S - 1e-6]
    paused = min(float(pauses.sum()), span)
    syllables = _nuclei(frames, voiced)
    return Rhythm(
        span_s=span,
        syllables=syllables,
        speech_rate_sps=syllables / span,
        articulation_rate_sps=syllables / max(span - paused, FRAME_S),
        pause_count=len(pauses),
        pause_mean_s=float(pauses.mean()) if len(pauses) else None,
        pause_ratio=paused / span,
    )


def _nuclei(frames: Frames, voiced: NDArray[np.bool_]) -> int:
    level = gaussian_filter1d(frames.level_db.astype(np.float64), 2.0, mode="nearest")
    loud = float(np.percentile(level[frames.present], 95)) - 20.0
    peaks, _ = find_peaks(level, height=loud, prominence=2.0)
    return int(voiced[peaks].sum())


def _speech_gaps(where: NDArray[np.intp]) -> NDArray[np.float64]:
    steps = np.diff(where)
    return (steps[steps > 1] - 1) * FRAME_S


def _word_gaps(words: Sequence[Word]) -> NDArray[np.float64]:
    starts = np.array([word.t_start for word in words[1:]], np.float64)
    ends = np.array([word.t_end for word in words[:-1]], np.float64)
    return np.maximum(starts - ends, 0.0)
