"""Values, times and names of the vocabulary as the review page shows them, in the language of the app."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from illodesk.schema import Utterance
from illodesk.ui.words import decimal, local_number

translate = QCoreApplication.translate

SIGNED = frozenset({"valence", "arousal", "dominance"})
SCORES = (
    "valence",
    "arousal",
    "dominance",
    "engagement",
    "focus",
    "cognitive_load",
    "certainty",
    "commitment",
    "passion",
    "conviction",
)


def exact_clock(seconds: float) -> str:
    """``h:mm:ss.t``, without the hours where there are none."""
    tenths = round(max(seconds, 0.0) * 10)
    hours, minutes, rest = tenths // 36_000, tenths // 600 % 60, local_number(f"{tenths % 600 / 10:04.1f}")
    return f"{hours}:{minutes:02d}:{rest}" if hours else f"{minutes}:{rest}"


def number(value: float, *, signed: bool = False) -> str:
    """Two figures after the point, with a true minus; nought has no sign."""
    value = round(value, 2) or 0.0
    return decimal(value, 2, signed=signed and value != 0)


def emotion_name(name: str) -> str:
    """One of the seven, translated."""
    return {
        "anger": translate("Review", "anger"),
        "disgust": translate("Review", "disgust"),
        "fear": translate("Review", "fear"),
        "joy": translate("Review", "joy"),
        "neutral": translate("Review", "neutral"),
        "sadness": translate("Review", "sadness"),
        "surprise": translate("Review", "surprise"),
    }.get(name, name)


def score_name(name: str) -> str:
    """What a score is called."""
    return {
        "valence": translate("Review", "Valence"),
        "arousal": translate("Review", "Arousal"),
        "dominance": translate("Review", "Dominance"),
        "engagement": translate("Review", "Engagement"),
        "focus": translate("Review", "Focus"),
        "cognitive_load": translate("Review", "Cognitive load"),
        "certainty": translate("Review", "Certainty"),
        "commitment": translate("Review", "Commitment"),
        "passion": translate("Review", "Passion"),
        "conviction": translate("Review", "Conviction"),
        "emotion": translate("Review", "Emotion"),
        "category": translate("Review", "Category"),
    }.get(name, words(name))


def category_name(category: str) -> str:
    """What a kind of moment is called."""
    return {
        "objection": translate("Review", "Objection"),
        "cta_commit": translate("Review", "Commitment to a next step"),
        "topic_shift": translate("Review", "Topic change"),
        "commitment_drop": translate("Review", "Commitment drop"),
        "fear_spike": translate("Review", "Fear spike"),
        "low_confidence_answer": translate("Review", "Low-confidence answer"),
        "emotional_peak": translate("Review", "Emotional peak"),
        "engagement_drop": translate("Review", "Engagement drop"),
        "interruption_burst": translate("Review", "Interruptions"),
    }.get(category, words(category))


def basis_name(basis: str) -> str:
    """Which channel of evidence."""
    return {
        "text": translate("Review", "text"),
        "voice": translate("Review", "voice"),
        "timing": translate("Review", "timing"),
        "face": translate("Review", "face"),
    }.get(basis, basis)


def contribution_name(name: str) -> str:
    """What a score rests on: a measure, a marker of the text, or another score."""
    named = {
        "alpha_ratio_db": translate("Review", "Alpha ratio (brightness)"),
        "hammarberg_db": translate("Review", "Hammarberg index (softness)"),
        "articulation_rate_sps": translate("Review", "Articulation rate"),
        "backchannel": translate("Review", "Acknowledgement"),
        "booster_rate": translate("Review", "Boosters"),
        "boosters": translate("Review", "Boosters"),
        "centroid_hz": translate("Review", "Spectral centroid"),
        "commit_strong": translate("Review", "Commitments"),
        "commit_weak": translate("Review", "Weak commitments"),
        "f0_p50_st": translate("Review", "Pitch, median"),
        "f0_p80_st": translate("Review", "Pitch, 80th percentile"),
        "f0_range_st": translate("Review", "Pitch range"),
        "f0_sd_st": translate("Review", "Pitch variation"),
        "f0_slope_abs_st": translate("Review", "Pitch slope"),
        "filler_rate": translate("Review", "Fillers"),
        "final_rise": translate("Review", "Final pitch rise"),
        "flux": translate("Review", "Spectral flux"),
        "gap_s": translate("Review", "Response time"),
        "hedge_rate": translate("Review", "Hedges"),
        "hedges": translate("Review", "Hedges"),
        "hnr_db": translate("Review", "Harmonics-to-noise ratio"),
        "intensifier_rate": translate("Review", "Intensifiers"),
        "loudness_range_db": translate("Review", "Loudness range"),
        "monotone": translate("Review", "Monotone"),
        "no_knowledge": translate("Review", "Not knowing"),
        "pause_mean_s": translate("Review", "Mean pause"),
        "pause_ratio": translate("Review", "Pause ratio"),
        "question": translate("Review", "Questions"),
        "self_repair": translate("Review", "Self-repairs"),
        "short_replies": translate("Review", "Short replies"),
        "slope_0_500_db_khz": translate("Review", "Spectral slope, 0–500 Hz"),
        "speech_rate_sps": translate("Review", "Speech rate"),
        "stays_on_subject": translate("Review", "Stays on topic"),
        "takes_up": translate("Review", "Repeats the other's words"),
        "text_arousal": translate("Review", "Words: arousal"),
        "text_dominance": translate("Review", "Words: dominance"),
        "text_valence": translate("Review", "Words: valence"),
        "words_in_turn": translate("Review", "Turn length"),
    }.get(name)
    if named is not None:
        return named
    emotion = emotion_name(name)
    return emotion.capitalize() if emotion != name else score_name(name)


def value_name(name: str) -> str:
    """What a value is called that a moment rests on."""
    return {
        "above own level (sd)": translate("Review", "Above own level (sd)"),
        "boundary": translate("Review", "Boundary"),
        "commit_date": translate("Review", "Dates of commitments"),
        "contrast": translate("Review", "Contrast"),
        "cta": translate("Review", "Calls to action"),
        "disagreement": translate("Review", "Disagreement"),
        "does not know": translate("Review", "Not knowing"),
        "earlier": translate("Review", "Earlier"),
        "fillers": translate("Review", "Fillers"),
        "from own level (sd)": translate("Review", "From own level (sd)"),
        "gap (s)": translate("Review", "Response time (s)"),
        "interruptions": translate("Review", "Interruptions"),
        "negative polarity": translate("Review", "Negative polarity"),
        "objection_authority": translate("Review", "Objection: who decides"),
        "objection_concern": translate("Review", "Objection: a concern"),
        "objection_need": translate("Review", "Objection: need"),
        "objection_price": translate("Review", "Objection: price"),
        "objection_timing": translate("Review", "Objection: timing"),
        "objection_trust": translate("Review", "Objection: trust"),
        "own level": translate("Review", "Own level"),
        "slow start (s)": translate("Review", "Slow start (s)"),
    }.get(name, contribution_name(name))


def step_name(kind: str) -> str:
    """What a kind of operation did, as it is named after Undo and Redo."""
    return {
        "rename_speaker": translate("Review", "rename speaker"),
        "merge_speakers": translate("Review", "merge speakers"),
        "reassign_utterances": translate("Review", "assign to speaker"),
        "edit_text": translate("Review", "correct text"),
        "divide_utterance": translate("Review", "divide turn"),
        "add_marker": translate("Review", "add marker"),
        "edit_marker": translate("Review", "edit marker"),
        "remove_marker": translate("Review", "remove marker"),
        "add_tier": translate("Review", "add tier"),
        "assign_tier": translate("Review", "assign tier"),
        "remove_tier": translate("Review", "remove tier"),
        "add_annotation": translate("Review", "add annotation"),
        "edit_annotation": translate("Review", "edit annotation"),
        "remove_annotation": translate("Review", "remove annotation"),
        "judge": translate("Review", "rate a score"),
        "set_details": translate("Review", "change details"),
        "show_run": translate("Review", "analyse again"),
    }.get(kind, "")


def words(name: str) -> str:
    """A name of the vocabulary as words."""
    return name.replace("_", " ").capitalize()


def valence_sign(utterance: Utterance) -> str:
    """Plus, minus or a dot for a valence near nought; empty without evidence."""
    valence = utterance.emotion.valence
    if valence is None:
        return ""
    return "+" if valence > 0.1 else "−" if valence < -0.1 else "·"
