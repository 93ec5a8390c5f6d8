"""The process that pipelines run in, seen from outside.

A native crash, a hang or a full memory in a decoder or a model ends that process and nothing else: it is started
again, and its sessions go on from their last checkpoint, or from the beginning of what is stored. What a session tells
is numbered by the sound alone, so nothing is told twice.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from illodesk.engine.worker_loop import Given, Job, Question, serve
from illodesk.lasting import making_result
from illodesk.schema import AnalysisResult, Event, Utterance

__all__ = ["AnalysisError", "Given", "Handle", "Job", "Worker"]

STALL_S = 300.0
"""A worker with work that says nothing for this long is taken for hung. It reports every half second of its time;
only the conclusion of a recording of many hours takes longer."""

LIVE_LIVES, FILE_LIVES = 4, 1
"""How many worker processes a session may use up. A file that ends one is not tried again: it would end the next."""


class AnalysisError(Exception):
    """An analysis that gave no result. ``str()`` is what the user reads; ``code`` is stable."""

    def __init__(self, message: str, code: str = "ANALYSIS_FAILURE", detail: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.detail = detail


@dataclass
class Handle:
    """A session in the worker. Events arrive in the worker's reader thread."""

    key: int
    job: Job
    on_event: Callable[[Event], None]
    worker: Worker = field(repr=False)
    lives: int = 1
    told: int = 0
    stopping: bool = False
    result: AnalysisResult | None = None
    error: AnalysisError | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """End early: the result covers what was heard so far."""
        self.stopping = True
        self.worker.tell("stop", self.key)

    def abort(self) -> None:
        """End at once, without a result."""
        self.fail(AnalysisError("The analysis was stopped.", "CANCELLED"))
        self.worker.tell("abort", self.key)

    def fail(self, error: AnalysisError) -> None:
        """Settle with an error, unless it is settled already."""
        if not self.ended.is_set():
            self.error = error
            self.ended.set()
        self.worker.forget(self.key)

    def wait(self, seconds: float | None = None) -> AnalysisResult | None:
        """The result once there is one; None when ``seconds`` pass first. Raises :class:`AnalysisError`."""
        if not self.ended.wait(seconds):
            return None
        if self.error is not None:
            raise self.error
        return self.result


class Worker:
    """Runs sessions in one child process: live ones first, then files, each kind in turn. Thread-safe."""

    def __init__(self) -> None:
        self._keys = itertools.count(1)
        self._lock = threading.RLock()
        self._sessions: dict[int, Handle] = {}
        self._questions: dict[int, Future[Any]] = {}
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._reader: threading.Thread | None = None
        self._heard = 0.0
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Process id of the child while there is one."""
        return self._process.pid if self._process is not None else None

    def start(self, job: Job, on_event: Callable[[Event], None] = lambda _: None, told: int = 0) -> Handle:
        """Begin a session. The first ``told`` of its lasting events are not told again: an earlier process did."""
        handle = Handle(next(self._keys), job, on_event, self, LIVE_LIVES if job.live else FILE_LIVES, told)
        with self._lock:
            if self._closed:
                raise AnalysisError("The app is closing.", "CLOSING")
            self._sessions[handle.key] = handle
            if self._process is None:
                self._spawn()
            self._send("open", handle.key, job)
        return handle

    def ask(self, question: Callable[..., Any], *arguments: Any, language: str = "en") -> Future[Any]:
        """Have ``question(models, *arguments)`` answered in the process, between two blocks of sound.

        The function and its arguments are pickled. The future raises :class:`AnalysisError`, also when the process
        ends before it answers.
        """
        answer: Future[Any] = Future()
        with self._lock:
            if self._closed:
                raise AnalysisError("The app is closing.", "CLOSING")
            key = next(self._keys)
            self._questions[key] = answer
            if self._process is None:
                self._spawn()
            self._send("ask", key, Question(question, arguments, language))
        return answer

    def tell(self, command: str, key: int) -> None:
        """Send a command for a session, if the process is there to hear it."""
        with self._lock:
            self._send(command, key, None)

    def forget(self, key: int) -> None:
        """Take a session off the list."""
        with self._lock:
            self._sessions.pop(key, None)

    def close(self) -> None:
        """End the process and every session in it."""
        with self._lock:
            self._closed = True
            self._send("quit", 0, None)
            process, reader = self._process, self._reader
        self._fail_questions("The app was closed.", "CLOSING")
        for handle in list(self._sessions.values()):
            handle.fail(AnalysisError("The app was closed.", "CLOSING"))
        if process is not None:
            process.join(2.0)
            if process.is_alive():
                process.kill()
        if reader is not None and reader is not threading.current_thread():
            reader.join(10.0)

    # --- the process ------------------------------------------------------------------------------------------------

    def _spawn(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), name="illodesk-worker", daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe, self._heard = process, ours, time.monotonic()
        self._reader = threading.Thread(
            target=self._read, args=(process, ours), name="illodesk-worker-reader", daemon=True
        )
        self._reader.start()

    def _send(self, command: str, key: int, payload: Any) -> None:
        if self._pipe is None:
            return
        with contextlib.suppress(OSError):  # the process is gone: its reader starts another and opens the sessions
            self._pipe.send((command, key, payload))

    def _read(self, process: Any, pipe: Connection) -> None:
        """Deliver messages until the process ends; then put another in its place if there is work left."""
        while True:
            try:
                if pipe.poll(0.5):
                    self._heard = time.monotonic()
                    self._deliver(*pipe.recv())
                elif self._sessions and time.monotonic() - self._heard > STALL_S:
                    process.kill()
            except (EOFError, OSError):
                break
        process.join(5.0)
        reason = reason_of_exit(process.exitcode)
        pipe.close()
        with self._lock:
            self._process = self._pipe = None
            if self._closed:
                return
            self._continue(reason)

    def _continue(self, reason: str) -> None:
        """After the end of a process: sessions that have lives left go on in a new one."""
        self._fail_questions(f"{reason} before it answered.", "WORKER_DIED")
        for handle in list(self._sessions.values()):
            handle.lives -= 1
            if handle.lives <= 0:
                what = f"{reason} while analysing {handle.job.name}. The recording is unchanged."
                handle.fail(AnalysisError(what, "WORKER_DIED"))
        if not self._sessions:
            return
        self._spawn()
        for handle in self._sessions.values():
            self._send("open", handle.key, handle.job)
            if handle.stopping:
                self._send("stop", handle.key, None)

    def _fail_questions(self, message: str, code: str) -> None:
        with self._lock:
            unanswered, self._questions = self._questions, {}
        for question in unanswered.values():
            question.set_exception(AnalysisError(message, code))

    def _deliver(self, kind: str, key: int, payload: Any) -> None:
        with self._lock:
            handle = self._sessions.get(key)
            question = self._questions.pop(key, None)
        if question is not None:
            if kind == "answer":
                question.set_result(payload)
            else:
                question.set_exception(AnalysisError(*payload))
            return
        if handle is None:
            return
        try:
            if kind == "events":
                first, events = payload
                for event in events[max(0, handle.told - first) :]:
                    handle.on_event(event)
                handle.told = max(handle.told, first + len(events))
            elif kind == "passing":
                handle.on_event(payload)
            elif kind == "result":
                handle.result = read_result(*payload)
                handle.ended.set()
                self.forget(key)
            else:
                handle.fail(AnalysisError(*payload))
        except Exception as error:  # a listener's fault ends its session, not everybody's reader
            handle.abort()
            handle.error = AnalysisError(f"The analysis was stopped by an error in the app: {error!r}")


def read_result(rest: str, timeline: list[str]) -> AnalysisResult:
    """One utterance after another: reading hours at once would hold every thread, and with them the window."""
    with making_result():
        utterances = [Utterance.model_validate_json(utterance) for utterance in timeline]
        return AnalysisResult.model_validate_json(rest).model_copy(update={"timeline": utterances})


def reason_of_exit(code: int | None) -> str:
    """An exit status in the user's words."""
    if code in (-signal.SIGKILL, 137):
        return "The analysis process was ended from outside, perhaps for lack of memory,"
    if code is not None and code < 0:
        return f"The analysis process crashed ({signal.Signals(-code).name})"
    return f"The analysis process ended unexpectedly (status {code})"
