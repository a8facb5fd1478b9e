"""Reading quickly: the words of tasks in an index for search, and indexes for the three homes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OPEN = "state IN ('assigned','contested','in_progress','reported','paused')"
MOVED = f"{OPEN} AND due_changes > 0"
COMPLETED = "state = 'completed'"
UNCHECKED = "state = 'reported' AND opinion = ''"
OF_ONE = ["authority_id", "committee_id"]

# The index holds no text of its own: it reads the task's, and triggers tell it what was there before and what is now.
# Whoever rebuilds the table `task` (a batch migration does) loses the triggers with it and must make them again.
FORGET = "INSERT INTO task_fts (task_fts, rowid, search_text) VALUES ('delete', old.id, old.search_text);"
LEARN = "INSERT INTO task_fts (rowid, search_text) VALUES (new.id, new.search_text);"
SQLITE_UP = (
    "CREATE VIRTUAL TABLE task_fts USING fts5 (search_text, content='task', content_rowid='id', tokenize='unicode61')",
    "INSERT INTO task_fts (task_fts) VALUES ('rebuild')",
    f"CREATE TRIGGER task_fts_insert AFTER INSERT ON task BEGIN {LEARN} END",
    f"CREATE TRIGGER task_fts_update AFTER UPDATE OF search_text ON task BEGIN {FORGET} {LEARN} END",
    f"CREATE TRIGGER task_fts_delete AFTER DELETE ON task BEGIN {FORGET} END",
)
SQLITE_DOWN = (
    "DROP TRIGGER task_fts_delete",
    "DROP TRIGGER task_fts_update",
    "DROP TRIGGER task_fts_insert",
    "DROP TABLE task_fts",
)
# Only letters and digits: else PostgreSQL takes "2026-12" for a negative number and "a/b" for a path.
WORDS = "to_tsvector('simple', regexp_replace(search_text, '[^[:alnum:]]+', ' ', 'g'))"
POSTGRESQL_UP = (f"CREATE INDEX task_fts ON task USING gin ({WORDS})",)
POSTGRESQL_DOWN = ("DROP INDEX task_fts",)


def upgrade() -> None:
    """Go one step up."""
    _index("ix_task_open_units", [*OF_ONE, "lead_unit_id", "state", "current_due", "reported_on", "late_from"], OPEN)
    _index("ix_task_moved", [*OF_ONE, "due_changes"], MOVED)
    _index("ix_task_unchecked", [*OF_ONE, "reported_on", "id"], UNCHECKED)
    op.create_index("ix_notification_told", "notification", ["person_id", "made_at", "id"])
    op.drop_index("ix_task_completed", table_name="task")
    counted = ["completed_at", "state", "lead_unit_id", "reported_on", "late_from"]
    _index("ix_task_completed", [*OF_ONE, *counted], COMPLETED)
    for statement in SQLITE_UP if _on_sqlite() else POSTGRESQL_UP:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    """Go one step down."""
    for statement in SQLITE_DOWN if _on_sqlite() else POSTGRESQL_DOWN:
        op.execute(statement)
    op.drop_index("ix_task_completed", table_name="task")
    _index("ix_task_completed", ["committee_id", "completed_at"], COMPLETED)
    op.drop_index("ix_notification_told", table_name="notification")
    op.drop_index("ix_task_unchecked", table_name="task")
    op.drop_index("ix_task_moved", table_name="task")
    op.drop_index("ix_task_open_units", table_name="task")


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _index(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "task", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
