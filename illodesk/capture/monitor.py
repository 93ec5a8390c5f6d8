"""Levels of devices before anything is recorded. Nothing of what is heard is kept.

A process of its own opens the devices, because a driver that hangs takes its process with it:
``python -m illodesk.capture.monitor`` reads the channels as a line of JSON from its input, writes a line of ``Levels``
ten times a second, and ends when its input does, so that it never outlives who asked.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, TypeAdapter, ValidationError

from illodesk.capture.channel import Channel
from illodesk.capture.control import ChannelStatus, RecorderWarning
from illodesk.capture.recording import ChannelSpec, JournalEntry, RecordingError
from illodesk.capture.sources.choice import SourceChoice
from illodesk.schema import Model

TICK_S = 0.05
TELL_S = 0.1

_CHANNELS = TypeAdapter(list[ChannelSpec])


class Levels(Model):
    """What the devices deliver now."""

    channels: list[ChannelStatus] = Field(default_factory=list)
    warnings: list[RecorderWarning] = Field(default_factory=list)


class Unkept:
    """Where a channel's sound goes that is only measured."""

    def append(self, channel: int, t: float, samples: NDArray[np.int16]) -> None:
        """Let it go."""

    def pass_time(self, channel: int, t: float) -> None:
        """There is no time to keep."""

    def note(self, entry: JournalEntry) -> None:
        """There is no journal."""


class Monitor:
    """A process that listens to devices, seen from the process that asked for it. Thread-safe."""

    def __init__(self, channels: list[ChannelSpec], *, command: Sequence[str] = ()) -> None:
        """Begin to listen; the first levels come after a moment. Raises RecordingError.

        ``command`` starts the monitor; by default ``python -m illodesk.capture.monitor``. A frozen app names itself.
        """
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this program itself
                list(command) or [sys.executable, "-m", "illodesk.capture.monitor"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            assert self._process.stdin is not None
            self._process.stdin.write(_CHANNELS.dump_json(channels) + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            msg = f"The devices cannot be listened to: {error.strerror or error}."
            raise RecordingError(msg) from error
        self._latest: Levels | None = None
        self._reader = threading.Thread(target=self._read, name="levels", daemon=True)
        self._reader.start()

    def levels(self) -> Levels | None:
        """The latest; None before the first."""
        return self._latest

    def close(self) -> None:
        """End the process: there is nothing that it could lose. Waits for nothing; a driver may hold it for a while."""
        self._process.kill()

    def _read(self) -> None:
        with self._process:  # closes its pipes and waits for its end
            assert self._process.stdout is not None
            for line in self._process.stdout:
                try:
                    self._latest = Levels.model_validate_json(line)
                except ValidationError:
                    continue  # a line that a library printed


def listen(channels: list[ChannelSpec]) -> None:
    """Measure channels and print their levels until the input ends."""
    origin = time.monotonic()
    choice = SourceChoice()
    unkept = Unkept()
    opened = [Channel(i, spec, unkept, choice, origin, fall_back=False) for i, spec in enumerate(channels)]
    told = 0.0
    while True:
        now = time.monotonic() - origin
        for channel in opened:
            channel.pull(now)
        if now - told >= TELL_S:
            told = now
            warnings = [warning for channel in opened for warning in channel.warnings(now)]
            levels = Levels(channels=[channel.status(now) for channel in opened], warnings=warnings)
            sys.stdout.write(levels.model_dump_json() + "\n")
            sys.stdout.flush()
        time.sleep(TICK_S)


def end_with_input() -> None:
    """Wait until whoever asked has gone or closed the pipe, and end this process, whatever hangs in it."""
    while sys.stdin.buffer.read(1):
        pass
    os._exit(0)


def main() -> None:
    """Listen to the channels that the input names."""
    channels = _CHANNELS.validate_json(sys.stdin.buffer.readline())
    threading.Thread(target=end_with_input, name="input", daemon=True).start()
    try:
        listen(channels)
    except OSError:
        os._exit(0)  # nobody reads any more


if __name__ == "__main__":
    main()
