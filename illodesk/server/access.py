"""Who may ask, and how much: API keys, turns for analyses, live sessions and requests per minute.

A key is always needed, on this machine too: pages of any origin may talk to the server, and without a key each of them
could read the library. Limits are per key and live in the server's loop; a client waits its turn or is told when to
come back.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import math
from collections import Counter, deque
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Annotated
from weakref import WeakKeyDictionary

from fastapi import HTTPException, Security
from fastapi.security import APIKeyHeader, APIKeyQuery
from starlette.requests import HTTPConnection

from illodesk.desk import Desk, DeskError
from illodesk.server.context import context_of
from illodesk.settings import Settings

INVALID_KEY = "Invalid or missing API key"

MINUTE_S = 60.0
BATCH_RETRY_S = 30.0
"""When to come back for an analysis: about what a short recording takes. Nobody knows when the others are done."""
LIVE_RETRY_S = 10.0
WRONG_KEYS_PER_MINUTE = 20
"""From one address; after that each further answer takes a while."""
WRONG_KEY_DELAY_S = 0.5
ADDRESSES = 1000
"""Addresses whose wrong keys are counted. Forgetting them costs nothing but the delay."""

KEYS_S = 5.0
"""How old the list of keys may be that open streams are checked against."""

GOING_ON = frozenset({"ingesting", "processing"})


@dataclass(frozen=True)
class Caller:
    """Whose request this is."""

    key_id: str
    name: str


class Window:
    """How many requests the last minute saw."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._times: deque[float] = deque()

    def take(self, now: float) -> float:
        """Count a request: 0 when it is within the limit, else the seconds until the next one can be.

        What is refused does not count, so that a client which asks too often is still served at the limit.
        """
        while self._times and self._times[0] <= now - MINUTE_S:
            self._times.popleft()
        if len(self._times) >= self._limit:
            return self._times[0] + MINUTE_S - now
        self._times.append(now)
        return 0.0


class Access:
    """Checks keys and keeps the limits of one app. Its loop may be stopped and another one started."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self._desk = desk
        self._settings = settings
        self._requests: dict[str, Window] = {}
        self._wrong: dict[str, Window] = {}
        self._batch: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, asyncio.Semaphore]] = WeakKeyDictionary()
        self._starting: Counter[str] = Counter()
        self._revoked: frozenset[str] = frozenset()
        self._keys_read_at = -math.inf
        # Threads of its own: a check never waits behind analyses that fill the pool of everybody.
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="key check")

    def close(self) -> None:
        """Let go of the threads."""
        self._threads.shutdown(wait=False)

    async def caller(self, connection: HTTPConnection, *, counted: bool = True) -> Caller:
        """Whose key the request carries. Raises HTTPException: 401 without a good key, 429 above the rate.

        The key is looked up each time, so that one that was just made or revoked holds at once.
        """
        secret = secret_of(connection)
        loop = asyncio.get_running_loop()
        key = await loop.run_in_executor(self._threads, self._desk.check_key, secret) if secret else None
        if key is None:
            if secret:
                await self._slow_down(connection.client.host if connection.client else "")
            raise HTTPException(401, INVALID_KEY, {"WWW-Authenticate": "APIKey"})
        connection.state.key_id = key.id
        if counted:
            self._count(key.id)
        return Caller(key.id, key.name)

    async def holds(self, caller: Caller) -> bool:
        """Whether a key that was good has not been revoked since, as it was at most ``KEYS_S`` ago."""
        if monotonic() - self._keys_read_at >= KEYS_S:
            self._keys_read_at = monotonic()
            with contextlib.suppress(DeskError):  # a library that cannot be read now ends no stream
                keys = await asyncio.get_running_loop().run_in_executor(self._threads, self._desk.keys)
                self._revoked = frozenset(key.id for key in keys if key.revoked_at is not None)
        return caller.key_id not in self._revoked

    def _count(self, key_id: str) -> None:
        limit = self._settings.requests_per_minute
        if limit == 0:
            return
        wait_s = self._requests.setdefault(key_id, Window(limit)).take(monotonic())
        if wait_s > 0:
            raise too_many(f"More than {limit} requests in a minute", wait_s)

    async def _slow_down(self, address: str) -> None:
        """Let an address that tries many keys wait. Who shares it and has a good key does not."""
        if address not in self._wrong and len(self._wrong) >= ADDRESSES:
            self._wrong.clear()
        if self._wrong.setdefault(address, Window(WRONG_KEYS_PER_MINUTE)).take(monotonic()) > 0:
            await asyncio.sleep(WRONG_KEY_DELAY_S)

    @asynccontextmanager
    async def batch_slot(self, caller: Caller) -> AsyncIterator[None]:
        """Hold one of the key's batch analyses, first come, first served.

        Raises HTTPException 429 when none is free within ``batch_wait_s``. The slot is free again however the block
        ends. Take it before the upload is read: what waits is then still with the client.
        """
        slots = self._slots_of(caller)
        try:
            async with asyncio.timeout(self._settings.batch_wait_s):
                await slots.acquire()
        except TimeoutError:
            limit = self._settings.batch_per_key
            raise too_many(f"{limit} batch analyses of this key are going on", BATCH_RETRY_S) from None
        try:
            yield
        finally:
            slots.release()

    @asynccontextmanager
    async def live_slot(self, caller: Caller) -> AsyncIterator[None]:
        """Start a session in this block: live, or the replay of an upload.

        Raises HTTPException 429 when the key has as many as it may. A session counts by its owner for as long as it
        goes on, and from the start of this block, so that two requests at once cannot both be the last one.
        """
        owned = [session for session in self._desk.sessions() if session.record.owner == caller.key_id]
        going_on = sum(session.state in GOING_ON for session in owned)
        limit = self._settings.live_sessions_per_key
        if going_on + self._starting[caller.key_id] >= limit:
            raise too_many(f"{limit} live sessions of this key are going on", LIVE_RETRY_S)
        self._starting[caller.key_id] += 1
        try:
            yield
        finally:
            self._starting[caller.key_id] -= 1

    def _slots_of(self, caller: Caller) -> asyncio.Semaphore:
        """The batch slots of a key in the loop that runs; those of a loop that was stopped have gone with it."""
        here = self._batch.setdefault(asyncio.get_running_loop(), {})
        if caller.key_id not in here:
            here[caller.key_id] = asyncio.Semaphore(self._settings.batch_per_key)
        return here[caller.key_id]


def secret_of(connection: HTTPConnection) -> str:
    """The secret that a request carries; the header goes first, also when it is wrong. Empty when there is none."""
    header = connection.headers.get("x-api-key")
    return connection.query_params.get("api_key", "") if header is None else header


def too_many(what: str, wait_s: float) -> HTTPException:
    """The error for who asks too much."""
    seconds = max(1, math.ceil(wait_s))
    return HTTPException(429, f"{what}; come back in {seconds} s", {"Retry-After": str(seconds)})


def is_local(connection: HTTPConnection) -> bool:
    """Whether the request comes from this machine."""
    try:
        address = ipaddress.ip_address(connection.client.host if connection.client else "")
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


HeaderKey = Annotated[
    str | None,
    Security(APIKeyHeader(name="X-API-Key", scheme_name="ApiKeyHeader", description="The usual way", auto_error=False)),
]
QueryKey = Annotated[
    str | None,
    Security(
        APIKeyQuery(
            name="api_key",
            scheme_name="ApiKeyQuery",
            description="For what cannot set headers, as EventSource; looked at when there is no X-API-Key",
            auto_error=False,
        )
    ),
]
"""The two declare their schemes in OpenAPI; the check itself reads the request."""


async def require_caller(connection: HTTPConnection, _header: HeaderKey, _query: QueryKey) -> Caller:
    """Let only good keys pass, within their rate."""
    return await context_of(connection).access.caller(connection)


async def require_chunk_caller(connection: HTTPConnection, _header: HeaderKey, _query: QueryKey) -> Caller:
    """As ``require_caller``, without the rate: no limit may cost sound, and the number of sessions bounds it."""
    return await context_of(connection).access.caller(connection, counted=False)


async def require_caller_unless_local(
    connection: HTTPConnection, _header: HeaderKey, _query: QueryKey
) -> Caller | None:
    """As ``require_caller``, but this machine needs no key: for /metrics."""
    return None if is_local(connection) else await context_of(connection).access.caller(connection)


CallerDep = Annotated[Caller, Security(require_caller)]
ChunkCallerDep = Annotated[Caller, Security(require_chunk_caller)]
MetricsCallerDep = Annotated[Caller | None, Security(require_caller_unless_local)]
