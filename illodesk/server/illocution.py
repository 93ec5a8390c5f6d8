"""The Illocution API: whole files, replays, live capture, segmentation and the demo, as its clients know them.

Bodies are read here and not by the framework: only after the key was checked, never further than the limit, and media
straight to disk.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Annotated, Any, Literal, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Header, HTTPException, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from starlette.responses import Response

from illodesk.desk import DeskError, EventLog, LiveSession
from illodesk.schema import (
    AnalysisOptions,
    AnalysisResult,
    Event,
    Model,
    Segmentation,
    StatusEvent,
    Utterance,
)
from illodesk.server import examples
from illodesk.server.access import Caller, CallerDep, ChunkCallerDep
from illodesk.server.context import Context, ServerContext
from illodesk.server.errors import error_answers, status_of
from illodesk.server.files import FileAnswer
from illodesk.server.intake import ChunkAck, ChunkError, FullError
from illodesk.server.latency import Lag, Listener, Pace
from illodesk.server.samples import MEDIA_TYPES, sample_file
from illodesk.server.streams import EventStream
from illodesk.server.uploads import (
    Upload,
    known_suffix,
    receive_bytes,
    receive_json,
    receive_upload,
    shown_name,
    too_large,
)

router = APIRouter()

UNKNOWN_SESSION = "Unknown live session"
NO_UTTERANCES = "No utterances detected in uploaded media"
LIVE_IS_OFF = "Live streaming is switched off on this server (ENABLE_LIVE_STREAMING=false)"
NO_TIMELINE = "A timeline with at least one entry is required"

SMALL_BODY_BYTES = 64 * 1024
TIMELINE_BODY_BYTES = 32_000_000
MAX_ENTRIES = 5_000
"""Longest timeline that is divided: about five hours of talk. Live sessions wait meanwhile, for some seconds."""
MAX_CHUNK_BYTES = 8_000_000
MAX_GOAL = 4000
MAX_SECONDS = 1_000_000.0
DEFAULT_SUFFIX = ".mp4"
WATCH_S = 0.25
"""How often it is looked whether a client still waits."""

SessionId = Annotated[str, Path(description="session_id of the start", examples=[examples.SESSION])]
AnyModel = TypeVar("AnyModel", bound=BaseModel)
Kept = TypeVar("Kept")


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


# --- how the routes describe themselves -----------------------------------------------------------------------------


def form_of(file_field: str, description: str, **fields: dict[str, Any]) -> dict[str, Any]:
    """OpenAPI of a multipart body with one file."""
    file = {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"}
    schema = {
        "type": "object",
        "required": [file_field, *(name for name, field in fields.items() if field.pop("required", False))],
        "properties": {file_field: {**file, "description": description}, **fields},
    }
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


def json_of(model: type[BaseModel], *, required: bool = True) -> dict[str, Any]:
    """OpenAPI of a JSON body, with what a model refers to written out in its place."""
    schema = model.model_json_schema()
    schema = written_out(schema, schema.pop("$defs", {}))
    return {"requestBody": {"required": required, "content": {"application/json": {"schema": schema}}}}


def written_out(schema: Any, parts: dict[str, Any]) -> Any:
    """A schema with its parts in the place of what refers to them."""
    if isinstance(schema, list):
        return [written_out(item, parts) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return written_out(parts[schema["$ref"].rpartition("/")[2]], parts)
    return {name: written_out(value, parts) for name, value in schema.items()}


def stream_answer(description: str) -> dict[str, Any]:
    """OpenAPI of a stream of events."""
    text = {"type": "string"}
    event = {"type": "object", "properties": {"event": text, "data": text, "id": text}, "required": ["event", "data"]}
    return {
        "description": f"{description}\n\nAs it comes:\n\n```\n{examples.STREAM}```",
        "content": {"text/event-stream": {"schema": event}},
        "headers": {"X-Session-Id": {"description": "Id of the session", "schema": {"type": "string"}}},
    }


GOAL = {"type": "string", "maxLength": MAX_GOAL, "description": "Focus of the analysis, in free text"}
MEDIA = "The recording: .mp4 .mov .webm .mp3 .wav .m4a .aac and whatever else can be decoded"
MEDIA_FORM = form_of("file", MEDIA, goal=GOAL, context={**GOAL, "description": "Another name for goal"})
CHUNK_FORM = form_of(
    "chunk",
    "The next bytes of the recording; 32 to 128 kB are a good size",
    chunk_seq={"type": "integer", "minimum": 0, "required": True, "description": "0 for the first, then one more each"},
)


# --- whole files ----------------------------------------------------------------------------------------------------


@router.post(
    "/analyze",
    operation_id="analyze",
    tags=["analysis"],
    summary="Analyse a recording and return everything about it",
    response_model=AnalysisResult,
    responses={
        200: {
            "description": "The analysis; with stream=true the events of POST /analyze/stream",
            "content": stream_answer("")["content"],
        },
        **error_answers(400, 401, 422, 429, 500, 503),
    },
    openapi_extra=MEDIA_FORM,
)
async def analyze(
    request: Request,
    context: Context,
    caller: CallerDep,
    stream: Annotated[bool, Query(description="Answer with a stream of events instead")] = False,
) -> Response:
    """Send a recording, wait, and get its whole analysis; it is kept in the library.

    When the client goes before the end, what was analysed until then is kept. A recording without speech is a 400 whose
    body also names the `conversation_id` under which the sound is kept.
    """
    if stream:
        return await replay(request, context, caller)
    async with (
        context.access.batch_slot(caller),
        receive_upload(request, context.uploads, upload_limit(context)) as upload,
    ):
        options = options_of(context, upload.fields)
        analysis = partial(
            context.desk.analyse,
            upload.path,
            options,
            title=upload.filename or "Upload",
            on_event=Pace(context.counters),
            time_limit_s=context.desk.settings.analysis_time_limit_s,
        )
        try:
            conversation_id, stopped = await while_wanted(request, context, analysis)
        except DeskError as error:
            raise failure(error, context, upload) from error
    if stopped:
        raise HTTPException(503, f"The server is stopping. What was analysed is kept as {conversation_id}.")
    result, body = await to_thread.run_sync(result_as_json, context, conversation_id)
    if not result.utterances:
        return JSONResponse({"detail": NO_UTTERANCES, "conversation_id": conversation_id}, 400)
    return Response(body, media_type="application/json")


@router.post(
    "/analyze/stream",
    operation_id="analyze_stream",
    tags=["analysis"],
    summary="Analyse a recording and tell what is found as it is found",
    response_class=Response,
    responses={
        200: stream_answer("status, then per utterance final_transcript, emotion, cognitive, …; at the end done"),
        **error_answers(400, 401, 422, 429, 500, 503),
    },
    openapi_extra=MEDIA_FORM,
)
async def analyze_stream(request: Request, context: Context, caller: CallerDep) -> Response:
    """Send a recording and follow its analysis as server-sent events.

    The analysis goes on when the stream breaks: `X-Session-Id` names the session, whose events can be taken up at
    `GET /analyze/live/{session_id}/events` after the last id that was seen.
    """
    return await replay(request, context, caller)


async def replay(request: Request, context: ServerContext, caller: Caller) -> Response:
    """Take an upload, begin a session that replays it, and tell its events."""
    async with (
        context.access.live_slot(caller),
        receive_upload(request, context.uploads, upload_limit(context)) as upload,
    ):
        begin = partial(
            context.desk.replay,
            upload.path,
            options_of(context, upload.fields),
            title=upload.filename or "Upload",
            owner=caller.key_id,
            take=True,
        )
        session = await to_thread.run_sync(begin)
    Listener(session.log, Pace(context.counters))
    opening = StatusEvent(phase="starting", progress=0.0)
    return events_of(request, context, caller, session.id, session.log, opening=opening)


async def while_wanted(request: Request, context: ServerContext, analyse: Callable[..., Kept]) -> tuple[Kept, bool]:
    """Run an analysis in a thread of its own, and stop it early when the client has gone or the server must end.

    Returns what the analysis returns, and whether the server ended it.
    """
    unwanted = threading.Event()

    async def watch() -> None:
        while not (context.time_is_up.is_set() or await request.is_disconnected()):
            await asyncio.sleep(WATCH_S)
        unwanted.set()

    run = partial(analyse, cancelled=unwanted.is_set)
    watching = asyncio.create_task(watch())
    try:
        # A limiter of its own: batch slots bound how many there are, and nobody else waits behind them for a thread.
        kept = await to_thread.run_sync(run, limiter=CapacityLimiter(1), abandon_on_cancel=True)
    except asyncio.CancelledError:  # the server cannot wait for the end; the thread keeps what there is by itself
        unwanted.set()
        raise
    finally:
        watching.cancel()
    return kept, unwanted.is_set() and context.time_is_up.is_set()


def failure(error: DeskError, context: ServerContext, upload: Upload) -> DeskError | HTTPException:
    """The error of a batch analysis in the contract's words, with the sender's name for the file."""
    if error.code == "TIMEOUT":
        limit = context.desk.settings.analysis_time_limit_s
        return HTTPException(status_of(error), f"The analysis took longer than {limit:g} s and was stopped.")
    message = str(error).replace(upload.path.name, upload.filename or "the upload")
    return HTTPException(500, f"Analysis failed: {message}") if status_of(error) == 500 else error


def result_as_json(context: ServerContext, conversation_id: str) -> tuple[AnalysisResult, bytes]:
    """A result, and the same as JSON."""
    result = context.desk.result(conversation_id)
    return result, result.model_dump_json().encode()


def options_of(context: ServerContext, fields: dict[str, str]) -> AnalysisOptions:
    """Options of an upload with the focus that its form names. Raises HTTPException 400."""
    goal = fields.get("goal") or fields.get("context") or ""
    if len(goal) > MAX_GOAL:
        raise HTTPException(400, f"The goal is too long: at most {MAX_GOAL} characters")
    return context.desk.default_options(context=goal)


def upload_limit(context: ServerContext) -> int:
    """Most bytes of one recording: MAX_FILE_SIZE_MB."""
    return context.desk.settings.max_file_size_mb * 1_000_000


# --- live capture ---------------------------------------------------------------------------------------------------


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
    intake = context.intakes.open(session, upload_limit(context))
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
        raise too_large(upload_limit(context)) from error
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


def refuse_when_off(context: ServerContext) -> None:
    """Raises HTTPException 403 where live streaming is switched off. Replays and their events are not live."""
    if not context.desk.settings.enable_live_streaming:
        raise HTTPException(403, LIVE_IS_OFF)


# --- segmentation ---------------------------------------------------------------------------------------------------


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


def model_of(model: type[AnyModel], body: bytes) -> AnyModel:
    """A JSON body as a model. Raises RequestValidationError."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in found]) from error


# --- the demo -------------------------------------------------------------------------------------------------------


@router.get(
    "/samples/demo_call.{format}",
    operation_id="demo_call",
    tags=["samples"],
    summary="A recording to try the API with",
    response_class=FileResponse,
    responses={
        200: {
            "description": "The demo interview, two speakers, 136 s; sound only, also as .mp4",
            "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in MEDIA_TYPES.values()},
        },
        206: {"description": "The part that Range asked for"},
        **error_answers(400, 404, 416, 422),
    },
)
async def demo_call(
    context: Context, format: Annotated[Literal["flac", "wav", "mp3", "m4a", "mp4"], Path(description="Format")]
) -> FileAnswer:
    """Needs no key: it is the same for everybody."""
    suffix = f".{format}"
    folder = context.desk.settings.data_dir / "samples"
    path = await to_thread.run_sync(sample_file, folder, suffix)
    return FileAnswer(path, media_type=MEDIA_TYPES[suffix], filename=f"demo_call{suffix}")
