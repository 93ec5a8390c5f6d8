"""The narrative arc: which of six basic shapes the course of valence follows (Reagan et al. 2016)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from illodesk.schema import Utterance

POINTS = 50
MIN_UTTERANCES = 12
MIN_RANGE = 0.15
SMOOTH_SHARE = 0.15
"""Width of the smoothing kernel as a share of the conversation."""

SHAPES = (("rise", "fall"), ("rise-fall", "fall-rise"), ("rise-fall-rise", "fall-rise-fall"))
"""Shape for a negative and a positive coefficient of cosine modes 1, 2 and 3. Cosine 1 falls from start to end,
cosine 2 falls and rises again, cosine 3 falls, rises and falls; the order within each pair follows from the sign."""


def narrative_arc(timeline: Sequence[Utterance]) -> str:
    """Name the shape of the valence curve, ``flat``, or ``unknown`` with fewer than 12 values."""
    known = [(u, u.emotion.valence) for u in timeline if u.emotion.valence is not None]
    times = np.array([(u.t_start + u.t_end) / 2 for u, _ in known])
    return shape_of(times, np.array([valence for _, valence in known], np.float64))


def shape_of(times: NDArray[np.float64], values: NDArray[np.float64]) -> str:
    """Shape of float64[n] values at float64[n] times in seconds, by the strongest of the first three cosine modes."""
    if len(values) < MIN_UTTERANCES or times.max() <= times.min():
        return "unknown"
    grid = np.linspace(times.min(), times.max(), POINTS)
    width = SMOOTH_SHARE * (times.max() - times.min())
    kernel = np.exp(-0.5 * ((grid[:, None] - times[None, :]) / (width / 2)) ** 2)
    curve = (kernel * values).sum(axis=1) / kernel.sum(axis=1)
    if np.ptp(curve) < MIN_RANGE:
        return "flat"
    t = (np.arange(POINTS) + 0.5) / POINTS
    modes = np.stack([np.cos(np.pi * j * t) for j in (1, 2, 3)])
    coefficients = modes @ (curve - curve.mean())
    strongest = int(np.argmax(np.abs(coefficients)))
    return SHAPES[strongest][int(coefficients[strongest] > 0)]
