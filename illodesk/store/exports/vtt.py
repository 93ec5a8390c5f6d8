"""WebVTT subtitles with voice tags; &, < and > are escaped, in names too."""

from __future__ import annotations

from typing import BinaryIO

from illodesk.store.exports.cues import clock, cues
from illodesk.store.exports.material import Material
from illodesk.store.exports.output import text_over


def write(material: Material, out: BinaryIO) -> None:
    """Write the subtitles."""
    with text_over(out) as file:
        file.write("WEBVTT\n")
        for cue in cues(material.result):
            text = _escape("\n".join(cue.lines))
            file.write(f"\n{clock(cue.start_ms, '.')} --> {clock(cue.end_ms, '.')}\n")
            file.write(f"<v {_escape(cue.speaker)}>{text}</v>\n" if cue.speaker else f"{text}\n")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
