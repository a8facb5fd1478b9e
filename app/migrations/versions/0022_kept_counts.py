"""Counts of tasks by unit, state and due day, kept by the database in the transaction that changes a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Iterator

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEY = ("authority_id", "part", "day", "committee_id", "lead_unit_id", "state", "late")
WATCHED = (
    "committee_id", "lead_unit_id", "state", "current_due", "original_due", "due_changes", "late_from", "reported_on",
    "completed_at",
)  # fmt: skip
OPEN = "{r}.state IN ('assigned','contested','in_progress','reported','paused')"
MOVED = "{r}.state IN ('assigned','contested','in_progress') AND {r}.due_changes > 0 AND {r}.current_due IS NOT NULL"
DONE = "{r}.state = 'completed'"
NEVER = "'0001-01-01'"
SENT_LATE = "CASE WHEN {r}.state = 'reported' AND {r}.reported_on >= {r}.late_from THEN 1 ELSE 0 END"
DONE_LATE = "CASE WHEN {r}.late_from IS NULL THEN 2 WHEN {r}.reported_on >= {r}.late_from THEN 1 ELSE 0 END"
# Whoever rebuilds the table `task` (a batch migration does) loses the triggers with it and must make them again.
SQLITE = {
    "month": "date({0}, 'start of month')",
    "day": "{0}",
    "local": "date({r}.completed_at, '+7 hours')",
    "never": NEVER,
}
POSTGRESQL = {
    "month": "CAST(date_trunc('month', {0}) AS DATE)",
    "day": "{0}",
    "local": "CAST({r}.completed_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS DATE)",
    "never": f"DATE {NEVER}",
}
ADD = f"ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET number = task_count.number + excluded.number"
INTO = f"INSERT INTO task_count ({', '.join(KEY)}, number)"
# Deferred, and one after the other: the counts are touched when a transaction commits, by one transaction at a time.
# So no two ever wait for each other, in whatever order they changed their tasks, and nobody waits for long.
FUNCTION = """
CREATE FUNCTION keep_task_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7220022);
    IF TG_OP <> 'INSERT' THEN {old}; END IF;
    IF TG_OP <> 'DELETE' THEN {new}; END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    """Make the table, count what there is, and let the database keep it."""
    op.create_table(
        "task_count",
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("lead_unit_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_task_count")),
        sqlite_with_rowid=False,
    )
    sent = sa.text("state IN ('reported','completed') AND due_changes > 0")
    columns = ["authority_id", "committee_id", "state", "completed_at"]
    op.create_index("ix_task_moved_sent", "task", columns, sqlite_where=sent, postgresql_where=sent)
    own = SQLITE if _on_sqlite() else POSTGRESQL
    for part, day, late, condition in _parts("task", own):
        key = f"task.authority_id, '{part}', {day}, task.committee_id, task.lead_unit_id, task.state, {late}"
        op.execute(f"{INTO} SELECT {key}, count(*) FROM task WHERE {condition} GROUP BY 1, 2, 3, 4, 5, 6, 7")  # noqa: S608 -- constants
    for statement in _sqlite() if _on_sqlite() else _postgresql():
        op.execute(statement)


def downgrade() -> None:
    """Go one step down; nothing is lost that cannot be counted."""
    for event in ("update", "delete", "insert"):
        for kind in ("_open", "_moved", "_done") if _on_sqlite() else ("",):
            op.execute(f"DROP TRIGGER task_count_{event}{kind}" + ("" if _on_sqlite() else " ON task"))
    if not _on_sqlite():
        op.execute("DROP FUNCTION keep_task_count()")
    op.drop_index("ix_task_moved_sent", table_name="task")
    op.drop_table("task_count")


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _parts(row: str, own: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield each part with its day, whether it is late, and which tasks it counts; `row` is the task's row."""
    now, first = f"{row}.current_due", f"{row}.original_due"
    sent, undated = SENT_LATE.format(r=row), f"coalesce({own['month'].format(now)}, {own['never']})"
    yield "month", undated, sent, OPEN.format(r=row)
    yield "day", now, sent, f"{OPEN.format(r=row)} AND {now} IS NOT NULL"
    for name, due in (("moved", now), ("first", first)):
        for grain in ("month", "day"):
            yield f"{name}_{grain}", own[grain].format(due), "0", MOVED.format(r=row)
    yield "done", own["local"].format(r=row), DONE_LATE.format(r=row), DONE.format(r=row)


def _counting(row: str, number: int, own: dict[str, str]) -> str:
    arms = (
        f"SELECT {row}.authority_id, '{part}', {day}, {row}.committee_id, {row}.lead_unit_id, {row}.state, {late}, "
        f"{number} WHERE {condition}"
        for part, day, late, condition in _parts(row, own)
    )
    return f"{INTO} {' UNION ALL '.join(arms)} {ADD}"


def _differs(word: str) -> str:
    return " OR ".join(f"old.{column} {word} new.{column}" for column in WATCHED)


def _sqlite() -> tuple[str, ...]:
    """Return triggers of three kinds, so that a change pays only for the parts that it touches."""
    made = []
    for name, event, rows in (
        ("insert", "INSERT", ("new",)),
        ("delete", "DELETE", ("old",)),
        ("update", "", ("old", "new")),
    ):
        for kind, parts, condition in (
            ("open", ("month", "day"), OPEN),
            ("moved", ("moved_month", "moved_day", "first_month", "first_day"), MOVED),
            ("done", ("done",), DONE),
        ):
            touched = " OR ".join(f"({condition.format(r=row)})" for row in rows)
            when = touched if event else f"({touched}) AND ({_differs('IS NOT')})"
            of = event or f"UPDATE OF {', '.join(WATCHED)}"
            steps = "; ".join(step for row in rows for step in _steps(row, parts))
            made.append(f"CREATE TRIGGER task_count_{name}_{kind} AFTER {of} ON task WHEN {when} BEGIN {steps}; END")
    return tuple(made)


def _steps(row: str, parts: tuple[str, ...]) -> Iterator[str]:
    number = -1 if row == "old" else 1
    for part, day, late, condition in _parts(row, SQLITE):
        if part in parts:
            key = f"{row}.authority_id, '{part}', {day}, {row}.committee_id, {row}.lead_unit_id, {row}.state, {late}"
            yield f"{INTO} SELECT {key}, {number} WHERE {condition} {ADD}"


def _postgresql() -> tuple[str, ...]:
    old, new = _counting("OLD", -1, POSTGRESQL), _counting("NEW", 1, POSTGRESQL)
    how = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
    run = "EXECUTE FUNCTION keep_task_count()"
    update = f"AFTER UPDATE OF {', '.join(WATCHED)} ON task {how} WHEN ({_differs('IS DISTINCT FROM')})"
    return (
        FUNCTION.format(old=old, new=new),
        f"CREATE CONSTRAINT TRIGGER task_count_insert AFTER INSERT ON task {how} {run}",
        f"CREATE CONSTRAINT TRIGGER task_count_update {update} {run}",
        f"CREATE CONSTRAINT TRIGGER task_count_delete AFTER DELETE ON task {how} {run}",
    )
