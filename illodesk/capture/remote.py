"""Starts recorders, finds those that run, and speaks to them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from illodesk.capture import control
from illodesk.capture.control import Command, RecorderStatus, RecordingRequest
from illodesk.capture.recording import RecordingError
from illodesk.durable import write_durably
from illodesk.process import Owner

LOOK_S = 0.02
NO_ROOM = 1 << 16


class Recorder:
    """A recorder process, seen through its folder. Letting go of this object ends nothing."""

    def __init__(self, folder: Path, owner: Owner) -> None:
        """Use ``start`` or ``attach``."""
        self.folder = folder
        self._owner = owner

    @classmethod
    def start(cls, folder: Path, request: RecordingRequest, *, command: Sequence[str] = ()) -> Recorder:
        """Start a recorder that outlives this process. Returns at once; see ``wait_started``.

        ``command`` starts a recorder when the folder is added; by default ``python -m illodesk.capture.recorder``. A
        frozen app names itself and a subcommand that calls ``recorder.run_and_exit``. Raises RecordingError.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if (folder / control.REQUEST).exists():
                msg = f"{folder.name} holds a recording already."
                raise RecordingError(msg)
            write_durably(folder / control.REQUEST, request.model_dump_json(indent=1).encode())
            program = list(command) or [sys.executable, "-m", "illodesk.capture.recorder"]
            process = _spawn([*program, str(folder.resolve())], folder)
            owner = Owner.of(process.pid)
            if control.read_owner(folder) is None:
                # Until it says so itself: it may die before, or the command may start it through another process.
                control.write_owner(folder, owner)
        except OSError as error:
            msg = f"The recording cannot be started: {error.strerror or error}."
            raise RecordingError(msg) from error
        # Takes its exit status when it ends, so that no zombie stays.
        threading.Thread(target=process.wait, name="recorder", daemon=True).start()
        return cls(folder, owner)

    @classmethod
    def attach(cls, folder: Path) -> Recorder:
        """The recorder that records into a folder now. Raises RecordingError when none does."""
        owner = control.read_owner(folder)
        if owner is None or not owner.alive():
            msg = f"Nothing is recording into {folder.name}."
            raise RecordingError(msg)
        return cls(folder, owner)

    @property
    def owner(self) -> Owner:
        """The process."""
        return control.read_owner(self.folder) or self._owner

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self.owner.alive()

    def status(self) -> RecorderStatus:
        """The latest status; one that says "failed" when the process ended without a word."""
        status = control.read_status(self.folder) or RecorderStatus()
        if status.state in ("closed", "failed") or self.alive:
            return status
        # It may have ended in order between the two looks.
        status = control.read_status(self.folder) or status
        if status.state in ("closed", "failed"):
            return status
        reason = "The recorder has ended unexpectedly."
        if shutil.disk_usage(self.folder).free < NO_ROOM:
            # Not even this word fitted.
            reason = "The disk is full. Everything recorded until then is kept."
        return status.model_copy(update={"state": "failed", "reason": reason})

    def wait_started(self, timeout: float = 15.0) -> RecorderStatus:
        """Wait until it records. Raises RecordingError with the reason when it does not."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            status = self.status()
            if status.state in ("recording", "closed"):
                return status
            if status.state == "failed":
                raise RecordingError(status.reason)
            time.sleep(LOOK_S)
        msg = "The recorder does not answer."
        raise RecordingError(msg)

    def mark(self, text: str = "") -> None:
        """Set a marker at this moment."""
        self._send(Command(kind="marker", text=text, at=time.monotonic()))

    def note(self, text: str) -> None:
        """Write a note at this moment."""
        self._send(Command(kind="note", text=text, at=time.monotonic()))

    def pause(self) -> None:
        """Keep silence in place of what is heard from now on; time goes on. Raises RecordingError."""
        self._send(Command(kind="pause", at=time.monotonic()))

    def go_on(self) -> None:
        """Keep what is heard again. Raises RecordingError."""
        self._send(Command(kind="go_on", at=time.monotonic()))

    def stop(self, timeout: float = 15.0) -> RecorderStatus:
        """Ask it to end in order and wait for that; returns the last status. Raises RecordingError."""
        if self.alive:
            self._send(Command(kind="stop", at=time.monotonic()))
        end = time.monotonic() + timeout
        while self.alive:
            if time.monotonic() > end:
                msg = "The recorder does not stop. What it recorded is kept."
                raise RecordingError(msg)
            time.sleep(LOOK_S)
        return self.status()

    def _send(self, command: Command) -> None:
        try:
            control.send(self.folder, command)
        except OSError as error:
            msg = f"The recorder cannot be reached: {error.strerror or error}."
            raise RecordingError(msg) from error


def _spawn(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """Start a process that outlives this one. Not run on Windows."""

    def spawn(flags: int) -> subprocess.Popen[bytes]:
        with (folder / control.LOG).open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - this program itself
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                creationflags=flags,
                start_new_session=sys.platform != "win32",
            )

    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS
        try:
            return spawn(flags | subprocess.CREATE_BREAKAWAY_FROM_JOB)
        except PermissionError:
            # The job that this process belongs to lets nobody leave; it may still let the recorder outlive the app.
            return spawn(flags)
    return spawn(0)


def running_recordings(root: Path) -> list[Path]:
    """Folders directly below ``root`` into which a recorder records now."""
    recordings = sorted(path.parent for path in root.glob("*/recording.json"))
    return [folder for folder in recordings if _is_recorded(folder)]


def _is_recorded(folder: Path) -> bool:
    owner = control.read_owner(folder)
    return owner is not None and owner.alive()
