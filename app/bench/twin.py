"""The same data set from SQLite's file into PostgreSQL: copying rows is quicker than making them a second time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, cast

from app.bench.bulk import settle
from app.bench.loading import loading
from app.bench.own_data import gather_statistics
from app.db import Base

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine, Table


def copy_twin(file: Path, engine: Engine) -> None:
    """Copy all rows of an installation's SQLite file into a migrated PostgreSQL database, in place of what is there."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source, loading(engine) as connection:
        # SQLite keeps instants in UTC and without their zone.
        connection.exec_driver_sql("SET LOCAL TIME ZONE 'UTC'")
        for table in Base.metadata.sorted_tables:
            _copy(source, connection, table)
        settle(connection, Base.metadata.sorted_tables)
    gather_statistics(engine)


def _copy(source: sqlite3.Connection, connection: Connection, table: Table) -> None:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    driver = cast("Any", connection.connection.driver_connection)
    rows = source.execute(f'SELECT {names} FROM "{table.name}"')  # noqa: S608 -- names of our own tables
    connection.execute(table.delete())  # what the migrations put in, the twin has too
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
