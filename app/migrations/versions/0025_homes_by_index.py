"""Indexes by which the homes read what asks for something now, however many tasks there are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

OPEN = "state IN ('assigned','contested','in_progress','reported','paused')"
MOVED = f"{OPEN} AND due_changes > 0"
MOVED_SENT = "state IN ('reported','completed') AND due_changes > 0"
MOVED_KEY = ["authority_id", "committee_id", "state", "completed_at"]
UNCHECKED = "state = 'reported' AND opinion = ''"
UNCHECKED_KEY = ["authority_id", "committee_id", "reported_on", "id"]
AGAIN = "state = 'in_progress' AND returns > 0"
PIECES = (
    ("ix_coordinating_part_delivered", "coordinating_part", "delivered"),
    ("ix_sub_task_done", "sub_task", "done"),
)


def upgrade() -> None:
    """Make them."""
    op.drop_index("ix_task_owner", table_name="task")
    _partial("ix_task_owner", "task", ["owner_id", "lead_unit_id"], OPEN)
    _partial("ix_task_again", "task", ["authority_id", "lead_unit_id", "current_due"], AGAIN)
    op.drop_index("ix_task_moved_sent", table_name="task")
    covered = ["lead_unit_id", "original_due", "current_due", "reported_on", "due_changes"]
    _partial("ix_task_moved_sent", "task", [*MOVED_KEY, *covered], MOVED_SENT)
    op.drop_index("ix_task_moved", table_name="task")
    _partial("ix_task_moved", "task", ["authority_id", "committee_id", "due_changes", "id"], MOVED)
    op.drop_index("ix_task_unchecked", table_name="task")
    _partial("ix_task_unchecked", "task", [*UNCHECKED_KEY, "state", "opinion"], UNCHECKED)
    for name, table, state in PIECES:
        _partial(name, table, ["task_id"], f"state = '{state}'")


def downgrade() -> None:
    """Go one step down; only ways to find rows go."""
    for name, table, _state in PIECES:
        op.drop_index(name, table_name=table)
    op.drop_index("ix_task_unchecked", table_name="task")
    _partial("ix_task_unchecked", "task", UNCHECKED_KEY, UNCHECKED)
    op.drop_index("ix_task_moved", table_name="task")
    _partial("ix_task_moved", "task", ["authority_id", "committee_id", "due_changes"], MOVED)
    op.drop_index("ix_task_moved_sent", table_name="task")
    _partial("ix_task_moved_sent", "task", MOVED_KEY, MOVED_SENT)
    op.drop_index("ix_task_again", table_name="task")
    op.drop_index("ix_task_owner", table_name="task")
    _partial("ix_task_owner", "task", ["owner_id"], OPEN)


def _partial(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
