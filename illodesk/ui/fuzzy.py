"""Finds names by a few of their letters."""

from __future__ import annotations

import re
import unicodedata

START_OF_WORD = 8.0
NEIGHBOUR = 5.0
LETTER = 1.0
GAP = 0.2


def plain(text: str) -> str:
    """Lower case without accents, one character for each as far as that goes."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def score(query: str, text: str) -> float | None:
    """How well a query fits a text; None when its letters are not all there in order. Higher is better.

    Every word of the query is looked for by itself, so that "theme dark" finds "Dark theme".
    """
    wanted, there = plain(query).split(), plain(text)
    total = 0.0
    for word in wanted:
        found = _word(word, there)
        if found is None:
            return None
        total += found
    return total - GAP * len(there) / 10


def _word(word: str, text: str) -> float | None:
    starts = {match.start() for match in re.finditer(r"\w+", text)}
    best: float | None = None
    for first in (i for i, letter in enumerate(text) if letter == word[0]):
        value = _from(word, text, first, starts)
        if value is not None and (best is None or value > best):
            best = value
    return best


def _from(word: str, text: str, at: int, starts: set[int]) -> float | None:
    """Value of the match that begins at a place and takes every next letter as soon as it comes."""
    value, last = 0.0, -2
    for letter in word:
        at = text.find(letter, at)
        if at < 0:
            return None
        value += LETTER + (START_OF_WORD if at in starts else 0) + (NEIGHBOUR if at == last + 1 else 0)
        value -= GAP * (at - last - 1) if last >= 0 else 0
        last, at = at, at + 1
    return value
