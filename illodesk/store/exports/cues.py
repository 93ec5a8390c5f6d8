"""Cuts utterances into subtitles that a viewer can read: a few short lines at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from illodesk.schema import AnalysisResult, Utterance
from illodesk.store.clean import one_line
from illodesk.store.exports.wording import shown_name

SHORTEST_S = 0.7
"""What is shown for less is gone before it is read. An utterance that is shorter is shown as long as it lasts."""

_CUTS = ((tuple(".?!…"), 0.0), (tuple(",;:–—"), 0.15))
"""What a cut behind some marks costs."""
_CUT_ANYWHERE = 0.4
_TOO_SHORT = 10.0


@dataclass(frozen=True)
class Cue:
    """One subtitle: milliseconds, speaker and lines of words, each with its start in milliseconds."""

    start_ms: int
    end_ms: int
    speaker: str
    words: list[list[tuple[int, str]]]

    @property
    def lines(self) -> list[str]:
        """The text, without line ends."""
        return [" ".join(text for _, text in line) for line in self.words]


class _Timed(NamedTuple):
    """A word and its times in s."""

    start: float
    end: float
    text: str


def cues(result: AnalysisResult, line_length: int = 42, most_lines: int = 2, *, named: bool = False) -> list[Cue]:
    """Subtitles of a result in order of their start, of so many lines of so many characters; utterances without words
    have none. Where ``named``, the lines of each begin with the name of who speaks, which may need one line more.

    An utterance is cut where its words tell when; without the times of its words it stays in one piece, since a
    guessed time would be a made-up number.
    """
    pieces = []
    for utterance in result.timeline:
        name = shown_name(result, utterance.speaker)
        heading = f"{name}:".split() if named and name else []
        pieces += _cues(utterance, name, _Room(heading, line_length, most_lines))
    return sorted(pieces, key=lambda cue: cue.start_ms)


@dataclass(frozen=True)
class _Room:
    """What one subtitle holds: the words of a heading, then others, in lines that are filled one after the other."""

    heading: list[str]
    line_length: int
    most_lines: int

    def lines(self, words: list[_Timed]) -> list[list[_Timed]]:
        """Fill lines; a word that is longer than a line has one of its own."""
        lines: list[list[_Timed]] = []
        place = _Place()
        for word in [*(_Timed(words[0].start, words[0].start, text) for text in self.heading), *words]:
            before, place = place, place.after(word.text, self.line_length)
            if place.lines > before.lines:
                lines.append([])
            lines[-1].append(word)
        return lines

    def ends(self, words: list[_Timed], first: int) -> Iterator[int]:
        """How far a subtitle may reach that begins with one of the words; that word is always in it."""
        place = _Place()
        for text in self.heading:
            place = place.after(text, self.line_length)
        for end in range(first + 1, len(words) + 1):
            place = place.after(words[end - 1].text, self.line_length)
            if place.lines > self.most_lines and end > first + 1:
                return
            yield end


class _Place(NamedTuple):
    """Where the filling of lines is: how many there are, and characters in the last one."""

    lines: int = 0
    length: int = 0

    def after(self, text: str, line_length: int) -> _Place:
        length = self.length + 1 + len(text)
        return _Place(self.lines, length) if self.lines and length <= line_length else _Place(self.lines + 1, len(text))


def _cues(utterance: Utterance, name: str, room: _Room) -> list[Cue]:
    text = one_line(utterance.text)
    words = [_Timed(word.t_start, word.t_end, one_line(word.text)) for word in utterance.words]
    if " ".join(word.text for word in words) == text:
        pieces = _divided(words, room)
    else:
        pieces = [[_Timed(utterance.t_start, utterance.t_end, word) for word in text.split()]] if text else []
    found: list[Cue] = []
    for piece in pieces:
        start = max(found[-1].end_ms if found else 0, round(piece[0].start * 1000))
        end = max(start + 1, round(piece[-1].end * 1000))
        lines = [[(round(word.start * 1000), word.text) for word in line] for line in room.lines(piece)]
        found.append(Cue(start, end, name, lines))
    return found


def _divided(words: list[_Timed], room: _Room) -> list[list[_Timed]]:
    """Cut words into pieces that the room holds, with the least cost of all the ways there are."""
    least = [(0.0, 0)] + [(math.inf, 0)] * len(words)
    """Of the words before each one: the cost, and where the last piece begins."""
    reach = list(accumulate((len(word.text) + 1 for word in words), initial=0))
    whole = room.line_length * room.most_lines
    for first in range(len(words)):
        for end in room.ends(words, first):
            filled = (reach[end] - reach[first]) / whole
            cost = least[first][0] + _cost(words[first], words[end - 1], filled, end == len(words))
            if cost < least[end][0]:
                least[end] = cost, first
    pieces = []
    end = len(words)
    while end:
        first = least[end][1]
        pieces.append(words[first:end])
        end = first
    return pieces[::-1]


def _cost(first: _Timed, last: _Timed, filled: float, ends: bool) -> float:
    """What speaks against a piece from its first word to its last: 1, since few are better than many; how much of its
    room is filled, squared, which is least in all where the pieces are of one length; a cut inside a sentence; what
    nobody has time to read. ``ends``: nothing is cut there."""
    cut = 0.0 if ends else next((cost for marks, cost in _CUTS if last.text.endswith(marks)), _CUT_ANYWHERE)
    return 1.0 + filled**2 + cut + _TOO_SHORT * max(0.0, 1.0 - (last.end - first.start) / SHORTEST_S)


def clock(ms: int, separator: str) -> str:
    """Milliseconds as hh:mm:ss and thousandths."""
    seconds, thousandths = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{separator}{thousandths:03}"
