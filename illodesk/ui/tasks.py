"""Work outside the GUI thread: started here, delivered back here.

A function that runs as a task touches no widget. What it returns, raises or reports arrives in the GUI thread.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import MethodType
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from illodesk.desk import DeskError

QUICK_THREADS = 2
LONG_THREADS = 4
GIVE_WAY_S = 0.0005
"""A thread that computes gives way to the window after this long; Python's own 5 ms add up while the window draws."""

log = logging.getLogger(__name__)

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]
Progress = Callable[[float | None, str], object]


class Task:
    """One piece of work. ``cancel`` may be called from any thread; what was cancelled delivers nothing any more."""

    def __init__(self, owner: Tasks, done: Done | None, failed: Failed | None, progress: Progress | None) -> None:
        self._owner = owner
        self._cancelled = threading.Event()
        self._done = done
        self._failed = failed
        self._progress = progress
        self.future: Future[Any] | None = None

    def cancel(self) -> None:
        """Ask the work to stop, and deliver nothing more of it. Work that has not begun never begins."""
        self._cancelled.set()
        if self.future is not None and self.future.cancel():
            self._owner.forget(self)

    def cancelled(self) -> bool:
        """Whether the work should stop; pass it to what takes ``cancelled=``."""
        return self._cancelled.is_set()

    @property
    def running(self) -> bool:
        """Whether it is under way or waiting for its turn."""
        return self.future is not None and not self.future.done()

    def report(self, fraction: float | None, text: str = "") -> None:
        """Say how far the work is, from its thread: 0..1, or None while that is unknown, and what is being done."""
        self._owner.delivered.emit(self, "progress", (fraction, text))

    # --- in the GUI thread ------------------------------------------------------------------------------------------

    def deliver(self, kind: str, value: Any) -> None:
        """Hand over one report, the result or the error, unless nobody is left to take it."""
        if self.cancelled():
            return
        if kind == "progress":
            if self._progress is not None and still_there(self._progress):
                self._progress(*value)
        elif kind == "done":
            if self._done is not None and still_there(self._done):
                self._done(value)
        elif self._failed is not None:
            if still_there(self._failed):
                self._failed(value)
        else:
            self._owner.failed.emit(value)


class Tasks(QObject):
    """Runs work in threads. ``failed`` tells of errors that nobody else takes."""

    delivered = Signal(object, str, object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(GIVE_WAY_S)
        self._quick = ThreadPoolExecutor(QUICK_THREADS, "quick task")
        self._long = ThreadPoolExecutor(LONG_THREADS, "long task")
        self._open: set[Task] = set()
        self.delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self, function: Callable[..., Any], *args: Any, done: Done | None = None, failed: Failed | None = None
    ) -> Task:
        """Call ``function(*args)`` in a thread: a read or a small write. ``done(result)`` or ``failed(error)`` follows.

        Callbacks that are methods of a Qt object are dropped when that object is gone.
        """
        return self._start(self._quick, Task(self, done, failed, None), function, *args)

    def run_long(
        self,
        function: Callable[..., Any],
        *args: Any,
        done: Done | None = None,
        failed: Failed | None = None,
        progress: Progress | None = None,
    ) -> Task:
        """Call ``function(task, *args)`` in a thread of its own kind: an import, an export, an analysis.

        The function looks at ``task.cancelled()`` and says how far it is with ``task.report(fraction, text)``.
        """
        task = Task(self, done, failed, progress)
        return self._start(self._long, task, function, task, *args)

    def _start(self, pool: ThreadPoolExecutor, task: Task, function: Callable[..., Any], *args: Any) -> Task:
        self._open.add(task)
        task.future = pool.submit(self._work, task, function, *args)
        return task

    def _work(self, task: Task, function: Callable[..., Any], *args: Any) -> None:
        try:
            value, kind = function(*args), "done"
        except DeskError as error:
            value, kind = error, "failed"
        except Exception as error:
            # The message may hold what was said, so the log gets the kind of error and the place only.
            log.error("A task failed: %s at %s", type(error).__name__, place(error))
            value, kind = error, "failed"
        if shiboken6.isValid(self):
            self.delivered.emit(task, kind, value)

    def _deliver(self, task: Task, kind: str, value: Any) -> None:
        if kind != "progress":
            self._open.discard(task)
        task.deliver(kind, value)

    def forget(self, task: Task) -> None:
        """A task that never began."""
        self._open.discard(task)

    @property
    def open(self) -> int:
        """How many are under way or waiting."""
        return len(self._open)

    def close(self) -> None:
        """Cancel everything and wait until the threads are gone."""
        for task in list(self._open):
            task.cancel()
        for pool in (self._quick, self._long):
            pool.shutdown(wait=True, cancel_futures=True)
        self._open.clear()


def still_there(callback: Callable[..., object]) -> bool:
    """Whether the Qt object that a method belongs to was not deleted meanwhile."""
    owner = callback.__self__ if isinstance(callback, MethodType) else None
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def place(error: BaseException) -> str:
    """File and line where an error was raised."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else "an unknown place"
