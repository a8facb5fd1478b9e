"""Two at the same task in the same moment: what stands between reading it and writing it."""

from __future__ import annotations

import importlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import time_machine
from sqlalchemy import select

from app.db import session
from app.models import Attachment, Event, Progress, Task
from app.services.verification import CHECKS
from tests.factories import assign_task, at_noon, browser, found_authority, take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from flask import Flask
    from flask.testing import FlaskClient

    from app.models import Person

MOVES = importlib.import_module("app.views.moves")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(date(2026, 9, 16)), tick=False):
        yield


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let something happen once, in a transaction of its own, after a move's files were kept and before it is made."""
    keep: Callable[..., Any] = vars(MOVES)["_keep_files"]
    waiting = [act]

    def kept(*parts: Any) -> Any:  # noqa: ANN401 -- passed on as it came
        found = keep(*parts)
        while waiting:
            with ThreadPoolExecutor(1) as pool:
                pool.submit(waiting.pop()).result()
        return found

    monkeypatch.setattr(MOVES, "_keep_files", kept)


class Accepted(NamedTuple):
    """A task that its unit has accepted, and two people of that unit at their browsers."""

    task_id: int
    head: FlaskClient
    staff: FlaskClient
    person: Person
    """Who is the head."""


@pytest.fixture
def accepted(app: Flask) -> Accepted:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    head, staff = browser(app, house.people["head_vhxh"]), browser(app, house.people["staff_vhxh"])
    take(head, "task", task_id, "accept")
    return Accepted(task_id, head, staff, house.people["head_vhxh"])


def logged() -> Sequence[str]:
    """Return what the task's log names; nothing that is checked at night may be wrong."""
    assert [line for _name, check in CHECKS for line in check()] == []
    return session.scalars(select(Event.event).where(Event.subject == "task").order_by(Event.seq)).all()


def test_a_line_of_progress_that_comes_behind_a_report_is_given_back(
    app: Flask, accepted: Accepted, monkeypatch: pytest.MonkeyPatch
) -> None:
    task_id, head, staff, person = accepted
    meanwhile(monkeypatch, lambda: take(head, "task", task_id, "report", {"result": "Đã xong"}))
    answer = take(
        staff, "task", task_id, "progress", {"note": "Còn hai máy chưa kiểm", "evidence": (BytesIO(PNG), "may.png")}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "vừa được người khác thay đổi" in page
    assert f"{person.full_name} đã báo cáo hoàn thành" in page
    assert "Còn hai máy chưa kiểm" in page
    with app.app_context():
        assert session.scalars(select(Progress)).all() == []
        assert session.scalars(select(Attachment)).all() == []
        assert logged() == ["assign", "accept", "report"]


def test_others_write_while_a_move_is_judged_and_each_line_of_progress_is_kept(
    app: Flask, accepted: Accepted, monkeypatch: pytest.MonkeyPatch
) -> None:
    task_id, head, staff, _person = accepted
    meanwhile(monkeypatch, lambda: take(head, "task", task_id, "progress", {"note": "Đã mượn máy quét"}))
    assert take(staff, "task", task_id, "progress", {"note": "Còn hai máy chưa kiểm"}).status_code == 303
    with app.app_context():
        notes = session.scalars(select(Progress.note).order_by(Progress.id)).all()
        assert sorted(notes) == ["Còn hai máy chưa kiểm", "Đã mượn máy quét"]
        assert [line for _name, check in CHECKS for line in check()] == []


def test_a_move_that_another_overtakes_while_it_is_judged_is_given_back(
    app: Flask, accepted: Accepted, monkeypatch: pytest.MonkeyPatch
) -> None:
    task_id, head, _staff, person = accepted
    other = browser(app, person)
    with app.app_context():
        version = {"version": session.scalars(select(Task.version)).one()}
    meanwhile(monkeypatch, lambda: take(other, "task", task_id, "report", {"result": "Đã xong"} | version))
    answer = take(head, "task", task_id, "report", {"result": "Đã kiểm đủ 52 máy"} | version)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Đã kiểm đủ 52 máy" in page
    with app.app_context():
        assert logged() == ["assign", "accept", "report"]
