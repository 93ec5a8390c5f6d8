"""Self-repair by rule: words said again at once ('the the', 'we uh we') and words broken off ('th- ')."""

from __future__ import annotations

from collections.abc import Sequence

from illodesk.engine.conduct.tables import MarkerTable
from illodesk.engine.conduct.tokens import Tokens
from illodesk.schema import Word

MAX_RESTART = 3
"""Longest repeated row of words that counts as a restart."""

MAX_PAUSE_S = 1.5
"""A repetition after a longer pause is emphasis or a new start, not a repair."""


def repair_spans(tokens: Tokens, table: MarkerTable, timed: Sequence[Word] = ()) -> list[tuple[int, int]]:
    """First and last word index of every repair (both copies), in order. ``timed`` gives pauses when it fits."""
    fluent = [i for i, word in enumerate(tokens.words) if word not in table.fillers]
    words = [tokens.words[i] for i in fluent]
    times = timed if len(timed) == len(tokens) else ()
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        length = _restart_length(words, at, table)
        if length and _same_breath(times, fluent[at + length - 1], fluent[at + length]):
            spans.append((fluent[at], fluent[at + 2 * length - 1]))
            at += length
        elif _broken_off(tokens, fluent[at]):
            spans.append((fluent[at], fluent[at]))
            at += 1
        else:
            at += 1
    return spans


def _restart_length(words: list[str], at: int, table: MarkerTable) -> int:
    for length in range(MAX_RESTART, 0, -1):
        first = words[at : at + length]
        if len(first) == length and first == words[at + length : at + 2 * length]:
            emphasis = all(word in table.not_repairs or word[0].isdigit() for word in first)
            return 0 if emphasis else length
    return 0


def _same_breath(timed: Sequence[Word], before: int, after: int) -> bool:
    return not timed or timed[after].t_start - timed[before].t_end <= MAX_PAUSE_S


def _broken_off(tokens: Tokens, index: int) -> bool:
    """Whether a word ends in a hyphen and a space, as transcribers write a word that was cut off."""
    end = tokens.ends[index]
    return tokens.text[end : end + 1] == "-" and not tokens.text[end + 1 : end + 2].isalnum()
