"""Live capture, as clients of the Illocution API know it: begin, send chunks, follow, end."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Annotated, Literal

from anyio import to_thread
from fastapi import APIRouter, Header, HTTPException, Path, Query, Request
from fastapi.responses import JSONResponse
from pydantic import ConfigDict, Field
from starlette.responses import Response

from illodesk.desk import LiveSession
from illodesk.schema import Model
from illodesk.server import examples
from illodesk.server.access import CallerDep, ChunkCallerDep
from illodesk.server.bodies import MAX_GOAL, SMALL_BODY_BYTES, form_of, json_of, model_of
from illodesk.server.context import Context, ServerContext
from illodesk.server.errors import error_answers
from illodesk.server.following import events_of, stream_answer
from illodesk.server.intake import ChunkAck, ChunkError, FullError
from illodesk.server.latency import Lag, Listener
from illodesk.server.uploads import known_suffix, receive_bytes, receive_json, shown_name, too_large

router = APIRouter()

UNKNOWN_SESSION = "Unknown live session"
LIVE_IS_OFF = "Live streaming is switched off on this server (ENABLE_LIVE_STREAMING=false)"

MAX_CHUNK_BYTES = 8_000_000
DEFAULT_SUFFIX = ".mp4"

SessionId = Annotated[str, Path(description="session_id of the start", examples=[examples.SESSION])]


# --- what comes in and goes out -------------------------------------------------------------------------------------


class StartRequest(Model):
    """How to begin a live session. Everything may be left out."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.START]})

    goal: str = Field("", max_length=MAX_GOAL, description="Focus of the analysis, in free text")
    filename: str = Field("", max_length=1000, description="Hint: a title, and an ending to guess the format from")
    suffix: str = Field("", max_length=20, description="Ending that goes before the file name's; else .mp4")
    ttl_seconds: int = Field(900, ge=60, le=3600, description="How long it lives without a chunk or a keepalive, s")


class StartResponse(Model):
    """A live session that waits for its first chunk."""

    session_id: str = Field(description="Id of the session and of the conversation that it becomes")
    status: str = Field(description="ingesting")
    expires_at: datetime = Field(description="When it ends by itself, with what was heard kept")
    next_chunk_seq: int = Field(description="Number that the first chunk must have")
    chunk_endpoint: str = Field(description="Absolute URL")
    events_endpoint: str = Field(description="Absolute URL")
    control_endpoint: str = Field(description="Absolute URL")


class ControlRequest(Model):
    """What to do with a session."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"action": "finalize"}]})

    action: Literal["finalize", "cancel", "keepalive"]
    reason: str = Field("", max_length=1000, description="Told to the consumer when the session is cancelled")


class ControlAck(Model):
    """What became of it."""

    session_id: str
    status: str = Field(description="ingesting, processing, completed, cancelled or failed")
    detail: str
    expires_at: datetime | None = Field(description="When the session ends by itself; null when it will not any more")


class ChunkRefusal(Model):
    """Body of the 409 of a chunk."""

    detail: str
    next_chunk_seq: int = Field(description="Number of the chunk that would be taken")


CHUNK_FORM = form_of(
    "chunk",
    "The next bytes of the recording; 32 to 128 kB are a good size",
    chunk_seq={"type": "integer", "minimum": 0, "required": True, "description": "0 for the first, then one more each"},
)


# --- routes ---------------------------------------------------------------------------------------------------------


@router.post(
    "/analyze/live/start",
    operation_id="live_start",
    tags=["live"],
    summary="Begin a live session",
    response_model=StartResponse,
    responses=error_answers(400, 401, 403, 422, 429, 500, 503),
    openapi_extra=json_of(StartRequest, required=False),
)
async def live_start(request: Request, context: Context, caller: CallerDep) -> StartResponse:
    """Begin a session and get the addresses to send sound to, to listen at and to end it.

    A session that gets neither a chunk nor a keepalive for `ttl_seconds` ends by itself: its consumer is told an
    `error` with code SESSION_EXPIRED, and what was heard is analysed and kept.
    """
    refuse_when_off(context)
    wanted = model_of(StartRequest, await receive_json(request, SMALL_BODY_BYTES) or b"{}")
    begin = partial(
        context.desk.upload,
        context.desk.default_options(context=wanted.goal),
        title=shown_name(wanted.filename) or "Live session",
        suffix=known_suffix(wanted.suffix) or known_suffix(wanted.filename) or DEFAULT_SUFFIX,
        ttl_s=float(wanted.ttl_seconds),
        owner=caller.key_id,
    )
    async with context.access.live_slot(caller):
        session = await to_thread.run_sync(begin)
    Listener(session.log, Lag(context.counters, session))
    intake = context.intakes.open(session, context.upload_limit)
    assert session.expires_at is not None
    return StartResponse(
        session_id=session.id,
        status=session.state,
        expires_at=session.expires_at,
        next_chunk_seq=intake.next_chunk_seq,
        chunk_endpoint=str(request.url_for("live_chunk", session_id=session.id)),
        events_endpoint=str(request.url_for("live_events", session_id=session.id)),
        control_endpoint=str(request.url_for("live_control", session_id=session.id)),
    )


@router.post(
    "/analyze/live/{session_id}/chunk",
    operation_id="live_chunk",
    tags=["live"],
    summary="Send the next bytes of a live session",
    response_model=ChunkAck,
    responses={
        **error_answers(400, 401, 403, 404, 422, 500, 503),
        409: {"model": ChunkRefusal, "description": "Not the next chunk, or the session takes none any more"},
    },
    openapi_extra=CHUNK_FORM,
)
async def live_chunk(
    request: Request, context: Context, _caller: ChunkCallerDep, session_id: SessionId
) -> ChunkAck | Response:
    """Chunks are numbered from 0 without gaps. Sending the last one again, byte by byte the same, is safe: the answer
    is the same. Each chunk that is taken puts `expires_at` off to its time plus `ttl_seconds`."""
    refuse_when_off(context)
    intake = context.intakes.get(session_id)
    if intake is None:
        raise HTTPException(404, UNKNOWN_SESSION)
    data, fields = await receive_bytes(request, MAX_CHUNK_BYTES, "chunk")
    number = fields.get("chunk_seq", "").strip()
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise HTTPException(400, "chunk_seq must be a number from 0 on")
    if not data:
        raise HTTPException(400, "The chunk is empty")
    try:
        return await intake.take(int(number), data)
    except ChunkError as error:
        return JSONResponse({"detail": str(error), "next_chunk_seq": error.next_chunk_seq}, 409)
    except FullError as error:
        raise too_large(context.upload_limit) from error
    except OSError as error:
        raise HTTPException(503, f"The chunk could not be stored: {error.strerror}.") from error


@router.post(
    "/analyze/live/{session_id}/control",
    operation_id="live_control",
    tags=["live"],
    summary="Finalize, cancel or keep alive a session",
    response_model=ControlAck,
    responses=error_answers(400, 401, 403, 404, 409, 422, 429, 500, 503),
    openapi_extra=json_of(ControlRequest),
)
async def live_control(request: Request, context: Context, _caller: CallerDep, session_id: SessionId) -> ControlAck:
    """`finalize`: no more sound comes; the rest is analysed and the stream ends with `done`. Saying it twice is fine.
    `cancel`: end at once; the consumer is told an `error` with the reason, and the sound is kept without an analysis.
    `keepalive`: `expires_at` becomes now plus `ttl_seconds`. A session that is over answers 409."""
    refuse_when_off(context)
    session = context.desk.session(session_id)
    if session is None or not session.record.owner:  # what the app itself records is not the API's to end
        raise HTTPException(404, UNKNOWN_SESSION)
    wanted = model_of(ControlRequest, await receive_json(request, SMALL_BODY_BYTES))
    intake = context.intakes.get(session_id)
    if intake is None:
        detail = await to_thread.run_sync(control, session, wanted)
    else:
        async with intake.lock:
            detail = await to_thread.run_sync(control, session, wanted)
    open_ended = session.state != "ingesting"
    return ControlAck(
        session_id=session.id,
        status=session.state,
        detail=detail,
        expires_at=None if open_ended else session.expires_at,
    )


def control(session: LiveSession, wanted: ControlRequest) -> str:
    """Do it; returns what was done, in words. Raises HTTPException 409."""
    state = session.state
    if state not in ("ingesting", "processing"):
        raise HTTPException(409, f"The session is over: it is {state}")
    match wanted.action:
        case "finalize":
            session.finalize(wanted.reason)
            return "Finalized: the rest is being analysed"
        case "cancel":
            session.cancel(wanted.reason or "The session was cancelled.")
            return "Cancelled: the sound that came is kept"
        case "keepalive":
            if state == "processing":
                raise HTTPException(409, "The session was finalized already and does not expire")
            session.keepalive()
            return "Kept alive"


@router.get(
    "/analyze/live/{session_id}/events",
    operation_id="live_events",
    tags=["live"],
    summary="Follow a session",
    response_class=Response,
    responses={
        200: stream_answer("The events of the session, those that came before the consumer included"),
        204: {"description": "The session is over and everything was told: EventSource does not come back"},
        **error_answers(401, 404, 409, 422, 429, 500),
    },
)
async def live_events(
    request: Request,
    context: Context,
    caller: CallerDep,
    session_id: SessionId,
    last_event_id: Annotated[int, Query(ge=0, description="As Last-Event-ID, for what cannot set headers")] = 0,
    last_event_id_header: Annotated[
        int | None, Header(alias="Last-Event-ID", ge=0, description="Go on after this event")
    ] = None,
) -> Response:
    """One consumer at a time: a second one gets 409 until the first has gone. Every event has a number as its id; who
    comes back with the last one goes on after it. Sessions that ended can be followed from their first event. The
    stream is kept alive by a comment every 15 s and ends after the last event."""
    log = await to_thread.run_sync(context.desk.event_log, session_id)
    if log is None:
        raise HTTPException(404, UNKNOWN_SESSION)
    after = min(last_event_id if last_event_id_header is None else last_event_id_header, len(log))
    if log.ended and after == len(log):
        return Response(status_code=204)
    return events_of(request, context, caller, session_id, log, after=after)


def refuse_when_off(context: ServerContext) -> None:
    """Raises HTTPException 403 where live streaming is switched off. Replays and their events are not live."""
    if not context.desk.settings.enable_live_streaming:
        raise HTTPException(403, LIVE_IS_OFF)
