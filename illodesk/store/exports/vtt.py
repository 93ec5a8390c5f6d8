"""WebVTT subtitles with voice tags; &, < and > are escaped, in names too."""

from __future__ import annotations

from typing import BinaryIO

from illodesk.store.exports.cues import Cue, clock, cues
from illodesk.store.exports.material import Material
from illodesk.store.exports.output import text_over


def write(material: Material, out: BinaryIO) -> None:
    """Write the subtitles."""
    options = material.options
    with text_over(out) as file:
        file.write("WEBVTT\n")
        for cue in cues(material.result, options.line_length, options.lines):
            text = _timed(cue) if options.word_times else _escape("\n".join(cue.lines))
            named = cue.speaker and options.names
            file.write(f"\n{clock(cue.start_ms, '.')} --> {clock(cue.end_ms, '.')}\n")
            file.write(f"<v {_escape(cue.speaker)}>{text}</v>\n" if named else f"{text}\n")


def _timed(cue: Cue) -> str:
    """The text of a cue with a time before every word that begins later than the one before it, as WebVTT demands."""
    lines, at = [], cue.start_ms
    for line in cue.words:
        words = []
        for start, text in line:
            later = at < start < cue.end_ms
            words.append(f"<{clock(start, '.')}>{_escape(text)}" if later else _escape(text))
            at = start if later else at
        lines.append(" ".join(words))
    return "\n".join(lines)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
