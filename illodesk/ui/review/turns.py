"""One thing after another in the GUI thread, so that the window answers in between."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

APART_MS = 8
"""What was asked for before, such as drawing what has changed, comes first."""


class Turns(QObject):
    """Calls that wait, each for a turn of the event loop of its own.

    ``QTimer.singleShot(0, …)`` does not do that: it posts an event, and the loop delivers all posted events, also those
    that come while it does so, in one turn.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: list[Callable[[], None]] = []
        self._over = False
        self._timer = QTimer(self)
        self._timer.setInterval(APART_MS)
        self._timer.timeout.connect(self._next)

    def add(self, call: Callable[[], None]) -> None:
        """Call it in a later turn, once, however often it was added until then."""
        if self._over:
            return
        if call not in self._waiting:
            self._waiting.append(call)
        self._timer.start()

    def end(self) -> None:
        """Nothing that waits is called, nor what is added from now on; the app ends."""
        self._over = True
        self._waiting.clear()
        self._timer.stop()

    def _next(self) -> None:
        call = self._waiting.pop(0)
        if not self._waiting:
            self._timer.stop()
        call()
