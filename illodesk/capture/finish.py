"""Makes one FLAC of a recording, and only then lets its blocks go."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from illodesk.capture import control
from illodesk.capture.recording import CLOSED, HEADER, MAX_BLOCK, RecordingError, RecordingReader
from illodesk.durable import sync_folder, write_durably
from illodesk.schema import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

PIECE = 1 << 18
LARGEST_BLOCK = HEADER.size + 2 * MAX_BLOCK


class FinishedRecording(Model):
    """A recording as one file, equal to its blocks sample by sample."""

    flac: Path
    channels: int
    samples: int
    duration_s: float
    interrupted: bool = Field(description="The recorder did not close it")
    gap_s: list[float] = Field(description="Per channel: silence for what no device delivered")
    damaged: bool = Field(description="More than a torn last block could not be read; the blocks are to be kept")


def finish_recording(folder: Path, flac: Path) -> FinishedRecording:
    """Write all channels of a closed or interrupted recording to a FLAC file (16 kHz, 16 bit) and verify it.

    Constant memory. The blocks stay: see ``delete_blocks``. The file is in place only when it is whole and verified.
    Raises RecordingError when the recording still goes on, is empty or cannot be read, the disk is full, or the file is
    not what was recorded.
    """
    import soundfile

    _refuse_while_recorded(folder)
    part = flac.with_name(flac.name + ".part")
    reader = RecordingReader(folder)
    try:
        rate, channels = reader.spec.sample_rate, len(reader.spec.channels)
        with soundfile.SoundFile(part, "w", rate, channels, "PCM_16", format="FLAC") as file:
            for block in _blocks(reader):
                file.write(block)
        if not reader.position:
            msg = f"There is no sound in {folder.name}."
            raise RecordingError(msg)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        verify(folder, part)
        part.replace(flac)
        sync_folder(flac.parent)
        return FinishedRecording(
            flac=flac,
            channels=channels,
            samples=reader.position,
            duration_s=reader.position / rate,
            interrupted=not reader.closed,
            gap_s=[gap / rate for gap in reader.gap_samples],
            damaged=any(unread > LARGEST_BLOCK for unread in reader.unread_bytes),
        )
    except (OSError, soundfile.SoundFileError) as error:
        msg = f"The recording {folder.name} cannot be written as FLAC ({error}). It is kept as it is."
        raise RecordingError(msg) from error
    finally:
        reader.close()
        part.unlink(missing_ok=True)


def verify(folder: Path, flac: Path) -> None:
    """Compare a FLAC file with the blocks, sample by sample. Raises RecordingError when they differ."""
    import soundfile

    reader = RecordingReader(folder)
    try:
        with soundfile.SoundFile(flac) as file:
            same = file.samplerate == reader.spec.sample_rate and file.channels == len(reader.spec.channels)
            for block in _blocks(reader) if same else ():
                read = file.read(len(block), dtype="int16", always_2d=True)
                if not np.array_equal(read, block):
                    same = False
                    break
            if not same or len(file.read(1, always_2d=True)):
                msg = f"{flac.name} is not what was recorded. The recording is kept."
                raise RecordingError(msg)
    except (OSError, soundfile.SoundFileError) as error:
        msg = f"{flac.name} cannot be read back ({error}). The recording is kept."
        raise RecordingError(msg) from error
    finally:
        reader.close()


def delete_blocks(folder: Path, flac: Path) -> None:
    """Delete the blocks of a recording that a FLAC file holds; the journal and the specification stay.

    Verifies once more. Raises RecordingError, and deletes nothing, when the file is not what was recorded, the
    recording still goes on, or the blocks are damaged, so that they may hold more than could be read.
    """
    _refuse_while_recorded(folder)
    verify(folder, flac)
    reader = RecordingReader(folder)
    try:
        for _ in _blocks(reader):
            pass
        damaged = any(unread > LARGEST_BLOCK for unread in reader.unread_bytes)
        channels = len(reader.spec.channels)
    finally:
        reader.close()
    if damaged:
        msg = f"The recording {folder.name} is damaged and may hold more than could be read. It is kept."
        raise RecordingError(msg)
    close_interrupted(folder)
    for i in range(channels):
        (folder / f"channel_{i}.blk").unlink()
    sync_folder(folder)


def close_interrupted(folder: Path) -> None:
    """Say that an interrupted recording was dealt with, so that it is not offered again. Nothing of it is changed.

    Does nothing for one that was closed in order. Raises RecordingError while it is being recorded.
    """
    _refuse_while_recorded(folder)
    if not (folder / CLOSED).exists():
        write_durably(folder / CLOSED, json.dumps({"reason": "interrupted"}).encode())


def _refuse_while_recorded(folder: Path) -> None:
    owner = control.read_owner(folder)
    if owner is not None and owner.alive():
        msg = f"{folder.name} is still being recorded."
        raise RecordingError(msg)


def _blocks(reader: RecordingReader) -> Iterator[NDArray[np.int16]]:
    while len(block := reader.read(last=True, limit=PIECE)):
        yield block
