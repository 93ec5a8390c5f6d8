"""Files as answers: whole or the part that Range asks for, with the one body for what cannot be given."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import FileResponse, JSONResponse
from starlette.types import Message, Receive, Scope, Send

REFUSED = {
    HTTPStatus.BAD_REQUEST: "The Range header cannot be understood",
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: "The range lies outside of the file",
}


class FileAnswer(FileResponse):
    """A file. ``afterwards`` is called however the answer ends."""

    def __init__(self, *arguments: Any, afterwards: Callable[[], None] = lambda: None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._afterwards = afterwards

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = False

        async def answer(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and message["status"] in REFUSED:
                refused = True
                status = HTTPStatus(message["status"])
                size = Headers(raw=message["headers"]).get("content-range")
                headers = {"Content-Range": size} if size else None
                await JSONResponse({"detail": REFUSED[status]}, status, headers=headers)(scope, receive, send)
            elif not refused:
                await send(message)

        try:
            await super().__call__(scope, receive, answer)
        finally:
            self._afterwards()
