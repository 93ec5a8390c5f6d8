"""Where one topic ends and the next begins: a score for every gap between utterances, and the choice among them.

The score of a gap says how little the utterances before it have in common with those after it, in standard deviations
of this conversation's own similarities, plus what cue phrases, pauses and a change of who speaks add. The choice
maximises the sum of scores above a threshold under a least length of segments and a prior on their number: without a
prior, boundary finders cut far too often (science.md section 5).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from illodesk.engine.story.cues import Cue, closing_cue, opening_cue
from illodesk.engine.story.words import content_words

FloatArray = NDArray[np.float64]

# Set on the first halves of DialSeg711, TIAGE and the committee meetings together.
EMBEDDING_SHARE = 0.5
"""Share of meaning in the similarity at the narrowest window, less in proportion at wider ones: over many utterances
words repeat, and single-sentence vectors scatter."""

NARROWEST = 2
CUE_WEIGHT = 0.5
STRICTEST = 0.8
"""Highest threshold while the number of segments stays near what is expected; where boundaries are frequent it is
lower, half the log odds against one."""

LEEWAY = 1.5
"""Factor by which the number of segments may differ from what is expected."""

GROWTH = 0.25
"""Power with which the number of segments grows with the length. On the first halves of the three sets it follows the
length hardly at all (regression of logarithms: .20 in committee meetings, .06 in DialSeg711, .03 in TIAGE)."""

# In the proportion that science.md section 5 gives them to cues.
PAUSE_WEIGHT = 0.35
FULL_PAUSE_S = 4.0
ACTIVITY_WEIGHT = 0.35


class Encoder(Protocol):
    """Sentence embeddings: texts to unit vectors."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


@dataclass(frozen=True)
class Gaps:
    """Scores of the n - 1 gaps between n utterances; gap i lies before utterance i + 1. All arrays float64[n - 1]."""

    score: FloatArray
    change: FloatArray
    cue: FloatArray
    pause: FloatArray
    activity: FloatArray
    opening: list[Cue]
    closing: list[Cue]


def expected_segments(length: float, usual_length: float, usual_count: float) -> float:
    """Number of segments to look for in a talk, from a usual talk of the kind; any unit of length."""
    return float(usual_count * (length / usual_length) ** GROWTH)


def score_gaps(
    texts: Sequence[str],
    expected: float,
    encoder: Encoder | None = None,
    pauses: Sequence[float] | None = None,
    speakers: Sequence[str] | None = None,
) -> Gaps:
    """Score every gap between utterances.

    ``expected`` is the number of segments to look for (it sets the window), ``pauses`` the n - 1 silences in seconds,
    ``speakers`` the n names. What is not given adds nothing.
    """
    n = len(texts)
    window = min(max(NARROWEST, round(n / expected / 2.5)), 10, max(1, n // 2))
    change = _change(texts, window, encoder)
    opening = [opening_cue(text) for text in texts[1:]]
    closing = [closing_cue(text) for text in texts[:-1]]
    cue = CUE_WEIGHT * (_informative(opening, expected) + _informative(closing, expected))
    pause = np.zeros(max(0, n - 1))
    if pauses is not None:
        pause = PAUSE_WEIGHT * np.clip(np.asarray(pauses, np.float64) / FULL_PAUSE_S, 0.0, 1.0)
    activity = np.zeros(max(0, n - 1))
    if speakers is not None:
        spoken = [(s, len(t.split())) for s, t in zip(speakers, texts, strict=True)]
        activity = ACTIVITY_WEIGHT * _activity_change(spoken, window)
    return Gaps(change + cue + pause + activity, change, cue, pause, activity, opening, closing)


def choose_boundaries(
    scores: FloatArray,
    expected: float,
    least: int = 2,
    starts: Sequence[float] | None = None,
    least_s: float = 0.0,
) -> list[int]:
    """Indices of the utterances that begin a segment (0 left out), for float64[n - 1] scores.

    No segment is shorter than ``least`` utterances or, given the n times ``starts``, than ``least_s`` seconds (the last
    one is measured to the start of its last utterance). The threshold moves away from its prior only when the count of
    segments leaves ``expected / LEEWAY .. expected * LEEWAY``.
    """
    n = len(scores) + 1
    latest = _latest_starts(n, least, starts, least_s)
    threshold = min(STRICTEST, 0.5 * math.log(max(1.5, n / expected - 1)))
    fewest, most = math.floor(expected / LEEWAY), max(2, math.ceil(expected * LEEWAY))
    found = _best(scores - threshold, latest)
    if fewest <= len(found) + 1 <= most:
        return found
    too_many = len(found) + 1 > most
    low, high = (threshold, threshold + 8.0) if too_many else (threshold - 8.0, threshold)
    for _ in range(20):  # the count falls as the threshold rises, so halving finds where it enters the range
        middle = (low + high) / 2
        trial = _best(scores - middle, latest)
        if too_many:
            low, high = (middle, high) if len(trial) + 1 > most else (low, middle)
            found = trial if len(trial) + 1 <= most else found
        else:
            low, high = (low, middle) if len(trial) + 1 < fewest else (middle, high)
            found = trial if len(trial) + 1 >= fewest else found
    return found if not too_many or len(found) + 1 <= most else _best(scores - high, latest)


def _change(texts: Sequence[str], window: int, encoder: Encoder | None) -> FloatArray:
    """Negative mean similarity across each gap, over pairs at most ``window`` apart, in standard deviations."""
    bands = _standardised(_lexical_bands(texts, window))
    if encoder is not None:
        vectors = np.asarray(encoder.encode(texts), np.float64)
        share = EMBEDDING_SHARE * min(1.0, NARROWEST / window)
        semantic = [np.einsum("ij,ij->i", vectors[:-d], vectors[d:]) for d in range(1, window + 1)]
        semantic = _standardised(semantic)
        bands = _standardised([(1 - share) * a + share * b for a, b in zip(bands, semantic, strict=True)])
    n = len(texts)
    total, pairs = np.zeros(max(0, n - 1)), np.zeros(max(0, n - 1))
    gap = np.arange(1, n)
    for d, band in enumerate(bands, start=1):
        # Pairs (i, i + d) with i < gap <= i + d.
        sums = np.concatenate([[0.0], np.cumsum(band)])
        first, last = np.maximum(gap - d, 0), np.minimum(gap, len(band))
        inside = last > first
        total += np.where(inside, sums[np.maximum(last, first)] - sums[first], 0.0)
        pairs += np.maximum(last - first, 0)
    return -total / np.maximum(pairs, 1)


def _lexical_bands(texts: Sequence[str], window: int) -> list[FloatArray]:
    """Cosines of log-tf * idf vectors between utterances d apart, one float64[n - d] for d = 1..window."""
    counts = [Counter(content_words(text)) for text in texts]
    frequency: Counter[str] = Counter(word for count in counts for word in count)
    index = {word: i for i, word in enumerate(sorted(frequency))}
    n = len(texts)
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, count in enumerate(counts):
        weights = {word: math.log1p(c) * math.log1p(n / frequency[word]) for word, c in count.items()}
        norm = math.sqrt(sum(w * w for w in weights.values()))
        for word in sorted(weights):
            rows.append(row)
            columns.append(index[word])
            values.append(weights[word] / norm)
    matrix = sparse.csr_matrix((values, (rows, columns)), shape=(n, max(1, len(index))), dtype=np.float64)
    return [np.asarray(matrix[:-d].multiply(matrix[d:]).sum(axis=1)).ravel() for d in range(1, window + 1)]


def _standardised(bands: Sequence[FloatArray]) -> list[FloatArray]:
    joined = np.concatenate(bands)
    return [(band - joined.mean()) / (joined.std() + 1e-6) for band in bands]


def _informative(cues: Sequence[Cue], expected: float) -> FloatArray:
    """Strengths, weakened where cues come so often that they mark turns rather than topics."""
    strength = np.array([cue.strength for cue in cues])
    often = int(np.count_nonzero(strength >= 0.7))
    return strength * min(1.0, 2.0 * expected / max(often, 1))


def _activity_change(spoken: Sequence[tuple[str, int]], window: int) -> FloatArray:
    """Jensen-Shannon divergence (0..1) of the speakers' shares of words before and after each gap."""
    names = sorted({name for name, _ in spoken})
    words = np.zeros((len(spoken), len(names)))
    for row, (name, count) in enumerate(spoken):
        words[row, names.index(name)] = count
    sums = np.vstack([np.zeros(len(names)), np.cumsum(words, axis=0)])
    gap = np.arange(1, len(spoken))
    reach = 2 * window
    before = _shares(sums[gap] - sums[np.maximum(gap - reach, 0)])
    after = _shares(sums[np.minimum(gap + reach, len(spoken))] - sums[gap])
    middle = (before + after) / 2
    divergence: FloatArray = (_relative_entropy(before, middle) + _relative_entropy(after, middle)) / 2
    return divergence


def _shares(words: FloatArray) -> FloatArray:
    # A prior of a few words per speaker: two short turns say nothing about who leads.
    padded = words + 5.0
    shares: FloatArray = padded / padded.sum(axis=1, keepdims=True)
    return shares


def _relative_entropy(p: FloatArray, q: FloatArray) -> FloatArray:
    entropy: FloatArray = (p * np.log2(p / q)).sum(axis=1)
    return entropy


def _latest_starts(n: int, least: int, starts: Sequence[float] | None, least_s: float) -> list[int]:
    """For each end 0..n the last utterance at which a segment ending there may begin; -1 where none may."""
    latest = [end - least for end in range(n + 1)]
    if starts is not None:
        begin = -1
        for end in range(1, n + 1):
            until = starts[end] if end < n else starts[n - 1]
            while begin + 1 < end and starts[begin + 1] + least_s <= until:
                begin += 1
            latest[end] = min(latest[end], begin)
    return latest


def _best(gain: FloatArray, latest: Sequence[int]) -> list[int]:
    """Boundaries with the greatest sum of gains such that every segment is long enough; linear in time."""
    n = len(gain) + 1
    nothing = -math.inf
    value = [nothing] * (n + 1)
    value[0] = 0.0
    origin = [0] * (n + 1)
    lead, lead_at, seen = nothing, 0, -1
    for end in range(1, n + 1):
        while seen < latest[end]:
            seen += 1
            reached = value[seen] + (float(gain[seen - 1]) if seen else 0.0)
            if reached > lead:
                lead, lead_at = reached, seen
        value[end], origin[end] = lead, lead_at
    boundaries: list[int] = []
    at = n
    while at > 0 and value[at] > nothing:
        at = origin[at]
        if at:
            boundaries.append(at)
    return boundaries[::-1]
