"""Out of office: the substitute holds the other's roles from day to day, and the log says on whose behalf."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from lxml import html
from sqlalchemy import select

from app.db import session, transaction
from app.models import Absence, Event, Notification, Person, Task
from tests.factories import assign_task, at_noon, browser, found_authority, hold_office, post, take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

DAY = date(2026, 9, 16)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def away(  # noqa: PLR0913 -- what an absence consists of
    client: FlaskClient, house: House, who: str, instead: str, *, first: str = "16/9/2026", last: str = "18/9/2026"
) -> TestResponse:
    typed: dict[str, Any] = {
        "person_id": house.people[who].id, "substitute_id": house.people[instead].id, "from_on": first, "to_on": last,
        "note": "Đi công tác",
    }  # fmt: skip
    return post(client, "/absences/", typed)


def said(client: FlaskClient, address: str) -> str:
    page = html.fromstring(client.get(address).text)
    return " ".join(page.xpath("//main")[0].text_content().split())


def test_a_substitute_of_the_head_accepts_on_behalf_and_only_in_those_days(app: Flask) -> None:
    house = found_authority(app)
    head, other = browser(app, house.people["head_vhxh"]), browser(app, house.people["head_kt"])
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    assert other.get(f"/tasks/{task_id}").status_code == 404
    assert away(head, house, "head_vhxh", "head_kt").status_code == 303
    assert "Bạn đang làm thay Hoàng Mai Lan" in said(other, "/unit")
    assert "Bạn đang ghi vắng mặt" in said(head, "/unit")
    assert take(other, "task", task_id, "accept").status_code == 303
    assert "Bùi Đình Phúc đã tiếp nhận thay mặt Hoàng Mai Lan" in said(other, f"/tasks/{task_id}")
    with app.app_context():
        written = session.scalars(select(Event).where(Event.event == "accept")).one()
        assert written.on_behalf_of_id == house.people["head_vhxh"].id
    later = assign_task(app, house, due=date(2026, 9, 30), title="Việc thứ hai")
    with app.app_context():
        told = session.scalars(select(Notification.person_id).where(Notification.subject_id == later)).all()
    assert set(told) >= {house.people["head_vhxh"].id, house.people["head_kt"].id}
    with time_machine.travel(at_noon(date(2026, 9, 19)), tick=False):
        assert browser(app, house.people["head_kt"]).get(f"/tasks/{task_id}").status_code == 404


def test_what_is_the_substitutes_own_is_not_done_on_behalf(app: Flask) -> None:
    house = found_authority(app)
    away(browser(app, house.people["head_vhxh"]), house, "head_vhxh", "head_kt")
    task_id = assign_task(app, house, lead="kt", due=date(2026, 9, 30))
    take(browser(app, house.people["head_kt"]), "task", task_id, "accept")
    with app.app_context():
        assert session.scalars(select(Event.on_behalf_of_id).where(Event.event == "accept")).all() == [None]


def test_who_stands_in_for_a_party_does_not_rule(app: Flask) -> None:
    house = found_authority(app)
    away(browser(app, house.people["head_vhxh"]), house, "head_vhxh", "deputy")
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    deputy = browser(app, house.people["deputy"])
    take(deputy, "task", task_id, "accept")
    assert take(deputy, "task", task_id, "report", {"result": "Đã xong"}).status_code == 303
    assert take(deputy, "task", task_id, "confirm").status_code == 403
    assert take(browser(app, house.people["chair"]), "task", task_id, "confirm").status_code == 303


def test_the_chairs_substitute_rules_on_behalf(app: Flask) -> None:
    house = found_authority(app)
    away(browser(app, house.people["chair"]), house, "chair", "member")
    task_id = assign_task(app, house, due=date(2026, 9, 30), lead="kt")
    unit = browser(app, house.people["head_kt"])
    take(unit, "task", task_id, "accept")
    take(unit, "task", task_id, "report", {"result": "Đã xong"})
    member = browser(app, house.people["member"])
    assert "Báo cáo kết quả kiểm kê máy tính bảng" in said(member, "/chair")
    assert take(member, "task", task_id, "confirm").status_code == 303
    with app.app_context():
        assert session.get_one(Task, task_id).state == "completed"
        ruled = session.scalars(select(Event).where(Event.event == "confirm")).one()
        assert ruled.on_behalf_of_id == house.people["chair"].id


def test_what_was_lent_to_the_absent_is_not_lent_on(app: Flask) -> None:
    house = found_authority(app)
    away(browser(app, house.people["head_vhxh"]), house, "head_vhxh", "head_kt")
    # A substitute of the substitute holds only the substitute's own offices.
    away(browser(app, house.people["admin"]), house, "head_kt", "head_hcc")
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    assert browser(app, house.people["head_hcc"]).get(f"/tasks/{task_id}").status_code == 404


@pytest.mark.parametrize(
    ("first", "last", "instead", "sentence"),
    [
        ("18/9/2026", "16/9/2026", "head_kt", "Ngày cuối phải không trước ngày đầu"),
        ("1/9/2026", "15/9/2026", "head_kt", "Thời gian vắng mặt đã qua"),
        ("16/9/2026", "18/9/2026", "head_vhxh", "Người làm thay phải là người khác"),
        ("31/9/2026", "18/9/2026", "head_kt", "31/9/2026"),
    ],
)
def test_wrong_absences_are_refused_in_words(app: Flask, first: str, last: str, instead: str, sentence: str) -> None:
    house = found_authority(app)
    answer = away(browser(app, house.people["head_vhxh"]), house, "head_vhxh", instead, first=first, last=last)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Đi công tác" in answer.text


def test_two_absences_do_not_overlap_and_nobody_away_stands_in(app: Flask) -> None:
    house = found_authority(app)
    head = browser(app, house.people["head_vhxh"])
    assert away(head, house, "head_vhxh", "head_kt").status_code == 303
    assert "trùng những ngày này" in away(head, house, "head_vhxh", "head_hcc").text
    other = away(browser(app, house.people["head_hcc"]), house, "head_hcc", "head_vhxh")
    assert "cũng vắng mặt" in other.text


def test_only_oneself_the_head_and_the_administrator_note_and_end_an_absence(app: Flask) -> None:
    house = found_authority(app)
    stranger = browser(app, house.people["head_kt"])
    assert away(stranger, house, "staff_vhxh", "head_kt").status_code == 422
    assert away(browser(app, house.people["head_vhxh"]), house, "staff_vhxh", "head_kt").status_code == 303
    with app.app_context():
        noted = session.scalars(select(Absence.id)).one()
    assert post(stranger, f"/absences/{noted}/end").status_code == 404
    assert post(browser(app, house.people["staff_vhxh"]), f"/absences/{noted}/end").status_code == 303
    with app.app_context():
        assert session.get_one(Absence, noted).revoked_on == DAY


@pytest.mark.parametrize(("who", "absent"), [("admin", "chair"), ("head_vp", "secretary")])
def test_nobody_takes_another_persons_roles_by_noting_an_absence(app: Flask, who: str, absent: str) -> None:
    house = found_authority(app)
    noting = browser(app, house.people[who])
    refused = away(noting, house, absent, who)
    assert refused.status_code == 422
    assert "không tự làm thay" in refused.text
    assert noting.get("/chair").status_code in {303, 404}
    assert away(noting, house, absent, "member").status_code == 303


def test_who_has_no_office_and_oneself_are_no_substitutes(app: Flask) -> None:
    house = found_authority(app)
    head = browser(app, house.people["head_vhxh"])
    page = html.fromstring(head.get("/absences/").text)
    offered = {option.get("value") for option in page.xpath("//select[@name='substitute_id']/option")}
    assert {str(house.people[one].id) for one in ("head_kt", "chair", "staff_vhxh")} <= offered
    assert not {str(house.people[one].id) for one in ("admin", "head_vhxh")} & offered
    for instead, sentence in (
        ("admin", "không giữ chức vụ nào trong đơn vị hay trong ban"),
        ("head_vhxh", "Người làm thay phải là người khác"),
    ):
        answer = away(head, house, "head_vhxh", instead)
        assert answer.status_code == 422
        assert sentence in answer.text
    nobody = post(head, "/absences/", {"person_id": house.people["head_vhxh"].id, "from_on": "16/9", "to_on": "18/9"})
    assert "Hãy chọn người làm thay trong danh sách." in nobody.text
    with app.app_context():
        assert session.scalars(select(Absence)).all() == []


def test_an_administrator_with_an_office_may_stand_in(app: Flask) -> None:
    house = found_authority(app)
    with app.app_context(), transaction():
        hold_office(session.get_one(Person, house.people["admin"].id), house.units["kt"], "staff")
    assert away(browser(app, house.people["head_vhxh"]), house, "head_vhxh", "admin").status_code == 303
