"""Moments worth looking at, found while the conversation goes on (science.md 4.3).

Each rule looks at one utterance, at what came before it, and at how far it lies from its speaker's own running level.
Every moment carries the utterances and the values it rests on. What rests on words is dropped where they were hardly
understood, and else as sure as the rule times the recognition. Topic shifts come from the segmentation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from illodesk.engine.conduct.situation import UNDERSTOOD_FROM
from illodesk.engine.story.moment_rules import RULES, Finding, Scene, SpeakerLevels
from illodesk.engine.story.phrasing import clock, quote
from illodesk.schema import Evidence, Moment, Utterance

REFRACTORY_S = 15.0


class MomentDetector:
    """Feed utterances in order of time, with those before them."""

    def __init__(self) -> None:
        self._levels: dict[str, SpeakerLevels] = {}
        self._last_s: dict[tuple[str, str], float] = {}
        self._count = 0

    def feed(self, utterance: Utterance, timeline_before: Sequence[Utterance]) -> list[Moment]:
        """Return the moments that this utterance makes. ``timeline_before`` needs no more than the last minute.

        The same speaker gets the same category at most every 15 s.
        """
        levels = self._levels.setdefault(utterance.speaker, SpeakerLevels())
        scene = Scene(utterance, timeline_before, levels)
        found = [finding for rule in RULES if (finding := rule(scene)) is not None and _understood(utterance, finding)]
        levels.learn(utterance)
        moments = []
        for finding in found:
            key = (utterance.speaker, finding.category)
            if utterance.t_start - self._last_s.get(key, -1e9) >= REFRACTORY_S:
                self._last_s[key] = utterance.t_start
                moments.append(self._moment(utterance, finding))
        return moments

    def _moment(self, utterance: Utterance, finding: Finding) -> Moment:
        involved = [*finding.earlier, utterance]
        moment_id = f"moment_{self._count:03d}"
        self._count += 1
        return Moment(
            moment_id=moment_id,
            category=finding.category,
            speaker_id=utterance.speaker,
            start_ms=round(min(u.t_start for u in involved) * 1000),
            end_ms=round(max(u.t_end for u in involved) * 1000),
            utterance_ids=[u.utterance_id for u in involved],
            summary=f"{finding.summary} {clock(utterance.t_start)}",
            labels=list(finding.labels),
            confidence=round(min(1.0, max(0.0, finding.confidence)) * _trust(utterance, finding), 3),
            evidence=[
                Evidence(
                    utterance_id=u.utterance_id,
                    t_start=u.t_start,
                    t_end=u.t_end,
                    quote=quote(u.text),
                    values={k: round(v, 3) for k, v in finding.values.items()} if u is utterance else {},
                )
                for u in involved
            ],
        )


def _understood(utterance: Utterance, finding: Finding) -> bool:
    """Whether every utterance whose words the finding rests on was recognised well enough."""
    return not finding.worded or all(u.asr_confidence >= UNDERSTOOD_FROM for u in (utterance, *finding.earlier))


def _trust(utterance: Utterance, finding: Finding) -> float:
    """Product of the recognition confidences that the finding rests on; 1 where it rests on none."""
    return math.prod(u.asr_confidence for u in (utterance, *finding.earlier)) if finding.worded else 1.0
