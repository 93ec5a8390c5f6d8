"""A recording on disk: append-only blocks per channel, readable at any instant, whatever becomes of who writes them.

    <folder>/recording.json     what is recorded; written before the first sample
             channel_0.blk …    blocks: magic, frames, clock, CRC-32, then 16-bit samples
             journal.jsonl      lost and returned devices, drops, markers, notes, each with its second
             closed.json        written last; its absence means that the recording was interrupted or goes on

A block says when it was heard on the recorder's clock, so channels are aligned by time, never by counting samples:
where a device delivered nothing the reader fills with silence, and where its clock runs fast or slow the blocks step by
some milliseconds in a pause or, where none comes, the reader stretches them a little. A torn last block, and nothing
else, is lost when the writer dies.
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
CLOSED = "closed.json"
GAP_S = 0.02
"""A block this much later than the samples before it allow is after a gap; less is jitter or drift."""

STEP_S = 0.002
"""A block that begins this much earlier or later was moved on purpose, at a pause; less is followed by stretching."""

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
    kind: str = Field(
        description="device, device_lost, stand_in, device_back, dropped, disk_low, sleep, pause, go_on, marker or note"
    )
    channel: int | None = None
    text: str = ""


class RecordingError(Exception):
    """A recording cannot be read or written. ``str()`` is worded for the user."""


class AppendFile:
    """A file that grows by whole pieces: what fails to be written whole is cut off again."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb", buffering=0)
        self._waiting: list[bytes] = []
        self._end = 0

    def append(self, piece: bytes) -> None:
        """Queue a piece for the next ``flush``."""
        self._waiting.append(piece)

    def flush(self) -> None:
        """Hand what waits to the operating system. Raises OSError; nothing of it is in the file then."""
        data = memoryview(b"".join(self._waiting))
        done = 0
        try:
            while done < len(data):
                done += self._file.write(data[done:]) or 0
        except OSError:
            self._file.truncate(self._end)
            self._file.seek(self._end)
            raise
        self._end += done
        self._waiting.clear()

    def sync(self) -> None:
        """Make durable what was flushed; safe to call from another thread."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        self._file.close()

    @property
    def closed(self) -> bool:
        return self._file.closed


class RecordingWriter:
    """Appends blocks. One writer per recording; the folder must hold none yet."""

    def __init__(self, folder: Path, spec: RecordingSpec) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.spec = spec
        write_durably(folder / "recording.json", spec.model_dump_json(indent=1).encode())
        self._channels = [AppendFile(folder / f"channel_{i}.blk") for i in range(len(spec.channels))]
        self._journal = AppendFile(folder / "journal.jsonl")
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
            self._channels[channel].append(HEADER.pack(MAGIC, len(payload) // 2, at, check) + payload)

    def note(self, entry: JournalEntry) -> None:
        """Append to the journal."""
        self._journal.append(entry.model_dump_json().encode() + b"\n")

    def flush(self) -> None:
        """Hand everything to the operating system: the end of this process costs nothing from here on.

        Raises OSError, e.g. when the disk is full; what was flushed before stays readable, the rest waits.
        """
        for file in [self._journal, *self._channels]:
            file.flush()

    def sync_flushed(self) -> None:
        """Make durable what was flushed: the end of the machine costs none of it. Safe from another thread."""
        for file in [self._journal, *self._channels]:
            file.sync()

    def sync(self) -> None:
        """Flush, and make everything durable."""
        self.flush()
        self.sync_flushed()

    def close(self, reason: str = "stopped") -> None:
        """End the recording in order. Raises OSError when the last blocks do not fit; the recording stays open then."""
        if self._journal.closed:
            return
        self.sync()
        write_durably(self.folder / CLOSED, json.dumps({"reason": reason}).encode())
        self.abandon()

    def abandon(self) -> None:
        """Stop writing and leave the recording open, as a crash would."""
        for file in [self._journal, *self._channels]:
            file.close()


class ChannelReader:
    """Reads the blocks of one channel as they appear, placed on the common clock."""

    def __init__(self, path: Path, sample_rate: int) -> None:
        self._path = path
        self._file: BinaryIO = path.open("rb")
        self._rate = sample_rate
        self._silence = 0
        self._samples = np.zeros(0, np.int16)
        self._continues = False  # whether the last block was sound, which a next one may join
        self.position = 0
        self.gap_samples = 0

    @property
    def unread_bytes(self) -> int:
        """What follows the last whole block: at most one torn block, unless the file was damaged."""
        return self._path.stat().st_size - self._file.tell()

    def read(self, until: int = 1 << 62) -> Iterator[NDArray[np.int16]]:
        """Whole blocks that are there now, with silence where nothing was delivered; stops at a torn one.

        ``until``: no further block is begun once the position has reached this sample.
        """
        while self.position < until:
            if self._silence:
                piece = np.zeros(min(self._silence, MAX_BLOCK), np.int16)
                self._silence -= len(piece)
            elif len(self._samples):
                piece, self._samples = self._samples, np.zeros(0, np.int16)
            elif self._read_block():
                continue
            else:
                return
            self.position += len(piece)
            yield piece

    def _read_block(self) -> bool:
        at = self._file.tell()
        head = self._file.read(HEADER.size)
        if len(head) == HEADER.size:
            magic, frames, t, check = HEADER.unpack(head)
            payload = self._file.read(2 * frames) if magic == MAGIC and frames <= MAX_BLOCK else b""
            if len(payload) == 2 * frames and zlib.crc32(payload, zlib.crc32(struct.pack("<Id", frames, t))) == check:
                self._place(t, np.frombuffer(payload, dtype="<i2").astype(np.int16))
                return True
        self._file.seek(at)
        return False

    def _place(self, t: float, samples: NDArray[np.int16]) -> None:
        late = round(t * self._rate) - self.position
        if late > (GAP_S * self._rate if self._continues and len(samples) else 0):
            self._silence = late
            self.gap_samples += late
        elif abs(late) > STEP_S * self._rate and len(samples):
            # A step at a pause, all at once: what is said before and after stays as it was.
            self._silence = max(0, late)
            samples = samples[min(max(0, -late), len(samples) // 2) :]
        elif late and len(samples) > 1:
            limit = max(1, int(len(samples) * MAX_STRETCH))
            length = len(samples) + max(-limit, min(limit, late))
            grid = np.linspace(0, len(samples) - 1, length)
            samples = np.round(np.interp(grid, np.arange(len(samples)), samples)).astype(np.int16)
        self._continues = len(samples) > 0
        self._samples = samples

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
        return (self.folder / CLOSED).exists()

    @property
    def gap_samples(self) -> list[int]:
        """Per channel: samples of silence that stand so far for what was never delivered."""
        return [reader.gap_samples for reader in self._readers]

    @property
    def unread_bytes(self) -> list[int]:
        """Per channel: bytes after the last whole block that was read; at the end, more than one block is damage."""
        return [reader.unread_bytes for reader in self._readers]

    def read(self, *, last: bool = False, limit: int = 1 << 62) -> NDArray[np.int16]:
        """What all channels have by now, shape (n, channels), possibly empty; at most ``limit`` samples.

        Depends on the blocks alone, never on when it is called. ``last`` takes everything there is, with silence for
        channels that end before the others.
        """
        for waiting, reader in zip(self._waiting, self._readers, strict=True):
            waiting.extend(reader.read(self.position + limit))
        ends = [reader.position for reader in self._readers]
        length = min(limit, max(0, (max if last else min)(ends) - self.position))
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
