"""Where the speaker changes inside one stretch of speech without a pause long enough to end it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from illodesk.engine.speakers.encoder import FRAME, SAMPLE_RATE, SpeakerEncoder, mean_voice

LEAST_SIDE_S = 1.0
REACHES_S = (1.5, 3.5)
"""How far to either side voices are compared: near, for short turns, and far, for a surer comparison."""
NEAREST_S = 0.4
"""Windows centred closer than this to a cut hold too much of both sides."""
HALF_WINDOW_S = 0.8
LONG_GAP_S = 0.6
PAUSE_BONUS = 0.1
"""Distance that half a second of pause is worth when two places compete."""
OTHER_VOICE = 0.36
"""Cosine distance from which up to 2.4 s before a pause and the second of speech after it are two voices. Of 100 such
pauses inside one real person's speech none was taken for a change, of 6 real changes 5 were found; actors who change
their emotion from one sentence to the next are taken for another in one case of four."""
BEFORE_S = 2.4


def speaker_cuts(
    centres_s: NDArray[np.float64], embeddings: NDArray[np.float32], gaps: Sequence[tuple[float, float]]
) -> list[float]:
    """Times in seconds, ascending, at which another voice takes over inside one segment.

    ``centres_s [k]`` and ``embeddings [k, 256]``: the windows of the whole segment. ``gaps``: (start, end) of the
    places between words, from the start of the segment; a cut is made only there: in the middle of a short gap,
    anywhere in a long one (where speech went on, but no word was known). Cautious on purpose: each side is at least
    1 s long, and the voices beside a cut must be further apart than those of one real speaker in 99 of 100 places.
    """
    if len(centres_s) < 2:
        return []
    places = [place for start, end in sorted(gaps) for place in _places(start, end)]
    return _cuts(centres_s, embeddings.astype(np.float64), places, 0.0, float(centres_s[-1]) + HALF_WINDOW_S)


def takes_over(encoder: SpeakerEncoder, before: NDArray[np.float32], after: NDArray[np.float32]) -> bool:
    """Whether another voice speaks after a pause than before it; 16 kHz mono sound of the speech on either side."""
    one, other = encoder.embed(before[-round(BEFORE_S * SAMPLE_RATE) :]), encoder.embed(after)
    return one is not None and other is not None and 1.0 - float(one @ other) >= OTHER_VOICE


def voice_between(
    centres_s: NDArray[np.float64], embeddings: NDArray[np.float32], start: float, end: float
) -> NDArray[np.float32] | None:
    """Mean voice ``[256]`` of the part ``start..end`` (seconds) of a segment that was cut; None when no window fits.

    Windows that reach over an edge of the part hold some of its neighbour and count the less the more they do.
    """
    inside = np.minimum(centres_s - start, end - centres_s)
    return mean_voice((embeddings * np.clip(inside / HALF_WINDOW_S, 0.0, 1.0)[:, None]).astype(np.float32))


def _places(start: float, end: float) -> list[tuple[float, float]]:
    """Possible cuts in a gap as (time, pause around it)."""
    if end - start <= LONG_GAP_S:
        return [((start + end) / 2, end - start)]
    margin = LONG_GAP_S / 2
    return [(float(time), 0.0) for time in np.arange(start + margin, end - margin, 0.1)]


def _cuts(
    centres: NDArray[np.float64],
    embeddings: NDArray[np.float64],
    places: Sequence[tuple[float, float]],
    start: float,
    end: float,
) -> list[float]:
    """Cut at the clearest change between ``start`` and ``end``, then look at both parts."""
    best, best_rank = None, 0.0
    for time, pause in places:
        if time - start < LEAST_SIDE_S or end - time < LEAST_SIDE_S:
            continue
        for reach in REACHES_S:
            excess = _excess(centres, embeddings, time, max(start, time - reach), min(end, time + reach))
            rank = excess + PAUSE_BONUS * min(pause, 0.5)
            if excess >= 0 and (best is None or rank > best_rank):
                best, best_rank = time, rank
    if best is None:
        return []
    before = _cuts(centres, embeddings, places, start, best)
    after = _cuts(centres, embeddings, places, best, end)
    return [*before, best, *after]


def _excess(
    centres: NDArray[np.float64], embeddings: NDArray[np.float64], time: float, start: float, end: float
) -> float:
    """Cosine distance between the voices of ``start..time`` and ``time..end``, above what one voice may show."""
    away = np.abs(centres - time)
    weight = np.where(away >= NEAREST_S, np.minimum(away / HALF_WINDOW_S, 1.0), 0.0)
    left = (weight * ((centres >= start) & (centres < time))) @ embeddings
    right = (weight * ((centres > time) & (centres <= end))) @ embeddings
    lengths = float(np.linalg.norm(left) * np.linalg.norm(right))
    if lengths == 0:
        return -np.inf
    allowed = np.interp(min(time - start, end - time), [1.0, 2.0, 3.0], [0.36, 0.32, 0.25])
    return float(1.0 - left @ right / lengths - allowed)


def quiet_gaps(audio: NDArray[np.float32], least_s: float = 0.1) -> list[tuple[float, float]]:
    """Pauses in 16 kHz mono ``audio`` as (start, end) in seconds, for where no words are known.

    Quiet is 15 dB below the loud frames (85th percentile), or less where the background is nearer.
    """
    frames = len(audio) // FRAME
    if frames < 3:
        return []
    energy = np.square(audio[: frames * FRAME].reshape(frames, FRAME), dtype=np.float64).mean(axis=1)
    level = 10 * np.log10(np.convolve(energy, np.ones(3) / 3, "same") + 1e-10)
    floor, loud = np.percentile(level, [5, 85])
    quiet = level < loud - min(15.0, 0.6 * (loud - floor))
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet, [False]]).astype(np.int8)))
    seconds = FRAME / SAMPLE_RATE
    return [(a * seconds, b * seconds) for a, b in edges.reshape(-1, 2).tolist() if (b - a) * seconds >= least_s]
