"""All live sessions of a desk: those that go on, and those that an earlier process left behind."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from pydantic import Field, ValidationError

from illodesk.capture.control import RecordingRequest
from illodesk.capture.recording import ChannelSpec
from illodesk.doors import Door, RecordingDoor, ReplayDoor, TakenFileDoor, UploadDoor
from illodesk.durable import write_durably
from illodesk.engine.worker import Worker
from illodesk.events import EventLog
from illodesk.live import EVENTS, OVER, SESSION, LiveSession, SessionRecord
from illodesk.schema import AnalysisOptions, Model
from illodesk.store.errors import NotFoundError
from illodesk.store.files import remove_tree
from illodesk.store.store import Store

WATCH_S = 1.0
ID_MOST = 64
"""Characters that an id may have."""
KEPT_S = 300.0
"""How long a session that ended can still be asked for its state."""


class Unfinished(Model):
    """A session that an earlier process began and did not end."""

    conversation_id: str
    kind: str
    started_at: datetime
    running: bool = Field(description="Its recorder still records")


class Sessions:
    """Starts sessions, watches them and takes up those that were left behind. Thread-safe."""

    def __init__(self, folder: Path, store: Store, worker: Worker, longest_s: float) -> None:
        """``longest_s`` bounds what comes as a file or as its bytes, not what is recorded here."""
        self._longest_s = longest_s
        self._folder = folder
        self._store = store
        self._worker = worker
        self._lock = threading.Lock()
        self._sessions: dict[str, LiveSession] = {}
        self._closing = threading.Event()
        self._watcher: threading.Thread | None = None
        for left in folder.glob("*"):
            self._forget_if_gone(left)

    def forget(self, conversation_id: str) -> None:
        """Remove what a session of a deleted conversation left: its events hold what was said."""
        with self._lock:
            self._sessions.pop(conversation_id, None)
        remove_tree(self._folder / conversation_id)

    def _forget_if_gone(self, folder: Path) -> None:
        try:
            self._store.get(folder.name)
        except NotFoundError:
            if not RecordingDoor.is_running(folder):
                remove_tree(folder)

    def record(self, channels: list[ChannelSpec], options: AnalysisOptions, title: str, consent: str) -> LiveSession:
        """Record devices. Raises RecordingError; nothing is left behind then."""
        record, folder = self._begin("recording", options, title or "Recording", consent)
        request = RecordingRequest(recording_id=record.conversation_id, channels=channels)
        try:
            door = RecordingDoor.open(folder, request)
        except BaseException:
            self._store.delete(record.conversation_id)
            remove_tree(folder)
            raise
        return self._open(record, folder, door, None)

    def upload(self, options: AnalysisOptions, title: str, suffix: str, ttl_s: float | None, owner: str) -> LiveSession:
        """Take the bytes of a media file as they come."""
        record, folder = self._begin("upload", options, title or f"live{suffix}", "", suffix, owner)
        return self._open(record, folder, UploadDoor(folder, suffix), ttl_s)

    def replay(
        self, path: Path, options: AnalysisOptions, title: str = "", owner: str = "", *, take: bool = False
    ) -> LiveSession:
        """Tell a file as if it were live, as fast as it can be read. With ``take`` the file becomes the session's."""
        kind = "file" if take else "replay"
        record, folder = self._begin(kind, options, title or path.name, "", path.suffix, owner)
        door = TakenFileDoor.take(path, folder) if take else ReplayDoor(path.absolute())
        return self._open(record, folder, door, None)

    def all(self) -> list[LiveSession]:
        """Sessions of this process, in the order they began; those that ended stay for a while."""
        with self._lock:
            return list(self._sessions.values())

    def log(self, session_id: str) -> EventLog | None:
        """Events of a session, also of one that ended long ago or in an earlier process."""
        session = self.get(session_id)
        if session is not None:
            return session.log
        # What has no slash and no dot names nothing elsewhere; longer names than ids no file system can look up.
        if len(session_id) > ID_MOST or not (session_id.isascii() and session_id.isidentifier()):
            return None
        path = self._folder / session_id / EVENTS
        return EventLog.kept(path) if path.exists() else None

    def get(self, session_id: str) -> LiveSession | None:
        """A session of this process."""
        return self._sessions.get(session_id)

    def unfinished(self) -> list[Unfinished]:
        """What earlier processes left behind, oldest first."""
        found: list[Unfinished] = []
        for folder in sorted(self._folder.glob("*")):
            record = read_record(folder)
            if record is None or (folder / OVER).exists() or record.conversation_id in self._sessions:
                continue
            if record.kind == "replay":
                continue
            running = record.kind == "recording" and RecordingDoor.is_running(folder)
            found.append(
                Unfinished(
                    conversation_id=record.conversation_id,
                    kind=record.kind,
                    started_at=record.started_at,
                    running=running,
                )
            )
        return sorted(found, key=lambda one: one.started_at)

    def resume(self, conversation_id: str) -> LiveSession:
        """Go on with a session that was left behind: attach to a recorder that still runs, or finish what is there."""
        folder = self._folder / conversation_id
        record = read_record(folder)
        if record is None:
            raise KeyError(conversation_id)
        (folder / "checkpoint").unlink(missing_ok=True)  # its tracks went with the process that wrote them
        door: Door
        if record.kind == "recording":
            door = RecordingDoor.take_up(folder)
            going_on = door.recorder is not None
        elif record.kind == "file":
            door = TakenFileDoor(folder, record.suffix)
            going_on = True  # to its end, which is known
        else:
            door = UploadDoor(folder, record.suffix)
            going_on = False
        session = self._open(record, folder, door, None)
        if not going_on:
            session.finalize("interrupted")
        return session

    def close(self, *, finish: bool = False) -> None:
        """Leave the sessions: recorders go on, everything else is taken up at the next start; or finish them first."""
        self._closing.set()
        if finish:
            for session in self.all():
                session.finalize("closing")
                session.wait()
        for session in self.all():
            session.leave()
        if self._watcher is not None:
            self._watcher.join()

    def _begin(
        self, kind: str, options: AnalysisOptions, title: str, consent: str, suffix: str = "", owner: str = ""
    ) -> tuple[SessionRecord, Path]:
        """Write down that there is a session, before its first sample."""
        conversation = self._store.add_conversation(
            title, recorded_at=datetime.now(UTC), purpose=options.purpose, region=options.region, consent=consent
        )
        folder = self._folder / conversation.id
        folder.mkdir(parents=True)
        record = SessionRecord(
            conversation_id=conversation.id,
            kind=kind,
            options=options,
            started_at=datetime.now(UTC),
            suffix=suffix,
            owner=owner,
        )
        write_durably(folder / SESSION, record.model_dump_json(indent=1).encode())
        return record, folder

    def _open(self, record: SessionRecord, folder: Path, door: Door, ttl_s: float | None) -> LiveSession:
        longest_s = None if door.kind == "recording" else self._longest_s
        session = LiveSession(record, folder, door, self._store, self._worker, ttl_s, longest_s)
        with self._lock:
            self._sessions[session.id] = session
            if self._watcher is None:
                self._watcher = threading.Thread(target=self._watch, name="session watcher", daemon=True)
                self._watcher.start()
        return session

    def _watch(self) -> None:
        while not self._closing.wait(WATCH_S):
            for session in self.all():
                session.watch()
                self._let_go(session)

    def _let_go(self, session: LiveSession) -> None:
        """What ended a while ago is found in the library and on disk."""
        if session.ended_at is not None and time.monotonic() - session.ended_at > KEPT_S:
            with self._lock:
                self._sessions.pop(session.id, None)


def read_record(folder: Path) -> SessionRecord | None:
    """What was written down about a session; None where nothing readable was."""
    try:
        return SessionRecord.model_validate_json((folder / SESSION).read_bytes())
    except (OSError, ValidationError):
        return None
