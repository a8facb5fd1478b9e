"""Where a unit helps another, its own date comes first, and red is by that date alone; the lead's stands beside it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import select

from app.db import session, transaction
from app.jobs.reminders import plan_reminders
from app.models import CoordinatingPart, Unit
from app.queries.unit_inbox import SHOWN
from tests.factories import at_noon, browser, found_authority, post, take
from tests.home import work
from tests.home.pages import page
from workflows.coordinating_part import DELIVERED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(work.DAY), tick=False):
        yield


def helping(app: Flask, due: date, own: str) -> tuple[House, FlaskClient]:
    """Return the head of a unit that helps with a task; `own` is by when it was asked, empty where nothing was."""
    house = found_authority(app)
    task_id = work.given_task(app, house, due=due, coordinating=("kt",))
    lead = browser(app, house.people["head_vhxh"])
    take(lead, "task", task_id, "accept")
    with app.app_context():
        part = session.query(CoordinatingPart).one().id
    if own:
        assert take(lead, "coordinating_part", part, "ask", {"work": "Số liệu hộ", "due": own}).status_code == 303
    return house, browser(app, house.people["head_kt"])


def section(client: FlaskClient) -> str:
    text = page(client, "/unit")
    return text.partition('id="section-part"')[2].partition("</section>")[0]


def test_the_own_date_stands_first_and_the_leads_beside_it(app: Flask) -> None:
    _house, head = helping(app, date(2026, 10, 30), "30/9/2026")
    text = section(head)
    assert 0 < text.index("30/09/2026") < text.index("hạn của đơn vị chủ trì: 30/10/2026")
    news = page(head, "/unit").partition('class="news"')[2]
    assert "hạn phối hợp 30/09/2026 (hạn của đơn vị chủ trì: 30/10/2026)" in news


def test_a_lead_that_is_late_makes_nobody_elses_date_red(app: Flask) -> None:
    _house, head = helping(app, date(2026, 9, 24), "24/9/2026")
    with time_machine.travel(at_noon(date(2026, 9, 28)), tick=False):
        assert "red" in section(browser(app, _house.people["head_kt"]))
    with app.app_context():
        part = session.query(CoordinatingPart).one().id
    assert take(head, "coordinating_part", part, "deliver", {"result": "120 hộ"}).status_code == 303
    with time_machine.travel(at_noon(date(2026, 9, 28)), tick=False):
        assert "red" not in section(browser(app, _house.people["head_kt"]))


def test_without_a_date_of_its_own_it_sees_only_the_leads_in_grey(app: Flask) -> None:
    house, _head = helping(app, date(2026, 9, 24), "")
    with time_machine.travel(at_noon(date(2026, 9, 28)), tick=False):
        text = section(browser(app, house.people["head_kt"]))
    assert "hạn của đơn vị chủ trì: 24/09/2026" in text
    assert "red" not in text
    assert "Chưa nêu việc cần phối hợp" in text


def many_parts(app: Flask, number: int) -> House:
    """Return a house in which a unit helps with so many tasks, the lead's dates one a day, nothing asked yet."""
    house = found_authority(app)
    for day in range(number):
        due = date(2026, 10, 1) + timedelta(days=day)
        work.given_task(app, house, due=due, coordinating=("kt",), title=f"Việc số {day:02}")
    return house


def titles(text: str) -> list[str]:
    return re.findall(r"Việc số (\d\d)", text)


def test_the_first_of_many_are_those_whose_own_date_is_first(app: Flask) -> None:
    house = many_parts(app, SHOWN + 5)
    with app.app_context(), transaction():
        parts = session.scalars(select(CoordinatingPart).order_by(CoordinatingPart.task_id)).all()
        parts[-1].work, parts[-1].due = "Số liệu hộ", date(2026, 9, 18)
        parts[-2].work, parts[-2].due = "Số liệu hộ", date(2026, 12, 30)
    shown = titles(section(browser(app, house.people["head_kt"])))
    assert shown[:2] == [f"{SHOWN + 4}", f"{SHOWN + 3}"], "what was asked comes before what is merely named"
    assert len(shown) == SHOWN
    assert shown[2:] == sorted(shown[2:])


def test_what_was_sent_does_not_keep_what_is_owed_from_the_page(app: Flask) -> None:
    house = many_parts(app, SHOWN + 5)
    with app.app_context(), transaction():
        parts = session.scalars(select(CoordinatingPart).order_by(CoordinatingPart.task_id)).all()
        for part in parts:
            part.work, part.due = "Số liệu hộ", date(2026, 9, 18)
        for part in parts[:-3]:
            part.state, part.delivered_on = DELIVERED, date(2026, 9, 17)
    shown = titles(section(browser(app, house.people["head_kt"])))
    assert shown[:3] == [f"{SHOWN + 5 - left}" for left in (3, 2, 1)]
    assert len(shown) == SHOWN


def test_news_of_a_part_keep_its_date_after_it_was_withdrawn(app: Flask) -> None:
    """Else the part's old day would be read as the due date of the whole task."""
    house, _head = helping(app, date(2026, 10, 30), "30/9/2026")
    with time_machine.travel(at_noon(date(2026, 9, 25)), tick=False):
        with app.app_context():
            plan_reminders()
            part = session.query(CoordinatingPart).one().id
        assert "hạn phối hợp 30/09/2026" in page(browser(app, house.people["head_kt"]), "/notifications")
        lead = browser(app, house.people["head_vhxh"])
        assert take(lead, "coordinating_part", part, "withdraw", {"reason": "Đã có số liệu"}).status_code == 303
        news = page(browser(app, house.people["head_kt"]), "/notifications")
    assert "hạn phối hợp 30/09/2026 (hạn của đơn vị chủ trì: 30/10/2026)" in news
    assert " hạn 30/09/2026" not in news


def test_news_of_a_sub_task_do_not_take_the_date_of_the_units_part(app: Flask) -> None:
    house, _head = helping(app, date(2026, 10, 30), "30/9/2026")
    with app.app_context(), transaction():
        kt = session.get_one(Unit, house.units["kt"].id)
        kt.parent_id = house.units["vhxh"].id
        task_id = session.query(CoordinatingPart).one().task_id
    lead = browser(app, house.people["head_vhxh"])
    given = {"work": "Khảo sát", "sub_unit": house.units["kt"].id, "due": "15/10/2026"}
    assert post(lead, f"/tasks/{task_id}/sub-tasks", given).status_code == 303
    line = page(browser(app, house.people["head_kt"]), "/notifications").partition("Khảo sát")[2].partition("</li>")[0]
    assert "hạn 30/10/2026" in line
    assert "hạn phối hợp" not in line
