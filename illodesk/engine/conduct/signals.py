"""The twelve social signals: emitted only when two families of cues agree, then merged over time.

``p = a * logistic(b + sum of cues) + (1 - a) * logistic(b + sum of cues that are not words)`` with a the confidence of
recognition: with that probability the words were really said. Emitted from 0.5 with at least two families in favour
(science page, 4.1); words that were hardly understood are no family.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from illodesk.engine import figures
from illodesk.engine.conduct.cues import CUES, Cue
from illodesk.engine.conduct.situation import UNDERSTOOD_FROM, Situation
from illodesk.engine.conduct.terms import logistic
from illodesk.schema import Basis, Level, Policy, Score, SocialSignal, Utterance

BIAS = -1.1
TELLING = 0.25
"""A family speaks for a signal when its cues add up to this much."""

EMIT_FROM = 0.5
MERGE_WITHIN_S = 2.0
SHORTEST_S = 1.0
NEEDS_WORDS = frozenset({"agreement", "disagreement", "confusion", "interest", "skepticism"})
"""A prompt reply or a falling end supports these but says nothing of them alone."""

LASTING_S = {"disengagement": 20.0}
"""Signals that count only when they last."""

_FAMILY_BASIS = {"text": Basis.TEXT, "prosody": Basis.VOICE, "timing": Basis.TIMING, "face": Basis.FACE}


@dataclass(frozen=True)
class Strength:
    """How strongly one signal shows: probability before the two-families rule, and the cues."""

    probability: float
    families: tuple[str, ...]
    cues: tuple[Cue, ...]

    @property
    def reasons(self) -> list[str]:
        """The strongest cues in favour, in words."""
        ranked = sorted((cue for cue in self.cues if cue.weight > 0.1), key=lambda cue: (-cue.weight, cue.detail))
        return [cue.detail for cue in ranked[:4]]

    def shows(self, name: str) -> bool:
        """Whether the signal may be emitted: likely, by two families, of which one is the words where it must be."""
        worded = name not in NEEDS_WORDS or "text" in self.families
        return self.probability >= EMIT_FROM and len(self.families) >= 2 and worded


def signal_strengths(situation: Situation, scores: Mapping[str, Score]) -> dict[str, Strength]:
    """Strength of all twelve signals in one utterance. Nothing said gives nothing."""
    if not situation.speaks:
        return {}
    return {name: _strength([cue for cue in cues(situation, scores) if cue], situation) for name, cues in CUES.items()}


def _strength(cues: list[Cue], situation: Situation) -> Strength:
    cues = [cue for cue in cues if cue.weight and _FAMILY_BASIS[cue.family] in situation.allowed]
    sums: dict[str, float] = {}
    for cue in cues:
        sums[cue.family] = sums.get(cue.family, 0.0) + cue.weight
    understood = situation.utterance.asr_confidence
    everything = sum(sums.values())
    unworded = everything - sums.get("text", 0.0)
    if understood < UNDERSTOOD_FROM:
        cues = [cue for cue in cues if cue.family != "text"]
        sums.pop("text", None)
    probability = understood * logistic(BIAS + everything) + (1.0 - understood) * logistic(BIAS + unworded)
    return Strength(
        probability=figures.score_of(probability),
        families=tuple(family for family in _FAMILY_BASIS if sums.get(family, 0.0) >= TELLING),
        cues=tuple(cues),
    )


def signals_of(situation: Situation, scores: Mapping[str, Score]) -> list[SocialSignal]:
    """Signals of one utterance, strongest first."""
    utterance = situation.utterance
    found = [
        SocialSignal(
            type=name,
            t_start=utterance.t_start,
            t_end=utterance.t_end,
            speaker=utterance.speaker,
            probability=strength.probability,
            level=signal_level(strength.probability),
            families=list(strength.families),
            rationale=_sentence(strength.reasons),
            utterance_ids=[utterance.utterance_id],
        )
        for name, strength in signal_strengths(situation, scores).items()
        if strength.shows(name)
    ]
    return sorted(found, key=lambda signal: (-signal.probability, signal.type))


def signal_level(probability: float) -> Level:
    """Low to .65, medium to .8, high above."""
    return "low" if probability < 0.65 else "medium" if probability <= 0.8 else "high"


def social_signals(timeline: Sequence[Utterance], policy: Policy) -> list[SocialSignal]:
    """Signals of a scored timeline, merged per speaker and type, in order of time.

    Same signals within 2 s become one of at least 1 s; disengagement must last 20 s of one speaker's contributions.
    Signals that rest on a basis the policy does not allow are left out.
    """
    allowed = frozenset(policy.allowed_basis)
    merged: list[SocialSignal] = []
    open_at: dict[tuple[str, str], int] = {}
    last_by: dict[str, str] = {}
    for utterance in timeline:
        for signal in utterance.cognitive.signals:
            families = [f for f in signal.families if _FAMILY_BASIS.get(f, Basis.FACE) in allowed]
            if len(families) < 2:
                continue
            key = (utterance.speaker, signal.type)
            at = open_at.get(key)
            if at is not None and _joins(merged[at], signal, last_by.get(utterance.speaker)):
                merged[at] = _join(merged[at], signal)
            else:
                open_at[key] = len(merged)
                merged.append(signal.model_copy(update={"speaker": utterance.speaker, "families": families}))
        last_by[utterance.speaker] = utterance.utterance_id
    kept = [_at_least(signal) for signal in merged if signal.t_end - signal.t_start >= LASTING_S.get(signal.type, 0.0)]
    return sorted(kept, key=lambda signal: (signal.t_start, signal.type, signal.t_end))


def _joins(earlier: SocialSignal, later: SocialSignal, previous_id: str | None) -> bool:
    if later.t_start - earlier.t_end <= MERGE_WITHIN_S:
        return True
    return later.type in LASTING_S and previous_id is not None and previous_id in earlier.utterance_ids


def _join(earlier: SocialSignal, later: SocialSignal) -> SocialSignal:
    stronger = later if later.probability > earlier.probability else earlier
    return stronger.model_copy(
        update={
            "t_start": min(earlier.t_start, later.t_start),
            "t_end": max(earlier.t_end, later.t_end),
            "families": [f for f in _FAMILY_BASIS if f in earlier.families or f in later.families],
            "utterance_ids": [*earlier.utterance_ids, *later.utterance_ids],
        }
    )


def _at_least(signal: SocialSignal) -> SocialSignal:
    end = max(signal.t_end, signal.t_start + SHORTEST_S)
    return signal if end == signal.t_end else signal.model_copy(update={"t_end": end})


def _sentence(reasons: list[str]) -> str:
    joined = ", ".join(reasons)
    return f"{joined[:1].upper()}{joined[1:]}." if joined else ""
