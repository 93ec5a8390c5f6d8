"""Insights: trends and profiles over the whole conversation, each only where there is enough to tell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from illodesk.schema import (
    EMOTIONS,
    ConversationQuality,
    Insights,
    Moment,
    OverallSentiment,
    SocialSignal,
    SpeakerProfile,
    Transition,
    Utterance,
)

LEAST_FOR_TREND = 6
LEAST_FOR_STD = 2
VALENCE_STEP, ENGAGEMENT_STEP = 0.12, 0.06
"""Least change over the whole conversation that is called a trend; it must also be two standard errors."""

VARYING_SD = 0.12
KEY_MOMENTS = 10
LEAST_SHARE = 0.15
LEAST_CONFIDENCE = 0.1


def derive_insights(
    timeline: Sequence[Utterance],
    moments: Sequence[Moment],
    transitions: Sequence[Transition],
    profiles: Sequence[SpeakerProfile],
    quality: ConversationQuality | None,
    quality_timeline: Sequence[ConversationQuality],
    signals: Sequence[SocialSignal],
) -> Insights:
    """Put the insights together from the parts of a finished analysis."""
    return Insights(
        overall_sentiment=_sentiment(timeline),
        dominant_emotions=_emotions(timeline),
        engagement_pattern=_engagement(timeline),
        key_moments=_key_moments(moments),
        speaker_profiles={p.speaker: p for p in profiles},
        conversation_dynamics=_dynamics(timeline, transitions, profiles),
        cognitive_profile=_cognitive(timeline),
        conversation_quality=quality,
        quality_timeline=list(quality_timeline),
        signals=list(signals),
    )


def trend(times: NDArray[np.float64], values: NDArray[np.float64]) -> tuple[float, float]:
    """Fitted change of float64[n] values over float64[n] times from first to last, and its standard error."""
    span = float(np.ptp(times))
    if len(values) < 3 or span <= 0:
        return 0.0, float("inf")
    x = (times - times.mean()) / span
    slope = float((x * values).sum() / (x * x).sum())
    residual = values - values.mean() - slope * x
    error = float(np.sqrt((residual**2).sum() / (len(values) - 2) / (x * x).sum()))
    return slope, error


def _sentiment(timeline: Sequence[Utterance]) -> OverallSentiment:
    """Mean, spread and trend of polarity, weighted by length."""
    known = [(u.t_start, u.polarity, max(u.duration_s, 0.1)) for u in timeline if u.polarity is not None]
    if not known:
        return OverallSentiment()
    times, values, weights = (np.array(column, np.float64) for column in zip(*known, strict=True))
    mean = float(np.average(values, weights=weights))
    std = float(np.sqrt(np.average((values - mean) ** 2, weights=weights))) if len(values) >= LEAST_FOR_STD else None
    name = "unknown"
    if len(values) >= LEAST_FOR_TREND:
        change, error = trend(times, values)
        clear = abs(change) >= VALENCE_STEP and abs(change) >= 2 * error
        name = ("rising" if change > 0 else "falling") if clear else "steady"
    return OverallSentiment(mean=round(mean, 3), std=None if std is None else round(std, 3), trend=name)


def _emotions(timeline: Sequence[Utterance]) -> list[str]:
    """Emotions by their share of probability, weighted by length and confidence; at most three, neutral last.

    Neutral is named only when nothing else reaches 15 %.
    """
    total = np.zeros(len(EMOTIONS))
    for u in timeline:
        values = u.emotion.emotions
        if len(values) == len(EMOTIONS) and u.emotion.confidence >= LEAST_CONFIDENCE:
            total += np.array([values[name] for name in EMOTIONS]) * max(u.duration_s, 0.1) * u.emotion.confidence
    if total.sum() <= 0:
        return []
    share = dict(zip(EMOTIONS, total / total.sum(), strict=True))
    named = [e for e in sorted(share, key=lambda e: -share[e]) if e != "neutral" and share[e] >= LEAST_SHARE]
    return named[:3] or ["neutral"]


def _engagement(timeline: Sequence[Utterance]) -> str:
    known = [(u.t_start, u.cognitive.engagement) for u in timeline if u.cognitive.engagement is not None]
    if len(known) < LEAST_FOR_TREND:
        return "unknown"
    times, values = (np.array(column, np.float64) for column in zip(*known, strict=True))
    change, error = trend(times, values)
    if abs(change) >= ENGAGEMENT_STEP and abs(change) >= 2 * error:
        return "increasing" if change > 0 else "decreasing"
    # Single utterances scatter; what varies is the level of the parts.
    parts = [float(part.mean()) for part in np.array_split(values, 4)]
    return "varying" if float(np.std(parts)) >= VARYING_SD / 2 else "steady"


def _key_moments(moments: Sequence[Moment]) -> list[Moment]:
    """The surest moments in order of time; topic shifts are told by the phases."""
    chosen = sorted((m for m in moments if m.category != "topic_shift"), key=lambda m: (-m.confidence, m.start_ms))
    return sorted(chosen[:KEY_MOMENTS], key=lambda m: m.start_ms)


def _dynamics(
    timeline: Sequence[Utterance], transitions: Sequence[Transition], profiles: Sequence[SpeakerProfile]
) -> dict[str, Any]:
    if not timeline:
        return {}
    span = max(u.t_end for u in timeline) - min(u.t_start for u in timeline)
    gaps = [u.timing.gap_s for u in timeline if u.timing.gap_s is not None]
    changes = sum(a.speaker != b.speaker for a, b in pairwise(timeline))
    return {
        "speakers": len({u.speaker for u in timeline}),
        "turn_changes": changes,
        "turn_changes_per_min": round(changes / span * 60, 2) if span >= 30 else None,
        "median_gap_s": round(float(np.median(gaps)), 2) if len(gaps) >= 3 else None,
        "overlap_s": round(sum(u.timing.overlap_s for u in timeline), 2),
        "interruptions": sum(u.timing.interruption for u in timeline),
        "backchannels": sum(u.timing.backchannel for u in timeline),
        "questions": sum(u.lexical_markers.questions for u in timeline),
        "transitions": len(transitions),
        "talk_shares": {p.speaker: round(p.talk_share, 3) for p in profiles},
    }


def _cognitive(timeline: Sequence[Utterance]) -> dict[str, Any]:
    """Means over the utterances with evidence, None where there are none; and the speakers one by one."""
    if not timeline:
        return {}
    speakers = sorted({u.speaker for u in timeline})
    return _means(timeline) | {"speakers": {s: _means([u for u in timeline if u.speaker == s]) for s in speakers}}


def _means(timeline: Sequence[Utterance]) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for name in ("engagement", "focus", "cognitive_load", "certainty"):
        values = [v for u in timeline if (v := getattr(u.cognitive, name)) is not None]
        found[name] = round(float(np.mean(values)), 3) if values else None
    return found
