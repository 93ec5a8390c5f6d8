"""The application: what `illodesk serve` and the app's switch start."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.middleware.cors import CORSMiddleware

from illodesk import __version__
from illodesk.desk import Desk
from illodesk.server import illocution, leftovers, library, live, ops, samples, segmentation
from illodesk.server.access import Access
from illodesk.server.context import ServerContext
from illodesk.server.counters import Counters
from illodesk.server.envelope import TITLE, Envelope
from illodesk.server.errors import install_error_handlers
from illodesk.server.journal import Journal

DESCRIPTION = """Conversation intelligence that runs entirely on this machine.

A client of the Illocution API works against it when its base URL and key are changed, and nothing else. Keys are made
with `illodesk keys make NAME`, and sent as `X-API-Key` or as the query parameter `api_key`.
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
    settings = desk.settings
    context = ServerContext(desk, Access(desk, settings), Counters(), leftovers.own_folder(settings.data_dir))
    journal = Journal()
    app.state.context = context
    app.state.journal = journal
    install_error_handlers(app)
    for part in (illocution, live, segmentation, samples, library, ops):
        app.include_router(part.router)
    app.add_middleware(Envelope, context=context, journal=journal)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST", "PATCH", "DELETE"],
        allow_headers=["*"],
        expose_headers=EXPOSED_HEADERS,
        # Pages of the internet may ask a server of the LAN, as they may ask one of the internet: the key decides.
        allow_private_network=True,
    )
    return app
