"""Cuts utterances into subtitles that a viewer can read: at most two lines of 42 characters at a time."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from illodesk.schema import AnalysisResult, Utterance
from illodesk.store.clean import one_line

LINE = 42
LONGEST = 2 * LINE


@dataclass(frozen=True)
class Cue:
    """One subtitle: milliseconds, speaker and lines that hold no line ends."""

    start_ms: int
    end_ms: int
    speaker: str
    lines: list[str]


def cues(result: AnalysisResult) -> list[Cue]:
    """Subtitles of a result in order of their start; utterances without words have none.

    An utterance is cut where its words tell when; without the times of its words it stays in one piece, since a
    guessed time would be a made-up number.
    """
    pieces = [piece for utterance in result.timeline for piece in _pieces(utterance)]
    return sorted(pieces, key=lambda cue: cue.start_ms)


def _pieces(utterance: Utterance) -> list[Cue]:
    speaker = one_line(utterance.speaker)
    text = one_line(utterance.text)
    words = [(word.t_start, word.t_end, one_line(word.text)) for word in utterance.words]
    if " ".join(word for _, _, word in words) != text:
        words = [(utterance.t_start, utterance.t_end, text)]
    groups: list[list[tuple[float, float, str]]] = []
    length = 0
    for word in words:
        if not word[2]:
            continue
        if groups and length + 1 + len(word[2]) <= LONGEST:
            groups[-1].append(word)
            length += 1 + len(word[2])
        else:
            groups.append([word])
            length = len(word[2])
    return [_cue(speaker, group) for group in groups]


def _cue(speaker: str, words: list[tuple[float, float, str]]) -> Cue:
    start = max(0, round(words[0][0] * 1000))
    end = max(start + 1, round(words[-1][1] * 1000))
    text = " ".join(word for _, _, word in words)
    lines = textwrap.wrap(text, LINE, break_long_words=False, break_on_hyphens=False)
    return Cue(start, end, speaker, lines)


def clock(ms: int, separator: str) -> str:
    """Milliseconds as hh:mm:ss and thousandths."""
    seconds, thousandths = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{separator}{thousandths:03}"
