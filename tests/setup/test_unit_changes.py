"""A change of units is refused with a sentence, seen anew when overtaken, written once, and told whom it concerns."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from lxml import html
from sqlalchemy import func, select

from app.clock import now
from app.db import session, transaction
from app.models import (
    Conclusion,
    Event,
    Notice,
    Task,
    Unit,
    UnitChange,
)
from tests.factories import assign_task, at_noon, browser, found_authority, post
from tests.setup.changing_units import BASIS, ON_SQLITE, TODAY, change, inputs, words
from workflows.task import DROPPED, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


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
def test_what_stays_closed_under_the_old_names_is_what_their_lists_show(app: Flask) -> None:
    """A dropped draft counts as never given; the number of each unit opens the list of just these tasks."""
    house = found_authority(app)
    kt = house.units["kt"]
    withdrawn, dropped, _open = (
        assign_task(app, house, lead="kt", due=date(2026, 12, 15), title=title) for title in ("Một", "Hai", "Ba")
    )
    with app.app_context(), transaction():
        session.get_one(Task, withdrawn).state = WITHDRAWN
        session.get_one(Task, dropped).state = DROPPED
    admin = browser(app, house.people["admin"])
    asked = {"olds": [str(kt.id)], "into": str(house.units["vhxh"].id)}
    seen = words(
        post(admin, "/setup/units/change/merge", {**asked, "on": "18/11/2026", "basis": BASIS, "preview": "1"})
    )
    change(admin, "merge", asked)
    report = words(browser(app, house.people["head_vhxh"]).get("/setup/unit-changes/1"))
    told = f"1 nhiệm vụ đã đóng (hoàn thành hoặc thu hồi) và mọi dòng nhật ký: {kt.name} 1"
    assert told in seen
    assert told in report
    secretary = browser(app, house.people["secretary"])
    with_link = html.fromstring(secretary.get("/setup/unit-changes/1").text)
    (href,) = with_link.xpath("//li[contains(., 'đã đóng')]/a[.='1']/@href")
    listed = secretary.get(href).text
    assert "Một" in listed
    assert "Hai" not in html.fromstring(listed).xpath("string(//main//tbody)")
