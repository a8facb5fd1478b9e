"""Units propose agenda items; the secretary takes or declines; the unit is told and sees what became of it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.clock import start_of
from app.db import session, transaction
from app.models import AgendaItem, AgendaProposal, Attachment, Meeting, Notification, StoredFile
from tests.factories import assign_task, at_noon, browser, found_authority, post, take
from tests.meetings.test_way import plan, text_of
from workflows.agenda_proposal import DECLINED, PROPOSED, TAKEN, WITHDRAWN
from workflows.meeting import CANCELLED, HELD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

DAY = date(2026, 9, 16)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PDF = b"%PDF-1.7\n%%EOF"
NEW = "/agenda-proposals/new"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


@pytest.fixture
def house(app: Flask) -> House:
    """Found the authority; the culture unit has a task of the committee, and a meeting lies ahead on 25/9."""
    found = found_authority(app)
    assign_task(app, found, lead="vhxh", due=date(2026, 12, 1))
    plan(browser(app, found.people["secretary"]), found)
    return found


@pytest.fixture
def desk(app: Flask, house: House) -> FlaskClient:
    return browser(app, house.people["secretary"])


@pytest.fixture
def head(app: Flask, house: House) -> FlaskClient:
    return browser(app, house.people["head_vhxh"])


def propose(client: FlaskClient, house: House, **changes: object) -> TestResponse:
    form = {
        "meeting_id": "1", "unit_id": house.units["vhxh"].id, "title": "Kinh phí số hóa hồ sơ",
        "reason": "Cần Trưởng ban cho ý kiến về nguồn kinh phí.", "presenter": "Hoàng Mai Lan", "minutes": "15",
    }  # fmt: skip
    return post(client, NEW, form | changes)


def told(app: Flask, rule: str) -> set[int]:
    with app.app_context():
        return {row.person_id for row in session.query(Notification).filter_by(rule=f"agenda_proposal.{rule}")}


def state(app: Flask, proposal_id: int = 1) -> str:
    with app.app_context():
        return session.get_one(AgendaProposal, proposal_id).state


def test_a_unit_proposes_and_the_secretary_takes_it_with_its_papers(
    app: Flask, house: House, desk: FlaskClient, head: FlaskClient
) -> None:
    post(desk, "/meetings/1/agenda", {"title": "Kế hoạch quý IV"})
    home = text_of(head.get("/unit"))
    assert f'href="{NEW}?unit={house.units["vhxh"].id}"' in home
    assert "Thứ Sáu, 25/09/2026 · Giao ban tháng 9 · nhận đề nghị đến hết 22/09/2026" in text_of(head.get(NEW))
    sent = propose(head, house, papers=(BytesIO(PDF), "Dự toán.pdf"))
    assert sent.location == "/agenda-proposals/1"
    assert told(app, "propose") == {house.people["secretary"].id}
    assert "Kinh phí số hóa hồ sơ" in text_of(desk.get("/desk"))
    page = text_of(desk.get("/meetings/1"))
    assert "Dự toán.pdf" in page
    assert "/moves/agenda_proposal/1/take" in page
    assert take(desk, "agenda_proposal", 1, "take", {"position": "1", "next": "/meetings/1#agenda"}).status_code == 303
    with app.app_context():
        items = session.query(AgendaItem).order_by(AgendaItem.position).all()
        assert [item.title for item in items[1:]] == ["Kinh phí số hóa hồ sơ", "Kế hoạch quý IV"]
        assert (items[1].presenter, items[1].minutes) == ("Hoàng Mai Lan", 15)
        assert session.get_one(AgendaProposal, 1).item_id == items[1].id
        assert {one.role for one in session.query(Attachment).filter_by(subject="meeting")} == {f"agenda-{items[1].id}"}
    assert told(app, "take") == {house.people["head_vhxh"].id}
    mine = text_of(head.get("/agenda-proposals/1"))
    assert "Đã đưa vào chương trình" in mine
    assert "Mục 2 của chương trình" in mine
    assert "Đã đưa vào chương trình" in text_of(head.get("/agenda-proposals"))
    assert "Đã đưa vào chương trình" in text_of(head.get("/unit"))
    bell = text_of(head.get("/notifications"))
    assert "Kinh phí số hóa hồ sơ" in bell
    assert "/agenda-proposals/1" in str(head.get(re.findall(r'href="(/notifications/\d+)"', bell)[0]).location)
    with head.get("/files/1") as paper:
        assert paper.status_code == 200


def test_declined_with_a_reason_the_unit_reads_it(
    app: Flask, house: House, desk: FlaskClient, head: FlaskClient
) -> None:
    propose(head, house)
    silent = take(desk, "agenda_proposal", 1, "decline")
    assert silent.status_code == 422
    assert take(desk, "agenda_proposal", 1, "decline", {"reason": "Chuyển phiên tháng 10"}).status_code == 303
    assert told(app, "decline") == {house.people["head_vhxh"].id}
    assert "Chuyển phiên tháng 10" in text_of(head.get("/agenda-proposals/1"))
    assert "Chuyển phiên tháng 10" in text_of(head.get("/agenda-proposals"))
    assert take(desk, "agenda_proposal", 1, "take").status_code == 409
    assert state(app) == DECLINED


def test_it_is_put_off_to_the_next_meeting_with_its_papers(
    app: Flask, house: House, desk: FlaskClient, head: FlaskClient
) -> None:
    propose(head, house, papers=(BytesIO(PDF), "Dự toán.pdf"))
    alone = take(desk, "agenda_proposal", 1, "put_off")
    assert alone.status_code == 422
    assert "Chưa lập phiên sau" in text_of(alone)
    plan(desk, house, day="30/10", title="Giao ban tháng 10")
    with app.app_context(), transaction():
        session.get_one(Meeting, 1).state = HELD  # also when the meeting is over
    assert take(desk, "agenda_proposal", 1, "put_off", {"remark": "Phiên này đã kín"}).status_code == 303
    assert told(app, "put_off") == {house.people["head_vhxh"].id}
    page = text_of(head.get("/agenda-proposals/1"))
    assert "Giao ban tháng 10" in page
    assert "Chờ thư ký" in page
    assert "Phiên này đã kín" in text_of(head.get("/notifications"))
    assert "Dự toán.pdf" in text_of(desk.get("/meetings/2"))
    assert "Kinh phí số hóa hồ sơ" not in text_of(desk.get("/meetings/1"))
    assert take(desk, "agenda_proposal", 1, "take").status_code == 303
    with app.app_context():
        assert session.query(AgendaItem).filter_by(title="Kinh phí số hóa hồ sơ").one().meeting_id == 2


def test_it_is_withdrawn_while_it_waits(app: Flask, house: House, desk: FlaskClient, head: FlaskClient) -> None:
    staff = browser(app, house.people["staff_vhxh"])
    propose(staff, house)
    assert take(desk, "agenda_proposal", 1, "withdraw").status_code == 403
    assert take(head, "agenda_proposal", 1, "withdraw").status_code == 303
    assert state(app) == WITHDRAWN
    assert "Kinh phí số hóa hồ sơ" not in text_of(desk.get("/desk"))
    assert "Kinh phí số hóa hồ sơ" not in text_of(desk.get("/meetings/1"))
    propose(staff, house)
    take(desk, "agenda_proposal", 2, "take")
    assert take(staff, "agenda_proposal", 2, "withdraw").status_code == 409


def test_after_the_last_day_nothing_is_proposed(app: Flask, house: House, desk: FlaskClient, head: FlaskClient) -> None:
    assert post(desk, "/meetings/1/proposals-until", {"until": "26/9"}, follow=True).status_code == 200
    assert "không sau ngày họp" in text_of(post(desk, "/meetings/1/proposals-until", {"until": "26/9"}, follow=True))
    assert "Chưa đọc được ngày" in text_of(post(desk, "/meetings/1/proposals-until", {"until": "mai"}, follow=True))
    post(desk, "/meetings/1/proposals-until", {"until": "16/9"})
    assert "đến hết 16/09/2026" in text_of(head.get(NEW))
    with time_machine.travel(at_noon(DAY + timedelta(days=1)), tick=False):
        assert "Chưa có cuộc họp nào nhận đề nghị" in text_of(head.get(NEW))
        late = propose(head, house)
        assert late.status_code == 422
        assert "Kinh phí số hóa hồ sơ" in text_of(late)
        post(desk, "/meetings/1/proposals-until", {"until": ""})
        assert propose(head, house).status_code == 303


@ON_SQLITE
def test_what_is_wrong_is_said_and_neither_words_nor_files_are_lost(
    app: Flask, house: House, head: FlaskClient
) -> None:
    wrong = propose(head, house, reason="", minutes="700", papers=(BytesIO(PDF), "Dự toán.pdf"))
    page = text_of(wrong)
    assert wrong.status_code == 422
    assert "Hãy nêu lý do" in page
    assert "Số phút từ 1 đến 600" in page
    assert 'value="Kinh phí số hóa hồ sơ"' in page
    assert "Dự toán.pdf" in page
    bad = text_of(propose(head, house, **{"papers-kept": "1", "papers": (BytesIO(b"MZ"), "x.pdf")}))
    assert "không đúng với đuôi .pdf" in bad
    assert "Dự toán.pdf" in bad
    assert propose(head, house, **{"papers-kept": "1"}).status_code == 303
    with app.app_context():
        assert session.query(StoredFile).count() == session.query(Attachment).count() == 1


@ON_SQLITE
def test_only_units_that_the_committee_works_with_propose_and_only_they_see_it(
    app: Flask, house: House, desk: FlaskClient, head: FlaskClient
) -> None:
    stranger = browser(app, house.people["head_kt"])
    assert "Chưa có cuộc họp nào" in text_of(stranger.get(NEW))
    assert propose(stranger, house, unit_id=house.units["kt"].id).status_code == 422
    assert propose(head, house, unit_id=house.units["kt"].id).status_code == 422
    assert propose(head, house).status_code == 303
    assert stranger.get("/agenda-proposals/1").status_code == 404
    assert take(stranger, "agenda_proposal", 1, "withdraw").status_code == 404
    assert head.get("/meetings/1").status_code == 404  # proposing opens no meeting
    for login in ("chair", "admin"):
        assert browser(app, house.people[login]).get(NEW).status_code == 404
    post(desk, "/meetings/1/invitees", {"unit_ids": f"unit-{house.units['kt'].id}"})
    assert propose(stranger, house, unit_id=house.units["kt"].id).status_code == 303
    assert 'href="/agenda-proposals/new?meeting=1"' in text_of(stranger.get("/meetings/1"))
    member = browser(app, house.people["member"])
    assert propose(member, house, unit_id="0").status_code == 303
    assert post(member, "/meetings/1/proposals-until", {"until": "20/9"}).status_code == 403


@ON_SQLITE
def test_once_the_meeting_is_over_it_can_only_be_declined(
    app: Flask, house: House, desk: FlaskClient, head: FlaskClient
) -> None:
    propose(head, house)
    for over in (CANCELLED, HELD):
        with app.app_context(), transaction():
            session.get_one(Meeting, 1).state = over
        assert "Kinh phí số hóa hồ sơ" in text_of(desk.get("/desk"))
    refused = take(desk, "agenda_proposal", 1, "take", {"remark": "đã hứa"})
    assert refused.status_code == 422
    assert "Cuộc họp đã kết thúc" in text_of(refused)
    assert "đã hứa" in text_of(refused)
    assert state(app) == PROPOSED
    assert "Kinh phí số hóa hồ sơ" in text_of(desk.get("/desk"))
    assert take(desk, "agenda_proposal", 1, "decline", {"reason": "Phiên đã xong"}).status_code == 303


@ON_SQLITE
def test_a_taken_item_that_is_removed_again_leaves_the_proposal(
    app: Flask, house: House, desk: FlaskClient, head: FlaskClient
) -> None:
    propose(head, house, presenter="", minutes="")
    take(desk, "agenda_proposal", 1, "take")
    with app.app_context():
        item = session.query(AgendaItem).filter_by(title="Kinh phí số hóa hồ sơ").one()
        assert (item.presenter, item.minutes) == (house.units["vhxh"].name, None)
        item_id = item.id
    assert post(desk, f"/meetings/1/agenda/{item_id}", {"act": "remove"}).status_code == 303
    assert head.get("/agenda-proposals/1").status_code == 200
    assert state(app) == TAKEN


@ON_SQLITE
def test_cancelled_and_past_meetings_take_none(app: Flask, house: House, head: FlaskClient) -> None:
    with app.app_context(), transaction():
        session.get_one(Meeting, 1).starts_at = start_of(DAY - timedelta(days=1))
    assert "Chưa có cuộc họp nào" in text_of(head.get(NEW))
    with app.app_context(), transaction():
        meeting = session.get_one(Meeting, 1)
        meeting.starts_at, meeting.state = start_of(DAY + timedelta(days=9)), CANCELLED
    assert "Chưa có cuộc họp nào" in text_of(head.get(NEW))


@ON_SQLITE
def test_what_nobody_answered_goes_on_to_the_next_meeting(
    app: Flask, house: House, desk: FlaskClient, head: FlaskClient
) -> None:
    assert propose(head, house).status_code == 303
    plan(desk, house, day="30/10")
    with app.app_context(), transaction():
        session.get_one(Meeting, 1).state = HELD
    page = text_of(desk.get("/meetings/2"))
    assert "Kinh phí số hóa hồ sơ" in page
    assert "đề nghị cho cuộc họp 25/09/2026, chưa được trả lời" in page
    with app.app_context(), transaction():
        session.get_one(Meeting, 2).state = CANCELLED
    with time_machine.travel(at_noon(date(2026, 9, 26)), tick=False):
        plan(browser(app, house.people["secretary"]), house, day="31/10")
    with app.app_context():
        proposal = session.get_one(AgendaProposal, 1)
        assert (proposal.meeting_id, proposal.state) == (3, PROPOSED)
    assert house.people["head_vhxh"].id in told(app, "put_off")
