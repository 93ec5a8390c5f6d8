"""The kept recording as sound: as it is, sample by sample, or as small as a page can carry it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from illodesk.store.errors import NoMediaError, UnavailableError
from illodesk.store.exports.material import Material

if TYPE_CHECKING:
    from illodesk.engine.audio import FileReader

OPUS_RATE = 16_000
"""Hz; what was analysed, and what the report plays."""

OPUS_BITS = 24_000
"""Bits per second: transparent for one voice at a time."""


@dataclass(frozen=True)
class Chunk:
    """Samples of the recording in its own format: (samples, channels) of int16, int32 or float32."""

    first: int
    rate: int
    samples: NDArray[Any]


def chunks(material: Material) -> Iterator[Chunk]:
    """The recording from its first sample on, as it was decoded. Raises NoMediaError and UnavailableError."""
    with _reader(material) as reader:
        first = 0
        for samples in reader.native():
            yield Chunk(first, reader.info.sample_rate, samples)
            first += len(samples)


@contextmanager
def _reader(material: Material) -> Iterator[FileReader]:
    """The kept recording, open; what is wrong with it in the store's errors."""
    from illodesk.engine.audio import (
        FileReader,
        MediaError,
    )  # decoding is the engine's; only exports with sound need it

    if material.media is None:
        raise NoMediaError("The recording of this conversation was not kept, so there is no sound to export.")
    try:
        yield FileReader(material.media)
    except MediaError as error:
        raise UnavailableError(f"The recording could not be read. {error}") from error


def write_opus(material: Material, out: IO[bytes], share: float = 1.0) -> None:
    """Write the recording as one channel of Opus in Ogg, without metadata; progress goes up to ``share``."""
    import av

    with _reader(material) as reader, av.open(out, "w", format="ogg", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("libopus", rate=OPUS_RATE, bit_rate=OPUS_BITS, layout="mono")
        heard = 0
        for block in reader:
            material.step(share * heard / OPUS_RATE / (material.duration_s or 1.0))
            mono = np.ascontiguousarray(block.mean(axis=1, dtype=np.float32)[None])
            frame = av.AudioFrame.from_ndarray(mono, format="flt", layout="mono")
            frame.sample_rate, frame.pts = OPUS_RATE, heard
            container.mux(stream.encode(frame))
            heard += mono.shape[1]
        container.mux(stream.encode(None))
