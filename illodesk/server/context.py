"""What a request finds in the server: the Desk, who may ask, what is counted, and whether the server is stopping."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from anyio import CapacityLimiter
from fastapi import Depends
from starlette.requests import HTTPConnection

from illodesk.desk import Desk
from illodesk.server.counters import Counters
from illodesk.server.intake import Intakes
from illodesk.server.streams import Consumers

if TYPE_CHECKING:
    from illodesk.server.access import Access


@dataclass
class ServerContext:
    """One per app, at ``app.state.context``.

    ``stopping`` is set in the app's own loop when the server begins to stop; a stream that waits for anything waits for
    it as well and ends at once. ``time_is_up`` is set when requests that still run must end, too: one that waits for an
    analysis stops it and answers 503. Who asks is noted in ``request.state.key_id`` by the access check, for the log.
    ``uploads`` is where this process puts what comes in; ``checks`` are the threads of /health, which waits for nobody.
    """

    desk: Desk
    access: Access
    counters: Counters
    uploads: Path
    started: float = field(default_factory=time.monotonic)
    checks: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(2))
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    time_is_up: asyncio.Event = field(default_factory=asyncio.Event)
    consumers: Consumers = field(default_factory=Consumers)
    intakes: Intakes = field(init=False)

    def __post_init__(self) -> None:
        self.intakes = Intakes(self.desk)

    @property
    def upload_limit(self) -> int:
        """Most bytes of one recording: MAX_FILE_SIZE_MB."""
        return self.desk.settings.max_file_size_mb * 1_000_000


def context_of(connection: HTTPConnection) -> ServerContext:
    """The context of the app that serves a request."""
    context: ServerContext = connection.app.state.context
    return context


async def context_here(connection: HTTPConnection) -> ServerContext:
    """The same as a dependency; the framework would send a plain function to a thread, and wait for a free one."""
    return context_of(connection)


Context = Annotated[ServerContext, Depends(context_here)]
