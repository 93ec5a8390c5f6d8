"""Utterances as points of the plane of valence and arousal, and how they spread. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from illodesk.schema import Utterance

Floats = NDArray[np.float64]

ENOUGH = 5
"""Points that an ellipse of spread is drawn from."""


@dataclass(frozen=True)
class Points:
    """Utterances of which both values are known, in order of time, and how many were left out because one is not.

    ``at`` has a row of valence and arousal (−1..1) for each, ``confidence`` the lower one of the two (0..1).
    """

    utterances: list[Utterance]
    at: Floats
    confidence: Floats
    unknown: int

    def of(self, speaker: str) -> NDArray[np.intp]:
        """Places of what a speaker said."""
        return np.flatnonzero([utterance.speaker == speaker for utterance in self.utterances])


def points_of(timeline: Sequence[Utterance], stretch: tuple[float, float] | None = None) -> Points:
    """The points of a timeline; of what lies in a stretch of it (s), at least in part, when one is given."""
    known: list[Utterance] = []
    rows: list[tuple[float, float, float]] = []
    unknown = 0
    for utterance in timeline:
        if stretch is not None and not (utterance.t_start < stretch[1] and utterance.t_end > stretch[0]):
            continue
        valence, arousal = utterance.emotion.valence, utterance.emotion.arousal
        if valence is None or arousal is None:
            unknown += 1
            continue
        known.append(utterance)
        rows.append((valence, arousal, min(confidence_of(utterance, name) for name in ("valence", "arousal"))))
    values = np.array(rows, np.float64).reshape(-1, 3)
    return Points(known, values[:, :2], values[:, 2], unknown)


def confidence_of(utterance: Utterance, name: str) -> float:
    """How sure a value is, 0..1."""
    score = utterance.evidence.get(name)
    return score.confidence if score is not None else utterance.emotion.confidence


def ellipse(at: Floats, corners: int = 73) -> Floats | None:
    """Outline of one standard deviation around the mean, a closed line; None where there are too few points."""
    if len(at) < ENOUGH:
        return None
    lengths, axes = np.linalg.eigh(np.cov(at, rowvar=False))
    angles = np.linspace(0.0, 2 * np.pi, corners)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    outline: Floats = at.mean(axis=0) + circle * np.sqrt(np.clip(lengths, 0.0, None)) @ axes.T
    return outline
