"""Minutes keep what was submitted and how they were confirmed; units propose items for an agenda."""

from __future__ import annotations

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step up."""
    op.add_column("meeting", sa.Column("proposals_until", sa.Date(), nullable=True))
    _keep_versions()
    _keep_confirmations()
    _take_proposals()


def downgrade() -> None:
    """Go one step down."""
    op.drop_table("agenda_proposal")
    op.drop_table("minutes_confirmation")
    op.drop_table("minutes_version")
    op.drop_column("meeting", "proposals_until")


def _keep_versions() -> None:
    op.create_table(
        "minutes_version",
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_minutes_version_authority_id")),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_version_minutes_id")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["person.id"], name=op.f("fk_minutes_version_submitted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_version")),
        sa.UniqueConstraint("minutes_id", "number", name=op.f("uq_minutes_version_minutes_id_number")),
    )
    _fill_versions()


def _fill_versions() -> None:
    """Keep the text of minutes that wait or are approved: it is the one that was submitted last."""
    minutes = sa.table(
        "minutes", *(sa.column(name) for name in ("id", "authority_id", "text", "state", "submitted_by_id"))
    )
    event = sa.table(
        "event",
        sa.column("subject"), sa.column("subject_id"), sa.column("event"), sa.column("actor_id"),
        sa.column("at", sa.DateTime(timezone=True)),
    )  # fmt: skip
    version = sa.table(
        "minutes_version",
        *(sa.column(name) for name in ("authority_id", "minutes_id", "number", "text", "digest", "submitted_by_id")),
        sa.column("submitted_at", sa.DateTime(timezone=True)),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(minutes).where(minutes.c.state.in_(("submitted", "approved")))).all():
        submitted = connection.execute(
            sa.select(event.c.at, event.c.actor_id)
            .where(event.c.subject == "minutes", event.c.subject_id == row.id, event.c.event == "submit")
            .order_by(event.c.at.desc())
        ).first()
        if submitted is not None:
            connection.execute(
                version.insert().values(
                    authority_id=row.authority_id, minutes_id=row.id, number=1, text=row.text,
                    digest=sha256(row.text.encode()).hexdigest(), submitted_at=submitted.at,
                    submitted_by_id=row.submitted_by_id or submitted.actor_id,
                )
            )  # fmt: skip


def _keep_confirmations() -> None:
    op.create_table(
        "minutes_confirmation",
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("outcome IN ('as_presented','corrected')", name=op.f("ck_minutes_confirmation_outcome")),
        sa.CheckConstraint("(outcome = 'corrected') = (note <> '')", name=op.f("ck_minutes_confirmation_note")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_minutes_confirmation_authority_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_confirmation_meeting_id")),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("fk_minutes_confirmation_minutes_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_minutes_confirmation_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_confirmation")),
        sa.UniqueConstraint("minutes_id", name=op.f("uq_minutes_confirmation_minutes_id")),
    )
    op.create_index("ix_minutes_confirmation_meeting_id", "minutes_confirmation", ["meeting_id"])


def _take_proposals() -> None:
    op.create_table(
        "agenda_proposal",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("presenter", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("left_state", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name=op.f("ck_agenda_proposal_minutes")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_agenda_proposal_authority_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_agenda_proposal_author_id")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_agenda_proposal_item_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_proposal_meeting_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_agenda_proposal_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_proposal")),
    )
    op.create_index("ix_agenda_proposal_author", "agenda_proposal", ["author_id"])
    op.create_index("ix_agenda_proposal_item_id", "agenda_proposal", ["item_id"])
    op.create_index("ix_agenda_proposal_meeting", "agenda_proposal", ["meeting_id", "state"])
    op.create_index("ix_agenda_proposal_unit", "agenda_proposal", ["unit_id"])
