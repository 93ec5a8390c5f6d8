"""How sure the built-in recogniser may be of a word.

A logistic regression over what the decoder offers: lattice posteriors of the word and its neighbours, the acoustic
score per frame, the length of its phones, the language model history, and how far speech stands out. Fitted by
``packaging/train_recogniser_confidence.py`` on sentences of GoEmotions spoken by four Festival Lite voices, clean, in
noise, in a room and over a telephone, and on noises without a word. A word counts as right when an alignment with the
text confirms it; ECE is over ten groups of equal size.

==========================================  =====  ======  =====  =====
data                                        words  right   AUC    ECE
==========================================  =====  ======  =====  =====
fitted: 300 sentences and 37 noises          2641   0.607  0.841  0.021
held out: 100 sentences                       885   0.642  0.844  0.030
  the posterior alone, there                  885   0.642  0.833  0.152
real: jfk, 5 LibriVox, 4 read sentences       121   0.802  0.831  0.063
  the posterior alone, there                  121   0.802  0.750  0.224
==========================================  =====  ======  =====  =====

The real clips took no part in the fit, but they were looked at when this set of features was chosen among five. The
estimate is too kind to noise: 13 held-out noises gave 15 words, all of them wrong, at a mean of 0.30.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_WEIGHTS = np.array([0.2301, 0.1945, 0.0023, 0.1061, -0.0188, -1.2025, -0.0891, 0.2274, 0.5515, 0.0126, -0.2841, 0.319])
_BIAS = -0.4872


@dataclass(frozen=True)
class RawWord:
    """One word of the best path: frames of 10 ms, its lattice posterior, its acoustic score (a likelihood relative to
    the best sound in each frame, multiplied over its frames), the length of the language model history behind it, and
    how many phones its pronunciation has."""

    text: str
    first: int
    last: int
    posterior: float
    acoustic: float
    history: int
    phones: int


def level_span_db(audio: NDArray[np.float32]) -> float:
    """90th minus 10th percentile of the levels of 10 ms frames, dB: how far speech stands out. 0 when too short."""
    frames = len(audio) // 160
    if frames < 2:
        return 0.0
    power = np.mean(np.square(audio[: frames * 160].reshape(frames, 160), dtype=np.float64), axis=1)
    low, high = np.percentile(10.0 * np.log10(np.maximum(power, 1e-10)), [10, 90])
    return float(high - low)


def word_features(words: list[RawWord], span_db: float) -> NDArray[np.float64]:
    """Evidence on each word of one utterance, shape (words, 12), in the order of the weights below."""
    count = len(words)
    posterior = np.clip([word.posterior for word in words], 1e-4, 1.0 - 1e-4)
    logit = np.log(posterior / (1.0 - posterior))
    before, after = np.append(logit[:1], logit[:-1]), np.append(logit[1:], logit[-1:])
    frames = np.array([word.last - word.first + 1 for word in words], np.float64)
    phones = np.maximum([word.phones for word in words], 1).astype(np.float64)
    acoustic = np.log(np.maximum([word.acoustic for word in words], 1e-300)) / frames
    history = np.array([word.history for word in words])
    columns = [
        logit,
        [logit[max(0, k - 1) : k + 2].mean() for k in range(count)],
        np.full(count, logit.mean()),
        acoustic,
        np.full(count, acoustic.mean()),
        np.abs(np.log(frames / phones) - np.log(8.0)),  # 80 ms is the usual length of a phone
        np.log(phones),
        np.full(count, min(span_db, 50.0) / 10.0),
        np.full(count, np.log(count)),
        np.minimum(before, after),
        history == 1,
        history >= 3,
    ]
    return np.stack([np.asarray(column, np.float64) for column in columns], axis=1)


def word_confidences(words: list[RawWord], span_db: float) -> NDArray[np.float64]:
    """Estimated probability that each word is right, shape (words,); ``span_db`` from :func:`level_span_db`."""
    if not words:
        return np.zeros(0)
    return np.asarray(1.0 / (1.0 + np.exp(-(word_features(words, span_db) @ _WEIGHTS + _BIAS))))
