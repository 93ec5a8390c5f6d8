"""The rows of the transcript: one per utterance, as tall as its text, laid out only when it is seen."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout, QTextOption

from illodesk.schema import AnalysisResult, Marker, Moment, Utterance

LOW_CONFIDENCE = 0.5
"""Words that were recognised with less are underlined."""

NEW_TURN_S = 30.0
"""After a pause of this length the speaker is named again."""


@dataclass
class WordSpan:
    """Where a word stands in the text, and when it was said."""

    start: int
    end: int
    t_start: float
    t_end: float
    low: bool


@dataclass
class Notes:
    """What is shown beside an utterance."""

    moments: list[Moment] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.moments) + len(self.markers)


@dataclass
class Shape:
    """A row that was laid out for a width: its text and its words."""

    width: float
    text: QTextLayout
    text_height: float
    words: list[WordSpan]

    def word_at(self, t: float) -> WordSpan | None:
        """The word that is said at second ``t``; the last one until the next begins."""
        place = bisect_right([word.t_start for word in self.words], t) - 1
        return self.words[place] if place >= 0 else None

    def word_of(self, character: int) -> WordSpan | None:
        """The word that a character belongs to; in a gap, the one before it."""
        place = bisect_right([word.start for word in self.words], character) - 1
        return self.words[max(place, 0)] if self.words else None


class Rows:
    """Utterances, their heights, and what stands beside them. Heights are estimates until a row was laid out."""

    def __init__(self) -> None:
        self.timeline: Sequence[Utterance] = ()
        self.notes: dict[int, Notes] = {}
        self.heads: list[bool] = []
        self._shapes: dict[int, Shape] = {}
        self._lengths: NDArray[np.int64] = np.zeros(0, np.int64)
        self._heights: NDArray[np.float64] = np.zeros(0)
        self._exact: NDArray[np.bool_] = np.zeros(0, bool)
        self._tops: NDArray[np.float64] = np.zeros(1)
        self._stale = False

    def __len__(self) -> int:
        return len(self.timeline)

    def show(self, result: AnalysisResult | None) -> None:
        """Take a result. Rows whose utterance is the same object as before keep their layout."""
        before, self.timeline = self.timeline, result.timeline if result is not None else ()
        if len(before) == len(self.timeline):
            for i, (old, new) in enumerate(zip(before, self.timeline, strict=True)):
                if old is not new:
                    self._shapes.pop(i, None)
        else:
            self._shapes.clear()
        self.heads = [begins_turn(self.timeline, i) for i in range(len(self.timeline))]
        self._lengths = np.fromiter((len(u.text) for u in self.timeline), np.int64, len(self.timeline))
        self._note(result)

    def _note(self, result: AnalysisResult | None) -> None:
        self.notes = {}
        if result is None or not self.timeline:
            return
        starts = [u.t_start for u in self.timeline]
        for moment in result.moments:
            place = max(bisect_right(starts, moment.start_ms / 1000 + 1e-6) - 1, 0)
            self.notes.setdefault(place, Notes()).moments.append(moment)
        for marker in result.markers:
            place = max(bisect_right(starts, marker.t) - 1, 0)
            self.notes.setdefault(place, Notes()).markers.append(marker)

    def forget_layouts(self) -> None:
        """The width or the type is another one."""
        self._shapes.clear()

    def estimate(self, width: float, character: float, line: float, frame: float, head: float, note: float) -> None:
        """Give every row the height that its length suggests; the rest is of its other parts."""
        lines = np.maximum(1, np.ceil(self._lengths * character / max(width, 1.0)))
        heads = np.fromiter(self.heads, np.float64, len(self.heads)) * head
        self._heights = lines * line + frame + heads
        for place, notes in self.notes.items():
            self._heights[place] += len(notes) * note
        self._exact = np.zeros(len(self._heights), bool)
        self._stale = True

    @property
    def tops(self) -> NDArray[np.float64]:
        """Where each row begins, px; one entry more than rows, the last is the whole height."""
        if self._stale:
            self._tops = np.concatenate([[0.0], np.cumsum(self._heights)])
            self._stale = False
        return self._tops

    @property
    def height(self) -> float:
        return float(self.tops[-1])

    def top(self, row: int) -> float:
        return float(self.tops[row])

    def row_at(self, y: float) -> int:
        """The row at a height of the whole; the nearest one outside of it. -1 where there are none."""
        if not len(self):
            return -1
        return int(np.clip(np.searchsorted(self.tops, y, side="right") - 1, 0, len(self) - 1))

    def set_height(self, row: int, height: float) -> float:
        """The true height of a row; returns by how much it differs from what was thought."""
        off = height - float(self._heights[row])
        self._exact[row] = True
        if off:
            self._heights[row] = height
            self._stale = True
        return off

    def is_exact(self, row: int) -> bool:
        return bool(self._exact[row])

    def shape(self, row: int, width: float, font: QFont, line_height: float) -> Shape:
        """The layout of a row; made when it is first asked for."""
        shape = self._shapes.get(row)
        if shape is None or shape.width != width:
            if len(self._shapes) > 400:  # what was seen long ago
                self._shapes.pop(next(iter(self._shapes)))
            shape = lay_out(self.timeline[row], width, font, line_height)
            self._shapes[row] = shape
        return shape


def begins_turn(timeline: Sequence[Utterance], i: int) -> bool:
    """Whether a row names its speaker: another one than before, or after a long pause."""
    if i == 0:
        return True
    before, this = timeline[i - 1], timeline[i]
    return before.speaker != this.speaker or this.t_start - before.t_end > NEW_TURN_S


def turn_from(timeline: Sequence[Utterance], i: int) -> list[str]:
    """Ids of an utterance and those after it, as far as the same speaker goes on."""
    stop = i + 1
    while stop < len(timeline) and timeline[stop].speaker == timeline[i].speaker:
        stop += 1
    return [u.utterance_id for u in timeline[i:stop]]


def word_starts(text: str) -> list[int]:
    """Where the words of a text begin."""
    return [found.start() for found in re.finditer(r"\S+", text)]


def word_spans(utterance: Utterance) -> list[WordSpan]:
    """Where the words stand in the text; words that are not in it, in order, are passed over."""
    spans: list[WordSpan] = []
    text, at = utterance.text.lower(), 0
    for word in utterance.words:
        start = text.find(word.text.strip().lower(), at)
        if start < 0 or not word.text.strip():
            continue
        at = start + len(word.text.strip())
        low = word.confidence is not None and word.confidence < LOW_CONFIDENCE
        spans.append(WordSpan(start, at, word.t_start, word.t_end, low))
    return spans


def lay_out(utterance: Utterance, width: float, font: QFont, line_height: float) -> Shape:
    """Break an utterance into lines; words of low confidence get dots below them."""
    words = word_spans(utterance)
    text = QTextLayout(utterance.text or "…", font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    text.setTextOption(option)
    dotted = QTextCharFormat()
    dotted.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    text.setFormats([span(word.start, word.end, dotted) for word in words if word.low])
    text.setCacheEnabled(True)
    text.beginLayout()
    y = 0.0
    while (line := text.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0.0, y + (line_height - line.height()) / 2))
        y += line_height
    text.endLayout()
    return Shape(width, text, y, words)


def span(start: int, end: int, format: QTextCharFormat) -> QTextLayout.FormatRange:
    """A format for some characters."""
    found = QTextLayout.FormatRange()
    found.start, found.length = start, end - start
    found.format = format
    return found
