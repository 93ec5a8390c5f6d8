"""Which utterances of two transcripts belong beside each other, and which of their words differ. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from illodesk.schema import Utterance

Spans = list[tuple[int, int]]
"""Stretches of characters, the end exclusive."""

SHARED = 0.5
"""Utterances of the same recording belong together from this share of the shorter one on."""

ALIKE = 0.4
"""Below this share of common words two texts are not versions of each other."""


@dataclass(frozen=True)
class Pair:
    """What stands in one row: utterances of the left and of the right; one side may be empty."""

    left: tuple[Utterance, ...]
    right: tuple[Utterance, ...]
    other_speakers: bool = False
    """Somebody else is said to have spoken."""

    @property
    def same_words(self) -> bool:
        """Whether the same words were recognised on both sides."""
        return plain(text_of(self.left)) == plain(text_of(self.right))

    @property
    def same(self) -> bool:
        """Whether the same people said the same words."""
        return self.same_words and not self.other_speakers


def text_of(side: Sequence[Utterance]) -> str:
    """What one side of a row says."""
    return " ".join(utterance.text for utterance in side)


def plain(text: str) -> list[str]:
    """Words without case and marks, so that only other words count as a difference."""
    return [word for word in ("".join(c for c in part if c.isalnum()) for part in text.casefold().split()) if word]


def by_time(left: Sequence[Utterance], right: Sequence[Utterance]) -> list[Pair]:
    """Rows of two transcripts of one recording: what overlaps in time stands together."""
    group_of: dict[tuple[int, int], list[tuple[int, int]]] = {}
    sides = (left, right)
    first = 0
    for i, one in enumerate(left):
        while first < len(right) and right[first].t_end <= one.t_start - 60:
            first += 1
        for j in range(first, len(right)):
            other = right[j]
            if other.t_start >= one.t_end:
                break
            if overlap(one, other) >= SHARED * min(one.duration_s, other.duration_s):
                join(group_of, (0, i), (1, j))
    groups: dict[int, list[tuple[int, int]]] = {id(group): group for group in group_of.values()}
    alone = [[(side, i)] for side in (0, 1) for i in range(len(sides[side])) if (side, i) not in group_of]
    pairs = [
        Pair(
            tuple(left[i] for side, i in sorted(members) if side == 0),
            tuple(right[i] for side, i in sorted(members) if side == 1),
        )
        for members in [*groups.values(), *alone]
    ]
    return sorted(pairs, key=lambda pair: min(utterance.t_start for utterance in (*pair.left, *pair.right)))


def overlap(one: Utterance, other: Utterance) -> float:
    """How long both go on, s."""
    return max(0.0, min(one.t_end, other.t_end) - max(one.t_start, other.t_start))


def join(group_of: dict[tuple[int, int], list[tuple[int, int]]], one: tuple[int, int], other: tuple[int, int]) -> None:
    """Put two utterances, and all that belong to them already, into one group."""
    first, second = group_of.get(one, [one]), group_of.get(other, [other])
    if first is second:
        return
    merged = first + second
    for member in merged:
        group_of[member] = merged


def by_words(left: Sequence[Utterance], right: Sequence[Utterance]) -> list[Pair]:
    """Rows of two conversations: what was said in the same words stands together, the rest between in order."""
    mine, theirs = ([" ".join(plain(u.text)) for u in side] for side in (left, right))
    pairs: list[Pair] = []
    # In long ones, lines that come again and again (“yes”) bind nothing together and would cost minutes.
    matcher = SequenceMatcher(None, mine, theirs, autojunk=True)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        for step in range(max(i2 - i1, j2 - j1)):
            i, j = i1 + step, j1 + step
            pairs.append(Pair(tuple(left[i : i + 1]) if i < i2 else (), tuple(right[j : j + 1]) if j < j2 else ()))
    return pairs


def differences(left: str, right: str) -> tuple[Spans, Spans]:
    """Where the words of one text are not those of the other; nowhere when they have little in common at all."""
    first, second = word_spans(left), word_spans(right)
    before = ["".join(plain(left[start:end])) for start, end in first]
    after = ["".join(plain(right[start:end])) for start, end in second]
    mine: Spans = []
    theirs: Spans = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return mine, theirs
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            mine += first[i1:i2]
            theirs += second[j1:j2]
    return mine, theirs


def word_spans(text: str) -> Spans:
    """Where each word of a text stands."""
    spans: Spans = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        spans.append((at, at + len(word)))
        at += len(word)
    return spans
