"""Log lines of the server: one JSON object each, with the id of the request that they belong to.

No line holds a query, a body, a file name, a transcript or a key. So what an exception says is left out, because it
may quote any of these; its type and where it came from are kept.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TextIO

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""Id of the request that is being served; threads started with ``asyncio.to_thread`` inherit it."""

_FRAME = re.compile(r'^\s*File "(?P<file>[^"]+)", line (?P<line>\d+), in (?P<name>\S+)', re.MULTILINE)


class JsonLines(logging.Formatter):
    """A log record as one line of JSON. What a record carries in ``fields`` stands beside its message."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request_id"] = request_id.get()
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[1] is not None:
            line.update(described(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False, default=str)


def described(error: BaseException) -> dict[str, object]:
    """Type of an exception and where it came from, without what it says."""
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return {"exception": type(error).__name__, "frames": frames}


def frames_in(text: str) -> list[str]:
    """The places in a printed traceback, as another process sent it."""
    return [f"{found['file']}:{found['line']} {found['name']}" for found in _FRAME.finditer(text)]


def log_to(stream: TextIO | None = None, level: int = logging.INFO) -> logging.Handler:
    """Send everything that is logged in this process to a stream, standard error by default, as JSON lines."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    return handler
