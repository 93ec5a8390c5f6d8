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
        shown = cues(material.result, options.line_length, options.lines, named=options.names)
        for number, cue in enumerate(shown, start=1):
            text = _ARROW.sub("→", "\n".join(cue.lines))
            file.write(f"{number}\n{clock(cue.start_ms, ',')} --> {clock(cue.end_ms, ',')}\n{text}\n\n")
