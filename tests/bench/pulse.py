"""Asks /health again and again, from a process of its own: what it measures is the server, and not who loads it.

``python -m tests.bench.pulse HOST PORT EVERY_S`` asks until its input ends, and then writes a line per
answer: how long it took in ms, and its status (0 where none came).
"""

from __future__ import annotations

import http.client
import select
import subprocess
import sys
import time
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

ANSWER_S = 60.0


class Pulse:
    """How long the answers took in ms (``times``), and how many were bad, once the block is over."""

    def __init__(self, url: str, every_s: float) -> None:
        address = urlsplit(url)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.pulse", str(address.hostname), str(address.port), str(every_s)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.times: list[float] = []
        self.bad = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        said, _ = self._process.communicate()
        answers = [line.split() for line in said.splitlines()]
        self.times = [float(ms) for ms, _ in answers]
        self.bad = sum(status != "200" for _, status in answers)


def ask(host: str, port: int, every_s: float) -> None:
    """Until the input ends; at least once. A pipe holds so many lines only: they are kept and written at the end."""
    lines = []
    connection = http.client.HTTPConnection(host, port, timeout=ANSWER_S)
    while True:
        began = time.perf_counter()
        try:
            connection.request("GET", "/health")
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, http.client.HTTPException):
            connection.close()
            status = 0
        lines.append(f"{(time.perf_counter() - began) * 1000:.2f} {status}\n")
        if select.select([sys.stdin], [], [], every_s)[0]:
            break
    sys.stdout.writelines(lines)


if __name__ == "__main__":
    ask(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
