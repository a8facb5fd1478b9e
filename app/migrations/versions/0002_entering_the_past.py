"""Entering the past: presiders and signers who are no users, days without an hour, tasks done long ago."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = (
    ("meeting", "hour_known", sa.Boolean(), sa.true()),
    ("meeting", "presider_name", sa.Text(), ""),
    ("meeting", "presider_title", sa.Text(), ""),
    ("notice", "signer_name", sa.Text(), ""),
    ("notice", "signer_title", sa.Text(), ""),
    ("conclusion", "done_result", sa.Text(), ""),
    ("task", "historic", sa.Boolean(), sa.false()),
)


def upgrade() -> None:
    """Go one step up; tasks that came from old notices are known by their notice."""
    for table, column, kind, before in COLUMNS:
        op.add_column(table, sa.Column(column, kind, nullable=False, server_default=before))
    op.add_column("conclusion", sa.Column("done_on", sa.Date(), nullable=True))
    task = sa.table("task", sa.column("historic", sa.Boolean()), sa.column("conclusion_id", sa.Integer()))
    conclusion = sa.table("conclusion", sa.column("id", sa.Integer()), sa.column("notice_id", sa.Integer()))
    notice = sa.table("notice", sa.column("id", sa.Integer()), sa.column("historic", sa.Boolean()))
    old = sa.select(conclusion.c.id).join(notice, notice.c.id == conclusion.c.notice_id).where(notice.c.historic)
    known = sa.text("historic IS TRUE")
    op.create_index("ix_task_historic", "task", ["committee_id", "made_at"], sqlite_where=known, postgresql_where=known)
    op.execute(task.update().where(task.c.conclusion_id.in_(old)).values(historic=True))


def downgrade() -> None:
    """Go one step down."""
    op.drop_index("ix_task_historic", "task")
    op.drop_column("conclusion", "done_on")
    for table, column, _kind, _before in reversed(COLUMNS):
        op.drop_column(table, column)
