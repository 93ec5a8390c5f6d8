"""The first library: conversations, runs, what was said, and its full-text index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create everything."""
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_at", sa.DateTime()),
        sa.Column("duration_s", sa.Float()),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("media_name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("current_run_id", sa.Integer()),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
    )
    for column in ("created_at", "recorded_at", "duration_s", "state", "folded"):
        op.create_index(f"ix_conversation_{column}", "conversation", [column, "id"])
    op.create_index("ix_conversation_project", "conversation", ["project"])

    op.create_table(
        "tag",
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "name", name="pk_tag"),
        _belongs_to("tag", "conversation"),
    )
    op.create_index("ix_tag_name", "tag", ["name"])

    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("app_version", sa.String(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("policy", sa.JSON()),
        sa.Column("models", sa.JSON()),
        sa.Column("analysed_s", sa.Float(), nullable=False),
        sa.Column("artifact_folder", sa.String(), nullable=False),
        sa.Column("owner_pid", sa.Integer(), nullable=False),
        sa.Column("owner_started", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
        sa.UniqueConstraint("conversation_id", "number", name="uq_run_conversation_id_number"),
        _belongs_to("run", "conversation"),
    )
    op.create_index("ix_run_state", "run", ["state"])

    op.create_table(
        "speaker",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_speaker"),
        sa.UniqueConstraint("run_id", "label", name="uq_speaker_run_id_label"),
        _belongs_to("speaker", "run"),
    )

    scores = [
        "valence",
        "arousal",
        "dominance",
        "polarity",
        "engagement",
        "cognitive_load",
        "commitment",
        "passion",
        "conviction",
    ]
    op.create_table(
        "utterance",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("idx", sa.Integer(), nullable=False),
        sa.Column("utterance_id", sa.String(), nullable=False),
        sa.Column("speaker_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Integer(), nullable=False),
        sa.Column("t_start", sa.Float(), nullable=False),
        sa.Column("t_end", sa.Float(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asr_confidence", sa.Float(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("emotion", sa.String()),
        *(sa.Column(name, sa.Float()) for name in scores),
        sa.PrimaryKeyConstraint("id", name="pk_utterance"),
        sa.UniqueConstraint("run_id", "idx", name="uq_utterance_run_id_idx"),
        _belongs_to("utterance", "run"),
        _belongs_to("utterance", "speaker"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_utterance_speaker_id", "utterance", ["speaker_id"])

    op.create_table(
        "moment",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("idx", sa.Integer(), nullable=False),
        sa.Column("moment_id", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("start_ms", sa.Integer(), nullable=False),
        sa.Column("end_ms", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "idx", name="pk_moment"),
        _belongs_to("moment", "run"),
    )
    op.create_index("ix_moment_category", "moment", ["category"])

    op.create_table(
        "phase",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("idx", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("t_start", sa.Float(), nullable=False),
        sa.Column("t_end", sa.Float(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("tone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "idx", name="pk_phase"),
        _belongs_to("phase", "run"),
    )

    op.create_table(
        "transition",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("idx", sa.Integer(), nullable=False),
        sa.Column("transition_id", sa.String(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("at_ms", sa.Integer(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", "idx", name="pk_transition"),
        _belongs_to("transition", "run"),
    )

    # External content over a view: the text is stored once, and a rebuild sees current runs only.
    # (Contentless-delete tables need SQLite 3.43, newer than what Debian 12's Python carries.)
    op.execute(
        "CREATE VIEW current_utterance AS SELECT utterance.id AS id, utterance.text AS text FROM utterance "
        "JOIN run ON run.id = utterance.run_id "
        "JOIN conversation ON conversation.id = run.conversation_id AND conversation.current_run_id = run.id"
    )
    op.execute(
        "CREATE VIRTUAL TABLE utterance_fts USING fts5(text, content='current_utterance', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3')"
    )


def _belongs_to(table: str, owner: str) -> sa.ForeignKeyConstraint:
    column = f"{owner}_id"
    return sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=f"fk_{table}_{column}", ondelete="CASCADE")
