"""With a month's figures all is kept that its page and lists need, when it was computed, and how long that took."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of kept figures anew, and one for the lists; what was kept can be computed."""
    op.drop_table("kept_month")
    op.create_table(
        "kept_month",
        *_place(),
        *_figures(),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("last_span", sa.Integer(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("committee_id", "begins_on", name=op.f("pk_kept_month")),
        _committee("kept_month"),
    )
    op.create_table(
        "kept_list",
        *_place(),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint(
            "committee_id", "begins_on", "edition", "figure", "unit_id", name=op.f("pk_kept_list")
        ),
        _committee("kept_list"),
    )  # fmt: skip


def downgrade() -> None:
    """Go one step down; what was kept can be computed."""
    op.drop_table("kept_list")
    op.drop_table("kept_month")
    op.create_table(
        "kept_month",
        *_place(),
        *_figures(),
        sa.PrimaryKeyConstraint("committee_id", "begins_on", name=op.f("pk_kept_month")),
        _committee("kept_month"),
    )


def _place() -> tuple[sa.Column[int], sa.Column[object]]:
    return sa.Column("committee_id", sa.Integer(), nullable=False), sa.Column("begins_on", sa.Date(), nullable=False)


def _figures() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
    )


def _committee(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f(f"fk_{table}_committee_id_committee"))
