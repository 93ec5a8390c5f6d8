"""Recordings among files and folders that were dropped or chosen."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from illodesk.desk import MEDIA_SUFFIXES, Desk
from illodesk.ui.tasks import Task


@dataclass
class Found:
    """Recordings, each once, and folders that could not be looked into, with the reason.

    ``named`` are those that were not found in a folder; ``known`` tells the conversation of those in the library.
    """

    files: list[Path] = field(default_factory=list)
    named: set[Path] = field(default_factory=set)
    known: dict[Path, str] = field(default_factory=dict)
    closed: dict[Path, str] = field(default_factory=dict)


def recordings_in(paths: Iterable[Path]) -> Found:
    """Files as named, whatever they are, and what looks like a recording inside folders, by name.

    Reads folders, so it belongs into a task. Links to folders are not followed: they may lead back.
    """
    found = Found()
    files: dict[Path, None] = {}

    def on_error(error: OSError) -> None:
        found.closed[Path(error.filename)] = error.strerror or ""

    for path in paths:
        if path.is_dir():
            inside = sorted(Path(top, name) for top, _, names in os.walk(path, onerror=on_error) for name in names)
            files.update((each.absolute(), None) for each in inside if looks_like_recording(each))
        else:
            files[path.absolute()] = None
            found.named.add(path.absolute())
    found.files = list(files)
    return found


def look_for_recordings(_task: Task, desk: Desk, paths: Iterable[Path]) -> Found:
    """Recordings among files and folders, and which of them the library has; in a task."""
    found = recordings_in(paths)
    found.known = desk.known(found.files)
    return found


def looks_like_recording(path: Path) -> bool:
    """Whether a file in a folder is taken, by its name."""
    return path.suffix.lower() in MEDIA_SUFFIXES and not path.name.startswith(".") and path.is_file()
