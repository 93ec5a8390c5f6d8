"""Phases of a conversation: boundaries on the timeline, and what each stretch between them was."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from illodesk.engine.story.arc import narrative_arc
from illodesk.engine.story.boundaries import Encoder, Gaps, choose_boundaries, expected_segments, score_gaps
from illodesk.engine.story.phases import gist_of, role_of, tone_of
from illodesk.engine.story.phrasing import clock, listed, plural, quote
from illodesk.engine.story.words import keyphrases
from illodesk.schema import Evidence, Moment, Phase, PhaseChange, Segmentation, Utterance

USUAL_MINUTES, USUAL_PHASES = 88.0, 7.1
"""Of the committee meetings' first half, at 150 words a minute."""

SHORTEST_MINUTES = 1.5
"""No more than one phase is expected in so many minutes."""

FEWEST_EXPECTED = 1.5
"""Phases expected in a talk of a few minutes: with the leeway on either side, one to three."""

LONG_PHASE_S, SHORT_PHASE_S = 45.0, 15.0
LEAST_UTTERANCES = 6
SHIFT_CONFIDENCE = 0.6


def segment(
    timeline: Sequence[Utterance],
    moments: Sequence[Moment],
    encoder: Encoder | None = None,
    duration_s: float | None = None,
) -> Segmentation:
    """Divide a timeline sorted by start into phases.

    ``duration_s`` is the length of the sound in seconds (default: the end of the last utterance). With an ``encoder``
    the change of topic is read from meaning as well as from words.
    """
    if not timeline:
        return Segmentation(narrative_arc="unknown", segmentation_rationale="Nothing was said that could be divided.")
    length = duration_s or max(u.t_end for u in timeline)
    minutes = length / 60.0
    usual = expected_segments(minutes, USUAL_MINUTES, USUAL_PHASES)
    expected = max(FEWEST_EXPECTED, min(minutes / SHORTEST_MINUTES, usual))
    gaps, starts = _divide(timeline, expected, length, encoder)
    edges = [0, *starts, len(timeline)]
    stretches = [timeline[a:b] for a, b in pairwise(edges)]
    phrases = keyphrases([[u.text for u in stretch] for stretch in stretches])
    phases: list[Phase] = []
    for i, stretch in enumerate(stretches):
        begin, end = stretch[0].t_start, max(u.t_end for u in stretch)
        if i + 1 < len(stretches):
            end = min(end, stretches[i + 1][0].t_start)
        inside = moments_within(moments, {u.utterance_id for u in stretch})
        role = role_of(i, len(stretches), stretch, inside)
        named = listed(phrases[i][:2])
        phases.append(
            Phase(
                phase_id=f"phase_{i + 1}",
                phase_name=f"{role}: {named}" if named else role,
                start_timestamp=begin,
                end_timestamp=max(begin, end),
                start_utterance_id=stretch[0].utterance_id,
                end_utterance_id=stretch[-1].utterance_id,
                utterance_count=len(stretch),
                theme=", ".join(phrases[i][:3]),
                summary=gist_of(stretch),
                emotional_tone=tone_of(stretch),
                key_moments=[m.moment_id for m in inside],
                transition_signal=_signal(gaps, timeline, edges[i] - 1) if i else None,
                confidence=_confidence(gaps, edges[i] - 1) if i else 1.0,
                keyphrases=phrases[i],
            )
        )
    return Segmentation(
        phases=phases,
        total_phases=len(phases),
        segmentation_rationale=_rationale(phases, length, encoder is not None),
        narrative_arc=narrative_arc(timeline),
        key_transitions=[
            PhaseChange(
                timestamp=after.start_timestamp,
                from_phase=before.phase_name,
                to_phase=after.phase_name,
                trigger=after.transition_signal or "",
            )
            for before, after in pairwise(phases)
        ],
    )


def topic_shifts(segmentation: Segmentation, timeline: Sequence[Utterance]) -> list[Moment]:
    """Moments for the boundaries that are at least 0.6 sure."""
    by_id = {u.utterance_id: u for u in timeline}
    found = []
    for before, phase in pairwise(segmentation.phases):
        first = by_id.get(phase.start_utterance_id)
        if first is None or phase.confidence < SHIFT_CONFIDENCE:
            continue
        subject = f" to {listed(phase.keyphrases[:2])}" if phase.keyphrases else ""
        found.append(
            Moment(
                moment_id=f"topic_shift_{phase.phase_id}",
                category="topic_shift",
                speaker_id=first.speaker,
                start_ms=round(first.t_start * 1000),
                end_ms=round(first.t_end * 1000),
                utterance_ids=[first.utterance_id],
                summary=f"The conversation turns{subject} at {clock(first.t_start)}: {phase.transition_signal}.",
                labels=[before.phase_id, phase.phase_id],
                confidence=phase.confidence,
                evidence=[
                    Evidence(
                        utterance_id=first.utterance_id,
                        t_start=first.t_start,
                        t_end=first.t_end,
                        quote=quote(first.text),
                        values={"boundary": phase.confidence},
                    )
                ],
            )
        )
    return found


def attach_moments(
    segmentation: Segmentation, moments: Sequence[Moment], timeline: Sequence[Utterance]
) -> Segmentation:
    """The same phases with ``key_moments`` pointing at these moments, for callers that number moments anew."""
    place = {u.utterance_id: i for i, u in enumerate(timeline)}
    phases = []
    for phase in segmentation.phases:
        first, last = place[phase.start_utterance_id], place[phase.end_utterance_id]
        inside = moments_within(moments, {u.utterance_id for u in timeline[first : last + 1]})
        phases.append(phase.model_copy(update={"key_moments": [m.moment_id for m in inside]}))
    return segmentation.model_copy(update={"phases": phases})


def moments_within(moments: Sequence[Moment], ids: set[str]) -> list[Moment]:
    """Moments whose last utterance, the one that completed them, is among ``ids``."""
    return [m for m in moments if m.utterance_ids and m.utterance_ids[-1] in ids]


def _divide(
    timeline: Sequence[Utterance], expected: float, length: float, encoder: Encoder | None
) -> tuple[Gaps | None, list[int]]:
    """Scores of the gaps and the indices at which phases begin."""
    if len(timeline) < 4:
        return None, []
    pauses = []
    until = timeline[0].t_end
    for later in timeline[1:]:
        pauses.append(max(0.0, later.t_start - until))
        until = max(until, later.t_end)
    gaps = score_gaps(
        [u.text for u in timeline], expected, encoder, pauses=pauses, speakers=[u.speaker for u in timeline]
    )
    found = choose_boundaries(
        gaps.score,
        expected,
        least=min(LEAST_UTTERANCES, max(2, len(timeline) // 8)),
        starts=[u.t_start for u in timeline],
        least_s=min(LONG_PHASE_S, max(SHORT_PHASE_S, length / 8)),
    )
    return gaps, found


def _confidence(gaps: Gaps | None, gap: int) -> float:
    """How clear a boundary is: 0.5 where its score is 0.8, 0.75 at about 1.5."""
    assert gaps is not None
    return round(1.0 / (1.0 + math.exp(-1.5 * (float(gaps.score[gap]) - 0.8))), 3)


def _signal(gaps: Gaps | None, timeline: Sequence[Utterance], gap: int) -> str:
    """What marked a boundary, strongest first; at most two signs."""
    assert gaps is not None
    before, after = timeline[gap], timeline[gap + 1]
    signs: list[tuple[float, str]] = []
    if gaps.opening[gap].strength >= 0.7:
        signs.append((gaps.opening[gap].strength, f"{after.speaker} says “{gaps.opening[gap].text}”"))
    if gaps.closing[gap].strength >= 0.6:
        signs.append((gaps.closing[gap].strength, f"{before.speaker} has said “{gaps.closing[gap].text}”"))
    if gaps.pause[gap] >= 0.15:
        signs.append((float(gaps.pause[gap]), f"a pause of {after.t_start - before.t_end:.1f} s"))
    if gaps.activity[gap] >= 0.08:
        signs.append((float(gaps.activity[gap]), "the balance of who speaks changes"))
    if gaps.change[gap] > 0:
        signs.append((float(gaps.change[gap]), "the words have little in common with those before"))
    signs.sort(key=lambda sign: -sign[0])
    return " and ".join(text for _, text in signs[:2]) or "weak signs only"


def _rationale(phases: Sequence[Phase], length: float, with_meaning: bool) -> str:
    basis = "words, sentence meaning" if with_meaning else "words"
    text = f"{plural(len(phases), 'phase')} in {length / 60:.1f} min, from {basis}, cue phrases, pauses and who speaks."
    if len(phases) == 1:
        return text + " No boundary was clear enough."
    clearest = max(phases[1:], key=lambda p: p.confidence)
    return (
        f"{text} Clearest boundary at {clock(clearest.start_timestamp)} (confidence {clearest.confidence:.2f}): "
        f"{clearest.transition_signal}."
    )
