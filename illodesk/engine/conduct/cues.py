"""Cues of the twelve social signals (science page, 4.1). Each belongs to a family: text, prosody, timing or face.

Weights are ours, in logits; a continuous cue grows with its measurement, so that more of it never lowers a signal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from illodesk.engine.conduct.situation import Situation
from illodesk.schema import Basis, Score

FAMILY = {Basis.TEXT: "text", Basis.VOICE: "prosody", Basis.TIMING: "timing", Basis.FACE: "face"}

QUICK_S = 0.5
SLOW_S = 0.7
VERY_SLOW_S = 1.0
LONG_PAUSE_S = 0.6
RISE = 4.0
FALL = -4.0


@dataclass(frozen=True)
class Cue:
    """One cue: its family, signed weight and measurement in words."""

    family: str
    weight: float
    detail: str


Cues = Callable[[Situation, Mapping[str, Score]], Iterable[Cue | None]]


def agreement(s: Situation, _scores: Mapping[str, Score]) -> Iterable[Cue | None]:
    """Words of assent said at once, with a falling end."""
    yield text(1.3 * s.acts.agreement, "words of agreement")
    yield text(0.5 * fine(s, "approval") + 0.3 * emotion(s, "joy"), "approving words")
    yield timing(0.6, "acknowledges") if s.timing.backchannel else quick(s, 0.6)
    yield falling(s, 0.5)
    yield text(-0.6 * min(1.0, s.count("contrast")), "a but")


def disagreement(s: Situation, _scores: Mapping[str, Score]) -> Iterable[Cue | None]:
    """Words of dissent, late or in the other's way, in a firm voice."""
    yield text(1.4 * s.acts.disagreement, "words of disagreement")
    yield text(0.5 * min(1.0, s.count("contrast")) + 0.5 * fine(s, "disapproval"), "contrast or disapproval")
    yield slow(s, 0.7, SLOW_S)
    yield timing(0.6, "interrupts") if s.timing.interruption else None
    yield firm(s, 0.6)


def confidence(s: Situation, _scores: Mapping[str, Score]) -> Iterable[Cue | None]:
    """Boosters and steady, firm, fluent speech with a falling end."""
    yield text(0.7 * positive(s.z("booster_rate")), "emphatic certainty")
    yield text(0.4 * min(1.0, s.count("commit_strong")), "a promise")
    yield text(-0.8 * positive(s.z("hedge_rate")), "hedges")
    yield text(-0.8 * positive(s.z("filler_rate")), "fillers")
    yield text(-0.8 * min(1.0, s.count("no_knowledge")), "does not know")
    yield firm(s, 0.8)
    yield falling(s, 0.5)
    pause = s.z("pause_ratio")
    yield prosody(0.4, "fluent, without long pauses") if pause is not None and pause < -0.3 else None
    yield prosody(-0.6 * positive(pause), "long pauses") if pause is not None else None
    yield quick(s, 0.5) if s.timing.response_to_question else None


def uncertainty(s: Situation, _scores: Mapping[str, Score]) -> Iterable[Cue | None]:
    """Hedges and not knowing, a rising end, a weak voice, a late answer."""
    yield text(0.8 * positive(s.z("hedge_rate")), "hedges")
    yield text(1.0 * min(1.0, s.count("no_knowledge")), "says that they do not know")
    yield text(0.4 * fine(s, "confusion") + 0.4 * fine(s, "nervousness"), "unsure words")
    yield text(-0.7 * positive(s.z("booster_rate")), "boosters")
    yield rising(s, 0.6) if not s.acts.question else None
    yield weak(s, 0.6)
    yield prosody(0.4 * positive(s.z("pause_ratio")), "long pauses")
    yield slow(s, 0.7, VERY_SLOW_S) if s.timing.response_to_question else None


def hesitation(s: Situation, _scores: Mapping[str, Score]) -> Iterable[Cue | None]:
    """Fillers, restarts, pauses inside the turn and late starts."""
    yield text(0.9 * s.acts.hesitation, "a halting start")
    yield text(0.6 * positive(s.z("filler_rate")), "fillers")
    yield text(0.4 * positive(s.z("repair_rate")), "restarts")
    yield slow(s, 0.8, VERY_SLOW_S)
    pause = s.values.get("pause_mean_s")
    long = pause is not None and pause > LONG_PAUSE_S
    yield prosody(0.8, f"pauses of {pause:.1f} s") if long else prosody(0.6 * positive(s.z("pause_ratio")), "pauses")
    yield prosody(0.4 * positive(negative_of(s.z("articulation_rate_sps"))), "slow speech")


def confusion(s: Situation, _scores: Mapping[str, Score]) -> Iterable[Cue | None]:
    """Asking again and not following, late or with a rising end."""
    yield text(1.1 * min(1.0, s.count("repair_request")), "asks for a repetition")
    yield text(1.1 * min(1.0, s.count("confusion")) + 0.8 * fine(s, "confusion"), "words of confusion")
    yield rising(s, 0.7)
    yield slow(s, 0.6, SLOW_S)


def skepticism(s: Situation, _scores: Mapping[str, Score]) -> Iterable[Cue | None]:
    """Doubting the other's word: trust objections, 'but' with a question, cool disapproval."""
    yield text(1.2 * min(1.0, s.count("objection_trust")), "doubts the claim")
    doubting = s.count("contrast") and s.acts.question
    yield text(0.9, "a but with a question") if doubting else None
    yield text(0.7 * fine(s, "disapproval") + 0.5 * fine(s, "annoyance"), "disapproving words")
    cool = level(s, "arousal")
    yield prosody(0.5, "a cool voice") if cool is not None and voiced(s, "arousal") and cool < -0.1 else None
    yield text(0.5, "negative words") if (level(s, "valence") or 0.0) < -0.15 else None
    yield slow(s, 0.6, SLOW_S)


def frustration(s: Situation, _scores: Mapping[str, Score]) -> Iterable[Cue | None]:
    """Negative words, complaints and repetition with a raised voice or interruption."""
    yield text(1.1 * min(1.0, s.count("frustration")), "words of frustration")
    valence = level(s, "valence") or 0.0
    yield text(0.8 * min(1.0, max(0.0, -valence - 0.1) / 0.5), f"negative words ({valence:+.2f})")
    yield text(0.5 * fine(s, "annoyance") + 0.5 * emotion(s, "anger"), "annoyed words")
    arousal = level(s, "arousal")
    raised = arousal is not None and voiced(s, "arousal") and arousal > 0.3
    yield prosody(0.9, "a raised voice") if raised else None
    yield timing(0.6, "interrupts") if s.timing.interruption else None
    yield text(-1.0 * min(1.0, s.count("laughter")), "laughter")


def stress(s: Situation, _scores: Mapping[str, Score]) -> Iterable[Cue | None]:
    """A voice higher than usual with hurried or broken speech, and fearful words. Never without the voice."""
    pitch = s.z("f0_p50_st")
    if pitch is None or pitch <= 1.0:
        return
    yield prosody(0.4 * pitch, f"pitch {pitch:.1f} sd above own norm")
    yield prosody(0.5 * positive(s.z("articulation_rate_sps"), 1.0), "hurried speech")
    yield prosody(0.5 * positive(s.z("pause_ratio"), 1.0), "broken speech")
    yield text(1.0 if emotion(s, "fear") > 0.25 else 0.0, "fearful words")
    yield text(0.5 * positive(s.z("repair_rate")), "restarts")
    yield timing(0.4, "interrupts") if s.timing.interruption else None


def interest(s: Situation, _scores: Mapping[str, Score]) -> Iterable[Cue | None]:
    """Follow-up questions and curious words in a lively voice, without delay."""
    yield text(0.9 * min(1.0, s.count("interest")), "words of interest")
    follows = s.acts.question and (s.overlap_before or 0.0) > 0.1
    yield text(0.7, "a question that takes up what was said") if follows else None
    yield text(0.7 * fine(s, "curiosity") + 0.4 * fine(s, "excitement"), "curious words")
    yield prosody(0.6 * positive(s.z("f0_range_st"), 0.5), "lively pitch")
    yield quick(s, 0.6) if s.acts.question or s.count("interest") else None


def engagement(_s: Situation, scores: Mapping[str, Score]) -> Iterable[Cue | None]:
    """A high engagement score, in the families that carried it."""
    return _from_score(scores, high=True)


def disengagement(_s: Situation, scores: Mapping[str, Score]) -> Iterable[Cue | None]:
    """A low engagement score, in the families that carried it; it must last before it is reported."""
    return _from_score(scores, high=False)


def _from_score(scores: Mapping[str, Score], high: bool) -> Iterable[Cue | None]:
    score = scores["engagement"]
    if score.value is None or (score.value <= 0.65 if high else score.value >= 0.35):
        return
    side = 1.0 if high else -1.0
    for part in score.contributions:
        yield Cue(FAMILY[part.basis], 0.6 + side * part.weight, part.detail) if side * part.weight > 0.1 else None


# --- building blocks ------------------------------------------------------------------------------------------------


def text(weight: float, detail: str) -> Cue:
    """A cue in the words."""
    return Cue("text", weight, detail)


def prosody(weight: float, detail: str) -> Cue:
    """A cue in the voice."""
    return Cue("prosody", weight, detail)


def timing(weight: float, detail: str) -> Cue:
    """A cue in the timing."""
    return Cue("timing", weight, detail)


def quick(s: Situation, weight: float) -> Cue | None:
    """Answered within half a second, and not by cutting in."""
    gap = s.timing.gap_s
    prompt = gap is not None and -QUICK_S < gap < QUICK_S and not s.timing.interruption
    return timing(weight, f"prompt reply ({gap:.1f} s)") if prompt else None


def slow(s: Situation, weight: float, beyond_s: float) -> Cue | None:
    """Answered late."""
    gap = s.timing.gap_s
    return timing(weight, f"reply after {gap:.1f} s") if gap is not None and gap > beyond_s else None


def rising(s: Situation, weight: float) -> Cue | None:
    """Pitch rises at the end."""
    slope = s.utterance.prosody.final_f0_slope_st_s
    rises = s.has_voice and slope is not None and slope > RISE
    return prosody(weight, f"rising end ({slope:+.0f} st/s)") if rises else None


def falling(s: Situation, weight: float) -> Cue | None:
    """Pitch falls at the end."""
    slope = s.utterance.prosody.final_f0_slope_st_s
    falls = s.has_voice and slope is not None and slope < FALL
    return prosody(weight, f"falling end ({slope:+.0f} st/s)") if falls else None


def firm(s: Situation, weight: float) -> Cue | None:
    """A dominant voice."""
    value = level(s, "dominance")
    return prosody(weight, f"firm voice ({value:+.2f})") if value and voiced(s, "dominance") and value > 0.2 else None


def weak(s: Situation, weight: float) -> Cue | None:
    """A voice without force."""
    value = level(s, "dominance")
    return prosody(weight, f"weak voice ({value:+.2f})") if value and voiced(s, "dominance") and value < -0.2 else None


def level(s: Situation, name: str) -> float | None:
    """Valence, arousal or dominance, where it rests on allowed bases."""
    term = s.affect_term(name, 1.0)
    return term.amount if term is not None else None


def voiced(s: Situation, name: str) -> bool:
    """Whether that value rests on the voice."""
    term = s.affect_term(name, 1.0)
    return term is not None and term.basis is Basis.VOICE


def fine(s: Situation, label: str) -> float:
    """Probability of a fine emotion label of the text; 0 where it may not be read."""
    return s.utterance.reading.fine.get(label, 0.0) if s.has_text else 0.0


def emotion(s: Situation, label: str) -> float:
    """Probability of one of the seven classes by the text; 0 where it may not be read."""
    return s.utterance.reading.emotion.get(label, 0.0) if s.has_text else 0.0


def positive(z: float | None, beyond: float = 0.0) -> float:
    """How far z is above ``beyond``; 0 without evidence."""
    return max(0.0, z - beyond) if z is not None else 0.0


def negative_of(z: float | None) -> float | None:
    """The opposite sign."""
    return -z if z is not None else None


CUES: Mapping[str, Cues] = {
    "agreement": agreement,
    "confidence": confidence,
    "confusion": confusion,
    "disagreement": disagreement,
    "disengagement": disengagement,
    "engagement": engagement,
    "frustration": frustration,
    "hesitation": hesitation,
    "interest": interest,
    "skepticism": skepticism,
    "stress": stress,
    "uncertainty": uncertainty,
}
