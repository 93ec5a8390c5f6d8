"""What becomes of a body that nobody wants to read: thrown away for a moment, then its sender is let go."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from starlette.types import Message

from illodesk.server.envelope import Body


def body_of(pieces: Sequence[Message], **headers: str) -> tuple[Body, list[Message]]:
    """A body whose pieces are given; when there are no more, nothing comes for ever."""
    coming = list(pieces)

    async def receive() -> Message:
        if not coming:
            await asyncio.Event().wait()
        return coming.pop(0)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Body({"type": "http", "headers": raw}, receive), coming


def piece(data: bytes = b"x", *, more: bool = True) -> Message:
    return {"type": "http.request", "body": data, "more_body": more}


def over(body: Body, wait_s: float = 0.05) -> bool:
    return asyncio.run(body.over(wait_s))


def test_a_request_without_a_body_waits_for_nothing() -> None:
    for headers in ({}, {"content_length": "0"}):
        body, coming = body_of([piece()], **headers)
        assert over(body)
        assert len(coming) == 1


@pytest.mark.parametrize("headers", [{"content_length": "900"}, {"transfer_encoding": "chunked"}])
def test_what_was_not_read_is_thrown_away_so_that_its_sender_reads_the_answer(headers: dict[str, str]) -> None:
    body, coming = body_of([piece(), piece(), piece(more=False)], **headers)
    assert over(body)
    assert coming == []


def test_who_vanished_sends_no_more() -> None:
    body, _ = body_of([piece(), {"type": "http.disconnect"}], content_length="900")
    assert over(body)


def test_who_does_not_come_to_an_end_is_not_waited_for() -> None:
    body, coming = body_of([piece()] * 3, content_length="900")
    assert not over(body)
    assert coming == []


def test_what_was_read_to_its_end_is_over() -> None:
    body, _ = body_of([piece(more=False)], content_length="1")
    assert asyncio.run(body.receive()) == piece(more=False)
    assert over(body, 0.0)


def test_who_waits_for_leave_to_send_does_not_get_it() -> None:
    body, coming = body_of([piece(more=False)], content_length="900", expect="100-Continue")
    assert not over(body, 60.0)
    assert len(coming) == 1
