"""The figures of unsigned months are kept, with how often the ledger had changed; and indexes of due pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Iterator

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

SPAN = (
    "committee_id", "task_id", "seq", "lead_unit_id", "state", "original_due", "current_due", "reported_on", "event",
    "began_at",
)  # fmt: skip
TRIGGERS = (
    "task_span_insert", "task_span_delete", "task_span_end", "task_span_other", "extension_insert", "extension_update",
    "extension_delete",
)  # fmt: skip
ADD = "ON CONFLICT (committee_id, day) DO UPDATE SET changes = ledger_day.changes + 1"
PIECES = (("ix_coordinating_part_due", "coordinating_part"), ("ix_sub_task_due", "sub_task"))
# Under the lock of the counts and at the end of the transaction, as they are: no two ever wait for each other.
FUNCTION = """
CREATE FUNCTION note_ledger_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7220022);
    IF TG_TABLE_NAME = 'extension' THEN
        IF TG_OP <> 'INSERT' THEN {old_ruled}; END IF;
        IF TG_OP <> 'DELETE' THEN {new_ruled}; END IF;
    ELSIF TG_ARGV[0] = 'end' THEN {ended};
    ELSE
        IF TG_OP <> 'INSERT' THEN {old_began}; END IF;
        IF TG_OP <> 'DELETE' THEN {new_began}; END IF;
    END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    """Make the tables, and let the database count from which day on the ledger changed."""
    op.create_table(
        "ledger_day",
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("committee_id", "day", name=op.f("pk_ledger_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "kept_month",
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("committee_id", "begins_on", name=op.f("pk_kept_month")),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_kept_month_committee_id_committee")
        ),
    )  # fmt: skip
    for name, table in PIECES:
        where = sa.text("due IS NOT NULL")
        op.create_index(name, table, ["due"], sqlite_where=where, postgresql_where=where)
    for statement in _sqlite() if _on_sqlite() else _postgresql():
        op.execute(statement)


def downgrade() -> None:
    """Go one step down; what was kept can be computed."""
    for name in TRIGGERS:
        on = "" if _on_sqlite() else f" ON {'extension' if name.startswith('extension') else 'task_span'}"
        op.execute(f"DROP TRIGGER ledger_day_{name}{on}")
    if not _on_sqlite():
        op.execute("DROP FUNCTION note_ledger_day()")
    for name, table in PIECES:
        op.drop_index(name, table_name=table)
    op.drop_table("kept_month")
    op.drop_table("ledger_day")


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _note(committee: str, day: str, instant: str) -> str:
    """Return what notes a change from the Vietnamese day of an instant on; nothing where there is none."""
    found = f"SELECT {committee}, {day}, 1 WHERE {instant} IS NOT NULL"
    return f"INSERT INTO ledger_day (committee_id, day, changes) {found} {ADD}"


def _ruled(row: str, day: str) -> str:
    committee = f"(SELECT committee_id FROM task WHERE id = {row}.task_id)"  # noqa: S608 -- constants
    return _note(committee, day.format(f"{row}.ruled_at"), f"{row}.ruled_at")


ENDED = "{least}(coalesce(old.ended_at, new.ended_at), coalesce(new.ended_at, old.ended_at))"
LOCAL_SQLITE = "date({0}, '+7 hours')"
LOCAL_POSTGRESQL = "CAST({0} AT TIME ZONE 'Asia/Ho_Chi_Minh' AS DATE)"


def _began(row: str, day: str) -> str:
    return _note(f"{row}.committee_id", day.format(f"{row}.began_at"), f"{row}.began_at")


def _ended(least: str, day: str) -> str:
    instant = ENDED.format(least=least)
    return _note("new.committee_id", day.format(instant), instant)


def _sqlite() -> Iterator[str]:
    old, new = (_began(row, LOCAL_SQLITE) for row in ("old", "new"))
    ruled = {row: _ruled(row, LOCAL_SQLITE) for row in ("old", "new")}
    for name, when, steps in (
        ("task_span_insert", "INSERT ON task_span", (new,)),
        ("task_span_delete", "DELETE ON task_span", (old,)),
        ("task_span_end", "UPDATE OF ended_at ON task_span", (_ended("min", LOCAL_SQLITE),)),
        ("task_span_other", f"UPDATE OF {', '.join(SPAN)} ON task_span", (old, new)),
        ("extension_insert", "INSERT ON extension", (ruled["new"],)),
        ("extension_update", "UPDATE OF task_id, state, ruled_at ON extension", (ruled["old"], ruled["new"])),
        ("extension_delete", "DELETE ON extension", (ruled["old"],)),
    ):
        yield f"CREATE TRIGGER ledger_day_{name} AFTER {when} BEGIN {'; '.join(steps)}; END"


def _postgresql() -> Iterator[str]:
    yield FUNCTION.format(
        ended=_ended("least", LOCAL_POSTGRESQL),
        **{f"{row}_began": _began(row, LOCAL_POSTGRESQL) for row in ("old", "new")},
        **{f"{row}_ruled": _ruled(row, LOCAL_POSTGRESQL) for row in ("old", "new")},
    )
    for name, when, argument in (
        ("task_span_insert", "INSERT ON task_span", "began"),
        ("task_span_delete", "DELETE ON task_span", "began"),
        ("task_span_end", "UPDATE OF ended_at ON task_span", "end"),
        ("task_span_other", f"UPDATE OF {', '.join(SPAN)} ON task_span", "began"),
        ("extension_insert", "INSERT ON extension", "ruled"),
        ("extension_update", "UPDATE OF task_id, state, ruled_at ON extension", "ruled"),
        ("extension_delete", "DELETE ON extension", "ruled"),
    ):
        how = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
        yield (
            f"CREATE CONSTRAINT TRIGGER ledger_day_{name} AFTER {when} {how} "
            f"EXECUTE FUNCTION note_ledger_day('{argument}')"
        )
