"""Each speaker over the whole conversation: talk, turns, latency, words, voice and means of the scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from statistics import fmean, median

from illodesk.engine.conduct.timing import word_count
from illodesk.schema import SpeakerProfile, Utterance

MIN_TALK_FOR_RATE_S = 5.0


class _Own:
    """What is gathered of one speaker, utterance by utterance. In one pass: a long timeline fits no cache."""

    def __init__(self) -> None:
        self.channels: set[int] = set()
        self.talk: list[float] = []
        self.turns: list[float] = []
        self.latencies: list[float] = []
        self.pitches: list[tuple[float, float]] = []
        self.valences: list[float] = []
        self.arousals: list[float] = []
        self.engagements: list[float] = []
        self.commitments: list[float] = []
        self.emotions: Counter[str] = Counter()
        self.words = self.interruptions = self.backchannels = 0
        self.counted = self.questions = self.fillers = self.hedges = 0

    def add(self, utterance: Utterance) -> None:
        """Take in one utterance."""
        timing, markers, emotion = utterance.timing, utterance.lexical_markers, utterance.emotion
        prosody, engagement = utterance.prosody, utterance.cognitive.engagement
        self.channels.add(utterance.channel)
        self.talk.append(utterance.t_end - utterance.t_start)
        self.words += word_count(utterance)
        self.interruptions += timing.interruption
        self.backchannels += timing.backchannel
        if timing.gap_s is not None and not timing.backchannel:
            self.latencies.append(timing.gap_s)
        if markers.available:
            self.counted += markers.words
            self.questions += markers.questions
            self.fillers += markers.fillers
            self.hedges += markers.hedges
        if prosody.f0_median_hz is not None and prosody.voiced_s > 0.0:
            self.pitches.append((prosody.f0_median_hz, prosody.voiced_s))
        if emotion.valence is not None:
            self.valences.append(emotion.valence)
        if emotion.arousal is not None:
            self.arousals.append(emotion.arousal)
        if emotion.dominant is not None:
            self.emotions[emotion.dominant] += emotion.confidence  # type: ignore[assignment]
        if engagement is not None:
            self.engagements.append(engagement)
        if utterance.commitment_score is not None:
            self.commitments.append(utterance.commitment_score)

    def profile(self, speaker: str, all_talk_s: float) -> SpeakerProfile:
        """The profile of what was taken in."""
        talk_s, counted = sum(self.talk), self.counted
        return SpeakerProfile(
            speaker=speaker,
            channel=next(iter(self.channels)) if len(self.channels) == 1 else None,
            talk_s=talk_s,
            talk_share=talk_s / all_talk_s if all_talk_s > 0.0 else 0.0,
            utterances=len(self.talk),
            words=self.words,
            words_per_min=60.0 * self.words / talk_s if talk_s >= MIN_TALK_FOR_RATE_S and self.words else None,
            turns=len(self.turns),
            longest_turn_s=max(self.turns, default=0.0),
            interruptions=self.interruptions,
            backchannels=self.backchannels,
            questions=self.questions,
            median_latency_s=median(self.latencies) if self.latencies else None,
            filler_rate=100.0 * self.fillers / counted if counted else 0.0,
            hedge_rate=100.0 * self.hedges / counted if counted else 0.0,
            f0_median_hz=_median(self.pitches),
            mean_valence=_mean(self.valences),
            mean_arousal=_mean(self.arousals),
            mean_engagement=_mean(self.engagements),
            mean_commitment=_mean(self.commitments),
            dominant_emotion=_dominant(self.emotions),
        )


def speaker_profiles(timeline: Sequence[Utterance], known: Collection[SpeakerProfile] = ()) -> list[SpeakerProfile]:
    """Profiles of a scored timeline, sorted by ``t_start``, in order of first appearance.

    Those ``known`` are of speakers whose utterances, and the time that all talk, are what they were: they are taken as
    they are.
    """
    whole = {profile.speaker: profile for profile in known}
    by_speaker: dict[str, _Own] = {}
    talk: list[float] = []
    holder: _Own | None = None
    held_by = ""
    began = ended = 0.0
    for utterance in timeline:
        speaker = utterance.speaker
        own = by_speaker.get(speaker)
        if own is None:
            own = by_speaker[speaker] = _Own()
        if speaker not in whole:
            own.add(utterance)
        talk.append(utterance.t_end - utterance.t_start)
        if utterance.timing.backchannel:
            continue  # acknowledgements do not end the turn of another
        if holder is None or speaker != held_by:
            if holder is not None:
                holder.turns.append(ended - began)
            holder, held_by, began, ended = own, speaker, utterance.t_start, utterance.t_end
        ended = max(ended, utterance.t_end)
    if holder is not None:
        holder.turns.append(ended - began)
    all_talk_s = sum(talk)
    return [whole.get(speaker) or own.profile(speaker, all_talk_s) for speaker, own in by_speaker.items()]


def _mean(values: list[float]) -> float | None:
    return fmean(values) if values else None


def _median(pairs: list[tuple[float, float]]) -> float | None:
    """Median weighted by voiced seconds."""
    known = sorted(pairs)
    half = sum(weight for _, weight in known) / 2.0
    for value, weight in known:
        half -= weight
        if half <= 0.0:
            return value
    return None


def _dominant(mass: Counter[str]) -> str | None:
    """The emotion most often dominant, weighted by confidence; neutral only where nothing else shows."""
    return max(sorted(mass), key=lambda name: mass[name]) if mass else None
