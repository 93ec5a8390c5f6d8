"""The record of a session's events: numbered, append-only, on disk, and replayable from any number."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter

from illodesk.schema import Event

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


class EventLog:
    """Events numbered from 1. Thread-safe; any number of readers, each at its own place."""

    def __init__(self, path: Path) -> None:
        """Open or begin a log. A torn last line, as a crash leaves it, is cut off."""
        self._events: list[bytes] = []
        self._change = threading.Condition()
        self._ended = False
        if path.exists():
            data = path.read_bytes()
            whole = data[: data.rfind(b"\n") + 1]
            self._events = whole.splitlines()
            if len(whole) < len(data):
                path.write_bytes(whole)
        self._file = path.open("ab")

    def __len__(self) -> int:
        return len(self._events)

    def append(self, event: Event) -> int:
        """Add an event and return its number. The log must not have ended."""
        line = _EVENT.dump_json(event)
        with self._change:
            self._events.append(line)
            self._file.write(line + b"\n")
            self._file.flush()
            self._change.notify_all()
            return len(self._events)

    def end(self) -> None:
        """No more events will come."""
        with self._change:
            self._ended = True
            self._file.close()
            self._change.notify_all()

    @property
    def ended(self) -> bool:
        return self._ended

    def after(self, number: int, wait_s: float = 0.0) -> list[tuple[int, Event]]:
        """Events with a higher number; waits up to ``wait_s`` for one when there is none yet."""
        with self._change:
            if len(self._events) <= number and not self._ended and wait_s > 0:
                self._change.wait(wait_s)
            lines = self._events[number:]
        return [(number + i, _EVENT.validate_json(line)) for i, line in enumerate(lines, start=1)]

    def follow(self, number: int = 0) -> Iterator[tuple[int, Event]]:
        """All events after ``number``, those to come included, until the log ends."""
        while True:
            found = self.after(number, wait_s=1.0)
            yield from found
            number += len(found)
            if not found and self._ended:
                return
