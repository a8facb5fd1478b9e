"""Units that are merged, split, renamed or abolished: each act with its report, and former names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "unit_change",
        *_owned("unit_change"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        _reference("unit_change", "person_id", "person"),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('merge','split','rename','abolish')", name=op.f("ck_unit_change_kind")),
    )
    op.create_index("ix_unit_change_on", "unit_change", ["authority_id", "starts_on"])
    op.create_table(
        "unit_change_part",
        *_owned("unit_change_part"),
        _reference("unit_change_part", "change_id", "unit_change"),
        _reference("unit_change_part", "unit_id", "unit"),
        sa.Column("side", sa.Text(), nullable=False),
        sa.CheckConstraint("side IN ('old','new')", name=op.f("ck_unit_change_part_side")),
        sa.UniqueConstraint("change_id", "unit_id", "side", name=op.f("uq_unit_change_part_change_id_unit_id_side")),
    )
    op.create_index("ix_unit_change_part_unit", "unit_change_part", ["unit_id"])
    op.create_table(
        "unit_name",
        *_owned("unit_name"),
        _reference("unit_name", "unit_id", "unit"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "short_name")),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.UniqueConstraint("unit_id", "until_on", name=op.f("uq_unit_name_unit_id_until_on")),
    )


def downgrade() -> None:
    """Drop the tables: units stay as they are, their former names are lost."""
    op.drop_table("unit_name")
    op.drop_table("unit_change_part")
    op.drop_table("unit_change")


def _owned(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        _reference(table, "authority_id", "authority"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _reference(table: str, column: str, to: str) -> sa.Column[int]:
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{to}.id", name=op.f(f"fk_{table}_{column}")), nullable=False)
