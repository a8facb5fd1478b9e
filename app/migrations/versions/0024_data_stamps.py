"""Stamps that change with the organisation and with what is counted of tasks: what was read under one may be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Iterator

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ORGANISATION = (
    "absence", "authority", "calendar_day", "committee", "delegation", "membership", "office", "person", "portfolio",
    "saved_view", "unit", "unit_change_part",
)  # fmt: skip
TASKS = ("coordinating_part", "extension", "sub_task", "task_count")
# Logging in and choosing a colour scheme change a person, too, but nothing that is read under the stamp.
COLUMNS = {
    "person": "authority_id, full_name, sort_key, is_admin, active",
    "extension": "authority_id, task_id, state",
    "coordinating_part": "task_id, unit_id",
    "sub_task": "task_id, sub_unit_id",
}
EVENTS = ("insert", "update", "delete")
# Under the lock of the counts, and at the end of the transaction, so that no two ever wait for each other.
FUNCTION = """
CREATE FUNCTION draw_data_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7220022);
    UPDATE data_stamp SET value = floor(random() * 9007199254740991)::bigint, made_in = txid_current()
    WHERE name = TG_ARGV[0] AND made_in IS DISTINCT FROM txid_current();
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    """Make the table, and let the database draw a number with every change."""
    table = op.create_table(
        "data_stamp",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("made_in", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_data_stamp")),
    )
    drawn = "random()" if _on_sqlite() else "floor(random() * 9007199254740991)::bigint"
    for name in ("organisation", "tasks"):
        op.execute(sa.insert(table).values(name=name, value=sa.text(drawn)))
    if not _on_sqlite():
        op.execute(FUNCTION)
    for name, tables in (("organisation", ORGANISATION), ("tasks", TASKS)):
        for watched in tables:
            for statement in _triggers(watched, name):
                op.execute(statement)


def downgrade() -> None:
    """Go one step down; nothing is lost."""
    for watched in (*ORGANISATION, *TASKS):
        for event in EVENTS:
            on = "" if _on_sqlite() else f" ON {watched}"
            op.execute(f"DROP TRIGGER data_stamp_{watched}_{event}{on}")
    if not _on_sqlite():
        op.execute("DROP FUNCTION draw_data_stamp()")
    op.drop_table("data_stamp")


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _triggers(watched: str, stamp: str) -> Iterator[str]:
    for event in EVENTS:
        of = f" OF {COLUMNS[watched]}" if event == "update" and watched in COLUMNS else ""
        name, when = f"data_stamp_{watched}_{event}", f"AFTER {event.upper()}{of} ON {watched}"
        run = f"EXECUTE FUNCTION draw_data_stamp('{stamp}')"
        if _on_sqlite():
            draw = f"UPDATE data_stamp SET value = random() WHERE name = '{stamp}'"  # noqa: S608 -- constants
            yield f"CREATE TRIGGER {name} {when} BEGIN {draw}; END"
        elif watched == "task_count":  # written while the transaction commits, under the lock already
            yield f"CREATE TRIGGER {name} {when} FOR EACH STATEMENT {run}"
        else:
            yield f"CREATE CONSTRAINT TRIGGER {name} {when} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW {run}"
