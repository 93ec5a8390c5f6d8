"""CSV of words: one row per word with its times in s."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from illodesk.schema import AnalysisResult
from illodesk.store.exports.table import write_table
from illodesk.store.tracks import Track

_HEADER = ("utterance_id", "speaker", "channel", "index", "word", "t_start", "t_end", "confidence")


def export(
    result: AnalysisResult,
    tracks: Mapping[str, Track],  # noqa: ARG001 - every export has the same shape
    out: Path | BinaryIO,
    *,
    overwrite: bool = False,
) -> None:
    """Write one row per word; utterances without word times have none."""
    rows = (
        (
            utterance.utterance_id,
            utterance.speaker,
            utterance.channel,
            index,
            word.text,
            word.t_start,
            word.t_end,
            word.confidence,
        )
        for utterance in result.timeline
        for index, word in enumerate(utterance.words)
    )
    write_table(out, overwrite, _HEADER, rows)
