"""What surrounds every request: its id, the headers of every answer, the log line, the count, the last safety net."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import secrets
import time
from datetime import UTC, datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from illodesk import __version__
from illodesk.server.context import ServerContext
from illodesk.server.journal import Journal, RequestEntry
from illodesk.server.logs import described, request_id

TITLE = "IlloDesk"

HEADERS = {
    "X-API-Title": TITLE,
    "X-API-Version": __version__,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # The documentation pages carry everything they need; whatever they might want from elsewhere is not fetched.
    "Content-Security-Policy": "default-src 'self' 'unsafe-inline' data: blob:; frame-ancestors 'none'",
}
UNKNOWN_ROUTE = "(none)"
DRAIN_S = 5.0
"""How long the rest of a body that nobody wants is thrown away: most clients read no answer before all is sent."""
HEALTH = "/health"
STOPPING = JSONResponse({"detail": "The server is stopping"}, 503, headers={"Retry-After": "30", "Connection": "close"})
_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

requests_log = logging.getLogger("illodesk.server.requests")
errors_log = logging.getLogger("illodesk.server")


class Envelope:
    """Pure ASGI, so that streams pass through unheld."""

    def __init__(self, app: ASGIApp, context: ServerContext, journal: Journal) -> None:
        self._app = app
        self._context = context
        self._journal = journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number = request_number(Headers(scope=scope).get("x-request-id", ""))
        token = request_id.set(number)
        state = scope.setdefault("state", {})
        began = time.perf_counter()
        client = scope["client"][0] if scope.get("client") else ""
        place = self._journal.begin(RequestEntry(number, datetime.now(UTC), scope["method"], client))
        status, whole = 0, False
        body = Body(scope, receive)

        async def answer(message: Message) -> None:
            nonlocal status, whole
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = number
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not await body.over(0.0 if self._context.stopping.is_set() else DRAIN_S):
                    headers["Connection"] = "close"  # who goes on sending is not listened to for ever
            elif message["type"] == "http.response.body":
                whole = not message.get("more_body", False)
            await send(message)

        try:
            # A connection that was open already may still send requests while the server stops.
            stopping = self._context.stopping.is_set() and scope["path"] != HEALTH
            await (STOPPING if stopping else self._app)(scope, body.receive, answer)
        except asyncio.CancelledError:
            if not self._context.time_is_up.is_set():
                raise
            if not status:  # cut off when the server stopped: the client learns that much
                await STOPPING(scope, body.receive, answer)
        except Exception as error:
            errors_log.error("The request ended in an error of the server.", extra={"fields": described(error)})
            if not status:
                await JSONResponse({"detail": "Internal error"}, 500)(scope, body.receive, answer)
        finally:
            seconds = time.perf_counter() - began
            route = route_of(scope)
            entry = self._journal.end(
                place, route=route, status=status, ms=round(seconds * 1000, 1), key_id=str(state.get("key_id", ""))
            )
            self._context.counters.request(entry.method, route, status, seconds)
            fields = {
                "method": entry.method,
                "route": route,
                "status": status,
                "ms": entry.ms,
                "key": entry.key_id,
                "client": client,
                "whole": whole,
            }
            requests_log.info("request", extra={"fields": fields})
            request_id.reset(token)


class Body:
    """The body of a request on its way to who reads it."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        headers = Headers(scope=scope)
        self._receive = receive
        self._over = headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
        self._held_back = headers.get("expect", "").lower() == "100-continue"

    async def receive(self) -> Message:
        """The next piece."""
        message = await self._receive()
        self._over = self._over or message["type"] != "http.request" or not message.get("more_body", False)
        return message

    async def over(self, wait_s: float) -> bool:
        """Throw away for a moment what was not read; returns whether that was all."""
        if not self._held_back:  # else the sender waits for leave to send, and does not get it
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    while not self._over:
                        await self.receive()
        return self._over


def request_number(wanted: str) -> str:
    """The id that the client gave its request, where it is one; else a new one."""
    return wanted if _SANE_ID.fullmatch(wanted) else secrets.token_hex(8)


def route_of(scope: Scope) -> str:
    """Template of the path that was asked for: never the path itself, which may hold anything."""
    return str(getattr(scope.get("route"), "path", UNKNOWN_ROUTE))
