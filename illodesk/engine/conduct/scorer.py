"""Conduct of each utterance: timing, cognitive state, commitment, passion, conviction and social signals.

Live, norms are those learned so far; in batch, two passes give every speaker the norm of the whole conversation.
Affect has run before: valence, arousal and dominance are read from ``evidence`` and left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from illodesk.engine import figures
from illodesk.engine.conduct import cognitive, stance
from illodesk.engine.conduct.acts import acts_of, turn_before
from illodesk.engine.conduct.engagement import EngagementTracker
from illodesk.engine.conduct.features import measured
from illodesk.engine.conduct.norms import ConductNorms
from illodesk.engine.conduct.signals import signals_of
from illodesk.engine.conduct.similarity import Similarity, WordOverlap
from illodesk.engine.conduct.situation import Situation
from illodesk.engine.conduct.timing import timing_of, word_count
from illodesk.engine.conduct.wording import acoustic_reasoning, rationale
from illodesk.schema import Basis, Cognitive, Policy, Timing, Utterance, level_of

TOPIC_WINDOW_S = 60.0
TOPIC_UTTERANCES = 6
MINIMAL_WORDS = 3
MENTAL = ("engagement", "focus", "cognitive_load", "certainty")


class ConductScorer:
    """Scores the utterances of one conversation. ``similarity`` compares two texts, by default by shared words."""

    def __init__(self, policy: Policy, similarity: Similarity | None = None) -> None:
        self._allowed = frozenset(policy.allowed_basis)
        self._similarity = similarity
        self._live = _Run()

    def live(self, utterance: Utterance, timeline_before: Sequence[Utterance]) -> Utterance:
        """Score one utterance by what came before it, and learn from it. Call once per utterance, in order."""
        timeline = [*timeline_before, utterance]
        index = len(timeline) - 1
        timing = timing_of(index, timeline)
        values = self._measured(utterance, timing)
        scored = self._score(index, timeline, timing, values, self._live)
        self._live.norms.learn(utterance.speaker, values, live=True)
        return scored

    def batch(self, timeline: Sequence[Utterance]) -> list[Utterance]:
        """Score a whole timeline, sorted by ``t_start``, with full norms. What live scoring learned is not used."""
        timings = [timing_of(index, timeline) for index in range(len(timeline))]
        values = [self._measured(u, t) for u, t in zip(timeline, timings, strict=True)]
        run = _Run()
        for utterance, measurements in zip(timeline, values, strict=True):
            run.norms.learn(utterance.speaker, measurements, live=False)
        return [self._score(i, timeline, timings[i], values[i], run) for i in range(len(timeline))]

    def _measured(self, utterance: Utterance, timing: Timing) -> dict[str, float]:
        return measured(utterance, timing, self._allowed)

    def _score(
        self, index: int, timeline: Sequence[Utterance], timing: Timing, values: dict[str, float], run: _Run
    ) -> Utterance:
        utterance = timeline[index]
        situation = self._situation(index, timeline, timing, values, run)
        load = cognitive.cognitive_load(situation)
        scores = {
            "engagement": cognitive.engagement(situation),
            "focus": cognitive.focus(situation, load),
            "cognitive_load": load,
            "certainty": cognitive.certainty(situation),
            "commitment": stance.commitment(situation),
            "passion": stance.passion(situation),
            "conviction": stance.conviction(situation),
        }
        tracker = run.trackers.setdefault(utterance.speaker, EngagementTracker())
        state = tracker.feed(scores["engagement"].value, utterance.t_start, utterance.t_end)
        value = {name: score.value for name, score in scores.items()}
        known = [scores[name].confidence for name in MENTAL if value[name] is not None]
        return utterance.model_copy(
            update={
                "timing": timing,
                "cognitive": Cognitive(
                    engagement=value["engagement"],
                    engagement_level=level_of(value["engagement"]),
                    engagement_state=state,
                    focus=value["focus"],
                    focus_level=level_of(value["focus"]),
                    cognitive_load=value["cognitive_load"],
                    cognitive_load_level=level_of(value["cognitive_load"]),
                    certainty=value["certainty"],
                    signals=signals_of(situation, scores),
                    confidence=figures.score_of(fmean(known)) if known else 0.0,
                    rationale=rationale(scores),
                ),
                "commitment_score": value["commitment"],
                "commitment_level": level_of(value["commitment"]),
                "passion_score": value["passion"],
                "passion_level": level_of(value["passion"]),
                "conviction_score": value["conviction"],
                "evidence": {**utterance.evidence, **scores},
                "acoustic_reasoning": acoustic_reasoning(scores),
            }
        )

    def _situation(
        self, index: int, timeline: Sequence[Utterance], timing: Timing, values: dict[str, float], run: _Run
    ) -> Situation:
        utterance = timeline[index]
        turn, continues = turn_before(index, timeline)
        run.short_replies[utterance.speaker] = _short_replies(utterance, timing, run)
        similarity = self._similarity or run.word_overlap(utterance.language)
        readable = Basis.TEXT in self._allowed and bool(utterance.text)
        before = " ".join(u.text for u in turn)
        topic = " ".join(u.text for u in _last_minute(index, timeline))
        return Situation(
            utterance=utterance,
            timing=timing,
            acts=acts_of(utterance.lexical_markers, [u.lexical_markers for u in turn], continues),
            values=values,
            norms=run.norms,
            allowed=self._allowed,
            overlap_before=similarity(utterance.text, before) if readable and before else None,
            overlap_topic=similarity(utterance.text, topic) if readable and topic else None,
            short_replies=run.short_replies[utterance.speaker],
        )


class _Run:
    """What one pass over a conversation carries along."""

    def __init__(self) -> None:
        self.norms = ConductNorms()
        self.trackers: dict[str, EngagementTracker] = {}
        self.short_replies: dict[str, int] = {}
        self._overlaps: dict[str, Similarity] = {}

    def word_overlap(self, language: str) -> Similarity:
        """The word-overlap measure of a language, built once."""
        if language not in self._overlaps:
            self._overlaps[language] = WordOverlap(language)
        return self._overlaps[language]


def _short_replies(utterance: Utterance, timing: Timing, run: _Run) -> int:
    """How many replies in a row this speaker kept minimal; acknowledgements of a listener do not count."""
    so_far = run.short_replies.get(utterance.speaker, 0)
    if timing.backchannel:
        return so_far
    return so_far + 1 if timing.gap_s is not None and word_count(utterance) <= MINIMAL_WORDS else 0


def _last_minute(index: int, timeline: Sequence[Utterance]) -> list[Utterance]:
    """The last few utterances within a minute before entry ``index``, whoever spoke."""
    start = timeline[index].t_start - TOPIC_WINDOW_S
    recent = timeline[max(0, index - TOPIC_UTTERANCES) : index]
    return [utterance for utterance in recent if utterance.t_end >= start]
