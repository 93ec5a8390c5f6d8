"""How times, quotes and lists are written in the story."""

from __future__ import annotations

from collections.abc import Sequence

from illodesk.schema import Utterance

QUOTE_CHARACTERS = 140


def clock(seconds: float) -> str:
    """``[mm:ss]``, or ``[h:mm:ss]`` from one hour on."""
    whole = int(max(0.0, seconds))
    minutes, rest = divmod(whole, 60)
    hours, short = divmod(minutes, 60)
    return f"[{hours}:{short:02d}:{rest:02d}]" if hours else f"[{minutes:02d}:{rest:02d}]"


def quote(text: str, limit: int = QUOTE_CHARACTERS) -> str:
    """The beginning of a text up to the last whole word within ``limit`` characters; an ellipsis where it was cut."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def said(utterance: Utterance, limit: int = QUOTE_CHARACTERS) -> str:
    """Time, speaker and words: ``[01:12] Speaker_1: “…”``."""
    return f"{clock(utterance.t_start)} {utterance.speaker}: “{quote(utterance.text, limit)}”"


def plural(count: int, noun: str, nouns: str = "") -> str:
    """``1 moment``, ``2 moments``; ``nouns`` where it is not the noun with an s."""
    return f"{count} {noun}" if count == 1 else f"{count} {nouns or noun + 's'}"


def listed(items: Sequence[str]) -> str:
    """``a, b and c``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
