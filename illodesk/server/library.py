"""The library over HTTP, beyond the contract: what is kept can be listed, searched, fetched, changed and deleted."""

from __future__ import annotations

import mimetypes
import shutil
import uuid
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Literal

import numpy as np
from anyio import to_thread
from fastapi import APIRouter, Header, HTTPException, Path, Query, Request, Response, Security
from fastapi.responses import FileResponse
from pydantic import AwareDatetime, Field

from illodesk.desk import (
    FORMATS,
    Artifact,
    Conversation,
    DeskError,
    ExportOptions,
    Filter,
    Hit,
    LiveSession,
    Run,
    Track,
)
from illodesk.schema import AnalysisOptions, AnalysisResult, Model, ModelUse, Policy, Purpose
from illodesk.server.access import CallerDep, require_caller
from illodesk.server.bodies import SMALL_BODY_BYTES, json_of, model_of
from illodesk.server.context import Context, ServerContext
from illodesk.server.errors import error_answers
from illodesk.server.files import FileAnswer
from illodesk.server.following import events_of, stream_answer
from illodesk.server.illocution import while_wanted
from illodesk.server.uploads import receive_json

router = APIRouter(
    prefix="/library",
    tags=["library"],
    dependencies=[Security(require_caller)],
    responses=error_answers(401, 404, 422, 429, 500, 503),
)

ConversationId = Annotated[
    str, Path(max_length=100, description="Id of a conversation", examples=["analysis_f38de2c0c1"])
]
RunNumber = Annotated[
    int | None, Query(ge=1, le=1_000_000, description="Number of a run; the one that is shown when left out")
]
Text = Annotated[str, Query(max_length=500)]

State = Literal["new", "analysing", "complete", "partial", "failed"]
Sort = Literal["created_at", "recorded_at", "title", "duration_s", "state"]


# --- what comes in and goes out -------------------------------------------------------------------------------------


class ConversationPage(Model):
    """One page of the library."""

    conversations: list[Conversation]
    total: int = Field(description="How many there are on all pages")
    page: int = Field(description="1 for the first")
    limit: int


class Changes(Model):
    """What to change about a conversation. What is left out or null stays as it is."""

    title: str | None = Field(None, min_length=1, max_length=500)
    tags: list[Annotated[str, Field(max_length=100)]] | None = Field(None, max_length=100, description="All of them")
    project: str | None = Field(None, max_length=500)
    notes: str | None = Field(None, max_length=50_000)


class RunInfo(Model):
    """One analysis of a conversation."""

    number: int = Field(description="1 for the first")
    created_at: datetime
    finished_at: datetime | None
    state: State
    error: str = Field(description="Why it failed, in words; empty otherwise")
    app_version: str
    options: AnalysisOptions
    policy: Policy | None
    models: list[ModelUse]
    analysed_s: float = Field(description="s of sound that were analysed")
    current: bool = Field(description="Whether it is the one that is shown")

    @classmethod
    def of(cls, run: Run) -> RunInfo:
        """A run without the places where it is kept on this machine."""
        return cls(**{name: getattr(run, name) for name in cls.model_fields})


class RunList(Model):
    """All analyses of a conversation, first to last."""

    runs: list[RunInfo]


class RunRequest(Model):
    """How to analyse again. What is left out or null is as the settings say."""

    speakers: int | None = Field(None, ge=1, le=20, description="Number of speakers, if it is known")
    channels: Literal["auto", "separate", "mix"] = "auto"
    language: str | None = Field(None, max_length=35, description="BCP 47")
    purpose: Purpose | None = None
    text_only: bool | None = Field(None, description="Infer nothing from the voice")
    goal: str = Field("", max_length=4000, description="Focus of the analysis, in free text")


class ArtifactList(Model):
    """The files of a run."""

    artifacts: list[Artifact]


class TrackInfo(Model):
    """A track: numbers that change with time."""

    name: str
    columns: list[str]
    frames: int
    hop_s: float | None = Field(description="s between frames; null where a column t holds the times")
    start_s: float = Field(description="s of the first frame")


class TrackList(Model):
    """The tracks of a run."""

    tracks: list[TrackInfo]


class TrackPoints(Model):
    """A track, or a part of it, with at most as many points as were asked for."""

    name: str
    t: list[float] = Field(description="s, start of each point")
    values: dict[str, list[float | None]] = Field(
        description="By column: the mean of what falls into each point; of peaks, the lowest and the highest. "
        "null: nothing there"
    )


class HitList(Model):
    """Where it was said."""

    hits: list[Hit]


class SessionInfo(Model):
    """A live session of this server."""

    id: str
    kind: str = Field(description="upload, file, replay or recording")
    state: str = Field(description="ingesting, processing, completed, cancelled or failed")
    title: str
    started_at: datetime
    expires_at: datetime | None = Field(description="null: it does not expire")
    position_s: float = Field(description="s of sound that were analysed")
    behind_s: float = Field(description="s of sound that wait for the analysis")
    received_bytes: int | None = Field(description="null where the sound does not come over the API")
    consumer: bool = Field(description="Whether somebody follows its events")


class SessionList(Model):
    """Sessions that go on, and those that ended in the last minutes."""

    sessions: list[SessionInfo]


# --- conversations --------------------------------------------------------------------------------------------------


@router.get("/conversations", operation_id="library_list", summary="List conversations")
def list_conversations(
    context: Context,
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    sort: Sort = "created_at",
    order: Literal["asc", "desc"] = "desc",
    text: Annotated[str, Query(max_length=500, description="Part of title, name of the source or project")] = "",
    tag: Text = "",
    project: Text = "",
    purpose: Purpose | None = None,
    state: State | None = None,
    since: Annotated[AwareDatetime | None, Query(description="Recorded, or else added, at or after")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Recorded, or else added, before")] = None,
) -> ConversationPage:
    """One page of the library, newest first unless another order is asked for."""
    wanted = Filter(
        text=text, tag=tag, project=project, purpose=purpose, state=state, since=in_utc(since), until=in_utc(until)
    )
    found = context.desk.conversations(limit, (page - 1) * limit, sort, wanted, descending=order == "desc")
    return ConversationPage(conversations=found, total=context.desk.count(wanted), page=page, limit=limit)


def in_utc(time: datetime | None) -> datetime | None:
    """A time in UTC. Raises HTTPException 422 for one that UTC cannot name."""
    try:
        return time.astimezone(UTC) if time is not None else None
    except OverflowError:
        raise HTTPException(422, "since, until: the time is out of range") from None


@router.get("/conversations/{conversation_id}", operation_id="library_get", summary="One conversation")
def get_conversation(context: Context, conversation_id: ConversationId) -> Conversation:
    """What the library says about a conversation."""
    return context.desk.conversation(conversation_id)


@router.patch(
    "/conversations/{conversation_id}",
    operation_id="library_change",
    summary="Change title, tags, project or notes",
    response_model=Conversation,
    responses=error_answers(400),
    openapi_extra=json_of(Changes),
)
async def change_conversation(request: Request, context: Context, conversation_id: ConversationId) -> Conversation:
    """Change what people say about a conversation. Analyses are never changed."""
    changes = model_of(Changes, await receive_json(request, 4 * SMALL_BODY_BYTES))
    change = partial(
        context.desk.change,
        conversation_id,
        title=changes.title,
        tags=changes.tags,
        project=changes.project,
        notes=changes.notes,
    )
    return await to_thread.run_sync(change)


@router.delete(
    "/conversations/{conversation_id}",
    operation_id="library_delete",
    summary="Delete a conversation and every trace of it",
    status_code=204,
    responses=error_answers(409),
)
def delete_conversation(context: Context, conversation_id: ConversationId) -> Response:
    """Recording, analyses, events and what was found in it by searching. 409 while it is being analysed."""
    context.desk.delete(conversation_id)
    return Response(status_code=204)


@router.get(
    "/conversations/{conversation_id}/result",
    operation_id="library_result",
    summary="A whole analysis",
    response_model=AnalysisResult,
)
def get_result(context: Context, conversation_id: ConversationId, run: RunNumber = None) -> Response:
    """As POST /analyze returned it."""
    return Response(context.desk.result(conversation_id, run).model_dump_json(), media_type="application/json")


# --- runs -----------------------------------------------------------------------------------------------------------


@router.get("/conversations/{conversation_id}/runs", operation_id="library_runs", summary="All analyses")
def list_runs(context: Context, conversation_id: ConversationId) -> RunList:
    """Every analysis of a conversation, first to last."""
    return RunList(runs=[RunInfo.of(run) for run in context.desk.runs(conversation_id)])


@router.post(
    "/conversations/{conversation_id}/runs",
    operation_id="library_run",
    summary="Analyse a kept recording again",
    status_code=201,
    response_model=RunInfo,
    responses=error_answers(400, 409),
    openapi_extra=json_of(RunRequest, required=False),
)
async def analyse_again(
    request: Request, context: Context, caller: CallerDep, conversation_id: ConversationId
) -> RunInfo:
    """A new analysis beside the old ones; answered when it is done. It takes one of the key's batch analyses. When the
    client goes before the end, what was analysed until then is kept."""
    wanted = model_of(RunRequest, await receive_json(request, SMALL_BODY_BYTES) or b"{}")
    named = wanted.model_dump(include={"language", "purpose", "text_only"}, exclude_none=True)
    options = context.desk.default_options(
        **named, speakers=wanted.speakers, channels=wanted.channels, context=wanted.goal
    )
    limit_s = context.desk.settings.analysis_time_limit_s
    async with context.access.batch_slot(caller):
        again = partial(context.desk.reanalyse, conversation_id, options, time_limit_s=limit_s)
        run, stopped = await while_wanted(request, context, again)
    if stopped:
        raise HTTPException(503, f"The server is stopping. What was analysed is kept as run {run.number}.")
    return RunInfo.of(run)


# --- files ----------------------------------------------------------------------------------------------------------


@router.get("/conversations/{conversation_id}/artifacts", operation_id="library_artifacts", summary="Files of a run")
def list_artifacts(context: Context, conversation_id: ConversationId, run: RunNumber = None) -> ArtifactList:
    """The files that the manifest of a run names, with size and SHA-256."""
    return ArtifactList(artifacts=context.desk.artifacts(conversation_id, run))


@router.get(
    "/conversations/{conversation_id}/artifacts/{name:path}",
    operation_id="library_artifact",
    summary="One file of a run",
    response_class=FileResponse,
    responses={
        200: {"description": "The file", "content": {"application/json": {}, "application/octet-stream": {}}},
        206: {"description": "The part that Range asked for"},
        **error_answers(400, 416),
    },
)
def get_artifact(
    context: Context,
    conversation_id: ConversationId,
    name: Annotated[str, Path(max_length=300, examples=["timeline.json"])],
    run: RunNumber = None,
) -> FileResponse:
    """Only what the manifest names is given out."""
    return file_named(context, conversation_id, name, run)


def file_named(context: ServerContext, conversation_id: str, name: str, run: int | None) -> FileResponse:
    """A file of a run. Raises HTTPException 404 for any name that its manifest does not hold."""
    for artifact in context.desk.artifacts(conversation_id, run):
        if artifact.name == name:
            kind = "application/json" if name.endswith(".json") else "application/octet-stream"
            return FileAnswer(artifact.path, media_type=kind, filename=artifact.path.name)
    raise HTTPException(404, "There is no such file in this run")


@router.get("/conversations/{conversation_id}/tracks", operation_id="library_tracks", summary="Tracks of a run")
def list_tracks(context: Context, conversation_id: ConversationId, run: RunNumber = None) -> TrackList:
    """What changes with time: peaks, prosody, engagement, …"""
    tracks = context.desk.tracks(conversation_id, run).values()
    return TrackList(
        tracks=[
            TrackInfo(
                name=track.name,
                columns=track.info.columns,
                frames=len(track.frames),
                hop_s=track.info.hop_s,
                start_s=track.info.start_s,
            )
            for track in tracks
        ]
    )


@router.get(
    "/conversations/{conversation_id}/tracks/{name}",
    operation_id="library_track",
    summary="One track, as points to draw or as the whole .npy file",
    response_model=TrackPoints,
    responses={
        200: {"content": {"application/octet-stream": {}}},
        206: {"description": "The part of the file that Range asked for"},
        **error_answers(400, 416),
    },
)
def get_track(
    context: Context,
    conversation_id: ConversationId,
    name: Annotated[str, Path(max_length=100, description="Name of a track; with .npy the file", examples=["peaks_0"])],
    run: RunNumber = None,
    start: Annotated[float, Query(alias="from", ge=0, le=1e9, description="s")] = 0.0,
    end: Annotated[float | None, Query(alias="to", ge=0, le=1e9, description="s; the end when left out")] = None,
    points: Annotated[int, Query(ge=1, le=10_000, description="Most points to return")] = 1000,
) -> TrackPoints | FileResponse:
    """The file is float32 of shape (frames, columns). Points are means; of peaks, the lowest and the highest."""
    if name.endswith(".npy"):
        return file_named(context, conversation_id, f"tracks/{name}", run)
    track = context.desk.tracks(conversation_id, run).get(name)
    if track is None:
        raise HTTPException(404, "There is no such track in this run")
    return points_of(track, start, end, points)


def points_of(track: Track, start: float, end: float | None, points: int) -> TrackPoints:
    """A part of a track in at most so many points, each of as many frames as the others."""
    times = track.times()
    first = int(np.searchsorted(times, start))
    last = len(times) if end is None else int(np.searchsorted(times, end))
    count = max(0, last - first)
    edges = np.linspace(first, max(first, last), min(points, count) + 1).astype(int)
    values: dict[str, list[float | None]] = {column: [] for column in track.info.columns}
    extremes = {"low": np.min, "high": np.max} if track.name.startswith("peaks") else {}
    for index, column in enumerate(track.info.columns):
        frames = np.asarray(track.frames[first:last, index], dtype=np.float64)
        for begin, stop in zip(edges[:-1] - first, edges[1:] - first, strict=True):
            there = frames[begin:stop][np.isfinite(frames[begin:stop])]
            reduce = extremes.get(column, np.mean)
            values[column].append(float(reduce(there)) if len(there) else None)
    return TrackPoints(name=track.name, t=[round(float(time), 4) for time in times[edges[:-1]]], values=values)


@router.get(
    "/conversations/{conversation_id}/media",
    operation_id="library_media",
    summary="The kept recording",
    response_class=FileResponse,
    responses={
        200: {
            "description": "The recording",
            "content": {"audio/*": {}, "video/*": {}, "application/octet-stream": {}},
        },
        206: {"description": "The part that Range asked for"},
        **error_answers(400, 416),
    },
)
def get_media(context: Context, conversation_id: ConversationId) -> FileResponse:
    """As it came; ranges are served, so that players can seek."""
    path = context.desk.media_path(conversation_id)
    if path is None:
        raise HTTPException(404, "The recording of this conversation was not kept")
    kind = mimetypes.guess_type(path.name)[0] or ""
    # Whatever somebody uploaded, no browser takes it for a page.
    safe = kind if kind.startswith(("audio/", "video/")) else "application/octet-stream"
    return FileAnswer(path, media_type=safe, filename=f"{conversation_id}{path.suffix}")


@router.get(
    "/conversations/{conversation_id}/exports/{format}",
    operation_id="library_export",
    summary="A conversation in another format, as a download",
    response_class=FileResponse,
    responses={
        200: {"description": "The file", "content": {"*/*": {}}},
        206: {"description": "The part that Range asked for"},
        **error_answers(400, 416),
    },
)
def get_export(
    context: Context,
    conversation_id: ConversationId,
    format: Annotated[
        str, Path(max_length=40, description=f"One of {', '.join(FORMATS)}", json_schema_extra={"enum": [*FORMATS]})
    ],
    run: RunNumber = None,
    pseudonymise: Annotated[
        bool, Query(description="Speaker A, Speaker B, … in place of names, and no title; no sound unless asked for")
    ] = False,
    hide: Annotated[
        list[Annotated[str, Query(max_length=200)]],
        Query(max_length=100, description="With pseudonymise: further words and names to take out"),
    ] = [],  # noqa: B006
    audio: Annotated[bool | None, Query(description="html: put the sound in; by default unless pseudonymised")] = None,
    words: Annotated[bool, Query(description="eaf, textgrid: a tier of words for each speaker")] = True,
    paper: Annotated[Literal["a4", "letter"], Query(description="pdf: size of the pages")] = "a4",
    start: Annotated[float | None, Query(alias="from", ge=0, le=1e9, description="Clips: s; where it begins")] = None,
    end: Annotated[float | None, Query(alias="to", gt=0, le=1e9, description="Clips: s; where it ends")] = None,
) -> FileResponse:
    """The file is named by the title of the conversation. A format heeds the choices that name it; all heed
    `pseudonymise`."""
    if format not in FORMATS:
        raise HTTPException(404, f"There is no such format; there are {', '.join(FORMATS)}")
    if end is not None and end <= (start or 0.0):
        raise HTTPException(422, "to: a clip must end after it begins")
    options = ExportOptions(
        pseudonymise=pseudonymise,
        hide=tuple(hide),
        audio=audio,
        words=words,
        paper=paper,
        start_s=start,
        end_s=end,
    )
    folder = context.uploads / uuid.uuid4().hex
    remove = partial(shutil.rmtree, folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        path = context.desk.export(conversation_id, format, folder, run=run, options=options)
    except BaseException:
        remove()
        raise
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return FileAnswer(path, media_type=kind, filename=path.name, afterwards=remove)


# --- searching ------------------------------------------------------------------------------------------------------


@router.get("/search", operation_id="library_search", summary="Where something was said")
def search(
    context: Context,
    q: Annotated[str, Query(min_length=1, max_length=500, description="Words; all of them must have been said")],
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> HitList:
    """Utterances that hold every word, in the analyses that are shown."""
    return HitList(hits=context.desk.search(q, limit))


# --- sessions -------------------------------------------------------------------------------------------------------


@router.get("/sessions", operation_id="library_sessions", summary="Live sessions")
def list_sessions(context: Context) -> SessionList:
    """What goes on now in this server and in the app that it runs in, and what ended in the last minutes."""
    return SessionList(sessions=[info for one in context.desk.sessions() if (info := session_info(context, one))])


@router.get("/sessions/{session_id}", operation_id="library_session", summary="One live session")
def get_session(context: Context, session_id: ConversationId) -> SessionInfo:
    """How a session of this server is. Of one that ended long ago its conversation tells."""
    session = context.desk.session(session_id)
    info = session_info(context, session) if session is not None else None
    if info is None:
        raise HTTPException(404, "There is no such session now")
    return info


def session_info(context: ServerContext, session: LiveSession) -> SessionInfo | None:
    """What may be told of a session; None where its conversation was just deleted."""
    try:
        title = context.desk.conversation(session.id).title
    except DeskError:
        return None
    return SessionInfo(
        id=session.id,
        kind=session.record.kind,
        state=session.state,
        title=title,
        started_at=session.record.started_at,
        expires_at=session.expires_at,
        position_s=session.position_s,
        behind_s=session.behind_s,
        received_bytes=getattr(session.door, "received_bytes", None),
        consumer=session.id in context.consumers,
    )


@router.get(
    "/sessions/{session_id}/events",
    operation_id="library_session_events",
    summary="Follow any session, also one that is over",
    response_class=Response,
    responses={
        200: stream_answer("The events after the last one that was seen"),
        204: {"description": "The session is over and everything was told"},
        **error_answers(409),
    },
)
async def session_events(
    request: Request,
    context: Context,
    caller: CallerDep,
    session_id: ConversationId,
    last_event_id: Annotated[int, Header(alias="Last-Event-ID", ge=0, description="Go on after this event")] = 0,
) -> Response:
    """As GET /analyze/live/{session_id}/events, also for what the app records. One consumer at a time."""
    log = await to_thread.run_sync(context.desk.event_log, session_id)
    if log is None:
        raise HTTPException(404, "There is no such session")
    after = min(last_event_id, len(log))
    if log.ended and after == len(log):
        return Response(status_code=204)
    return events_of(request, context, caller, session_id, log, after=after)
