"""`illodesk serve` as a process of its own, and what a client needs to talk to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

TIMEOUT_S = 120.0
LIMITS = httpx.Limits(max_connections=None, max_keepalive_connections=None)


class Served:
    """A server on a free port over a data folder, with a key of its own. Standard error goes to ``log``."""

    def __init__(self, home: Path, *arguments: str, **environment: str) -> None:
        self.home = home
        self.log = home / "server.log"
        self._environment = {**os.environ, **environment, "ILLODESK_DATA_DIR": str(home)}
        self._arguments = arguments
        home.mkdir(parents=True, exist_ok=True)
        self.key = self._illodesk("keys", "make", "test").strip()
        self.said: list[str] = []
        self.start()

    def _illodesk(self, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "illodesk", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def start(self) -> None:
        """Start, and return when it says that it serves."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "illodesk", "serve", "--port", "0", *self._arguments],
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        self.said = []
        for line in self.process.stdout:
            self.said.append(line.strip())
            if line.startswith("How to use it"):
                break
        else:
            raise AssertionError(f"The server did not start: {self.log.read_text()}")
        [serves] = [line for line in self.said if line.startswith("IlloDesk serves at ")]
        self.url = serves.removeprefix("IlloDesk serves at ").split(",")[0]

    @property
    def uploads(self) -> list[Path]:
        """What lies where uploads come in."""
        return [path for path in (self.home / "uploads").rglob("*") if path.is_file()]

    def log_lines(self) -> list[dict[str, Any]]:
        """What it logged, in all its lives."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def client(self, timeout: float = TIMEOUT_S) -> httpx.Client:
        """A client with the key."""
        return httpx.Client(base_url=self.url, headers={"X-API-Key": self.key}, timeout=timeout, limits=LIMITS)

    def async_client(self, timeout: float = TIMEOUT_S) -> httpx.AsyncClient:
        """The same for a loop."""
        return httpx.AsyncClient(base_url=self.url, headers={"X-API-Key": self.key}, timeout=timeout, limits=LIMITS)

    def kill(self) -> None:
        """As a crash ends it."""
        self.process.kill()
        self._gone()

    def stop(self) -> int:
        """As its user ends it; returns the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self._gone()

    def _gone(self) -> int:
        status = self.process.wait(60.0)
        if self.process.stdout is not None:
            self.process.stdout.close()
        return status

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.kill()
        else:
            self._gone()


class Frame(dict[str, Any]):
    """The data of one event, with its name and number."""

    def __init__(self, event: str, number: int | None, data: dict[str, Any]) -> None:
        super().__init__(data)
        self.event = event
        self.number = number


def frames(lines: Iterator[str]) -> Iterator[Frame]:
    """The events in the lines of a stream. Comments are passed over."""
    event, number, data = "message", None, ""
    for line in lines:
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not line:
            if data:
                yield Frame(event, number, json.loads(data))
            event, number, data = "message", None, ""
        elif name == "event":
            event = value
        elif name == "id":
            number = int(value)
        elif name == "data":
            data += value


def told(client: httpx.Client, url: str, **headers: str) -> list[Frame]:
    """Every event of a stream to its end."""
    with client.stream("GET", url, headers={"Accept": "text/event-stream", **headers}, timeout=None) as answer:
        answer.raise_for_status()
        return list(frames(answer.iter_lines()))
