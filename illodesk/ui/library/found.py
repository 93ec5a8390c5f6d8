"""Recordings among files and folders that were dropped or chosen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from illodesk.desk import MEDIA_SUFFIXES


def recordings_in(paths: Iterable[Path]) -> list[Path]:
    """Files as named, whatever they are, and what looks like a recording inside folders, by name; each once.

    Reads folders, so it belongs into a task.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if p.suffix.lower() in MEDIA_SUFFIXES and p.is_file())
            found.update((p.absolute(), None) for p in inside if not p.name.startswith("."))
        else:
            found[path.absolute()] = None
    return list(found)
