"""How long the analysis of an utterance takes, for /metrics: of whole files by their pace, of live speech its lag."""

from __future__ import annotations

import time

from illodesk.desk import EventLog, LiveSession
from illodesk.schema import Event, FinalTranscriptEvent
from illodesk.server.counters import Counters


class Pace:
    """Times the utterances of a whole file: each took as long as it came after the one before. Takes its events."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters
        self._since = time.monotonic()

    def __call__(self, event: Event) -> None:
        if isinstance(event, FinalTranscriptEvent):
            now = time.monotonic()
            self._counters.latency("utterance", (now - self._since) * 1000)
            self._since = now


class Lag:
    """Times the utterances of live speech: how much sound came after their end until they were told."""

    def __init__(self, counters: Counters, session: LiveSession) -> None:
        self._counters = counters
        self._session = session

    def __call__(self, event: Event) -> None:
        if isinstance(event, FinalTranscriptEvent):
            session = self._session  # says twice a second where it is, and speech goes on meanwhile
            heard_s = session.position_s + session.behind_s + time.monotonic() - session.reported_at
            self._counters.latency("live_utterance", max(0.0, heard_s - event.t_end) * 1000)


class Listener:
    """Hands each event of a log on, in the thread that appends it, until the log ends."""

    def __init__(self, log: EventLog, take: Pace | Lag) -> None:
        self._log = log
        self._take = take
        self._number = 0
        self._unsubscribe = log.subscribe(self._listen)

    def _listen(self) -> None:
        for number, event in self._log.after(self._number):
            self._number = number
            self._take(event)
        if self._log.ended:
            self._unsubscribe()
