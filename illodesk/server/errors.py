"""Every error of the API: one body, one table from the Desk's codes to statuses, readable words."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import Field
from starlette.exceptions import HTTPException

from illodesk.desk import DeskError
from illodesk.schema import Model
from illodesk.server.logs import frames_in

log = logging.getLogger(__name__)

STATUS_OF_CODE: dict[str, int] = {
    "NOT_FOUND": 404,
    "EMPTY_FILE": 400,
    "UNREADABLE_MEDIA": 400,
    "NO_AUDIO": 400,
    "NO_UTTERANCES": 400,
    "FILE_TOO_LARGE": 400,
    "TOO_LONG": 400,
    "TIMEOUT": 400,
    "INVALID": 400,
    "AMBIGUOUS": 409,
    "BUSY": 409,
    "ENDED": 409,
    "NO_MEDIA": 409,
    "STORE_UNAVAILABLE": 503,
    "CLOSING": 503,
    "OUT_OF_MEMORY": 503,
    "ANALYSIS_FAILURE": 500,
    "WORKER_DIED": 500,
    "STORE_DAMAGED": 500,
}
"""HTTP status of a DeskError by its code; 500 for any other."""

MEANING: dict[int, str] = {
    400: "The request cannot be served as it is: no sound, no speech, too large, a part missing",
    401: "The key is missing or not valid",
    403: "Live streaming is switched off on this server",
    404: "There is nothing under this name",
    409: "Not now: something else is going on with it, or it is over",
    416: "The range lies outside of the file",
    422: "A parameter or field is missing or not of its type",
    429: "Too much at once; Retry-After says in how many seconds to come back",
    500: "The analysis failed, or the server did",
    503: "The server is stopping, or what is kept cannot be read or written now",
}


class ErrorBody(Model):
    """The body of every error."""

    detail: str = Field(description="What is wrong, for people", examples=["Invalid or missing API key"])


def error_answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Documentation of the error statuses of a route, for its ``responses``."""
    return {status: {"model": ErrorBody, "description": MEANING[status]} for status in statuses}


def status_of(error: DeskError) -> int:
    """The HTTP status of an error of the Desk."""
    return STATUS_OF_CODE.get(error.code, 500)


def readable(errors: Sequence[Any]) -> str:
    """Validation errors as one sentence each: where, and what is wrong there. Never what was sent."""
    parts = []
    for error in errors[:5]:
        place = ".".join(str(part) for part in error["loc"] if part not in ("body", "query", "path", "header"))
        parts.append(f"{place}: {error['msg']}" if place else str(error["msg"]))
    more = f" (and {len(errors) - 5} more)" if len(errors) > 5 else ""
    return "; ".join(parts) + more


def log_failure(error: DeskError, status: int) -> None:
    """Note what went wrong in the house: code and places, never the words, which may name files."""
    if status >= 500:
        log.error("The Desk failed.", extra={"fields": {"code": error.code, "frames": frames_in(error.detail)}})


def install_error_handlers(app: FastAPI) -> None:
    """Give every error of the app the one body."""

    @app.exception_handler(HTTPException)
    async def http_error(_request: Request, error: HTTPException) -> JSONResponse:
        if isinstance(error.__cause__, DeskError):
            log_failure(error.__cause__, error.status_code)
        detail = error.detail if isinstance(error.detail, str) else HTTPStatus(error.status_code).phrase
        return JSONResponse({"detail": detail}, error.status_code, headers=error.headers)

    @app.exception_handler(RequestValidationError)
    async def validation_error(_request: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse({"detail": readable(error.errors())}, 422)

    @app.exception_handler(DeskError)
    async def desk_error(_request: Request, error: DeskError) -> JSONResponse:
        status = status_of(error)
        log_failure(error, status)
        headers = {"Retry-After": "5"} if status == 503 else None
        return JSONResponse({"detail": str(error)}, status, headers=headers)
