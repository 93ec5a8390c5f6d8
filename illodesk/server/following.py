"""Following a session: the answer that tells its events, and how routes describe it."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request

from illodesk.desk import EventLog
from illodesk.schema import Event
from illodesk.server import examples
from illodesk.server.access import Caller
from illodesk.server.context import ServerContext
from illodesk.server.streams import EventStream


def stream_answer(description: str) -> dict[str, Any]:
    """OpenAPI of a stream of events."""
    text = {"type": "string"}
    event = {"type": "object", "properties": {"event": text, "data": text, "id": text}, "required": ["event", "data"]}
    return {
        "description": f"{description}\n\nAs it comes:\n\n```\n{examples.STREAM}```",
        "content": {"text/event-stream": {"schema": event}},
        "headers": {"X-Session-Id": {"description": "Id of the session", "schema": {"type": "string"}}},
    }


def events_of(
    request: Request,
    context: ServerContext,
    caller: Caller,
    session_id: str,
    log: EventLog,
    *,
    after: int = 0,
    opening: Event | None = None,
) -> EventStream:
    """The answer that tells a session's events."""
    return EventStream(
        session_id,
        log,
        consumers=context.consumers,
        counters=context.counters,
        stopping=context.stopping,
        allowed=partial(context.access.holds, caller),
        base_url=str(request.base_url),
        after=after,
        opening=opening,
    )
