"""Everything one utterance's conduct scores may rest on, gathered once, and the terms built from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from illodesk.engine.conduct.acts import Acts
from illodesk.engine.conduct.features import MIN_VOICED_S, QUANTITIES
from illodesk.engine.conduct.norms import ConductNorms
from illodesk.engine.conduct.terms import Term
from illodesk.schema import Basis, LexicalMarkers, Timing, Utterance

OWN_NORM_FROM = 3
"""Utterances after which a comparison may be called the speaker's own norm."""

UNDERSTOOD_FROM = 0.45
"""Recognition confidence below which no finding may rest on the words: more of them are wrong than right."""

ENOUGH_WORDS = 8.0
ENOUGH_VOICED_S = 1.5
FAMILIAR_AFTER = 6.0
DEFECT = 0.75
"""What every quality flag of the sound leaves of the trust in voice measurements."""


COUNTED = {
    "filler_rate": "filler",
    "hedge_rate": "hedge",
    "booster_rate": "booster",
    "intensifier_rate": "intensifier",
    "repair_rate": "self-repair",
}
COUNTED_KINDS = {
    "filler": ("filler", "discourse_filler"),
    "hedge": ("hedge",),
    "booster": ("booster",),
    "intensifier": ("intensifier",),
    "self-repair": ("self_repair",),
}
"""Rates are shown as the plain counts that they come from."""


@dataclass(frozen=True)
class Situation:
    """One utterance with its timing, markers, acts, norms and what came before.

    ``overlap_before`` and ``overlap_topic`` are similarities (0..1) with the previous turn and with the last minute;
    ``None`` where there is nothing to compare. ``short_replies`` counts the speaker's minimal replies in a row.
    """

    utterance: Utterance
    timing: Timing
    acts: Acts
    values: dict[str, float]
    norms: ConductNorms
    allowed: frozenset[Basis]
    overlap_before: float | None = None
    overlap_topic: float | None = None
    short_replies: int = 0

    @property
    def markers(self) -> LexicalMarkers:
        """The lexical markers of the utterance."""
        return self.utterance.lexical_markers

    @cached_property
    def has_text(self) -> bool:
        """Whether there are words in a language that the tables know."""
        return Basis.TEXT in self.allowed and self.markers.available and self.markers.words > 0

    @cached_property
    def has_voice(self) -> bool:
        """Whether the voice may be used and was measured."""
        return Basis.VOICE in self.allowed and self.utterance.prosody.voiced_s >= MIN_VOICED_S

    @property
    def speaks(self) -> bool:
        """Whether anything was said at all: without words and voice nothing is scored."""
        return self.utterance.lexical_markers.words > 0 or bool(self.utterance.text.split()) or self.has_voice

    def count(self, kind: str) -> float:
        """Weighted count of a marker kind; 0 where the text may not be read."""
        return self.markers.counts.get(kind, 0.0) if self.has_text else 0.0

    @cached_property
    def trust(self) -> dict[Basis, float]:
        """How far each basis can be trusted here, 0..1: by words, recognition, voiced seconds and sound quality."""
        prosody = self.utterance.prosody
        flags = sum(flag != "short" for flag in prosody.quality_flags)
        words = min(1.0, self.markers.words / ENOUGH_WORDS)
        return {
            Basis.TEXT: words * max(0.2, self.utterance.asr_confidence) if self.has_text else 0.0,
            Basis.VOICE: min(1.0, prosody.voiced_s / ENOUGH_VOICED_S) * DEFECT**flags if self.has_voice else 0.0,
            Basis.TIMING: 0.4 + 0.6 * self.utterance.speaker_confidence,
        }

    @cached_property
    def _deviations(self) -> dict[str, float | None]:
        speaker = self.utterance.speaker
        return {name: self.norms.z(speaker, name, value) for name, value in self.values.items()}

    def z(self, name: str) -> float | None:
        """Deviation of a quantity from the speaker's norm, in sd; ``None`` without evidence."""
        return self._deviations.get(name)

    def z_term(self, name: str, weight: float) -> Term | None:
        """Term of a quantity against the speaker's norm."""
        z = self._deviations.get(name)
        if z is None:
            return None
        return Term(name, weight, z, self._comparison(name, z), QUANTITIES[name].basis)

    def _comparison(self, name: str, z: float) -> str:
        """The measurement and how it compares, in words: '3 fillers in 12 words, 2.1 sd above own norm'."""
        own = self.norms.seen(self.utterance.speaker, name) >= OWN_NORM_FROM
        side = "above" if z >= 0.0 else "below"
        norm = "own norm" if own else "what is typical"
        counted = COUNTED.get(name)
        measured = self._counted(counted) if counted else f"{QUANTITIES[name].words} {spoken(name, self.values[name])}"
        return f"{measured}, {abs(z):.1f} sd {side} {norm}"

    def _counted(self, kind: str) -> str:
        number = sum(hit.kind in COUNTED_KINDS[kind] and not hit.negated for hit in self.markers.hits)
        plural = "" if number == 1 else "s"
        return f"{number or 'no'} {kind}{plural} in {self.markers.words} words"

    def count_term(self, kind: str, weight: float, words: str, at_most: float = 2.0) -> Term | None:
        """Term of a marker count; present (as zero) wherever the text can be read."""
        if not self.has_text:
            return None
        count = self.count(kind)
        number = round(count) if count >= 1.0 else 1
        detail = f"{number} {words}{'s' if number != 1 else ''}" if count else f"no {words}"
        return Term(kind, weight, min(at_most, count), detail, Basis.TEXT)

    def affect_term(self, name: str, weight: float, magnitude: bool = False) -> Term | None:
        """Term of valence, arousal or dominance where affect was scored on allowed bases."""
        score = self.utterance.evidence.get(name)
        value = score.value if score is not None else getattr(self.utterance.emotion, name)
        bases = score.basis if score is not None else self.utterance.emotion.basis
        if value is None or not set(bases) <= self.allowed:
            return None
        basis = Basis.VOICE if Basis.VOICE in bases else Basis.TEXT
        label = f"strength of {name}" if magnitude else name
        amount = abs(value) if magnitude else value
        return Term(name, weight, amount, f"{label} {amount:+.2f}" if not magnitude else f"{label} {amount:.2f}", basis)

    def final_rise_term(self, weight: float) -> Term | None:
        """Term of a rising end where nothing was asked: it sounds unsure (Pon-Barry and Shieber 2011)."""
        slope = self.utterance.prosody.final_f0_slope_st_s
        if not self.has_voice or slope is None or self.acts.question:
            return None
        amount = max(0.0, min(1.5, slope / 10.0))
        return Term("final_rise", weight, amount, f"pitch at the end {slope:+.0f} st/s", Basis.VOICE)

    def confidence(self, terms: list[Term | None], full_weight: float) -> float:
        """Share of the formula's whole weight that is measured, each term trusted as its basis is."""
        measured = sum(abs(term.weight) * self.trust.get(term.basis, 0.0) for term in terms if term is not None)
        seen = self.norms.seen(self.utterance.speaker, "words_in_turn")
        familiar = 0.7 + 0.3 * min(1.0, seen / FAMILIAR_AFTER)
        return min(1.0, measured / full_weight) * familiar


def spoken(name: str, value: float) -> str:
    """A quantity with its unit, as a sentence shows it."""
    if name == "words_in_turn":
        return f"{round(2.718281828459045**value - 1.0)} words"
    if name in ("gap_s", "pause_mean_s"):
        return f"{value:.1f} s"
    if name == "pause_ratio":
        return f"{100.0 * value:.0f} %"
    if name.endswith("_st"):
        return f"{value:.1f} st"
    if name.endswith("_db"):
        return f"{value:.0f} dB"
    if name == "articulation_rate_sps":
        return f"{value:.1f} syllables/s"
    return f"{value:.2f}"
