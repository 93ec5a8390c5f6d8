"""Rationales rendered from contributions: every number in them comes from the record."""

from __future__ import annotations

from collections.abc import Mapping

from illodesk.schema import Basis, Contribution, Score

NAMES = {
    "cognitive_load": ("higher load", "lower load"),
    "engagement": ("engagement", "little engagement"),
    "certainty": ("certainty", "uncertainty"),
    "commitment": ("commitment", "little commitment"),
    "passion": ("strong feeling", "calm"),
}
TELLING = 0.12
"""Distance from 0.5 from which a score is worth a sentence."""

MIN_WEIGHT = 0.15


def rationale(scores: Mapping[str, Score], at_most: int = 2) -> str:
    """One sentence for each of the scores that stand out most; says so when none does or when there is no evidence."""
    known = {name: score for name, score in scores.items() if score.value is not None}
    if not known:
        return "Not enough evidence."
    telling = sorted(
        (name for name in NAMES if name in known and abs(_value(known[name]) - 0.5) >= TELLING),
        key=lambda name: (-abs(_value(known[name]) - 0.5), name),
    )
    sentences = [sentence for name in telling if (sentence := _sentence(name, known[name]))][:at_most]
    return " ".join(sentences) if sentences else "Nothing stands out against the usual."


def acoustic_reasoning(scores: Mapping[str, Score]) -> str:
    """What the voice and the timing contributed, over all scores; empty where neither was used."""
    best: dict[str, Contribution] = {}
    for score in scores.values():
        for part in score.contributions:
            measured = part.name != "cognitive_load"
            heard = measured and part.basis in (Basis.VOICE, Basis.TIMING) and abs(part.weight) >= MIN_WEIGHT
            if heard and (part.name not in best or abs(part.weight) > abs(best[part.name].weight)):
                best[part.name] = part
    top = sorted(best.values(), key=lambda part: (-abs(part.weight), part.name))[:3]
    if not top:
        return ""
    return f"Heard: {'; '.join(part.detail for part in top)}."


def _value(score: Score) -> float:
    return 0.5 if score.value is None else score.value


def _sentence(name: str, score: Score) -> str:
    high = _value(score) >= 0.5
    reasons = [p.detail for p in score.contributions if (p.weight > 0) == high and abs(p.weight) >= MIN_WEIGHT][:3]
    if not reasons:
        return ""
    listed = reasons[0] if len(reasons) == 1 else f"{', '.join(reasons[:-1])} and {reasons[-1]}"
    verb = "suggests" if len(reasons) == 1 else "suggest"
    return f"{listed[0].upper()}{listed[1:]} {verb} {NAMES[name][0 if high else 1]} ({_value(score):.2f})."
