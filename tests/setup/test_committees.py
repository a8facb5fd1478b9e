"""Committees: seats by the administrator, delegation by the chair, periods and numbers by the secretary.

Over 300 lines: one story after the other on the same pages.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html
from sqlalchemy import select

from app.clock import now
from app.db import session, transaction
from app.models import Delegation, Event, MonthlyReport, Notification, NumberSeries, PeriodRule, Person, Portfolio
from app.queries.organisation import all_seats
from app.queries.standing import standing_of
from tests.factories import assign_task, at_noon, browser, found_authority, post, take
from tests.posts import run_at, wall
from workflows.monthly_report import COLLECTING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.factories import House
    from tests.posts import Sink

TODAY = date(2026, 11, 18)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


def page_of(house: House) -> str:
    return f"/setup/committees/{house.committee.id}"


@ON_SQLITE
def test_a_committee_has_one_chair_at_a_time(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    seat = {
        "person_id": str(house.people["member"].id),
        "office": "chair",
        "from_on": "18/11/2026",
        "title": "Quyền Trưởng ban",
    }
    refused = post(admin, f"{page_of(house)}/members", seat)
    assert refused.status_code == 422
    assert "Trưởng ban là Lê Minh Khôi" in refused.text
    assert "Quyền Trưởng ban" in refused.text
    again = post(admin, f"{page_of(house)}/members", {**seat, "office": "member"})
    assert "đang giữ vai trò này" in again.text
    with app.app_context():
        person = session.get_one(Person, house.people["chair"].id)
        chair = next(iter(person_seats(person)))
    assert post(admin, f"/setup/seats/{chair}/end", {f"seat-{chair}-on": "17/11/2026"}).status_code == 303
    assert post(admin, f"{page_of(house)}/members", seat).status_code == 303
    with app.app_context():
        assert standing_of(session.get_one(Person, house.people["member"].id), TODAY).chair_of == {house.committee.id}
        assert not standing_of(session.get_one(Person, house.people["chair"].id), TODAY).chair_of


@ON_SQLITE
def test_the_next_chair_begins_the_day_after(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    with app.app_context():
        chair = next(iter(person_seats(session.get_one(Person, house.people["chair"].id))))
    end = f"/setup/seats/{chair}/end"
    ended = post(admin, end, {f"seat-{chair}-on": "18/11/2026"}, follow=True)
    assert "vẫn giữ quyền đến hết ngày 18/11/2026" in ended.text
    assert html.fromstring(ended.text).xpath("string(//input[@name='from_on']/@value)").startswith("19/11")
    seat = {"person_id": str(house.people["member"].id), "office": "chair", "from_on": "18/11/2026"}
    assert "Hãy ghi từ 19/11/2026" in post(admin, f"{page_of(house)}/members", seat).text
    assert post(admin, end, {f"seat-{chair}-now": "y"}).status_code == 303
    assert post(admin, f"{page_of(house)}/members", seat).status_code == 303


@ON_SQLITE
def test_members_are_added_one_after_the_other(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    seat = {"person_id": str(house.people["head_ca"].id), "office": "member", "from_on": "02/11/2026"}
    added = post(admin, f"{page_of(house)}/members", seat, follow=True)
    assert f"Đã thêm {house.people['head_ca'].full_name} vào ban" in added.text
    fold = html.fromstring(added.text).xpath("//details[.//form[@id='add-member']]")[0]
    assert "open" in fold.attrib
    form = fold.get_element_by_id("add-member")
    assert {"data-first-focus", "data-focus-inside"} <= set(form.attrib)
    assert form.xpath("string(.//input[@name='from_on']/@value)") == "02/11/2026", "one decision names them all"
    later = html.fromstring(admin.get(page_of(house)).text).xpath("//details[.//form[@id='add-member']]")[0]
    assert "open" not in later.attrib


def person_seats(person: Person) -> list[int]:
    return [seat.id for seat in all_seats(person)]


@ON_SQLITE
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Hãy nhập tên ban."),
        ({"symbol": " "}, "Hãy nhập ký hiệu, ví dụ: BCĐ."),
        ({"due_soon_days": "99"}, "Hãy nhập số từ 1 đến 15."),
        ({"due_soon_days": "ba"}, "không phải số nguyên"),
        ({"profile": "army"}, "không còn trong danh sách"),
        ({"name": "Ban Chỉ đạo Chuyển đổi số phường Bình Minh"}, "Đã có ban tên"),
    ],
)
def test_wrong_input_gets_a_sentence_and_what_was_typed_stays(app: Flask, wrong: dict[str, str], sentence: str) -> None:
    house = found_authority(app)
    sent = {
        "name": "Ban Biên tập", "symbol": "BBT", "kind": "editorial", "profile": "state", "due_soon_days": "3",
        "lateness": "working", "rhythm": "mỗi tuần một lần",
    }  # fmt: skip
    refused = post(browser(app, house.people["admin"]), "/setup/committees/new", {**sent, **wrong})
    assert refused.status_code == 422
    assert sentence in html.fromstring(refused.text).text_content()
    assert "mỗi tuần một lần" in refused.text


@ON_SQLITE
def test_a_portfolio_is_what_the_deputy_rules_on(app: Flask) -> None:
    house = found_authority(app)
    admin, deputy = browser(app, house.people["admin"]), house.people["deputy"]
    page = f"{page_of(house)}/portfolios/{deputy.id}"
    wanted = [str(house.units["kt"].id), str(house.units["hcc"].id)]
    assert post(admin, page, {"unit_ids": wanted}).status_code == 303
    with app.app_context():
        mandate = standing_of(session.get_one(Person, deputy.id), TODAY).mandates[0]
        assert mandate.unit_ids == {house.units["kt"].id, house.units["hcc"].id}
        old = session.scalars(select(Portfolio).where(Portfolio.unit_id == house.units["vhxh"].id)).one()
        assert old.to_on == date(2026, 11, 17)


def lend(house: House, **more: str) -> dict[str, str]:
    return {
        "chair_id": str(house.people["chair"].id), "to_person_id": str(house.people["member"].id),
        "from_on": "18/11/2026", **more,
    }  # fmt: skip


def test_what_the_chair_delegates_the_delegate_may_do_until_it_is_revoked(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, lead="kt", due=date(2026, 11, 30))
    head = browser(app, house.people["head_kt"])
    take(head, "task", task_id, "accept")
    take(head, "task", task_id, "report", {"result": "Đã kiểm kê xong 52 máy."})
    chair, member = browser(app, house.people["chair"]), browser(app, house.people["member"])
    assert take(member, "task", task_id, "confirm").status_code == 403
    own = f"/committees/{house.committee.id}"
    sent = lend(house, unit_ids=str(house.units["kt"].id), moves="confirm", basis="")
    assert post(chair, f"{own}/delegations/new", sent).status_code == 303
    page = chair.get(own).text
    assert "Xác nhận hoàn thành" in page
    assert "Phòng Kinh tế" in page
    with app.app_context():
        row = session.scalars(select(Delegation)).one()
        assert (row.moves, row.from_person_id) == (["confirm"], house.people["chair"].id)
        told = session.scalars(select(Notification).where(Notification.rule == "delegation.granted")).all()
        assert [notification.person_id for notification in told] == [house.people["member"].id]
        event = session.scalars(select(Event).where(Event.subject == "delegation")).one()
        assert (event.event, event.role, event.actor_id) == ("granted", "chair", house.people["chair"].id)
    assert take(member, "task", task_id, "send_back", {"reason": "Thiếu bảng kê"}).status_code == 403
    empty = post(chair, f"{own}/delegations/{row.id}/revoke", {"reason": " "}, follow=True)
    assert "Hãy ghi lý do thu hồi ủy quyền" in empty.text
    assert post(chair, f"{own}/delegations/{row.id}/revoke", {"reason": "Đã đi công tác về"}).status_code == 303
    assert take(member, "task", task_id, "confirm").status_code == 403
    over = post(chair, f"{own}/delegations/{row.id}/revoke", {"reason": "lần nữa"}, follow=True)
    assert "đã hết hiệu lực" in over.text
    assert post(chair, f"{own}/delegations/new", sent).status_code == 303
    assert take(member, "task", task_id, "confirm").status_code == 303


@ON_SQLITE
def test_the_secretary_records_the_signed_paper_and_must_name_it(app: Flask) -> None:
    house = found_authority(app)
    secretary = browser(app, house.people["secretary"])
    page = f"/committees/{house.committee.id}/delegations/new"
    refused = post(secretary, page, lend(house))
    assert refused.status_code == 422
    assert "Hãy ghi số, ngày của văn bản ủy quyền" in refused.text
    assert post(secretary, page, lend(house, basis="Giấy ủy quyền số 03/GUQ ngày 17/11/2026")).status_code == 303
    with app.app_context():
        row = session.scalars(select(Delegation)).one()
        assert row.recorded_by_id == house.people["secretary"].id
        told = select(Notification.person_id).where(Notification.rule == "delegation.granted")
        assert set(session.scalars(told)) == {house.people["chair"].id, house.people["member"].id}
    past = post(secretary, page, lend(house, from_on="01/01/2026", to_on="01/02/2026", basis="x"))
    assert "Thời gian ủy quyền đã qua" in past.text


@ON_SQLITE
def test_nobody_else_delegates(app: Flask) -> None:
    house = found_authority(app)
    page = f"/committees/{house.committee.id}/delegations/new"
    for who, status in (("member", 403), ("deputy", 403), ("admin", 404), ("head_kt", 404)):
        assert post(browser(app, house.people[who]), page, lend(house)).status_code == status


def test_a_new_period_rule_is_tried_first_and_makes_one_bridging_period(app: Flask) -> None:
    house = found_authority(app)
    secretary = browser(app, house.people["secretary"])
    page = f"{page_of(house)}/periods"
    rule = {"start_day": "25", "valid_from": "01/01/2027"}
    tried = post(secretary, page, {**rule, "preview": "1"})
    cells = [row.xpath("td") for row in html.fromstring(tried.text).xpath("//table//tbody/tr")]
    rows = [" ".join(" ".join(cell.itertext()) for cell in row) for row in cells]
    assert len(rows) == 4
    assert "15/11/2026 14/12/2026" in rows[0]
    assert "Kỳ chuyển tiếp" in rows[1]
    assert "15/12/2026 24/01/2027" in rows[1]
    assert "25/01/2027 24/02/2027" in rows[2]
    with app.app_context():
        assert len(session.scalars(select(PeriodRule)).all()) == 1
    assert post(secretary, page, {**rule, "save": "1"}).status_code == 303
    with app.app_context():
        later = session.scalars(select(PeriodRule).order_by(PeriodRule.valid_from.desc())).first()
        assert later is not None
        assert later.start_day == 25
    before = post(secretary, page, {"start_day": "1", "valid_from": "01/12/2026", "save": "1"})
    assert "Đã có quy tắc áp dụng từ 01/01/2027" in before.text
    assert post(secretary, f"{page}/{later.id}/remove").status_code == 303
    assert "quy tắc duy nhất" in post(secretary, f"{page}/{later.id - 1}/remove").text
    wrong = post(secretary, page, {"start_day": "31", "valid_from": "hôm nào", "preview": "1"})
    assert wrong.status_code == 422
    assert "Hãy nhập ngày từ 1 đến 28." in wrong.text
    assert "Chưa đọc được ngày «hôm nào»" in wrong.text


@ON_SQLITE
def test_a_rule_does_not_reach_back_into_reported_months(app: Flask) -> None:
    house = found_authority(app)
    with app.app_context(), transaction():
        report = MonthlyReport(
            authority_id=house.authority.id, committee_id=house.committee.id, state=COLLECTING, made_at=now(),
            begins_on=date(2026, 10, 15), ends_on=date(2026, 11, 14),
        )  # fmt: skip
        session.add(report)
    sent = {"start_day": "1", "valid_from": "01/11/2026", "save": "1"}
    refused = post(browser(app, house.people["secretary"]), f"{page_of(house)}/periods", sent)
    assert refused.status_code == 422
    assert "Đã có báo cáo đến ngày 14/11/2026" in refused.text


@ON_SQLITE
def test_a_number_already_used_is_refused(app: Flask) -> None:
    house = found_authority(app)
    secretary = browser(app, house.people["secretary"])
    page = f"{page_of(house)}/numbers"
    series = {"doc_type": "BC", "scope": "2026", "mode": "own", "next_number": "8"}
    assert post(secretary, page, series).status_code == 303
    with app.app_context(), transaction():
        report = MonthlyReport(
            authority_id=house.authority.id, committee_id=house.committee.id, state=COLLECTING, made_at=now(),
            begins_on=date(2026, 10, 15), ends_on=date(2026, 11, 14), scope="2026", number=8,
        )  # fmt: skip
        session.add(report)
    used = post(secretary, page, series)
    assert used.status_code == 422
    assert "Số 8 đã dùng" in used.text
    assert "để dãy số không bị khuyết" in post(secretary, page, {**series, "next_number": "12"}).text
    assert post(secretary, page, {**series, "next_number": "9"}).status_code == 303
    assert post(secretary, page, {**series, "mode": "external", "next_number": "1"}).status_code == 303
    assert "Hãy nhập năm bốn chữ số" in post(secretary, page, {**series, "scope": "2025-2030"}).text
    with app.app_context():
        row = session.scalars(select(NumberSeries).where(NumberSeries.doc_type == "BC")).one()
        assert row.mode == "external"


@ON_SQLITE
def test_a_party_committee_numbers_through_its_term(app: Flask) -> None:
    house = found_authority(app, profile="party")
    secretary = browser(app, house.people["secretary"])
    page = f"{page_of(house)}/numbers"
    assert html.fromstring(secretary.get(page).text).xpath("string(//input[@name='scope']/@value)") == "2025-2030"
    series = {"doc_type": "TB", "scope": "2025 – 2030", "mode": "own", "next_number": "468"}
    assert post(secretary, page, series).status_code == 303
    assert "Hãy nhập nhiệm kỳ" in post(secretary, page, {**series, "scope": "2026"}).text
    with app.app_context():
        row = session.scalars(select(NumberSeries).where(NumberSeries.doc_type == "TB")).one()
        assert (row.scope, row.next_number) == ("2025-2030", 468)


@ON_SQLITE
def test_the_delegate_reads_of_it_in_the_next_digest(app: Flask, sink: Sink) -> None:
    house = found_authority(app)
    page = f"/committees/{house.committee.id}/delegations/new"
    assert post(browser(app, house.people["chair"]), page, lend(house, basis="Đi công tác")).status_code == 303
    run_at(app, wall(date(2026, 11, 18), 13, 46), "make_messages", "deliver_mail")
    letter = sink.to("member@")[0]
    body = letter.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert "Lê Minh Khôi đã ghi ủy quyền quyết định: Đi công tác" in " ".join(text.split())
    assert f"/committees/{house.committee.id}" in text
