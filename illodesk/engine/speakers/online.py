"""Who speaks, decided live: with each utterance, what was heard so far is clustered again.

Comparing each utterance with running means alone, as live systems often do, joins two voices that are alike before
enough of both was heard, and never parts them again. Clustering again costs a few milliseconds and brings the live
labels close to the final ones. What was said about earlier utterances stays as it was; the end corrects it once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from illodesk.engine.speakers.clustering import cluster, match_labels

REMEMBERED = 100
"""Utterances kept one by one; of older ones only each speaker's voice is kept, as a sum weighted by seconds."""


@dataclass
class _Heard:
    voice: NDArray[np.float64]
    seconds: float
    speaker: int


class OnlineSpeakers:
    """Numbers speakers 0, 1, … in order of appearance. The same utterances in the same order get the same numbers.

    ``count``: the most speakers there can be, when known. Work per utterance is bounded, however long the conversation.
    """

    def __init__(self, count: int | None = None) -> None:
        self._most = count
        self._past: list[_Heard] = []
        self._recent: list[_Heard] = []
        self._last = 0

    def assign(self, embedding: NDArray[np.float32] | None, seconds: float) -> tuple[int, float]:
        """Speaker index and confidence 0..1 of the next utterance, of which ``seconds`` were speech.

        Without an embedding the utterance goes to the speaker before it, with confidence 0.
        """
        if embedding is None:
            return self._last, 0.0
        known = self._past + self._recent
        voices = np.stack([heard.voice for heard in known] + [embedding.astype(np.float64)])
        lengths = np.array([heard.seconds for heard in known] + [seconds])
        labels, confidence = cluster(voices, lengths)
        if self._most is not None and labels.max() >= self._most:
            labels, confidence = cluster(voices, lengths, self._most)
        before = np.array([heard.speaker for heard in known], np.int64)
        numbers = match_labels(before, labels[:-1], lengths[:-1])
        for heard, label in zip(known, labels[:-1].tolist(), strict=True):
            heard.speaker = numbers[label]
        newest = int(labels[-1])
        unused = (number for number in range(len(labels)) if number not in numbers.values())
        self._last = numbers[newest] if newest in numbers else next(unused)
        self._recent.append(_Heard(embedding.astype(np.float64), seconds, self._last))
        if len(self._recent) > REMEMBERED:
            self._fold(self._recent.pop(0))
        return self._last, float(confidence[-1])

    def _fold(self, heard: _Heard) -> None:
        """Add an old utterance to its speaker's lasting voice."""
        for past in self._past:
            if past.speaker == heard.speaker:
                past.voice = past.voice * past.seconds + heard.voice * heard.seconds
                past.voice /= max(float(np.linalg.norm(past.voice)), 1e-12)
                past.seconds += heard.seconds
                return
        self._past.append(heard)
