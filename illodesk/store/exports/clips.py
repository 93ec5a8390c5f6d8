"""Clips: the sound of a stretch of time, or of every moment and marker, sample by sample as the recording has it.

16-bit sound stays 16-bit; what is finer becomes 24-bit in FLAC and stays as it is in WAV. Sample n of the recording is
at n / rate s, so a clip holds the samples from round(start * rate) up to round(end * rate).
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np

from illodesk.store.errors import InvalidError
from illodesk.store.exports.material import Material
from illodesk.store.exports.output import text_over
from illodesk.store.exports.sound import Chunk, chunks
from illodesk.store.exports.wording import plain, stamp

MARGIN_S = 1.0
"""Heard before and after a moment, so that one hears what it is about."""

MARKER_S = 5.0
"""Heard on each side of a marker, which has no length of its own."""

_FLAC_CHANNELS = 8


@dataclass(frozen=True)
class Stretch:
    """A part of the recording, in s, and what it is called."""

    start_s: float
    end_s: float
    name: str


def write_flac(material: Material, out: BinaryIO) -> None:
    """Write the sound from ``start_s`` to ``end_s`` as FLAC. Raises NoMediaError, InvalidError."""
    _cut(material, {_wanted(material): out}, "FLAC")


def write_wav(material: Material, out: BinaryIO) -> None:
    """Write the sound from ``start_s`` to ``end_s`` as WAV. Raises NoMediaError, InvalidError."""
    _cut(material, {_wanted(material): out}, "WAV")


def write_zip(material: Material, out: BinaryIO) -> None:
    """Write a ZIP with one FLAC of every moment and marker. Raises NoMediaError; InvalidError when there is none."""
    stretches = _moments(material)
    if not stretches:
        raise InvalidError("There are no moments or markers in this conversation to cut clips of.")
    sounds: dict[Stretch, BinaryIO] = {stretch: io.BytesIO() for stretch in stretches}
    _cut(material, sounds, "FLAC")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for stretch, sound in sounds.items():
            sound.seek(0)
            archive.writestr(zipfile.ZipInfo(f"{stretch.name}.flac"), sound.read())


def list_stretch(material: Material, out: BinaryIO) -> None:
    """What :func:`write_flac` and :func:`write_wav` cut, as a line of text."""
    _list(material, [_wanted(material)], out)


def list_moments(material: Material, out: BinaryIO) -> None:
    """What :func:`write_zip` cuts, a line of text for each clip."""
    _list(material, _moments(material), out)


def _list(material: Material, stretches: list[Stretch], out: BinaryIO) -> None:
    with text_over(out) as file:
        for each in stretches:
            end = min(each.end_s, material.duration_s)
            file.write(f"{stamp(each.start_s)} to {stamp(end)} ({end - each.start_s:.1f} s)  {each.name}\n")


def _wanted(material: Material) -> Stretch:
    options = material.options
    return Stretch(options.start_s or 0.0, math.inf if options.end_s is None else options.end_s, "clip")


def _moments(material: Material) -> list[Stretch]:
    result, length = material.result, material.duration_s
    found = [
        (moment.start_ms / 1000 - MARGIN_S, moment.end_ms / 1000 + MARGIN_S, moment.category)
        for moment in result.moments
    ]
    found += [(marker.t - MARKER_S, marker.t + MARKER_S, marker.key or "marker") for marker in result.markers]
    inside = sorted((max(0.0, start), min(length, end), title) for start, end, title in found)
    return [
        Stretch(start, end, f"{number:03} {stamp(start).replace(':', '-')} {_safe(title)}")
        for number, (start, end, title) in enumerate((each for each in inside if each[0] < each[1]), start=1)
    ]


def _safe(title: str) -> str:
    return "".join(c if c.isalnum() or c in " -" else " " for c in plain(title)).strip()[:60]


def _cut(material: Material, sounds: dict[Stretch, BinaryIO], container: str) -> None:
    """Read the recording once, up to the last stretch, and write every stretch to its stream."""
    files: dict[Stretch, Any] = {}
    last = max(stretch.end_s for stretch in sounds)
    try:
        for chunk in _until(material, last):
            material.step(chunk.first / chunk.rate / min(last, material.duration_s or last))
            for stretch, out in sounds.items():
                part = _overlap(chunk, stretch)
                if len(part):
                    if stretch not in files:
                        files[stretch] = _open(out, chunk, container)
                    files[stretch].write(part)
    finally:
        for file in files.values():
            file.close()
    if len(files) < len(sounds):
        raise InvalidError("There is no sound at this time of the recording.")


def _until(material: Material, end_s: float) -> Iterator[Chunk]:
    for chunk in chunks(material):
        if chunk.first >= end_s * chunk.rate:
            return
        yield chunk


def _overlap(chunk: Chunk, stretch: Stretch) -> Any:
    start = max(0, round(stretch.start_s * chunk.rate) - chunk.first)
    if math.isinf(stretch.end_s):
        return chunk.samples[start:]
    return chunk.samples[start : max(0, round(stretch.end_s * chunk.rate) - chunk.first)]


def _open(out: BinaryIO, chunk: Chunk, container: str) -> Any:
    import soundfile  # loads a library; only clips need it

    channels = chunk.samples.shape[1]
    if container == "FLAC" and channels > _FLAC_CHANNELS:
        raise InvalidError(f"FLAC holds {_FLAC_CHANNELS} channels, and this recording has {channels}. Choose WAV.")
    finest = "PCM_24" if container == "FLAC" else "PCM_32" if chunk.samples.dtype == np.int32 else "FLOAT"
    kind = "PCM_16" if chunk.samples.dtype == np.int16 else finest
    return soundfile.SoundFile(out, "w", chunk.rate, channels, kind, format=container)
