"""Units merged, split, renamed and abolished: seen before, done once, kept with a report; the past keeps old names.

Over 300 lines: each act is looked at from the side of everybody whom it moves.
"""

from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pdfplumber
import pytest
import time_machine
from lxml import html
from sqlalchemy import func, select

from app.access import Actor
from app.clock import VIETNAM, now, today
from app.db import session, transaction
from app.models import (
    Committee,
    Conclusion,
    CoordinatingPart,
    Delegation,
    Event,
    Extension,
    MonthlyReport,
    Notice,
    Notification,
    Office,
    Person,
    Portfolio,
    Proposal,
    SubTask,
    Task,
    TaskSpan,
    Unit,
    UnitChange,
    UnitGroup,
)
from app.queries.choices import unit_choices
from app.queries.month_account import month_account
from app.queries.notices import unit_names
from app.queries.periods_of import period_on
from app.queries.standing import standing_of
from app.services.extensions import request_extension
from app.services.moves import make_move
from app.services.verification import CHECKS
from tests.factories import assign_task, at_noon, browser, found_authority, hold_office, post, take
from tests.notices import steps
from workflows.coordinating_part import NOTED
from workflows.extension import REQUESTED
from workflows.sub_task import GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

TODAY = date(2026, 11, 18)
BASIS = "Nghị quyết 12/NQ-HĐND ngày 01/11/2026"
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


def words(answer: TestResponse) -> str:
    return " ".join(html.fromstring(answer.text).text_content().split())


def inputs(answer: TestResponse) -> dict[str, str]:
    """Return what the form of a preview would send as it stands."""
    page = html.fromstring(answer.text)
    found = {
        str(each.get("name")): str(each.get("value") or "") for each in page.xpath("//main//input[@type='hidden']")
    }
    for select_box in page.xpath(
        "//main//select[starts-with(@name, 'to-') or starts-with(@name, 'as-') or @name='first']"
    ):
        found[str(select_box.get("name"))] = str(select_box.xpath("string(option[@selected]/@value)"))
    if page.xpath("//main//input[@name='heads_meant']"):
        # Two heads, or none, are meant in most of these acts; tests/setup/test_heads.py says what happens otherwise.
        found["heads_meant"] = "y"
    return found


def change(admin: FlaskClient, kind: str, data: dict[str, Any], **choices: str) -> TestResponse:
    """Look ahead, then write as shown, with other choices where given; return the report."""
    asked = {"on": "18/11/2026", "basis": BASIS, **data}
    shown = post(admin, f"/setup/units/change/{kind}", {**asked, "preview": "1"})
    assert shown.status_code == 200, words(shown)
    sent = {**inputs(shown), **asked, **choices, "save": "1"}
    return post(admin, f"/setup/units/change/{kind}", sent, follow=True)


def act(  # noqa: PLR0913 -- who does what with which task, in which house
    app: Flask, house: House, login: str, task_id: int, event: str, *, given: dict[str, Any] | None = None
) -> None:
    with app.app_context(), transaction():
        make_move(session.get_one(Task, task_id), event, given or {}, actor=actor(house, login))


def actor(house: House, login: str) -> Actor:
    person = session.get_one(Person, house.people[login].id)
    return Actor(person, standing_of(person, today()))


def told(person_id: int) -> list[Notification]:
    return list(session.scalars(select(Notification).where(Notification.person_id == person_id)))


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
        assert (after or 0) - m.told == 3, "two heads and the secretary"
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
    change(admin, "merge", {"olds": [str(kt.id)], "into": str(vhxh.id)}, **chosen)
    with app.app_context():
        held = select(Office.kind).where(Office.unit_id == vhxh.id, Office.person_id == house.people["head_kt"].id)
        assert session.scalars(held).one() == "deputy_head"


def test_a_split_lets_each_task_and_person_be_chosen(app: Flask) -> None:
    house = found_authority(app)
    vhxh = house.units["vhxh"]
    culture = assign_task(app, house, due=date(2026, 12, 15), title="Lễ hội")
    social = assign_task(app, house, due=date(2026, 12, 16), title="Hộ nghèo")
    helped = assign_task(app, house, lead="kt", due=date(2026, 12, 20), coordinating=("vhxh",), title="Chợ")
    act(app, house, "head_vhxh", social, "accept", given={"person": house.people["staff_vhxh"].id})
    with app.app_context(), transaction():
        paper = Proposal(
            authority_id=house.authority.id, committee_id=house.committee.id, unit_id=vhxh.id, state="drafting",
            author_id=house.people["head_vhxh"].id, title="Mua máy", made_at=now(),
        )  # fmt: skip
        session.add(paper)
        session.flush()
        staff = session.scalars(select(Office.id).where(Office.person_id == house.people["staff_vhxh"].id)).one()
        part = session.scalars(select(CoordinatingPart.id).where(CoordinatingPart.unit_id == vhxh.id)).one()
        proposal_id = paper.id
    admin = browser(app, house.people["admin"])
    asked = {"old": str(vhxh.id), "names": "Phòng Văn hóa | P. VH\nPhòng Xã hội | P. XH"}
    chosen = {
        f"to-task-{social}-{vhxh.id}": "1", f"to-office-{staff}-{vhxh.id}": "1", f"to-part-{part}-{vhxh.id}": "1",
        f"to-proposal-{proposal_id}-{vhxh.id}": "1",
    }  # fmt: skip
    shown = post(admin, "/setup/units/change/split", {**asked, "on": "18/11/2026", "basis": BASIS, "preview": "1"})
    assert "Chưa có thủ trưởng: Phòng Xã hội" in words(shown)
    report = words(change(admin, "split", asked, **chosen))
    assert "Phòng Văn hóa; Phòng Xã hội" in report, "who is in charge of the unit is of both"
    assert "tách thành «Phòng Văn hóa», «Phòng Xã hội»" in report
    assert "không còn chỉ đơn vị nào vì có thể hiểu nhiều cách" in report
    with app.app_context():
        units = {unit.short_name: unit for unit in session.scalars(select(Unit))}
        first, second = units["P. VH"], units["P. XH"]
        assert session.get_one(Task, culture).lead_unit_id == first.id
        moved = session.get_one(Task, social)
        assert (moved.lead_unit_id, moved.owner_id) == (second.id, house.people["staff_vhxh"].id)
        assert set(session.scalars(select(CoordinatingPart.unit_id).where(CoordinatingPart.task_id == helped))) == {
            second.id
        }
        assert session.get_one(Proposal, proposal_id).unit_id == second.id
        assert session.get_one(Unit, vhxh.id).successor_id == first.id
        charge = select(Portfolio.unit_id).where(Portfolio.to_on.is_(None))
        assert set(session.scalars(charge)) == {first.id, second.id}
        head = select(Office.unit_id).where(Office.person_id == house.people["head_vhxh"].id, Office.to_on.is_(None))
        assert set(session.scalars(head)) == {first.id}
        assert (second.kind, second.parent_id) == ("department", None)
    record = words(admin.get(f"/setup/units/{vhxh.id}"))
    assert "Phòng Văn hóa; Phòng Xã hội" in record


@ON_SQLITE
def test_a_unit_that_gives_a_part_away_goes_on(app: Flask) -> None:
    house = found_authority(app)
    vhxh = house.units["vhxh"]
    stays = assign_task(app, house, due=date(2026, 12, 15), title="Ở lại")
    goes = assign_task(app, house, due=date(2026, 12, 16), title="Ra đi")
    admin = browser(app, house.people["admin"])
    asked = {"old": str(vhxh.id), "keeps": "y", "names": "Phòng Xã hội"}
    change(admin, "split", asked, **{f"to-task-{goes}-{vhxh.id}": "1"})
    with app.app_context():
        old = session.get_one(Unit, vhxh.id)
        assert (old.abolished_on, "Phòng VHXH" in old.aliases) == (None, True)
        assert session.get_one(Task, stays).lead_unit_id == vhxh.id
        assert session.get_one(Task, goes).lead_unit_id != vhxh.id
        assert (
            session.scalar(
                select(Office.to_on).where(Office.unit_id == vhxh.id, Office.person_id == house.people["head_vhxh"].id)
            )
            is None
        )
        charge = set(session.scalars(select(Portfolio.unit_id).where(Portfolio.to_on.is_(None))))
        assert charge == {vhxh.id, session.get_one(Task, goes).lead_unit_id}


@ON_SQLITE
def test_another_default_takes_along_what_was_not_chosen(app: Flask) -> None:
    house = found_authority(app)
    vhxh = house.units["vhxh"]
    task_id = assign_task(app, house, due=date(2026, 12, 15))
    admin = browser(app, house.people["admin"])
    asked = {"old": str(vhxh.id), "names": "Phòng Văn hóa\nPhòng Xã hội", "on": "18/11/2026", "basis": BASIS}
    shown = post(admin, "/setup/units/change/split", {**asked, "preview": "1"})
    again = post(admin, "/setup/units/change/split", {**inputs(shown), **asked, "first": "1", "preview": "1"})
    assert inputs(again)[f"to-task-{task_id}-{vhxh.id}"] == "1"


def test_an_abolished_unit_gives_what_it_has_to_its_successor(app: Flask) -> None:
    house = found_authority(app)
    old, heir = house.units["vp"], house.units["vhxh"]
    task_id = assign_task(app, house, lead="vp", due=date(2026, 12, 15))
    admin = browser(app, house.people["admin"])
    asked = {"old": str(old.id), "on": "18/11/2026", "basis": BASIS}
    alone = post(admin, "/setup/units/change/abolish", {**asked, "preview": "1"})
    assert "Hãy chọn đơn vị kế thừa" in words(alone)
    assert "save" not in html.fromstring(alone.text).xpath("//button/@name")
    forced = post(admin, "/setup/units/change/abolish", {**asked, **inputs(alone), "save": "1"})
    assert forced.status_code == 422
    change(admin, "abolish", {"old": str(old.id), "into": str(heir.id)})
    with app.app_context():
        assert session.get_one(Task, task_id).lead_unit_id == heir.id
        assert session.get_one(Unit, house.units["cntt"].id).parent_id == heir.id
        assert session.get_one(Committee, house.committee.id).standing_unit_id == heir.id


@ON_SQLITE
def test_parts_that_were_noted_stay_and_sub_tasks_follow(app: Flask) -> None:
    house = found_authority(app)
    old, heir = house.units["cntt"], house.units["kt"]
    ids = [assign_task(app, house, lead="vp", due=date(2026, 12, 15), coordinating=("cntt",)) for _ in range(2)]
    with app.app_context(), transaction():
        done = session.scalars(select(CoordinatingPart).where(CoordinatingPart.task_id == ids[0])).one()
        done.state, done.delivered_on, done.result = NOTED, TODAY, "Xong"
        piece = SubTask(
            authority_id=house.authority.id, task_id=ids[0], state=GIVEN, work="Cài máy", sub_unit_id=old.id,
            author_id=house.people["head_vp"].id, made_at=now(),
        )  # fmt: skip
        session.add(piece)
    change(browser(app, house.people["admin"]), "abolish", {"old": str(old.id), "into": str(heir.id)})
    with app.app_context():
        parts = select(CoordinatingPart.task_id, CoordinatingPart.unit_id)
        assert dict(session.execute(parts).all()) == {ids[0]: old.id, ids[1]: heir.id}
        assert session.scalars(select(SubTask.sub_unit_id)).one() == heir.id


@ON_SQLITE
def test_a_successor_below_the_ended_unit_is_lifted(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    change(admin, "abolish", {"old": str(house.units["vp"].id), "into": str(house.units["cntt"].id)})
    with app.app_context():
        heir = session.get_one(Unit, house.units["cntt"].id)
        assert (heir.parent_id, heir.abolished_on) == (None, None)


@ON_SQLITE
@pytest.mark.parametrize(
    ("kind", "wrong", "sentence"),
    [
        ("merge", {"basis": ""}, "Hãy ghi căn cứ"),
        ("merge", {"into": "", "name": ""}, "một đơn vị nhận"),
        ("merge", {"olds": []}, "ít nhất một đơn vị được sáp nhập"),
        ("merge", {"into": "", "name": "Công an phường"}, "Đã có đơn vị tên «Công an phường»"),
        ("merge", {"into": "", "name": "Trung tâm mới", "short_name": "CAP"}, "đang chỉ đơn vị «Công an phường»"),
        ("split", {"names": "Phòng Một"}, "ít nhất hai đơn vị"),
        ("split", {"names": "Phòng Một\nphong mot"}, "được ghi hai lần"),
        ("abolish", {"into": "kt"}, "không thể kế thừa chính nó"),
    ],
)
def test_wrong_input_gets_a_sentence_and_what_was_typed_stays(
    app: Flask, kind: str, wrong: dict[str, Any], sentence: str
) -> None:
    house = found_authority(app)
    kt, vhxh = house.units["kt"], house.units["vhxh"]
    right = {"olds": [str(kt.id)], "old": str(kt.id), "on": "18/11/2026", "basis": BASIS}
    sent = {**right, **({} if kind == "split" else {"into": str(vhxh.id)}), **wrong}
    if sent.get("into") == "kt":
        sent["into"] = str(kt.id)
    refused = post(browser(app, house.people["admin"]), f"/setup/units/change/{kind}", {**sent, "preview": "1"})
    assert refused.status_code == 422
    assert sentence in words(refused)
    assert (BASIS in refused.text) == ("basis" not in wrong)


def test_what_changed_since_the_preview_is_shown_again(app: Flask) -> None:
    house = found_authority(app)
    kt, vhxh = house.units["kt"], house.units["vhxh"]
    first, second = browser(app, house.people["admin"]), browser(app, house.people["admin"])
    asked = {"olds": [str(kt.id)], "into": str(vhxh.id), "on": "18/11/2026", "basis": BASIS}
    shown = post(first, "/setup/units/change/merge", {**asked, "preview": "1"})
    assign_task(app, house, lead="kt", due=date(2026, 12, 15), title="Mới giao xen vào")
    stale = post(first, "/setup/units/change/merge", {**inputs(shown), **asked, "save": "1"})
    assert stale.status_code == 422
    assert "dữ liệu của các đơn vị này đã thay đổi" in words(stale)
    assert "Mới giao xen vào" in stale.text
    # Another administrator is quicker: the second is told that the unit is gone.
    change(second, "merge", {"olds": [str(kt.id)], "into": str(house.units["hcc"].id)})
    late = post(first, "/setup/units/change/merge", {**inputs(stale), **asked, "save": "1"})
    assert late.status_code == 422
    with app.app_context():
        assert session.get_one(Unit, kt.id).successor_id == house.units["hcc"].id
        assert session.scalar(select(func.count()).select_from(UnitChange)) == 1


def test_of_two_administrators_at_once_one_writes(app: Flask) -> None:
    house = found_authority(app)
    kt = house.units["kt"]
    task_id = assign_task(app, house, lead="kt", due=date(2026, 12, 15))
    ready = []
    for heir in ("vhxh", "hcc"):
        admin = browser(app, house.people["admin"])
        asked = {"olds": [str(kt.id)], "into": str(house.units[heir].id), "on": "18/11/2026", "basis": BASIS}
        shown = post(admin, "/setup/units/change/merge", {**asked, "preview": "1"})
        ready.append((admin, {**inputs(shown), **asked, "save": "1"}))
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda one: post(one[0], "/setup/units/change/merge", one[1]).status_code, ready))
    assert sorted(found) == [303, 422]
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(UnitChange)) == 1
        assert session.get_one(Task, task_id).lead_unit_id == session.get_one(Unit, kt.id).successor_id
        moves = select(func.count()).where(Event.subject == "task", Event.event == "follow_unit")
        assert session.scalar(moves) == 1


@ON_SQLITE
def test_a_notice_under_signature_must_be_issued_first(app: Flask) -> None:
    house = found_authority(app)
    kt, vhxh = house.units["kt"], house.units["vhxh"]
    with app.app_context(), transaction():
        notice = Notice(
            authority_id=house.authority.id, committee_id=house.committee.id, state="submitted", doc_type="TB",
            subject="Kết luận tháng 11", made_at=now(),
        )  # fmt: skip
        session.add(notice)
        session.flush()
        clause = Conclusion(
            authority_id=house.authority.id, notice_id=notice.id, state="drafted", position=1, text="Giao …",
            kind="task", lead_unit_id=kt.id, coordinating_ids=[], made_at=now(),
        )  # fmt: skip
        session.add(clause)
        session.flush()
        ids = notice.id, clause.id
    admin = browser(app, house.people["admin"])
    asked = {"olds": [str(kt.id)], "into": str(vhxh.id)}
    sent = {**asked, "on": "18/11/2026", "basis": BASIS, "preview": "1"}
    shown = words(post(admin, "/setup/units/change/merge", sent))
    assert "«Kết luận tháng 11» đang chờ ký" in shown
    with app.app_context(), transaction():
        session.get_one(Notice, ids[0]).state = "drafting"
    change(admin, "merge", asked)
    with app.app_context():
        assert session.get_one(Conclusion, ids[1]).lead_unit_id == vhxh.id, "a draft follows"


def test_months_before_keep_the_old_unit_signed_or_not(app: Flask) -> None:
    house = found_authority(app)
    kt, vhxh = house.units["kt"], house.units["vhxh"]
    with time_machine.travel(datetime(2026, 9, 20, 9, tzinfo=VIETNAM), tick=False):
        done = assign_task(app, house, lead="kt", due=date(2026, 10, 5), title="Đã xong")
        still = assign_task(app, house, lead="kt", due=date(2026, 12, 30), title="Còn dở")
    with time_machine.travel(datetime(2026, 10, 2, 9, tzinfo=VIETNAM), tick=False):
        act(app, house, "head_kt", done, "accept")
        act(app, house, "head_kt", done, "report", given={"result": "Xong"})
        act(app, house, "chair", done, "confirm")
    month = f"/reports/{house.committee.id}/2026-09-15"
    with time_machine.travel(datetime(2026, 10, 16, 9, tzinfo=VIETNAM), tick=False):
        desk, chair = browser(app, house.people["secretary"]), browser(app, house.people["chair"])
        post(desk, f"{month}/open")
        for who, event in ((desk, "draft"), (desk, "submit"), (chair, "sign")):
            assert take(who, "monthly_report", 1, event).status_code == 303, event
    with app.app_context():
        figures = json.dumps(session.get_one(MonthlyReport, 1).figures, sort_keys=True)
    change(browser(app, house.people["admin"]), "merge", {"olds": [str(kt.id)], "into": str(vhxh.id)})
    with app.app_context():
        committee = session.get_one(Committee, house.committee.id)
        assert json.dumps(session.get_one(MonthlyReport, 1).figures, sort_keys=True) == figures
        unsigned = month_account(committee, period_on(committee.id, date(2026, 11, 1)))
        assert [(line.name, line.line.in_time) for line in unsigned.units] == [(kt.name, 1)]
        current = month_account(committee, period_on(committee.id, TODAY))
        assert {line.name: (line.line.moved_out, line.line.moved_in) for line in current.units} == {
            kt.name: (1, 0), vhxh.name: (0, 1),
        }  # fmt: skip
        spans = select(TaskSpan.lead_unit_id, TaskSpan.began_at).where(TaskSpan.task_id == still)
        assert [tuple(row) for row in session.execute(spans.order_by(TaskSpan.seq))][-1] == (vhxh.id, at_noon(TODAY))
        assert session.get_one(Task, done).lead_unit_id == kt.id, "what is closed stays with the old name"
    assert "Phòng Kinh tế, Hạ tầng và Đô thị" in words(browser(app, house.people["secretary"]).get(month))


def test_a_new_name_leaves_the_past_as_it_was(app: Flask) -> None:
    house = found_authority(app)
    kt = house.units["kt"]
    with time_machine.travel(datetime(2026, 10, 20, 9, tzinfo=VIETNAM), tick=False):
        task_id = assign_task(app, house, lead="hcc", due=date(2026, 12, 15))
        other = assign_task(app, house, lead="kt", due=date(2026, 12, 15))
        act(app, house, "chair", other, "reassign", given={"lead_unit": house.units["hcc"].id, "reason": "Đúng việc"})
        act(app, house, "chair", task_id, "reassign", given={"lead_unit": kt.id, "reason": "Đúng việc"})
    admin = browser(app, house.people["admin"])
    form = admin.get(f"/setup/units/change/rename?unit={kt.id}")
    assert kt.name in form.text
    sent = {
        "old": str(kt.id), "name": "Phòng Kinh tế và Đô thị", "short_name": "P. KTĐT", "on": "16/11/2026",
        "basis": BASIS, "seen": kt.name,
    }  # fmt: skip
    report = post(admin, "/setup/units/change/rename", sent, follow=True)
    assert "đổi tên thành «Phòng Kinh tế và Đô thị»" in words(report)
    with app.app_context():
        unit = session.get_one(Unit, kt.id)
        assert (unit.name, unit.abolished_on) == ("Phòng Kinh tế và Đô thị", None)
        assert {kt.name, "P. KTHTĐT"} <= set(unit.aliases)
        assert session.get_one(Task, task_id).lead_unit_id == kt.id
        committee = session.get_one(Committee, house.committee.id)
        before = month_account(committee, period_on(committee.id, date(2026, 11, 14)))
        assert kt.name in {line.name for line in before.units}
        after = month_account(committee, period_on(committee.id, TODAY))
        assert "Phòng Kinh tế và Đô thị" in {line.name for line in after.units}
        assert [row.rule for row in told(house.people["head_kt"].id)][-1] == "unit_change.made"
    page = words(browser(app, house.people["chair"]).get(f"/tasks/{other}"))
    assert f"Đơn vị chủ trì cũ: {kt.name}" in page
    record = words(admin.get(f"/setup/units/{kt.id}"))
    assert f"Tên cũ: {kt.name} (đến hết 15/11/2026)" in record
    stale = post(admin, "/setup/units/change/rename", {**sent, "name": "Phòng Khác", "on": "18/11/2026"})
    assert stale.status_code == 422
    assert "vừa được người khác đổi tên" in words(stale)
    early = {**sent, "name": "Phòng Khác", "on": "10/11/2026", "seen": "Phòng Kinh tế và Đô thị"}
    assert "đã có lần sắp xếp từ 16/11/2026" in words(post(admin, "/setup/units/change/rename", early))


@ON_SQLITE
def test_the_report_is_for_whom_it_concerns(app: Flask) -> None:
    house = found_authority(app)
    assign_task(app, house, lead="kt", due=date(2026, 12, 15), title="Việc không phải của ai cũng biết")
    admin = browser(app, house.people["admin"])
    change(admin, "merge", {"olds": [str(house.units["kt"].id)], "into": str(house.units["vhxh"].id)})
    assert browser(app, house.people["head_ca"]).get("/setup/unit-changes/1").status_code == 404
    heir = browser(app, house.people["head_vhxh"]).get("/setup/unit-changes/1")
    assert "Việc không phải" in heir.text
    assert "sáp nhập vào" in words(admin.get("/setup/unit-changes"))
    assert browser(app, house.people["head_vhxh"]).get("/setup/unit-changes").status_code == 403


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


def paper_of(client: FlaskClient, notice_id: int) -> list[str]:
    answer = client.get(f"/notices/{notice_id}/paper.pdf")
    with pdfplumber.open(io.BytesIO(answer.data)) as opened:
        return [page.extract_text() for page in opened.pages]


@ON_SQLITE
def test_papers_of_the_past_stay_as_they_were_and_old_names_are_read_anew(app: Flask) -> None:
    house = found_authority(app)
    kt, vhxh = house.units["kt"], house.units["vhxh"]
    desk, chair = browser(app, house.people["secretary"]), browser(app, house.people["chair"])
    notice_id = steps.compose(desk, house)
    steps.complete(app, desk, notice_id)
    steps.issue(desk, chair, notice_id)
    before = paper_of(desk, notice_id)
    assert kt.name in " ".join(before)
    admin = browser(app, house.people["admin"])
    with time_machine.travel(at_noon(date(2026, 11, 20)), tick=False):
        admin = browser(app, house.people["admin"])
        day = {"on": "20/11/2026"}
        change(admin, "merge", {"olds": [str(kt.id)], "into": str(vhxh.id), **day})
        sent = {"old": str(house.units["cntt"].id), "name": "Tổ Công nghệ số", "basis": BASIS, **day}
        assert post(admin, "/setup/units/change/rename", sent).status_code == 303
        desk = browser(app, house.people["secretary"])
        assert paper_of(desk, notice_id) == before
        # A text of today that still says the old names means the successor.
        text = "1. Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì rà soát quy hoạch trước ngày 15/12/2026."
        later = steps.compose(desk, house, text)
        assert steps.clauses_of(app, later)[0].lead_unit_id == vhxh.id
