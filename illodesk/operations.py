"""What a person can change about a conversation: small values that are applied, undone and kept in its journal.

An operation says only what is wanted. What it does to a result is decided in one place,
:mod:`illodesk.store.overlay`; what was analysed is never changed.
"""

from __future__ import annotations

import secrets
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

Kind = Literal["text", "speakers", "markers", "annotations", "judgements", "details", "runs", "list", "retired"]
"""What can change. ``runs``: an analysis began or ended, or another one is shown; ``list``: the library's table;
``retired``: conversations were kept long enough, and this process put them into the trash."""

Verdict = Literal["agree", "disagree", "correct"]

Name = Annotated[str, Field(min_length=1, max_length=200)]
Seconds = Annotated[float, Field(ge=0.0, allow_inf_nan=False)]


class Changing(BaseModel):
    """Base of the operations. ``of_run``: speaks of labels or utterances of one analysis, and holds for it alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    of_run: ClassVar[bool] = False
    changes: ClassVar[tuple[Kind, ...]]


def _id() -> str:
    return secrets.token_hex(5)


# --- who spoke, and what was said -----------------------------------------------------------------------------------


class RenameSpeaker(Changing):
    """Show a speaker under a name; an empty one takes the name away."""

    of_run: ClassVar[bool] = True
    changes: ClassVar[tuple[Kind, ...]] = ("speakers", "list")

    kind: Literal["rename_speaker"] = "rename_speaker"
    label: str
    name: str = Field(max_length=200)


class MergeSpeakers(Changing):
    """Give everything that ``labels`` said to the speaker ``into``: they are one person."""

    of_run: ClassVar[bool] = True
    changes: ClassVar[tuple[Kind, ...]] = ("speakers", "list")

    kind: Literal["merge_speakers"] = "merge_speakers"
    labels: list[str] = Field(min_length=1)
    into: str


class ReassignUtterances(Changing):
    """Give utterances to another speaker; None is somebody who has no label yet."""

    of_run: ClassVar[bool] = True
    changes: ClassVar[tuple[Kind, ...]] = ("speakers", "list")

    kind: Literal["reassign_utterances"] = "reassign_utterances"
    ids: list[str] = Field(min_length=1)
    speaker: str | None


class EditText(Changing):
    """Correct what was recognised."""

    of_run: ClassVar[bool] = True
    changes: ClassVar[tuple[Kind, ...]] = ("text",)

    kind: Literal["edit_text"] = "edit_text"
    utterance_id: str
    text: str = Field(max_length=100_000)


class DivideUtterance(Changing):
    """Make two utterances of one, so that each can be given to whom it belongs. The first keeps the id."""

    of_run: ClassVar[bool] = True
    changes: ClassVar[tuple[Kind, ...]] = ("text", "speakers")

    kind: Literal["divide_utterance"] = "divide_utterance"
    utterance_id: str
    word: int = Field(description="The word of the text that the second begins with, counted from 0")
    part_id: str = Field(
        default_factory=lambda given: f"{given.get('utterance_id', '')}_{_id()}", description="Id of the second"
    )


# --- markers --------------------------------------------------------------------------------------------------------


class AddMarker(Changing):
    """Mark a point of the conversation, also of one that is still being recorded."""

    changes: ClassVar[tuple[Kind, ...]] = ("markers",)

    kind: Literal["add_marker"] = "add_marker"
    marker_id: str = Field(default_factory=_id)
    t: Seconds
    key: str = Field("", max_length=200)
    note: str = ""


class EditMarker(Changing):
    """Change a marker; None leaves a field as it is."""

    changes: ClassVar[tuple[Kind, ...]] = ("markers",)

    kind: Literal["edit_marker"] = "edit_marker"
    marker_id: str
    t: Seconds | None = None
    key: str | None = Field(None, max_length=200)
    note: str | None = None


class RemoveMarker(Changing):
    """Take a marker away."""

    changes: ClassVar[tuple[Kind, ...]] = ("markers",)

    kind: Literal["remove_marker"] = "remove_marker"
    marker_id: str


# --- annotation -----------------------------------------------------------------------------------------------------


class AddTier(Changing):
    """Begin a tier of annotations. With a ``vocabulary``, annotations take no other values."""

    changes: ClassVar[tuple[Kind, ...]] = ("annotations",)

    kind: Literal["add_tier"] = "add_tier"
    name: Name
    vocabulary: list[str] = Field(default_factory=list)
    speaker: str | None = Field(None, description="Label of whom it is about; None is everybody")


class AssignTier(Changing):
    """Say whom a tier is about in one analysis, whose labels may be others than those it was begun with."""

    of_run: ClassVar[bool] = True
    changes: ClassVar[tuple[Kind, ...]] = ("annotations",)

    kind: Literal["assign_tier"] = "assign_tier"
    name: Name
    speaker: str | None


class RemoveTier(Changing):
    """Take a tier away with everything on it."""

    changes: ClassVar[tuple[Kind, ...]] = ("annotations",)

    kind: Literal["remove_tier"] = "remove_tier"
    name: Name


class AddAnnotation(Changing):
    """Annotate a stretch of time on a tier. Annotations of one tier do not overlap."""

    changes: ClassVar[tuple[Kind, ...]] = ("annotations",)

    kind: Literal["add_annotation"] = "add_annotation"
    annotation_id: str = Field(default_factory=_id)
    tier: Name
    t_start: Seconds
    t_end: Seconds
    value: str = ""


class EditAnnotation(Changing):
    """Change an annotation; None leaves a field as it is."""

    changes: ClassVar[tuple[Kind, ...]] = ("annotations",)

    kind: Literal["edit_annotation"] = "edit_annotation"
    annotation_id: str
    tier: Name | None = None
    t_start: Seconds | None = None
    t_end: Seconds | None = None
    value: str | None = None


class RemoveAnnotation(Changing):
    """Take an annotation away."""

    changes: ClassVar[tuple[Kind, ...]] = ("annotations",)

    kind: Literal["remove_annotation"] = "remove_annotation"
    annotation_id: str


class Judge(Changing):
    """Say what a person thinks of a score; None as ``verdict`` takes it back.

    The rest is filled in when it is applied: it is what was judged, and where it can be found in another analysis.
    """

    changes: ClassVar[tuple[Kind, ...]] = ("judgements",)

    kind: Literal["judge"] = "judge"
    target: str = Field(description="Id of an utterance, moment, transition or phase; empty: the whole conversation")
    score: str = Field(pattern=r"^[a-z][a-z_]{0,63}$", description="E.g. valence, engagement, emotion, category")
    verdict: Verdict | None
    value: float | str | None = Field(None, description="What it should be, for 'correct'")
    note: str = ""

    run: int | None = None
    about: str = ""
    t_start: Seconds | None = None
    t_end: Seconds | None = None
    judged: float | str | None = None

    @model_validator(mode="after")
    def _value_where_it_belongs(self) -> Self:
        if (self.value is not None) != (self.verdict == "correct"):
            msg = "a value is given with the verdict 'correct', and with no other"
            raise ValueError(msg)
        return self


# --- the conversation itself ----------------------------------------------------------------------------------------


class SetDetails(Changing):
    """Change what is noted about the conversation as a whole; None leaves a field as it is."""

    changes: ClassVar[tuple[Kind, ...]] = ("details", "list")

    kind: Literal["set_details"] = "set_details"
    title: str | None = None
    tags: list[str] | None = None
    notes: str | None = None
    project: str | None = None


Operation = Annotated[
    RenameSpeaker
    | MergeSpeakers
    | ReassignUtterances
    | EditText
    | DivideUtterance
    | AddMarker
    | EditMarker
    | RemoveMarker
    | AddTier
    | AssignTier
    | RemoveTier
    | AddAnnotation
    | EditAnnotation
    | RemoveAnnotation
    | Judge
    | SetDetails,
    Field(discriminator="kind"),
]


class ShowRun(Changing):
    """Show a new analysis in place of the one before: what the library itself enters when one has ended."""

    of_run: ClassVar[bool] = True
    changes: ClassVar[tuple[Kind, ...]] = ("runs", "list")

    kind: Literal["show_run"] = "show_run"
    run: int


Entry = Annotated[Operation | ShowRun, Field(discriminator="kind")]
"""What a journal holds: what people did, and the analyses that came in between."""

ENTRY: TypeAdapter[Entry] = TypeAdapter(Entry)
"""Reads an entry from JSON, by its ``kind``."""


class ChangeSet(BaseModel):
    """What changed, told after it was kept."""

    model_config = ConfigDict(frozen=True)

    conversation_ids: tuple[str, ...]
    kinds: frozenset[Kind]
