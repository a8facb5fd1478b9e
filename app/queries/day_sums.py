"""Days reckoned by the database: the one thing that SQLite and PostgreSQL write differently."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, Integer, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

if TYPE_CHECKING:
    from sqlalchemy.sql.compiler import SQLCompiler


class days_before(FunctionElement[date]):  # noqa: N801 -- read as a function in a statement
    """The day that lies so many days before another one."""

    type = Date()
    inherit_cache = True
    name = "days_before"

    def __init__(self, day: Any, days: int) -> None:  # noqa: ANN401 -- a column
        """Count from a day of the statement."""
        super().__init__(day, literal(days, Integer))


@compiles(days_before, "sqlite")
def _on_sqlite(element: days_before, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- the compiler's
    day, days = (compiler.process(clause, **options) for clause in element.clauses)
    return f"date({day}, '-' || {days} || ' days')"


@compiles(days_before, "postgresql")
def _on_postgresql(element: days_before, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- the same
    day, days = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({day} - {days})"
