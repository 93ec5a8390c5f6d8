"""The application: what `illodesk serve` and the app's switch start."""

from __future__ import annotations

import importlib
from importlib.util import find_spec

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.cors import CORSMiddleware

from illodesk import __version__
from illodesk.desk import Desk
from illodesk.server import leftovers, ops
from illodesk.server.access import Access
from illodesk.server.context import ServerContext
from illodesk.server.counters import Counters
from illodesk.server.envelope import TITLE, Envelope
from illodesk.server.errors import install_error_handlers
from illodesk.server.journal import Journal

DESCRIPTION = """Conversation intelligence that runs entirely on this machine.

A client of the Illocution API works against it when its base URL and key are changed, and nothing else. Keys are made
with `illodesk keys create NAME`, and sent as `X-API-Key` or as the query parameter `api_key`.
"""
EXPOSED_HEADERS = ["X-Session-Id", "X-Request-Id", "Retry-After", "X-API-Version", "X-API-Title"]


def create_app(desk: Desk) -> FastAPI:
    """The application over a desk. Its documentation pages need no network."""
    app = FastAPIOffline(
        title=TITLE,
        version=__version__,
        description=DESCRIPTION,
        swagger_ui_parameters={"validatorUrl": None},  # the default asks a public service about the page
    )
    counters, journal = Counters(), Journal()
    app.state.context = ServerContext(
        desk, Access(desk, desk.settings), counters, leftovers.own_folder(desk.settings.data_dir)
    )
    app.state.journal = journal
    install_error_handlers(app)
    app.include_router(ops.router)
    for name in ("illocution", "library"):
        if ready(name):
            app.include_router(importlib.import_module(f"illodesk.server.{name}").router)
    app.add_middleware(Envelope, counters=counters, journal=journal)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "POST", "PATCH", "DELETE"],
        allow_headers=["*"],
        expose_headers=EXPOSED_HEADERS,
    )
    return app


def ready(name: str) -> bool:
    """Whether a part of the server is there yet."""
    return find_spec(f"illodesk.server.{name}") is not None
