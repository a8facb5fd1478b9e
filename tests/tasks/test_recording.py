"""What was ruled, asked or answered on paper or by phone: the secretary records it, and the log says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session
from app.models import Event, Extension, Task
from tests.factories import House, assign_task, at_noon, browser, found_authority, post, take
from tests.tasks.test_way import DAY, state_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def asked_for_later(app: Flask, house: House) -> int:
    """Return a task of VHXH, due 30/09/2026, for which its head has asked for 15/10."""
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    unit = browser(app, house.people["head_vhxh"])
    take(unit, "task", task_id, "accept")
    assert post(unit, f"/tasks/{task_id}/extension", {"new_due": "15/10", "reason": "Chờ kinh phí"}).status_code == 303
    return task_id


def test_secretary_records_an_extension_granted_on_paper(app: Flask) -> None:
    house = found_authority(app)
    task_id = asked_for_later(app, house)
    desk, chair_id = browser(app, house.people["secretary"]), house.people["chair"].id
    page = text_of(desk.get(f"/tasks/{task_id}?recording=1"))
    assert 'action="/moves/extension/1/grant"' in page
    assert 'action="/moves/extension/1/refuse"' in page
    given = {"new_due": "12/10/2026", "recorded_for": chair_id, "basis": "Bút phê ngày 16/9/2026"}
    assert take(desk, "extension", 1, "grant", given).status_code == 303
    with app.app_context():
        assert session.get_one(Task, task_id).current_due == date(2026, 10, 12)
        event = session.query(Event).filter_by(subject="extension", event="grant").one()
        assert (event.actor_id, event.on_behalf_of_id) == (house.people["secretary"].id, chair_id)


def test_a_recorded_ruling_that_fails_comes_back_with_all_that_was_typed(app: Flask) -> None:
    house = found_authority(app)
    task_id = asked_for_later(app, house)
    desk, chair_id = browser(app, house.people["secretary"]), house.people["chair"].id
    given = {"new_due": "1/9/2026", "recorded_for": chair_id, "basis": "Bút phê số 7"}
    failed = take(desk, "extension", 1, "grant", given)
    assert failed.status_code == 422
    page = text_of(failed)
    assert f'id="extension-move-grant-for-{chair_id}-basis"' in page
    assert 'value="Bút phê số 7"' in page
    assert 'value="1/9/2026"' in page
    accepted = take(desk, "task", task_id, "pause", {"reason": "Chờ đề án", "recorded_for": chair_id, "basis": ""})
    assert accepted.status_code == 422
    assert text_of(accepted).count("Chờ đề án</textarea>") == 1


def test_secretary_records_a_request_made_on_paper(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    take(browser(app, house.people["head_vhxh"]), "task", task_id, "accept")
    desk, head = browser(app, house.people["secretary"]), house.people["head_vhxh"].id
    asked = {"new_due": "15/10/2026", "reason": "Chờ kinh phí", "recorded_for": head, "basis": "Công văn 12/VHXH"}
    page = text_of(desk.get(f"/tasks/{task_id}?recording=1"))
    assert f'id="move-request-for-{head}-basis"' in page
    bare = post(desk, f"/tasks/{task_id}/extension", asked | {"basis": ""})
    assert bare.status_code == 422
    assert "căn cứ" in text_of(bare).lower()
    assert "Chờ kinh phí" in text_of(bare)
    forged = post(browser(app, house.people["staff_vhxh"]), f"/tasks/{task_id}/extension", asked)
    assert forged.status_code == 403
    assert post(desk, f"/tasks/{task_id}/extension", asked).status_code == 303
    with app.app_context():
        extension = session.query(Extension).one()
        assert (extension.author_id, extension.recorder_id) == (head, house.people["secretary"].id)


def test_secretary_records_a_ruling_given_on_paper(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    take(browser(app, house.people["head_vhxh"]), "task", task_id, "accept")
    take(browser(app, house.people["head_vhxh"]), "task", task_id, "report", {"result": "Xong."})
    desk = browser(app, house.people["secretary"])
    chair_id = house.people["chair"].id
    bare = take(desk, "task", task_id, "confirm", {"recorded_for": chair_id})
    assert bare.status_code == 422
    assert "căn cứ" in text_of(bare).lower()
    done = take(desk, "task", task_id, "confirm", {"recorded_for": chair_id, "basis": "Bút phê ngày 16/9/2026"})
    assert done.status_code == 303
    with app.app_context():
        event = session.query(Event).filter_by(subject="task", event="confirm").one()
        assert (event.actor_id, event.on_behalf_of_id) == (house.people["secretary"].id, chair_id)
        assert event.data["basis_of_record"] == "Bút phê ngày 16/9/2026"


def test_who_recorded_the_report_cannot_record_the_ruling(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    head = house.people["head_vhxh"].id
    desk = browser(app, house.people["secretary"])
    take(desk, "task", task_id, "accept", {"recorded_for": head, "basis": "Điện thoại 9:00"})
    take(desk, "task", task_id, "report", {"result": "Xong", "recorded_for": head, "basis": "Điện thoại 10:00"})
    assert state_of(app, task_id) == "reported"
    refused = take(
        desk, "task", task_id, "confirm", {"recorded_for": house.people["chair"].id, "basis": "Bút phê ngày 16/9"}
    )
    assert refused.status_code == 403
    assert state_of(app, task_id) == "reported"
