"""A speaker's running level of one track: mean and spread that fade with a half-life."""

from __future__ import annotations

import math
from dataclasses import dataclass

HALF_LIFE_S = 90.0
LEAST_SD = 0.08
LEAST_COUNT = 4


@dataclass
class RunningLevel:
    """Exponentially weighted mean and variance (West 1979); half of the weight fades in 90 s."""

    mean: float | None = None
    variance: float = 0.0
    weight: float = 0.0
    last_s: float = 0.0
    count: int = 0

    def add(self, at_s: float, value: float | None) -> None:
        """Learn one value at a time in seconds; None is skipped."""
        if value is None:
            return
        fade = 0.5 ** (max(0.0, at_s - self.last_s) / HALF_LIFE_S) if self.count else 0.0
        old = self.weight * fade
        self.weight = old + 1.0
        delta = value - (self.mean if self.mean is not None else value)
        self.mean = (self.mean if self.mean is not None else value) + delta / self.weight
        self.variance = (old * (self.variance + delta * delta / self.weight)) / self.weight
        self.last_s, self.count = at_s, self.count + 1

    def z(self, value: float | None, start: float | None = None) -> float | None:
        """Distance from the level in its standard deviations (at least .08).

        None before four values, unless ``start`` gives the level to assume until then.
        """
        if value is None:
            return None
        if self.count < LEAST_COUNT or self.mean is None:
            return None if start is None else (value - start) / LEAST_SD
        return (value - self.mean) / max(math.sqrt(self.variance), LEAST_SD)
