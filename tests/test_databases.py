"""What a killed test run leaves behind never stops the next one, and never harms a stranger."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import psycopg
import pytest

from app.factory import create_app
from config import Settings
from tests import lending
from tests.databases import PREFIX, Databases, PostgreSQL, remove_server, sweep_servers
from tests.factories import assign_task, found_authority
from tests.reports.conftest import close_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def left_behind(tmp_path: Path, owner: int, server: int) -> Path:
    folder = tmp_path / f"{PREFIX}{owner}-left"
    folder.mkdir()
    (folder / "postmaster.pid").write_text(f"{server}\n{folder}\n", "utf-8")
    return folder


def ended() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
        return process.pid


def test_a_server_that_a_restart_ended_is_only_swept_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = left_behind(tmp_path, owner=ended(), server=ended())
    sweep_servers()
    assert not folder.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="chỉ Linux cho biết một số tiến trình nay là chương trình nào")
def test_a_number_that_now_belongs_to_another_program_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as stranger:
        try:
            remove_server(left_behind(tmp_path, owner=ended(), server=stranger.pid))
            assert stranger.poll() is None
        finally:
            stranger.kill()


@pytest.fixture
def postgres(engine_named: Callable[[str], Databases]) -> Iterator[tuple[PostgreSQL, str]]:
    """Return a maker of databases that has lent none yet, and a template."""
    databases = engine_named("postgresql")
    assert isinstance(databases.kind, PostgreSQL)
    kind = PostgreSQL(databases.kind.server.render_as_string(hide_password=False))
    kind.number = databases.kind.number
    yield kind, databases.template
    kind.close()


def live_in(url: str, folder: Path) -> None:
    """Fill a database as a test would."""
    app = create_app(Settings(database_url=url, var_dir=folder, secret_key="k" * 48, testing=True))
    assign_task(app, found_authority(app))
    close_app(app)


def test_a_database_lent_again_holds_what_its_template_holds(postgres: tuple[PostgreSQL, str], tmp_path: Path) -> None:
    kind, template = postgres
    url = kind.copy(template)
    fresh = lending.read_contents(url)
    assert fresh is not None
    assert "alembic_version" in fresh.rows
    assert not {"person", "task"} & fresh.rows.keys()
    live_in(url, tmp_path)
    lived = lending.read_contents(url)
    assert lived is not None
    assert {"person", "task", "task_count"} < lived.rows.keys()
    kind.drop(url)
    assert kind.copy(template) == url
    assert lending.read_contents(url) == fresh
    kind.drop(url)


def test_a_template_with_rows_gives_them_back(postgres: tuple[PostgreSQL, str], tmp_path: Path) -> None:
    kind, template = postgres
    lived = kind.copy(template)
    live_in(lived, tmp_path)
    url = kind.copy(lived)
    fresh = lending.read_contents(url)
    assert fresh is not None
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE task SET title = 'khác'")
        connection.execute("UPDATE alembic_version SET version_num = 'khác'")
        connection.execute("SELECT nextval('person_id_seq')")
    assert lending.read_contents(url) != fresh
    kind.drop(url)
    assert kind.copy(lived) == url
    assert lending.read_contents(url) == fresh
    kind.drop(url)
    kind.drop(lived)


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE task ADD COLUMN more text",
        "ALTER TABLE task ALTER COLUMN title SET DEFAULT 'x'",
        "DROP INDEX {}",
        "CREATE TABLE more (id int)",
        "DROP TRIGGER task_count_insert ON task",
        "ALTER TABLE task DISABLE TRIGGER task_count_insert",
    ],
)
def test_a_database_of_another_shape_is_not_lent_again(postgres: tuple[PostgreSQL, str], change: str) -> None:
    kind, template = postgres
    url = kind.copy(template)
    with psycopg.connect(url, autocommit=True) as connection:
        index = connection.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'ix_task%'").fetchone()
        assert index is not None
        connection.execute(change.format(index[0]).encode())
    kind.drop(url)
    assert kind.copy(template) != url


def test_a_database_somebody_still_uses_is_not_lent_again(
    postgres: tuple[PostgreSQL, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, template = postgres
    monkeypatch.setattr(lending, "PATIENCE", 0.05)
    url = kind.copy(template)
    with psycopg.connect(url, autocommit=True) as connection:
        kind.drop(url)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    assert kind.copy(template) != url
