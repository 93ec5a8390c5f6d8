"""The API server as the window's switch: the one place that knows both, so that neither knows the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from illodesk.desk import Desk

if TYPE_CHECKING:
    from illodesk.server.journal import RequestEntry
    from illodesk.server.serving import Server


class AppServer:
    """Starts and stops the API inside the app. The server's libraries are imported with the first start."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._server: Server | None = None

    @property
    def running(self) -> bool:
        return self._server is not None and self._server.state == "running"

    @property
    def address(self) -> str:
        return "" if self._server is None else self._server.address

    def lan_addresses(self) -> list[str]:
        return self._server.lan_addresses() if self._server is not None and self.running else []

    def requests(self) -> Sequence[RequestEntry]:
        return [] if self._server is None else self._server.requests()

    def start(self, host: str, port: int, *, allow_lan: bool) -> None:
        """Listen, and return when requests are answered. Raises DeskError that says what is in the way."""
        from illodesk.server.serving import Server

        self.stop()
        self._server = Server(self._desk, host, port, allow_lan=allow_lan)
        self._server.start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
