"""Many rows at once into SQLite or PostgreSQL, past the ORM: only for data that nobody typed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import JSON, Boolean, Date, DateTime, Table, TypeDecorator, func, select, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Column, Connection
    from sqlalchemy.types import TypeEngine

Row = dict[str, Any]
_INSTANT = len("2026-11-22 07:00:00.000000")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows with ids of their own; what a row leaves out takes the column's default.

    All rows name the same columns as the first.
    """
    if not rows:
        return
    sqlite = connection.dialect.name == "sqlite"
    given = [column for column in table.columns if column.name in rows[0]]
    left = [column for column in table.columns if column.name not in rows[0] and _default(column) is not None]
    fixed = [_converted(column, _default(column), sqlite=sqlite) for column in left]
    converts = [(at, convert) for at, column in enumerate(given) if (convert := _converter(column.type, sqlite=sqlite))]
    names = [column.name for column in (*given, *left)]
    _write(connection, table, names, _tuples(rows, [column.name for column in given], converts, fixed))


def _tuples(
    rows: Sequence[Mapping[str, Any]],
    names: Sequence[str],
    converts: Sequence[tuple[int, Callable[[Any], Any]]],
    fixed: Sequence[Any],
) -> Iterator[list[Any]]:
    # A million tasks are twelve million rows: only what must be touched in Python is touched.
    pick = itemgetter(*names)
    for row in rows:
        values = list(pick(row))
        for at, convert in converts:
            values[at] = convert(values[at])
        values += fixed
        yield values


def _write(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    driver = cast("Any", connection.connection.driver_connection)
    quoted = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        statement = f'INSERT INTO "{table.name}" ({quoted}) VALUES ({marks})'  # noqa: S608 -- names of our own tables
        driver.executemany(statement, rows)
        return
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({quoted}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def settle(connection: Connection, tables: Iterable[Table]) -> None:
    """After rows with ids of their own: let PostgreSQL's counters go on behind them."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables:
        if "id" in table.columns:
            top = connection.scalar(select(func.max(table.columns["id"]))) or 0
            sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table.name})
            if sequence:
                place = {"sequence": sequence, "next": top + 1}
                connection.execute(text("SELECT setval(:sequence, :next, false)"), place)


def _default(column: Column[Any]) -> Any:  # noqa: ANN401 -- a value of the column
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg if default.is_scalar else None


def _converted(column: Column[Any], value: Any, *, sqlite: bool) -> Any:  # noqa: ANN401 -- a value of the column
    convert = _converter(column.type, sqlite=sqlite)
    return convert(value) if convert else value


def _converter(kind: TypeEngine[Any], *, sqlite: bool) -> Callable[[Any], Any] | None:
    """Return what makes a driver's value of ours; None where the driver takes it as it is."""
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    if isinstance(plain, JSON):
        return _json
    if not sqlite:
        return None
    if isinstance(plain, DateTime):
        return _instant
    if isinstance(plain, Date):
        return _day
    return _flag if isinstance(plain, Boolean) else None


def _json(value: object) -> str:
    return _ENCODER.encode(value) if value else json.dumps(value)


def _instant(value: datetime | None) -> str | None:
    if value is None:
        return None
    plain = value if value.tzinfo is None or value.tzinfo is UTC else value.astimezone(UTC)
    return plain.isoformat(" ", "microseconds")[:_INSTANT]


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _flag(value: bool | None) -> int | None:  # noqa: FBT001 -- a converter takes its one value
    return None if value is None else int(value)
