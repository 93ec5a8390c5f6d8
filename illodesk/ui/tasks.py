"""Work outside the GUI thread: started here, delivered back here.

A function that runs as a task touches no widget. The GUI thread's event loop awaits its future and hands over what it
returns, raises or reports there. Nothing is computed in that loop.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from types import MethodType
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from illodesk.desk import DeskError

QUICK_THREADS = 2
LONG_THREADS = 4
GIVE_WAY_S = 0.0005
"""A thread that computes gives way to the window after this long; Python's own 5 ms add up while the window draws."""

log = logging.getLogger(__name__)

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]
Progress = Callable[[float | None, str], object]


Outcome = tuple[bool, Any]
"""Whether it went well, and the result or the error."""


class Task:
    """One piece of work. ``cancel`` may be called from any thread; what was cancelled delivers nothing any more."""

    def __init__(self, owner: Tasks, done: Done | None, failed: Failed | None, progress: Progress | None) -> None:
        self._owner = owner
        self._cancelled = threading.Event()
        self._done = done
        self._failed = failed
        self._progress = progress
        self.future: Future[Outcome] | None = None

    def cancel(self) -> None:
        """Ask the work to stop, and deliver nothing more of it. Work that has not begun never begins."""
        self._cancelled.set()
        if self.future is not None:
            self.future.cancel()

    def cancelled(self) -> bool:
        """Whether the work should stop; pass it to what takes ``cancelled=``."""
        return self._cancelled.is_set()

    @property
    def running(self) -> bool:
        """Whether it is under way or waiting for its turn."""
        return self.future is not None and not self.future.done()

    def report(self, fraction: float | None, text: str = "") -> None:
        """Say how far the work is, from its thread: 0..1, or None while that is unknown, and what is being done."""
        self._owner.loop.call_soon_threadsafe(self._tell, fraction, text)

    # --- in the GUI thread ------------------------------------------------------------------------------------------

    def _tell(self, fraction: float | None, text: str) -> None:
        if self._progress is not None and not self.cancelled() and still_there(self._progress):
            self._progress(fraction, text)

    def deliver(self, went_well: bool, value: Any) -> None:
        """Hand over the result or the error, unless nobody is left to take it. It is the last that is heard of it."""
        self._progress = None
        if self.cancelled():
            return
        taker = self._done if went_well else self._failed
        if taker is not None:
            if still_there(taker):
                taker(value)
        elif not went_well:
            self._owner.failed.emit(value)


class Tasks(QObject):
    """Runs work in threads for the GUI thread. ``failed`` tells of errors that nobody else takes.

    ``loop`` is the event loop of that thread, which awaits what the threads return.
    """

    failed = Signal(object)

    def __init__(self, loop: asyncio.AbstractEventLoop, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(GIVE_WAY_S)
        self.loop = loop
        self._quick = ThreadPoolExecutor(QUICK_THREADS, "quick task")
        self._long = ThreadPoolExecutor(LONG_THREADS, "long task")
        self._open: set[Task] = set()

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
        task.future = pool.submit(outcome, function, *args)
        # A callback, not a coroutine: what it calls may open a nested loop, in which another coroutine could not go on.
        asyncio.wrap_future(task.future, loop=self.loop).add_done_callback(partial(self._on_end, task))
        return task

    def _on_end(self, task: Task, awaited: asyncio.Future[Outcome]) -> None:
        self._open.discard(task)
        if not awaited.cancelled():
            task.deliver(*awaited.result())

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


def outcome(function: Callable[..., Any], *args: Any) -> Outcome:
    """What becomes of a call; in the thread of the task."""
    try:
        return True, function(*args)
    except DeskError as error:
        return False, error
    except Exception as error:
        # The message may hold what was said, so the log gets the kind of error and the place only.
        log.error("A task failed: %s at %s", type(error).__name__, place(error))
        return False, error


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
