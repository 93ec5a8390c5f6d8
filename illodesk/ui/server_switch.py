"""What the window needs of the API server. It never sees the server itself: who opens the window passes one in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class RequestLine(Protocol):
    """One request. ``status`` and ``ms`` are None while it goes on; ``key_id`` is empty where no key was named."""

    @property
    def started_at(self) -> datetime: ...
    @property
    def method(self) -> str: ...
    @property
    def route(self) -> str: ...
    @property
    def client(self) -> str: ...
    @property
    def status(self) -> int | None: ...
    @property
    def ms(self) -> float | None: ...
    @property
    def key_id(self) -> str: ...


class ServerSwitch(Protocol):
    """Starts and stops the API over the desk that the window shows. ``start`` and ``stop`` block: run them as tasks."""

    @property
    def running(self) -> bool: ...

    @property
    def address(self) -> str:
        """Base URL as this machine reaches it, while it runs."""
        ...

    def lan_addresses(self) -> list[str]:
        """Base URLs as other machines reach it; none while it listens to this machine only."""
        ...

    def requests(self) -> Sequence[RequestLine]:
        """Requests that go on and the last that ended, newest first."""
        ...

    def start(self, host: str, port: int, *, allow_lan: bool) -> None:
        """Listen, and return when requests are answered. Raises DeskError that says what is in the way."""
        ...

    def stop(self) -> None:
        """Stop listening; returns when it has stopped."""
        ...
