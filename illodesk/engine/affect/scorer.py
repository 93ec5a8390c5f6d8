"""Affect of utterances: while they come in, and once more over all of them."""

from __future__ import annotations

from collections.abc import Sequence

from illodesk.engine.affect.description import describe
from illodesk.engine.affect.fusion import fuse
from illodesk.engine.affect.norms import SpeakerNorms
from illodesk.engine.affect.voice import voice_scores
from illodesk.schema import Basis, Policy, TextReading, Utterance


class AffectScorer:
    """Fills emotion, sentiment, polarity, subjectivity, the description of the voice and the evidence behind them."""

    def __init__(self, policy: Policy) -> None:
        self._voice = Basis.VOICE in policy.allowed_basis
        self._text = Basis.TEXT in policy.allowed_basis
        self._norms: dict[str, SpeakerNorms] = {}

    def live(self, utterance: Utterance) -> Utterance:
        """Score against what was heard of this speaker so far, then learn from it."""
        norms = self._norms.setdefault(utterance.speaker, SpeakerNorms())
        scored, arousal = self._score(utterance, norms)
        if self._voice:
            norms.follow(utterance.prosody, arousal)
        return scored

    def batch(self, timeline: Sequence[Utterance]) -> list[Utterance]:
        """Score each utterance against everything its speaker said; keeps the order, learns nothing for later."""
        speakers = dict.fromkeys(utterance.speaker for utterance in timeline)
        norms = {
            speaker: SpeakerNorms.over(u.prosody for u in timeline if u.speaker == speaker) for speaker in speakers
        }
        return [self._score(utterance, norms[utterance.speaker])[0] for utterance in timeline]

    def _score(self, utterance: Utterance, norms: SpeakerNorms) -> tuple[Utterance, float | None]:
        """The scored utterance, and the arousal of its voice alone."""
        reading = utterance.reading if self._text else TextReading(available=False)
        voice = voice_scores(utterance.prosody, norms) if self._voice else None
        affect = fuse(reading, voice, utterance.lexical_markers, utterance.asr_confidence)
        heard = voice.arousal.value if voice else None
        scored = utterance.model_copy(
            update={
                "emotion": affect.emotion,
                "sentiment": affect.sentiment,
                "polarity": affect.sentiment.polarity,
                "subjectivity": reading.subjectivity if reading.available else None,
                "evidence": {**utterance.evidence, **affect.evidence},
                "prosody_desc": describe(norms.z(utterance.prosody)) if heard is not None else "",
            }
        )
        return scored, heard
