"""Where a unit helps another, its own date comes first, and red is by that date alone; the lead's stands beside it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session
from app.models import CoordinatingPart
from tests.factories import at_noon, browser, found_authority, take
from tests.home import work
from tests.home.pages import page

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
