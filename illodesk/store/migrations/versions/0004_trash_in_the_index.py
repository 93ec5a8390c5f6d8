"""What is in the trash stays in the search index, and is left out when something is found."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Index what is in the trash."""
    op.execute("DROP VIEW current_utterance")
    op.execute(
        "CREATE VIEW current_utterance AS SELECT utterance.id AS id, utterance.text AS text FROM utterance "
        "JOIN run ON run.id = utterance.run_id "
        "JOIN conversation ON conversation.id = run.conversation_id AND conversation.current_run_id = run.id"
    )
    op.execute(
        "INSERT INTO utterance_fts(rowid, text) SELECT utterance.id, utterance.text FROM trash "
        "JOIN conversation ON conversation.id = trash.conversation_id "
        "JOIN utterance ON utterance.run_id = conversation.current_run_id"
    )
