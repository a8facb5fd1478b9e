"""Every release that was ever made can be brought to this one: its demo is migrated and used as before."""

from __future__ import annotations

import json
import re
import shutil
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from sqlalchemy import select

from app import db, migrations_runner
from app.db import session
from app.factory import create_app
from app.models import MonthlyReport, Notice
from app.queries.paper_text import digest_of
from app.services.verification import CHECKS
from config import Settings
from tests.upgrades.loading import HERE, load
from tests.upgrades.looking import LOGINS, enter, page, what_is_there
from workflows.monthly_report import FROZEN
from workflows.notice import OFFICIAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask

RELEASES = sorted(path.stem for path in HERE.glob("*.json"))
_TASK = re.compile(r'href="(/tasks/\d+)"')


@pytest.fixture(params=RELEASES)
def noted(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return what a release's dump says of itself."""
    found: dict[str, Any] = json.loads((HERE / f"{request.param}.json").read_text("utf-8"))
    return {"name": request.param, **found}


@pytest.fixture
def upgraded(noted: dict[str, Any], empty_database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Return today's application on a release's data, at the moment at which they were made."""
    settings = Settings(database_url=empty_database_url, var_dir=tmp_path / "var", secret_key="k" * 48, testing=True)
    shutil.copytree(HERE / f"{noted['name']}.files", settings.files_dir)
    load(noted["name"], noted["revision"], empty_database_url, tmp_path)
    assert migrations_runner.current(empty_database_url) == noted["revision"]
    migrations_runner.upgrade(settings)
    app = create_app(settings)
    with time_machine.travel(datetime.fromisoformat(noted["at"]), tick=False):
        yield app
    with app.app_context():
        db.engine().dispose()


def test_all_is_there_and_the_main_pages_open(upgraded: Flask, noted: dict[str, Any]) -> None:
    found = what_is_there(upgraded)
    assert {table: found["rows"].get(table, 0) for table in noted["rows"]} == noted["rows"]
    assert found["lists"] == noted["lists"]
    with upgraded.app_context():
        assert [line for _name, check in CHECKS for line in check()] == []
        papers = [
            *session.scalars(select(Notice).where(Notice.state.in_(OFFICIAL))),
            *session.scalars(select(MonthlyReport).where(MonthlyReport.state.in_(FROZEN))),
        ]
        # What was signed still says what was signed.
        assert [paper.id for paper in papers if digest_of(paper) != paper.digest] == []
        addresses = [f"/{'reports' if isinstance(paper, MonthlyReport) else 'notices'}/{paper.id}" for paper in papers]
    assert {address.split("/")[1] for address in addresses} == {"reports", "notices"}
    for login in LOGINS:
        client = enter(upgraded, login)
        page(client, "/")
        task = _TASK.search(page(client, "/tasks/?status=all"))
        assert task
        assert 'class="moment' in page(client, task[1])
    secretary = enter(upgraded, LOGINS[0])
    for address in addresses:
        page(secretary, address)


def test_work_goes_on_where_it_stood(upgraded: Flask) -> None:
    """The next id, code and link of a chain follow on those of the old release."""
    head = enter(upgraded, "donvi")
    text = page(head, "/tasks/?status=open")
    for path in _TASK.findall(text):
        shown = page(head, path)
        token, version = (re.search(rf'name="{name}"[^>]*value="([^"]+)"', shown) for name in ("csrf_token", "version"))
        if f'action="/moves{path.replace("/tasks", "/task")}/progress"' in shown and token and version:
            form = {"csrf_token": token[1], "version": version[1], "note": "Làm tiếp sau khi nâng cấp"}
            assert head.post(f"/moves{path.replace('/tasks', '/task')}/progress", data=form).status_code == 303
            break
    else:
        pytest.fail("no open task on which a line of progress may be written")
    assert "Làm tiếp sau khi nâng cấp" in page(head, path)
    with upgraded.app_context():
        assert [line for _name, check in CHECKS for line in check()] == []
