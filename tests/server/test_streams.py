"""Event streams: nothing lost, nothing twice, one consumer, and a slot that is free as soon as the client has gone."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from illodesk.desk import EventLog
from illodesk.schema import DoneEvent, EngagementEvent, StatusEvent
from illodesk.server import streams
from illodesk.server.counters import Counters
from illodesk.server.streams import SECOND_CONSUMER, Consumers, EventStream


@pytest.fixture
def log(tmp_path: Path) -> Iterator[EventLog]:
    log = EventLog(tmp_path / "events.jsonl")
    yield log
    log.end()


class Client:
    """What the server sees of a client: it takes what is sent, until it goes."""

    def __init__(self, consumers: Consumers | None = None, stopping: asyncio.Event | None = None) -> None:
        self.consumers = consumers or Consumers()
        self.stopping = stopping or asyncio.Event()
        self.counters = Counters()
        self.gone = asyncio.Event()
        self.reading = asyncio.Event()
        self.reading.set()
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = b""
        self.whole = False
        self.allowed = True

    async def receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        await self.reading.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message["body"]
            self.whole = not message.get("more_body", False)

    async def allow(self) -> bool:
        return self.allowed

    def follow(self, log: EventLog, after: int = 0, **options: Any) -> asyncio.Task[None]:
        stream = EventStream(
            "analysis_1",
            log,
            consumers=self.consumers,
            counters=self.counters,
            stopping=self.stopping,
            allowed=self.allow,
            base_url="http://x/",
            after=after,
            **options,
        )
        return asyncio.create_task(stream({"type": "http"}, self.receive, self.send))

    @property
    def ids(self) -> list[int]:
        return [int(line[4:]) for line in self.body.decode().splitlines() if line.startswith("id: ")]

    async def until(self, wanted: Callable[[], bool]) -> None:
        async with asyncio.timeout(60):
            while not wanted():
                await asyncio.sleep(0.005)


def fill(log: EventLog, count: int) -> None:
    for t in range(count):
        log.append(EngagementEvent(t=float(t)))


def test_everything_is_told_in_order_and_the_stream_ends_with_the_log(log: EventLog) -> None:
    async def run() -> None:
        client = Client()
        fill(log, 40)
        following = client.follow(log, opening=StatusEvent(phase="starting"))
        await client.until(lambda: len(client.ids) == 40)
        fill(log, 3)
        log.append(DoneEvent(conversation_id="analysis_1"))
        log.end()
        await following
        assert client.ids == list(range(1, 45))
        assert client.whole
        assert client.body.startswith(b'event: status\ndata: {"phase":"starting"')
        assert client.status == 200
        assert client.headers["content-type"].startswith("text/event-stream")
        assert (client.headers["cache-control"], client.headers["x-accel-buffering"]) == ("no-cache", "no")
        assert client.headers["x-session-id"] == "analysis_1"
        assert "content-length" not in client.headers
        assert client.counters.events() == {"status": 1, "engagement": 43, "done": 1}

    asyncio.run(run())


@given(st.lists(st.integers(1, 30), min_size=1, max_size=4))
def test_who_comes_back_after_any_number_gets_the_rest_once(
    tmp_path_factory: pytest.TempPathFactory, counts: list[int]
) -> None:
    log = EventLog(tmp_path_factory.mktemp("log") / "events.jsonl")

    async def run() -> None:
        consumers, seen = Consumers(), 0
        ids: list[int] = []
        for count in counts:
            fill(log, count)
            client = Client(consumers)
            following = client.follow(log, seen)
            await client.until(lambda client=client: bool(client.ids))  # type: ignore[misc]
            client.gone.set()
            await following
            ids += client.ids
            seen = client.ids[-1]
        log.end()
        client = Client(consumers)
        await client.follow(log, seen)
        assert ids + client.ids == list(range(1, sum(counts) + 1))

    asyncio.run(run())


def test_events_from_another_thread_are_told_at_once(log: EventLog) -> None:
    async def run() -> None:
        client = Client()
        following = client.follow(log)
        writing = threading.Thread(target=lambda: (fill(log, 200), log.end()))
        writing.start()
        await following
        writing.join()
        assert client.ids == list(range(1, 201))

    asyncio.run(run())


def test_a_second_consumer_is_refused_until_the_first_has_gone(log: EventLog) -> None:
    async def run() -> None:
        first = Client()
        following = first.follow(log)
        await first.until(lambda: first.status == 200)
        second = Client(first.consumers)
        await second.follow(log)
        assert (second.status, json.loads(second.body)) == (409, {"detail": SECOND_CONSUMER})
        first.gone.set()
        await following
        assert len(first.consumers) == 0
        third = Client(first.consumers)
        log.end()
        await third.follow(log)
        assert third.status == 200

    asyncio.run(run())


def test_silence_is_filled_with_comments(log: EventLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "KEEP_ALIVE_S", 0.01)

    async def run() -> None:
        client = Client()
        following = client.follow(log)
        await client.until(lambda: client.body.count(b": keep-alive\n\n") >= 3)
        log.end()
        await following
        assert client.whole

    asyncio.run(run())


def test_streams_end_at_once_when_the_server_stops(log: EventLog) -> None:
    async def run() -> None:
        client = Client()
        fill(log, 1)
        following = client.follow(log)
        await client.until(lambda: client.ids == [1])
        client.stopping.set()
        async with asyncio.timeout(10):
            await following
        assert client.whole
        assert len(client.consumers) == 0

    asyncio.run(run())


def test_who_takes_nothing_holds_little_and_is_given_up(log: EventLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "SEND_S", 0.05)
    reads: list[int] = []
    after = log.after

    def counted(number: int, wait_s: float = 0.0, limit: int | None = None) -> Any:
        found = after(number, wait_s, limit)
        reads.append(len(found))
        return found

    monkeypatch.setattr(log, "after", counted)

    async def run() -> None:
        client = Client()
        fill(log, 1000)
        following = client.follow(log)
        await client.until(lambda: client.status == 200)
        client.reading.clear()
        await following
        assert sum(reads) < 1000
        assert max(reads) <= streams.BATCH
        assert len(client.consumers) == 0

    asyncio.run(run())


def test_a_stream_that_waits_leaves_no_listener_behind(log: EventLog) -> None:
    async def run() -> None:
        client = Client()
        following = client.follow(log)
        await client.until(lambda: client.status == 200)
        client.gone.set()
        await following

    asyncio.run(run())
    fill(log, 1)  # its loop is closed: telling it would fail
    assert not log._listeners


def test_who_may_not_listen_any_more_is_told_no_more(log: EventLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "KEEP_ALIVE_S", 0.05)

    async def revoked() -> Client:
        listener = Client()
        fill(log, 3)
        task = listener.follow(log)
        await listener.until(lambda: len(listener.ids) == 3)
        listener.allowed = False
        async with asyncio.timeout(60):
            await task
        return listener

    listener = asyncio.run(revoked())
    assert (listener.ids, listener.whole) == ([1, 2, 3], True)
    assert len(listener.consumers) == 0
