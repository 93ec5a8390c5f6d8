"""A recording on disk: append-only blocks per channel, readable at any instant, whatever becomes of who writes them.

    <folder>/recording.json     what is recorded; written before the first sample
             channel_0.blk …    blocks: magic, frames, clock, CRC-32, then 16-bit samples
             journal.jsonl      gaps, lost and returned devices, markers, notes, each with its second
             closed.json        written last; its absence means that the recording was interrupted or goes on

A block says when it was heard on the recorder's clock, so channels are aligned by time, never by counting samples:
where a device delivered nothing the reader fills with silence, and where its clock runs fast or slow the reader
stretches the blocks by fractions of a per mille. A torn last block, and nothing else, is lost when the writer dies.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from illodesk.durable import sync_folder, write_durably
from illodesk.schema import Model

SAMPLE_RATE = 16_000
MAGIC = b"IDB1"
HEADER = struct.Struct("<4sIdI")
MAX_BLOCK = 16 * SAMPLE_RATE
GAP_S = 0.1
"""A block this much later than the samples before it allow is after a gap; less is jitter or drift."""

MAX_STRETCH = 0.005
"""Largest share by which a block is made longer or shorter to follow its clock. Inaudible in speech."""


class ChannelSpec(Model):
    """One channel of a recording."""

    name: str = Field(description="What users call it: the device, or 'mine' and 'theirs'")
    kind: Literal["microphone", "system", "file", "pipe"]
    device: str = Field("", description="Id of the device; empty for the default")


class RecordingSpec(Model):
    """What is recorded, written before the first sample."""

    format: int = 1
    recording_id: str
    started_at: float = Field(description="Unix time of second 0")
    sample_rate: int = SAMPLE_RATE
    channels: list[ChannelSpec]


class JournalEntry(Model):
    """Something that happened during a recording."""

    t: float = Field(description="s from the start")
    kind: str = Field(description="gap, device_lost, device_back, clipping, silence, disk_low, marker, note, …")
    channel: int | None = None
    text: str = ""


class RecordingError(Exception):
    """A recording cannot be read or written. ``str()`` is worded for the user."""


class RecordingWriter:
    """Appends blocks. One writer per recording; the folder must be new."""

    def __init__(self, folder: Path, spec: RecordingSpec) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.spec = spec
        write_durably(folder / "recording.json", spec.model_dump_json(indent=1).encode())
        self._files = [(folder / f"channel_{i}.blk").open("xb") for i in range(len(spec.channels))]
        self._journal = (folder / "journal.jsonl").open("ab")
        sync_folder(folder)

    def pass_time(self, channel: int, t: float) -> None:
        """Say that a channel delivered nothing until ``t``; readers need not wait for it. Later blocks begin later."""
        self.append(channel, t, np.zeros(0, np.int16))

    def append(self, channel: int, t: float, samples: NDArray[np.int16]) -> None:
        """Append samples that began ``t`` seconds after the start, on the recorder's clock."""
        for start in range(0, max(1, len(samples)), MAX_BLOCK):
            payload = np.ascontiguousarray(samples[start : start + MAX_BLOCK], dtype="<i2").tobytes()
            at = t + start / self.spec.sample_rate
            check = zlib.crc32(payload, zlib.crc32(struct.pack("<Id", len(payload) // 2, at)))
            self._files[channel].write(HEADER.pack(MAGIC, len(payload) // 2, at, check) + payload)

    def note(self, entry: JournalEntry) -> None:
        """Append to the journal."""
        self._journal.write(entry.model_dump_json().encode() + b"\n")
        self._journal.flush()

    def flush(self) -> None:
        """Hand everything to the operating system: the end of this process costs nothing from here on."""
        for file in [*self._files, self._journal]:
            file.flush()

    def sync(self) -> None:
        """Make everything durable: the end of the machine costs nothing from here on."""
        self.flush()
        for file in [*self._files, self._journal]:
            os.fsync(file.fileno())

    def close(self, reason: str = "stopped") -> None:
        """End the recording in order."""
        if self._journal.closed:
            return
        self.sync()
        self.abandon()
        write_durably(self.folder / "closed.json", json.dumps({"reason": reason}).encode())

    def abandon(self) -> None:
        """Stop writing and leave the recording open, as a crash would."""
        for file in [*self._files, self._journal]:
            file.close()


class ChannelReader:
    """Reads the blocks of one channel as they appear, placed on the common clock."""

    def __init__(self, path: Path, sample_rate: int) -> None:
        self._file: BinaryIO = path.open("rb")
        self._rate = sample_rate
        self.position = 0
        self.gap_samples = 0

    def read(self) -> Iterator[NDArray[np.int16]]:
        """Whole blocks that are there now, with silence where nothing was delivered; stops at a torn one."""
        while True:
            at = self._file.tell()
            head = self._file.read(HEADER.size)
            if len(head) < HEADER.size:
                self._file.seek(at)
                return
            magic, frames, t, check = HEADER.unpack(head)
            payload = self._file.read(2 * frames) if magic == MAGIC and frames <= MAX_BLOCK else b""
            if len(payload) < 2 * frames or zlib.crc32(payload, zlib.crc32(struct.pack("<Id", frames, t))) != check:
                self._file.seek(at)
                return
            yield self._place(t, np.frombuffer(payload, dtype="<i2").astype(np.int16))

    def _place(self, t: float, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        late = round(t * self._rate) - self.position
        if late > (GAP_S * self._rate if len(samples) else 0):
            samples = np.concatenate([np.zeros(late, np.int16), samples])
            self.gap_samples += late
        elif late and len(samples) > 1:
            limit = max(1, int(len(samples) * MAX_STRETCH))
            length = len(samples) + max(-limit, min(limit, late))
            grid = np.linspace(0, len(samples) - 1, length)
            samples = np.round(np.interp(grid, np.arange(len(samples)), samples)).astype(np.int16)
        self.position += len(samples)
        return samples

    def close(self) -> None:
        self._file.close()


class RecordingReader:
    """Reads a recording as aligned blocks of shape (samples, channels), while it grows or afterwards."""

    def __init__(self, folder: Path) -> None:
        """Raises RecordingError when there is no recording in the folder."""
        self.folder = folder
        try:
            self.spec = RecordingSpec.model_validate_json((folder / "recording.json").read_bytes())
            rate = self.spec.sample_rate
            self._readers = [ChannelReader(folder / f"channel_{i}.blk", rate) for i in range(len(self.spec.channels))]
        except (OSError, ValueError) as error:
            msg = f"There is no readable recording in {folder.name}."
            raise RecordingError(msg) from error
        self._waiting: list[list[NDArray[np.int16]]] = [[] for _ in self._readers]
        self.position = 0

    @property
    def closed(self) -> bool:
        """Whether the recorder ended it in order."""
        return (self.folder / "closed.json").exists()

    def read(self, *, last: bool = False, limit: int = 1 << 62) -> NDArray[np.int16]:
        """What all channels have by now, shape (n, channels), possibly empty; about ``limit`` samples at most.

        Depends on the blocks alone, never on when it is called. ``last`` takes everything there is, with silence for
        channels that end before the others.
        """
        until = self.position + limit
        going_on: list[int] = []
        for waiting, reader in zip(self._waiting, self._readers, strict=True):
            for block in reader.read():
                waiting.append(block)
                if reader.position >= until:
                    going_on.append(reader.position)
                    break
        ends = [reader.position for reader in self._readers]
        length = (min(going_on) if going_on else max(ends)) - self.position if last else min(ends) - self.position
        block = np.zeros((length, len(self._readers)), np.int16)
        for i, waiting in enumerate(self._waiting):
            joined = np.concatenate([np.zeros(0, np.int16), *waiting])
            block[: min(length, len(joined)), i] = joined[:length]
            self._waiting[i] = [joined[length:]]
        self.position += length
        return block

    def journal(self) -> list[JournalEntry]:
        """What happened so far; a torn last line is left out."""
        try:
            lines = (self.folder / "journal.jsonl").read_bytes().split(b"\n")[:-1]
        except OSError:
            return []
        return [JournalEntry.model_validate_json(line) for line in lines if line]

    def close(self) -> None:
        """Close the files."""
        for reader in self._readers:
            reader.close()
