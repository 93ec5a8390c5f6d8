"""The SQL tables. Small, queryable columns only: the full payload of a run lives in its bundle.

Portable SQL; the full-text index is the search module's own. Times are UTC.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in, UTC in the database, aware UTC out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To naive UTC. Raises ValueError for a time without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a time needs its zone"
            raise ValueError(msg)
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From naive UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


def _owned_by(target: str) -> Column[Any]:
    return Column(ForeignKey(target, ondelete="CASCADE"), nullable=False)


class Row(SQLModel):
    """Base of the tables; has metadata of its own, so that no other SQLModel leaks into the migrations."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class ConversationRow(Row, table=True):
    """One conversation. ``state`` is new, analysing, complete, partial or failed."""

    __tablename__ = "conversation"
    # With the id, so that an order is always the same, and a page needs the index alone.
    __table_args__ = (
        Index("ix_conversation_created_at", "created_at", "id"),
        Index("ix_conversation_recorded_at", "recorded_at", "id"),
        Index("ix_conversation_duration_s", "duration_s", "id"),
        Index("ix_conversation_state", "state", "id"),
        Index("ix_conversation_folded", "folded", "id"),
    )

    id: str = Field(primary_key=True, max_length=32)
    title: str = Field(sa_type=Text)
    folded: str = Field(sa_type=Text, description="Title, source and project without case, to sort and find by")
    created_at: datetime = Field(sa_type=UtcDateTime)
    recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    duration_s: float | None = Field(default=None, description="s; None until it was analysed")
    source_name: str = Field(default="", sa_type=Text)
    media_name: str = Field(default="", description="File below media/; empty when no copy is kept")
    purpose: str
    region: str
    consent: str = Field(default="", sa_type=Text)
    state: str = Field(default="new")
    error: str = Field(default="", sa_type=Text)
    # Not a foreign key: the two tables would own each other, which SQLite cannot alter later and PostgreSQL cannot
    # create in one go. The store sets it in the transaction that fills the run.
    current_run_id: int | None = None
    project: str = Field(default="", index=True)
    notes: str = Field(default="", sa_type=Text)
    restored_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, description="When it was last taken out of the trash"
    )


class TagRow(Row, table=True):
    """One tag of one conversation."""

    __tablename__ = "tag"

    conversation_id: str = Field(
        sa_column=Column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True, nullable=False)
    )
    name: str = Field(primary_key=True, index=True)


class RunRow(Row, table=True):
    """One analysis of a conversation. ``number`` counts from 1; ``state`` as of a conversation, never new."""

    __tablename__ = "run"
    __table_args__ = (UniqueConstraint("conversation_id", "number"),)

    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True, autoincrement=True))
    conversation_id: str = Field(sa_column=_owned_by("conversation.id"))
    number: int
    created_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    state: str = Field(index=True)
    error: str = Field(default="", sa_type=Text)
    app_version: str
    options: dict[str, Any] = Field(sa_type=JSON)
    policy: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    models: list[Any] | None = Field(default=None, sa_type=JSON)
    analysed_s: float = 0.0
    artifact_folder: str = Field(description="Below the conversation's folder")
    owner_pid: int
    owner_started: str


class SpeakerRow(Row, table=True):
    """One speaker of a run: the label that the analysis gave and the name that the user sees."""

    __tablename__ = "speaker"
    __table_args__ = (UniqueConstraint("run_id", "label"),)

    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True, autoincrement=True))
    run_id: int = Field(sa_column=_owned_by("run.id"))
    label: str
    name: str = Field(sa_type=Text)


class UtteranceRow(Row, table=True):
    """One utterance: what is worth asking the database for."""

    __tablename__ = "utterance"
    __table_args__ = (UniqueConstraint("run_id", "idx"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True, autoincrement=True))
    run_id: int = Field(sa_column=_owned_by("run.id"))
    idx: int
    utterance_id: str
    speaker_id: int = Field(sa_column=Column(ForeignKey("speaker.id", ondelete="CASCADE"), nullable=False, index=True))
    channel: int
    t_start: float
    t_end: float
    text: str = Field(sa_type=Text)
    asr_confidence: float
    confidence: float
    emotion: str | None = None
    valence: float | None = None
    arousal: float | None = None
    dominance: float | None = None
    polarity: float | None = None
    engagement: float | None = None
    cognitive_load: float | None = None
    commitment: float | None = None
    passion: float | None = None
    conviction: float | None = None


class MomentRow(Row, table=True):
    """One moment of a run."""

    __tablename__ = "moment"

    run_id: int = Field(sa_column=Column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True, nullable=False))
    idx: int = Field(primary_key=True)
    moment_id: str
    category: str = Field(index=True)
    speaker: str
    start_ms: int
    end_ms: int
    summary: str = Field(sa_type=Text)
    confidence: float


class PhaseRow(Row, table=True):
    """One phase of a run."""

    __tablename__ = "phase"

    run_id: int = Field(sa_column=Column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True, nullable=False))
    idx: int = Field(primary_key=True)
    phase_id: str
    name: str = Field(sa_type=Text)
    t_start: float
    t_end: float
    theme: str = Field(sa_type=Text)
    tone: str


class TransitionRow(Row, table=True):
    """One lasting change of a speaker's state."""

    __tablename__ = "transition"

    run_id: int = Field(sa_column=Column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True, nullable=False))
    idx: int = Field(primary_key=True)
    transition_id: str
    speaker: str
    at_ms: int
    summary: str = Field(sa_type=Text)
    confidence: float


class EditRow(Row, table=True):
    """One entry of a conversation's journal: what a person changed. Entries of one ``step`` are undone together."""

    __tablename__ = "edit"
    __table_args__ = (Index("ix_edit_conversation_id", "conversation_id", "id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True, autoincrement=True))
    conversation_id: str = Field(sa_column=_owned_by("conversation.id"))
    run: int | None = Field(default=None, description="Number of the run it holds for; None: the conversation")
    step: int
    kind: str
    payload: dict[str, Any] = Field(sa_type=JSON)
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON, description="Details as they were before")
    created_at: datetime = Field(sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    carried: bool = Field(
        default=False,
        sa_column=Column(Boolean, nullable=False, server_default=false()),
        description="Taken over from the run before: where this one begins, never undone",
    )


class TrashRow(Row, table=True):
    """A conversation that is in the trash. A table of its own, so that the library's lists stay on their indexes."""

    __tablename__ = "trash"

    conversation_id: str = Field(
        sa_column=Column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True, nullable=False)
    )
    trashed_at: datetime = Field(sa_type=UtcDateTime)


class NewsRow(Row, table=True):
    """A change, noted for the other processes that have the library open. ``owner`` is who made it."""

    __tablename__ = "news"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True, autoincrement=True))
    owner: str
    payload: dict[str, Any] = Field(sa_type=JSON)


class ApiKeyRow(Row, table=True):
    """One key of a client of the server. The secret itself is never kept."""

    __tablename__ = "api_key"

    id: str = Field(primary_key=True, max_length=16)
    name: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=UtcDateTime)
    hash: str = Field(max_length=64, description="SHA-256 of the secret, hexadecimal")
    previous_hash: str | None = Field(default=None, max_length=64, description="Of the secret before the last rotation")
    previous_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rotated_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
