"""What is known only when the sound is over: speakers over the whole, scores on full norms, and the story.

Everything here is computed from stored measurements, never from sound, so it can be repeated at little cost: after a
correction, with another number of speakers, or under another policy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from illodesk.engine.affect.scorer import AffectScorer
from illodesk.engine.affect.smoothing import AFFECT_COLUMNS, affect_curve
from illodesk.engine.conduct.engagement import engagement_curve
from illodesk.engine.conduct.profiles import speaker_profiles
from illodesk.engine.conduct.quality import conversation_quality
from illodesk.engine.conduct.scorer import ConductScorer
from illodesk.engine.conduct.signals import social_signals
from illodesk.engine.models import ModelSet
from illodesk.engine.speakers.clustering import cluster
from illodesk.engine.story.insights import derive_insights
from illodesk.engine.story.moments import MomentDetector
from illodesk.engine.story.segmentation import attach_moments, segment, topic_shifts
from illodesk.engine.story.summary import summarise
from illodesk.engine.story.transitions import TransitionDetector
from illodesk.schema import (
    AnalysisOptions,
    AnalysisResult,
    Basis,
    CognitiveEvent,
    EmotionEvent,
    Event,
    MediaInfo,
    Moment,
    MomentEvent,
    Policy,
    Segmentation,
    SpeakersChangedEvent,
    SummaryUpdateEvent,
    Transition,
    TransitionEvent,
    Utterance,
)

RECENT = 64
"""Utterances that detectors may look back on, live and at the end alike."""

CURVE_HOP_S = 0.5
ENGAGEMENT_COLUMNS = ("value", "low", "high")


@dataclass(frozen=True)
class Conclusion:
    """The result, the events that tell it, and tracks for drawing, by name: columns and rows, CURVE_HOP_S apart."""

    events: list[Event]
    result: AnalysisResult
    tracks: dict[str, tuple[tuple[str, ...], NDArray[np.float32]]]


def conclude(
    features: Sequence[Utterance],
    voices: Sequence[NDArray[np.float32] | None] | None,
    options: AnalysisOptions,
    policy: Policy,
    media: MediaInfo,
    models: ModelSet,
) -> Conclusion:
    """Turn measured utterances and their voices (unit vectors, or None where channels tell) into the result.

    Without any ``voices`` the speakers are those that the utterances name.
    """
    order = sorted(range(len(features)), key=lambda i: (features[i].t_start, features[i].channel))
    timeline = [features[i] for i in order]
    if voices is not None and media.layout != "separate" and options.speakers != 1:
        timeline = assign_speakers(timeline, [voices[i] for i in order], options.speakers)
    live = {u.utterance_id: u.speaker for u in features}
    changed = {u.utterance_id: u.speaker for u in timeline if u.speaker != live[u.utterance_id]}
    timeline = score(timeline, policy)
    transitions, moments = detect(timeline)
    segmentation = segment(timeline, moments, encoder=models.sentences, duration_s=media.duration_s)
    moments = number_moments(moments + topic_shifts(segmentation, timeline))
    segmentation = attach_moments(segmentation, moments, timeline)
    signals = social_signals(timeline, policy)
    quality, quality_timeline = conversation_quality(timeline, signals)
    profiles = speaker_profiles(timeline)
    insights = derive_insights(timeline, moments, transitions, profiles, quality, quality_timeline, signals)
    summary = summarise(timeline, moments, transitions, segmentation, profiles, quality, signals)
    result = AnalysisResult(
        utterances=len(timeline),
        timeline=timeline,
        summary=summary,
        insights=insights,
        transitions=transitions,
        moments=moments,
        segmentation=segmentation,
        agent_results=[agent_payload(u) for u in timeline],
        context=options.context,
        media=media,
        speakers=profiles,
        policy=policy,
        inference_basis=used_basis(timeline),
        models=models.used(policy),
        options=options,
        analysed_s=media.duration_s,
    )
    events: list[Event] = [SpeakersChangedEvent(speakers=changed)] if changed else []
    for utterance in timeline:
        events += [emotion_event(utterance), cognitive_event(utterance)]
    events += [TransitionEvent(transition=transition) for transition in transitions]
    events += [MomentEvent(moment=moment, stability="final") for moment in moments]
    events.append(SummaryUpdateEvent(summary=summary))
    return Conclusion(events, result, curves(timeline, media.duration_s))


def curves(timeline: Sequence[Utterance], duration_s: float) -> dict[str, tuple[tuple[str, ...], NDArray[np.float32]]]:
    """Everybody's rolling engagement, and each speaker's smoothed affect."""
    found: dict[str, tuple[tuple[str, ...], NDArray[np.float32]]] = {
        "engagement": (ENGAGEMENT_COLUMNS, engagement_curve(timeline, duration_s, hz=1 / CURVE_HOP_S)[:, 1:])
    }
    for number, speaker in enumerate(sorted({u.speaker for u in timeline})):
        own = [u for u in timeline if u.speaker == speaker]
        found[f"affect_{number}"] = (AFFECT_COLUMNS, affect_curve(own, duration_s, CURVE_HOP_S))
    return found


def assign_speakers(
    timeline: list[Utterance], voices: Sequence[NDArray[np.float32] | None], count: int | None
) -> list[Utterance]:
    """Cluster the voices of the whole conversation and number the speakers by first appearance.

    An utterance too short to have a voice of its own goes to the speaker before it.
    """
    known = [i for i, voice in enumerate(voices) if voice is not None]
    if not known:
        return [u.model_copy(update={"speaker": "Speaker_0", "speaker_confidence": 0.0}) for u in timeline]
    vectors = np.stack([voice for voice in voices if voice is not None])
    labels, confidence = cluster(vectors, np.array([timeline[i].duration_s for i in known], np.float32), count)
    found = {i: (int(label), float(c)) for i, label, c in zip(known, labels, confidence, strict=True)}
    numbers: dict[int, int] = {}
    current = found[known[0]][0]
    named: list[Utterance] = []
    for i, utterance in enumerate(timeline):
        label, certainty = found.get(i, (current, 0.0))
        current = label
        number = numbers.setdefault(label, len(numbers))
        named.append(
            utterance.model_copy(update={"speaker": f"Speaker_{number}", "speaker_confidence": round(certainty, 3)})
        )
    return named


def score(timeline: Sequence[Utterance], policy: Policy) -> list[Utterance]:
    """All scores of a measured timeline on the norms of the whole conversation."""
    scored = ConductScorer(policy).batch(AffectScorer(policy).batch(mark_overlap(timeline)))
    return [u.model_copy(update={"confidence": overall_confidence(u), "stability": "final"}) for u in scored]


def mark_overlap(timeline: Sequence[Utterance]) -> list[Utterance]:
    """Flag utterances during which somebody else speaks for at least 0.2 s."""
    marked: list[Utterance] = []
    for i, one in enumerate(timeline):
        clash = any(
            other.speaker != one.speaker and min(one.t_end, other.t_end) - max(one.t_start, other.t_start) >= 0.2
            for other in neighbours(timeline, i)
        )
        marked.append(one.model_copy(update={"overlap": clash}))
    return marked


def neighbours(timeline: Sequence[Utterance], index: int) -> list[Utterance]:
    """Entries that may overlap one: those before it that could still run, and those that begin before it ends."""
    found = list(timeline[max(0, index - 8) : index])
    for other in timeline[index + 1 :]:
        if other.t_start >= timeline[index].t_end:
            break
        found.append(other)
    return found


def divide(models: ModelSet, timeline: Sequence[Utterance]) -> Segmentation:
    """The phases of a timeline from elsewhere, sorted by start: whatever scores its utterances carry are used."""
    moments = number_moments(detect(timeline)[1])
    segmentation = segment(timeline, moments, encoder=models.sentences)
    moments = number_moments(moments + topic_shifts(segmentation, timeline))
    return attach_moments(segmentation, moments, timeline)


def detect(timeline: Sequence[Utterance]) -> tuple[list[Transition], list[Moment]]:
    """Transitions and moments over a scored timeline, by the detectors that also run live."""
    transition_detector, moment_detector = TransitionDetector(), MomentDetector()
    transitions: list[Transition] = []
    moments: list[Moment] = []
    for i, utterance in enumerate(timeline):
        transitions += transition_detector.feed(utterance)
        moments += moment_detector.feed(utterance, timeline[max(0, i - RECENT) : i])
    return [t.model_copy(update={"stability": "final"}) for t in transitions], moments


def number_moments(moments: Sequence[Moment]) -> list[Moment]:
    """Order by time and number anew, so that ids follow the timeline."""
    ordered = sorted(moments, key=lambda m: (m.start_ms, m.category, m.speaker_id))
    return [m.model_copy(update={"moment_id": f"moment_{i:03d}"}) for i, m in enumerate(ordered)]


def overall_confidence(utterance: Utterance) -> float:
    """Mean over the agents that had something to say: recognition, speaker, emotion, cognitive."""
    parts = [utterance.speaker_confidence, utterance.emotion.confidence, utterance.cognitive.confidence]
    if utterance.words:
        parts.append(utterance.asr_confidence)
    return round(float(np.mean(parts)), 3)


def used_basis(timeline: Sequence[Utterance]) -> list[Basis]:
    """Bases that any score of the timeline rests on, in a fixed order."""
    used = {basis for u in timeline for s in u.evidence.values() if s.value is not None for basis in s.basis}
    return [basis for basis in Basis if basis in used]


def agent_payload(utterance: Utterance) -> dict[str, object]:
    """What each agent said of one utterance before the scores were put together."""
    reading = utterance.reading
    return {
        "utterance_id": utterance.utterance_id,
        "emotion": {"text": reading.emotion, "fine": reading.fine},
        "sentiment": reading.model_dump(include={"valence", "compound", "subjectivity"}),
        "cognitive": {name: score.value for name, score in utterance.evidence.items()},
    }


def emotion_event(utterance: Utterance) -> EmotionEvent:
    """The emotion of an utterance as an event."""
    emotion = utterance.emotion
    return EmotionEvent(
        utterance_id=utterance.utterance_id,
        speaker_id=utterance.speaker,
        emotion={**emotion.emotions, "emotions": emotion.emotions},
        scores=emotion.scores,
        confidence=emotion.confidence,
        stability=utterance.stability,
        basis=emotion.basis,
    )


def cognitive_event(utterance: Utterance) -> CognitiveEvent:
    """Cognitive state, commitment and passion of an utterance as an event."""
    cognitive = utterance.cognitive
    return CognitiveEvent(
        utterance_id=utterance.utterance_id,
        speaker_id=utterance.speaker,
        engagement=cognitive.engagement,
        focus=cognitive.focus,
        cognitive_load=cognitive.cognitive_load,
        certainty=cognitive.certainty,
        commitment=utterance.commitment_score,
        passion=utterance.passion_score,
        signals=cognitive.signals,
        confidence=cognitive.confidence,
        rationale=cognitive.rationale,
        stability=utterance.stability,
    )
