"""The Illocution API, whole files: analyses and replays, as its clients know them.

Bodies are read here and not by the framework: only after the key was checked, never further than the limit, and media
straight to disk.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from typing import Annotated, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import JSONResponse
from starlette.responses import Response

from illodesk.desk import DeskError
from illodesk.schema import AnalysisOptions, AnalysisResult, StatusEvent
from illodesk.server.access import Caller, CallerDep
from illodesk.server.bodies import MAX_GOAL, form_of
from illodesk.server.context import Context, ServerContext
from illodesk.server.errors import error_answers, status_of
from illodesk.server.following import events_of, stream_answer
from illodesk.server.latency import Listener, Pace
from illodesk.server.uploads import Upload, receive_upload

router = APIRouter()

NO_UTTERANCES = "No utterances detected in uploaded media"
WATCH_S = 0.25
"""How often it is looked whether a client still waits."""

Kept = TypeVar("Kept")

GOAL = {"type": "string", "maxLength": MAX_GOAL, "description": "Focus of the analysis, in free text"}
MEDIA = "The recording: .mp4 .mov .webm .mp3 .wav .m4a .aac and whatever else can be decoded"
MEDIA_FORM = form_of("file", MEDIA, goal=GOAL, context={**GOAL, "description": "Another name for goal"})


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
        receive_upload(request, context.uploads, context.upload_limit) as upload,
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
        receive_upload(request, context.uploads, context.upload_limit) as upload,
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
