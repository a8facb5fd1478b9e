"""The column of a measure: a whole number or one with decimals, exact on both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, Numeric, TypeDecorator

from app.figures import PLACES, Figure, exact

if TYPE_CHECKING:
    from sqlalchemy import Dialect
    from sqlalchemy.types import TypeEngine


class FigureColumn(TypeDecorator[Figure]):
    """NUMERIC on PostgreSQL. On SQLite the column stays INTEGER, which keeps a number with decimals as it is.

    A table of SQLite cannot change the type of a column but by being rebuilt, and tasks would lose their triggers.
    """

    impl = Numeric(14, PLACES)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Name the type of an engine."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else Numeric(14, PLACES))

    def process_bind_param(self, value: Figure | None, dialect: Dialect) -> Any:  # noqa: ANN401 -- what the driver takes
        """Give SQLite, which has no decimals, the nearest float: two places come back as they went."""
        if value is None:
            return None
        found = exact(value)
        return float(found) if dialect.name == "sqlite" and not isinstance(found, int) else found

    def process_result_value(self, value: Any, dialect: Dialect) -> Figure | None:  # noqa: ANN401, ARG002 -- SQLAlchemy's
        """Return it exact again; so a sum of floats is, too."""
        return None if value is None else exact(value)
