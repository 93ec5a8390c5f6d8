"""Live sessions: a conversation that is still going on, whatever door its sound comes through.

The sound is on disk before the engine sees it: a door writes, the worker reads what was written. A session that is cut
off, by a crash or by its time to live, is finished from there.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Literal

from pydantic import Field

from illodesk.capture.control import RecorderStatus
from illodesk.capture.recording import RecordingError
from illodesk.doors import Door, RecordingDoor
from illodesk.durable import write_durably
from illodesk.engine.sources import BoundedSource
from illodesk.engine.worker import AnalysisError, Handle, Job, Worker
from illodesk.events import EventLog
from illodesk.schema import (
    AnalysisOptions,
    AnalysisResult,
    DoneEvent,
    ErrorEvent,
    Event,
    Model,
    PartialTranscriptEvent,
    StatusEvent,
)
from illodesk.store.errors import StoreError
from illodesk.store.sink import TrackFolder
from illodesk.store.store import Store

State = Literal["ingesting", "processing", "completed", "cancelled", "failed"]

PASSING = (StatusEvent, PartialTranscriptEvent, ErrorEvent, DoneEvent)
"""Events that do not come from the sound alone, and so are not the same when it is read again."""


SESSION, EVENTS, OVER = "session.json", "events.jsonl", "over"


class SessionRecord(Model):
    """What is written down about a session before its first sample."""

    conversation_id: str
    kind: str
    options: AnalysisOptions
    started_at: datetime
    suffix: str = Field("", description="Of an upload or a file")
    owner: str = Field("", description="Id of the API key that began it")


class LiveSession:
    """One conversation that is going on. Thread-safe."""

    def __init__(
        self,
        record: SessionRecord,
        folder: Path,
        door: Door,
        store: Store,
        worker: Worker,
        ttl_s: float | None = None,
        longest_s: float | None = None,
    ) -> None:
        """Begin, or go on: a run is noted and the worker reads what the door writes. What an earlier process told of
        the same sound is not told again."""
        self.record = record
        self.folder = folder
        self.door = door
        self.ttl_s = ttl_s
        self.behind_s = 0.0
        self.reported_at = time.monotonic()
        self.position_s = 0.0
        self.stage = ""
        self.log = EventLog(folder / EVENTS)
        self._store = store
        self._lock = threading.RLock()
        self._state: State = "ingesting"
        self._reason = ""
        self._left = False
        self.ended_at: float | None = None
        self._run = store.start_run(record.conversation_id, record.options)
        self.keepalive()
        before = len(self.log)
        told = sum(1 for _, event in islice(self.log.follow(), before) if not isinstance(event, PASSING))
        self.log.append(StatusEvent(phase="ingesting", progress=0.0))
        job = Job(
            record.conversation_id,
            door.open_source if longest_s is None else partial(BoundedSource, door.open_source, longest_s),
            record.options,
            partial(TrackFolder, self._run.work_dir / "tracks"),
            live=True,
            checkpoint=folder / "checkpoint",
        )
        self._handle: Handle = worker.start(job, self._on_event, told)
        self._lives = self._handle.lives
        self._ending = threading.Thread(target=self._conclude, name=f"session {self.id}", daemon=True)
        self._ending.start()

    @property
    def id(self) -> str:
        """Id of the session and of the conversation that it becomes."""
        return self.record.conversation_id

    @property
    def state(self) -> State:
        return self._state

    @property
    def now_s(self) -> float:
        """How far the sound has come, s: what a recorder wrote, or else what came in so far."""
        status = self.recorder_status()
        return self.position_s + self.behind_s if status is None else status.position_s

    @property
    def restarts(self) -> int:
        """How often the analysis had to begin anew because its process ended. The sound is on disk: nothing is lost."""
        return self._lives - self._handle.lives

    def recorder_status(self) -> RecorderStatus | None:
        """Levels, warnings and how far a recorder is; None where nothing is recorded here. Reads a small file."""
        return self.door.status() if isinstance(self.door, RecordingDoor) else None

    def pause(self, paused: bool) -> None:
        """Record silence in place of what is heard, or what is heard again; time goes on. Raises RecordingError."""
        if isinstance(self.door, RecordingDoor):
            self.door.pause(paused)

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

    def leave(self) -> None:
        """Let go without ending anything: a later process takes the session up."""
        with self._lock:
            if self._state in ("ingesting", "processing"):
                self._left = True
        self._handle.abort()
        self._ending.join()
        self.door.leave()

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
            self.behind_s, self.position_s, self.stage = event.behind_s, event.position_s, event.stage
            self.reported_at = time.monotonic()
        else:
            self.log.append(event)

    # --- in the session's own thread --------------------------------------------------------------------------------

    def _conclude(self) -> None:
        try:
            result = self._handle.wait()
            self._keep(result)
        except (AnalysisError, StoreError, RecordingError) as error:
            self._fail(error)
        finally:
            self.ended_at = time.monotonic()
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
        self._settle()
        self._state = "completed"
        if not result.utterances:
            self.log.append(ErrorEvent(code="NO_UTTERANCES", message="No utterances detected. The sound is kept."))
        self.log.append(StatusEvent(phase="completed", progress=1.0, position_s=result.analysed_s))
        self.log.append(DoneEvent(conversation_id=self.id, complete=result.complete))
        (self.folder / "checkpoint").unlink(missing_ok=True)

    def watch(self) -> None:
        """Called every second: ends what ended by itself, and what lived its time."""
        if self._state != "ingesting":
            return
        trouble = self.door.watch()
        if trouble:
            self.log.append(ErrorEvent(code="RECORDING_ENDED", message=f"{trouble} What was heard is kept."))
            self.finalize(trouble)
        elif self.expires_at is not None and datetime.now(UTC) >= self.expires_at:
            self.expire()

    def _fail(self, error: AnalysisError | StoreError | RecordingError) -> None:
        """Whatever happened to the analysis, the sound is kept."""
        if self._left:
            self._store.fail_run(self._run.id, "The app was closed while this was recorded; it can be taken up again.")
            return
        with self._lock:
            cancelled = self._state == "cancelled"
            if not cancelled:
                self._state = "failed"
                self.door.end()
        message = self._reason if cancelled else str(error)
        self._store.fail_run(self._run.id, message)
        try:
            self._attach()
            self._settle()
        except (StoreError, RecordingError) as kept:  # what the door wrote stays, and is offered at the next start
            message = f"{message} {kept}"
        code = "CANCELLED" if cancelled else getattr(error, "code", "RECORDING_FAILED")
        self.log.append(ErrorEvent(code=code, message=message))

    def _settle(self) -> None:
        """The sound is safe in the library: nobody need take this session up, and what the door wrote may go."""
        with contextlib.suppress(RecordingError, OSError):  # what cannot be removed now does no harm where it is
            write_durably(self.folder / OVER, b"")
            self.door.discard()

    def _attach(self) -> None:
        media = self.door.media()
        if media is not None and self._store.media_path(self.id) is None:
            self._store.attach_media(self.id, media)
