"""SRT subtitles: 'Speaker: text', UTF-8 without a mark.

SRT has no escapes. An arrow as in its time lines becomes '→'; <, > and & stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from illodesk.schema import AnalysisResult
from illodesk.store.exports.cues import clock, cues
from illodesk.store.exports.output import open_text
from illodesk.store.tracks import Track

_ARROW = re.compile(r"-[- ]*>")


def export(
    result: AnalysisResult,
    tracks: Mapping[str, Track],  # noqa: ARG001 - every export has the same shape
    out: Path | BinaryIO,
    *,
    overwrite: bool = False,
) -> None:
    """Write the subtitles of ``result``."""
    with open_text(out, overwrite) as file:
        for number, cue in enumerate(cues(result), start=1):
            who = f"{cue.speaker}: " if cue.speaker else ""
            text = _ARROW.sub("→", who + "\n".join(cue.lines))
            file.write(f"{number}\n{clock(cue.start_ms, ',')} --> {clock(cue.end_ms, ',')}\n{text}\n\n")
