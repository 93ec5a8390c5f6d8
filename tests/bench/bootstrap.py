"""95 % bootstrap intervals in which whole groups (speakers, dialogues) are drawn with replacement."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

DRAWS = 300

Interval = tuple[float, float]


def interval(groups: Sequence[Any] | NDArray[Any], measure_of: Callable[[NDArray[np.intp]], float]) -> Interval:
    """Interval of a measure that takes row numbers; ``groups`` names the group of each row."""
    generator = np.random.default_rng(0)
    _, codes = np.unique(np.asarray(groups), return_inverse=True)
    members = [np.flatnonzero(codes == code) for code in range(codes.max() + 1)]
    draws = []
    for _ in range(DRAWS):
        rows = np.concatenate([members[i] for i in generator.integers(0, len(members), len(members))])
        draws.append(measure_of(rows))
    low, high = np.nanpercentile(draws, [2.5, 97.5])
    return float(low), float(high)


def mean_interval(values: Sequence[float] | NDArray[np.float64]) -> Interval:
    """Interval of a mean, every value its own group."""
    numbers = np.asarray(values, np.float64)
    return interval(np.arange(len(numbers)), lambda rows: float(numbers[rows].mean()))
