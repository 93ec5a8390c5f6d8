"""SRT subtitles: 'Speaker: text' or the text alone, UTF-8 without a mark.

SRT has no escapes. An arrow as in its time lines becomes '→'; <, > and & stay as they are.
"""

from __future__ import annotations

import re
from typing import BinaryIO

from illodesk.store.exports.cues import clock, cues
from illodesk.store.exports.material import Material
from illodesk.store.exports.output import text_over

_ARROW = re.compile(r"-[- ]*>")


def write(material: Material, out: BinaryIO) -> None:
    """Write the subtitles."""
    options = material.options
    with text_over(out) as file:
        for number, cue in enumerate(cues(material.result, options.line_length, options.lines), start=1):
            who = f"{cue.speaker}: " if cue.speaker and options.names else ""
            text = _ARROW.sub("→", who + "\n".join(cue.lines))
            file.write(f"{number}\n{clock(cue.start_ms, ',')} --> {clock(cue.end_ms, ',')}\n{text}\n\n")
