"""Commitment, passion and conviction. Formulas: science page, section 4; weights are ours, in logits."""

from __future__ import annotations

from illodesk.engine.conduct.cognitive import finish
from illodesk.engine.conduct.situation import Situation
from illodesk.engine.conduct.terms import Term
from illodesk.schema import Basis, Score

DATE_BONUS = 0.5
ANSWER_SHARE = 0.6
"""Saying yes to a request commits, but less than a promise in one's own words."""

STANCE_KINDS = ("commit_strong", "commit_weak", "hedge", "booster")


def commitment(s: Situation) -> Score:
    """How far the speaker commits to doing something, 0..1. Without any words of commitment or stance: no value."""
    if not s.has_text:
        return Score.unknown("no text to read a commitment from")
    promise = _promise_term(s)
    if promise is None and not any(s.count(kind) for kind in STANCE_KINDS):
        return Score.unknown("no words of commitment")
    terms = [
        promise,
        s.count_term("commit_weak", -1.2, "weak or conditional promise", at_most=1.5),
        s.z_term("hedge_rate", -0.9),
        s.z_term("booster_rate", 0.7),
        s.affect_term("dominance", 0.5),
        s.final_rise_term(-0.4),
        s.z_term("gap_s", -0.3),
    ]
    return finish(s, terms, full_weight=4.6)


def passion(s: Situation) -> Score:
    """How strongly the speaker feels about it, by voice and words, 0..1."""
    terms = [
        s.affect_term("arousal", 1.1),
        s.z_term("f0_range_st", 0.6),
        s.z_term("loudness_range_db", 0.4),
        s.affect_term("valence", 0.5, magnitude=True),
        s.z_term("intensifier_rate", 0.4),
    ]
    return finish(s, terms, full_weight=3.0)


def conviction(s: Situation) -> Score:
    """How convinced the speaker sounds, 0..1: certainty of words and voice together with strength of feeling."""
    terms = [
        s.z_term("booster_rate", 0.6),
        s.z_term("hedge_rate", -0.6),
        s.count_term("commit_strong", 0.4, "promise", at_most=1.0),
        s.affect_term("dominance", 0.6),
        s.affect_term("arousal", 0.3),
        s.affect_term("valence", 0.4, magnitude=True),
        s.z_term("filler_rate", -0.4),
        s.final_rise_term(-0.4),
    ]
    return finish(s, terms, full_weight=3.7)


def _promise_term(s: Situation) -> Term | None:
    """A promise in the speaker's own words; a yes to a request counts for less, a date adds to either."""
    own = s.count("commit_strong") > 0
    answered = s.acts.commitment >= 0.5 and not own
    if not own and not (answered and not s.count("refusal") and not s.count("disagreement")):
        return None
    dated = s.count("commit_date") > 0
    amount = (1.0 if own else ANSWER_SHARE) + (DATE_BONUS if dated else 0.0)
    detail = ("promises" if own else "says yes to a request") + (", with a date" if dated else "")
    return Term("commit_strong", 1.6, amount, detail, Basis.TEXT)
