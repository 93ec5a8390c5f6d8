"""What was taken over from one run to the next is told from what was done to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column; what was taken over before now stays a step like any other."""
    op.add_column("edit", sa.Column("carried", sa.Boolean(), nullable=False, server_default=sa.false()))
