"""What several processes that have one library open tell each other of their changes.

Each change is noted after it is kept. Who listens looks about once a second whether the database was written to, which
costs some microseconds, and only then at what was noted.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections.abc import Callable

from sqlalchemy import delete as sql_delete
from sqlalchemy import func
from sqlmodel import col, select

from illodesk.operations import ChangeSet
from illodesk.store.database import Database
from illodesk.store.errors import StoreError
from illodesk.store.tables import NewsRow

EVERY_S = 1.0
KEPT = 1000
"""Notes that stay: far more than come between two looks."""


class News:
    """The notes of one library. Thread-safe. ``told`` hears of what others changed, in a thread of its own."""

    def __init__(self, database: Database, told: Callable[[ChangeSet], None]) -> None:
        self._database = database
        self._told = told
        self._me = secrets.token_hex(8)
        self._looking = threading.Lock()
        self._seen = -1
        """Id of the last note that was looked at."""
        self._switching = threading.Lock()
        self._over: threading.Event | None = None
        self._closed = False
        self._threads: list[threading.Thread] = []

    def note(self, change: ChangeSet) -> None:
        """Note a change for the others. It is kept whether they hear of it or not."""
        row = NewsRow(owner=self._me, payload=change.model_dump(mode="json"))
        with contextlib.suppress(StoreError), self._database.write() as session:
            session.add(row)
            session.flush()
            session.execute(sql_delete(NewsRow).where(col(NewsRow.id) <= (row.id or 0) - KEPT))

    def listen(self, wanted: Callable[[], bool]) -> None:
        """Look for news from now on, or no longer, as ``wanted`` says. Raises StoreError."""
        with self._switching:
            if (wanted() and not self._closed) == (self._over is not None):
                return
            if self._over is not None:
                self._over.set()
                self._over = None
                return
            self._seen = self._newest()
            self._over = threading.Event()
            thread = threading.Thread(target=self._listen, args=(self._over,), name="news", daemon=True)
            self._threads = [*(one for one in self._threads if one.is_alive()), thread]
            thread.start()

    def close(self) -> None:
        """Look no longer, and wait for who does."""
        self._closed = True
        self.listen(lambda: False)
        for thread in self._threads:
            thread.join()

    def look(self) -> list[ChangeSet]:
        """What others noted since this was asked last, first to last."""
        with self._looking:
            with self._database.read() as session:
                news = select(NewsRow).where(col(NewsRow.id) > self._seen).order_by(col(NewsRow.id))
                rows = session.exec(news).all()
            self._seen = max((row.id or 0 for row in rows), default=self._seen)
        return [ChangeSet.model_validate(row.payload) for row in rows if row.owner != self._me]

    def _listen(self, over: threading.Event) -> None:
        with self._database.versions() as version:
            known: int | None = None
            while not over.wait(EVERY_S):
                # Busy or out of reach for a moment: what is not seen now is seen the next time.
                with contextlib.suppress(StoreError):
                    now = version()
                    for change in self.look() if now != known else []:
                        self._told(change)
                    known = now

    def _newest(self) -> int:
        with self._database.read() as session:
            return session.exec(select(func.max(NewsRow.id))).one() or 0
