"""Every export format by its name."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from illodesk.store.exports import (
    clips,
    csv_frames,
    csv_utterances,
    csv_words,
    docx,
    eaf,
    html,
    json_bundle,
    markdown,
    pdf,
    srt,
    textgrid,
    txt,
    vtt,
)
from illodesk.store.exports.material import Material
from illodesk.store.exports.output import open_output
from illodesk.store.exports.pseudonym import pseudonymised

Writer = Callable[[Material, BinaryIO], None]
"""Writes one export to a binary stream that can seek."""


@dataclass(frozen=True)
class Format:
    """An export format: what users call it, how its files end, and what writes it.

    ``options`` names the fields of ExportOptions that it heeds, beside those for taking names out, which all heed.
    ``preview`` writes text that stands for a format that is not text itself.
    """

    name: str
    suffix: str
    description: str
    write: Writer
    options: tuple[str, ...] = ()
    preview: Writer | None = None
    needs_media: bool = False


_CLIP = ("start_s", "end_s")
_TABLE = ("delimiter", "decimal_comma")
_TEXT = ("times", "scores")
_SUBTITLES = ("names", "line_length", "lines")


def _whole_report(material: Material, out: BinaryIO) -> None:
    """The report in Markdown, for formats that leave nothing of it out."""
    options = material.options.model_copy(update={"times": True, "scores": True})
    markdown.write(replace(material, options=options), out)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        format.name: format
        for format in (
            Format(
                "json", ".json", "Everything in one file: the result and its tracks", json_bundle.write, ("compact",)
            ),
            Format("srt", ".srt", "Subtitles for video players", srt.write, _SUBTITLES),
            Format("vtt", ".vtt", "Subtitles for web pages, with speakers", vtt.write, (*_SUBTITLES, "word_times")),
            Format("txt", ".txt", "Plain transcript with times and speakers", txt.write, _TEXT),
            Format("csv", ".csv", "Table of utterances with their scores", csv_utterances.write, _TABLE),
            Format("words", ".words.csv", "Table of words with their times", csv_words.write, _TABLE),
            Format("frames", ".frames.csv", "Table of the prosody frames, one row per 10 ms", csv_frames.write, _TABLE),
            Format("md", ".md", "Report in Markdown: overview, tables, transcript", markdown.write, _TEXT),
            Format("docx", ".docx", "Report for word processors", docx.write, _TEXT, markdown.write),
            Format(
                "html", ".html", "Report as one web page, with plots and sound", html.write, ("audio",), _whole_report
            ),
            Format("pdf", ".pdf", "Report to print", pdf.write, ("paper",), _whole_report),
            Format("eaf", ".eaf", "Tiers for ELAN, with words, emotions, moments and own tiers", eaf.write, ("words",)),
            Format("textgrid", ".TextGrid", "Tiers for Praat, with the same", textgrid.write, ("words",)),
            Format(
                "flac",
                ".flac",
                "Sound of a stretch of time",
                clips.write_flac,
                _CLIP,
                clips.list_stretch,
                needs_media=True,
            ),
            Format(
                "wav",
                ".wav",
                "Sound of a stretch of time, as WAV",
                clips.write_wav,
                _CLIP,
                clips.list_stretch,
                needs_media=True,
            ),
            Format(
                "clips",
                ".clips.zip",
                "Sound of every moment and marker",
                clips.write_zip,
                (),
                clips.list_moments,
                needs_media=True,
            ),
        )
    }
)


def export(name: str, material: Material, out: Path | BinaryIO, *, overwrite: bool = False) -> None:
    """Write ``material`` in the format ``name``, a key of :data:`FORMATS`; a file is there whole or not at all.

    Raises ValueError for an unknown format, ExportExistsError and UnavailableError as ``open_output``, and
    ExportCancelledError, NoMediaError and InvalidError as the format does.
    """
    format = _format(name)
    with open_output(out, overwrite) as file:
        format.write(_as_wanted(material), file)
    material.on_progress(1.0)


def preview(name: str, material: Material, size: int = 20_000) -> str:
    """The beginning of an export as text, at most ``size`` bytes of it; raises as :func:`export`."""
    format = _format(name)
    head = _Head(size)
    try:
        (format.preview or format.write)(_as_wanted(material), head)
    except _FullError:
        return head.text() + "…"
    return head.text()


def _format(name: str) -> Format:
    if name not in FORMATS:
        msg = f"unknown format {name!r}; there are {', '.join(FORMATS)}"
        raise ValueError(msg)
    return FORMATS[name]


def _as_wanted(material: Material) -> Material:
    return pseudonymised(material) if material.options.pseudonymise else material


class _FullError(Exception):
    """The preview is long enough."""


class _Head(io.BytesIO):
    """Takes so many bytes and no more."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        super().write(data)
        if self.tell() > self._size:
            raise _FullError
        return len(data)

    def text(self) -> str:
        return self.getvalue()[: self._size].decode("utf-8-sig", errors="ignore")
