"""Two units become one, new or already there: all that hangs on them goes along, and who must know is told."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html
from sqlalchemy import func, select

from app.clock import now
from app.db import session, transaction
from app.models import (
    CoordinatingPart,
    Delegation,
    Event,
    Extension,
    Notification,
    Office,
    Portfolio,
    Task,
    Unit,
    UnitChange,
    UnitGroup,
)
from app.queries.choices import unit_choices
from app.queries.notices import unit_names
from app.services.extensions import request_extension
from app.services.verification import CHECKS
from tests.factories import assign_task, at_noon, browser, found_authority, hold_office, post
from tests.setup.changing_units import BASIS, ON_SQLITE, TODAY, act, actor, change, told, words
from workflows.extension import REQUESTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.test import TestResponse


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


class Merger:
    """A house in which two units with all that may hang on a unit are about to become one."""

    def __init__(self, app: Flask) -> None:
        house = self.house = found_authority(app)
        kt, hcc = house.units["kt"], house.units["hcc"]
        mine = self.mine = assign_task(app, house, lead="kt", due=date(2026, 12, 15), title="Rà soát quy hoạch")
        self.helped = assign_task(
            app, house, lead="hcc", due=date(2026, 12, 20), coordinating=("kt",), title="Số hóa hồ sơ"
        )
        self.other = assign_task(
            app, house, lead="vhxh", due=date(2026, 12, 20), coordinating=("kt", "hcc"), title="Việc khác"
        )
        act(app, house, "head_kt", mine, "accept", given={"person": house.people["head_kt"].id})
        with app.app_context(), transaction():
            request_extension(
                session.get_one(Task, mine),
                {"new_due": date(2027, 1, 15), "reason": "Chờ"},
                actor=actor(house, "head_kt"),
            )
            owned = {"authority_id": house.authority.id, "committee_id": house.committee.id}
            session.add(
                Portfolio(**owned, person_id=house.people["deputy"].id, unit_id=kt.id, from_on=date(2026, 1, 1))
            )
            lent = Delegation(
                **owned, from_person_id=house.people["chair"].id, to_person_id=house.people["member"].id, basis="UQ 1",
                unit_ids=[kt.id], from_on=TODAY, recorded_by_id=house.people["secretary"].id, made_at=now(),
            )  # fmt: skip
            session.add(lent)
            session.get_one(Unit, house.units["cntt"].id).parent_id = kt.id
            self.told = session.scalar(select(func.count()).select_from(Notification)) or 0
        self.kt, self.hcc, self.admin = kt, hcc, browser(app, house.people["admin"])
        self.sent = {
            "olds": [str(kt.id), str(hcc.id)], "name": "Trung tâm Dịch vụ công và Hạ tầng", "short_name": "TTDVH",
        }  # fmt: skip

    def make(self) -> TestResponse:
        """Merge them and return the report."""
        return change(self.admin, "merge", self.sent)


@ON_SQLITE
def test_a_preview_names_all_that_hangs_on_the_units(app: Flask) -> None:
    m = Merger(app)
    shown = words(post(m.admin, "/setup/units/change/merge", {**m.sent, "on": "18/11", "basis": BASIS, "preview": "1"}))
    for said in (
        "Rà soát quy hoạch", "Số hóa hồ sơ", "Việc khác", "Bùi Đình Phúc", "Bộ phận CNTT", "Phạm Thu Hằng", "UQ 1",
        "1 đề nghị gia hạn đang chờ đi cùng", "không hoàn tác được", "hơn một thủ trưởng", "Các phòng chuyên môn",
    ):  # fmt: skip
        assert said in shown, said


def test_two_units_become_a_new_one(app: Flask) -> None:
    m = Merger(app)
    house, kt, hcc, mine = m.house, m.kt, m.hcc, m.mine
    m.make()
    with app.app_context():
        new = session.scalars(select(Unit).where(Unit.short_name == "TTDVH")).one()
        for old in (session.get_one(Unit, kt.id), session.get_one(Unit, hcc.id)):
            assert (old.abolished_on, old.successor_id) == (TODAY, new.id)
        assert {session.get_one(Task, each).lead_unit_id for each in (mine, m.helped)} == {new.id}
        assert session.get_one(Task, mine).owner_id == house.people["head_kt"].id, "who came along stays in charge"
        assert session.get_one(Task, mine).original_due == date(2026, 12, 15)
        assert session.scalar(select(Extension.state).where(Extension.task_id == mine)) == REQUESTED
        parts = select(CoordinatingPart.unit_id).where(CoordinatingPart.task_id == m.other)
        assert new.id in set(session.scalars(parts))
        assert session.get_one(Unit, house.units["cntt"].id).parent_id == new.id
        assert not [said for _name, check in CHECKS for said in check()]
        assert {"Phòng Kinh tế", "Bộ phận một cửa", "P. KTHTĐT"} <= set(new.aliases)
        offices = session.execute(
            select(Office.unit_id, Office.from_on, Office.to_on)
            .where(Office.person_id == house.people["head_kt"].id)
            .order_by(Office.from_on)
        ).all()
        assert [tuple(row) for row in offices] == [
            (kt.id, date(2024, 1, 1), TODAY - timedelta(days=1)), (new.id, TODAY, None),
        ]  # fmt: skip
        running = select(Portfolio.unit_id).where(Portfolio.to_on.is_(None))
        assert set(session.scalars(running)) == {house.units["vhxh"].id, new.id}
        assert session.scalars(select(Delegation.unit_ids)).one() == [kt.id, new.id]
        group = session.get_one(UnitGroup, house.group.id if house.group else 0)
        assert {unit.id for unit in group.units} == {house.units["vhxh"].id, new.id}
        living = {choice.id for choice in unit_choices(house.authority.id)}
        assert new.id in living
        assert not living & {kt.id, hcc.id}
        read = {name.id for name in unit_names(house.authority.id)[0]}
        assert not read & {kt.id, hcc.id}


@ON_SQLITE
def test_each_head_is_told_once_with_all_tasks(app: Flask) -> None:
    m = Merger(app)
    house, mine, helped = m.house, m.mine, m.helped
    m.make()
    with app.app_context():
        news = [row for row in told(house.people["head_hcc"].id) if row.rule == "unit_change.made"]
        assert len(news) == 1
        assert session.get_one(Task, mine).code in news[0].data["reason"]
        assert session.get_one(Task, helped).code in news[0].data["reason"]
        assert not session.scalars(select(Notification).where(Notification.rule == "task.follow_unit")).all()
        after = session.scalar(select(func.count()).select_from(Notification))
        assert (after or 0) - m.told == 5, "two heads, the chair, the deputy, the secretary"
        kept = session.scalars(select(UnitChange)).one()
        assert (kept.kind, kept.basis, kept.person_id) == ("merge", BASIS, house.people["admin"].id)
        events = set(session.scalars(select(Event.event).where(Event.subject == "unit_change")))
        assert events == {"merge"}


@ON_SQLITE
def test_the_pages_tell_of_the_merger(app: Flask) -> None:
    m = Merger(app)
    house, mine, kt, admin = m.house, m.mine, m.kt, m.admin
    report = m.make()
    assert "sáp nhập vào «Trung tâm Dịch vụ công và Hạ tầng»" in words(report)
    assert "Bùi Đình Phúc" in words(report)
    page = browser(app, house.people["head_kt"]).get(f"/tasks/{mine}")
    assert "đã chuyển theo đơn vị kế thừa" in words(page)
    assert "Đơn vị chủ trì cũ: Phòng Kinh tế, Hạ tầng và Đô thị" in words(page)
    record = admin.get(f"/setup/units/{kt.id}")
    assert "Trung tâm Dịch vụ công và Hạ tầng" in words(record)
    assert not html.fromstring(record.text).xpath("//main//form")
    bell = browser(app, house.people["head_hcc"]).get("/notifications")
    assert "sáp nhập vào «Trung tâm Dịch vụ công và Hạ tầng»" in words(bell)
    way = html.fromstring(bell.text).xpath("string(//p[@class='news-title'][contains(., 'sáp nhập')]/a/@href)")
    opened = browser(app, house.people["head_hcc"]).get(way)
    assert opened.location == "/setup/unit-changes/1"


@ON_SQLITE
def test_a_merger_into_an_existing_unit_needs_no_new_one(app: Flask) -> None:
    house = found_authority(app)
    kt, vhxh = house.units["kt"], house.units["vhxh"]
    task_id = assign_task(app, house, lead="kt", due=date(2026, 12, 15), coordinating=("vhxh",))
    admin = browser(app, house.people["admin"])
    # The receiving unit picked among the merged ones, too: the others are meant.
    change(admin, "merge", {"olds": [str(kt.id), str(vhxh.id)], "into": str(vhxh.id)})
    with app.app_context():
        assert session.get_one(Task, task_id).lead_unit_id == vhxh.id
        assert not session.scalars(select(CoordinatingPart)).all(), "who leads does not coordinate"
        assert session.get_one(Unit, vhxh.id).abolished_on is None
        assert "Phòng Kinh tế" in session.get_one(Unit, vhxh.id).aliases
        count = select(func.count()).where(Office.unit_id == vhxh.id, Office.kind == "head", Office.to_on.is_(None))
        assert session.scalar(count) == 2
    again = post(admin, "/setup/units/change/merge", {
        "olds": [str(kt.id)], "into": str(vhxh.id), "on": "18/11/2026", "basis": BASIS, "preview": "1",
    })  # fmt: skip
    assert again.status_code == 422, "a closed unit is not offered"


@ON_SQLITE
def test_roles_and_people_are_chosen_in_the_preview(app: Flask) -> None:
    house = found_authority(app)
    kt, vhxh = house.units["kt"], house.units["vhxh"]
    admin = browser(app, house.people["admin"])
    with app.app_context():
        office = session.scalars(select(Office.id).where(Office.unit_id == kt.id)).one()
    chosen = {f"as-office-{office}-{kt.id}": "deputy_head"}
    with app.app_context(), transaction():
        session.get_one(Office, office).title = "Tổ trưởng"
    report = words(change(admin, "merge", {"olds": [str(kt.id)], "into": str(vhxh.id)}, **chosen))
    assert "Vai trò: Thủ trưởng đơn vị → Phó thủ trưởng" in report
    person = words(admin.get(f"/setup/people/{house.people['head_kt'].id}"))
    assert re.search(r"Phó thủ trưởng.{0,60}Phòng Văn hóa - Xã hội|Phòng Văn hóa - Xã hội.{0,60}Phó thủ trưởng", person)
    with app.app_context():
        held = select(Office.kind).where(Office.unit_id == vhxh.id, Office.person_id == house.people["head_kt"].id)
        assert session.scalars(held).one() == "deputy_head"
        titles = select(Office.title).where(Office.unit_id == vhxh.id, Office.kind == "deputy_head")
        assert "Tổ trưởng" not in session.scalars(titles).all(), "the title of the office that ended"


@ON_SQLITE
def test_who_holds_the_office_already_does_not_get_it_twice(app: Flask) -> None:
    house = found_authority(app)
    kt, vhxh = house.units["kt"], house.units["vhxh"]
    with app.app_context(), transaction():
        hold_office(house.people["head_kt"], session.get_one(Unit, vhxh.id), "head", since=date(2026, 6, 1))
    change(browser(app, house.people["admin"]), "merge", {"olds": [str(kt.id)], "into": str(vhxh.id)})
    with app.app_context():
        held = select(func.count()).where(
            Office.person_id == house.people["head_kt"].id, Office.unit_id == vhxh.id, Office.to_on.is_(None)
        )
        assert session.scalar(held) == 1
