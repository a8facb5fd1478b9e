"""In the room: notes of each agenda item, clauses typed under it, and where the secretary is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    with op.batch_alter_table("conclusion") as batch:
        batch.add_column(sa.Column("agenda_item_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("room_key", sa.Text(), nullable=True))
        batch.add_column(sa.Column("depth", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("written_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_conclusion_agenda_item_id"), "agenda_item", ["agenda_item_id"], ["id"])
        batch.create_foreign_key(op.f("fk_conclusion_written_by_id"), "person", ["written_by_id"], ["id"])
        batch.create_index("ix_conclusion_agenda_item_id", ["agenda_item_id"])
        batch.create_index("ix_conclusion_room_key", ["notice_id", "room_key"], unique=True)
    op.create_table(
        "item_notes",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_item_notes_authority_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_item_notes_item_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_item_notes_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_notes")),
        sa.UniqueConstraint("item_id", name=op.f("uq_item_notes_item_id")),
    )
    op.create_table(
        "meeting_room",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("clause_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes_digest", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_meeting_room_authority_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["conclusion.id"], name=op.f("fk_meeting_room_clause_id")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_meeting_room_item_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_room_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_room")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_meeting_room_meeting_id")),
    )


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("meeting_room")
    op.drop_table("item_notes")
    with op.batch_alter_table("conclusion") as batch:
        batch.drop_index("ix_conclusion_room_key")
        batch.drop_index("ix_conclusion_agenda_item_id")
        batch.drop_constraint(op.f("fk_conclusion_written_by_id"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_conclusion_agenda_item_id"), type_="foreignkey")
        for name in ("written_by_id", "depth", "room_key", "agenda_item_id"):
            batch.drop_column(name)
