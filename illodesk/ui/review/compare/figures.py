"""The numbers of two results beside each other, and their curves over time. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from illodesk.schema import AnalysisResult, Utterance
from illodesk.ui.review.wording import SCORES
from illodesk.ui.words import speaker_name

BINS = 60


@dataclass(frozen=True)
class Figure:
    """One line of the table. ``name`` is of the vocabulary, ``speaker`` empty for everybody; None has no evidence."""

    name: str
    speaker: str
    left: float | None
    right: float | None

    @property
    def difference(self) -> float | None:
        """Right minus left."""
        return None if self.left is None or self.right is None else self.right - self.left


COUNTS: dict[str, Callable[[AnalysisResult], float | None]] = {
    "utterances": lambda result: len(result.timeline),
    "words": lambda result: sum(len(u.text.split()) for u in result.timeline),
    "speakers": lambda result: len({u.speaker for u in result.timeline}),
    "phases": lambda result: len(result.segmentation.phases),
    "moments": lambda result: len(result.moments),
    "quality_index": lambda result: (
        result.insights.conversation_quality.quality_index if result.insights.conversation_quality else None
    ),
}


def value_of(utterance: Utterance, score: str) -> float | None:
    """A score of an utterance; None without evidence."""
    if score in utterance.evidence:
        return utterance.evidence[score].value
    return getattr(utterance.emotion, score, None)


def mean(utterances: Sequence[Utterance], score: str) -> float | None:
    """Mean of a score over utterances that have one, by their length."""
    known = [(value, u.duration_s) for u in utterances if (value := value_of(u, score)) is not None]
    weight = sum(length for _, length in known)
    return sum(value * length for value, length in known) / weight if weight > 0 else None


def figures(left: AnalysisResult, right: AnalysisResult) -> list[Figure]:
    """Counts, then means of every score: of everybody, and of speakers who are named the same on both sides."""
    found = [Figure(name, "", count(left), count(right)) for name, count in COUNTS.items()]
    found += [Figure(score, "", mean(left.timeline, score), mean(right.timeline, score)) for score in SCORES]
    spoken = [by_name(result) for result in (left, right)]
    for name in sorted(spoken[0].keys() & spoken[1].keys()):
        share = [sum(u.duration_s for u in side[name]) / max(talk(side), 1e-9) for side in spoken]
        found.append(Figure("talk_share", name, share[0], share[1]))
        found += [Figure(score, name, mean(spoken[0][name], score), mean(spoken[1][name], score)) for score in SCORES]
    return [figure for figure in found if figure.left is not None or figure.right is not None]


def by_name(result: AnalysisResult) -> dict[str, list[Utterance]]:
    """Utterances by the name of who said them."""
    spoken: dict[str, list[Utterance]] = {}
    for utterance in result.timeline:
        spoken.setdefault(speaker_name(result.name_of(utterance.speaker)), []).append(utterance)
    return spoken


def talk(spoken: dict[str, list[Utterance]]) -> float:
    """How long everybody talks, s."""
    return sum(u.duration_s for side in spoken.values() for u in side)


def length_s(result: AnalysisResult) -> float:
    """How much there is to show, s; never 0."""
    return max(result.media.duration_s, result.timeline[-1].t_end if result.timeline else 0.0, 1e-9)


def curve(result: AnalysisResult, score: str, bins: int = BINS) -> NDArray[np.float64]:
    """A score from beginning to end in equal stretches; nan where nothing bears on it."""
    total, weight = np.zeros(bins), np.zeros(bins)
    edges = np.linspace(0.0, length_s(result), bins + 1)
    for utterance in result.timeline:
        value = value_of(utterance, score)
        if value is None:
            continue
        first = int(np.searchsorted(edges, utterance.t_start, "right")) - 1
        last = min(int(np.searchsorted(edges, utterance.t_end, "left")), bins)
        for i in range(max(first, 0), last):
            shared = min(edges[i + 1], utterance.t_end) - max(edges[i], utterance.t_start)
            total[i] += value * shared
            weight[i] += shared
    values = np.full(bins, np.nan)
    np.divide(total, weight, out=values, where=weight > 0)
    return values
