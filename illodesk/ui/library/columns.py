"""The columns of the table of conversations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from illodesk.desk import Conversation
from illodesk.ui.law import purpose_names
from illodesk.ui.words import clock, moment, speaker_name

SortKey = Literal["created_at", "recorded_at", "title", "duration_s", "state"]


@dataclass(frozen=True)
class Column:
    """One column. ``sort`` is what the Desk sorts by, where it can; ``width`` is in px at the design's type size.

    ``share`` is its part of the room that is left. Where there is too little, columns are left out in the order of
    ``leaves``; 0: never.
    """

    name: str
    width: int
    sort: SortKey | None = None
    shown: bool = True
    share: int = 0
    leaves: int = 0


COLUMNS = (
    Column("title", 180, "title", share=5),
    Column("added", 134, "created_at", leaves=5),
    Column("recorded", 134, "recorded_at", shown=False),
    Column("length", 76, "duration_s", leaves=6),
    Column("speakers", 124, share=1, leaves=3),
    Column("tags", 118, share=1, leaves=2),
    Column("project", 100, shown=False),
    Column("purpose", 118, share=1, leaves=1),
    Column("engagement", 96, leaves=4),
    Column("state", 122, "state"),
)


def heading(name: str) -> str:
    """What a column is called, translated."""
    translate = QCoreApplication.translate
    return {
        "title": translate("Columns", "Title"),
        "added": translate("Columns", "Added"),
        "recorded": translate("Columns", "Recorded"),
        "length": translate("Columns", "Length"),
        "speakers": translate("Columns", "Speakers"),
        "tags": translate("Columns", "Tags"),
        "project": translate("Columns", "Project"),
        "purpose": translate("Columns", "Purpose"),
        "engagement": translate("Columns", "Engagement"),
        "state": translate("Columns", "State"),
    }[name]


def cell(conversation: Conversation, name: str) -> str:
    """A cell as text: what is shown, copied, and read aloud."""
    match name:
        case "title":
            return conversation.title
        case "added":
            return moment(conversation.created_at)
        case "recorded":
            return moment(conversation.recorded_at) if conversation.recorded_at is not None else ""
        case "length":
            return clock(conversation.duration_s) if conversation.duration_s is not None else ""
        case "speakers":
            return ", ".join(map(speaker_name, conversation.speakers))
        case "tags":
            return ", ".join(conversation.tags)
        case "project":
            return conversation.project
        case "purpose":
            return purpose_names()[conversation.purpose]
        case "state":
            return state_names()[conversation.state]
        case _:
            return ""


def state_names() -> dict[str, str]:
    """States of an analysis as they are shown."""
    translate = QCoreApplication.translate
    return {
        "new": translate("Columns", "Not analysed"),
        "analysing": translate("Columns", "Analysing"),
        "complete": translate("Columns", "Analysed"),
        "partial": translate("Columns", "In part"),
        "failed": translate("Columns", "Failed"),
    }


STATE_ICONS = {
    "new": ("note", "secondary"),
    "analysing": ("rotate", "accent"),
    "complete": ("check", "good"),
    "partial": ("warning", "warning"),
    "failed": ("error", "record"),
}
"""Icon and token of each state; the word stands beside it always."""
