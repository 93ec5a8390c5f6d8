"""Where utterances begin and end: hysteresis over the speech probabilities of 32 ms frames.

Boundaries are decided once and never change, and they depend on the frames alone, not on how many come at a time.
"""

from __future__ import annotations

from collections.abc import Callable
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


@dataclass(frozen=True)
class Pause:
    """A pause too short to end the open segment, in samples of its channel: speech from ``since`` to ``start``, the
    pause, speech again from ``end`` on, of which ``until`` is what was heard when it is time to decide."""

    since: int
    start: int
    end: int
    until: int


EndsUtterance = Callable[[Pause], bool]
"""Whether what was said before a pause was an utterance of its own, because somebody else speaks after it."""


@dataclass(frozen=True)
class _Resumption:
    """Speech went on in frame ``at`` after a pause: its last frame before that, and how much speech there was."""

    last: int
    at: int
    spoken: int


def _frames(seconds: float) -> int:
    return max(1, round(seconds * SAMPLE_RATE / FRAME))


class Endpointer:
    """Turns frames (probability, level) into :class:`Segment` s that never overlap.

    A segment opens at ``onset`` and closes after ``min_silence_s`` below ``offset``; between the two thresholds speech
    goes on and silence is not ended. Segments with less than ``min_speech_s`` of speech are dropped. After ``max_s``
    a cut is made at the least speech-like frame of the last ``search_s``. Frames below ``floor_db`` (dBFS) are the
    noise of a converter or less, whatever the network thinks of them: it reports speech on near digital silence.

    A pause of ``pause_s`` may end a segment sooner, once ``reply_s`` of speech was heard after it: where at least
    ``reply_s`` came before it and :data:`EndsUtterance` says that somebody else took over.
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
        pause_s: float = 0.2,
        reply_s: float = 1.0,
    ) -> None:
        self._onset, self._offset, self._floor_db = onset, offset, floor_db
        self._min_silence, self._min_speech = _frames(min_silence_s), _frames(min_speech_s)
        self._max, self._search = _frames(max_s), _frames(search_s)
        self._pause, self._reply = _frames(pause_s), _frames(reply_s)
        self._pad = round(pad_s * SAMPLE_RATE)
        self._frame = 0  # index of the next frame
        self._first = -1  # first frame of the open segment, -1 between segments
        self._last = -1  # last frame of speech in it
        self._history: list[tuple[float, float]] = []  # (probability, level) of the open segment
        self._continued = False  # the open segment follows a forced cut
        self._spoken = 0  # frames of speech in it
        self._undecided: list[_Resumption] = []  # pauses in it after which too little was heard so far
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

    def feed(
        self,
        probabilities: NDArray[np.float32],
        levels_db: NDArray[np.float32],
        ends_utterance: EndsUtterance | None = None,
    ) -> list[Segment]:
        """Take the next frames, two arrays of shape (k,); give the segments that are complete now.

        ``ends_utterance`` is asked about sound up to the frame at hand only. Without it, only silence ends a segment.
        """
        segments: list[Segment] = []
        for probability, level in zip(probabilities.tolist(), levels_db.tolist(), strict=True):
            segments += self._step(0.0 if level < self._floor_db else probability, level, ends_utterance)
        return segments

    def finish(self, total: int) -> list[Segment]:
        """The sound ended after ``total`` samples: give the open segment, if it holds enough speech."""
        segment = self._close(total) if self._first >= 0 else None
        self._first = -1
        return [segment] if segment else []

    def foreseen(self) -> list[Segment]:
        """What the open segment will be if the present silence ends it, or if one of its pauses does."""
        if self._first < 0:
            return []
        parts = [resumption.last for resumption in self._undecided if self._long_enough(resumption)]
        if self._frame - 1 - self._last >= self._pause and self._enough():
            parts.append(self._last)
        ends = [(last + 1) * FRAME for last in parts]
        start, speech_start = self._start_of(self._first), self._first * FRAME
        return [
            Segment(start, end + self._pad, speech_start, end) for end in ends if end + self._pad <= self._frame * FRAME
        ]

    def _step(self, probability: float, level: float, ends_utterance: EndsUtterance | None) -> list[Segment]:
        index, self._frame = self._frame, self._frame + 1
        if self._first < 0:
            if probability < self._onset:
                return []
            self._first = self._last = index
            self._continued = False
            self._spoken = 1
            self._undecided = []
            self._history = [(probability, level)]
            return []
        self._history.append((probability, level))
        speaking = probability >= self._onset or (probability >= self._offset and self._last == index - 1)
        if speaking:
            if ends_utterance is not None and index - self._last > self._pause:
                self._undecided.append(_Resumption(self._last, index, self._spoken))
            self._last = index
            self._spoken += 1
        if index - self._last >= self._min_silence:
            segment = self._close(self._frame * FRAME)
            self._first = -1
            return [segment] if segment else []
        if ends_utterance is not None and self._undecided and self._spoken - self._undecided[0].spoken >= self._reply:
            resumption = self._undecided.pop(0)
            if self._long_enough(resumption) and ends_utterance(self._pause_of(resumption)):
                return [self._part(resumption)]
        if index - self._first + 1 >= self._max:
            return [self._cut()]
        return []

    def _long_enough(self, resumption: _Resumption) -> bool:
        """Whether enough was said before a pause to tell whose voice it was."""
        return resumption.last + 1 - self._first >= self._reply

    def _pause_of(self, resumption: _Resumption) -> Pause:
        return Pause(
            self._first * FRAME, (resumption.last + 1) * FRAME, resumption.at * FRAME, (self._last + 1) * FRAME
        )

    def _part(self, resumption: _Resumption) -> Segment:
        """End the open segment at a pause in it, and let the next one begin after it."""
        begin = resumption.at
        segment = self._segment((resumption.last + 1) * FRAME, self._pad, begin * FRAME, forced=False)
        self._history = self._history[begin - self._first :]
        self._first, self._continued = begin, False
        return segment

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
        self._undecided = [resumption for resumption in self._undecided if resumption.last >= cut]
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
