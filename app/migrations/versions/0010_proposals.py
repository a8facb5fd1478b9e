"""Proposals (tờ trình) with their roadmap and each submission; what stands on an agenda or comes of one names it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NAMING = ("agenda_item", "conclusion", "task")
"""Tables whose rows may name a proposal."""
CHECKS = {
    "cost": "cost IS NULL OR cost >= 0",
    "draft": "state <> 'drafting' OR submitted_at IS NULL",
    "submitted_at": "state IN ('drafting','withdrawn') OR submitted_at IS NOT NULL",
    "ruled_at": "(state IN ('approved','rejected')) = (ruled_at IS NOT NULL)",
    "ruling_reason": "state <> 'rejected' OR ruling_reason <> ''",
    "supplement_reason": "state <> 'supplement_requested' OR supplement_reason <> ''",
    "referred_to": "state <> 'referred' OR referred_to <> ''",
    "answer": "(answer_symbol = '') = (answered_on IS NULL)",
}
WORDS = ("title", "symbol", "necessity", "grounds", "content", "effectiveness", "funding", "search_text", "opinion",
         "supplement_reason", "referred_to", "answer_symbol", "conditions", "ruling_reason")  # fmt: skip
PEOPLE = ("author_id", "submitted_by_id", "ruled_by_id")


def upgrade() -> None:
    """Go one step up."""
    op.create_table(
        "proposal",
        *_owned("proposal"),
        _reference("proposal", "committee_id", "committee"),
        _reference("proposal", "unit_id", "unit"),
        *(_reference("proposal", name, "person", empty=name != "author_id") for name in PEOPLE),
        *(sa.Column(name, sa.Text(), nullable=False) for name in WORDS),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("ruled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("left_state", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.CheckConstraint(sql, name=op.f(f"ck_proposal_{name}")) for name, sql in CHECKS.items()),
    )
    op.create_index("ix_proposal_state", "proposal", ["authority_id", "committee_id", "state"])
    op.create_index("ix_proposal_unit", "proposal", ["unit_id", "state"])
    op.create_table(
        "proposal_step",
        *_owned("proposal_step"),
        _reference("proposal_step", "proposal_id", "proposal"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("work", sa.Text(), nullable=False),
        sa.UniqueConstraint("proposal_id", "position", name=op.f("uq_proposal_step_proposal_id_position")),
        sa.CheckConstraint(
            "begins_on IS NULL OR ends_on IS NULL OR ends_on >= begins_on", name=op.f("ck_proposal_step_days")
        ),
    )
    op.create_table(
        "proposal_submission",
        *_owned("proposal_submission"),
        _reference("proposal_submission", "proposal_id", "proposal"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _reference("proposal_submission", "by_id", "person"),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.UniqueConstraint("proposal_id", "number", name=op.f("uq_proposal_submission_proposal_id_number")),
        sa.CheckConstraint("number > 0", name=op.f("ck_proposal_submission_number")),
    )
    for table in NAMING:
        # Not in batch: SQLite would rebuild the table, and a rebuilt `task` loses the triggers of its search index.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN proposal_id INTEGER"
            f" CONSTRAINT fk_{table}_proposal_id REFERENCES proposal (id)"
        )
        op.create_index(f"ix_{table}_proposal_id", table, ["proposal_id"])


def downgrade() -> None:
    """Go one step down."""
    for table in reversed(NAMING):
        op.drop_index(f"ix_{table}_proposal_id", table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN proposal_id")
    for table in ("proposal_submission", "proposal_step", "proposal"):
        op.drop_table(table)


def _owned(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        _reference(table, "authority_id", "authority"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _reference(table: str, column: str, to: str, *, empty: bool = False) -> sa.Column[int]:
    named = op.f(f"fk_{table}_{column}")
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{to}.id", name=named), nullable=empty)
