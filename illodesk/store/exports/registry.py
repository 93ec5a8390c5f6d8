"""Every export format by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Protocol

from illodesk.schema import AnalysisResult
from illodesk.store.exports import csv_frames, csv_utterances, csv_words, json_bundle, srt, txt, vtt
from illodesk.store.tracks import Track


class Exporter(Protocol):
    """Writes one result, with its tracks, to a file or a binary stream."""

    def __call__(
        self,
        result: AnalysisResult,
        tracks: Mapping[str, Track],
        out: Path | BinaryIO,
        *,
        overwrite: bool = False,
    ) -> None: ...


@dataclass(frozen=True)
class Format:
    """An export format: what users call it, how its files end, and what writes it."""

    name: str
    suffix: str
    description: str
    write: Exporter


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        format.name: format
        for format in (
            Format("json", ".json", "Everything in one file: the result and its tracks", json_bundle.export),
            Format("srt", ".srt", "Subtitles for video players", srt.export),
            Format("vtt", ".vtt", "Subtitles for web pages, with speakers", vtt.export),
            Format("txt", ".txt", "Plain transcript with times and speakers", txt.export),
            Format("csv", ".csv", "Table of utterances with their scores", csv_utterances.export),
            Format("words", ".words.csv", "Table of words with their times", csv_words.export),
            Format("frames", ".frames.csv", "Table of the prosody frames, one row per 10 ms", csv_frames.export),
        )
    }
)


def export(
    name: str,
    result: AnalysisResult,
    tracks: Mapping[str, Track],
    out: Path | BinaryIO,
    *,
    overwrite: bool = False,
) -> None:
    """Write ``result`` in the format ``name``, a key of :data:`FORMATS`.

    Raises ValueError for an unknown format, ExportExistsError and UnavailableError as ``open_output``.
    """
    if name not in FORMATS:
        msg = f"unknown format {name!r}; there are {', '.join(FORMATS)}"
        raise ValueError(msg)
    FORMATS[name].write(result, tracks, out, overwrite=overwrite)
