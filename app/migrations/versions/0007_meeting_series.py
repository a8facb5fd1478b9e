"""Series of meetings: their rhythm and the agenda that each begins with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "meeting_series",
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("presider_id", sa.Integer(), nullable=True),
        sa.Column("agenda", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('weekly','monthly_day','monthly_weekday')", name=op.f("ck_meeting_series_kind")),
        sa.CheckConstraint(
            "weekday BETWEEN 0 AND 6 AND nth BETWEEN 1 AND 5 AND day BETWEEN 1 AND 31",
            name=op.f("ck_meeting_series_rhythm"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_meeting_series_authority_id")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_meeting_series_committee_id")),
        sa.ForeignKeyConstraint(["presider_id"], ["person.id"], name=op.f("fk_meeting_series_presider_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_series")),
    )
    op.create_index("ix_meeting_series_committee_id", "meeting_series", ["committee_id"])
    with op.batch_alter_table("meeting") as batch:
        batch.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_meeting_series_id"), "meeting_series", ["series_id"], ["id"])
        batch.create_index("ix_meeting_series_id", ["series_id"])


def downgrade() -> None:
    """Go one step down."""
    with op.batch_alter_table("meeting") as batch:
        batch.drop_index("ix_meeting_series_id")
        batch.drop_constraint(op.f("fk_meeting_series_id"), type_="foreignkey")
        batch.drop_column("series_id")
    op.drop_table("meeting_series")
