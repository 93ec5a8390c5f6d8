"""How long the GUI thread was away: a timer that ought to tick every few milliseconds tells when it could not."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer

TICK_S = 0.005


class Heartbeat(QObject):
    """``longest_s``: the longest time without a tick, beyond the tick itself; in it the window answered nobody.

    ``busiest_s`` is how much of such a time the thread itself computed: a machine that is busy with something else
    makes the first longer and leaves the second alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest_s = self.busiest_s = 0.0
        self._at = time.perf_counter()
        self._computed = time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(1000 * TICK_S))
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now, computed = time.perf_counter(), time.thread_time()
        self.longest_s = max(self.longest_s, now - self._at - TICK_S)
        self.busiest_s = max(self.busiest_s, computed - self._computed)
        self._at, self._computed = now, computed

    def stop(self) -> None:
        """Tick no more; the time since the last tick counts."""
        self._tick()
        self._timer.stop()


def wait_until(true: Callable[[], bool], longest_s: float = 60.0) -> bool:
    """Run the event loop, as the app does, until something is true; False where that never came."""
    if true():
        return True
    loop = QEventLoop()
    deadline = time.monotonic() + longest_s
    asking = QTimer()
    asking.setInterval(2)
    asking.timeout.connect(lambda: loop.quit() if true() or time.monotonic() > deadline else None)
    asking.start()
    loop.exec()
    asking.stop()
    return true()


def wait(seconds: float) -> None:
    """Run the event loop for so long."""
    end = time.monotonic() + seconds
    wait_until(lambda: time.monotonic() >= end, seconds + 1)
    QCoreApplication.processEvents()
