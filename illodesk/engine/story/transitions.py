"""Lasting changes of how one speaker sounds, found while the conversation goes on.

For each speaker the last utterances are one regime, with a mean and a spread per track (valence, arousal, engagement).
At every utterance the most likely point of change among the latest few is looked for: a cumulative sum over the
candidate's utterances of how far they lie from the regime, in the form of the generalised likelihood ratio for a
change of mean (Basseville and Nikiforov 1993; it needs no guess of the size of the change, as a plain CUSUM does).
A change counts when the ratio, the size in own standard deviations and the size on the scale itself all say so. Apart
from that, a change of the most probable emotion that keeps its margin over two utterances counts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from illodesk.engine.story.phrasing import clock
from illodesk.schema import Transition, Utterance

TRACKS = ("valence", "arousal", "engagement")
PRIOR_SD = {"valence": 0.30, "arousal": 0.28, "engagement": 0.12}
"""Typical spread within a calm stretch of one speaker, as strong as four utterances."""

LEAST_SIZE = {"valence": 0.35, "arousal": 0.45, "engagement": 0.18}
"""Changes below these are too small to hear, however regular."""

PRIOR_UTTERANCES = 4
MEMORY = 40
LEAST_BEFORE = 4
LEAST_AFTER = 3
MOST_AFTER = 8
RATIO = 14.0
"""Threshold of the likelihood ratio; under no change about chi-square with one degree of freedom per track."""

LEAST_SDS = 1.4
REFRACTORY_S = 15.0
LABEL_MARGIN = 0.15
LABEL_CONFIDENCE = 0.35
LEAST_SCORE_CONFIDENCE = 0.1


@dataclass(frozen=True)
class _Point:
    """What one utterance adds to the regime of its speaker."""

    utterance_id: str
    t_start: float
    values: dict[str, float]
    emotion: str | None
    margin: float


@dataclass
class _Speaker:
    regime: deque[_Point] = field(default_factory=lambda: deque(maxlen=MEMORY))
    last_change_s: float = -1e9
    label: str | None = None


@dataclass(frozen=True)
class _Change:
    """A candidate: the regime splits before ``at``; ``drivers`` in own standard deviations."""

    at: int
    ratio: float
    drivers: dict[str, float]
    labels: tuple[str, str] | None = None


class TransitionDetector:
    """Feed utterances in order of time; transitions come out as soon as three utterances confirm them."""

    def __init__(self) -> None:
        self._speakers: dict[str, _Speaker] = {}
        self._count = 0

    def feed(self, utterance: Utterance) -> list[Transition]:
        """Take one utterance and return the transition of its speaker that it completes, if any."""
        point = _point(utterance)
        if not point.values and point.emotion is None:
            return []
        speaker = self._speakers.setdefault(utterance.speaker, _Speaker())
        speaker.regime.append(point)
        points = list(speaker.regime)
        change = _level_change(points) or _label_change(points, speaker.label)
        if change is None or points[change.at].t_start - speaker.last_change_s < REFRACTORY_S:
            return []
        before, after = points[: change.at], points[change.at :]
        speaker.regime = deque(after, maxlen=MEMORY)
        speaker.last_change_s = after[0].t_start
        speaker.label = _usual_label(after)
        self._count += 1
        return [self._transition(utterance.speaker, before, after, change)]

    def _transition(self, speaker: str, before: list[_Point], after: list[_Point], change: _Change) -> Transition:
        from_state, to_state = _state(before), _state(after)
        start = after[0].t_start
        leading = max(change.drivers, key=lambda name: abs(change.drivers[name])) if change.drivers else None
        old, new = change.labels or _names(from_state, to_state, leading, change)
        return Transition(
            transition_id=f"transition_{self._count - 1:03d}",
            at_ms=round(start * 1000),
            speaker_id=speaker,
            from_state=from_state | ({"emotion": old} if change.labels else {}) | {"sounds": old},
            to_state=to_state | ({"emotion": new} if change.labels else {}) | {"sounds": new},
            evidence_utterance_ids=[p.utterance_id for p in after],
            drivers={name: round(d, 2) for name, d in sorted(change.drivers.items(), key=lambda kv: -abs(kv[1]))},
            confidence=round(change.ratio / (change.ratio + RATIO), 3),
            stability="provisional",
            summary=f"{speaker} turns from {old} to {new} at {clock(start)}",
        )


def _point(utterance: Utterance) -> _Point:
    """The tracks that have evidence, and the most probable emotion with its lead over the next."""
    raw = {
        "valence": utterance.emotion.valence,
        "arousal": utterance.emotion.arousal,
        "engagement": utterance.cognitive.engagement,
    }
    values = {}
    for name, value in raw.items():
        score = utterance.evidence.get(name)
        if value is not None and (score is None or score.confidence >= LEAST_SCORE_CONFIDENCE):
            values[name] = float(value)
    ranked = sorted(utterance.emotion.emotions.values(), reverse=True)
    sure = len(ranked) > 1 and utterance.emotion.confidence >= LABEL_CONFIDENCE
    return _Point(
        utterance.utterance_id,
        utterance.t_start,
        values,
        utterance.emotion.dominant if sure else None,
        ranked[0] - ranked[1] if sure else 0.0,
    )


def _level_change(points: Sequence[_Point]) -> _Change | None:
    """The strongest point of change among the latest, or None.

    A split close to the end wins over a longer one that mixes old and new, and then waits for its own confirmation:
    that is what puts the change where it happened.
    """
    best: _Change | None = None
    for after in range(1, min(MOST_AFTER, len(points) - LEAST_BEFORE) + 1):
        change = _split(points, len(points) - after)
        if change is not None and (best is None or change.ratio > best.ratio):
            best = change
    return best if best is not None and len(points) - best.at >= LEAST_AFTER else None


def _split(points: Sequence[_Point], at: int) -> _Change | None:
    """The change between the points before and from ``at`` on, when it is large, regular and lasting enough."""
    ratio, drivers = 0.0, {}
    for name in TRACKS:
        old = [p.values[name] for p in points[:at] if name in p.values]
        new = [p.values[name] for p in points[at:] if name in p.values]
        if len(old) < LEAST_BEFORE or not new or name not in points[at].values:
            continue
        difference = float(np.mean(new) - np.mean(old))
        z = difference / _spread(old, new, PRIOR_SD[name])
        if abs(difference) >= LEAST_SIZE[name] and abs(z) >= LEAST_SDS and _lasting(new, old, difference):
            ratio += len(old) * len(new) / (len(old) + len(new)) * z * z
            drivers[name] = z
    return _Change(at, ratio, drivers) if ratio >= RATIO else None


def _spread(old: Sequence[float], new: Sequence[float], prior: float) -> float:
    """Pooled standard deviation within both sides, shrunk towards what is typical."""
    squares = float(np.var(old) * len(old) + np.var(new) * len(new))
    return float(np.sqrt((squares + PRIOR_UTTERANCES * prior**2) / (len(old) + len(new) - 2 + PRIOR_UTTERANCES)))


def _lasting(new: Sequence[float], old: Sequence[float], difference: float) -> bool:
    """Whether nearly every new value, not one outlier, lies beyond the middle between both means."""
    middle = (float(np.mean(new)) + float(np.mean(old))) / 2
    beyond = sum((value - middle) * difference > 0 for value in new)
    return beyond >= len(new) - len(new) // 4


def _label_change(points: Sequence[_Point], known: str | None) -> _Change | None:
    """A new most probable emotion that leads by the margin in the last two utterances."""
    if len(points) < LEAST_BEFORE + 2:
        return None
    last = points[-2:]
    label = last[0].emotion
    before = known or _usual_label(points[:-2])
    if label is None or before is None or label == before:
        return None
    if any(p.emotion != label or p.margin < LABEL_MARGIN for p in last):
        return None
    return _Change(len(points) - 2, RATIO * min(1.0, 2 * min(p.margin for p in last)), {}, (before, label))


def _usual_label(points: Sequence[_Point]) -> str | None:
    """The label that at least half of the points with a label share."""
    labels = [p.emotion for p in points if p.emotion is not None]
    for label in sorted(set(labels)):
        if labels.count(label) * 2 > len(labels) and len(labels) >= LEAST_BEFORE:
            return label
    return None


def _state(points: Sequence[_Point]) -> dict[str, Any]:
    """Means of the tracks with evidence (None without) and the usual emotion."""
    state: dict[str, Any] = {"emotion": _usual_label(points)}
    for name in TRACKS:
        values = [p.values[name] for p in points if name in p.values]
        state[name] = round(float(np.mean(values)), 3) if values else None
    return state


def _names(old: dict[str, Any], new: dict[str, Any], leading: str | None, change: _Change) -> tuple[str, str]:
    """Words for both states on the track that changed most."""
    assert leading is not None
    up = change.drivers[leading] > 0
    if leading == "arousal":
        return ("calm", "aroused") if up else ("aroused", "calm")
    if leading == "engagement":
        return ("less engaged", "more engaged") if up else ("more engaged", "less engaged")
    return _pleasure(old["valence"], low=up), _pleasure(new["valence"], low=not up)


def _pleasure(valence: float, low: bool) -> str:
    if abs(valence) < 0.12:
        return "neutral"
    if valence > 0:
        return "mildly positive" if low else "positive"
    return "negative" if low else "mildly negative"
