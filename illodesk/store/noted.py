"""Finds conversations by what their titles and notes say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

from illodesk.store.records import Noted
from illodesk.store.search import match_expression

BEFORE, AFTER = 60, 120
"""Characters of notes that are shown around the first word that was found."""
_TERM = re.compile(r'"([^"]*)"(\*?)')


def find(described: Iterable[tuple[str, str, str, bool]], query: str, limit: int) -> list[Noted]:
    """Those of conversations whose title and notes hold every term between them, as they come.

    Each is an id, a title, notes, and whether it was analysed. Terms are those of :func:`match_expression`.
    """
    terms = patterns(match_expression(query))
    found: list[Noted] = []
    for conversation_id, title, notes, analysed in described if terms else ():
        both = fold(f"{title}\n{notes}")
        if not all(term.search(both) for term in terms):
            continue
        places = {"title": marks(terms, title), "notes": marks(terms, notes)}
        if not all(in_title or in_notes for in_title, in_notes in zip(*places.values(), strict=True)):
            continue
        wheres: tuple[tuple[Literal["title", "notes"], str], ...] = (("title", title), ("notes", notes))
        for where, text in wheres:
            highlights = sorted({mark for each in places[where] for mark in each})
            if highlights:
                snippet, highlights = cut(text, highlights)
                found.append(
                    Noted(
                        conversation_id=conversation_id,
                        title=title,
                        analysed=analysed,
                        where=where,
                        snippet=snippet,
                        highlights=highlights,
                    )
                )
        if len(found) >= limit:
            break
    return found[: max(limit, 0)]


def patterns(expression: str) -> list[re.Pattern[str]]:
    """What to look for in folded text, one for each term of an FTS5 expression."""
    found = []
    for term, beginning in _TERM.findall(expression):
        words = re.findall(r"[^\W_]+", fold(term))
        found.append(re.compile(r"(?<![^\W_])" + r"[\W_]+".join(words) + ("" if beginning else r"(?![^\W_])")))
    return found


def marks(terms: Sequence[re.Pattern[str]], text: str) -> list[list[tuple[int, int]]]:
    """Where each term is in a text."""
    folded = fold(text) if text else ""
    return [[found.span() for found in term.finditer(folded)] for term in terms]


def fold(text: str) -> str:
    """A text without case and diacritics, as long as it was."""
    if text.isascii():
        return text.lower()
    return "".join(map(folded, text))


@cache
def folded(character: str) -> str:
    """One character without case and diacritics."""
    return unicodedata.normalize("NFD", character.lower())[:1]


def cut(text: str, highlights: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """A piece of a text around its first highlight, on one line, and the highlights in it."""
    first, last = highlights[0]
    start, end = max(0, first - BEFORE), min(len(text), max(last, first + AFTER))
    before, after = "…" if start else "", "…" if end < len(text) else ""
    snippet = before + re.sub(r"\s", " ", text[start:end]) + after
    shift = len(before) - start
    return snippet, [(a + shift, b + shift) for a, b in highlights if b <= end]
