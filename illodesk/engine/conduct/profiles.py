"""Each speaker over the whole conversation: talk, turns, latency, words, voice and means of the scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from statistics import fmean, median

from illodesk.engine.conduct.timing import word_count
from illodesk.schema import SpeakerProfile, Utterance

MIN_TALK_FOR_RATE_S = 5.0


def speaker_profiles(timeline: Sequence[Utterance]) -> list[SpeakerProfile]:
    """Profiles of a scored timeline, sorted by ``t_start``, in order of first appearance."""
    by_speaker: dict[str, list[Utterance]] = {}
    for utterance in timeline:
        by_speaker.setdefault(utterance.speaker, []).append(utterance)
    turns = _turns(timeline)
    talk_s = sum(utterance.duration_s for utterance in timeline)
    return [_profile(speaker, own, turns.get(speaker, []), talk_s) for speaker, own in by_speaker.items()]


def _profile(speaker: str, own: list[Utterance], turns: list[float], all_talk_s: float) -> SpeakerProfile:
    talk_s = sum(u.duration_s for u in own)
    words = sum(word_count(u) for u in own)
    markers = [u.lexical_markers for u in own if u.lexical_markers.available]
    counted = sum(m.words for m in markers)
    channels = {u.channel for u in own}
    latencies = [u.timing.gap_s for u in own if u.timing.gap_s is not None and not u.timing.backchannel]
    return SpeakerProfile(
        speaker=speaker,
        channel=channels.pop() if len(channels) == 1 else None,
        talk_s=talk_s,
        talk_share=talk_s / all_talk_s if all_talk_s > 0.0 else 0.0,
        utterances=len(own),
        words=words,
        words_per_min=60.0 * words / talk_s if talk_s >= MIN_TALK_FOR_RATE_S and words else None,
        turns=len(turns),
        longest_turn_s=max(turns, default=0.0),
        interruptions=sum(u.timing.interruption for u in own),
        backchannels=sum(u.timing.backchannel for u in own),
        questions=sum(m.questions for m in markers),
        median_latency_s=median(latencies) if latencies else None,
        filler_rate=100.0 * sum(m.fillers for m in markers) / counted if counted else 0.0,
        hedge_rate=100.0 * sum(m.hedges for m in markers) / counted if counted else 0.0,
        f0_median_hz=_median([(u.prosody.f0_median_hz, u.prosody.voiced_s) for u in own]),
        mean_valence=_mean(own, lambda u: u.emotion.valence),
        mean_arousal=_mean(own, lambda u: u.emotion.arousal),
        mean_engagement=_mean(own, lambda u: u.cognitive.engagement),
        mean_commitment=_mean(own, lambda u: u.commitment_score),
        dominant_emotion=_dominant(own),
    )


def _turns(timeline: Sequence[Utterance]) -> dict[str, list[float]]:
    """Lengths of each speaker's turns in s, from first to last word; acknowledgements of others do not end a turn."""
    turns: dict[str, list[float]] = {}
    holder: str | None = None
    began = ended = 0.0
    for utterance in timeline:
        if utterance.timing.backchannel:
            continue
        if utterance.speaker != holder:
            if holder is not None:
                turns.setdefault(holder, []).append(ended - began)
            holder, began, ended = utterance.speaker, utterance.t_start, utterance.t_end
        ended = max(ended, utterance.t_end)
    if holder is not None:
        turns.setdefault(holder, []).append(ended - began)
    return turns


def _mean(own: list[Utterance], value_of: Callable[[Utterance], float | None]) -> float | None:
    values = [value for utterance in own if (value := value_of(utterance)) is not None]
    return fmean(values) if values else None


def _median(pairs: list[tuple[float | None, float]]) -> float | None:
    """Median weighted by voiced seconds."""
    known = sorted((value, weight) for value, weight in pairs if value is not None and weight > 0.0)
    half = sum(weight for _, weight in known) / 2.0
    for value, weight in known:
        half -= weight
        if half <= 0.0:
            return value
    return None


def _dominant(own: list[Utterance]) -> str | None:
    """The emotion most often dominant, weighted by confidence; neutral only where nothing else shows."""
    mass: Counter[str] = Counter()
    for utterance in own:
        if utterance.emotion.dominant is not None:
            mass[utterance.emotion.dominant] += utterance.emotion.confidence  # type: ignore[assignment]
    return max(sorted(mass), key=lambda name: mass[name]) if mass else None
