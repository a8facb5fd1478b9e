"""Measures and their targets take decimals: 37,5 km."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

COLUMNS = (
    ("task", "target_value"),
    ("task", "measure"),
    ("coordinating_part", "target_value"),
    ("coordinating_part", "measure"),
    ("progress", "measure"),
    ("conclusion", "target_value"),
)


def upgrade() -> None:
    """Let PostgreSQL keep decimals; an INTEGER column of SQLite does, and a rebuilt task would lose its triggers."""
    if _on_sqlite():
        return
    for table, column in COLUMNS:
        op.alter_column(table, column, type_=sa.Numeric(14, 2), existing_type=sa.Integer(), existing_nullable=True)


def downgrade() -> None:
    """Go one step down: decimals are rounded."""
    for table, column in COLUMNS:
        if _on_sqlite():
            whole = f"UPDATE {table} SET {column} = CAST(round({column}) AS INTEGER) WHERE typeof({column}) = 'real'"  # noqa: S608 -- names written above
            op.execute(whole)
        else:
            op.alter_column(
                table, column, type_=sa.Integer(), existing_type=sa.Numeric(14, 2), existing_nullable=True,
                postgresql_using=f"round({column})::integer",
            )  # fmt: skip


def _on_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")
