"""Engine, session and the only commit of the product.

Over 300 lines: what each engine needs at connecting, writing and committing stands side by side.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, cast

from flask import current_app
from sqlalchemy import JSON, Date, DateTime, Dialect, Engine, MetaData, Text, TypeDecorator, create_engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from app.errors import ChangedMeanwhileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask
    from sqlalchemy import Connection, CursorResult, Executable, Table

_KEY = "dondoc_engine"
_SESSIONS = "dondoc_sessions"
STAMPS = "stamps"
"""Where a session keeps the numbers under which answers may be kept (`queries.stamps`), until it writes."""
# What the databases call a key that is there already.
_TAKEN = frozenset({"23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"})
PATIENCE = 30.0
"""Seconds that a writer waits for another on SQLite before it says that the system is busy."""
# How soon a waiting writer looks again, in seconds: first as long as a short move holds the lock, later less often.
_SOON, _SELDOM, _SLOWER = 0.0003, 0.01, 1.03
_patience: ContextVar[float] = ContextVar("patience", default=PATIENCE)
_writing: ContextVar[bool] = ContextVar("writing", default=False)
_looking: ContextVar[bool] = ContextVar("looking", default=False)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

_WAITING = f"busy_timeout={PATIENCE * 1000:.0f}"
# The last byte of an error's number says its kind, the others say more about it.
_PRIMARY = 0xFF


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC on every engine (SQLite drops the zone by itself)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants; hand SQLite a naive one in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant needs its time zone"
            raise ValueError(message)
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- signature is SQLAlchemy's
        """Give an aware instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Root of all models."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 -- SQLAlchemy reads this plain attribute
        str: Text,
        datetime: UTCDateTime,
        date: Date,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[int]: JSON,
        list[dict[str, Any]]: JSON,
    }


class WatchedSession(Session):
    """A session that forgets with its first change what it knew of the state of the database.

    A page that is only looked at is read without a transaction around it, on engines where each statement of one sees
    what the others committed meanwhile anyway: opening and closing it are two ways to the server and back.
    """

    looking_bind: Engine | None = None

    def get_bind(self, *args: Any, **options: Any) -> Engine | Connection:  # noqa: ANN401 -- as SQLAlchemy has it
        """Return the engine, the one without transactions where nothing will be written."""
        if self.looking_bind is not None and _looking.get() and not _writing.get():
            return self.looking_bind
        return super().get_bind(*args, **options)

    def execute(self, statement: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401 -- as SQLAlchemy has it
        """Run a statement."""
        if getattr(statement, "is_dml", False):
            self.info.pop(STAMPS, None)
        return super().execute(statement, *args, **options)

    def scalars(self, statement: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401 -- as SQLAlchemy has it
        """Run a statement and return the first column."""
        if getattr(statement, "is_dml", False):
            self.info.pop(STAMPS, None)
        return super().scalars(statement, *args, **options)


def _forget_stamps(changed: Session, _context: object) -> None:
    changed.info.pop(STAMPS, None)


def make_engine(url: str) -> Engine:
    """Return an engine for SQLite (WAL, foreign keys, own BEGIN) or PostgreSQL (psycopg 3)."""
    if url.startswith("sqlite"):
        engine = create_engine(
            url, json_serializer=_dump, connect_args={"timeout": PATIENCE}, pool_size=20, max_overflow=20
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    plain = url.replace("postgres://", "postgresql://", 1).replace("postgresql://", "postgresql+psycopg://", 1)
    engine = create_engine(plain, json_serializer=_dump, pool_size=10, max_overflow=10)
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_postgresql(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's own object
    # A page asks for little: where the planner expects much of a word, starting helpers or compiling takes ten times
    # as long as the answer. What really reads a million rows is still shared out.
    for setting in ("parallel_setup_cost = 100000", "jit = off"):
        connection.execute(f"SET {setting}")
    connection.commit()


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's own object
    # Autocommit at the driver: SQLAlchemy's BEGIN below is then the only one, or updates get lost.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "synchronous=NORMAL",
        _WAITING,
        "cache_size=-32000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:  # noqa: ANN401 -- SQLAlchemy's event signature
    own: sqlite3.Connection = connection.connection.driver_connection
    if not _writing.get():
        own.execute("BEGIN")
        return
    # Readers that turn writers halfway lose updates or deadlock: a writer takes the lock at once.
    own.execute("PRAGMA busy_timeout=0")
    try:
        if not _takes_lock(own, time.monotonic() + _patience.get()):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # fails in SQLAlchemy's words
    finally:
        own.execute(f"PRAGMA {_WAITING}")


def _takes_lock(own: sqlite3.Connection, until: float) -> bool:
    """Wait for SQLite's one lock of writers; False where it cannot be had.

    SQLite's own waiting sleeps up to a tenth of a second between two looks: where many write, the lock is mostly free
    while all who want it sleep.
    """
    pause = _SOON
    while True:
        try:
            own.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                return False
            time.sleep(pause)
            pause = min(pause * _SLOWER, _SELDOM)
        else:
            return True


def engine() -> Engine:
    """Return the engine of the current app."""
    found: Engine = current_app.extensions[_KEY]
    return found


def _make_session() -> Session:
    made: Session = current_app.extensions[_SESSIONS]()
    return made


session: scoped_session[Session] = scoped_session(_make_session)  # type: ignore[arg-type]  # any maker of sessions will do


def init_app(app: Flask, url: str) -> None:
    """Give the app its engine, and close the session when a context ends."""
    app.extensions[_KEY] = make_engine(url)
    # Made once: each sessionmaker makes a class.
    own = app.extensions[_KEY]
    # SQLite's transaction is one picture of the whole file, which several statements of a page are glad of.
    looking = None if own.dialect.name == "sqlite" else own.execution_options(isolation_level="AUTOCOMMIT")
    kind = type("AppSession", (WatchedSession,), {"looking_bind": looking})
    app.extensions[_SESSIONS] = sessionmaker(own, class_=kind, expire_on_commit=False)
    event.listen(app.extensions[_SESSIONS], "after_flush", _forget_stamps)
    app.teardown_appcontext(close_session)


def table_of(model: type[Base]) -> Table:
    """Return the table of a model, for statements that need no objects."""
    return cast("Table", model.__table__)


def fetch(statement: Executable, values: Mapping[str, Any]) -> CursorResult[*tuple[Any, ...]]:
    """Run a statement on plain tables, kept ready made, with these values.

    Half the cost of an ORM statement, a tenth of one that is put together anew. What is pending is written first.
    """
    current = session()
    if current.autoflush:
        current.flush()
    if statement.is_dml:
        current.info.pop(STAMPS, None)
    # On the transaction's connection: the session would only look for entities, of which there are none.
    return current.connection().execute(statement, values)


def close_session(_error: BaseException | None = None) -> None:
    """Give the connection back; what was not committed is gone."""
    session.remove()
    _writing.set(False)
    _looking.set(False)


def mark_looking() -> None:
    """Say that this request only looks, before its first statement; what opens a `transaction` writes all the same."""
    _looking.set(True)


def mark_writing() -> None:
    """Say that this request will write, before its first statement."""
    _writing.set(True)


def stop_writing() -> None:
    """Let others write again while a request that will write later reads for long; what it has read is read anew."""
    session.rollback()
    _writing.set(False)


def _turn_to_writing() -> None:
    """Take the lock of writers with the next statement, and keep what was read until now as it was read.

    Where one statement sees what others committed before it (PostgreSQL), the transaction simply goes on. SQLite's
    picture of the file is let go instead: it cannot become a lock.
    """
    if engine().dialect.name == "sqlite":
        session.commit()
    mark_writing()


@contextmanager
def transaction(patience: float = PATIENCE, *, keeps_read: bool = False) -> Iterator[Session]:
    """Open the one transaction of a request or job: leaving commits, raising rolls back.

    :param patience: seconds to wait for who writes just now; where only one can (SQLite), and only where the request
        has not said before that it will write.
    :param keeps_read: what the request has read before is not read anew. Only for what is then written under a
        version or a held row: others may have written meanwhile.
    :raises ChangedMeanwhileError: between being read and written a row was written by somebody else, or added.
    """
    waiting = _patience.set(patience)
    if not _writing.get():
        if keeps_read:
            _turn_to_writing()
        else:
            # A read snapshot cannot become a write lock: start anew.
            session.rollback()
            mark_writing()
    try:
        yield session()
        session.commit()
    except BaseException as error:
        session.rollback()
        if _is_overtaken(error):
            raise ChangedMeanwhileError from error
        raise
    finally:
        _writing.set(False)
        _patience.reset(waiting)


def _is_overtaken(error: BaseException) -> bool:
    """Tell whether somebody else was first: a row's version has moved on, or a key is there already."""
    cause = error.orig if isinstance(error, IntegrityError) else None
    code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
    return isinstance(error, StaleDataError) or code in _TAKEN
