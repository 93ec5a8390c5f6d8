"""WebVTT subtitles with voice tags; &, < and > are escaped, in names too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from illodesk.schema import AnalysisResult
from illodesk.store.exports.cues import clock, cues
from illodesk.store.exports.output import open_text
from illodesk.store.tracks import Track


def export(
    result: AnalysisResult,
    tracks: Mapping[str, Track],  # noqa: ARG001 - every export has the same shape
    out: Path | BinaryIO,
    *,
    overwrite: bool = False,
) -> None:
    """Write the subtitles of ``result``."""
    with open_text(out, overwrite) as file:
        file.write("WEBVTT\n")
        for cue in cues(result):
            text = _escape("\n".join(cue.lines))
            file.write(f"\n{clock(cue.start_ms, '.')} --> {clock(cue.end_ms, '.')}\n")
            file.write(f"<v {_escape(cue.speaker)}>{text}</v>\n" if cue.speaker else f"{text}\n")


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
