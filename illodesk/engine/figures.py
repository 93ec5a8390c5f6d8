"""How many digits a number keeps: what was measured on a scale of its own, and what lies between -1 and 1.

Rounding happens where a number is made, so that live, final and stored results are the same and records stay small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

SIGNIFICANT = 4
DECIMALS = 4


def score_of(value: float) -> float:
    """A score, probability or contribution, to four decimals."""
    return round(float(value), DECIMALS)


def measured(value: Any) -> Any:
    """A measurement to four significant digits; lists item by item; what is no float stays as it is."""
    if isinstance(value, list):
        return [measured(item) for item in value]
    return float(f"{value:.{SIGNIFICANT}g}") if isinstance(value, float) else value


def measured_all(values: Mapping[str, Any]) -> dict[str, Any]:
    """Named measurements, each to four significant digits."""
    return {name: measured(value) for name, value in values.items()}


def shares_of(values: Iterable[float]) -> list[float]:
    """Shares that add up to 1, to four decimals and still adding up to 1; the largest takes what rounding leaves."""
    rounded = [score_of(value) for value in values]
    largest = rounded.index(max(rounded))
    rounded[largest] = score_of(1.0 - sum(rounded[:largest]) - sum(rounded[largest + 1 :]))
    return rounded
