"""The record of a session's events: numbered, append-only, on disk, and replayable from any number."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import TypeAdapter

from illodesk.schema import Event

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
BATCH = 500
"""Events that a follower reads at a time, so that hours of them are never in memory at once."""


class EventLog:
    """Events numbered from 1. Thread-safe; any number of readers, each at its own place.

    The events are on disk; memory holds where each line ends. Only what a full disk refused stays in memory.
    """

    def __init__(self, path: Path, *, ended: bool = False) -> None:
        """Open or begin a log; with ``ended``, one that nobody writes any more. A torn last line, as a crash leaves
        it, is cut off by who goes on writing and overlooked by who only reads."""
        self._path = path
        self._ends = array("Q")
        self._unsaved: list[bytes] = []
        self._change = threading.Condition()
        self._listeners: list[Callable[[], None]] = []
        self._ended = ended
        if path.exists():
            end = 0
            with path.open("rb") as file:
                for line in file:
                    if line.endswith(b"\n"):
                        end += len(line)
                        self._ends.append(end)
        if not ended:
            self._file = path.open("ab", buffering=0)
            self._file.truncate(self._end)

    @classmethod
    def kept(cls, path: Path) -> EventLog:
        """The log of a session that is over."""
        return cls(path, ended=True)

    def __len__(self) -> int:
        return len(self._ends) + len(self._unsaved)

    @property
    def _end(self) -> int:
        return self._ends[-1] if self._ends else 0

    def append(self, event: Event) -> int:
        """Add an event and return its number. What comes after the end is not taken any more."""
        line = _EVENT.dump_json(event) + b"\n"
        with self._change:
            if self._ended:
                return len(self)
            self._write(line)
            number = len(self)
            self._change.notify_all()
        self._tell()
        return number

    def _write(self, line: bytes) -> None:
        if not self._unsaved:
            try:
                whole = self._file.write(line) == len(line)
            except OSError:
                whole = False
            if whole:
                self._ends.append(self._end + len(line))
                return
            self._file.truncate(self._end)  # a full disk silences nobody: listeners still learn what happened
        self._unsaved.append(line)

    def end(self) -> None:
        """No more events will come."""
        with self._change:
            self._ended = True
            self._file.close()
            self._change.notify_all()
        self._tell()

    @property
    def ended(self) -> bool:
        return self._ended

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call ``listener`` after each event and at the end, in whatever thread that happens; returns what ends it."""
        with self._change:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._change:
                self._listeners.remove(listener)

        return unsubscribe

    def after(self, number: int, wait_s: float = 0.0, limit: int | None = None) -> list[tuple[int, Event]]:
        """Events with a higher number, ``limit`` at most; waits up to ``wait_s`` for one when there is none yet."""
        with self._change:
            if len(self) <= number and not self._ended and wait_s > 0:
                self._change.wait(wait_s)
            lines = self._lines(number, len(self) if limit is None else min(len(self), number + limit))
        return [(number + i, _EVENT.validate_json(line)) for i, line in enumerate(lines, start=1)]

    def _lines(self, first: int, last: int) -> list[bytes]:
        """Lines from index ``first`` up to ``last``; none where the file was deleted with its conversation."""
        saved = min(last, len(self._ends))
        lines: list[bytes] = []
        if first < saved:
            start = self._ends[first - 1] if first else 0
            try:
                with self._path.open("rb") as file:
                    file.seek(start)
                    lines = file.read(self._ends[saved - 1] - start).splitlines()
            except FileNotFoundError:
                return []
        return lines + self._unsaved[max(0, first - len(self._ends)) : max(0, last - len(self._ends))]

    def follow(self, number: int = 0) -> Iterator[tuple[int, Event]]:
        """All events after ``number``, those to come included, until the log ends."""
        while True:
            found = self.after(number, wait_s=1.0, limit=BATCH)
            yield from found
            number += len(found)
            if not found and self._ended:
                return

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()
