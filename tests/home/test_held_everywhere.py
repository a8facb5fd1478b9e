"""A ruling waits wherever its form is drawn: the task's page, a refused form drawn again, several at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session
from app.jobs.held_rulings import carry_out_rulings
from app.models import HeldRuling, Task
from tests.factories import at_noon, browser, found_authority, post, take
from tests.home import pages, work
from workflows.holding import HOLD
from workflows.task import COMPLETED, REPORTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

WAITS = '<input type="hidden" name="hold" value="1">'


def forms(page: str) -> dict[str, bool]:
    """Return the addresses of the moves on a page, and whether each asks to wait; recorded ones beside."""
    found = re.findall(r'<form[^>]* action="(/moves/[^"]+)"[^>]*>(.*?)</form>', page, re.DOTALL)
    return {address: WAITS in inside for address, inside in found if "recorded_for" not in inside}


def state_of(app: Flask, task: int) -> str:
    with app.app_context():
        return session.get_one(Task, task).state


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(at_noon(work.DAY), tick=False) as stopped:
        yield stopped


def held(app: Flask) -> int:
    with app.app_context():
        return session.query(HeldRuling).count()


@pytest.mark.parametrize("login", ["chair", "deputy"])
def test_rulings_on_the_tasks_page_wait(app: Flask, moment: time_machine.Traveller, login: str) -> None:
    house = found_authority(app)
    task = work.reported(app, house)
    client = browser(app, house.people[login])
    found = forms(pages.page(client, f"/tasks/{task}"))
    rulings = {f"/moves/task/{task}/confirm", f"/moves/task/{task}/send_back"}
    assert rulings <= found.keys()
    assert {address for address, waits in found.items() if waits} == rulings


def test_a_ruling_on_a_request_waits_on_the_tasks_page(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    work.extended(app, house)
    with app.app_context():
        task = session.query(Task).one().id
    found = forms(pages.page(browser(app, house.people["chair"]), f"/tasks/{task}"))
    assert found["/moves/extension/1/grant"]
    assert found["/moves/extension/1/refuse"]


def test_what_the_secretary_does_is_made_at_once(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    task = work.reported(app, house)
    desk = browser(app, house.people["secretary"])
    assert not any(forms(pages.page(desk, f"/tasks/{task}")).values())


@pytest.mark.parametrize("given", [{"hold": "1", "next": "/chair"}, {}])
def test_a_refused_ruling_waits_when_it_is_drawn_again_and_leads_back(
    app: Flask, moment: time_machine.Traveller, given: dict[str, str]
) -> None:
    house = found_authority(app)
    task = work.reported(app, house)
    chair = browser(app, house.people["chair"])
    again = take(chair, "task", task, "send_back", given)
    assert again.status_code == 422
    text = again.get_data(as_text=True)
    assert forms(text)[f"/moves/task/{task}/send_back"]
    assert ('name="next" value="/chair"' in text) == bool(given)


def test_several_ruled_on_at_once_wait_and_are_taken_back(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    tasks = [work.reported(app, house) for _ in range(2)]
    chair = browser(app, house.people["chair"])
    boxes = re.findall(r'name="task" value="(\d+:\d+)"', pages.page(chair, "/tasks/together?status=all"))
    assert len(boxes) == 2
    done = post(chair, "/tasks/together", {"task": boxes, "event": "confirm", "next": "/tasks/", "do": "make"})
    assert (done.status_code, done.location) == (303, "/chair")
    assert [state_of(app, task) for task in tasks] == [REPORTED] * 2
    text = pages.page(chair, "/chair")
    assert "2 quyết định" in text
    assert post(chair, "/rulings/1/take-back", {}).status_code == 303
    moment.shift(HOLD)
    with app.app_context():
        assert carry_out_rulings() == 1
    assert [state_of(app, task) for task in tasks] == [REPORTED, COMPLETED]
