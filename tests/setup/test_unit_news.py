"""Who hears of a change of units, and what it means: how much goes where, what is overdue, whose clock begins."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from flask_babel import force_locale
from lxml import html
from sqlalchemy import select

from app.clock import VIETNAM
from app.db import session, transaction
from app.jobs.planned_changes import take_up_changes
from app.mail.wording import sections_of
from app.models import Office, Person, Task, Unit
from app.services.message_lines import NEWS
from tests.factories import assign_task, at_noon, browser, found_authority, post
from tests.setup.changing_units import BASIS, ON_SQLITE, TODAY, act, change, inputs, told, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.factories import House

EARLIER = datetime(2026, 10, 20, 9, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


class Worked:
    """A house whose unit «kt» has a task in time, one overdue that it accepted, and a part in a task of another."""

    def __init__(self, app: Flask) -> None:
        house = self.house = found_authority(app)
        with time_machine.travel(EARLIER, tick=False):
            self.late = assign_task(app, house, lead="kt", due=date(2026, 11, 6), title="Sửa đường")
            act(app, house, "head_kt", self.late, "accept")
            self.waiting = assign_task(app, house, lead="kt", due=date(2026, 12, 30), title="Trồng cây")
            self.helped = assign_task(app, house, lead="hcc", due=date(2026, 12, 3), coordinating=("kt",), title="Hoa")
        self.kt, self.heir = house.units["kt"], house.units["vhxh"]
        self.admin = browser(app, house.people["admin"])
        self.ending = {"old": str(self.kt.id), "into": str(self.heir.id)}


def speak_english(app: Flask, house: House, login: str) -> None:
    with app.app_context(), transaction():
        session.get_one(Person, house.people[login].id).language = "en"


def test_each_committee_is_told_how_much_goes_where(app: Flask) -> None:
    """The chair, the deputies and the secretary, once each, with the overdue ones named and who leads from now on."""
    w = Worked(app)
    change(w.admin, "abolish", w.ending)
    with app.app_context():
        for login in ("chair", "deputy", "secretary"):
            (news,) = [row for row in told(w.house.people[login].id) if row.rule == "unit_change.made"]
            said = news.data["reason"]
            goes = f"Ban Chỉ đạo CĐS: 2 nhiệm vụ đang mở chuyển về «{w.heir.name}»"
            assert said.startswith(f"Từ 18/11/2026, theo {BASIS}. {goes}, trong đó 1 đã quá hạn; cùng 1 phần phối hợp.")
            assert f"Phụ trách «{w.heir.name}»: " in said
            assert f"2 open tasks to “{w.heir.name}”" in news.data["reason_en"]
            assert "1 of them overdue; and 1 coordinating part" in news.data["reason_en"]
        assert not [row for row in told(w.house.people["member"].id) if row.rule == "unit_change.made"]
    chair = browser(app, w.house.people["chair"])
    bell = chair.get("/notifications")
    href = html.fromstring(bell.text).xpath("string(//p[@class='news-title'][contains(., 'kế thừa')]/a/@href)")
    report = words(browser(app, w.house.people["chair"]).get(chair.get(href).location))
    assert "2 nhiệm vụ đang mở của «" in report
    speak_english(app, w.house, "chair")
    english = words(chair.get("/notifications"))
    assert "abolished, succeeded by" in english
    assert "2 open tasks to" in english
    assert "kế thừa" not in english


@ON_SQLITE
def test_a_new_name_is_told_to_the_committees_whose_work_carries_it(app: Flask) -> None:
    w = Worked(app)
    sent = {"old": str(w.kt.id), "name": "Phòng Kinh tế", "short_name": "P. KT", "on": "18/11/2026", "basis": BASIS}
    assert post(w.admin, "/setup/units/change/rename", {**sent, "seen": w.kt.name, "save": "1"}).status_code == 303
    with app.app_context():
        for login in ("chair", "deputy", "secretary"):
            (news,) = [row for row in told(w.house.people[login].id) if row.rule == "unit_change.made"]
            said = news.data["reason"]
            assert "Ban Chỉ đạo CĐS: 2 nhiệm vụ đang mở (1 đã quá hạn) và 1 phần phối hợp mang tên mới" in said


@ON_SQLITE
def test_a_committee_without_work_of_the_unit_is_not_told(app: Flask) -> None:
    house = found_authority(app)
    asked = {"old": str(house.units["kt"].id), "into": str(house.units["vhxh"].id)}
    change(browser(app, house.people["admin"]), "abolish", asked)
    with app.app_context():
        assert not told(house.people["chair"].id)
        assert told(house.people["head_vhxh"].id), "the heir is"


def test_the_successor_has_its_own_time_to_accept(app: Flask) -> None:
    """Its clock begins with the change; what was accepted stays so."""
    w = Worked(app)
    with app.app_context():
        accepted = session.get_one(Task, w.late).accepted_at
    report = words(change(w.admin, "abolish", w.ending))
    assert "1 nhiệm vụ đang chờ tiếp nhận: đơn vị nhận có thời hạn tiếp nhận mới, tính từ 18/11/2026" in report
    with app.app_context():
        assert session.get_one(Task, w.waiting).assigned_at == at_noon(TODAY)
        late = session.get_one(Task, w.late)
        assert (late.state, late.accepted_at) == ("in_progress", accepted)
        assert late.assigned_at == EARLIER
    home = words(browser(app, w.house.people["head_vhxh"]).get("/unit"))
    assert "tiếp nhận chậm nhất 19/11/2026" in home


def test_overdue_work_is_named_before_and_after(app: Flask) -> None:
    w = Worked(app)
    asked = {**w.ending, "on": "18/11/2026", "basis": BASIS, "preview": "1"}
    shown = words(post(w.admin, "/setup/units/change/abolish", asked))
    goes = f"2 nhiệm vụ đang mở của «{w.kt.name}» chuyển về «{w.heir.name}»"
    said = f"{goes}, trong đó 1 đã quá hạn; cùng 1 phần phối hợp."
    whose = "Từ 18/11/2026 tính cho đơn vị nhận; các tháng trước tính cho đơn vị cũ."
    assert said in shown
    assert whose in shown
    report = words(change(w.admin, "abolish", w.ending))
    assert said in report
    assert whose in report
    page = words(browser(app, w.house.people["head_vhxh"]).get(f"/tasks/{w.late}"))
    assert f"Đã quá hạn khi chuyển: hạn 06/11/2026, khi đó {w.kt.name} chủ trì" in page
    other = words(browser(app, w.house.people["head_vhxh"]).get(f"/tasks/{w.waiting}"))
    assert "Đã quá hạn khi chuyển" not in other


@ON_SQLITE
def test_who_had_it_when_it_fell_due_is_told_through_two_changes(app: Flask) -> None:
    w = Worked(app)
    change(w.admin, "abolish", w.ending)
    with time_machine.travel(at_noon(TODAY + timedelta(days=2)), tick=False):
        admin = browser(app, w.house.people["admin"])
        change(admin, "abolish", {"old": str(w.heir.id), "into": str(w.house.units["hcc"].id), "on": "20/11/2026"})
        page = words(browser(app, w.house.people["head_hcc"]).get(f"/tasks/{w.late}"))
    assert page.count(f"hạn 06/11/2026, khi đó {w.kt.name} chủ trì") == 2, "not the unit that took it over late"


def test_a_unit_that_nobody_leads_is_on_the_desk_until_it_has_a_head(app: Flask) -> None:
    w = Worked(app)
    asked = {"old": str(w.kt.id), "names": "Phòng Kinh tế | P. KT\nPhòng Hạ tầng | P. HT"}
    desk = browser(app, w.house.people["secretary"])
    assert "Chưa có thủ trưởng" not in words(desk.get("/desk"))
    chosen = {f"to-task-{w.waiting}-{w.kt.id}": "1"}
    report = words(change(w.admin, "split", asked, **chosen))
    assert "«Phòng Hạ tầng» chưa có thủ trưởng để tiếp nhận, báo cáo nhiệm vụ" in report
    assert "«Phòng Kinh tế» chưa có thủ trưởng" not in report
    with app.app_context():
        (news,) = [row for row in told(w.house.people["secretary"].id) if row.rule == "unit_change.made"]
        assert "«Phòng Hạ tầng» chưa có thủ trưởng để tiếp nhận, báo cáo: hãy đề nghị quản trị" in (news.data["reason"])
    seen = words(desk.get("/desk"))
    assert re.search(r"Chưa có thủ trưởng để tiếp nhận, báo cáo: ?Phòng Hạ tầng 1 nhiệm vụ", seen)
    assert "Hãy đề nghị quản trị ghi chức vụ thủ trưởng." in seen
    with app.app_context(), transaction():
        unit = session.scalars(select(Unit).where(Unit.short_name == "P. HT")).one()
        person = w.house.people["member"]
        session.add(
            Office(
                authority_id=unit.authority_id, person_id=person.id, unit_id=unit.id, kind="head", from_on=TODAY
            )
        )  # fmt: skip
    assert "Chưa có thủ trưởng" not in words(desk.get("/desk"))
    assert "chưa có thủ trưởng" not in words(w.admin.get("/setup/unit-changes/1"))


@pytest.mark.parametrize("kind", ["merge", "split", "abolish"])
@ON_SQLITE
def test_an_english_reader_gets_an_english_report(app: Flask, kind: str) -> None:
    w = Worked(app)
    speak_english(app, w.house, "admin")
    every: dict[str, dict[str, Any]] = {
        "merge": {"olds": [str(w.kt.id)], "name": "One Centre", "short_name": "OC"},
        "split": {"old": str(w.kt.id), "names": "North Division\nSouth Division"},
        "abolish": {"old": str(w.kt.id), "into": str(w.house.units["vhxh"].id)},
    }
    asked = every[kind]
    look = {**asked, "on": "18/11/2026", "basis": "R", "preview": "1"}
    shown = words(post(w.admin, f"/setup/units/change/{kind}", look))
    report = words(change(w.admin, kind, {**asked, "basis": "R"}))
    listed = words(w.admin.get("/setup/unit-changes"))
    for page in (shown, report):
        assert "Awaiting acceptance · due 30 Dec 2026" in page
        assert "lead: " in page
        assert "2 open tasks of" in page
    for page in (shown, report, listed):
        for word in ("sáp nhập vào", "tách thành", "kế thừa", "hạn ", "chủ trì", "Đang thực hiện", "Thủ trưởng"):
            assert word not in page, word


def test_a_new_name_is_looked_at_before(app: Flask) -> None:
    """What carries it, what keeps the old one and who hears of it; nothing is written until it is confirmed."""
    w = Worked(app)
    address = "/setup/units/change/rename"
    sent = {
        "old": str(w.kt.id),
        "name": "Phòng Kinh tế mới",
        "short_name": "P. KTM",
        "on": "18/11/2026",
        "basis": BASIS,
    }
    shown = post(w.admin, address, {**sent, "preview": "1"})
    assert shown.status_code == 200
    said = words(shown)
    for each in (
        f"«{w.kt.name}» đổi tên thành «Phòng Kinh tế mới», từ 18/11/2026.", "2 nhiệm vụ đang mở (1 đã quá hạn)",
        "Nhiệm vụ đang mở (2)", "Sửa đường", "Phần phối hợp trong nhiệm vụ của đơn vị khác (1)",
        "Người giữ chức vụ (1)",
        "Bản in của mọi thông báo trước ngày đó", f"được hiểu là «Phòng Kinh tế mới»: {w.kt.name}; P. KTHTĐT",
        "trưởng ban, phó trưởng ban, thư ký của Ban Chỉ đạo CĐS",
    ):  # fmt: skip
        assert each in said, each
    with app.app_context():
        assert session.get_one(Unit, w.kt.id).name == w.kt.name
        assert not told(w.house.people["chair"].id)
    report = words(post(w.admin, address, {**inputs(shown), **sent, "save": "1"}, follow=True))
    assert "2 nhiệm vụ đang mở (1 đã quá hạn) và 1 phần phối hợp mang tên mới" in report
    ahead = post(w.admin, address, {**sent, "name": "Phòng Khác", "on": "19/11/2026", "preview": "1"})
    assert "Đến ngày 19/11/2026 hệ thống xét lại rồi tự đổi tên" in words(ahead)
    assert "Chuẩn bị sẵn cho ngày 19/11/2026" in words(ahead)


@ON_SQLITE
def test_who_was_overtaken_looks_at_the_new_name_and_can_go_on(app: Flask) -> None:
    w = Worked(app)
    address = "/setup/units/change/rename"
    sent = {"old": str(w.kt.id), "name": "Phòng Một", "on": "17/11/2026", "basis": BASIS}
    other = browser(app, w.house.people["admin"])
    first, second = (post(who, address, {**sent, "preview": "1"}) for who in (w.admin, other))
    assert post(w.admin, address, {**inputs(first), **sent, "save": "1"}).status_code == 303
    again = {**sent, "name": "Phòng Hai", "on": "18/11/2026"}
    refused = post(other, address, {**inputs(second), **again, "save": "1"})
    assert refused.status_code == 422
    assert "vừa được người khác đổi tên thành «Phòng Một»" in words(refused)
    assert post(other, address, {**inputs(refused), **again, "save": "1"}).status_code == 303


@ON_SQLITE
def test_what_is_prepared_and_its_mail_are_in_the_readers_language(app: Flask) -> None:
    w = Worked(app)
    speak_english(app, w.house, "admin")
    ahead = {**w.ending, "on": "19/11/2026", "basis": "R"}
    address = "/setup/units/change/abolish"
    shown = post(w.admin, address, {**ahead, "preview": "1"})
    page = words(post(w.admin, address, {**inputs(shown), **ahead, "save": "1"}, follow=True))
    for seen in (page, words(w.admin.get("/setup/unit-changes"))):
        assert f"“{w.kt.name}” abolished, succeeded by “{w.heir.name}”" in seen
        assert "kế thừa" not in seen
    with time_machine.travel(at_noon(date(2026, 11, 19)), tick=False), app.app_context():
        assert take_up_changes() == 1
        (news,) = [row for row in told(w.house.people["chair"].id) if row.rule == "unit_change.made"]
        line = {"section": NEWS, "rule": news.rule, "subject": "unit_change", "id": 1, **news.data}
    for language, title, said in (("vi", "kế thừa", "nhiệm vụ đang mở"), ("en", "succeeded by", "open tasks to")):
        with app.test_request_context(), force_locale(language):
            ((section,),) = ([*one.lines] for one in sections_of({"lines": [line], "counts": {NEWS: 1}}))
            assert title in section.title
            assert said in section.said
