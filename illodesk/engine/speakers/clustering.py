"""Who spoke, decided over the whole recording: global clustering of the utterances' voices.

Two steps. Average-linkage clustering on cosine distance gathers what is surely one voice; then clusters, each the sum
of its embeddings weighted by seconds, are merged as long as two are closer than :func:`~.voices.same_voice_limit`
allows for the speech they hold. The second step decides the number of speakers: a fixed threshold does not carry over
from one recording to the next, because the distance between two samples of one voice depends on their length.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.optimize import linear_sum_assignment

from illodesk.engine.speakers.voices import STRANGER, same_voice_limit, trust, unit

SURE_DISTANCE = 0.3
"""Average linkage stops here."""
FOUNDING_S = 1.2
"""Shorter utterances take part only in the assignment."""
LEAST_SPEECH_S = 2.0
"""A speaker with less speech than this is merged away."""
MOST_CLUSTERED = 2500
"""Beyond this many utterances the longest are clustered and the rest assigned."""
SETTLING_ROUNDS = 3


def cluster(
    embeddings: NDArray[np.floating], seconds: NDArray[np.floating], count: int | None = None
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Speaker ``[n]`` (0, 1, … by first appearance) and confidence ``[n]`` of utterances given in order of time.

    ``embeddings [n, 256]``: unit vectors; a row of zeros stands for an utterance too short for a voice, which takes
    the speaker before it (or the first one after) with confidence 0. ``count``: the number of speakers when it is known
    (fewer come out where there are fewer voices); estimated otherwise.
    """
    heard = np.flatnonzero(np.any(embeddings, axis=1))
    if len(heard) == 0:
        return np.zeros(len(embeddings), np.int64), np.zeros(len(embeddings), np.float32)
    voices, length = unit(embeddings[heard]), np.asarray(seconds, np.float64)[heard]
    founders = _founders(length, count or 1)
    centroids = _centroids(voices[founders], length[founders], count)
    cosines = voices @ centroids.T
    found = cosines.argmax(axis=1)
    own = cosines[np.arange(len(heard)), found]
    cosines[np.arange(len(heard)), found] = STRANGER
    confidence = np.zeros(len(embeddings), np.float32)
    confidence[heard] = trust(own, np.maximum(cosines.max(axis=1), STRANGER), length)
    before = np.maximum(np.searchsorted(heard, np.arange(len(embeddings)), side="right") - 1, 0)
    return _by_appearance(found[before]), confidence


def match_labels(old: NDArray[np.integer], new: NDArray[np.integer], seconds: NDArray[np.floating]) -> dict[int, int]:
    """Each new label to the old one that shares most speech with it, one to one (Hungarian assignment).

    ``old``, ``new``, ``seconds``: one entry ``[n]`` per utterance. A new speaker without a counterpart gets a number
    that no old one has, so that names given to old numbers stay with their voices.
    """
    old_names, old_index = np.unique(old, return_inverse=True)
    new_names, new_index = np.unique(new, return_inverse=True)
    shared = np.zeros((len(new_names), len(old_names)))
    np.add.at(shared, (new_index, old_index), np.asarray(seconds, np.float64))
    rows, columns = linear_sum_assignment(shared, maximize=True)
    matched = {int(new_names[r]): int(old_names[c]) for r, c in zip(rows, columns, strict=True) if shared[r, c] > 0}
    free = iter(sorted(set(range(len(old_names) + len(new_names))) - {int(name) for name in old_names}))
    return {int(name): matched[int(name)] if int(name) in matched else next(free) for name in new_names}


def _founders(seconds: NDArray[np.float64], at_least: int) -> NDArray[np.int64]:
    """Indices, in order of time, of the utterances that decide which voices there are."""
    by_length = np.argsort(-seconds, kind="stable")
    long = int((seconds >= FOUNDING_S).sum())
    return np.sort(by_length[: min(max(long, at_least, 2), MOST_CLUSTERED)])


def _centroids(voices: NDArray[np.float64], seconds: NDArray[np.float64], count: int | None) -> NDArray[np.float64]:
    """Unit vectors ``[speakers, d]`` of the voices."""
    if len(voices) == 1:
        return voices
    tree = linkage(voices, "average", metric="cosine")
    labels = fcluster(tree, SURE_DISTANCE, "distance") - 1
    if count is not None and labels.max() + 1 < count:
        labels = fcluster(tree, count, "maxclust") - 1
    sums, talk = _sums(voices, seconds, labels)
    sums, talk = _merge(sums, talk, count)
    for _ in range(SETTLING_ROUNDS):
        labels = (voices @ unit(sums).T).argmax(axis=1)
        sums, talk = _sums(voices, seconds, labels)
    if count is None:
        sums = sums[talk >= min(LEAST_SPEECH_S, talk.max())]
    return unit(sums)


def _sums(
    voices: NDArray[np.float64], seconds: NDArray[np.float64], labels: NDArray[np.integer]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weighted sum ``[k, d]`` and seconds ``[k]`` of each label that occurs."""
    member = labels[None, :] == np.unique(labels)[:, None]
    weights = member * seconds
    return weights @ voices, weights.sum(axis=1)


def _merge(
    sums: NDArray[np.float64], talk: NDArray[np.float64], count: int | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Merge the pair furthest inside its limit until none is inside, or until ``count`` are left."""
    while len(sums) > (count or 1):
        directions = unit(sums)
        margin = 1.0 - directions @ directions.T - same_voice_limit(np.minimum.outer(talk, talk))
        np.fill_diagonal(margin, np.inf)
        one, other = sorted(np.unravel_index(int(margin.argmin()), margin.shape))
        if count is None and margin[one, other] > 0:
            break
        sums[one] += sums[other]
        talk[one] += talk[other]
        sums, talk = np.delete(sums, other, axis=0), np.delete(talk, other)
    return sums, talk


def _by_appearance(labels: NDArray[np.integer]) -> NDArray[np.int64]:
    """The same partition, numbered in the order in which the labels first occur."""
    _, first, index = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    numbered: NDArray[np.int64] = rank[index].astype(np.int64)
    return numbered
