"""Changes of units prepared for a day to come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TABLE = "planned_unit_change"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        _reference("authority_id", "authority"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "basis", "title", "outcome")),
        sa.Column("starts_on", sa.Date(), nullable=False),
        _reference("person_id", "person"),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("wanted", "said")),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        _reference("change_id", "unit_change", empty=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.CheckConstraint("kind IN ('merge','split','rename','abolish')", name=op.f(f"ck_{TABLE}_kind")),
        sa.CheckConstraint("outcome IN ('','done','taken_back','refused')", name=op.f(f"ck_{TABLE}_outcome")),
    )
    op.create_index(f"ix_{TABLE}_outcome", TABLE, ["outcome", "starts_on"])
    op.create_index(f"ix_{TABLE}_authority", TABLE, ["authority_id", "outcome"])


def downgrade() -> None:
    """Drop the table: what was prepared and not done yet is lost."""
    op.drop_table(TABLE)


def _reference(column: str, to: str, *, empty: bool = False) -> sa.Column[int]:
    named = op.f(f"fk_{TABLE}_{column}")
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{to}.id", name=named), nullable=empty)
