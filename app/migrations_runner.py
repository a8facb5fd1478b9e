"""Brings a database to the newest shape; several nodes may start at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from app.db import make_engine

if TYPE_CHECKING:
    from alembic.config import Config

    from config import Settings

_LOCK = 7_011_954
NAMES = ("revision", "down_revision")
HERE = Path(__file__).parent / "migrations"


def alembic_config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, bound to a connection where one is given."""
    from alembic.config import Config  # noqa: PLC0415 -- slow to load, and most starts have nothing to migrate

    config = Config()
    config.set_main_option("script_location", str(HERE))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def newest() -> str:
    """Return the newest revision that the code knows: the one on which no other builds.

    Read from the files, because every start asks and loading Alembic for it takes longer than the rest.
    """
    texts = [path.read_text("utf-8") for path in (HERE / "versions").glob("*.py")]
    named = {name: {found[1] for text in texts if (found := _named(name).search(text))} for name in NAMES}
    heads = named["revision"] - named["down_revision"]
    if len(heads) != 1:
        raise RuntimeError(f"exactly one newest migration expected, found {sorted(heads)}")
    return heads.pop()


def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf'^{name}\b[^=\n]*= "([^"]+)"', re.MULTILINE)


def current(url: str) -> str | None:
    """Return the revision the database has, or None for an empty one."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return found
    finally:
        engine.dispose()


def move(url: str, revision: str = "head", *, down: bool = False) -> None:
    """Migrate the database at `url` up (or down) to a revision, one process at a time."""
    from alembic import command  # noqa: PLC0415 -- slow to load, and most starts have nothing to migrate

    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            postgres = connection.dialect.name == "postgresql"
            if postgres:
                connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
                connection.commit()
            else:
                # Rebuilding a table under foreign keys needs them off, outside of the transaction.
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            config = alembic_config(connection)
            (command.downgrade if down else command.upgrade)(config, revision)
            connection.commit()
            if postgres:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _LOCK})
                connection.commit()
    finally:
        engine.dispose()


def upgrade(settings: Settings) -> None:
    """Migrate the installation's database to the newest revision."""
    if settings.database_url.startswith("sqlite"):
        settings.var_dir.mkdir(parents=True, exist_ok=True)
    move(settings.database_url)
