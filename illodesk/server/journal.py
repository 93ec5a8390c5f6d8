"""The requests that go on and the last ones that ended: what the app's server page shows."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime

KEPT = 200
"""Requests that ended and are still listed."""


@dataclass(frozen=True)
class RequestEntry:
    """One request. ``route`` is the template of its path; ``status`` and ``ms`` are None while it goes on."""

    request_id: str
    started_at: datetime
    method: str
    client: str
    route: str = ""
    status: int | None = None
    ms: float | None = None
    key_id: str = ""


class Journal:
    """Requests in the order they began. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._going: dict[int, RequestEntry] = {}
        self._ended: deque[RequestEntry] = deque(maxlen=KEPT)

    def begin(self, entry: RequestEntry) -> int:
        """Note a request that came in; returns what ``end`` wants."""
        with self._lock:
            self._going[id(entry)] = entry
            return id(entry)

    def end(self, number: int, *, route: str, status: int, ms: float, key_id: str) -> RequestEntry:
        """Note how it ended."""
        with self._lock:
            entry = replace(self._going.pop(number), route=route, status=status, ms=ms, key_id=key_id)
            self._ended.append(entry)
            return entry

    @property
    def going(self) -> int:
        """How many requests are being answered now."""
        return len(self._going)

    def entries(self) -> list[RequestEntry]:
        """Those that go on and the last that ended, newest first."""
        with self._lock:
            found = [*self._ended, *self._going.values()]
        return sorted(found, key=lambda entry: entry.started_at, reverse=True)
