"""What the store hands out: plain values, free of any database session."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import Field

from illodesk.operations import Entry
from illodesk.schema import AnalysisOptions, Model, ModelUse, Policy, Purpose, Region

State = Literal["new", "analysing", "complete", "partial", "failed"]
Sort = Literal["created_at", "recorded_at", "title", "duration_s", "state"]


class Conversation(Model):
    """One conversation as the library lists it."""

    id: str
    title: str
    created_at: datetime = Field(description="UTC")
    recorded_at: datetime | None = Field(None, description="UTC; None when unknown")
    duration_s: float | None = Field(None, description="s; None until it was analysed")
    source_name: str = ""
    purpose: Purpose
    region: Region
    consent: str = ""
    state: State = "new"
    error: str = Field("", description="Why the last analysis failed, in the user's words")
    project: str = ""
    notes: str = ""
    tags: list[str] = Field(default_factory=list)
    current_run: int | None = Field(None, description="Number of the run that is shown")
    speakers: list[str] = Field(default_factory=list, description="Names in the current run")
    has_media: bool = False
    trashed_at: datetime | None = Field(None, description="UTC; None where it is not in the trash")


class Common(Model):
    """What several conversations have in common."""

    count: int
    tags: list[str] = Field(description="That all of them have, by name")
    project: str | None = Field(description="None where they differ")
    notes: str | None = Field(description="None where they differ")


class Run(Model):
    """One analysis of a conversation."""

    id: int
    conversation_id: str
    number: int = Field(description="1 for the first")
    created_at: datetime
    finished_at: datetime | None = None
    state: State
    error: str = ""
    app_version: str
    options: AnalysisOptions
    policy: Policy | None = None
    models: list[ModelUse] = Field(default_factory=list)
    analysed_s: float = 0.0
    current: bool = False
    folder: Path = Field(description="Where the finished bundle is, or will be")
    work_dir: Path = Field(description="Where a run under way writes; its tracks/ takes TrackWriter files")


class Filter(Model):
    """What to list. Empty fields do not restrict."""

    text: str = Field("", description="Part of the title, the source's name or the project")
    tag: str = ""
    project: str = ""
    purpose: Purpose | None = None
    state: State | None = None
    since: datetime | None = Field(None, description="Recorded, or else added, at or after")
    until: datetime | None = Field(None, description="Recorded, or else added, before")
    trashed: bool = Field(False, description="What is in the trash, and nothing else")


class Edit(Model):
    """One entry of a conversation's journal. Edits of one step were made, and are undone, together."""

    id: int
    step: int
    run: int | None = Field(None, description="Number of the run it holds for; None: the conversation")
    operation: Entry
    created_at: datetime = Field(description="UTC")
    undone: bool = False
    carried: bool = Field(False, description="Taken over from the run before: where this one begins, never undone")


class Hit(Model):
    """One utterance that a search found."""

    conversation_id: str
    title: str
    run: int
    utterance_id: str
    index: int = Field(description="Position in the timeline")
    speaker: str
    t_start: float = Field(description="s")
    t_end: float = Field(description="s")
    snippet: str
    highlights: list[tuple[int, int]] = Field(default_factory=list, description="Start and end in the snippet")


class Noted(Model):
    """A conversation whose title or notes a search found."""

    conversation_id: str
    title: str
    analysed: bool = Field(description="Whether there is anything to open")
    where: Literal["title", "notes"]
    snippet: str
    highlights: list[tuple[int, int]] = Field(default_factory=list, description="Start and end in the snippet")


class Artifact(Model):
    """One file of a finished run."""

    name: str = Field(description="Below the run's folder, with forward slashes")
    size: int = Field(description="Bytes")
    sha256: str
    path: Path = Field(exclude=True)


class KeyRecord(Model):
    """One API key as it may be shown. Times are UTC; the secret is told once, when it is made."""

    id: str
    name: str
    created_at: datetime
    rotated_at: datetime | None = Field(None, description="When the secret was last replaced")
    previous_until: datetime | None = Field(None, description="How long the secret before that one works")
    last_used_at: datetime | None = Field(None, description="To about a minute; None: never used")
    revoked_at: datetime | None = Field(None, description="None: the key is good")


class Problem(Model):
    """Something that is not as it was written."""

    where: str = Field(description="File below the data folder, or 'database'")
    what: str
