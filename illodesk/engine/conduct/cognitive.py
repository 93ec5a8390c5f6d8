"""Engagement, focus, cognitive load and certainty as they sound. Formulas: science page, section 4.

Certainty follows Pon-Barry and Shieber 2011 in direction: pauses, fillers, slow speech and a rising end sound unsure.
All weights are ours, in logits.
"""

from __future__ import annotations

from illodesk.engine.conduct.situation import Situation
from illodesk.engine.conduct.terms import Term, add_up
from illodesk.schema import Basis, Score

TOO_LITTLE = 0.08
"""Below this confidence no value is given."""

CAP = 0.85
CAP_WITHOUT_VOICE = 0.59
"""Nobody has validated such scores in the field: the best is short of certain, and words alone are medium at most."""

USUAL_OVERLAP = 0.08
OVERLAP_STEP = 0.12
MOST_STEPS = 3.0
"""Share of content words that neighbouring turns have in common (mean of the demo interview, where half have none), and
a step of the scale."""

TOO_FEW = "too few words and too little voice to tell"


def finish(situation: Situation, terms: list[Term | None], full_weight: float, bias: float = 0.0) -> Score:
    """Add the terms up, or say that the evidence is too thin."""
    if not situation.speaks:
        return Score.unknown()
    heard = any(term is not None and term.basis is Basis.VOICE for term in terms)
    confidence = min(situation.confidence(terms, full_weight), CAP if heard else CAP_WITHOUT_VOICE)
    return add_up(terms, confidence, bias) if confidence >= TOO_LITTLE else Score.unknown(TOO_FEW)


def engagement(s: Situation) -> Score:
    """How involved the speaker sounds, 0..1."""
    pitch = s.z("f0_sd_st")
    monotone = None if pitch is None else Term("monotone", -0.5, float(pitch <= -1.0), "flat pitch", Basis.VOICE)
    terms = [
        s.affect_term("arousal", 0.9),
        s.z_term("words_in_turn", 0.5) if not s.timing.backchannel else None,
        s.z_term("f0_sd_st", 0.5),
        s.count_term("question", 0.4, "question", at_most=1.0),
        Term("backchannel", 0.4, 1.0, "acknowledges the other", Basis.TIMING) if s.timing.backchannel else None,
        _overlap_term("takes_up", 0.4, s.overlap_before, "words taken up from the previous turn"),
        s.z_term("gap_s", -0.4) if not s.timing.backchannel else None,
        monotone,
        Term("short_replies", -0.5, min(1.0, s.short_replies / 3.0), f"{s.short_replies} minimal replies", Basis.TIMING)
        if s.short_replies > 1
        else None,
    ]
    return finish(s, terms, full_weight=3.8)


def focus(s: Situation, load: Score) -> Score:
    """How closely the utterance stays with the subject, 0..1. Nothing to compare with gives no value."""
    if s.overlap_topic is None or not s.has_text:
        return Score.unknown("nothing before it to compare with")
    strain = None
    if load.value is not None:
        basis = Basis.VOICE if Basis.VOICE in load.basis else Basis.TEXT
        strain = Term("cognitive_load", -0.3, 2.0 * load.value - 1.0, f"load {load.value:.2f}", basis)
    terms = [
        _nearness_term("stays_on_subject", 0.4, s.overlap_topic, "similar to the last minute"),
        _nearness_term("takes_up", 0.2, s.overlap_before, "similar to the previous turn"),
        _repair_term(s, -0.5),
        strain,
    ]
    return finish(s, terms, full_weight=2.0)


def cognitive_load(s: Situation) -> Score:
    """How hard the speaker seems to be thinking, 0..1 (Khawaja 2008, Betz 2023, Yap 2012 for the directions)."""
    terms = [
        s.z_term("pause_ratio", 0.8),
        s.z_term("filler_rate", 0.8),
        s.z_term("pause_mean_s", 0.5),
        s.z_term("gap_s", 0.4),
        s.z_term("articulation_rate_sps", -0.5),
        _repair_term(s, 0.4),
        s.z_term("f0_p50_st", 0.2),
    ]
    return finish(s, terms, full_weight=3.1)


def certainty(s: Situation) -> Score:
    """How sure the speaker sounds, 0..1. What a listener hears, not what the speaker knows."""
    answered_late = s.z_term("gap_s", -0.3) if s.timing.response_to_question else None
    terms = [
        s.z_term("booster_rate", 0.6),
        s.z_term("hedge_rate", -0.8),
        s.count_term("no_knowledge", -0.9, "admission of not knowing", at_most=1.0),
        s.z_term("filler_rate", -0.6),
        s.z_term("pause_ratio", -0.4),
        s.z_term("articulation_rate_sps", 0.3),
        s.final_rise_term(-0.4),
        s.affect_term("dominance", 0.4),
        answered_late,
    ]
    return finish(s, terms, full_weight=4.0, bias=0.3)


def _nearness_term(name: str, weight: float, overlap: float | None, words: str) -> Term | None:
    """Similarity against what is usual between neighbours, in steps of :data:`OVERLAP_STEP`."""
    if overlap is None:
        return None
    amount = min(MOST_STEPS, (max(0.0, overlap) - USUAL_OVERLAP) / OVERLAP_STEP)
    return Term(name, weight, amount, f"{words}: {max(0.0, overlap):.2f}", Basis.TEXT)


def _overlap_term(name: str, weight: float, overlap: float | None, words: str) -> Term | None:
    if overlap is None:
        return None
    return Term(name, weight, max(0.0, overlap), f"{words}: {max(0.0, overlap):.2f}", Basis.TEXT)


def _repair_term(s: Situation, weight: float) -> Term | None:
    z = s.z("repair_rate")
    if z is None:
        return None
    repairs = s.markers.self_repairs
    return Term("self_repair", weight, max(0.0, z), f"{repairs} self-repair{'s' if repairs != 1 else ''}", Basis.TEXT)
