"""The journal of what people changed, and the trash."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create both tables, and keep what is in the trash out of the search index."""
    op.create_table(
        "edit",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("run", sa.Integer()),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_edit"),
        _of_conversation("edit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_edit_conversation_id", "edit", ["conversation_id", "id"])
    op.create_table(
        "trash",
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("trashed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_trash"),
        _of_conversation("trash"),
    )
    op.execute("DROP VIEW current_utterance")
    op.execute(
        "CREATE VIEW current_utterance AS SELECT utterance.id AS id, utterance.text AS text FROM utterance "
        "JOIN run ON run.id = utterance.run_id "
        "JOIN conversation ON conversation.id = run.conversation_id AND conversation.current_run_id = run.id "
        "WHERE conversation.id NOT IN (SELECT conversation_id FROM trash)"
    )


def _of_conversation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conversation_id"], ["conversation.id"], name=f"fk_{table}_conversation_id", ondelete="CASCADE"
    )
