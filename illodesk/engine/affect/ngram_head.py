"""Word and character n-grams of an utterance, and the compact table of those that carry emotion.

Text is first brought to what a recogniser delivers (lower case, ``a-z ' ? !``), so that training on written
comments and reading of speech see the same. Features are TF-IDF weighted word 1-2-grams and character 2-5-grams
inside words (science.md 3.2). The table keeps a 32-bit checksum of each n-gram instead of its letters, which makes
it a third of the size; two n-grams that share a checksum share a weight.
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_BRACKETS = re.compile(r"\[[^\]]*\]|<[^>]*>")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u00b4": "'", "`": "'"})
_OTHER = re.compile(r"[^a-z'?! ]+")
_MARKS = re.compile(r"([?!])[?! ]*")


def speech_form(text: str) -> str:
    """Return ``text`` as a recogniser would write it: lower case words, apostrophes, single ``?`` and ``!``.

    Tags in square or angle brackets (``[laughter]``) are left out, runs of ``?`` and ``!`` keep their first mark.
    """
    plain = _BRACKETS.sub(" ", text).translate(_APOSTROPHES).lower()
    plain = _MARKS.sub(r" \1 ", _OTHER.sub(" ", plain))
    return " ".join(word for word in plain.split() if word.strip("'"))


def ngrams(spoken: str) -> Counter[str]:
    """Count the n-grams of a text in :func:`speech_form`: ``w:`` words and word pairs, ``c:`` letters in words."""
    tokens = spoken.split()
    counts = Counter(f"w:{token}" for token in tokens)
    counts.update(f"w:{a} {b}" for a, b in itertools.pairwise(tokens))
    for token in tokens:
        padded = f" {token} "
        for n in range(2, 6):
            counts.update(f"c:{padded[i : i + n]}" for i in range(len(padded) - n + 1))
    return counts


def checksum(ngram: str) -> int:
    """32-bit key of an n-gram."""
    return zlib.crc32(ngram.encode())


class NgramTable:
    """Numpy-only linear scores from n-grams: ``scores = x @ weights`` for the unit TF-IDF vector ``x``.

    Reads ``keys`` uint32[n] sorted, ``idf`` float16[n], ``weights`` int8[n, k] and ``scale`` float32[k] of an
    ``.npz`` file; the bias belongs to the head that adds the scores up.
    """

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self._keys: NDArray[np.uint32] = stored["keys"]
            self._idf = stored["idf"].astype(np.float32)
            self._weights: NDArray[np.int8] = stored["weights"]
            self._scale: NDArray[np.float32] = stored["scale"]

    def scores(self, spoken: str) -> NDArray[np.float32]:
        """Score a text in :func:`speech_form`; float32[k], all zero where no n-gram is known."""
        keys: dict[int, int] = {}
        for ngram, count in ngrams(spoken).items():
            key = checksum(ngram)
            keys[key] = keys.get(key, 0) + count
        wanted = np.fromiter(keys.keys(), np.uint32, len(keys))
        counts = np.fromiter(keys.values(), np.float32, len(keys))
        at = np.minimum(np.searchsorted(self._keys, wanted), len(self._keys) - 1)
        known = self._keys[at] == wanted
        at, counts = at[known], counts[known]
        values = (1.0 + np.log(counts)) * self._idf[at]
        length = float(np.sqrt(np.sum(values * values)))
        if length == 0.0:
            return np.zeros(len(self._scale), np.float32)
        result: NDArray[np.float32] = (values / np.float32(length)) @ self._weights[at].astype(np.float32) * self._scale
        return result
