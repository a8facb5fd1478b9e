"""What a unit shares out: parts with a clock, sub-tasks, explanations, comments; and who stands in for whom."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

PENDING = sa.text("state = 'asked'")
PART = sa.table(
    "coordinating_part",
    *(sa.column(name) for name in ("task_id", "state", "version", "work", "result", "returns", "asked_at")),
)
TASK = sa.table("task", sa.column("id"), sa.column("assigned_at"))


def upgrade() -> None:
    """Go one step up: the parts there are have been asked since their task was given."""
    with op.batch_alter_table("coordinating_part") as batch:
        for name in ("state", "left_state", "work", "result"):
            batch.add_column(sa.Column(name, sa.Text(), nullable=True))
        for name in ("version", "returns"):
            batch.add_column(sa.Column(name, sa.Integer(), nullable=True))
        batch.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        for name in ("due", "delivered_on"):
            batch.add_column(sa.Column(name, sa.Date(), nullable=True))
        batch.add_column(sa.Column("delivered_by_id", sa.Integer(), nullable=True))
    given = sa.select(TASK.c.assigned_at).where(TASK.c.id == PART.c.task_id).scalar_subquery()
    op.execute(PART.update().values(state="asked", version=1, work="", result="", returns=0, asked_at=given))
    with op.batch_alter_table("coordinating_part") as batch:
        for name in ("state", "work", "result"):
            batch.alter_column(name, existing_type=sa.Text(), nullable=False)
        for name in ("version", "returns"):
            batch.alter_column(name, existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(op.f("fk_coordinating_part_delivered_by_id"), "person", ["delivered_by_id"], ["id"])
        batch.create_check_constraint(
            op.f("ck_coordinating_part_delivered_on"),
            "(state IN ('delivered','noted')) = (delivered_on IS NOT NULL)",
        )
    _make_sub_task()
    _make_explanation()
    _make_comment_and_absence()


def _make_sub_task() -> None:
    op.create_table(
        "sub_task",
        *_owned("sub_task"),
        _reference("sub_task", "task_id", "task"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("work", "result", "state")),
        sa.Column("left_state", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("version", "returns")),
        _reference("sub_task", "person_id", "person", empty=True),
        _reference("sub_task", "sub_unit_id", "unit", empty=True),
        _reference("sub_task", "author_id", "person"),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("due", "delivered_on")),
        _reference("sub_task", "delivered_by_id", "person", empty=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(person_id IS NULL) <> (sub_unit_id IS NULL)", name=op.f("ck_sub_task_one_doer")),
        sa.CheckConstraint(
            "(state IN ('done','accepted')) = (delivered_on IS NOT NULL)", name=op.f("ck_sub_task_delivered_on")
        ),
    )
    op.create_index("ix_sub_task_task", "sub_task", ["task_id"])
    op.create_index("ix_sub_task_person", "sub_task", ["person_id", "state"])
    op.create_index("ix_sub_task_sub_unit", "sub_task", ["sub_unit_id", "state"])


def _make_explanation() -> None:
    op.create_table(
        "explanation",
        *_owned("explanation"),
        _reference("explanation", "task_id", "task"),
        _reference("explanation", "unit_id", "unit"),
        _reference("explanation", "author_id", "person"),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("question", "answer", "state")),
        sa.Column("left_state", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("version", "days_late")),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        _reference("explanation", "answered_by_id", "person", empty=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(state = 'answered') = (answered_at IS NOT NULL)", name=op.f("ck_explanation_answered_at")),
    )
    op.create_index(
        "ix_explanation_pending", "explanation", ["task_id"], unique=True, sqlite_where=PENDING,
        postgresql_where=PENDING,
    )  # fmt: skip
    op.create_index("ix_explanation_task", "explanation", ["task_id"])
    op.create_index("ix_explanation_unit", "explanation", ["unit_id", "state"])
    op.create_index("ix_explanation_state", "explanation", ["authority_id", "state", "answer_by"])


def _make_comment_and_absence() -> None:
    op.create_table(
        "comment",
        *_owned("comment"),
        _reference("comment", "task_id", "task"),
        _reference("comment", "person_id", "person"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mentioned", sa.JSON(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.create_index("ix_comment_task", "comment", ["task_id", "at"])
    op.create_table(
        "absence",
        *_owned("absence"),
        _reference("absence", "person_id", "person"),
        _reference("absence", "substitute_id", "person"),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("from_on", "to_on")),
        sa.Column("note", sa.Text(), nullable=False),
        _reference("absence", "made_by_id", "person"),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_absence_dates")),
        sa.CheckConstraint("person_id <> substitute_id", name=op.f("ck_absence_two_people")),
    )
    op.create_index("ix_absence_person", "absence", ["person_id", "from_on"])
    op.create_index("ix_absence_substitute", "absence", ["substitute_id", "from_on"])


def downgrade() -> None:
    """Go one step down."""
    for table in ("absence", "comment", "explanation", "sub_task"):
        op.drop_table(table)
    with op.batch_alter_table("coordinating_part") as batch:
        batch.drop_constraint(op.f("ck_coordinating_part_delivered_on"), type_="check")
        batch.drop_constraint(op.f("fk_coordinating_part_delivered_by_id"), type_="foreignkey")
        for name in (
            "delivered_by_id", "delivered_on", "due", "asked_at", "returns", "version", "result", "work", "left_state",
            "state",
        ):  # fmt: skip
            batch.drop_column(name)


def _owned(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        _reference(table, "authority_id", "authority"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _reference(table: str, column: str, to: str, *, empty: bool = False) -> sa.Column[int]:
    named = op.f(f"fk_{table}_{column}")
    return sa.Column(column, sa.Integer(), sa.ForeignKey(f"{to}.id", name=named), nullable=empty)
