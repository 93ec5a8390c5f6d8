"""Calmer curves for drawing; the record keeps the raw values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from illodesk.schema import Utterance


def smooth(times: Sequence[float], values: Sequence[float | None], half_life_s: float = 20.0) -> list[float | None]:
    """Exponentially weighted mean of one speaker's values up to each of them.

    Args:
        times: seconds, not falling.
        values: one per time; ``None`` where there is no evidence.
        half_life_s: seconds after which a value counts for half.

    Returns:
        One value per time, looking back only, so that drawing live never waits; ``None`` stays ``None``.
    """
    result: list[float | None] = []
    total = weight = 0.0
    last = times[0] if times else 0.0
    for time, value in zip(times, values, strict=True):
        decay = 0.5 ** ((time - last) / half_life_s)
        total, weight, last = total * decay, weight * decay, time
        if value is None:
            result.append(None)
            continue
        total, weight = total + value, weight + 1.0
        result.append(total / weight)
    return result


AFFECT_COLUMNS = ("valence", "arousal", "dominance")
FADE_S = 60.0
"""A smoothed value stands until the speaker's next utterance, but not longer than this."""


def affect_curve(timeline: Sequence[Utterance], duration_s: float, hop_s: float) -> NDArray[np.float32]:
    """One speaker's smoothed valence, arousal and dominance: float32 [n, 3], row i at ``i * hop_s`` seconds.

    Looks back only; NaN before the first evidence and long after the last.
    """
    times = np.arange(int(duration_s / hop_s) + 1) * hop_s
    curve = np.full((len(times), len(AFFECT_COLUMNS)), np.nan, np.float32)
    ends = [utterance.t_end for utterance in timeline]
    for column, name in enumerate(AFFECT_COLUMNS):
        values = smooth(ends, [getattr(utterance.emotion, name) for utterance in timeline])
        for end, value in zip(ends, values, strict=True):
            if value is not None:
                curve[(times >= end) & (times < end + FADE_S), column] = value
    return curve
