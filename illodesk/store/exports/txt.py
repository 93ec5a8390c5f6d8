"""Plain text: one utterance per line, '[mm:ss] Speaker: text', hours where there are any; scores
behind the text where they are asked for."""

from __future__ import annotations

from typing import BinaryIO

from illodesk.schema import Utterance
from illodesk.store.clean import one_line
from illodesk.store.exports.material import Material
from illodesk.store.exports.output import text_over
from illodesk.store.exports.wording import number, shown_name, stamp


def write(material: Material, out: BinaryIO) -> None:
    """Write the transcript."""
    result, options = material.result, material.options
    with text_over(out) as file:
        for utterance in result.timeline:
            when = f"[{stamp(utterance.t_start)}] " if options.times else ""
            scores = _scores(utterance) if options.scores else ""
            file.write(f"{when}{shown_name(result, utterance.speaker)}: {one_line(utterance.text)}{scores}\n")


def _scores(utterance: Utterance) -> str:
    """How an utterance sounds, in brackets; empty without evidence."""
    emotion = utterance.emotion
    values = {"valence": emotion.valence, "arousal": emotion.arousal}
    told = [f"{name} {number(value, signed=True)}" for name, value in values.items() if value is not None]
    told = [emotion.dominant, *told] if emotion.dominant else told
    return f" ({', '.join(told)})" if told else ""
