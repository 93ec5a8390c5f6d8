"""The order of chunks: each once, none skipped, none after the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from illodesk.desk import LiveSession
from illodesk.server.intake import ChunkError, FullError, Intake


@dataclass
class Door:
    data: bytes = b""
    closed: bool = False

    @property
    def received_bytes(self) -> int:
        return len(self.data)

    def push(self, data: bytes) -> None:
        if self.closed:
            raise ValueError("write to closed file")
        self.data += data


@dataclass
class Session:
    id: str = "analysis_1"
    state: str = "ingesting"
    expires_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    door: Door = field(default_factory=Door)
    kept_alive: int = 0

    def keepalive(self) -> None:
        self.kept_alive += 1


def with_intake(test: Callable[[Intake, Session], Coroutine[Any, Any, None]], limit: int = 1000) -> None:
    async def run() -> None:
        session = Session()
        await test(Intake(cast(LiveSession, session), limit), session)

    asyncio.run(run())


def test_chunks_are_appended_and_put_the_end_off() -> None:
    async def send(intake: Intake, session: Session) -> None:
        first = await intake.take(0, b"abc")
        second = await intake.take(1, b"de")
        assert (first.received_bytes, first.next_chunk_seq) == (3, 1)
        assert (second.received_bytes, second.next_chunk_seq, second.chunk_seq) == (5, 2, 1)
        assert session.door.data == b"abcde"
        assert session.kept_alive == 2

    with_intake(send)


def test_the_last_chunk_may_come_again() -> None:
    async def send(intake: Intake, session: Session) -> None:
        await intake.take(0, b"abc")
        first = await intake.take(1, b"de")
        assert await intake.take(1, b"de") == first
        assert session.door.data == b"abcde"

    with_intake(send)


@pytest.mark.parametrize(("seq", "data"), [(1, b"xx"), (0, b"abc"), (3, b"xx"), (999, b"xx")])
def test_any_other_number_is_refused_and_the_right_one_named(seq: int, data: bytes) -> None:
    async def send(intake: Intake, session: Session) -> None:
        await intake.take(0, b"abc")
        await intake.take(1, b"de")
        with pytest.raises(ChunkError) as caught:
            await intake.take(seq, data)
        assert caught.value.next_chunk_seq == 2
        assert session.door.data == b"abcde"

    with_intake(send)


@pytest.mark.parametrize("state", ["processing", "completed", "cancelled", "failed"])
def test_no_chunk_after_the_end(state: str) -> None:
    async def send(intake: Intake, session: Session) -> None:
        await intake.take(0, b"abc")
        session.state = state
        for seq, data in ((0, b"abc"), (1, b"de")):
            with pytest.raises(ChunkError, match="no more"):
                await intake.take(seq, data)

    with_intake(send)


def test_a_door_that_was_closed_meanwhile_takes_nothing() -> None:
    async def send(intake: Intake, session: Session) -> None:
        session.door.closed = True
        with pytest.raises(ChunkError, match="no more"):
            await intake.take(0, b"abc")
        assert intake.next_chunk_seq == 0

    with_intake(send)


def test_all_chunks_together_have_a_limit() -> None:
    async def send(intake: Intake, session: Session) -> None:
        await intake.take(0, b"abcd")
        with pytest.raises(FullError):
            await intake.take(1, b"ef")
        await intake.take(1, b"e")
        assert session.door.data == b"abcde"

    with_intake(send, 5)


def test_a_disk_that_is_full_leaves_the_number_free() -> None:
    async def send(intake: Intake, session: Session) -> None:
        push = session.door.push

        def full(_data: bytes) -> None:
            raise OSError(28, "No space left on device")

        session.door.push = full  # type: ignore[method-assign]
        with pytest.raises(OSError, match="space"):
            await intake.take(0, b"abc")
        session.door.push = push  # type: ignore[method-assign]
        await intake.take(0, b"abc")
        assert session.door.data == b"abc"

    with_intake(send)


@given(st.permutations(range(6)))
def test_of_chunks_that_come_at_once_each_is_taken_once_in_order(order: list[int]) -> None:
    async def send(intake: Intake, session: Session) -> None:
        async def until_taken(seq: int) -> None:
            while True:
                try:
                    await intake.take(seq, bytes([65 + seq]))
                except ChunkError:
                    if intake.next_chunk_seq > seq:
                        return
                    await asyncio.sleep(0)
                else:
                    return

        await asyncio.gather(*(until_taken(seq) for seq in order), *(until_taken(seq) for seq in order))
        assert session.door.data == b"ABCDEF"

    with_intake(send)
