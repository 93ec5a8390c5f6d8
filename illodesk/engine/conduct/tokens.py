"""Words of a text with their places, in a form in which recogniser output and written text look the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from illodesk.engine.conduct.patterns import WORD

_WORD = re.compile(WORD)
_STOPS = re.compile(r"[.!?;…]")


@dataclass(frozen=True)
class Tokens:
    """The words of one text: character offsets ``starts`` and ``ends``, and the number of each word's ``sentence``."""

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentence: tuple[int, ...]
    questions: frozenset[int]
    """Numbers of the sentences that end in a question mark."""

    def __len__(self) -> int:
        return len(self.words)

    def without(self, fillers: frozenset[str]) -> Tokens:
        """The same text with these words blanked out, so that "i um think" reads "i think" at its old places."""
        kept = [i for i, word in enumerate(self.words) if word not in fillers]
        if len(kept) == len(self.words):
            return self
        text = list(self.text)
        for i, word in enumerate(self.words):
            if word in fillers:
                text[self.starts[i] : self.ends[i]] = "," * len(word)
        return Tokens(
            "".join(text),
            tuple(self.words[i] for i in kept),
            tuple(self.starts[i] for i in kept),
            tuple(self.ends[i] for i in kept),
            tuple(self.sentence[i] for i in kept),
            self.questions,
        )


def normalise(text: str) -> str:
    """Lower case with plain apostrophes, every character at its old place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.replace("’", "'").replace("‘", "'")


def tokenise(text: str) -> Tokens:
    """Split a text into words and sentences. A full stop inside a number or an abbreviation does not end one."""
    plain = normalise(text)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentence: list[int] = []
    questions: set[int] = set()
    number = 0
    last_end = 0
    for match in _WORD.finditer(plain):
        between = plain[last_end : match.start()]
        if words and _STOPS.search(between) and not (between == "." and (len(words[-1]) == 1 or words[-1].isdigit())):
            if "?" in between:
                questions.add(number)
            number += 1
        words.append(match.group())
        starts.append(match.start())
        ends.append(match.end())
        sentence.append(number)
        last_end = match.end()
    if words and "?" in plain[last_end:]:
        questions.add(number)
    return Tokens(plain, tuple(words), tuple(starts), tuple(ends), tuple(sentence), frozenset(questions))


def words_of(text: str) -> list[str]:
    """The normalised words of a text alone, for counting."""
    return _WORD.findall(normalise(text))


def content_words(words: Sequence[str], stop_words: frozenset[str]) -> list[str]:
    """The words that carry content, in order."""
    return [word for word in words if word not in stop_words and len(word) > 1]
