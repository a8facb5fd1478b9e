"""A notice may supplement an earlier one, and may be marked urgent."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

COLUMNS = (
    (
        "supplements_id INTEGER CONSTRAINT fk_notice_supplements_id REFERENCES notice (id)"
        " CONSTRAINT ck_notice_relation CHECK (supersedes_id IS NULL OR supplements_id IS NULL)"
    ),
    (
        "urgency TEXT NOT NULL DEFAULT ''"
        " CONSTRAINT ck_notice_urgency CHECK (urgency IN ('','urgent','very_urgent','flash'))"
    ),
)


def upgrade() -> None:
    """Go one step up."""
    for column in COLUMNS:
        # Not in batch: SQLite would rebuild the table and lose its older checks.
        op.execute(f"ALTER TABLE notice ADD COLUMN {column}")
    op.create_index("ix_notice_supplements_id", "notice", ["supplements_id"])


def downgrade() -> None:
    """Go one step down: what supplemented another stands alone again."""
    op.drop_index("ix_notice_supplements_id", "notice")
    for column in ("urgency", "supplements_id"):
        op.execute(f"ALTER TABLE notice DROP COLUMN {column}")
