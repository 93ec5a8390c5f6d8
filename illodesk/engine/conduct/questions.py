"""Questions by rule: question marks, question words, inverted auxiliaries and tags.

A recogniser gives no question marks, so the order of words has to do. One hit per sentence; in unpunctuated text one
per place where a question can begin.
"""

from __future__ import annotations

from illodesk.engine.conduct.tables import MarkerTable
from illodesk.engine.conduct.tokens import Tokens


def question_spans(tokens: Tokens, table: MarkerTable) -> list[tuple[int, int]]:
    """First and last word index of every question, in order."""
    spans: list[tuple[int, int]] = []
    for first, last in _sentences(tokens):
        start = _start_of_question(tokens, first, last, table)
        if tokens.sentence[first] in tokens.questions:
            spans.append((first if start is None else start, last))
        elif start is not None:
            spans.append((start, last))
        else:
            tag = _bare_tag(tokens, first, last, table)
            if tag is not None:
                spans.append((tag, last))
    return spans


def _sentences(tokens: Tokens) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    for i, number in enumerate(tokens.sentence):
        if bounds and tokens.sentence[bounds[-1][0]] == number:
            bounds[-1] = (bounds[-1][0], i)
        else:
            bounds.append((i, i))
    return bounds


def _start_of_question(tokens: Tokens, first: int, last: int, table: MarkerTable) -> int | None:
    rules = table.question
    words = tokens.words
    at_start = True
    for at in range(first, last + 1):
        word = words[at]
        after = words[at + 1] if at < last else ""
        then = words[at + 2] if at + 1 < last else ""
        echo = at > first and at + 1 == last  # "so do i" agrees, it does not ask
        inverted = word in rules.aux and after in rules.subjects and not echo
        if at_start and (inverted or (word in rules.wh and _asks(word, after, then, table))):
            return at
        if not at_start:
            if word in rules.wh and after in rules.aux and then in rules.anywhere_subjects:
                return at
            led_in = words[at - 1] in rules.not_after or words[at - 1] in rules.aux
            if word in rules.aux and after in rules.anywhere_subjects and not led_in:
                return at
        at_start = at_start and word in table.openers
    return None


def _asks(word: str, after: str, then: str, table: MarkerTable) -> bool:
    """Whether a question word at the start asks: 'what do you', 'how much', 'what's it', but not 'when i came'."""
    rules = table.question
    if after in rules.wh_next or not after:
        return bool(after) or word in rules.wh
    return "'" in word or then in rules.aux


def _bare_tag(tokens: Tokens, first: int, last: int, table: MarkerTable) -> int | None:
    """Start of a closing tag that asks even without a question mark ('isn't it')."""
    for tag in table.question.bare_tags:
        start = last - len(tag) + 1
        if start > first and tokens.words[start : last + 1] == tag:
            return start
    return None
