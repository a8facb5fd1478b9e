"""The working calendar: official years, proposed years, single days; issued dates never move."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html
from sqlalchemy import delete, select

from app.db import session, transaction
from app.models import Authority, CalendarDay, Task
from app.queries.calendars import calendar_of
from app.services.calendar_days import is_provisional, seed_calendar
from tests.factories import assign_task, at_noon, browser, found_authority, post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

TODAY = date(2026, 11, 18)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


def kinds_in(page: str, kind: str) -> list[str]:
    """Return the days of the grid of a kind: off, worked."""
    return [str(cell.text) for cell in html.fromstring(page).xpath(f"//td[contains(@class, 'day-{kind}')]")]


@ON_SQLITE
def test_seeding_gives_the_official_days_and_keeps_what_is_there(app: Flask) -> None:
    house = found_authority(app)
    with app.app_context(), transaction():
        session.execute(delete(CalendarDay))
        mine = CalendarDay(
            authority_id=house.authority.id,
            day=date(2026, 11, 24),
            kind="off",
            name="Ngày của chúng tôi",
            official=True,
        )
        session.add(mine)
        session.flush()
        authority = session.get_one(Authority, house.authority.id)
        assert seed_calendar(authority) > 40
        assert seed_calendar(authority) == 0
        assert session.scalar(select(CalendarDay.name).where(CalendarDay.day == date(2026, 11, 24))) == mine.name
        calendar = calendar_of(authority.id)
        # Decision 45/2018: five working days after Friday 20 November end on Monday 30 November 2026.
        assert calendar.add_working_days(date(2026, 11, 20), 5) == date(2026, 11, 30)
        assert calendar.add_working_days(date(2026, 8, 28), 5) == date(2026, 9, 9)


def test_a_year_shows_its_days_and_a_day_can_be_added_changed_and_dropped(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    task_id = assign_task(app, house, due=date(2026, 11, 27))
    page = admin.get("/setup/calendar?year=2026").text
    assert len(kinds_in(page, "off")) == 14
    assert kinds_in(page, "worked") == ["10", "22"]
    sent = {"day": "27/11/2026", "kind": "off", "name": "Nghỉ tránh bão"}
    assert post(admin, "/setup/calendar?year=2026", sent).location == "/setup/calendar?year=2026"
    with app.app_context():
        row = session.scalars(select(CalendarDay).where(CalendarDay.day == date(2026, 11, 27))).one()
        assert (row.name, row.official) == ("Nghỉ tránh bão", True)
        assert not calendar_of(house.authority.id).is_working(date(2026, 11, 27))
        assert session.get_one(Task, task_id).current_due == date(2026, 11, 27)
    assert post(admin, f"/setup/calendar/days/{row.id}/remove").status_code == 303
    with app.app_context():
        assert calendar_of(house.authority.id).is_working(date(2026, 11, 27))


def test_date_fields_know_days_off_by_the_names_that_were_entered(app: Flask) -> None:
    house = found_authority(app)
    admin, desk = browser(app, house.people["admin"]), browser(app, house.people["secretary"])
    for day, name in (("27/11/2026", "Nghỉ tránh bão | cấp 12"), ("30/10/2026", "Đã qua")):
        post(admin, "/setup/calendar?year=2026", {"day": day, "kind": "off", "name": name})

    with app.app_context(), transaction():
        culture = session.scalars(select(CalendarDay).where(CalendarDay.day == date(2026, 11, 24))).one()
        culture.name = "Ngày Văn hóa Việt Nam 24/11"

    def told() -> str:
        (data,) = html.fromstring(desk.get("/directives/new").text).xpath("//data[@id='calendar']")
        return str(data.get("data-named"))

    assert "2026-11-27 Nghỉ tránh bão   cấp 12|" in told()
    assert "2026-11-24 Ngày Văn hóa Việt Nam 24/11|" in told()
    assert "04-30 Ngày Chiến thắng 30/4" in told().split("|")
    assert "Đã qua" not in told(), "nobody types days gone by as a due date"
    post(desk, "/preferences", {"language": "en", "next": "/"})
    assert "2026-11-24 Vietnam Culture Day|" in told()
    assert "Nghỉ tránh bão" in told()


@ON_SQLITE
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": "28/11/2026"}, "là thứ Bảy hoặc Chủ nhật, vốn đã nghỉ"),
        ({"kind": "work"}, "là ngày thường, vốn đã làm việc"),
        ({"day": "31/2/2026"}, "Lịch không có ngày 31/02/2026."),
        ({"day": ""}, "Hãy nhập ngày."),
    ],
)
def test_wrong_input_gets_a_sentence_and_what_was_typed_stays(app: Flask, wrong: dict[str, str], sentence: str) -> None:
    house = found_authority(app)
    sent = {"day": "27/11/2026", "kind": "off", "name": "Nghỉ tránh bão", **wrong}
    refused = post(browser(app, house.people["admin"]), "/setup/calendar?year=2026", sent)
    assert refused.status_code == 422
    assert sentence in refused.text
    assert "Nghỉ tránh bão" in refused.text


def test_a_later_year_is_proposed_as_provisional_until_confirmed(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    assert "chưa có ngày nghỉ nào" in admin.get("/setup/calendar?year=2027").text
    proposed = post(admin, "/setup/calendar/2027/propose", follow=True)
    assert "Tạm tính." in proposed.text
    assert "tạm tính" in proposed.text
    with app.app_context():
        off = set(session.scalars(select(CalendarDay.day).where(CalendarDay.day >= date(2027, 1, 1))))
        assert {date(2027, 1, 1), date(2027, 2, 8), date(2027, 9, 2), date(2027, 11, 24)} <= off
        assert all(day.weekday() < 5 for day in off)
        assert is_provisional(house.authority.id, 2027)
    swap = {"day": "02/01/2027", "kind": "work", "name": "Làm bù"}
    assert post(admin, "/setup/calendar?year=2027", swap).status_code == 303
    with app.app_context():
        assert is_provisional(house.authority.id, 2027)
    assert "đã là lịch chính thức" in post(admin, "/setup/calendar/2027/confirm", follow=True).text
    with app.app_context():
        assert not is_provisional(house.authority.id, 2027)
    assert "đã có ngày nghỉ chính thức" in post(admin, "/setup/calendar/2027/propose").text
    assert "còn trống" in post(admin, "/setup/calendar/2030/confirm").text
    assert post(admin, "/setup/calendar/1999/propose").status_code == 422
