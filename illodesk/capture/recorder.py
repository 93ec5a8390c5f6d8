"""The recorder: ``python -m illodesk.capture.recorder FOLDER``. A process of its own, without models and without Qt.

Every 50 ms it takes what the devices delivered and hands it to the operating system; a thread makes it durable twice
a second. It is spoken to through files only (control.py), so whoever started it may die.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from pydantic import ValidationError

from illodesk.capture import control
from illodesk.capture.channel import Channel
from illodesk.capture.control import RecorderStatus, RecorderWarning, RecordingRequest
from illodesk.capture.recording import SAMPLE_RATE, JournalEntry, RecordingError, RecordingSpec, RecordingWriter
from illodesk.capture.sources.choice import SourceChoice
from illodesk.capture.wakefulness import stay_awake
from illodesk.process import Owner

TICK_S = 0.05
SYNC_S = 0.5
STATUS_S = 0.1
DISK_S = 1.0
SLEPT_S = 5.0
RESERVE = "reserve.bin"
RESERVE_BYTES = 1 << 18
"""Room that is given back when the disk is full, so that the recording can be closed in order."""

DISK_FULL = "The disk is full. Everything recorded until then is kept."


class Syncer:
    """Makes flushed blocks durable, in a thread, so that a slow disk does not keep the recorder from its devices."""

    def __init__(self, writer: RecordingWriter, position: Callable[[], float]) -> None:
        self._writer = writer
        self._position = position
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self.synced_s = 0.0
        self.error: OSError | None = None

    def start(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        while not self._stop.wait(SYNC_S):
            position = self._position()
            try:
                self._writer.sync_flushed()
            except OSError as error:
                self.error = error
                return
            self.synced_s = position

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()


class RecorderLoop:
    """Records what a request asks for, until it is told to stop, the disk is full, or all its sources have ended."""

    def __init__(self, folder: Path, request: RecordingRequest) -> None:
        """Make the recording. Raises RecordingError when the folder holds one or the disk is full, else OSError."""
        self._folder = folder
        self._request = request
        self._origin = time.monotonic()
        self._wall = time.time()
        spec = RecordingSpec(recording_id=request.recording_id, started_at=self._wall, channels=request.channels)
        if (folder / "recording.json").exists():
            msg = f"{folder.name} holds a recording already."
            raise RecordingError(msg)
        if shutil.disk_usage(folder).free < request.limits.stop_bytes:
            msg = "There is not enough room on the disk to record. Free some, or record elsewhere."
            raise RecordingError(msg)
        (folder / RESERVE).write_bytes(os.urandom(RESERVE_BYTES))
        self._writer = RecordingWriter(folder, spec)
        choice = SourceChoice(paced=request.paced)
        self._channels = [
            Channel(i, channel, self._writer, choice, self._origin, fall_back=request.fall_back)
            for i, channel in enumerate(request.channels)
        ]
        self._flushed_s = 0.0
        self._syncer = Syncer(self._writer, lambda: self._flushed_s)
        self._disk_free = 0
        self._disk_left_s = 0.0
        self._disk_warned = False
        self._terminated = self._paused = False

    def terminate(self) -> None:
        """End in order at the next turn; may be called from a signal handler."""
        self._terminated = True

    def run(self) -> str:
        """Record; return why it ended. What is on the disk is valid whatever happens."""
        self._syncer.start()
        next_status = next_disk = 0.0
        reason = ""
        try:
            while not reason:
                turn = time.monotonic()
                now = self._now()
                for channel in self._channels:
                    channel.pull(now)
                reason = self._commands()
                if turn >= next_disk:
                    next_disk = turn + DISK_S
                    full = self._watch_disk(now)
                    reason = reason or full
                    self._watch_sleep(now)
                self._writer.flush()
                self._flushed_s = max(channel.end for channel in self._channels) / SAMPLE_RATE
                if self._syncer.error is not None:
                    raise self._syncer.error
                if turn >= next_status:
                    next_status = turn + STATUS_S
                    self._publish("recording")
                reason = reason or self._ended()
                if self._request.paced and not reason:
                    time.sleep(max(0.0, turn + TICK_S - time.monotonic()))
        except OSError as error:
            reason = why_not_written(error)
        return self._close(reason)

    def _now(self) -> float:
        """Seconds on the recorder's clock. Files that are read at full speed run ahead of it."""
        clock = time.monotonic() - self._origin
        return clock if self._request.paced else max(channel.end for channel in self._channels) / SAMPLE_RATE

    def _ended(self) -> str:
        if self._terminated:
            return "terminated"
        return "finished" if all(channel.ended for channel in self._channels) else ""

    def _commands(self) -> str:
        reason = ""
        for path, command in control.received(self._folder):
            if command.kind == "stop":
                reason = command.text or "stopped"
            else:
                if command.kind in ("pause", "go_on"):
                    self._pause(command.kind == "pause")
                t = max(0.0, round(command.at - self._origin, 3)) if self._request.paced else self._now()
                self._writer.note(JournalEntry(t=t, kind=command.kind, text=command.text))
                self._writer.flush()
            path.unlink(missing_ok=True)
        return reason

    def _pause(self, paused: bool) -> None:
        self._paused = paused
        for channel in self._channels:
            channel.paused = paused

    def _watch_disk(self, now: float) -> str:
        limits = self._request.limits
        self._disk_free = shutil.disk_usage(self._folder).free
        self._disk_left_s = max(0, self._disk_free - limits.stop_bytes) / (2 * SAMPLE_RATE * len(self._channels))
        if self._disk_free < limits.stop_bytes:
            return DISK_FULL
        if self._disk_is_low() and not self._disk_warned:
            self._disk_warned = True
            self._writer.note(JournalEntry(t=round(now, 3), kind="disk_low", text=f"{self._disk_left_s / 60:.0f} min"))
        return ""

    def _disk_is_low(self) -> bool:
        limits = self._request.limits
        return self._disk_free < limits.warn_bytes or self._disk_left_s < limits.warn_s

    def _watch_sleep(self, now: float) -> None:
        """The recorder's clock stands still while most computers sleep; the wall clock does not."""
        slept = (time.time() - self._wall) - (time.monotonic() - self._origin)
        if abs(slept) > SLEPT_S:
            self._wall += slept
            text = f"The computer slept, or its clock was set: {slept:.0f} s"
            self._writer.note(JournalEntry(t=round(now, 3), kind="sleep", text=text))

    def _publish(self, state: str, reason: str = "") -> None:
        now = self._now()
        warnings = [warning for channel in self._channels for warning in channel.warnings(now)]
        if self._disk_is_low():
            text = f"The disk is nearly full: room for {self._disk_left_s / 60:.0f} minutes."
            warnings.append(RecorderWarning(code="disk_low", text=text))
        status = RecorderStatus.model_validate(
            {
                "state": state,
                "reason": reason,
                "paused": self._paused,
                "position_s": round(self._flushed_s, 3),
                "synced_s": round(self._syncer.synced_s, 3),
                "written_at": time.time(),
                "disk_free": self._disk_free,
                "disk_left_s": round(self._disk_left_s),
                "channels": [channel.status(now) for channel in self._channels],
                "warnings": [] if state == "closed" else warnings,
            }
        )
        control.publish(self._folder, status)

    def _close(self, reason: str) -> str:
        """Close in order; on a full disk with the room that was kept for it."""
        self._syncer.stop()
        now = self._now()
        (self._folder / RESERVE).unlink(missing_ok=True)
        try:
            for channel in self._channels:
                channel.close(now)
            self._writer.close(reason)
            self._flushed_s = max(channel.end for channel in self._channels) / SAMPLE_RATE
            self._syncer.synced_s = self._flushed_s
            self._publish("closed", reason)
        except OSError as error:
            # It stays open, as after a crash, and is valid up to the last whole block.
            print(f"not closed in order: {error}", file=sys.stderr)
            self._writer.abandon()
            self._publish("failed", reason)
        return reason


def why_not_written(error: OSError) -> str:
    """Why a recording ended, for the user."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL
    return f"The disk takes no more sound ({error.strerror or error}). Everything recorded until then is kept."


def main(folder: Path) -> int:
    """Record what ``folder``/request.json asks for. Returns the exit status of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    control.write_owner(folder, Owner.this_process())
    try:
        loop = RecorderLoop(folder, control.read_request(folder))
    except (OSError, ValidationError, RecordingError) as error:
        reason = f"Nothing can be written: {error.strerror}." if isinstance(error, OSError) else str(error)
        control.publish(folder, RecorderStatus(state="failed", reason=reason, written_at=time.time()))
        print(error, file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: loop.terminate())
    stay_awake()
    print(f"ended: {loop.run()}", flush=True)
    return 0


def run_and_exit(folder: Path) -> NoReturn:
    """``main``, and the end of the process, even where a driver hangs in a thread or in its own clean-up."""
    status = main(folder)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    run_and_exit(Path(sys.argv[1]))
