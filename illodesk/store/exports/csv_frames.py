"""CSV of frames: every track, one row per frame, streamed in constant memory.

``track`` names the track, ``t`` is the time of the frame in s; the other columns are those of the tracks, joined by
name. A cell is empty where a track lacks the column or the value is not known (NaN).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from illodesk.store.exports.material import Material
from illodesk.store.exports.table import Cell, write_table
from illodesk.store.tracks import Track

_BLOCK = 4096


def write(material: Material, out: BinaryIO) -> None:
    """Write one row per frame, track by track."""
    tracks = material.tracks
    columns = list(dict.fromkeys(c for _, track in sorted(tracks.items()) for c in track.info.columns if c != "t"))
    rows = (row for name, track in sorted(tracks.items()) for row in _rows(name, track, columns))
    write_table(out, ["track", "t", *columns], rows, material.options)


def _rows(name: str, track: Track, columns: list[str]) -> Iterator[list[Cell]]:
    places = [track.info.columns.index(column) if column in track.info.columns else None for column in columns]
    for start in range(0, len(track.frames), _BLOCK):
        frames = track.frames[start : start + _BLOCK].tolist()
        times = track.times(start, start + _BLOCK).tolist()
        for time, frame in zip(times, frames, strict=True):
            yield [name, time, *(None if place is None else frame[place] for place in places)]
