"""Where utterances begin and end: hysteresis over the speech probabilities of 32 ms frames.

Boundaries are decided once and never change, and they depend on the frames alone, not on how many come at a time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from illodesk.engine.audio import SAMPLE_RATE
from illodesk.engine.speech.vad import FRAME


@dataclass(frozen=True)
class Segment:
    """One utterance in samples of its channel: ``start`` to ``end`` with pads, the speech itself inside.

    ``forced``: the speaker went on, and the cut was made because of the length.
    """

    start: int
    end: int
    speech_start: int
    speech_end: int
    forced: bool = False


def _frames(seconds: float) -> int:
    return max(1, round(seconds * SAMPLE_RATE / FRAME))


class Endpointer:
    """Turns frames (probability, level) into :class:`Segment` s that never overlap.

    A segment opens at ``onset`` and closes after ``min_silence_s`` below ``offset``; between the two thresholds speech
    goes on and silence is not ended. Segments with less than ``min_speech_s`` of speech are dropped. After ``max_s``
    a cut is made at the least speech-like frame of the last ``search_s``. Frames below ``floor_db`` (dBFS) are the
    noise of a converter or less, whatever the network thinks of them: it reports speech on near digital silence.
    """

    def __init__(
        self,
        onset: float = 0.5,
        offset: float = 0.35,
        min_silence_s: float = 0.5,
        min_speech_s: float = 0.2,
        pad_s: float = 0.15,
        max_s: float = 15.0,
        search_s: float = 4.0,
        floor_db: float = -86.0,
    ) -> None:
        self._onset, self._offset, self._floor_db = onset, offset, floor_db
        self._min_silence, self._min_speech = _frames(min_silence_s), _frames(min_speech_s)
        self._max, self._search = _frames(max_s), _frames(search_s)
        self._pad = round(pad_s * SAMPLE_RATE)
        self._frame = 0  # index of the next frame
        self._first = -1  # first frame of the open segment, -1 between segments
        self._last = -1  # last frame of speech in it
        self._history: list[tuple[float, float]] = []  # (probability, level) of the open segment
        self._continued = False  # the open segment follows a forced cut
        self._free = 0  # first sample that no segment has taken

    @property
    def keep_from(self) -> int:
        """First sample that a later segment may still need."""
        if self._first >= 0:
            return self._start_of(self._first)
        return self._start_of(self._frame)

    @property
    def speaking_since(self) -> int | None:
        """First sample of the segment that is open now, pad included; None between segments."""
        return self._start_of(self._first) if self._first >= 0 else None

    def feed(self, probabilities: NDArray[np.float32], levels_db: NDArray[np.float32]) -> list[Segment]:
        """Take the next frames, two arrays of shape (k,); give the segments that are complete now."""
        segments: list[Segment] = []
        for probability, level in zip(probabilities.tolist(), levels_db.tolist(), strict=True):
            segments += self._step(0.0 if level < self._floor_db else probability, level)
        return segments

    def finish(self, total: int) -> list[Segment]:
        """The sound ended after ``total`` samples: give the open segment, if it holds enough speech."""
        segment = self._close(total) if self._first >= 0 else None
        self._first = -1
        return [segment] if segment else []

    def foreseen(self, after_s: float = 0.25) -> Segment | None:
        """What the open segment will be if the silence of the last ``after_s`` goes on; changes nothing."""
        silent = self._frame - 1 - self._last
        if self._first < 0 or silent < _frames(after_s) or not self._enough():
            return None
        speech_end = (self._last + 1) * FRAME
        end = speech_end + self._pad
        if end > self._frame * FRAME:
            return None
        return Segment(self._start_of(self._first), end, self._first * FRAME, speech_end)

    def _step(self, probability: float, level: float) -> list[Segment]:
        index, self._frame = self._frame, self._frame + 1
        if self._first < 0:
            if probability < self._onset:
                return []
            self._first = self._last = index
            self._continued = False
            self._history = [(probability, level)]
            return []
        self._history.append((probability, level))
        speaking = probability >= self._onset or (probability >= self._offset and self._last == index - 1)
        if speaking:
            self._last = index
        if index - self._last >= self._min_silence:
            segment = self._close(self._frame * FRAME)
            self._first = -1
            return [segment] if segment else []
        if index - self._first + 1 >= self._max:
            return [self._cut()]
        return []

    def _close(self, available: int) -> Segment | None:
        """The open segment up to its last speech, or None where that is too little."""
        if not self._enough():
            return None
        return self._segment((self._last + 1) * FRAME, self._pad, available, forced=False)

    def _enough(self) -> bool:
        """Whether the open segment holds enough speech; the rest of a cut utterance is never dropped."""
        voiced = sum(probability >= self._offset for probability, _ in self._history)
        return voiced >= (1 if self._continued else self._min_speech)

    def _cut(self) -> Segment:
        """End the open segment at its least speech-like recent place, and let the next one start there."""
        recent = self._history[-self._search :]
        cost = [max(level, -90.0) / 60.0 + probability for probability, level in recent]
        # Of three frames the middle counts most; the very edges are no places to cut.
        smooth = [cost[k - 1] + 2.0 * cost[k] + cost[k + 1] for k in range(1, len(cost) - 1)]
        best = len(self._history) - 1 - (1 + int(np.argmin(smooth[::-1])) if smooth else 0)  # the latest of equals
        cut = self._first + best
        goes_on = self._last >= cut
        segment = self._segment(cut * FRAME, 0, cut * FRAME, forced=goes_on)
        self._first, self._history, self._continued = (cut if goes_on else -1), self._history[best:], True
        return segment

    def _segment(self, speech_end: int, pad: int, available: int, forced: bool) -> Segment:
        start = self._start_of(self._first)
        end = min(speech_end + pad, available)
        self._free = end
        speech_start = self._first * FRAME
        return Segment(start, end, speech_start, min(speech_end, end), forced)

    def _start_of(self, frame: int) -> int:
        """Where a segment whose speech begins in ``frame`` starts with its pad."""
        return max(self._free, frame * FRAME - self._pad)
