"""Invitations: what each person invited answers, the meeting's entry in calendars, and the committee's quorum."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

QUORUM = "quorum IN ('','half','two_thirds','three_quarters')"
COLUMNS = (
    ("attendance", "state", sa.Text(), "unanswered"),
    ("attendance", "version", sa.Integer(), "1"),
    ("attendance", "answer_note", sa.Text(), ""),
    ("attendance", "deputy_name", sa.Text(), ""),
    ("meeting", "calendar_uid", sa.Text(), ""),
    ("meeting", "calendar_sequence", sa.Integer(), "0"),
)
EMPTY = (
    ("attendance", "left_state", sa.Text()),
    ("attendance", "answered_at", sa.DateTime(timezone=True)),
    ("meeting", "called_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Go one step up."""
    for table, column, kind, before in COLUMNS:
        op.add_column(table, sa.Column(column, kind, nullable=False, server_default=before))
    for table, column, empty in EMPTY:
        op.add_column(table, sa.Column(column, empty, nullable=True))
    with op.batch_alter_table("attendance") as batch:
        batch.add_column(sa.Column("deputy_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_attendance_deputy_id"), "person", ["deputy_id"], ["id"])
    with op.batch_alter_table("committee") as batch:
        batch.add_column(sa.Column("quorum", sa.Text(), nullable=False, server_default=""))
        batch.create_check_constraint(op.f("ck_committee_quorum"), QUORUM)


def downgrade() -> None:
    """Go one step down."""
    with op.batch_alter_table("committee") as batch:
        batch.drop_constraint(op.f("ck_committee_quorum"), type_="check")
        batch.drop_column("quorum")
    with op.batch_alter_table("attendance") as batch:
        batch.drop_constraint(op.f("fk_attendance_deputy_id"), type_="foreignkey")
        batch.drop_column("deputy_id")
    for table, column, *_kind in reversed((*COLUMNS, *EMPTY)):
        op.drop_column(table, column)
