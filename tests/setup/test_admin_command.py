"""The first administrator and a way in, from the command line."""

from __future__ import annotations

import io
import re
import sys
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app import migrations_runner
from app.calling import call
from app.cli import find
from app.db import engine, session
from app.factory import create_app
from app.models import Authority, CalendarDay, Person
from app.services import logins
from config import load_settings

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def environment(empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let roles work on an empty database in a folder of the test's own."""
    monkeypatch.setenv("DATABASE_URL", empty_database_url)
    monkeypatch.setenv("DONDOC_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(sys, "stdin", io.StringIO())


def run(*words: str) -> int:
    found = find(words)
    assert found
    return call(*found)


@pytest.mark.usefixtures("environment")
def test_an_empty_database_gets_its_authority_and_administrator(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("admin", "create-user", "--login", "quantri", "--name", "Nguyễn Quản Trị") == 2
    assert "Thiếu: Tên cơ quan" in capsys.readouterr().err
    monkeypatch.setattr(sys, "stdin", io.StringIO("con trâu đi trước\n"))
    words = ("--authority", "UBND phường Thử", "--login", "quantri", "--name", "Nguyễn Quản Trị", "--password-stdin")
    assert run("admin", "create-user", *words) == 0
    assert run("admin", "create-user", "--name", "Trần Thị Hai", "--login", "hai") == 0
    assert run("admin", "create-user", "--name", "Trần Thị Ba", "--login", "hai") == 2
    captured = capsys.readouterr()
    assert "là của Trần Thị Hai" in captured.err
    link = re.search(r"http://127.0.0.1:8000(/links/\S+)", captured.out)
    assert link
    application = create_app(load_settings())
    with application.app_context():
        authority = session.scalars(select(Authority)).one()
        assert authority.name == "UBND phường Thử"
        assert session.scalar(select(CalendarDay.id).limit(1))
        admins = {person.login: person.is_admin for person in session.scalars(select(Person))}
        assert admins == {"quantri": True, "hai": False}
        assert logins.check_password(logins.person_by_login("quantri"), "con trâu đi trước")
    assert application.test_client().get(link[1]).status_code == 200
    with application.app_context():
        engine().dispose()


@pytest.mark.usefixtures("environment")
def test_a_way_in_is_printed_for_known_people_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("migrate") == 0
    assert "trống (empty)" in capsys.readouterr().out
    assert run("migrate") == 0
    assert migrations_runner.newest() in capsys.readouterr().out
    assert run("admin", "create-user", "--authority", "A", "--name", "Lê Một", "--login", "mot", "--admin") == 0
    assert run("admin", "link", "MOT") == 0
    assert "/links/" in capsys.readouterr().out
    assert run("admin", "link", "nobody") == 2
    assert "Không có ai" in capsys.readouterr().err
