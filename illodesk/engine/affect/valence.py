"""How pleasant an utterance is: word lists, emotion probabilities, and their combination (science.md 3.2)."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import yaml

from illodesk import resource_path

CLASS_VALENCE: dict[str, float] = {
    "anger": -0.8,
    "disgust": -0.8,
    "fear": -0.7,
    "joy": 1.0,
    "neutral": 0.0,
    "sadness": -0.9,
    "surprise": 0.0,
}
"""Valence of each class in the text formula of science.md 3.2."""

POLAR = 0.20
"""Valence from which something counts as positive or negative."""
WORDS_SHARE = 0.1
"""Share of the word list; the classes have the rest. The best of .1 to .5 on held-out GoEmotions comments, with the
classes of comments."""
CLASS_GAIN = 1.5
"""Gain of the class term (science.md 3.2). On held-out comments 1.1 names polarity a little better, but talk says less
about feeling than comments do, so the higher gain stays."""

NEGATION = -0.74
"""VADER's factor for a negated word of feeling."""
NEGATION_WINDOW = 3
"""Words before a word of feeling in which a negator turns it around; the same number after it."""
NORMALISER = 15.0
"""VADER's alpha: the sum s of word scores becomes ``s / sqrt(s^2 + alpha)``."""

_ENDINGS = ("", "e", "en", "er", "es", "em", "n", "s", "t", "st", "te", "ten", "ere", "erer", "eren", "ste", "sten")
_GERMAN_WORD = re.compile(r"[a-zäöüß]+|[.,;:?!]")


def text_valence(compound: float, emotion: dict[str, float]) -> float:
    """Combine a word-list score and seven probabilities of talk: ``s compound + (1 - s) tanh(g sum p_c v_c)``; -1..1.

    The form is that of science.md 3.2, where both halves count alike; the classes of this head know more than the
    word list does.
    """
    felt = sum(emotion[name] * value for name, value in CLASS_VALENCE.items())
    return float(WORDS_SHARE * compound + (1.0 - WORDS_SHARE) * np.tanh(CLASS_GAIN * felt))


class EnglishWords:
    """VADER (MIT): a lexicon and rules for English, loaded at the first use."""

    def compound(self, text: str) -> float:
        """Score a text as it was written; -1..1."""
        return float(self._analyser.polarity_scores(text)["compound"])

    @cached_property
    def _analyser(self) -> Any:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

        return SentimentIntensityAnalyzer()


class GermanWords:
    """A German lexicon of our own with negation, boosters and "aber", scored on VADER's scale."""

    def __init__(self) -> None:
        table = yaml.safe_load(resource_path("lexicon/de_valence.yaml").read_text("utf-8"))
        self._scores = {word: float(score) for score, words in table["words"].items() for word in words}
        self._boosts = {word: float(boost) for boost, words in table["boosters"].items() for word in words}
        self._negators = frozenset(table["negators"])
        self._turns = frozenset(table["turns"])

    def compound(self, text: str) -> float | None:
        """Score a text; -1..1, or None where no word of the lexicon occurs."""
        clauses: list[list[str]] = [[]]
        for token in _GERMAN_WORD.findall(text.lower()):
            if token.isalpha():
                clauses[-1].append(token)
            else:
                clauses.append([])
        words = [word for clause in clauses for word in clause]
        turn = max((i for i, word in enumerate(words) if word in self._turns), default=None)
        total, found, position = 0.0, False, 0
        for clause in clauses:
            for i, score in self._clause(clause).items():
                found = True
                total += score if turn is None else score * (1.5 if position + i > turn else 0.5)
            position += len(clause)
        return float(total / np.sqrt(total * total + NORMALISER)) if found else None

    def _clause(self, words: list[str]) -> dict[int, float]:
        """Score each word of feeling by its position; a word that only boosts the next one does not count itself."""
        felt = {i: score for i, word in enumerate(words) if (score := self._stem_score(word)) is not None}
        for i, j in pairwise(sorted(felt)):
            if j == i + 1 and words[i] in self._boosts:
                del felt[i]
        for i, score in felt.items():
            boost = self._boosts.get(words[i - 1], 0.0) if i else 0.0
            felt[i] = score + np.sign(score) * boost
        for at in (i for i, word in enumerate(words) if word in self._negators):
            target = self._negated(at, sorted(felt))
            if target is not None:
                felt[target] *= NEGATION
        return felt

    def _negated(self, at: int, felt: list[int]) -> int | None:
        """Find the word that a negator turns: the next one in reach, else the last one before ("gefällt mir nicht")."""
        after = [i for i in felt if at < i <= at + NEGATION_WINDOW]
        before = [i for i in felt if at - NEGATION_WINDOW <= i < at]
        return after[0] if after else before[-1] if before else None

    def _stem_score(self, word: str) -> float | None:
        if word in self._negators or word in self._turns:
            return None
        for ending in _ENDINGS:
            stem = word[: len(word) - len(ending)]
            if word.endswith(ending) and len(stem) >= min(len(word), 4) and stem in self._scores:
                return self._scores[stem]
        return None


def polarity_label(valence: float, threshold: float) -> Literal["negative", "neutral", "positive"]:
    """Name a valence: outside ``+-threshold`` positive or negative, else neutral."""
    return "positive" if valence >= threshold else "negative" if valence <= -threshold else "neutral"
