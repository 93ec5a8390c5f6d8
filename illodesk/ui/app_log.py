"""The local log, and the note that the previous run ended badly. What is said in a conversation never comes in here.

``logs/app.log`` is what the app logs; ``logs/run-<process>`` is there while that process runs, and a crash leaves its
last words in it. A file whose process is gone without having removed it tells of a run that did not end well.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from illodesk.process import Owner

LOG_BYTES, LOG_FILES = 1_000_000, 3
UNKNOWN = "unknown"
RUN = "run-"
CRASH_FILE = "crash.log"
"""The last words of the newest run that crashed."""

LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

log = logging.getLogger("illodesk")


class AppLog:
    """Writes the log while it is open. A folder that cannot be written costs the log, never the start."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handler: logging.Handler | None = None
        self._marker: IO[str] | None = None
        self._hooks = sys.excepthook, sys.unraisablehook, threading.excepthook

    def open(self) -> str:
        """Begin; returns where the previous run was when it crashed, empty when it ended well.

        The words are the crash's own (thread, file, line); :data:`UNKNOWN` where it left none, as a power cut does.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            crash = self._take_crash()
            self._handler = RotatingFileHandler(
                self._folder / "app.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
            )
            self._marker = (self._folder / f"{RUN}{Owner.this_process()}").open("w+", encoding="utf-8")
        except OSError:
            return ""
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(self._handler)
        log.setLevel(logging.INFO)
        faulthandler.enable(self._marker, all_threads=True)
        sys.excepthook = self._on_error
        sys.unraisablehook = self._on_unraisable
        threading.excepthook = self._on_thread_error
        qInstallMessageHandler(from_qt)
        if crash:
            log.info("The previous run did not end well: %s", crash)
        log.info("Started.")
        return crash

    def close(self) -> None:
        """The run ended well."""
        sys.excepthook, sys.unraisablehook, threading.excepthook = self._hooks
        qInstallMessageHandler(None)
        if self._marker is not None:
            faulthandler.disable()
            name = Path(self._marker.name)
            self._marker.close()
            name.unlink(missing_ok=True)
        if self._handler is not None:
            log.info("Ended.")
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()

    def _take_crash(self) -> str:
        found = ""
        for path in sorted(self._folder.glob(f"{RUN}*")):
            owner = Owner.parse(path.name.removeprefix(RUN))
            if owner is not None and owner.alive():
                continue
            words = path.read_text(encoding="utf-8", errors="replace").strip()
            found = first_lines(words) or UNKNOWN
            path.replace(self._folder / CRASH_FILE)
        return found

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("Unexpected %s\n%s", kind.__name__, places(trace))

    def _on_unraisable(self, problem: Any) -> None:
        log.error("Unexpected %s\n%s", getattr(problem.exc_type, "__name__", "error"), places(problem.exc_traceback))

    def _on_thread_error(self, problem: threading.ExceptHookArgs) -> None:
        name = problem.thread.name if problem.thread is not None else "a thread"
        log.error("Unexpected %s in %s\n%s", problem.exc_type.__name__, name, places(problem.exc_traceback))


def places(trace: TracebackType | None) -> str:
    """Files and lines of a traceback, innermost last; no values, no source: they may hold what was said."""
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        lines.append(f"  {code.co_filename}:{trace.tb_lineno} in {code.co_qualname}")
        trace = trace.tb_next
    return "\n".join(lines)


def first_lines(words: str) -> str:
    """What a crash says that matters: its kind and the innermost places of the thread in which it happened."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    at = next((i for i, line in enumerate(lines) if line.startswith("Current thread")), 1)
    return " | ".join([*lines[:1], *lines[at : at + 4]])


def from_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """What Qt has to say goes to the log."""
    logging.getLogger(f"illodesk.qt.{context.category or 'default'}").log(LEVELS[kind], "%s", message)
