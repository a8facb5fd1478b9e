"""A ruling from the queue can be taken back for ten seconds; until then nothing has happened and nobody is told."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.clock import now
from app.db import session, transaction
from app.jobs.held_rulings import carry_out_rulings
from app.models import Event, HeldRuling, Membership, Notification, Task
from tests.factories import at_noon, browser, found_authority, post, take
from tests.home import pages, work
from tests.home.pages import cards
from workflows.holding import DONE, HOLD, REFUSED, SEEN, TAKEN_BACK
from workflows.task import COMPLETED, IN_PROGRESS, REPORTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient


def page(client: FlaskClient) -> str:
    return pages.page(client, "/chair")


def state_of(app: Flask, task: int) -> str:
    with app.app_context():
        return session.get_one(Task, task).state


def outcomes(app: Flask) -> list[str]:
    with app.app_context():
        return [held.outcome for held in session.query(HeldRuling).order_by(HeldRuling.id)]


def told(app: Flask) -> int:
    with app.app_context():
        return session.query(Notification).count()


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    """Stop the clock at noon; `shift` moves it on."""
    with time_machine.travel(at_noon(work.DAY), tick=False) as stopped:
        yield stopped


def test_it_takes_effect_when_its_moment_has_passed_and_not_before(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    task = work.reported(app, house, due=date(2026, 9, 30))
    chair, before = browser(app, house.people["chair"]), told(app)
    text = page(chair)
    assert '<input type="hidden" name="hold" value="1">' in text
    answer = take(chair, "task", task, "confirm", {"hold": "1", "next": "/chair"})
    assert answer.location == "/chair"
    text = page(chair)
    assert cards(text) == []
    assert "có hiệu lực sau" in text
    assert re.search(r'data-held="10"', text)
    with app.app_context():
        assert carry_out_rulings() == 0
    assert post(chair, "/rulings/due", {}).json == {"done": 0, "refused": 0}
    assert (state_of(app, task), told(app)) == (REPORTED, before)

    moment.shift(HOLD)
    with app.app_context():
        assert carry_out_rulings() == 1
        assert carry_out_rulings() == 0
    assert state_of(app, task) == COMPLETED
    assert told(app) > before
    assert outcomes(app) == [DONE]
    with app.app_context():
        event = session.query(Event).filter_by(subject="task", event="confirm").one()
        assert event.actor_id == house.people["chair"].id
    assert "có hiệu lực sau" not in page(chair)


def test_taken_back_nothing_ever_happened(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    task = work.reported(app, house, due=date(2026, 9, 30))
    chair, before = browser(app, house.people["chair"]), told(app)
    take(chair, "task", task, "send_back", {"hold": "1", "next": "/chair", "reason": "Thiếu biên bản kiểm kê"})
    assert post(browser(app, house.people["deputy"]), "/rulings/1/take-back", {}).status_code == 404
    assert post(chair, "/rulings/1/take-back", {}).status_code == 303
    text = page(chair)
    assert cards(text) == [f"task{task}"]
    assert "Đã rút lại" in text
    moment.shift(HOLD)
    with app.app_context():
        assert carry_out_rulings() == 0
    assert (state_of(app, task), told(app), outcomes(app)) == (REPORTED, before, [TAKEN_BACK])
    take(chair, "task", task, "confirm", {"hold": "1"})
    moment.shift(HOLD)
    assert post(chair, "/rulings/due", {}).json == {"done": 1, "refused": 0}
    post(chair, "/rulings/2/take-back", {})
    assert "đã có hiệu lực nên không rút lại được" in page(chair)
    assert state_of(app, task) == COMPLETED


def test_what_is_missing_is_said_at_once(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    task = work.reported(app, house, due=date(2026, 9, 30))
    chair = browser(app, house.people["chair"])
    assert take(chair, "task", task, "send_back", {"hold": "1"}).status_code == 422
    assert take(browser(app, house.people["head_vhxh"]), "task", task, "confirm", {"hold": "1"}).status_code == 403
    assert outcomes(app) == []


def test_what_changed_in_its_moment_is_told_with_the_words(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    task = work.reported(app, house, due=date(2026, 9, 30))
    chair, deputy = browser(app, house.people["chair"]), browser(app, house.people["deputy"])
    take(chair, "task", task, "send_back", {"hold": "1", "reason": "Thiếu biên bản kiểm kê"})
    second = take(deputy, "task", task, "confirm", {"hold": "1"})
    assert second.status_code == 409
    assert "đang có người khác quyết định" in second.get_data(as_text=True)
    assert take(deputy, "task", task, "confirm").status_code == 303  # from the task's own page, at once
    moment.shift(HOLD)
    assert post(chair, "/rulings/due", {}).json == {"done": 0, "refused": 1}
    assert (state_of(app, task), outcomes(app)) == (COMPLETED, [REFUSED])
    text = page(chair)
    assert "chưa có hiệu lực" in text
    assert "Thiếu biên bản kiểm kê" in text
    post(chair, "/rulings/1/seen", {})
    assert "chưa có hiệu lực" not in page(chair)
    assert outcomes(app) == [SEEN]


def test_who_rules_again_in_another_window_is_told_of_the_own_ruling(
    app: Flask, moment: time_machine.Traveller
) -> None:
    house = found_authority(app)
    task = work.reported(app, house, due=date(2026, 9, 30))
    chair = browser(app, house.people["chair"])
    take(chair, "task", task, "confirm", {"hold": "1"})
    second = take(chair, "task", task, "send_back", {"hold": "1", "reason": "Thiếu biên bản kiểm kê"})
    assert second.status_code == 409
    said = second.get_data(as_text=True)
    assert "Bạn vừa quyết định việc này ở một cửa sổ khác" in said
    assert "Thiếu biên bản kiểm kê" in said, "nothing typed is lost"
    moment.shift(HOLD)
    assert post(chair, "/rulings/due", {}).json == {"done": 1, "refused": 0}
    assert state_of(app, task) == COMPLETED


def test_who_was_quicker_is_named_with_the_deed_and_its_hour(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    task = work.reported(app, house, due=date(2026, 9, 30))
    chair = browser(app, house.people["chair"])
    take(chair, "task", task, "confirm", {"hold": "1"})
    moment.shift(timedelta(seconds=4))
    assert take(browser(app, house.people["head_vhxh"]), "task", task, "recall").status_code == 303
    moment.shift(HOLD)
    assert post(chair, "/rulings/due", {}).json == {"done": 0, "refused": 1}
    text = page(chair)
    who = house.people["head_vhxh"].full_name
    assert f"chưa có hiệu lực: {who} đã rút báo cáo lúc 12:00, 16/09/2026" in text
    assert "không còn làm được" in text
    assert "bên dưới" not in text, "nothing was typed"


def test_what_can_be_ruled_on_again_says_so(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    task = work.reported(app, house, due=date(2026, 9, 30))
    chair, desk = browser(app, house.people["chair"]), browser(app, house.people["secretary"])
    take(chair, "task", task, "send_back", {"hold": "1", "reason": "Thiếu biên bản kiểm kê"})
    assert take(desk, "task", task, "check", {"opinion": "Đã đủ"}).status_code == 303
    moment.shift(HOLD)
    assert post(chair, "/rulings/due", {}).json == {"done": 0, "refused": 1}
    text = page(chair)
    assert f"chưa có hiệu lực: {house.people['secretary'].full_name} đã " in text
    assert "hãy xem lại rồi quyết định lại" in text
    assert "Nội dung bạn nhập còn ở bên dưới để chép lại" in text


def test_what_is_recorded_for_the_chair_is_never_held(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    task = work.reported(app, house, due=date(2026, 9, 30))
    desk, chair = browser(app, house.people["secretary"]), house.people["chair"]
    form = {"hold": "1", "recorded_for": chair.id, "basis": "Bút phê ngày 16/9"}
    assert take(desk, "task", task, "confirm", form).status_code == 303
    assert (state_of(app, task), outcomes(app)) == (COMPLETED, [])


def test_an_extension_is_granted_with_the_day_that_was_typed(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    work.extended(app, house)
    chair = browser(app, house.people["chair"])
    later = now().date() + timedelta(days=40)
    answer = take(chair, "extension", 1, "grant", {"hold": "1", "new_due": f"{later:%d/%m/%Y}"})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    moment.shift(HOLD)
    with app.app_context():
        assert carry_out_rulings() == 1
        task = session.query(Task).one()
        assert (task.current_due, task.state) == (later, IN_PROGRESS)


def test_who_lost_the_office_meanwhile_rules_no_more(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    task = work.reported(app, house, due=date(2026, 9, 30))
    take(browser(app, house.people["chair"]), "task", task, "confirm", {"hold": "1"})
    with app.app_context(), transaction():
        seat = session.query(Membership).filter_by(person_id=house.people["chair"].id).one()
        seat.to_on = work.DAY - timedelta(days=1)
    with app.app_context():
        moment.shift(HOLD)
        assert carry_out_rulings() == 0
    assert (state_of(app, task), outcomes(app)) == (REPORTED, [REFUSED])


def test_the_tasks_page_says_to_who_ruled_what_is_held_and_takes_it_back(
    app: Flask, moment: time_machine.Traveller
) -> None:
    house = found_authority(app)
    task = work.reported(app, house, due=date(2026, 9, 30))
    chair, address = browser(app, house.people["chair"]), f"/tasks/{task}"
    assert "Bạn vừa quyết định" not in pages.page(chair, address)
    take(chair, "task", task, "confirm", {"hold": "1", "next": "/chair"})
    moment.shift(timedelta(seconds=3))
    text = pages.page(chair, address)
    assert "Bạn vừa quyết định" in text
    assert 'data-held="7"' in text
    assert "data-held-page" in text
    assert f'action="/moves/task/{task}/send_back"' not in text, "one ruling at a time"
    for other in ("deputy", "secretary", "head_vhxh"):
        if other in house.people:
            assert "Bạn vừa quyết định" not in pages.page(browser(app, house.people[other]), address)
    undo = re.search(r'action="(/rulings/\d+/take-back)"', text)
    assert undo
    assert post(chair, undo[1], {"next": address}).location == address
    assert outcomes(app) == [TAKEN_BACK]
    text = pages.page(chair, address)
    assert "có hiệu lực sau" not in text
    assert f'action="/moves/task/{task}/send_back"' in text
    assert state_of(app, task) == REPORTED


def test_a_held_ruling_on_a_request_stands_on_the_tasks_page(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    work.extended(app, house)
    chair = browser(app, house.people["chair"])
    with app.app_context():
        task = session.query(Task).one().id
    assert 'action="/moves/extension/1/grant"' in pages.page(chair, f"/tasks/{task}")
    take(chair, "extension", 1, "refuse", {"hold": "1", "next": "/chair", "reason": "Còn đủ thời gian"})
    text = pages.page(chair, f"/tasks/{task}")
    assert "Bạn vừa quyết định" in text
    assert 'action="/moves/extension/1/grant"' not in text
    moment.shift(HOLD)
    assert post(chair, "/rulings/due", {}).json == {"done": 1, "refused": 0}
    assert "Bạn vừa quyết định" not in pages.page(chair, f"/tasks/{task}")


def test_nobody_is_led_to_another_house_after_taking_back(app: Flask, moment: time_machine.Traveller) -> None:
    house = found_authority(app)
    task = work.reported(app, house, due=date(2026, 9, 30))
    chair = browser(app, house.people["chair"])
    take(chair, "task", task, "confirm", {"hold": "1", "next": "/chair"})
    assert post(chair, "/rulings/1/take-back", {"next": "//example.org"}).location == "/chair"
