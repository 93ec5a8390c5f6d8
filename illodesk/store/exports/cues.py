"""Cuts utterances into subtitles that a viewer can read: a few short lines at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from illodesk.schema import AnalysisResult, Utterance
from illodesk.store.clean import one_line
from illodesk.store.exports.wording import shown_name


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


def cues(result: AnalysisResult, line_length: int = 42, most_lines: int = 2) -> list[Cue]:
    """Subtitles of a result in order of their start, of so many lines of so many characters; utterances without words
    have none.

    An utterance is cut where its words tell when; without the times of its words it stays in one piece, since a
    guessed time would be a made-up number.
    """
    pieces = [
        piece
        for utterance in result.timeline
        for piece in _pieces(utterance, shown_name(result, utterance.speaker), line_length, most_lines)
    ]
    return sorted(pieces, key=lambda cue: cue.start_ms)


def _pieces(utterance: Utterance, name: str, line_length: int, most_lines: int) -> list[Cue]:
    text = one_line(utterance.text)
    words = [_Timed(word.t_start, word.t_end, one_line(word.text)) for word in utterance.words]
    timed = " ".join(word.text for word in words) == text
    if not timed:
        words = [_Timed(utterance.t_start, utterance.t_end, word) for word in text.split()]
    lines = _lines(words, line_length)
    step = most_lines if timed else max(1, len(lines))
    return [_cue(name, lines[first : first + step]) for first in range(0, len(lines), step)]


def _lines(words: list[_Timed], most: int) -> list[list[_Timed]]:
    """Fill lines of at most so many characters; a longer word has a line of its own."""
    lines: list[list[_Timed]] = []
    length = 0
    for word in words:
        if lines and length + 1 + len(word.text) <= most:
            lines[-1].append(word)
            length += 1 + len(word.text)
        else:
            lines.append([word])
            length = len(word.text)
    return lines


def _cue(speaker: str, lines: list[list[_Timed]]) -> Cue:
    start = max(0, round(lines[0][0].start * 1000))
    end = max(start + 1, round(lines[-1][-1].end * 1000))
    return Cue(start, end, speaker, [[(round(word.start * 1000), word.text) for word in line] for line in lines])


def clock(ms: int, separator: str) -> str:
    """Milliseconds as hh:mm:ss and thousandths."""
    seconds, thousandths = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{separator}{thousandths:03}"
