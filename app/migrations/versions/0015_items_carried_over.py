"""Agenda items: said to have been discussed though nothing was written, and why one came from an earlier meeting."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up; of what came from an earlier meeting until now the reason is not known."""
    # Not in batch: SQLite would rebuild the table and move its constraints.
    op.add_column("agenda_item", sa.Column("discussed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("agenda_item", sa.Column("carried_why", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Go one step down."""
    for column in ("carried_why", "discussed"):
        op.execute(f"ALTER TABLE agenda_item DROP COLUMN {column}")
