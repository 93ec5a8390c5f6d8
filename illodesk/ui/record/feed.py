"""What a session tells, brought into the GUI thread in small portions.

A thread reads and parses the events and the recorder's status; the GUI thread takes what is ready ten times a second,
and never more of it at once than it can show without a pause.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from illodesk.desk import LiveSession, RecorderStatus
from illodesk.schema import EngagementEvent, Event, PartialTranscriptEvent

LOOK_S = 0.1
READ = 100
"""Events read from disk at a time."""

AT_ONCE = 20
"""Events with words that are told at a time."""

WAITING = 400
"""Events that may wait for the GUI thread; beyond that the reading thread waits."""


@dataclass(frozen=True)
class Look:
    """How a session does at one moment."""

    state: str = "ingesting"
    recorded_s: float = 0.0
    analysed_s: float = 0.0
    stage: str = ""
    restarts: int = 0
    recorder: RecorderStatus | None = None
    at: float = field(default_factory=time.monotonic)

    @property
    def behind_s(self) -> float:
        """Seconds of sound that are safe and not analysed yet."""
        return max(0.0, self.recorded_s - self.analysed_s)


class LiveFeed(QObject):
    """Follows one session. ``told`` gives a list of events in their order, ``looked`` a Look; ``ended`` comes once,
    after the last event."""

    told = Signal(list)
    looked = Signal(object)
    ended = Signal()

    def __init__(self, session: LiveSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._events: deque[Event] = deque()
        self._look: Look | None = None
        self._over = False
        self._recorded_s = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="live feed", daemon=True)
        self._timer = QTimer(self)
        self._timer.setInterval(round(LOOK_S * 1000))
        self._timer.timeout.connect(self.take)

    def start(self) -> None:
        """Follow from the first event on."""
        self._thread.start()
        self._timer.start()

    def stop(self) -> None:
        """Follow no more; what was not taken is not told."""
        self._timer.stop()
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    # --- in the GUI thread ------------------------------------------------------------------------------------------

    def take(self) -> None:
        """Tell what is ready."""
        look, self._look = self._look, None
        if look is not None:
            self.looked.emit(look)
        over = self._over  # asked before the events: what came before the end is told before it
        batch = self._next_batch()
        if batch:
            self.told.emit(batch)
        if over and not self._events:
            self.stop()
            self.ended.emit()

    def _next_batch(self) -> list[Event]:
        """What can be shown without a pause: points of a curve cost nothing, words do."""
        batch: list[Event] = []
        costly = 0
        while self._events and costly < AT_ONCE and len(batch) < WAITING:
            batch.append(self._events.popleft())
            costly += not isinstance(batch[-1], EngagementEvent)
        return batch

    # --- in the thread ----------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        session, number = self.session, 0
        while not self._stop.is_set():
            began = time.monotonic()
            ended = session.log.ended
            self._see()
            found = session.log.after(number, limit=READ) if len(self._events) < WAITING else []
            number += len(found)
            self._events.extend(without_superseded([event for _, event in found]))
            if ended and number >= len(session.log):
                self._see()
                self._over = True
                return
            if len(found) < READ:
                self._stop.wait(max(0.0, began + LOOK_S - time.monotonic()))

    def _see(self) -> None:
        """Look at the session. What the recorder said last stands; else the analysis knows about how much there is."""
        session = self.session
        status = session.recorder_status() if session.state == "ingesting" else None
        if status is not None:
            self._recorded_s = max(self._recorded_s, status.position_s)
        known_s = session.position_s if self._recorded_s else session.position_s + session.behind_s
        recorded_s = max(self._recorded_s, known_s)
        self._look = Look(session.state, recorded_s, session.position_s, session.stage, session.restarts, status)


def without_superseded(events: list[Event]) -> list[Event]:
    """The same events without partial transcripts that a later one of the same channel stands in for."""
    kept: list[Event] = []
    seen: set[int] = set()
    for event in reversed(events):
        if isinstance(event, PartialTranscriptEvent):
            if event.channel in seen:
                continue
            seen.add(event.channel)
        kept.append(event)
    return kept[::-1]
