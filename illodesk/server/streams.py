"""Event streams: a session's log told to one consumer over server-sent events, from any number on.

A stream costs no thread while nothing happens, reads a few events at a time, and waits for who reads slowly. It ends
when the log has ended and was told, when the client goes, when its key is revoked, or when the server stops.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial

import anyio
from anyio import to_thread
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from illodesk.desk import EventLog
from illodesk.schema import Event
from illodesk.server.counters import Counters
from illodesk.server.wire import KEEP_ALIVE, frame

KEEP_ALIVE_S = 15.0
SEND_S = 60.0
"""How long a consumer may take no byte before it is taken for gone."""
BATCH = 16
"""Events read and sent at a time: what an unread stream holds in memory."""

SECOND_CONSUMER = "Only one SSE consumer may be attached to a live session at a time"
STREAM_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


class ConsumerError(Exception):
    """Somebody listens to the session already."""


class Consumers:
    """Who listens to which session: one at a time. Used in the server's loop only."""

    def __init__(self) -> None:
        self._listening: set[str] = set()

    @contextmanager
    def only(self, session_id: str) -> Iterator[None]:
        """Be the one who listens. Raises ConsumerError."""
        if session_id in self._listening:
            raise ConsumerError(SECOND_CONSUMER)
        self._listening.add(session_id)
        try:
            yield
        finally:
            self._listening.remove(session_id)

    def __len__(self) -> int:
        return len(self._listening)

    def __contains__(self, session_id: str) -> bool:
        return session_id in self._listening


class EventStream(Response):
    """The answer that tells a log. 409 when somebody else listens by the time it starts."""

    media_type = "text/event-stream"

    def __init__(
        self,
        session_id: str,
        log: EventLog,
        *,
        consumers: Consumers,
        counters: Counters,
        stopping: asyncio.Event,
        allowed: Callable[[], Awaitable[bool]],
        base_url: str,
        after: int = 0,
        opening: Event | None = None,
        status_code: int = 200,
    ) -> None:
        """Tell what comes after event number ``after``; ``opening`` is told first and has no number.

        ``allowed`` is asked between events and with each comment: who may not listen any more is told nothing more.
        """
        super().__init__(status_code=status_code, headers={**STREAM_HEADERS, "X-Session-Id": session_id})
        del self.headers["content-length"]
        self._session_id = session_id
        self._log = log
        self._consumers = consumers
        self._counters = counters
        self._stopping = stopping
        self._allowed = allowed
        self._base_url = base_url
        self._number = after
        self._opening = opening

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            with self._consumers.only(self._session_id):
                await self._serve(receive, send)
        except ConsumerError as error:
            await JSONResponse({"detail": str(error)}, 409)(scope, receive, send)

    async def _serve(self, receive: Receive, send: Send) -> None:
        changed = asyncio.Event()
        async with anyio.create_task_group() as tasks:

            async def until_gone() -> None:
                while (await receive())["type"] != "http.disconnect":
                    pass
                tasks.cancel_scope.cancel()

            async def until_stopping() -> None:
                await self._stopping.wait()
                changed.set()

            tasks.start_soon(until_gone)
            tasks.start_soon(until_stopping)
            with contextlib.suppress(TimeoutError):  # takes nothing any more: gone, without a word
                await self._tell(changed, send)
            tasks.cancel_scope.cancel()

    async def _tell(self, changed: asyncio.Event, send: Send) -> None:
        unsubscribe = self._log.subscribe(partial(wake, asyncio.get_running_loop(), changed))
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            if self._opening is not None:
                self._counters.event(self._opening.event)
                await put(send, frame(self._opening, self._base_url))
            while not self._stopping.is_set() and await self._allowed():
                changed.clear()
                ended = self._log.ended  # asked before reading: what came before the end is told
                data = await to_thread.run_sync(self._next_frames)
                if data:
                    await put(send, data)
                elif ended:
                    break
                else:
                    await self._wait(changed, send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            unsubscribe()

    def _next_frames(self) -> bytes:
        frames = []
        for number, event in self._log.after(self._number, limit=BATCH):
            frames.append(frame(event, self._base_url, number))
            self._counters.event(event.event)
            self._number = number
        return b"".join(frames)

    @staticmethod
    async def _wait(changed: asyncio.Event, send: Send) -> None:
        try:
            async with asyncio.timeout(KEEP_ALIVE_S):
                await changed.wait()
        except TimeoutError:
            await put(send, KEEP_ALIVE)


async def put(send: Send, data: bytes) -> None:
    """Send a piece of a stream. Raises TimeoutError when the client takes nothing for too long."""
    async with asyncio.timeout(SEND_S):
        await send({"type": "http.response.body", "body": data, "more_body": True})


def wake(loop: asyncio.AbstractEventLoop, changed: asyncio.Event) -> None:
    """Tell a stream, from any thread, that there is something new."""
    with contextlib.suppress(RuntimeError):  # the loop was closed, and with it the stream
        loop.call_soon_threadsafe(changed.set)
