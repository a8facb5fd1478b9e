"""Puts a release's dump into an empty database: on SQLite as it is, on PostgreSQL table by table."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, MetaData, create_engine, make_url, select
from sqlalchemy.schema import AddConstraint, DropConstraint

from app import migrations_runner
from app.bench.bulk import settle
from app.db import make_engine

if TYPE_CHECKING:
    from sqlalchemy import Engine

HERE = Path(__file__).parent
REVISIONS = "alembic_version"


def load(name: str, revision: str, url: str, folder: Path) -> None:
    """Fill an empty database with a release's dump, in the shape that the release had."""
    if url.startswith("sqlite"):
        _replay(name, Path(str(make_url(url).database)))
        return
    _replay(name, folder / "dump.sqlite3")
    migrations_runner.move(url, revision)
    source, target = create_engine(f"sqlite:///{folder / 'dump.sqlite3'}"), make_engine(url)
    try:
        _translate(source, target)
    finally:
        source.dispose()
        target.dispose()


def _replay(name: str, database: Path) -> None:
    sql = gzip.decompress((HERE / f"{name}.sqlite.sql.gz").read_bytes()).decode()
    with closing(sqlite3.connect(database)) as connection:
        connection.executescript(sql)


def _translate(source: Engine, target: Engine) -> None:
    """Copy every table. Foreign keys are off meanwhile, since tables may name each other; then all must hold."""
    theirs, ours = MetaData(), MetaData()
    theirs.reflect(source)
    ours.reflect(target)
    tables = [table for name, table in ours.tables.items() if name != REVISIONS]
    keys = [key for table in tables for key in table.foreign_key_constraints]
    with source.connect() as reading, target.begin() as writing:
        for key in keys:
            writing.execute(DropConstraint(key))
        for table in tables:
            for column in table.columns:
                if isinstance(column.type, JSON):
                    column.type.none_as_null = True
            rows = [_aware(dict(row)) for row in reading.execute(select(theirs.tables[table.name])).mappings()]
            if rows:
                writing.execute(table.insert(), rows)
        for key in keys:
            writing.execute(AddConstraint(key))
        settle(writing, tables)


def _aware(row: dict[str, Any]) -> dict[str, Any]:
    """Say of the instants of SQLite, which knows no zones, that they are in UTC."""
    return {key: value.replace(tzinfo=UTC) if isinstance(value, datetime) else value for key, value in row.items()}
