"""Which sentences stand for the rest: LexRank (Erkan and Radev 2004) and maximal marginal relevance."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from illodesk.engine.conduct.situation import UNDERSTOOD_FROM
from illodesk.engine.story.words import content_words
from illodesk.schema import Utterance

FloatArray = NDArray[np.float64]

LEAST_WORDS = 5
MOST_SENTENCES = 1_200
"""Sentences compared with each other; beyond it only those with the weightiest words are (1,200 squared is 12 MB)."""

DAMPING = 0.15
ROUNDS = 30
RELEVANCE = 0.7
TELLING = re.compile(
    r"\d|\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august"
    r"|september|october|november|december|tomorrow|percent|hundred|thousand|million)\b",
    re.IGNORECASE,
)


def central_sentences(
    utterances: Sequence[Utterance], most: int, bonus: Mapping[str, float] | None = None
) -> list[Utterance]:
    """At most ``most`` utterances that cover what was said without repeating each other, in order of time.

    Utterances of fewer than five content words do not qualify, unless there are no others, and none that was hardly
    understood does. ``bonus`` adds to the rank of an utterance id, on a scale where the most central sentence has 1.
    """
    words = [content_words(u.text) if u.asr_confidence >= UNDERSTOOD_FROM else [] for u in utterances]
    for least in (LEAST_WORDS, 2):
        usable = [i for i, found in enumerate(words) if len(found) >= least]
        if usable:
            break
    else:
        return []
    vectors = _vectors([words[i] for i in usable])
    if len(usable) > MOST_SENTENCES:
        weight = np.asarray(vectors.sum(axis=1)).ravel()
        keep = np.sort(np.argsort(-weight, kind="stable")[:MOST_SENTENCES])
        usable, vectors = [usable[i] for i in keep], vectors[keep]
    norms = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel())
    unit = sparse.diags(1.0 / norms) @ vectors
    similarity = np.asarray((unit @ unit.T).todense(), np.float64)
    rank = lexrank(similarity)
    rank /= rank.max()
    for place, i in enumerate(usable):
        rank[place] += (bonus or {}).get(utterances[i].utterance_id, 0.0)
        rank[place] += 0.1 if TELLING.search(utterances[i].text) else 0.0
    chosen = diverse(rank, similarity, most)
    return [utterances[usable[place]] for place in sorted(chosen)]


def lexrank(similarity: FloatArray) -> FloatArray:
    """Centrality float64[n] of float64[n, n] similarities: ``p = d/N + (1 - d) M^T p``."""
    n = len(similarity)
    links = similarity.copy()
    np.fill_diagonal(links, 0.0)
    sums = links.sum(axis=1, keepdims=True)
    transition = np.where(sums > 0, links / np.where(sums > 0, sums, 1.0), 1.0 / n)
    p = np.full(n, 1.0 / n)
    for _ in range(ROUNDS):
        p = DAMPING / n + (1 - DAMPING) * (transition.T @ p)
    return p


def diverse(rank: FloatArray, similarity: FloatArray, most: int) -> list[int]:
    """Greedy maximal marginal relevance: ``.7 rank - .3 * likeness to what is chosen already``."""
    chosen: list[int] = []
    likeness = np.zeros(len(rank))
    open_to = np.ones(len(rank), bool)
    while len(chosen) < min(most, len(rank)):
        value = np.where(open_to, RELEVANCE * rank - (1 - RELEVANCE) * likeness, -np.inf)
        best = int(np.argmax(value))
        chosen.append(best)
        open_to[best] = False
        likeness = np.maximum(likeness, similarity[best])
    return chosen


def _vectors(sentences: Sequence[Sequence[str]]) -> sparse.csr_matrix:
    """tf * idf rows; a matrix of shape (sentences, words)."""
    frequency: Counter[str] = Counter(word for words in sentences for word in set(words))
    index = {word: i for i, word in enumerate(sorted(frequency))}
    rows, columns, values = [], [], []
    for row, words in enumerate(sentences):
        for word, count in sorted(Counter(words).items()):
            rows.append(row)
            columns.append(index[word])
            values.append(count * math.log1p(len(sentences) / frequency[word]))
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(sentences), len(index)), dtype=np.float64)
