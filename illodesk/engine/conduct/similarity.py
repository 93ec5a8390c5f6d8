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


def word_overlap(language: str = "en") -> Similarity:
    """Cosine of content-word counts; long words are compared by their first five letters, a crude stem."""
    table = table_of(language)
    stop_words = table.stop_words if table is not None else frozenset[str]()

    def counts(text: str) -> Counter[str]:
        return Counter(word[:MIN_STEM] for word in content_words(words_of(text), stop_words))

    def similarity(first: str, second: str) -> float:
        a, b = counts(first), counts(second)
        if not a or not b:
            return 0.0
        dot = sum(n * b[word] for word, n in a.items())
        return dot / math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))

    return similarity
