"""Calmer curves for drawing; the record keeps the raw values."""

from __future__ import annotations

from collections.abc import Sequence


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
