"""The board for the meeting room, and both on-time rates of the chair's view."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html
from sqlalchemy import update

from app.db import session, transaction
from app.models import CalendarDay, Task, Unit
from app.queries.stamps import forget_kept
from tests.factories import at_noon, browser, found_authority, take
from tests.home import work
from tests.home.statements import BAR, counting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

DAY = date(2026, 9, 16)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def rates(client: FlaskClient, unit: str) -> list[str]:
    """Give the two rates in a unit's row of the chair's table."""
    page = html.fromstring(client.get("/chair").text)
    row = page.xpath(f"//table[contains(@class,'units')]//tr[th[contains(.,'{unit}')]]")[0]
    return [cell.text_content().strip() for cell in row.xpath("./td")[-2:]]


def done(app: Flask, house: House, *, due: date, moved_to: date | None = None, lead: str = "vhxh") -> None:
    """Let a unit finish a task on the 15th; its date may have been moved before."""
    task_id = work.given_task(app, house, due=due, lead=lead)
    with time_machine.travel(at_noon(date(2026, 9, 1)), tick=False):
        work.move(app, house, task_id, "accept", f"head_{lead}")
        if moved_to:
            given = {"new_due": moved_to, "basis": "ruling", "basis_text": "Ý kiến ngày 1/9"}
            work.move(app, house, task_id, "amend", "chair", given)
    with time_machine.travel(at_noon(date(2026, 9, 15)), tick=False):
        work.move(app, house, task_id, "report", f"head_{lead}", {"result": "Xong"})
        work.move(app, house, task_id, "confirm", "chair")


def test_a_moved_date_counts_in_one_rate_and_not_in_the_other(app: Flask) -> None:
    house = found_authority(app)
    chair = browser(app, house.people["chair"])
    done(app, house, due=date(2026, 9, 15))
    done(app, house, due=date(2026, 9, 9), moved_to=date(2026, 9, 18))
    assert rates(chair, "Văn hóa") == ["100,0\u00a0%", "50,0\u00a0%"]


def test_an_original_date_on_a_rest_day_counts_from_the_next_working_day(app: Flask) -> None:
    house = found_authority(app)
    # Sunday the 13th: what is sent on Monday the 14th is in time, on Tuesday the 15th late.
    done(app, house, due=date(2026, 9, 13), moved_to=date(2026, 9, 18))
    assert rates(browser(app, house.people["chair"]), "Văn hóa") == ["100,0\u00a0%", "0,0\u00a0%"]


def test_an_open_task_whose_date_was_moved_ahead_is_overdue_by_its_first_one(app: Flask) -> None:
    house = found_authority(app)
    done(app, house, due=date(2026, 9, 15))
    task_id = work.given_task(app, house, due=date(2026, 9, 10))
    with time_machine.travel(at_noon(date(2026, 9, 1)), tick=False):
        work.move(app, house, task_id, "accept", "head_vhxh")
        given = {"new_due": date(2026, 9, 30), "basis": "ruling", "basis_text": "Ý kiến"}
        work.move(app, house, task_id, "amend", "chair", given)
    chair = browser(app, house.people["chair"])
    assert rates(chair, "Văn hóa") == ["100,0\u00a0%", "50,0\u00a0%"]
    assert take(chair, "task", task_id, "pause", {"reason": "Chờ", "until": "1/10/2026"}).status_code == 303
    assert rates(chair, "Văn hóa") == ["100,0\u00a0%", "100,0\u00a0%"]


def test_the_board_shows_the_committee_to_its_own_people_only(app: Flask) -> None:
    house = found_authority(app)
    work.given_task(app, house, due=date(2026, 9, 10), title="Việc quá hạn lâu nhất")
    address = f"/board/{house.committee.id}"
    page = browser(app, house.people["chair"]).get(address)
    assert page.status_code == 200
    assert "Việc quá hạn lâu nhất" in page.text
    drawn = browser(app, house.people["member"]).get(f"{address}/picture").get_json()
    assert "Việc quá hạn lâu nhất" in drawn["picture"]
    for stranger in ("head_kt", "admin"):
        for path in (address, f"{address}/picture", f"/chair/{house.committee.id}/units"):
            assert browser(app, house.people[stranger]).get(path).status_code == 404


def test_the_board_never_shows_what_was_kept_of_another_moment(app: Flask) -> None:
    house = found_authority(app)
    due = date(2026, 9, 10), date(2026, 9, 11), date(2026, 9, 25)
    late, later, ahead = (work.given_task(app, house, due=day, title=f"Việc hạn {day}") for day in due)
    member = browser(app, house.people["member"])

    def drawn() -> str:
        return str(member.get(f"/board/{house.committee.id}/picture").get_json()["picture"])

    def renamed() -> None:
        session.execute(update(Task).where(Task.id == late).values(title="Việc đã đổi tên"))
        session.execute(update(Unit).where(Unit.id == house.units["vhxh"].id).values(name="Phòng Văn hóa mới"))

    def off_work() -> None:
        session.add(CalendarDay(authority_id=house.authority.id, day=date(2026, 9, 14), kind="off", name="Nghỉ bù"))

    def report(task_id: int) -> None:
        work.move(app, house, task_id, "accept", "head_vhxh")
        work.move(app, house, task_id, "report", "head_vhxh", {"result": "Xong"})

    def by_hand(change: Callable[[], None]) -> None:
        with app.app_context(), transaction():
            change()

    withdrawn = {"reason": "Không còn cần", "basis": "ruling", "basis_text": "Ý kiến ngày 16/9"}
    amended = {"new_due": date(2026, 9, 28), "basis": "ruling", "basis_text": "Ý kiến ngày 16/9"}
    changes: list[Callable[[], object]] = [
        lambda: work.given_task(app, house, due=date(2026, 9, 9), title="Việc mới, hạn sớm nhất"),
        lambda: by_hand(renamed),
        lambda: by_hand(off_work),
        lambda: report(later),
        lambda: work.move(app, house, later, "confirm", "chair"),
        lambda: work.move(app, house, ahead, "amend", "chair", amended),
        lambda: work.move(app, house, late, "withdraw", "chair", withdrawn),
    ]
    before = drawn()
    for number, change in enumerate(changes):
        change()
        shown = drawn()
        assert shown != before, number
        forget_kept()
        before = drawn()
        assert shown == before, number
    with time_machine.travel(at_noon(date(2026, 9, 29)), tick=False):
        assert drawn() != before, "another day"


@pytest.mark.parametrize("path", ["/chair", "/chair/{}/units", "/board/{}", "/board/{}/picture"])
def test_no_more_than_twelve_statements(app: Flask, path: str) -> None:
    house = found_authority(app)
    for lead in ("vhxh", "kt", "hcc"):
        done(app, house, due=date(2026, 9, 9), moved_to=date(2026, 9, 18), lead=lead)
    chair = browser(app, house.people["chair"])
    chair.get("/chair")
    with counting(app) as statements:
        assert chair.get(path.format(house.committee.id)).status_code == 200
    assert len(statements) <= BAR, "\n\n".join(statements)


def test_the_board_drawn_anew_asks_three_things(app: Flask) -> None:
    house = found_authority(app)
    work.given_task(app, house, due=date(2026, 9, 10))
    chair, path = browser(app, house.people["chair"]), f"/board/{house.committee.id}/picture"
    chair.get(path)
    with counting(app, keeping=True) as statements:
        assert chair.get(path).status_code == 200
    assert len(statements) == 3, "who asks, the committee's period, the words of the longest overdue"
