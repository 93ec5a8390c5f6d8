"""What a request finds in the server: the Desk, who may ask, what is counted, and whether the server is stopping."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from illodesk.desk import Desk
from illodesk.server.ops import Counters

if TYPE_CHECKING:
    from illodesk.server.access import Access


@dataclass
class ServerContext:
    """One per app, at ``app.state.context``.

    ``stopping`` is set in the app's own loop when the server stops; a stream that waits for anything waits for it as
    well and ends at once. Who asks is noted in ``request.state.key_id`` by the access check, for the log.
    """

    desk: Desk
    access: Access
    counters: Counters
    stopping: asyncio.Event = field(default_factory=asyncio.Event)


def context_of(connection: HTTPConnection) -> ServerContext:
    """The context of the app that serves a request."""
    context: ServerContext = connection.app.state.context
    return context


Context = Annotated[ServerContext, Depends(context_of)]
