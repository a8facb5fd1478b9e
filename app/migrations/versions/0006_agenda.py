"""The agenda: items put off to the next meeting, where an item came from, and the tasks it concerns."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    with op.batch_alter_table("agenda_item") as batch:
        batch.add_column(sa.Column("deferred", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("carried_from_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_agenda_item_carried_from_id"), "agenda_item", ["carried_from_id"], ["id"])
        batch.create_index("ix_agenda_item_carried_from_id", ["carried_from_id"])
    op.create_table(
        "agenda_task",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_agenda_task_item_id")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_agenda_task_task_id")),
        sa.PrimaryKeyConstraint("item_id", "task_id", name=op.f("pk_agenda_task")),
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("agenda_task")
    with op.batch_alter_table("agenda_item") as batch:
        batch.drop_index("ix_agenda_item_carried_from_id")
        batch.drop_constraint(op.f("fk_agenda_item_carried_from_id"), type_="foreignkey")
        batch.drop_column("carried_from_id")
        batch.drop_column("deferred")
