"""Where a session's sound comes in: each door writes to disk first, and the worker reads what was written."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from illodesk.capture.control import RecorderStatus, RecordingRequest
from illodesk.capture.finish import close_interrupted, delete_blocks, finish_recording
from illodesk.capture.recording import RecordingError
from illodesk.capture.remote import Recorder, running_recordings
from illodesk.capture.source import RecordingSource
from illodesk.durable import sync_folder, write_durably
from illodesk.engine.sources import FileSource, UploadSource

SYNC_EVERY_S = 1.0


class Door(Protocol):
    """Where a session's sound comes in. What came in is on disk before ``open_source`` gives it to the engine."""

    @property
    def kind(self) -> str: ...

    @property
    def open_source(self) -> Callable[[], Any]: ...

    def end(self) -> None:
        """No more sound will come."""

    def leave(self) -> None:
        """Let go of what this process holds: a later door goes on where this one stopped."""

    def media(self) -> Path | None:
        """The whole sound as one file to keep; called once the session is over."""

    def watch(self) -> str:
        """What is wrong with the door, in the user's words; called every second, empty when nothing is."""

    def discard(self) -> None:
        """The sound is safe in the library: what the door wrote may go."""


class UploadDoor:
    """Bytes of one media file, appended as they come."""

    kind = "upload"

    def __init__(self, folder: Path, suffix: str = "") -> None:
        self._path = folder / f"sound{suffix}"
        self._marker = folder / "sound.end"
        self._suffix = suffix
        self._file = self._path.open("ab", buffering=0)
        self._synced = time.monotonic()
        self.received_bytes = self._path.stat().st_size

    @property
    def open_source(self) -> Callable[[], Any]:
        return partial(UploadSource, self._path, self._marker, self._suffix)

    def push(self, data: bytes) -> None:
        """Append bytes; durable within a second. Raises OSError when the disk takes only some, and keeps none then."""
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[self._file.write(rest) or 0 :]
        except OSError:
            self._file.truncate(self.received_bytes)  # none of it is there: who sent it can send it again
            raise
        self.received_bytes += len(data)
        if time.monotonic() - self._synced >= SYNC_EVERY_S:
            os.fsync(self._file.fileno())
            self._synced = time.monotonic()

    def end(self) -> None:
        """Close the file and say so beside it."""
        if not self._file.closed:
            os.fsync(self._file.fileno())
            self._file.close()
        write_durably(self._marker, b"")

    def leave(self) -> None:
        """Close the file; nothing says that it is whole."""
        self._file.close()

    def media(self) -> Path | None:
        """The bytes as they came; None when none did."""
        return self._path if self.received_bytes else None

    def watch(self) -> str:
        """Who pushes is told at once."""
        return ""

    def discard(self) -> None:
        """Remove the bytes."""
        self._path.unlink(missing_ok=True)


class ReplayDoor:
    """A file that is there already, told as if it were live."""

    kind = "replay"

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def open_source(self) -> Callable[[], Any]:
        return partial(FileSource, self._path)

    def end(self) -> None:
        """Its end is its own."""

    def leave(self) -> None:
        """Nothing is held here."""

    def media(self) -> Path | None:
        """The file itself."""
        return self._path

    def watch(self) -> str:
        """A file does not change."""
        return ""

    def discard(self) -> None:
        """The file is the user's."""


class TakenFileDoor(ReplayDoor):
    """A file that was given away: the session keeps it until the library has it."""

    kind = "file"

    def __init__(self, folder: Path, suffix: str) -> None:
        super().__init__(folder / f"sound{suffix}")

    @classmethod
    def take(cls, path: Path, folder: Path) -> TakenFileDoor:
        """Move a file into the session's folder. Both must be on one file system."""
        door = cls(folder, path.suffix)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        path.replace(door._path)
        sync_folder(folder)
        return door

    def discard(self) -> None:
        """Remove the file."""
        self._path.unlink(missing_ok=True)


class RecordingDoor:
    """Microphone and system audio, through a recorder process that outlives this one."""

    kind = "recording"

    def __init__(self, folder: Path, recorder: Recorder | None) -> None:
        """``recorder`` is None where a recording is taken up whose recorder is gone."""
        self.folder = folder / "recording"
        self._flac = folder / "recording.flac"
        self.recorder = recorder
        if recorder is None:
            close_interrupted(self.folder)

    @classmethod
    def open(cls, folder: Path, request: RecordingRequest) -> RecordingDoor:
        """Start recording. Raises RecordingError in the user's words."""
        recorder = Recorder.start(folder / "recording", request)
        recorder.wait_started()
        return cls(folder, recorder)

    @classmethod
    def take_up(cls, folder: Path) -> RecordingDoor:
        """The recording of an earlier process: one that goes on, or what is left of one that was cut off."""
        try:
            return cls(folder, Recorder.attach(folder / "recording"))
        except RecordingError:
            return cls(folder, None)

    @staticmethod
    def is_running(folder: Path) -> bool:
        """Whether a recorder still records into a session's folder."""
        return bool(running_recordings(folder))

    @property
    def open_source(self) -> Callable[[], Any]:
        return partial(RecordingSource, self.folder)

    def status(self) -> RecorderStatus | None:
        """Levels, position and warnings; None where nobody records any more."""
        return None if self.recorder is None else self.recorder.status()

    def pause(self, paused: bool) -> None:
        """Keep silence in place of what is heard, or what is heard again. Raises RecordingError."""
        if self.recorder is not None:
            (self.recorder.pause if paused else self.recorder.go_on)()

    def end(self) -> None:
        """Stop the recorder; its recording is closed in order."""
        if self.recorder is not None and self.recorder.alive:
            self.recorder.stop()
        close_interrupted(self.folder)

    def leave(self) -> None:
        """The recorder goes on by itself."""

    def watch(self) -> str:
        """A recorder that died ends the recording: what it wrote is whole but for a fraction of a second."""
        if self.recorder is None or self.recorder.alive:
            return ""
        status = self.recorder.status()
        close_interrupted(self.folder)
        if status.state == "closed" and status.reason in ("stopped", "finished"):
            return ""
        reason = "the system ended the recorder." if status.reason == "terminated" else status.reason
        return f"Recording ended: {reason}"

    def media(self) -> Path | None:
        """All channels as FLAC, equal to what was recorded sample by sample."""
        if not self._flac.exists():
            finish_recording(self.folder, self._flac)
        return self._flac

    def discard(self) -> None:
        """Delete the blocks, after the FLAC file was compared with them once more."""
        delete_blocks(self.folder, self._flac)
        self._flac.unlink(missing_ok=True)
