"""Plain text: one utterance per line, '[mm:ss] Speaker: text', hours where there are any."""

from __future__ import annotations

from typing import BinaryIO

from illodesk.store.clean import one_line
from illodesk.store.exports.material import Material
from illodesk.store.exports.output import text_over
from illodesk.store.exports.wording import shown_name, stamp


def write(material: Material, out: BinaryIO) -> None:
    """Write the transcript."""
    result = material.result
    with text_over(out) as file:
        for utterance in result.timeline:
            text = one_line(utterance.text)
            file.write(f"[{stamp(utterance.t_start)}] {shown_name(result, utterance.speaker)}: {text}\n")
