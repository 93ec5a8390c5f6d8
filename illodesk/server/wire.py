"""How an event of a session looks on the wire: the contract's names and shapes, one line of JSON per event."""

from __future__ import annotations

from typing import Any

from fastapi.sse import format_sse_event
from pydantic_core import to_json

from illodesk.schema import DoneEvent, Event, MomentEvent, SummaryUpdateEvent, TransitionEvent

KEEP_ALIVE = b": keep-alive\n\n"

EVENT_NAMES = (
    "status",
    "partial_transcript",
    "final_transcript",
    "emotion",
    "cognitive",
    "transition",
    "moment",
    "summary_update",
    "error",
    "done",
    "engagement",
    "speakers_changed",
)
"""Every event that can come; the last two go beyond the contract."""


def payload(event: Event, base_url: str) -> dict[str, Any]:
    """The data of an event. Transitions, moments and summaries stand flat, not under a name of their own."""
    match event:
        case TransitionEvent():
            return event.transition.model_dump(mode="json")
        case MomentEvent():
            return {**event.moment.model_dump(mode="json"), "stability": event.stability}
        case SummaryUpdateEvent():
            return event.summary.model_dump(mode="json")
        case DoneEvent():
            return {**event.model_dump(mode="json", exclude={"event"}), **artifacts(event.conversation_id, base_url)}
        case _:
            return event.model_dump(mode="json", exclude={"event"})


def artifacts(conversation_id: str, base_url: str) -> dict[str, str]:
    """Where the bundle of a conversation is: its names as POST /analyze gives them, and the address of the whole."""
    return {
        "artifact_dir": conversation_id,
        "agent_outputs_path": f"{conversation_id}/agent_outputs.json",
        "library_url": f"{base_url.rstrip('/')}/library/conversations/{conversation_id}",
    }


def frame(event: Event, base_url: str, number: int | None = None) -> bytes:
    """One event as server-sent events frame it. Without a number it is no place to resume from."""
    data = to_json(payload(event, base_url), inf_nan_mode="null").decode()
    return format_sse_event(event=event.event, data_str=data, id=None if number is None else str(number))
