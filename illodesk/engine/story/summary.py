"""The summary: sentences as they were said, and findings counted from the record. Nothing is invented.

Every line that is not a quotation states a number or a moment that stands in the result; a recommendation is written
only next to the finding it follows from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from illodesk.engine.conduct.situation import UNDERSTOOD_FROM
from illodesk.engine.story.lexrank import central_sentences
from illodesk.engine.story.phases import POSITIVE
from illodesk.engine.story.phrasing import clock, listed, plural, quote, said
from illodesk.engine.story.quality import quality_findings, quality_sentence
from illodesk.schema import (
    ConversationQuality,
    Moment,
    Segmentation,
    SocialSignal,
    SpeakerProfile,
    Summary,
    Transition,
    Utterance,
    label_order,
)

MOST_INSIGHTS = 8
MOMENT_BONUS = 0.3
SHORT_S = 20.0
"""Below this much talk, shares and rates say nothing."""

SLOW_ANSWER_S = 1.2
WELL_UNDERSTOOD = 0.6
"""Median confidence of recognition below which the overview warns of its quotations."""

WORDS = {
    "objection": ("objection", "objections"),
    "cta_commit": ("commitment", "commitments"),
    "commitment_drop": ("drop of commitment", "drops of commitment"),
    "fear_spike": ("moment of expressed fear", "moments of expressed fear"),
    "low_confidence_answer": ("answer that sounds unsure", "answers that sound unsure"),
    "emotional_peak": ("emotional peak", "emotional peaks"),
    "engagement_drop": ("drop of engagement", "drops of engagement"),
    "interruption_burst": ("burst of interruptions", "bursts of interruptions"),
    "topic_shift": ("topic shift", "topic shifts"),
}
"""One and several of each category of moments."""


def summarise(
    timeline: Sequence[Utterance],
    moments: Sequence[Moment],
    transitions: Sequence[Transition],
    segmentation: Segmentation,
    profiles: Sequence[SpeakerProfile],
    quality: ConversationQuality | None,
    signals: Sequence[SocialSignal],
) -> Summary:
    """Put the summary together from the parts of a finished analysis."""
    if not timeline:
        return Summary(
            overview="Nothing was said that could be summarised.", conversation_quality=quality_sentence(quality)
        )
    well, wrong, advice = _judgements(timeline, moments, profiles, quality)
    return Summary(
        overview=_overview(timeline, segmentation, profiles, moments),
        key_insights=_insights(timeline, moments, segmentation),
        notable_patterns=_patterns(timeline, moments, transitions, segmentation, profiles, signals),
        recommendations=advice,
        what_went_well=well,
        what_went_wrong=wrong,
        speaker_dynamics=_dynamics(profiles),
        conversation_quality=quality_sentence(quality),
        action_items=_actions(timeline, moments),
    )


def _overview(
    timeline: Sequence[Utterance],
    segmentation: Segmentation,
    profiles: Sequence[SpeakerProfile],
    moments: Sequence[Moment],
) -> str:
    span = max(u.t_end for u in timeline) - timeline[0].t_start
    speakers = sorted({u.speaker for u in timeline}, key=label_order)
    length = f"{span / 60:.1f} minutes" if span >= 60 else f"{span:.0f} seconds"
    parts = [f"{listed(speakers)} spoke for {length} in {plural(len(timeline), 'utterance')}."]
    subjects = [p.theme for p in segmentation.phases if p.theme]
    if len(segmentation.phases) > 1 and subjects:
        named = [f"{clock(p.start_timestamp)} {p.phase_name}" for p in segmentation.phases]
        parts.append(f"{plural(len(segmentation.phases), 'phase')}: {'; '.join(named)}.")
    elif subjects:
        parts.append(f"It was about {subjects[0]}.")
    if len(profiles) > 1 and sum(p.talk_s for p in profiles) >= SHORT_S:
        leader = max(profiles, key=lambda p: p.talk_share)
        parts.append(f"{leader.speaker} held {leader.talk_share:.0%} of the talk.")
    counts = Counter(m.category for m in moments if m.category != "topic_shift")
    if counts:
        parts.append(f"Found: {listed([plural(n, *WORDS[c]) for c, n in sorted(counts.items())])}.")
    worded = [u.asr_confidence for u in timeline if u.text]
    if worded and (median := float(np.median(worded))) < WELL_UNDERSTOOD:
        parts.append(f"Much of it was not understood well (recognition {median:.2f} at the median): check quotations.")
    return " ".join(parts)


def _insights(timeline: Sequence[Utterance], moments: Sequence[Moment], segmentation: Segmentation) -> list[str]:
    """The sentences that carry most, one or two per phase and at most eight, as they were said."""
    bonus = {uid: MOMENT_BONUS for m in moments if m.category != "topic_shift" for uid in m.utterance_ids}
    place = {u.utterance_id: i for i, u in enumerate(timeline)}
    phases = segmentation.phases
    stretches = [timeline[place[p.start_utterance_id] : place[p.end_utterance_id] + 1] for p in phases] or [timeline]
    each = 2 if len(stretches) <= MOST_INSIGHTS // 2 else 1
    chosen = [u for stretch in stretches for u in central_sentences(stretch, each, bonus)]
    if len(chosen) > MOST_INSIGHTS:
        chosen = central_sentences(chosen, MOST_INSIGHTS, bonus)
    return [said(u) for u in chosen]


def _patterns(
    timeline: Sequence[Utterance],
    moments: Sequence[Moment],
    transitions: Sequence[Transition],
    segmentation: Segmentation,
    profiles: Sequence[SpeakerProfile],
    signals: Sequence[SocialSignal],
) -> list[str]:
    patterns = [f"{t.summary}." for t in sorted(transitions, key=lambda t: (-t.confidence, t.at_ms))[:4]]
    for (category, speaker), group in sorted(_grouped(moments).items()):
        if len(group) >= 2 and category != "topic_shift":
            times = listed([clock(m.start_ms / 1000) for m in group[:5]])
            more = f" and {len(group) - 5} more" if len(group) > 5 else ""
            patterns.append(f"{plural(len(group), *WORDS[category])} by {speaker}: {times}{more}.")
    for (kind, speaker), n in sorted(Counter((s.type, s.speaker) for s in signals).items()):
        if n >= 3:
            patterns.append(f"{speaker} showed signs of {kind} {n} times.")
    latencies = [(p.speaker, p.median_latency_s) for p in profiles if p.median_latency_s is not None]
    answers = Counter(u.speaker for u in timeline if u.timing.gap_s is not None)
    for speaker, latency in latencies:
        if latency >= SLOW_ANSWER_S and answers[speaker] >= 3:
            patterns.append(
                f"{speaker} waited {latency:.1f} s before speaking, as a median over {answers[speaker]} turns."
            )
    if segmentation.narrative_arc not in ("flat", "unknown"):
        patterns.append(f"Expressed valence took the course {segmentation.narrative_arc}.")
    return patterns


def _judgements(
    timeline: Sequence[Utterance],
    moments: Sequence[Moment],
    profiles: Sequence[SpeakerProfile],
    quality: ConversationQuality | None,
) -> tuple[list[str], list[str], list[str]]:
    """What went well, what went wrong, and what follows from that."""
    well, wrong, advice = quality_findings(quality)
    by_category: dict[str, list[Moment]] = {}
    for m in moments:
        by_category.setdefault(m.category, []).append(m)
    well += [f"{m.summary}." for m in by_category.get("cta_commit", [])]
    commits = by_category.get("cta_commit", [])
    for m in by_category.get("objection", []):
        answered = next((c for c in commits if c.start_ms > m.end_ms and c.speaker_id == m.speaker_id), None)
        at = clock(m.start_ms / 1000)
        if answered is not None:
            well.append(f"The objection at {at} was followed by a commitment at {clock(answered.start_ms / 1000)}.")
        else:
            wrong.append(f"{m.summary}; no later commitment by {m.speaker_id} was found.")
            advice.append(f"Come back to the objection of {m.speaker_id} at {at}.")
    for m in by_category.get("low_confidence_answer", []):
        wrong.append(f"{m.summary}.")
        advice.append(f"Ask {m.speaker_id} again about the answer at {clock(m.start_ms / 1000)}, which sounded unsure.")
    for m in by_category.get("commitment_drop", []):
        wrong.append(f"{m.summary}.")
        advice.append(f"Confirm with {m.speaker_id} what was promised: commitment fell at {clock(m.start_ms / 1000)}.")
    for category in ("fear_spike", "engagement_drop", "interruption_burst"):
        wrong += [f"{m.summary}." for m in by_category.get(category, [])]
    if by_category.get("interruption_burst"):
        at = listed([clock(m.start_ms / 1000) for m in by_category["interruption_burst"][:3]])
        advice.append(f"Let each other finish: interruptions piled up at {at}.")
    open_questions = _open_questions(timeline)
    if open_questions:
        wrong += [f"No answer was heard to {said(u, 100)}" for u in open_questions]
        advice.append(f"Answer what stayed open at {listed([clock(u.t_start) for u in open_questions])}.")
    if len(profiles) == 2 and sum(p.talk_s for p in profiles) >= 60.0:
        leader = max(profiles, key=lambda p: p.talk_share)
        if leader.talk_share >= 0.8:
            wrong.append(f"{leader.speaker} held {leader.talk_share:.0%} of the talk.")
            advice.append(f"Make room for the other side: {leader.speaker} held {leader.talk_share:.0%} of the talk.")
    return well, wrong, list(dict.fromkeys(advice))


def _open_questions(timeline: Sequence[Utterance]) -> list[Utterance]:
    """Questions after which the same speaker went on and nobody else spoke for half a minute, at most three."""
    if len({u.speaker for u in timeline}) < 2:
        return []
    found = []
    for i, utterance in enumerate(timeline):
        if not utterance.lexical_markers.questions or utterance.lexical_markers.words < 3 or not utterance.text:
            continue
        if utterance.asr_confidence < UNDERSTOOD_FROM:
            continue
        later = [u for u in timeline[i + 1 : i + 12] if u.t_start - utterance.t_end <= 30.0]
        last_word = i + 1 == len(timeline)
        if last_word or (later and all(u.speaker == utterance.speaker for u in later)):
            found.append(utterance)
    return found[:3]


def _actions(timeline: Sequence[Utterance], moments: Sequence[Moment]) -> list[str]:
    """Commitments in the words in which they were made."""
    by_id = {u.utterance_id: u for u in timeline}
    items = []
    for m in moments:
        if m.category == "cta_commit" and m.utterance_ids[-1] in by_id:
            utterance = by_id[m.utterance_ids[-1]]
            items.append(f"{utterance.speaker}: “{quote(utterance.text)}” {clock(utterance.t_start)}")
    return items


def _dynamics(profiles: Sequence[SpeakerProfile]) -> dict[str, Any]:
    """Who spoke how much, asked, interrupted and waited; values None where there was no evidence."""
    speakers = {
        p.speaker: {
            "talk_s": round(p.talk_s, 1),
            "talk_share": round(p.talk_share, 3),
            "turns": p.turns,
            "longest_turn_s": round(p.longest_turn_s, 1),
            "questions": p.questions,
            "interruptions": p.interruptions,
            "backchannels": p.backchannels,
            "median_latency_s": None if p.median_latency_s is None else round(p.median_latency_s, 2),
            "tone": _tone_word(p.mean_valence),
        }
        for p in profiles
    }
    shares = np.array([p.talk_share for p in profiles if p.talk_share > 0])
    enough = len(shares) > 1 and sum(p.talk_s for p in profiles) >= SHORT_S
    balance = float(-(shares * np.log(shares)).sum() / np.log(len(profiles))) if enough else None
    return {
        "speakers": speakers,
        "balance": None if balance is None else round(balance, 3),
        "most_talk": max(profiles, key=lambda p: p.talk_share).speaker if enough else None,
        "most_questions": _leader({p.speaker: p.questions for p in profiles}),
        "most_interruptions": _leader({p.speaker: p.interruptions for p in profiles}),
    }


def _leader(counts: dict[str, int]) -> str | None:
    """Who has most, unless nobody has any or two are level."""
    ranked = sorted(counts, key=lambda name: -counts[name])
    if not ranked or counts[ranked[0]] == 0 or (len(ranked) > 1 and counts[ranked[0]] == counts[ranked[1]]):
        return None
    return ranked[0]


def _tone_word(valence: float | None) -> str | None:
    if valence is None:
        return None
    return "positive" if valence >= POSITIVE else "negative" if valence <= -POSITIVE else "neutral"


def _grouped(moments: Sequence[Moment]) -> dict[tuple[str, str], list[Moment]]:
    groups: dict[tuple[str, str], list[Moment]] = {}
    for m in moments:
        groups.setdefault((m.category, m.speaker_id), []).append(m)
    return groups
