"""What is kept: SQLite through SQLModel, artifact bundles, exports."""

from __future__ import annotations

from illodesk.store.errors import (
    BusyError,
    DamagedError,
    EndedError,
    ExportExistsError,
    NewerError,
    NotFoundError,
    StoreError,
    UnavailableError,
)
from illodesk.store.records import Conversation, Filter, Hit, Problem, Run
from illodesk.store.store import Store
from illodesk.store.tracks import Track, TrackInfo, TrackWriter

__all__ = [
    "BusyError",
    "Conversation",
    "DamagedError",
    "EndedError",
    "ExportExistsError",
    "Filter",
    "Hit",
    "NewerError",
    "NotFoundError",
    "Problem",
    "Run",
    "Store",
    "StoreError",
    "Track",
    "TrackInfo",
    "TrackWriter",
    "UnavailableError",
]
