"""When a conversation was last taken out of the trash: the days that it is kept count anew from then."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the column; nothing is known of what was restored before."""
    op.add_column("conversation", sa.Column("restored_at", sa.DateTime(), nullable=True))
