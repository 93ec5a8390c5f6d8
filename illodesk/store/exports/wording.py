"""How texts, times and values stand in every document."""

from __future__ import annotations

import re

from illodesk.schema import AnalysisResult, Score, Utterance, label_order
from illodesk.store.clean import one_line

NOTHING = "—"
"""Stands where there is not enough evidence."""

# What neither XML nor HTML may hold, beside the control characters that one_line replaces.
_FORBIDDEN = re.compile(
    "[\x80-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + "]"
)


_LABEL = re.compile(r"\bSpeaker_(\d+)\b")


def speakers_of(result: AnalysisResult) -> list[str]:
    """Labels of everybody in a result, in the order of their colours: the same as in the window."""
    labels = {u.speaker for u in result.timeline} | {profile.speaker for profile in result.speakers}
    return sorted(labels, key=label_order)


def shown_name(result: AnalysisResult, label: str) -> str:
    """The name of a speaker for readers: the one that people gave, else ``Speaker 0``."""
    return plain(result.speaker_names.get(label, "")) or told(label)


def told(text: str) -> str:
    """A sentence of the engine with the words that readers know in place of labels; on one line, and clean."""
    return plain(_LABEL.sub(r"Speaker \1", text))


def plain(text: str) -> str:
    """``text`` on one line, without characters that a document cannot hold; those become U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", one_line(text))


def stamp(seconds: float) -> str:
    """A time as mm:ss, or h:mm:ss from one hour on."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def number(value: float | None, signed: bool = False) -> str:
    """A score with two decimals; a dash without evidence."""
    if value is None:
        return NOTHING
    return f"{value:+.2f}" if signed else f"{value:.2f}"


def size(count: int) -> str:
    """A number of bytes for readers."""
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{max(1, round(count / 1e3))} kB"


def score_of(utterance: Utterance, name: str) -> Score:
    """A score of an utterance with its confidence: the whole one, or what the utterance says in short."""
    if name in utterance.evidence:
        return utterance.evidence[name]
    if name == "engagement":
        return Score(value=utterance.cognitive.engagement, confidence=utterance.cognitive.confidence)
    return Score(value=getattr(utterance.emotion, name), confidence=utterance.emotion.confidence)
