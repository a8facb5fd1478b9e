"""Trackers brought in from Excel: each file with its mapping, and its rows with what became of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "tracker_import",
        *_owned("tracker_import"),
        _reference("tracker_import", "committee_id", "committee"),
        _reference("tracker_import", "person_id", "person"),
        _reference("tracker_import", "file_id", "stored_file"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "sheet", "symbol")),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("done_by_due", sa.Boolean(), nullable=False),
        *(
            sa.Column(name, sa.DateTime(timezone=True), nullable=True)
            for name in ("read_at", "imported_at", "undone_at")
        ),
        _reference("tracker_import", "undone_by_id", "person", empty=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('new','changes')", name=op.f("ck_tracker_import_kind")),
        sa.CheckConstraint("undone_at IS NULL OR imported_at IS NOT NULL", name=op.f("ck_tracker_import_undone")),
    )
    op.create_index("ix_tracker_import_committee", "tracker_import", ["committee_id", "made_at"])
    op.create_table(
        "tracker_row",
        *_owned("tracker_row"),
        _reference("tracker_row", "import_id", "tracker_import"),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "section", "words", "outcome")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("cells", "said", "because", "task_ids")),
        _reference("tracker_row", "like_task_id", "task", empty=True),
        sa.UniqueConstraint("import_id", "number", name=op.f("uq_tracker_row_import_id_number")),
    )
    op.create_index("ix_tracker_row_outcome", "tracker_row", ["import_id", "outcome", "number"])


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("tracker_row")
    op.drop_table("tracker_import")


def _owned(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        _reference(table, "authority_id", "authority"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _reference(table: str, column: str, to: str, *, empty: bool = False) -> sa.Column[int]:
    named = op.f(f"fk_{table}_{column}")
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{to}.id", name=named), nullable=empty)
