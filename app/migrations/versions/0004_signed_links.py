"""Signed links: one table for all of them takes the place of that of one-time links; no token stands anywhere."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
OLD = ("id", "authority_id", "purpose", "person_id", "token_hash", "made_at", "expires_at", "used_at")


def upgrade() -> None:
    """Go one step up; links that were made stay good, their tokens leave the notifications they stood in."""
    op.create_table(
        "signed_link",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_signed_link_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signed_link_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_signed_link_token_hash")),
    )
    op.create_index("ix_signed_link_person_id", "signed_link", ["person_id"])
    op.create_index("ix_signed_link_subject", "signed_link", ["subject", "subject_id"])
    old, new = _table("one_time_link", *OLD), _table("signed_link", *OLD, "subject", "subject_id", "nonce")
    copied = sa.select(*(old.c[name] for name in OLD), sa.literal("person"), old.c.person_id, sa.literal(""))
    op.execute(new.insert().from_select([*OLD, "subject", "subject_id", "nonce"], copied))
    _count_on("signed_link")
    op.drop_table("one_time_link")
    _forget_tokens()


def downgrade() -> None:
    """Go one step down; links of meetings are gone then."""
    op.create_table(
        "one_time_link",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_one_time_link_authority_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_one_time_link_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_one_time_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_one_time_link_token_hash")),
    )
    op.create_index("ix_one_time_link_person_id", "one_time_link", ["person_id"])
    old, new = _table("one_time_link", *OLD), _table("signed_link", *OLD, "subject", "revoked_at")
    kept = sa.select(*(new.c[name] for name in OLD)).where(new.c.subject == "person", new.c.revoked_at.is_(None))
    op.execute(old.insert().from_select([*OLD], kept))
    _count_on("one_time_link")
    op.drop_table("signed_link")


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(column) for column in columns))


def _count_on(table: str) -> None:
    """Let new ids come after the copied ones; SQLite does so by itself."""
    if op.get_bind().dialect.name == "postgresql":
        newest = f"(SELECT coalesce(max(id), 1) FROM {table})"  # noqa: S608 -- our own table's name
        op.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {newest})")


def _forget_tokens() -> None:
    """Take tokens out of the notifications that held them until their mail went."""
    told = sa.table("notification", sa.column("id"), sa.column("rule", sa.Text()), sa.column("data", sa.JSON()))
    held = sa.select(told.c.id, told.c.data).where(told.c.rule.in_(["account.invited", "account.reset"]))
    for row in op.get_bind().execute(held).all():
        data: dict[str, Any] = {name: value for name, value in row.data.items() if name != "link"}
        if data != row.data:
            op.get_bind().execute(told.update().where(told.c.id == row.id).values(data=data))
