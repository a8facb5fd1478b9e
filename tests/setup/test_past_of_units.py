"""The past keeps the old names: months before the change, signed or not, papers, and a unit's record."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from typing import TYPE_CHECKING

import pdfplumber
import pytest
import time_machine
from sqlalchemy import select

from app.clock import VIETNAM
from app.db import session
from app.models import (
    Committee,
    MonthlyReport,
    Task,
    TaskSpan,
    Unit,
)
from app.queries.month_account import month_account
from app.queries.periods_of import period_on
from tests.factories import assign_task, at_noon, browser, found_authority, post, take
from tests.notices import steps
from tests.setup.changing_units import BASIS, ON_SQLITE, TODAY, act, change, told, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


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
        "basis": BASIS, "seen": kt.name, "save": "1",
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
        sent = {"old": str(house.units["cntt"].id), "name": "Tổ Công nghệ số", "basis": BASIS, "save": "1", **day}
        assert post(admin, "/setup/units/change/rename", sent).status_code == 303
        desk = browser(app, house.people["secretary"])
        assert paper_of(desk, notice_id) == before
        # A text of today that still says the old names means the successor.
        text = "1. Giao Phòng Kinh tế, Hạ tầng và Đô thị chủ trì rà soát quy hoạch trước ngày 15/12/2026."
        later = steps.compose(desk, house, text)
        assert steps.clauses_of(app, later)[0].lead_unit_id == vhxh.id
