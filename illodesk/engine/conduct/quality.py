"""The conversation quality index: five dimensions from 0 to 100 and their mean; 50 is no evidence.

``dimension = 50 + 50 * tanh(0.6 * sum of w * r)``. For a signal, r is its probability times its length (at least two
seconds) over a quarter of the talk in the window, at most 1: signals are short, and one that covers a quarter of the
talk is there in full. Engagement and disengagement are states that last; theirs is over the whole talk. Weights:
science page, 4.2; the public descriptions of such an index give only the bands and the mean. The factor 0.6 is a
choice of scale: it leaves one full signal between about 25 and 75, and ordinary conversations near 50.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from illodesk.engine.conduct.timing import overlap_kind
from illodesk.schema import ConversationQuality, QualityDimensions, SocialSignal, Utterance

WINDOW_S = 30.0
SIGNAL_LEAST_S = 2.0
GAIN = 0.6
FULL_SHARE = 0.25
LASTING = frozenset({"engagement", "disengagement"})
MIN_TALK_S = 2.0
TYPICAL_FILLERS = 4.0
REPAIRED_WITHIN_S = 60.0
PROMPT_S = 0.5
BANDS = ((30.0, "weak"), (50.0, "below average"), (65.0, "moderate"), (80.0, "good"))


def band_of(index: float) -> str:
    """Name of a quality index."""
    return next((name for edge, name in BANDS if index < edge), "excellent")


def conversation_quality(
    timeline: Sequence[Utterance], signals: Sequence[SocialSignal], window_s: float = WINDOW_S
) -> tuple[ConversationQuality, list[ConversationQuality]]:
    """Quality of the whole, and of every window of ``window_s`` seconds in which somebody spoke."""
    end = max((utterance.t_end for utterance in timeline), default=0.0)
    overall = _quality(_Stretch(0.0, end, list(timeline), list(signals)))
    spoken: dict[int, list[Utterance]] = defaultdict(list)
    heard: dict[int, list[SocialSignal]] = defaultdict(list)
    for utterance in timeline:
        for number in _windows(utterance.t_start, utterance.t_end, window_s):
            spoken[number].append(utterance)
    for signal in signals:
        for number in _windows(signal.t_start, signal.t_end, window_s):
            heard[number].append(signal)
    windows = [
        _quality(_Stretch(number * window_s, min((number + 1) * window_s, end), spoken[number], heard[number]))
        for number in sorted(spoken)
    ]
    return overall, windows


def _windows(t_start: float, t_end: float, window_s: float) -> range:
    """Numbers of the windows that a span touches."""
    first = int(max(0.0, t_start) // window_s)
    return range(first, max(first + 1, math.ceil(t_end / window_s)))


@dataclass(frozen=True)
class _Stretch:
    """A stretch of conversation: what was said and signalled in it. Times in s."""

    start: float
    stop: float
    timeline: list[Utterance]
    signals: list[SocialSignal]

    def inside(self, t_start: float, t_end: float) -> float:
        """Seconds of a span that lie in the stretch."""
        return max(0.0, min(t_end, self.stop) - max(t_start, self.start))

    @property
    def talk_s(self) -> float:
        """Seconds of talk, all speakers added."""
        return sum(self.inside(u.t_start, u.t_end) for u in self.timeline)

    def signal(self, name: str) -> float:
        """r of a signal, 0..1."""
        mass = sum(
            s.probability * max(SIGNAL_LEAST_S, self.inside(s.t_start, s.t_end)) for s in self.signals if s.type == name
        )
        full = 1.0 if name in LASTING else FULL_SHARE
        return min(1.0, mass / (full * max(self.talk_s, MIN_TALK_S)))

    def per_minute(self, count: float, full: float) -> float:
        """Events per minute over the rate that counts in full, at most 1."""
        minutes = max(self.stop - self.start, WINDOW_S) / 60.0
        return min(1.0, count / minutes / full)

    def mean(self, values: list[tuple[float | None, float]]) -> float:
        """Mean of the known values, weighted; 0 when none is known."""
        known = [(value, weight) for value, weight in values if value is not None]
        total = sum(weight for _, weight in known)
        return sum(value * weight for value, weight in known) / total if total > 0.0 else 0.0

    def share(self, count: int, of: int) -> float:
        """A share, 0 when there is nothing to share."""
        return count / of if of else 0.0


def _quality(stretch: _Stretch) -> ConversationQuality:
    if stretch.talk_s < MIN_TALK_S:
        return ConversationQuality(t_start=stretch.start, t_end=stretch.stop)
    dimensions = QualityDimensions(
        clarity=_squash(_clarity(stretch)),
        authority=_squash(_authority(stretch)),
        energy=_squash(_energy(stretch)),
        rapport=_squash(_rapport(stretch)),
        learning=_squash(_learning(stretch)),
    )
    parts = (dimensions.clarity, dimensions.authority, dimensions.energy, dimensions.rapport, dimensions.learning)
    index = round(math.fsum(parts) / len(parts), 2)
    return ConversationQuality(
        quality_index=index, band=band_of(index), dimensions=dimensions, t_start=stretch.start, t_end=stretch.stop
    )


def _squash(total: float) -> float:
    return round(50.0 + 50.0 * math.tanh(GAIN * total), 1)


def _clarity(s: _Stretch) -> float:
    said = [u.lexical_markers for u in s.timeline if u.lexical_markers.available and u.lexical_markers.words]
    words = sum(m.words for m in said)
    excess = 0.0
    if words:
        fillers = sum(m.counts.get("filler", 0.0) + m.counts.get("discourse_filler", 0.0) for m in said)
        excess = max(-1.0, min(2.0, (100.0 * fillers / words - TYPICAL_FILLERS) / TYPICAL_FILLERS))
    return (
        0.8 * s.signal("confidence")
        + 0.5 * s.signal("agreement")
        - 1.5 * s.signal("confusion")
        - 0.8 * s.signal("hesitation")
        - 0.6 * s.signal("uncertainty")
        - 0.4 * max(0.0, excess)
    )


def _authority(s: _Stretch) -> float:
    dominance = s.mean([(u.emotion.dominance, u.duration_s) for u in s.timeline])
    return (
        1.4 * s.signal("confidence")
        + 0.5 * dominance
        - 1.0 * s.signal("uncertainty")
        - 1.0 * s.signal("hesitation")
        - 0.4 * s.signal("stress")
    )


def _energy(s: _Stretch) -> float:
    known = [u for u in s.timeline if u.cognitive.engagement_state is not None]
    engaged = s.share(sum(u.cognitive.engagement_state == "engaged" for u in known), len(known))
    flat = sum(_sounds_flat(u) for u in known)
    return (
        1.2 * engaged
        + 0.8 * s.mean([(u.emotion.arousal, u.duration_s) for u in s.timeline])
        + 0.6 * s.signal("interest")
        - 1.4 * s.signal("disengagement")
        - 0.4 * s.share(flat, len(known))
    )


def _rapport(s: _Stretch) -> float:
    laughs = sum(u.lexical_markers.counts.get("laughter", 0.0) for u in s.timeline)
    replies = [u.timing for u in s.timeline if u.timing.gap_s is not None and not u.timing.backchannel]
    prompt = sum(1 for t in replies if t.gap_s is not None and t.gap_s <= PROMPT_S and not t.interruption)
    competitive = sum(overlap_kind(u.timing) == "competitive" for u in s.timeline)
    return (
        1.0 * s.signal("agreement")
        + 0.6 * s.per_minute(laughs, 1.0)
        + 0.6 * _balance(s)
        + 0.5 * s.per_minute(sum(u.timing.backchannel for u in s.timeline), 6.0)
        + (0.4 * (s.share(prompt, len(replies)) - 0.5) if replies else 0.0)
        - 1.2 * s.signal("frustration")
        - 0.6 * _unanswered_disagreement(s)
        - 0.4 * s.per_minute(competitive, 2.0)
    )


def _learning(s: _Stretch) -> float:
    questions = sum(u.lexical_markers.questions for u in s.timeline)
    confused = [x for x in s.signals if x.type == "confusion"]
    cleared = sum(_followed_by_agreement(x, s.signals) for x in confused)
    return (
        1.4 * s.signal("interest")
        + 0.8 * s.per_minute(questions, 3.0)
        + 0.4 * s.share(cleared, len(confused))
        - 0.8 * s.signal("disengagement")
        - 0.4 * s.signal("skepticism")
    )


def _sounds_flat(utterance: Utterance) -> bool:
    score = utterance.evidence.get("engagement")
    return score is not None and any(part.name == "monotone" for part in score.contributions)


def _balance(s: _Stretch) -> float:
    """How evenly talk is shared: -.5 for one voice out of several, 0.5 for equal shares, 0 for one speaker alone."""
    talk: dict[str, float] = {}
    for utterance in s.timeline:
        talk[utterance.speaker] = talk.get(utterance.speaker, 0.0) + s.inside(utterance.t_start, utterance.t_end)
    total = sum(talk.values())
    if len(talk) < 2 or total <= 0.0:
        return 0.0
    shares = sorted(seconds / total for seconds in talk.values() if seconds > 0.0)
    return -math.fsum(p * math.log(p) for p in shares) / math.log(len(talk)) - 0.5


def _unanswered_disagreement(s: _Stretch) -> float:
    """Share of disagreement that nobody met with agreement within a minute, scaled by how much there was."""
    found = [x for x in s.signals if x.type == "disagreement"]
    open_ones = sum(not _followed_by_agreement(x, s.signals) for x in found)
    return s.signal("disagreement") * s.share(open_ones, len(found))


def _followed_by_agreement(signal: SocialSignal, signals: Sequence[SocialSignal]) -> bool:
    until = signal.t_end + REPAIRED_WITHIN_S
    return any(x.type == "agreement" and signal.t_end <= x.t_start <= until for x in signals)
