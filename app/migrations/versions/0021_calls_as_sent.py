"""What the last call to a meeting said is kept with its invitation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.add_column("invitation_paper", sa.Column("sent", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Go one step down."""
    op.drop_column("invitation_paper", "sent")
