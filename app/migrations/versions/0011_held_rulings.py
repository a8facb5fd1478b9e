"""Rulings that can still be taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WAITING = sa.text("outcome = ''")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "held_ruling",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("workflow", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outcome IN ('','done','taken_back','refused','seen')", name=op.f("ck_held_ruling_outcome")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_held_ruling_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_held_ruling_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_ruling")),
    )
    op.create_index(
        "uq_held_ruling_waiting",
        "held_ruling",
        ["workflow", "item_id"],
        unique=True,
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    op.create_index("ix_held_ruling_person", "held_ruling", ["person_id", "outcome"])


def downgrade() -> None:
    """Drop the table: what waits in it was never in force."""
    op.drop_table("held_ruling")
