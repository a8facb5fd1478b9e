"""Evidence by link, evidence of a kind, and a coordinating unit's own target and figure."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

MEASURES = (("target_value", sa.Integer()), ("measure", sa.Integer()), ("measured_on", sa.Date()))


def upgrade() -> None:
    """Go one step up; columns are added in place, because a rebuilt task would lose the triggers of its search."""
    op.add_column("task", sa.Column("evidence_kind", sa.Text(), nullable=True))
    for name, kind in MEASURES:
        op.add_column("coordinating_part", sa.Column(name, kind, nullable=True))
    op.create_table(
        "evidence_link",
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(
                f"{table}_id",
                sa.Integer(),
                sa.ForeignKey(f"{table}.id", name=op.f(f"fk_evidence_link_{table}_id")),
                nullable=False,
            )
            for table in ("authority", "task", "person")
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("shows", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_link")),
    )
    op.create_index("ix_evidence_link_task", "evidence_link", ["task_id"])


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("evidence_link")
    for name, _kind in MEASURES:
        op.drop_column("coordinating_part", name)
    op.drop_column("task", "evidence_kind")
