"""Live sessions: a conversation that is still going on, whatever door its sound comes through.

The sound is on disk before the engine sees it: a door writes, the worker reads what was written. A session that is cut
off, by a crash or by its time to live, is finished from there.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import Field

from illodesk.durable import write_durably
from illodesk.engine.sources import FileSource, UploadSource
from illodesk.engine.worker import AnalysisError, Handle, Job, Worker
from illodesk.events import EventLog
from illodesk.schema import (
    AnalysisOptions,
    AnalysisResult,
    DoneEvent,
    ErrorEvent,
    Event,
    Model,
    StatusEvent,
)
from illodesk.store.errors import StoreError
from illodesk.store.sink import TrackFolder
from illodesk.store.store import Store

State = Literal["ingesting", "processing", "completed", "cancelled", "failed"]
SYNC_EVERY_S = 1.0


class SessionError(Exception):
    """Something that a session refuses. ``code`` is stable; ``str()`` is worded for the user."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


class Door(Protocol):
    """Where a session's sound comes in. What came in is on disk before ``open_source`` gives it to the engine."""

    @property
    def kind(self) -> str: ...

    @property
    def open_source(self) -> Callable[[], Any]: ...

    def end(self) -> None:
        """No more sound will come."""

    def media(self) -> Path | None:
        """The whole sound as one file to keep; called once the session is over."""


class UploadDoor:
    """Bytes of one media file, appended as they come."""

    kind = "upload"

    def __init__(self, folder: Path, suffix: str = "") -> None:
        self._path = folder / f"sound{suffix}"
        self._marker = folder / "sound.end"
        self._suffix = suffix
        self._file = self._path.open("ab")
        self._synced = time.monotonic()
        self.received_bytes = self._path.stat().st_size

    @property
    def open_source(self) -> Callable[[], Any]:
        return partial(UploadSource, self._path, self._marker, self._suffix)

    def push(self, data: bytes) -> None:
        """Append bytes; durable within a second."""
        self._file.write(data)
        self._file.flush()
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

    def media(self) -> Path | None:
        """The bytes as they came; None when none did."""
        return self._path if self.received_bytes else None


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

    def media(self) -> Path | None:
        """The file itself."""
        return self._path


class SessionRecord(Model):
    """What is written down about a session before its first sample."""

    conversation_id: str
    kind: str
    options: AnalysisOptions
    started_at: datetime
    suffix: str = Field("", description="Of an upload")


class LiveSession:
    """One conversation that is going on. Thread-safe."""

    def __init__(
        self, record: SessionRecord, folder: Path, door: Door, store: Store, worker: Worker, ttl_s: float | None
    ) -> None:
        """Begin: a run is noted and the worker reads what the door writes."""
        self.record = record
        self.folder = folder
        self.door = door
        self.ttl_s = ttl_s
        self.behind_s = 0.0
        self.position_s = 0.0
        self.log = EventLog(folder / "events.jsonl")
        self._store = store
        self._lock = threading.RLock()
        self._state: State = "ingesting"
        self._reason = ""
        self._run = store.start_run(record.conversation_id, record.options)
        self.keepalive()
        self.log.append(StatusEvent(phase="ingesting", progress=0.0))
        job = Job(
            record.conversation_id,
            door.open_source,
            record.options,
            partial(TrackFolder, self._run.work_dir / "tracks"),
            live=True,
            checkpoint=folder / "checkpoint",
        )
        self._handle: Handle = worker.start(job, self._on_event)
        self._ending = threading.Thread(target=self._conclude, name=f"session {self.id}", daemon=True)
        self._ending.start()

    @property
    def id(self) -> str:
        """Id of the session and of the conversation that it becomes."""
        return self.record.conversation_id

    @property
    def state(self) -> State:
        return self._state

    def keepalive(self) -> datetime | None:
        """Put off the end of the time to live; returns the new one, UTC. None: it never expires."""
        expires = None if self.ttl_s is None else datetime.now(UTC) + timedelta(seconds=self.ttl_s)
        self.expires_at = expires
        return expires

    def finalize(self, reason: str = "") -> None:
        """No more sound: the rest is analysed and the conversation concluded. May be called again."""
        with self._lock:
            if self._state != "ingesting":
                return
            self._state = "processing"
            self._reason = reason
            self.door.end()
            self.log.append(StatusEvent(phase="processing"))

    def cancel(self, reason: str = "The session was cancelled.") -> None:
        """End at once. What was heard is kept as a recording, without an analysis."""
        with self._lock:
            if self._state not in ("ingesting", "processing"):
                return
            self._state = "cancelled"
            self._reason = reason
            self.door.end()
        self._handle.abort()

    def expire(self) -> None:
        """The time to live is over: what was heard is analysed and kept, and listeners are told why it ended."""
        with self._lock:
            if self._state == "ingesting":
                self.log.append(
                    ErrorEvent(code="SESSION_EXPIRED", message="The session expired. What was heard is kept.")
                )
                self.finalize("expired")

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until everything is kept; False when time runs out first."""
        self._ending.join(seconds)
        return not self._ending.is_alive()

    def events(self, after: int = 0) -> Iterator[tuple[int, Event]]:
        """All events with their numbers, those to come included."""
        return self.log.follow(after)

    # --- in the worker's reader thread ------------------------------------------------------------------------------

    def _on_event(self, event: Event) -> None:
        if isinstance(event, StatusEvent):
            self.behind_s, self.position_s = event.behind_s, event.position_s
        elif not self.log.ended:
            self.log.append(event)

    # --- in the session's own thread --------------------------------------------------------------------------------

    def _conclude(self) -> None:
        try:
            result = self._handle.wait()
            self._keep(result)
        except (AnalysisError, StoreError) as error:
            self._fail(error)
        finally:
            self.log.end()

    def _keep(self, result: AnalysisResult | None) -> None:
        if result is None:
            raise AnalysisError("The analysis ended without a result.")
        with self._lock:
            if self._state == "ingesting":  # the sound ended by itself
                self._state = "processing"
                self.door.end()
        self._attach()
        self._store.finish_run(self._run.id, result)
        self._state = "completed"
        self.log.append(StatusEvent(phase="completed", progress=1.0, position_s=result.analysed_s))
        self.log.append(DoneEvent(conversation_id=self.id, complete=result.complete))
        (self.folder / "checkpoint").unlink(missing_ok=True)

    def _fail(self, error: AnalysisError | StoreError) -> None:
        """Whatever happened to the analysis, the sound is kept."""
        with self._lock:
            cancelled = self._state == "cancelled"
            if not cancelled:
                self._state = "failed"
                self.door.end()
        message = self._reason if cancelled else str(error)
        self._store.fail_run(self._run.id, message)
        try:
            self._attach()
        except StoreError as kept:
            message = f"{message} {kept}"
        self.log.append(ErrorEvent(code="CANCELLED" if cancelled else error.code, message=message))

    def _attach(self) -> None:
        media = self.door.media()
        if media is not None and self._store.media_path(self.id) is None:
            self._store.attach_media(self.id, media)
