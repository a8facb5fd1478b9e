"""The words in which a roadmap's days were typed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

COLUMNS = ("begins_text", "ends_text")


def upgrade() -> None:
    """Add the columns; what was typed before was a day."""
    for column in COLUMNS:
        op.add_column("proposal_step", sa.Column(column, sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop the columns: the days that were read stay."""
    for column in COLUMNS:
        op.drop_column("proposal_step", column)
