"""Changes of units prepared for a day to come: nothing happens until then, once on that day, and nothing is lost.

Over 300 lines: every kind of change is taken along the same way, and told apart best side by side.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from sqlalchemy import select

from app.db import session, transaction
from app.jobs.planned_changes import take_up_changes
from app.jobs.schedule import BY_NAME
from app.models import Notification, Office, Person, PlannedUnitChange, Task, Unit, UnitChange
from app.services.verification import CHECKS
from tests.factories import add_person, assign_task, at_noon, browser, found_authority, post
from tests.setup.changing_units import BASIS, inputs, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

TODAY, DAY = date(2026, 11, 18), date(2026, 12, 1)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


def prepare(admin: FlaskClient, kind: str, data: dict[str, Any], **choices: str) -> TestResponse:
    """Look ahead, then prepare as shown for the day; return the page of what was prepared."""
    asked = {"on": "01/12/2026", "basis": BASIS, **data}
    shown = post(admin, f"/setup/units/change/{kind}", {**asked, "preview": "1"})
    assert shown.status_code == 200, words(shown)
    assert "Chuẩn bị sẵn cho ngày 01/12/2026" in words(shown)
    sent = {**inputs(shown), **asked, **choices, "save": "1"}
    return post(admin, f"/setup/units/change/{kind}", sent, follow=True)


def merging(house: House) -> dict[str, Any]:
    return {"olds": [str(house.units["kt"].id)], "into": str(house.units["vhxh"].id)}


def run_on(app: Flask, day: date) -> int:
    with time_machine.travel(at_noon(day), tick=False), app.app_context():
        return take_up_changes()


def lead_of(app: Flask, task_id: int) -> int:
    with app.app_context():
        return session.get_one(Task, task_id).lead_unit_id


def told(app: Flask, person: Person) -> list[tuple[str, str]]:
    with app.app_context():
        query = select(Notification).where(Notification.person_id == person.id).order_by(Notification.id)
        return [(one.rule, str(one.data.get("reason", ""))) for one in session.scalars(query)]


def test_a_merger_waits_for_its_day_and_then_happens_once(app: Flask) -> None:
    house = found_authority(app)
    kt, vhxh = house.units["kt"], house.units["vhxh"]
    task = assign_task(app, house, lead="kt", due=date(2026, 12, 30))
    admin = browser(app, house.people["admin"])
    page = words(prepare(admin, "merge", merging(house)))
    assert "01/12/2026" in page
    assert "Bỏ, không sắp xếp nữa" in page
    assert lead_of(app, task) == kt.id
    for address in ("/setup/", "/setup/unit-changes"):
        shown = words(admin.get(address))
        assert "«Phòng Kinh tế, Hạ tầng và Đô thị» sáp nhập vào «Phòng Văn hóa - Xã hội»" in shown
        assert "01/12/2026" in shown
    later = assign_task(app, house, lead="kt", due=date(2026, 12, 30), title="Việc giao sau khi chuẩn bị")
    assert run_on(app, date(2026, 11, 30)) == 0
    assert lead_of(app, task) == kt.id
    assert run_on(app, DAY) == 1
    assert run_on(app, DAY) == 0
    assert [lead_of(app, one) for one in (task, later)] == [vhxh.id, vhxh.id]
    with app.app_context():
        act = session.scalars(select(UnitChange)).one()
        assert (act.starts_on, act.basis, act.person_id) == (DAY, BASIS, house.people["admin"].id)
        assert session.get_one(Unit, kt.id).abolished_on == DAY
        assert {name: list(check()) for name, check in CHECKS if list(check())} == {}
    assert "unit_change.made" in {rule for rule, _ in told(app, house.people["head_vhxh"])}
    assert "unit_change.made" in {rule for rule, _ in told(app, house.people["admin"])}
    assert "01/12/2026" not in words(admin.get("/setup/"))


def test_the_day_is_taken_up_by_the_scheduler(app: Flask) -> None:
    assert BY_NAME["take_up_changes"].run is take_up_changes


def test_choices_of_the_preview_hold_on_the_day(app: Flask) -> None:
    house = found_authority(app)
    tasks = [assign_task(app, house, lead="kt", due=date(2026, 12, 30), title=name) for name in ("Một", "Hai")]
    admin = browser(app, house.people["admin"])
    data = {"old": str(house.units["kt"].id), "names": "Phòng Kinh tế mới | P. KTM\nPhòng Đô thị mới | P. ĐTM"}
    prepare(admin, "split", data, **{f"to-task-{tasks[1]}-{house.units['kt'].id}": "1"})
    assert run_on(app, DAY) == 1
    with app.app_context():
        names = [session.get_one(Unit, lead_of(app, task)).name for task in tasks]
    assert names == ["Phòng Kinh tế mới", "Phòng Đô thị mới"]


def test_a_new_name_waits_for_its_day(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    unit = house.units["tyt"].id
    data = {"old": str(unit), "name": "Trạm Y tế mới", "on": "01/12/2026", "basis": BASIS, "seen": "Trạm Y tế phường"}
    data["save"] = "1"
    page = words(post(admin, "/setup/units/change/rename", data, follow=True))
    assert "«Trạm Y tế phường» đổi tên thành «Trạm Y tế mới»" in page
    with app.app_context():
        assert session.get_one(Unit, unit).name == "Trạm Y tế phường"
    assert run_on(app, DAY) == 1
    with app.app_context():
        assert session.get_one(Unit, unit).name == "Trạm Y tế mới"


def test_a_name_that_another_unit_has_is_refused_at_once(app: Flask) -> None:
    house = found_authority(app)
    data = {"old": str(house.units["tyt"].id), "name": "Công an phường", "on": "01/12/2026", "basis": BASIS}
    refused = post(browser(app, house.people["admin"]), "/setup/units/change/rename", data)
    assert refused.status_code == 422
    assert "Công an phường" in words(refused)
    with app.app_context():
        assert session.scalars(select(PlannedUnitChange)).all() == []


def test_it_can_be_called_off_before(app: Flask) -> None:
    house = found_authority(app)
    task = assign_task(app, house, lead="kt", due=date(2026, 12, 30))
    admin = browser(app, house.people["admin"])
    prepare(admin, "merge", merging(house))
    with app.app_context():
        planned = session.scalars(select(PlannedUnitChange.id)).one()
    for other in ("secretary", "head_kt"):
        stranger = browser(app, house.people[other])
        assert stranger.get(f"/setup/unit-changes/planned/{planned}").status_code == 403
        assert post(stranger, f"/setup/unit-changes/planned/{planned}/call-off").status_code == 403
    answer = post(admin, f"/setup/unit-changes/planned/{planned}/call-off", follow=True)
    assert "Đã bỏ" in words(answer)
    assert run_on(app, DAY) == 0
    assert lead_of(app, task) == house.units["kt"].id
    assert "01/12/2026" not in words(admin.get("/setup/"))
    again = post(admin, f"/setup/unit-changes/planned/{planned}/call-off", follow=True)
    assert "không còn chờ" in words(again)


def test_what_cannot_be_done_on_the_day_is_told_and_kept(app: Flask) -> None:
    house = found_authority(app)
    with app.app_context(), transaction():
        second = add_person(house.authority.id, "admin2", "Quản trị thứ hai")
        second.is_admin = True
        session.flush()
        session.expunge_all()
    admin = browser(app, house.people["admin"])
    prepare(admin, "merge", merging(house))
    with app.app_context(), transaction():
        session.get_one(Unit, house.units["vhxh"].id).abolished_on = date(2026, 11, 25)
    assert run_on(app, DAY) == 0
    assert run_on(app, DAY) == 0
    for person in (house.people["admin"], second):
        stuck = [reason for rule, reason in told(app, person) if rule == "unit_change.stuck"]
        assert len(stuck) == 1
        assert "đã kết thúc hoạt động nên không thể kế thừa" in stuck[0]
    with app.app_context():
        assert session.get_one(Unit, house.units["kt"].id).abolished_on is None
        planned = session.scalars(select(PlannedUnitChange.id)).one()
    shown = words(admin.get("/setup/"))
    assert "chưa thực hiện được" in shown
    page = words(admin.get(f"/setup/unit-changes/planned/{planned}"))
    assert "không thể kế thừa" in page
    again = admin.get(f"/setup/units/change/merge?planned={planned}")
    assert BASIS in again.text
    mended = {"olds": [str(house.units["kt"].id)], "into": str(house.units["ca"].id), "basis": BASIS}
    with time_machine.travel(at_noon(DAY), tick=False):
        desk = browser(app, house.people["admin"])
        address = f"/setup/units/change/merge?planned={planned}"
        sent = {**mended, "on": "01/12/2026"}
        look = post(desk, address, {**sent, "preview": "1"})
        done = post(desk, address, {**inputs(look), **sent, "save": "1"}, follow=True)
        assert "Đã ghi." in words(done)
        assert "chưa thực hiện được" not in words(desk.get("/setup/"))


def test_what_was_prepared_can_be_changed_before_its_day(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    prepare(admin, "merge", merging(house))
    with app.app_context():
        planned = session.scalars(select(PlannedUnitChange.id)).one()
    address = f"/setup/units/change/merge?planned={planned}"
    assert "Chuẩn bị sẵn cho ngày 01/12/2026" in words(admin.get(address))
    sent = {**merging(house), "on": "05/12/2026", "basis": BASIS}
    look = post(admin, address, {**sent, "preview": "1"})
    post(admin, address, {**inputs(look), **sent, "save": "1"}, follow=True)
    assert run_on(app, DAY) == 0
    assert run_on(app, date(2026, 12, 5)) == 1


@pytest.mark.parametrize(
    ("typed", "meant"), [("1/12", "01/12/2026"), ("15/11", "15/11/2026"), ("1/1", "01/01/2027"), ("1/8", "01/08/2026")]
)
def test_a_day_without_a_year_is_the_nearest(app: Flask, typed: str, meant: str) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    shown = post(admin, "/setup/units/change/merge", {**merging(house), "on": typed, "basis": BASIS, "preview": "1"})
    assert f"từ {meant}" in words(shown)


@pytest.mark.parametrize("other", ["kt", "vhxh"])
def test_what_happens_to_its_units_meanwhile_is_told_at_once(app: Flask, other: str) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    prepare(admin, "merge", merging(house))
    title = "«Phòng Kinh tế, Hạ tầng và Đô thị» sáp nhập vào «Phòng Văn hóa - Xã hội»"
    sent = {"old": str(house.units[other].id), "into": str(house.units["ca"].id), "on": "19/11/2026", "basis": BASIS}
    with time_machine.travel(at_noon(date(2026, 11, 19)), tick=False):
        look = post(admin, "/setup/units/change/abolish", {**sent, "preview": "1"})
        assert f"đã có lần sắp xếp chuẩn bị sẵn cho ngày 01/12/2026: {title}" in words(look)
        done = post(admin, "/setup/units/change/abolish", {**inputs(look), **sent, "save": "1"}, follow=True)
        assert f"«{title}» phải xem lại" in words(done)
        with app.app_context():
            planned = session.scalars(select(PlannedUnitChange.id)).one()
        for address in ("/setup/", "/setup/unit-changes"):
            assert "Phải xem lại: «" in words(admin.get(address))
            assert "said-red" in admin.get(address).text
        page = words(admin.get(f"/setup/unit-changes/planned/{planned}"))
        assert "Phải xem lại trước ngày đó" in page
        assert "đã kết thúc hoạt động" in page


def test_a_new_name_meanwhile_asks_to_look_again(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    prepare(admin, "merge", merging(house))
    unit = house.units["vhxh"]
    assert "Phải xem lại" not in words(admin.get("/setup/unit-changes"))
    with time_machine.travel(at_noon(date(2026, 11, 19)), tick=False):
        asked = f"/setup/units/change/rename?unit={unit.id}"
        assert "chuẩn bị sẵn cho ngày 01/12/2026" in words(admin.get(asked))
        data = {"old": str(unit.id), "name": "Phòng Văn hóa", "on": "19/11/2026", "basis": BASIS, "seen": unit.name}
        post(admin, asked, {**data, "save": "1"})
        assert "Phải xem lại: Sau khi chuẩn bị" in words(admin.get("/setup/unit-changes"))


def test_what_was_chosen_for_the_day_is_shown_and_chosen_again(app: Flask) -> None:
    house = found_authority(app)
    kt = house.units["kt"]
    tasks = [
        assign_task(app, house, lead="kt", due=date(2026, 12, 30), title=name) for name in ("Việc một", "Việc hai")
    ]
    admin = browser(app, house.people["admin"])
    with app.app_context():
        office = session.scalars(select(Office.id).where(Office.unit_id == kt.id)).one()
    data = {"old": str(kt.id), "names": "Phòng Kinh tế mới | P. KTM\nPhòng Đô thị mới | P. ĐTM"}
    chosen = {f"to-task-{tasks[1]}-{kt.id}": "1", f"as-office-{office}-{kt.id}": "deputy_head"}
    page = prepare(admin, "split", data, **chosen)
    said = words(page)
    assert "Vai trò: Thủ trưởng đơn vị → Phó thủ trưởng" in said
    assert "Việc một" in said
    assert re.search(r"Việc hai.{0,80}Phòng Đô thị mới", said)
    assert re.search(r"Việc một.{0,80}Phòng Kinh tế mới", said)
    again = re.search(r'href="(/setup/units/change/split\?planned=\d+)"', page.text)
    assert again
    shown = inputs(admin.get(again[1]))
    assert {name: shown[name] for name in chosen} == chosen
    asked = {"on": "02/12/2026", "basis": BASIS, **data}
    looked = inputs(post(admin, again[1], {**shown, **asked, "preview": "1"}))
    assert {name: looked[name] for name in chosen} == chosen
    post(admin, again[1], {**looked, **asked, "save": "1"})
    assert run_on(app, date(2026, 12, 2)) == 1
    with app.app_context():
        assert session.get_one(Unit, lead_of(app, tasks[1])).name == "Phòng Đô thị mới"
        new = session.scalars(
            select(Office).where(Office.person_id == house.people["head_kt"].id, Office.to_on.is_(None))
        )
        assert [one.kind for one in new] == ["deputy_head"]


def test_another_role_in_the_unit_that_goes_on_takes_effect(app: Flask) -> None:
    house = found_authority(app)
    kt = house.units["kt"]
    admin = browser(app, house.people["admin"])
    with app.app_context():
        office = session.scalars(select(Office.id).where(Office.unit_id == kt.id)).one()
    data = {"old": str(kt.id), "keeps": "y", "names": "Phòng Đô thị mới | P. ĐTM"}
    prepare(admin, "split", data, **{f"as-office-{office}-{kt.id}": "deputy_head"})
    assert run_on(app, DAY) == 1
    with app.app_context():
        held = select(Office).where(Office.unit_id == kt.id).order_by(Office.id)
        assert [(one.kind, one.to_on) for one in session.scalars(held)] == [
            ("head", date(2026, 11, 30)),
            ("deputy_head", None),
        ]
