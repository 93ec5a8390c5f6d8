"""What the conversation quality index says in words."""

from __future__ import annotations

from illodesk.engine.story.phrasing import listed
from illodesk.schema import ConversationQuality, QualityDimensions

NO_EVIDENCE = 50.0
GOOD, POOR = 65.0, 40.0
ADVICE = {
    "clarity": "Check that both sides understood the same",
    "authority": "State firmly what is certain",
    "energy": "Bring in more exchange where it gets monotonous",
    "rapport": "Acknowledge the other side before answering",
    "learning": "Ask more follow-up questions",
}


def quality_sentence(quality: ConversationQuality | None) -> str:
    """One sentence on the index, its best and its weakest dimension; says so where there was no evidence."""
    spread = _dimensions(quality)
    if quality is None or not spread:
        return "Not enough evidence to rate the conversation."
    names = sorted(spread, key=lambda name: -spread[name])
    best, weakest = names[0], names[-1]
    sentence = f"Quality index {quality.quality_index:.0f} of 100 ({quality.band})"
    if len(names) == 1:
        return f"{sentence}, from {best} ({spread[best]:.0f}) alone."
    return f"{sentence}; strongest in {best} ({spread[best]:.0f}), weakest in {weakest} ({spread[weakest]:.0f})."


def quality_findings(quality: ConversationQuality | None) -> tuple[list[str], list[str], list[str]]:
    """What went well, what went wrong and what to do, from the dimensions that leave the middle."""
    spread = _dimensions(quality)
    good = [f"{name} ({value:.0f})" for name, value in spread.items() if value >= GOOD]
    poor = [name for name, value in spread.items() if value <= POOR]
    return (
        [f"Quality of the conversation: good {listed(good)}."] if good else [],
        [f"Low {name}: {spread[name]:.0f} of 100." for name in poor],
        [f"{ADVICE[name]}: {name} was at {spread[name]:.0f} of 100." for name in poor],
    )


def _dimensions(quality: ConversationQuality | None) -> dict[str, float]:
    """The dimensions that have evidence; exactly 50 means none."""
    if quality is None:
        return {}
    values = {name: float(getattr(quality.dimensions, name)) for name in QualityDimensions.model_fields}
    return {name: value for name, value in values.items() if abs(value - NO_EVIDENCE) >= 0.05}
