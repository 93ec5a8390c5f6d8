"""CSV of words: one row per word with its times in s."""

from __future__ import annotations

from typing import BinaryIO

from illodesk.store.exports.material import Material
from illodesk.store.exports.table import write_table

_HEADER = ("utterance_id", "speaker", "channel", "index", "word", "t_start", "t_end", "confidence")


def write(material: Material, out: BinaryIO) -> None:
    """Write one row per word; utterances without word times have none."""
    rows = (
        (
            utterance.utterance_id,
            material.result.name_of(utterance.speaker),
            utterance.channel,
            index,
            word.text,
            word.t_start,
            word.t_end,
            word.confidence,
        )
        for utterance in material.result.timeline
        for index, word in enumerate(utterance.words)
    )
    write_table(out, _HEADER, rows, material.options)
