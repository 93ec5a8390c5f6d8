"""How the server is: /health and /metrics."""

from __future__ import annotations

import re
import shutil
import time
from typing import Literal

import anyio
from anyio import to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import exposition
from prometheus_client.openmetrics import exposition as openmetrics
from pydantic import Field

from illodesk import __version__
from illodesk.desk import Desk, DeskError
from illodesk.schema import Model
from illodesk.server.access import MetricsCallerDep
from illodesk.server.context import Context
from illodesk.server.errors import error_answers

router = APIRouter(tags=["operations"])

STORE_S = 2.0
"""How long the library may take to answer before it counts as not readable."""
OPENMETRICS = re.compile(r"\bapplication/openmetrics-text\b")
PLAIN_TEXT = re.compile(r"\btext/plain\b")


class Worker(Model):
    """The process that analyses."""

    running: bool = Field(description="False before the first analysis, and for a moment after a crash")


class Health(Model):
    """How the server is."""

    status: Literal["ok", "stopping", "unavailable"] = Field(description="Anything but ok comes with 503")
    version: str = Field(examples=["0.1.0"])
    uptime_s: float = Field(description="s since the server started")
    live_sessions: int = Field(description="Sessions that take or analyse sound now")
    requests: int = Field(description="Requests that are being answered, this one included")
    worker: Worker
    live_streaming: bool = Field(description="Whether live sessions are offered (ENABLE_LIVE_STREAMING)")
    disk_free_mb: int | None = Field(description="MB that are free where everything is kept; null when unknown")


class Metrics(Model):
    """What was counted since the server started."""

    events: dict[str, int] = Field(
        description="Events sent to consumers, by name", examples=[{"status": 45, "final_transcript": 12}]
    )
    agent_latency_ms: dict[str, float] = Field(
        description="Average time per utterance, ms: of whole files, and as live_utterance of live sessions",
        examples=[{"utterance": 215.34}],
    )
    title: str = "IlloDesk"
    version: str = Field(examples=["0.1.0"])
    uptime_s: float
    live_sessions: int
    requests: int


def live_sessions(desk: Desk) -> int:
    """How many sessions go on."""
    return sum(session.state in ("ingesting", "processing") for session in desk.sessions())


@router.get(
    "/health",
    operation_id="health",
    summary="How the server is",
    responses={503: {"model": Health, "description": "The server is stopping, or the library cannot be read"}},
)
async def health(context: Context, request: Request, response: Response) -> Health:
    """How the server is. Needs no key; quick also when everything else is busy."""
    desk = context.desk
    free_mb: int | None = None
    status: Literal["ok", "stopping", "unavailable"] = "stopping" if context.stopping.is_set() else "ok"
    try:
        with anyio.fail_after(STORE_S):
            free_mb = await to_thread.run_sync(look, desk, abandon_on_cancel=True, limiter=context.checks)
    except (DeskError, OSError, TimeoutError):
        status = "unavailable"
    if status != "ok":
        response.status_code = 503
    return Health(
        status=status,
        version=__version__,
        uptime_s=round(time.monotonic() - context.started, 1),
        live_sessions=live_sessions(desk),
        requests=request.app.state.journal.going,
        worker=Worker(running=desk.worker_running),
        live_streaming=desk.settings.enable_live_streaming,
        disk_free_mb=free_mb,
    )


def look(desk: Desk) -> int:
    """Read from the library, and return the MB that are free beside it. Raises DeskError or OSError."""
    desk.conversations(limit=1)
    return shutil.disk_usage(desk.settings.data_dir).free // 1_000_000


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="What was counted since the server started",
    response_model=Metrics,
    responses={
        200: {
            "description": "JSON, or Prometheus text when Accept asks for text/plain or application/openmetrics-text",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
        **error_answers(401, 429),
    },
)
async def metrics(
    context: Context,
    request: Request,
    _caller: MetricsCallerDep,
) -> Response:
    """What was counted since the server started. From this machine no key is needed."""
    accept = request.headers.get("accept", "")
    registry = context.counters.registry
    if OPENMETRICS.search(accept):
        text: bytes = openmetrics.generate_latest(registry)  # type: ignore[no-untyped-call]
        return Response(text, media_type=openmetrics.CONTENT_TYPE_LATEST)
    if PLAIN_TEXT.search(accept) and "application/json" not in accept:
        return Response(exposition.generate_latest(registry), media_type=exposition.CONTENT_TYPE_LATEST)
    found = Metrics(
        events=context.counters.events(),
        agent_latency_ms=context.counters.mean_latency_ms(),
        version=__version__,
        uptime_s=round(time.monotonic() - context.started, 1),
        live_sessions=live_sessions(context.desk),
        requests=request.app.state.journal.going,
    )
    return JSONResponse(found.model_dump(mode="json"))
