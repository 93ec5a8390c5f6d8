"""How much two texts are about the same thing: content words in common, where no sentence model is at hand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

from illodesk.engine.conduct.tables import table_of
from illodesk.engine.conduct.tokens import content_words, words_of

Similarity = Callable[[str, str], float]
"""Similarity of two texts, 0..1 (cosines may be a little below 0)."""

MIN_STEM = 5


class WordOverlap:
    """Cosine of content-word counts; long words are compared by their first five letters, a crude stem."""

    def __init__(self, language: str = "en") -> None:
        table = table_of(language)
        self._stop_words = table.stop_words if table is not None else frozenset[str]()

    def __call__(self, first: str, second: str) -> float:
        """0..1; 0 where either text has no content words."""
        a, b = self._counts(first), self._counts(second)
        if not a or not b:
            return 0.0
        dot = sum(n * b[word] for word, n in a.items())
        return dot / math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))

    def _counts(self, text: str) -> Counter[str]:
        return Counter(word[:MIN_STEM] for word in content_words(words_of(text), self._stop_words))
