"""A held ruling that meets a fault of the program is told and put aside; those behind it take effect."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy.exc import OperationalError

from app.db import session
from app.jobs.held_rulings import carry_out_rulings
from app.models import HeldRuling, Task
from app.services.moves import HANDLERS, Move
from tests.factories import at_noon, browser, found_authority, post, take
from tests.home import pages, work
from workflows import effects as then
from workflows.holding import DONE, HOLD, REFUSED, SEEN, WAITING
from workflows.task import COMPLETED, REPORTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.factories import House


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(at_noon(work.DAY), tick=False) as stopped:
        yield stopped


def break_task(monkeypatch: pytest.MonkeyPatch, task_id: int, error: Exception) -> None:
    """Let what follows from a confirmation fail for one task."""
    usual = HANDLERS[then.MARK_ACCEPTED_REPORT]

    def broken(move: Move) -> None:
        if move.item.id == task_id:
            raise error
        usual(move)

    monkeypatch.setitem(HANDLERS, then.MARK_ACCEPTED_REPORT, broken)


def three_confirmed(app: Flask, moment: time_machine.Traveller) -> tuple[House, list[int]]:
    """Return three tasks whose confirmation waits no longer."""
    house = found_authority(app)
    tasks = [work.reported(app, house, due=date(2026, 9, 30), title=f"Việc {number}") for number in range(3)]
    chair = browser(app, house.people["chair"])
    for task in tasks:
        assert take(chair, "task", task, "confirm", {"hold": "1", "remark": f"Đồng ý {task}"}).status_code == 303
    moment.shift(HOLD)
    return house, tasks


def states(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        held = session.query(HeldRuling).order_by(HeldRuling.id)
        return [(one.outcome, session.get_one(Task, one.item_id).state) for one in held]


PUT_ASIDE = [(REFUSED, REPORTED), (DONE, COMPLETED), (DONE, COMPLETED)]


def test_the_others_take_effect_and_both_are_told(
    app: Flask, moment: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, tasks = three_confirmed(app, moment)
    break_task(monkeypatch, tasks[0], KeyError("measured_unit"))
    with app.app_context():
        assert carry_out_rulings() == 2
    assert states(app) == PUT_ASIDE
    chair = browser(app, house.people["chair"])
    text = pages.page(chair, "/chair")
    assert "chưa có hiệu lực: hệ thống gặp lỗi khi thực hiện" in text
    assert "Quản trị đã được báo" in text
    assert f"Đồng ý {tasks[0]}" in text, "nothing typed is lost"
    assert "KeyError" not in text
    admin = browser(app, house.people["admin"])
    page = pages.page(admin, "/setup/")
    assert "Lỗi khi thực hiện quyết định" in page
    assert f"Nhiệm vụ #{tasks[0]}" in page
    assert f"#{tasks[1]}" not in page
    assert "KeyError, test_ruling_faults.py:" in page
    assert "measured_unit" not in page, "the words of a fault may hold what people wrote"
    post(chair, "/rulings/1/seen", {})
    assert states(app)[0] == (SEEN, REPORTED)
    assert "KeyError" in pages.page(admin, "/setup/"), "read by the chair, not yet mended"
    assert "Lỗi khi thực hiện quyết định" not in pages.page(browser(app, house.people["secretary"]), "/setup/")


def test_the_page_that_counts_down_goes_on_too(
    app: Flask, moment: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, tasks = three_confirmed(app, moment)
    break_task(monkeypatch, tasks[0], AttributeError("part"))
    answer = post(browser(app, house.people["chair"]), "/rulings/due", {})
    assert answer.json == {"done": 2, "refused": 1}
    assert states(app) == PUT_ASIDE


def test_a_database_that_does_not_answer_is_tried_again(
    app: Flask, moment: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    _house, tasks = three_confirmed(app, moment)
    with monkeypatch.context() as patched:
        break_task(patched, tasks[0], OperationalError("", {}, Exception("locked")))
        with app.app_context():
            assert carry_out_rulings() == 2
    assert states(app) == [(WAITING, REPORTED), (DONE, COMPLETED), (DONE, COMPLETED)]
    with app.app_context():
        assert carry_out_rulings() == 1
    assert states(app)[0] == (DONE, COMPLETED)
