"""Plain text: one utterance per line, '[mm:ss] Speaker: text', hours where there are any."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from illodesk.schema import AnalysisResult
from illodesk.store.clean import one_line
from illodesk.store.exports.output import open_text
from illodesk.store.tracks import Track


def export(
    result: AnalysisResult,
    tracks: Mapping[str, Track],  # noqa: ARG001 - every export has the same shape
    out: Path | BinaryIO,
    *,
    overwrite: bool = False,
) -> None:
    """Write the transcript of ``result``."""
    with open_text(out, overwrite) as file:
        for utterance in result.timeline:
            text = one_line(utterance.text)
            file.write(f"[{_stamp(utterance.t_start)}] {one_line(utterance.speaker)}: {text}\n")


def _stamp(seconds: float) -> str:
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
