"""The measured quantities of an utterance that conduct scores compare with the speaker's own norm.

Rates of words are smoothed with ten imaginary words of typical speech, so that one "um" in two words is not taken for
fifty in a hundred; markers of stance are counted against the words that are not fillers, so that a filler never makes
a speaker sound surer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from illodesk.engine.affect.norms import PRIORS
from illodesk.engine.conduct.timing import word_count
from illodesk.schema import Basis, LexicalMarkers, Timing, Utterance

SMOOTHING_WORDS = 10.0
MIN_VOICED_S = 0.5
MIN_RATE_S = 1.5


@dataclass(frozen=True)
class Quantity:
    """Prior of one quantity: mean, within-speaker deviation, where it comes from and how it is called in a sentence."""

    mean: float
    deviation: float
    basis: Basis
    words: str


def _heard(name: str, words: str) -> Quantity:
    """A quantity of the voice, with the prior that affect uses too."""
    return Quantity(PRIORS[name].mean, PRIORS[name].within, Basis.VOICE, words)


QUANTITIES: Mapping[str, Quantity] = {
    "words_in_turn": Quantity(2.7, 0.9, Basis.TIMING, "length of turn"),
    "gap_s": Quantity(0.3, 0.6, Basis.TIMING, "response latency"),
    "f0_sd_st": _heard("f0_sd_st", "pitch movement"),
    "f0_range_st": _heard("f0_range_st", "pitch range"),
    "f0_p50_st": _heard("f0_p50_st", "pitch"),
    "loudness_range_db": _heard("loudness_range_db", "loudness range"),
    "pause_ratio": _heard("pause_ratio", "share of pauses"),
    "pause_mean_s": _heard("pause_mean_s", "mean pause"),
    "articulation_rate_sps": _heard("articulation_rate_sps", "articulation rate"),
    "filler_rate": Quantity(4.0, 4.0, Basis.TEXT, "filler rate"),
    "hedge_rate": Quantity(2.5, 3.0, Basis.TEXT, "hedge rate"),
    "booster_rate": Quantity(1.5, 2.5, Basis.TEXT, "booster rate"),
    "intensifier_rate": Quantity(2.5, 3.0, Basis.TEXT, "intensifier rate"),
    "repair_rate": Quantity(2.0, 3.0, Basis.TEXT, "self-repair rate"),
}
"""Priors: about six disfluencies in a hundred words (Bortfeld et al. 2001), of which two are repairs; gaps near 0.2 s
with a long tail (Stivers et al. 2009); pitch, pauses and rate as measured on speakers (:data:`PRIORS`); the rest by
design. ``words_in_turn`` is a natural logarithm."""


def measured(utterance: Utterance, timing: Timing, allowed: frozenset[Basis]) -> dict[str, float]:
    """Every quantity that this utterance gives evidence for, on the allowed bases only."""
    values = {"words_in_turn": math.log1p(timing.words_in_turn)} if timing.words_in_turn else {}
    if timing.gap_s is not None and not timing.backchannel:
        values["gap_s"] = max(-1.0, min(4.0, timing.gap_s))
    if utterance.lexical_markers.available and word_count(utterance):
        values |= _word_rates(utterance.lexical_markers)
    values |= _voice(utterance)
    return {name: value for name, value in values.items() if QUANTITIES[name].basis in allowed}


def fluent_words(markers: LexicalMarkers) -> int:
    """Words that are not fillers; at least one."""
    return max(1, markers.words - markers.fillers)


def _word_rates(markers: LexicalMarkers) -> dict[str, float]:
    counts = markers.counts
    fluent = fluent_words(markers)

    def rate(count: float, name: str, words: int) -> float:
        typical = QUANTITIES[name].mean * SMOOTHING_WORDS / 100.0
        return 100.0 * (count + typical) / (words + SMOOTHING_WORDS)

    fillers = counts.get("filler", 0.0) + counts.get("discourse_filler", 0.0)
    return {
        "filler_rate": rate(fillers, "filler_rate", markers.words),
        "hedge_rate": rate(counts.get("hedge", 0.0), "hedge_rate", fluent),
        "booster_rate": rate(counts.get("booster", 0.0), "booster_rate", fluent),
        "intensifier_rate": rate(counts.get("intensifier", 0.0), "intensifier_rate", fluent),
        "repair_rate": rate(counts.get("self_repair", 0.0), "repair_rate", fluent),
    }


def _voice(utterance: Utterance) -> dict[str, float]:
    prosody = utterance.prosody
    found: dict[str, float | None] = {}
    if prosody.voiced_s >= MIN_VOICED_S:
        found = {
            "f0_sd_st": prosody.f0_sd_st,
            "f0_range_st": prosody.f0_range_st,
            "f0_p50_st": prosody.f0_p50_st,
            "loudness_range_db": prosody.loudness_range_db,
        }
    if prosody.duration_s >= MIN_RATE_S:
        found["pause_ratio"] = prosody.pause_ratio
        found["pause_mean_s"] = prosody.pause_mean_s if prosody.pause_count else None
        found["articulation_rate_sps"] = prosody.articulation_rate_sps
    return {name: value for name, value in found.items() if value is not None and math.isfinite(value)}
