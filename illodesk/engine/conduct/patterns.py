"""The small phrase language of the marker tables, and its translation to regular expressions.

A phrase is a row of words in lower case. ``(a|b c)`` are alternatives, ``[a|b]`` may be absent, ``<name>`` stands for
a list of the table, ``_`` for any one word and ``*`` for up to three words. Groups may be nested. The syntax of the
tables is described at the head of ``resources/markers/en.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GLUE = r"[\s,\-–]*"
"""What may stand between two words of one phrase."""

WORD = r"\w+(?:['’]\w+)*"
"""One word, with its apostrophes."""

_SYMBOLS = re.compile(r"\(|\)|\[|\]|\||<\w+>|[\w']+|\*")
_ANY = "_"
_GAP = "*"


class PhraseError(ValueError):
    """A phrase of a marker table cannot be read."""


@dataclass(frozen=True)
class Fragment:
    """Part of a phrase as a regular expression, with the words it can begin with (empty when it can be absent)."""

    regex: str
    starts: frozenset[str]
    optional: bool = False


def word_regex(word: str) -> str:
    """Regular expression of one literal word and the glue after it."""
    return re.escape(word) + rf"(?!['’]?\w){GLUE}"


def parse_phrase(phrase: str, lists: Mapping[str, str]) -> Fragment:
    """Translate one phrase; ``lists`` maps list names to comma-separated phrases. Raises :class:`PhraseError`."""
    symbols = _SYMBOLS.findall(phrase)
    if "".join(symbols) != "".join(phrase.split()):
        raise PhraseError(f"unreadable phrase: {phrase!r}")
    fragment, rest = _alternatives(symbols, 0, lists)
    if rest != len(symbols):
        raise PhraseError(f"unbalanced phrase: {phrase!r}")
    if fragment.optional or _ANY in fragment.starts:
        raise PhraseError(f"a phrase must begin with a word of its own: {phrase!r}")
    return fragment


def split_phrases(block: str) -> list[str]:
    """The comma-separated phrases of a block of the table."""
    return [" ".join(part.split()) for part in block.split(",") if part.strip()]


def _alternatives(symbols: list[str], at: int, lists: Mapping[str, str]) -> tuple[Fragment, int]:
    options: list[Fragment] = []
    while True:
        fragment, at = _sequence(symbols, at, lists)
        options.append(fragment)
        if at < len(symbols) and symbols[at] == "|":
            at += 1
            continue
        return _either(options), at


def _either(options: Iterable[Fragment]) -> Fragment:
    options = list(options)
    if len(options) == 1:
        return options[0]
    longest_first = sorted((option.regex for option in options), key=len, reverse=True)
    starts = frozenset().union(*(option.starts for option in options))
    return Fragment(f"(?:{'|'.join(longest_first)})", starts, any(option.optional for option in options))


def _sequence(symbols: list[str], at: int, lists: Mapping[str, str]) -> tuple[Fragment, int]:
    regex: list[str] = []
    starts: set[str] = set()
    open_start = True
    while at < len(symbols) and symbols[at] not in ("|", ")", "]"):
        fragment, at = _element(symbols, at, lists)
        regex.append(fragment.regex)
        if open_start:
            starts |= fragment.starts
            open_start = fragment.optional
    return Fragment("".join(regex), frozenset(starts), open_start), at


def _element(symbols: list[str], at: int, lists: Mapping[str, str]) -> tuple[Fragment, int]:
    symbol = symbols[at]
    if symbol in ("(", "["):
        inner, at = _alternatives(symbols, at + 1, lists)
        close = ")" if symbol == "(" else "]"
        if at >= len(symbols) or symbols[at] != close:
            raise PhraseError(f"missing {close!r} in {' '.join(symbols)!r}")
        if symbol == "[":
            inner = Fragment(f"(?:{inner.regex})?", inner.starts, optional=True)
        return inner, at + 1
    if symbol.startswith("<"):
        name = symbol[1:-1]
        if name not in lists:
            raise PhraseError(f"no list called {name!r}")
        return _either([parse_phrase(part, lists) for part in split_phrases(lists[name])]), at + 1
    if symbol == _GAP:
        return Fragment(f"(?:{WORD}{GLUE}){{0,3}}?", frozenset({_ANY}), optional=True), at + 1
    if symbol == _ANY:
        return Fragment(f"{WORD}{GLUE}", frozenset({_ANY})), at + 1
    return Fragment(word_regex(symbol), frozenset({symbol})), at + 1
