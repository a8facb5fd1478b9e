"""Filling an empty database quickly: rows first, then indexes, words and checks over all of them at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

# Without journal, sync and checks of keys: who is interrupted begins anew, and the rows were made to fit each other.
_FAST = ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000", "temp_store=FILE")
_SAFE = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")
_HASH, _USUAL_HASH = 256 << 20, 1 << 20
"""Bytes of words that FTS5 gathers before it writes them out: while it reads everything anew, and usually."""
BUILDERS = 2
"""So many indexes PostgreSQL builds at once: it takes one processor for each."""
_KEPT_ON_SQLITE = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
_WORDS = "SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%content=%'"
_KEPT_ON_POSTGRESQL = """
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


@contextmanager
def loading(engine: Engine) -> Iterator[Connection]:
    """Give a connection to write rows with; at the end of the block come the indexes, and all is committed."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            _outside(connection, _FAST)
            yield from _into_sqlite(connection)
            connection.commit()
            _outside(connection, _SAFE)
        else:
            yield from _into_postgresql(connection)


def _outside(connection: Connection, pragmas: tuple[str, ...]) -> None:
    """Set what cannot be set within a transaction: SQLAlchemy begins none for what goes past it."""
    driver = cast("Any", connection.connection.driver_connection)
    for pragma in pragmas:
        driver.execute(f"PRAGMA {pragma}")


def _into_sqlite(connection: Connection) -> Iterator[Connection]:
    kept = connection.execute(text(_KEPT_ON_SQLITE)).all()
    for kind, name, _ in kept:
        connection.exec_driver_sql(f'DROP {kind} "{name}"')
    yield connection
    for _, _, made in sorted(kept, key=lambda each: each[0] == "trigger"):
        if not made.startswith("CREATE TRIGGER"):
            connection.exec_driver_sql(made)
    for (name,) in connection.execute(text(_WORDS)).all():
        for command in (f"('hashsize', {_HASH})", "('rebuild', NULL)", f"('hashsize', {_USUAL_HASH})"):
            connection.exec_driver_sql(f"INSERT INTO {name} ({name}, rank) VALUES {command}")  # noqa: S608 -- our own
    for kind, _, made in kept:
        if kind == "trigger":
            connection.exec_driver_sql(made)


def _into_postgresql(connection: Connection) -> Iterator[Connection]:
    kept = connection.execute(text(_KEPT_ON_POSTGRESQL)).all()
    for name, _ in kept:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    if connection.scalar(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")):
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
    yield connection
    connection.commit()
    # Words take longest by far, and first.
    made = sorted((made for _, made in kept), key=lambda each: "to_tsvector" not in each)
    with ThreadPoolExecutor(BUILDERS) as builders:
        list(builders.map(partial(_make_index, connection.engine), made))


def _make_index(engine: Engine, made: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '512MB'")
        connection.exec_driver_sql(made)
