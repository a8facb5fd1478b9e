"""Putting a PostgreSQL database back to what its template holds, in a few milliseconds instead of a tenth of a second.

Rows are deleted and those of the template are put in again, and sequences go back. What a test did beyond rows (tables,
columns, indexes, triggers) is seen in the catalogue, and then the database is given up; so it is after many uses, for
deleted rows stay in its files, and where somebody still holds a connection, who could write into the next test.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg import sql

USES = 40
PATIENCE = 1.0  # seconds for connections just closed to be gone from the server
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
SEQUENCES = "SELECT sequencename, start_value, last_value FROM pg_sequences WHERE schemaname = 'public'"
# A row of the catalogue that was added, changed or removed: no statement on tables' shape leaves all of these alone.
SHAPE = " UNION ALL ".join(
    f"SELECT count(*), max(xmin::text::bigint) FROM {catalogue}"  # noqa: S608 -- names of ours
    for catalogue in ("pg_class", "pg_attribute", "pg_attrdef", "pg_constraint", "pg_trigger", "pg_proc")
)
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
)


@dataclass(frozen=True)
class Contents:
    """What a database of a template holds before a test: its shape, rows as COPY gives them, sequences."""

    shape: list[Any]
    rows: dict[str, bytes]
    filled: str
    sequences: dict[str, tuple[int, int | None]]


def read_contents(url: str) -> Contents | None:
    """Read a database fresh from its template; None where the server does not let us put rows back."""
    with psycopg.connect(url, autocommit=True) as connection:
        if connection.info.parameter_status("is_superuser") != "on":
            return None  # only a superuser may delete without minding the order of foreign keys
        tables = [name for (name,) in connection.execute(TABLES)]
        rows = {name: read_rows(connection, name) for name in tables}
        filled = " UNION ALL ".join(
            f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")"  # noqa: S608 -- names of our tables
            for name in tables
        )
        return Contents(
            shape=connection.execute(SHAPE).fetchall(),
            rows={name: found for name, found in rows.items() if found},
            filled=filled,
            sequences=read_sequences(connection),
        )


def read_rows(connection: psycopg.Connection[Any], table: str) -> bytes:
    """Return the rows of a table as COPY gives them."""
    with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copy:
        return b"".join(copy)


def read_sequences(connection: psycopg.Connection[Any]) -> dict[str, tuple[int, int | None]]:
    """Return the sequences by name, with the value at which each starts and the last one given, if any."""
    return {name: (start, last) for name, start, last in connection.execute(SEQUENCES)}


@dataclass
class Lent:
    """A copy of a template that one test after the other gets."""

    url: str
    template: str
    contents: Contents | None
    uses: int = 0
    connection: psycopg.Connection[Any] | None = field(default=None, repr=False)

    def put_back(self) -> bool:
        """Make the database what it was before the test, or tell that it cannot be."""
        if self.contents is None or self.uses >= USES:
            self.leave()
            return False
        try:
            put = self._restore(self.contents)
        except psycopg.Error:
            put = False
        if not put:
            self.leave()
        return put

    def leave(self) -> None:
        """Close the connection over which rows are put back."""
        if self.connection is not None:
            with contextlib.suppress(psycopg.Error):
                self.connection.close()
            self.connection = None

    def _restore(self, contents: Contents) -> bool:
        if self.connection is None:
            self.connection = psycopg.connect(self.url, autocommit=True, prepare_threshold=0)
            self.connection.execute("SET session_replication_role = replica")
            self.connection.execute("SET lock_timeout = '2s'")
        connection = self.connection
        if not is_alone(connection) or connection.execute(SHAPE).fetchall() != contents.shape:
            return False
        with connection.transaction():
            filled = {name for (name,) in connection.execute(contents.filled.encode())}
            for name in sorted(filled - contents.rows.keys()):
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)), prepare=False)
            for name, rows in contents.rows.items():
                write_rows(connection, name, rows)
            reset_sequences(connection, contents.sequences)
        return True


def is_alone(connection: psycopg.Connection[Any]) -> bool:
    """Tell whether nobody else is connected to this database, waiting a moment for those who are just leaving."""
    until = time.perf_counter() + PATIENCE
    while connection.execute(OTHERS).fetchone() != (0,):
        if time.perf_counter() > until:
            return False
        time.sleep(0.002)
    return True


def write_rows(connection: psycopg.Connection[Any], table: str, rows: bytes) -> None:
    """Replace the rows of a table, where they are no longer these."""
    if read_rows(connection, table) == rows:
        return
    connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)), prepare=False)
    with connection.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
        copy.write(rows)


def reset_sequences(connection: psycopg.Connection[Any], kept: dict[str, tuple[int, int | None]]) -> None:
    """Let every sequence go on where it stood."""
    for name, (start, last) in read_sequences(connection).items():
        if last != kept[name][1]:
            before = kept[name][1]
            connection.execute(
                "SELECT setval(%s::regclass, %s, %s)",
                (f'"{name}"', start if before is None else before, before is not None),
            )
