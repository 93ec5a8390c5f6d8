"""Engagement over time: a state per speaker with hysteresis, and the rolling curve of the whole conversation."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from illodesk.schema import Utterance

EngagementState = Literal["engaged", "neutral", "disengaged"]

ENGAGED_FROM = 0.58
DISENGAGED_FROM = 0.38
HYSTERESIS = 0.05
WINDOW_S = 5.0
"""A state needs two such windows of speech (science page, section 4) before it is entered."""

HALF_LIFE_S = 10.0
SILENT_AFTER_S = 15.0
"""A speaker who has been silent for longer is neutral again: silence alone is not disengagement."""

REACH_S = 10.0
"""An utterance bears on the curve up to this far from itself."""

MIN_EVIDENCE = 0.05


class EngagementTracker:
    """Smooths one speaker's engagement and names its state, utterance by utterance."""

    def __init__(self) -> None:
        self._smooth: float | None = None
        self._state: EngagementState = "neutral"
        self._leaning: EngagementState = "neutral"
        self._leaning_s = 0.0
        self._last_end: float | None = None

    def feed(self, value: float | None, t_start: float, t_end: float) -> EngagementState | None:
        """State after an utterance with this engagement; ``None`` while there has been no evidence at all."""
        if self._last_end is not None and t_start - self._last_end > SILENT_AFTER_S:
            self._smooth, self._state, self._leaning, self._leaning_s = None, "neutral", "neutral", 0.0
        self._last_end = t_end
        if value is None:
            return self._state if self._smooth is not None else None
        seconds = max(1.0, t_end - t_start)
        fresh = 1.0 if self._smooth is None else 1.0 - math.pow(0.5, seconds / HALF_LIFE_S)
        self._smooth = value if self._smooth is None else self._smooth + fresh * (value - self._smooth)
        leaning = _lean(self._smooth, self._state)
        self._leaning_s = self._leaning_s + seconds if leaning == self._leaning else seconds
        self._leaning = leaning
        if leaning == "neutral" or self._leaning_s >= 2.0 * WINDOW_S:
            self._state = leaning
        return self._state


def _lean(smooth: float, state: EngagementState) -> EngagementState:
    if smooth >= ENGAGED_FROM - (HYSTERESIS if state == "engaged" else 0.0):
        return "engaged"
    if smooth <= DISENGAGED_FROM + (HYSTERESIS if state == "disengaged" else 0.0):
        return "disengaged"
    return "neutral"


def engagement_curve(timeline: Iterable[Utterance], duration_s: float, hz: float = 2.0) -> NDArray[np.float32]:
    """Rolling engagement of everyone: float32 of shape (n, 4) with t (s), value, low and high (about 95 %).

    Each utterance bears on the ten seconds around it, by confidence and nearness. Value and band are NaN where
    nothing bears.
    """
    count = max(0, math.floor(duration_s * hz + 1e-9)) + 1 if duration_s > 0.0 else 0
    times = np.arange(count, dtype=np.float64) / hz
    weight, weight_squared, total, squares, doubt = (np.zeros(count) for _ in range(5))
    for utterance in timeline:
        score = utterance.evidence.get("engagement")
        if score is None or score.value is None or score.confidence <= 0.0:
            continue
        first = max(0, math.ceil((utterance.t_start - REACH_S) * hz))
        last = min(count, math.floor((utterance.t_end + REACH_S) * hz) + 1)
        if first >= last:
            continue
        near = times[first:last]
        distance = np.maximum(0.0, np.maximum(utterance.t_start - near, near - utterance.t_end))
        w = score.confidence * (1.0 - distance / REACH_S)
        weight[first:last] += w
        weight_squared[first:last] += w * w
        total[first:last] += w * score.value
        squares[first:last] += w * score.value**2
        doubt[first:last] += w * (1.0 - score.confidence)
    curve = np.full((count, 4), np.nan, dtype=np.float32)
    curve[:, 0] = times
    known = weight >= MIN_EVIDENCE
    mean = total[known] / weight[known]
    variance = np.maximum(0.0, squares[known] / weight[known] - mean**2)
    effective = weight[known] ** 2 / weight_squared[known]
    spread = np.sqrt((variance + (0.25 * doubt[known] / weight[known]) ** 2) / effective)
    curve[known, 1] = mean
    curve[known, 2] = np.clip(mean - 1.96 * spread, 0.0, 1.0)
    curve[known, 3] = np.clip(mean + 1.96 * spread, 0.0, 1.0)
    return curve
