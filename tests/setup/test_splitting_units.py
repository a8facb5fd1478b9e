"""A unit is split, gives a part away, or is abolished: each task and person may be chosen, the rest follows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html
from sqlalchemy import select

from app.clock import now
from app.db import session, transaction
from app.models import (
    Committee,
    CoordinatingPart,
    Office,
    Portfolio,
    Proposal,
    SubTask,
    Task,
    Unit,
)
from app.services.clause_proposals import read_clauses
from tests.factories import assign_task, at_noon, browser, found_authority, post
from tests.setup.changing_units import BASIS, ON_SQLITE, TODAY, act, change, inputs, words
from workflows.coordinating_part import NOTED
from workflows.sub_task import GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


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


def test_a_name_that_a_successor_bears_is_not_told_as_lost_and_the_old_one_means_nobody(app: Flask) -> None:
    house = found_authority(app)
    kt = house.units["kt"]
    with app.app_context(), transaction():
        unit = session.get_one(Unit, kt.id)
        unit.name, unit.short_name, unit.aliases = "Phòng Kinh tế, Hạ tầng và Đô thị", "P. KTHTĐT", ["Phòng Kinh tế"]
    admin = browser(app, house.people["admin"])
    asked = {"old": str(kt.id), "names": "Phòng Kinh tế | P. KT\nPhòng Hạ tầng và Đô thị | P. HTĐT"}
    report = words(change(admin, "split", asked, heads_meant="y"))
    assert "có thể hiểu nhiều cách: Phòng Kinh tế, Hạ tầng và Đô thị; P. KTHTĐT." in report
    text = "1. Phòng Kinh tế, Hạ tầng và Đô thị lập danh mục chợ.\n2. Phòng Kinh tế báo cáo giá cả."
    with app.app_context():
        old, new = read_clauses(text, house.authority.id, TODAY).items
        named = session.scalars(select(Unit.id).where(Unit.name == "Phòng Kinh tế")).one()
    assert old.lead is not None
    assert new.lead is not None
    assert (old.lead.unit_id, new.lead.unit_id) == (None, named)
