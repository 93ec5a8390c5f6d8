"""Alembic's entry: runs the migrations on the connection, and in the transaction, that the store hands over."""

from __future__ import annotations

from alembic import context

from illodesk.store.tables import Row

# render_as_batch: SQLite alters tables by copying them.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
