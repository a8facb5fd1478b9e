"""Numbers of invitations, minutes and reminder slips."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "paper_number",
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("doc_type", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_paper_number_positive")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_paper_number_authority_id")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_paper_number_committee_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["person.id"], name=op.f("fk_paper_number_taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_number")),
        sa.UniqueConstraint(
            "authority_id",
            "committee_id",
            "doc_type",
            "scope",
            "number",
            name=op.f("uq_paper_number_authority_id_committee_id_doc_type_scope_number"),
        ),
    )
    op.create_index("ix_paper_number_subject", "paper_number", ["subject", "subject_id", "doc_type"])
    op.create_table(
        "invitation_paper",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("signer_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "urgency IN ('','urgent','very_urgent','at_once')", name=op.f("ck_invitation_paper_urgency")
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_invitation_paper_authority_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_invitation_paper_meeting_id")),
        sa.ForeignKeyConstraint(["signer_id"], ["person.id"], name=op.f("fk_invitation_paper_signer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_paper")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_invitation_paper_meeting_id")),
    )


def downgrade() -> None:
    """Drop the tables: papers that were given away keep their numbers."""
    op.drop_table("invitation_paper")
    op.drop_index("ix_paper_number_subject", table_name="paper_number")
    op.drop_table("paper_number")
