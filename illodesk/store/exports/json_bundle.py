"""JSON: the whole bundle as one file.

The top level is an AnalysisResult, key for key; ``tracks`` is added. A track holds its ``columns``, its ``hop_s`` and
``start_s``, its ``shape`` (frames, columns) and ``data``: the frames row by row as little-endian 32-bit floats
(``dtype`` "<f4") in base64, which keeps every bit and is a third of the size of decimal numbers.
"""

from __future__ import annotations

import base64
import json
from typing import BinaryIO

import numpy as np

from illodesk.store.exports.material import Material
from illodesk.store.tracks import Track

_ROWS = 3 * 8192  # base64 of a multiple of three bytes needs no padding, so blocks can be joined


def write(material: Material, out: BinaryIO) -> None:
    """Write the result and the tracks; tracks are streamed."""
    compact = material.options.compact
    body = material.result.model_dump_json(indent=None if compact else 1).encode()
    out.write(body.removesuffix(b"}").removesuffix(b"\n"))
    out.write(b',"tracks":{' if compact else b',\n "tracks": {')
    for place, (name, track) in enumerate(sorted(material.tracks.items())):
        out.write(b"," if place else b"")
        out.write(b"" if compact else b"\n  ")
        _write_track(out, name, track)
    out.write(b"}}\n" if compact else b"\n }\n}\n")


def _write_track(file: BinaryIO, name: str, track: Track) -> None:
    head = track.info.model_dump() | {"dtype": "<f4", "shape": list(track.frames.shape)}
    file.write(f'{json.dumps(name)}: {json.dumps(head)[:-1]}, "data": "'.encode())
    for start in range(0, len(track.frames), _ROWS):
        block = np.ascontiguousarray(track.frames[start : start + _ROWS], dtype="<f4")
        file.write(base64.b64encode(block.data))
    file.write(b'"}')
