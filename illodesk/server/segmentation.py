"""Dividing a timeline from wherever into phases."""

from __future__ import annotations

from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from illodesk.schema import Model, Segmentation, Utterance
from illodesk.server import examples
from illodesk.server.access import CallerDep
from illodesk.server.bodies import MAX_GOAL, json_of, model_of
from illodesk.server.context import Context
from illodesk.server.errors import error_answers
from illodesk.server.uploads import receive_json

router = APIRouter()

NO_TIMELINE = "A timeline with at least one entry is required"
TIMELINE_BODY_BYTES = 32_000_000
MAX_ENTRIES = 5_000
"""Longest timeline that is divided: about five hours of talk. Live sessions wait meanwhile, for some seconds."""
MAX_SECONDS = 1_000_000.0


class TimelineEntry(BaseModel):
    """One utterance from wherever. The other fields of a timeline entry are used where they are understood."""

    model_config = ConfigDict(extra="allow", allow_inf_nan=False)

    text: str = Field(max_length=100_000)
    t_start: float = Field(ge=0, le=MAX_SECONDS, strict=True, description="s")
    t_end: float = Field(ge=0, le=MAX_SECONDS, strict=True, description="s, not before t_start")
    speaker: str = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def _end_after_start(self) -> TimelineEntry:
        if self.t_end < self.t_start:
            msg = "t_end is before t_start"
            raise ValueError(msg)
        return self


class SegmentRequest(BaseModel):
    """A timeline to divide into phases."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.SEGMENT]})

    timeline: list[TimelineEntry] = Field(min_length=1, max_length=MAX_ENTRIES)
    context: str = Field(
        "", max_length=MAX_GOAL, description="Taken for compatibility; the built-in segmentation does not read it"
    )


class SegmentResponse(Model):
    """The phases of the timeline."""

    segmentation: Segmentation


@router.post(
    "/segment/conversation",
    operation_id="segment_conversation",
    tags=["analysis"],
    summary="Divide a timeline into phases",
    response_model=SegmentResponse,
    responses=error_answers(400, 401, 422, 429, 500, 503),
    openapi_extra=json_of(SegmentRequest),
)
async def segment_conversation(request: Request, context: Context, caller: CallerDep) -> SegmentResponse:
    """Give a timeline, as an analysis returned it or from elsewhere, and get its phases. Each entry needs `text`,
    `t_start`, `t_end` and `speaker`; whatever else of a timeline entry is there and understood is used."""
    body = await receive_json(request, TIMELINE_BODY_BYTES)
    timeline = await to_thread.run_sync(timeline_of, body)
    async with context.access.batch_slot(caller):
        segmentation = await to_thread.run_sync(context.desk.segment, timeline, limiter=CapacityLimiter(1))
    return SegmentResponse(segmentation=segmentation)


def timeline_of(body: bytes) -> list[Utterance]:
    """The timeline that a body holds. Raises HTTPException 400 and RequestValidationError."""
    try:
        request = model_of(SegmentRequest, body)
    except RequestValidationError as error:
        if any(tuple(one["loc"]) == ("body", "timeline") and one["type"] != "too_long" for one in error.errors()):
            raise HTTPException(400, NO_TIMELINE) from error
        raise
    return [utterance_of(index, entry) for index, entry in enumerate(request.timeline)]


def utterance_of(index: int, entry: TimelineEntry) -> Utterance:
    """An entry as an utterance: what is not understood of its further fields is left out."""
    fields: dict[str, Any] = {"utterance_id": f"utt_{index:04d}", **entry.model_dump()}
    try:
        return Utterance.model_validate(fields)
    except ValidationError as error:
        wrong = {one["loc"][0] for one in error.errors()}
    fields = {name: value for name, value in fields.items() if name not in wrong}
    return Utterance.model_validate({"utterance_id": f"utt_{index:04d}", **fields})
