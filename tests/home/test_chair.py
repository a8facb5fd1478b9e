"""The chair's home: only what this person owes a ruling, ruled on the spot; every number is the length of its list."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.clock import now
from app.db import session, transaction
from app.models import Committee, Delegation, Event, Membership, MonthlyReport, Portfolio, Task
from app.queries.month_account import month_account
from tests.factories import SINCE, at_noon, browser, found_authority, hold_meeting, hold_office, post, take
from tests.home import pages, work
from tests.home.pages import cards
from tests.home.statements import BAR, counting
from tests.home.work import DAY
from workflows.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def page(client: FlaskClient, url: str = "/chair") -> str:
    return pages.page(client, url)


def test_every_kind_of_ruling_waits_with_its_buttons(app: Flask) -> None:
    house = found_authority(app)
    with time_machine.travel(at_noon(date(2026, 9, 10)), tick=False):
        meeting = hold_meeting(app, house, on=date(2026, 9, 10))
        notice, minutes = work.submit_notice(app, house, meeting), work.submit_minutes(app, house, meeting)
    done, handed = work.reported(app, house, due=date(2026, 9, 30)), work.contested(app, house)
    asked = work.proposed(app, house)
    work.extended(app, house)
    text = page(browser(app, house.people["chair"]))
    assert "<title>Chờ quyết định (6)" in text
    shown = cards(text)
    assert set(shown) == {
        f"task{done}", f"task{handed}", f"task{asked}", "extension1", f"notice{notice}", f"minutes{minutes}"
    }  # fmt: skip
    for action in (
        f"/moves/task/{done}/confirm", f"/moves/task/{done}/send_back", f"/moves/task/{handed}/uphold",
        f"/moves/task/{handed}/reassign", f"/moves/task/{asked}/answer", "/moves/extension/1/grant",
        "/moves/extension/1/refuse", f"/moves/notice/{notice}/sign", f"/moves/minutes/{minutes}/approve",
    ):  # fmt: skip
        assert f'action="{action}"' in text, action
    assert "/moves/task/1/pause" not in text, "what is no ruling owed is on the task's page"
    for said in (
        "Đã kiểm kê xong 52 máy.", "Không đúng chức năng", "Trung tâm Phục vụ hành chính công", "Cho phép thuê ngoài",
        "Chờ thẩm định giá", "Thư ký chưa có ý kiến", "Kết luận phiên họp tháng 9", "Về đẩy mạnh chuyển đổi số",
    ):  # fmt: skip
        assert said in text, said
    assert 'value="15/10/2026"' in text, "the date asked for stands in the form"
    assert text.count('id="') == len(set(re.findall(r'id="([^"]+)"', text))), "no id stands twice"


def test_a_ruling_leads_back_to_the_queue_with_the_next_card(app: Flask) -> None:
    house = found_authority(app)
    first = work.reported(app, house, due=date(2026, 9, 30), priority="urgent")
    second = work.reported(app, house, lead="kt", due=date(2026, 9, 20))
    chair = browser(app, house.people["chair"])
    assert cards(page(chair)) == [f"task{first}", f"task{second}"], "urgent first"
    with app.app_context():
        version = session.get_one(Task, first).version
    answer = post(chair, f"/moves/task/{first}/confirm", {"version": version, "next": "/chair"})
    assert answer.headers["Location"] == "/chair"
    assert cards(page(chair)) == [f"task{second}"]
    take(chair, "task", second, "send_back", {"reason": "Thiếu danh sách"})
    text = page(chair)
    assert "<title>Chờ quyết định ·" in text
    assert "không có việc nào chờ bạn quyết định" in text


def test_evidence_opens_from_the_card(app: Flask) -> None:
    house = found_authority(app)
    task_id = work.given_task(app, house, due=date(2026, 9, 30), evidence_rule="file")
    unit = browser(app, house.people["head_vhxh"])
    take(unit, "task", task_id, "accept")
    png = b"\x89PNG\r\n\x1a\n" + b"0" * 64
    take(unit, "task", task_id, "report", {"result": "Xong", "evidence": (BytesIO(png), "anh, may 1.png")})
    take(browser(app, house.people["secretary"]), "task", task_id, "check", {"opinion": "Đủ minh chứng."})
    chair = browser(app, house.people["chair"])
    text = page(chair)
    assert "anh, may 1.png" in text
    assert "Đủ minh chứng." in text
    href = re.search(r'href="(/files/\d+)/view"', text)
    assert href
    got = chair.get(href[1])
    assert got.data == png
    got.close()


def test_who_is_a_party_does_not_see_the_card(app: Flask) -> None:
    house = found_authority(app)
    task_id = work.reported(app, house, lead="kt", due=date(2026, 9, 30))
    work.extended(app, house, lead="kt")
    with app.app_context(), transaction():
        hold_office(house.people["chair"], house.units["kt"], "head")
    assert cards(page(browser(app, house.people["chair"]))) == []
    deputy = page(browser(app, house.people["deputy"]))
    assert cards(deputy) == ["extension1", f"task{task_id}"], "the deputy rules in the chair's stead"
    refused = take(browser(app, house.people["deputy"]), "task", task_id, "confirm")
    assert refused.status_code == 303


def test_deputy_sees_what_is_assigned_or_lent_and_nothing_else(app: Flask) -> None:
    house = found_authority(app)
    mine, other = work.reported(app, house, due=date(2026, 9, 30)), work.reported(app, house, lead="kt", due=DAY)
    work.extended(app, house, lead="kt")
    deputy = browser(app, house.people["deputy"])
    assert cards(page(deputy)) == [f"task{mine}"]
    with app.app_context(), transaction():
        lent = Delegation(
            authority_id=house.authority.id, committee_id=house.committee.id, from_person_id=house.people["chair"].id,
            to_person_id=house.people["deputy"].id, moves=["grant", "refuse"], unit_ids=[house.units["kt"].id],
            from_on=SINCE, basis="Giấy ủy quyền số 3", recorded_by_id=house.people["secretary"].id, made_at=now(),
        )  # fmt: skip
        session.add(lent)
    text = page(deputy)
    assert sorted(cards(text)) == ["extension1", f"task{mine}"], "lent for extensions only"
    assert f"task{other}" not in text
    assert take(deputy, "extension", 1, "grant", {"new_due": "15/10/2026"}).status_code == 303


def test_the_secretary_and_at_last_the_chair_stand_in(app: Flask) -> None:
    house = found_authority(app)
    task_id = work.reported(app, house, lead="kt", due=date(2026, 9, 30))
    with app.app_context(), transaction():
        for login in ("chair", "deputy"):
            hold_office(house.people[login], house.units["kt"], "staff")
    assert cards(page(browser(app, house.people["secretary"]))) == [f"task{task_id}"]
    assert cards(page(browser(app, house.people["chair"]))) == []
    with app.app_context(), transaction():
        hold_office(house.people["secretary"], house.units["kt"], "staff")
        session.get_one(Committee, house.committee.id).stand_in_id = house.people["member"].id
    assert cards(page(browser(app, house.people["member"]))) == [f"task{task_id}"]
    with app.app_context(), transaction():
        session.get_one(Committee, house.committee.id).stand_in_id = None
    chair = browser(app, house.people["chair"])
    text = page(chair)
    assert cards(text) == [f"task{task_id}"], "nobody else is left"
    assert 'name="reason" required' in text
    assert take(chair, "task", task_id, "confirm", {"reason": "Không còn ai khác"}).status_code == 303


def test_a_notice_waits_for_its_signer_alone_and_minutes_for_the_presider(app: Flask) -> None:
    house = found_authority(app)
    meeting = hold_meeting(app, house, on=date(2026, 9, 10))
    notice, minutes = work.submit_notice(app, house, meeting, signer="deputy"), work.submit_minutes(app, house, meeting)
    assert cards(page(browser(app, house.people["chair"]))) == [f"minutes{minutes}"]
    deputy = browser(app, house.people["deputy"])
    assert cards(page(deputy)) == [f"notice{notice}"]
    with app.app_context(), transaction():
        seat = session.query(Membership).filter_by(person_id=house.people["deputy"].id).one()
        seat.to_on = DAY - timedelta(days=1)
        session.query(Portfolio).delete()
    assert f"notice{notice}" in cards(page(browser(app, house.people["chair"]))), "its signer has left"


def test_the_monthly_report_is_signed_from_its_card(app: Flask) -> None:
    house = found_authority(app)
    done = work.reported(app, house, due=date(2026, 9, 30))
    work.move(app, house, done, "confirm", "deputy")
    with app.app_context(), transaction():
        committee = session.get_one(Committee, house.committee.id)
        period = Period(date(2026, 8, 15), DAY)
        report = MonthlyReport(
            authority_id=house.authority.id, committee_id=committee.id, begins_on=period.start, ends_on=period.end,
            state="submitted", figures=month_account(committee, period).to_json(), drafted_at=now(), made_at=now(),
        )  # fmt: skip
        session.add(report)
        session.flush()
        report_id = report.id
    text = page(browser(app, house.people["chair"]))
    assert cards(text) == [f"monthly_report{report_id}"]
    card = text.split('<article class="card ruling"')[1].split("</article>")[0]
    assert "15/08/2026" in card
    assert "100,0" in card, "the on-time rate"
    assert f"/moves/monthly_report/{report_id}/sign" in card
    assert cards(page(browser(app, house.people["secretary"]))) == [], "the secretary does not sign"


def test_a_proposal_is_answered_once_and_the_unit_is_told(app: Flask) -> None:
    house = found_authority(app)
    task_id = work.proposed(app, house)
    chair, unit = browser(app, house.people["chair"]), browser(app, house.people["head_hcc"])
    assert take(unit, "task", task_id, "answer", {"answer": "Đồng ý"}).status_code == 403
    assert take(chair, "task", task_id, "answer", {"answer": ""}).status_code == 422
    assert take(chair, "task", task_id, "answer", {"answer": "Đồng ý, trong dự toán"}).status_code == 303
    assert cards(page(chair)) == []
    again = take(chair, "task", task_id, "answer", {"answer": "Đồng ý"})
    assert again.status_code == 422
    assert "Không có đề xuất nào đang chờ trả lời" in again.get_data(as_text=True)
    with app.app_context():
        assert session.get_one(Task, task_id).card == ""
        event = session.query(Event).filter_by(subject="task", event="answer").one()
        assert (event.reason, event.data["proposal"]) == ("Đồng ý, trong dự toán", "Cho phép thuê ngoài")
    assert "đã trả lời đề xuất" in page(unit, "/notifications")


def test_no_more_than_twelve_statements_whatever_the_rows(app: Flask) -> None:
    house = found_authority(app)
    with app.app_context(), transaction():
        hold_office(house.people["chair"], house.units["ca"], "head")
    meeting = hold_meeting(app, house, on=date(2026, 9, 10))
    work.submit_minutes(app, house, meeting)
    chair = browser(app, house.people["chair"])
    counted: list[int] = []
    for _round in range(2):
        work.submit_notice(app, house, meeting)
        for make in (work.contested, work.proposed, work.extended, work.extended):
            make(app, house)
        work.reported(app, house, due=date(2026, 9, 30), title=work.TITLE)
        with counting(app) as statements:
            assert len(cards(page(chair, "/chair?all=1"))) == len(counted) * 6 + 7
        counted.append(len(statements))
        assert len(statements) <= BAR, "\n\n".join(statements)
    assert counted[0] == counted[1]


def test_a_report_that_comes_again_is_read_beside_what_was_asked_the_last_time(app: Flask) -> None:
    house = found_authority(app)
    task_id = work.reported(app, house, due=date(2026, 9, 30))
    chair = browser(app, house.people["chair"])
    assert "Lần trước yêu cầu làm lại" not in page(chair)
    for why in ("Thiếu biên bản", "Thiếu danh sách máy"):
        assert take(chair, "task", task_id, "send_back", {"reason": why}).status_code == 303
        work.move(app, house, task_id, "report", "head_vhxh", {"result": "Đã bổ sung."})
    card = page(chair).split('<article class="card ruling"')[1].split("</article>")[0]
    assert "<strong>Lần trước yêu cầu làm lại:</strong> Thiếu danh sách máy" in card
    assert "Thiếu biên bản" not in card, "the last time alone"


def test_who_is_asked_for_more_time_reads_how_far_the_work_is(app: Flask) -> None:
    house = found_authority(app)
    task_id = work.extended(app, house)
    chair = browser(app, house.people["chair"])
    assert "Tiến độ gần nhất" not in page(chair)
    for note in ("Đã khảo sát 3 tổ dân phố", "Đã khảo sát 9/12 tổ dân phố"):
        work.move(app, house, task_id, "progress", "head_tyt", {"note": note})
    assert "<strong>Tiến độ gần nhất (16/09/2026):</strong> Đã khảo sát 9/12 tổ dân phố" in page(chair)


def test_only_six_cards_at_first_and_the_rest_on_demand(app: Flask) -> None:
    house = found_authority(app)
    for _number in range(8):
        work.reported(app, house, due=date(2026, 9, 30))
    chair = browser(app, house.people["chair"])
    text = page(chair)
    assert len(cards(text)) == 6
    assert "Chờ quyết định (8)" in text
    assert "Xem thêm 2 việc" in text
    whole = page(chair, "/chair?all=1")
    assert len(cards(whole)) == 8
    last = cards(whole)[-1].removeprefix("task")
    form = whole.partition(f'action="/moves/task/{last}/confirm"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="next" value="/chair?all=1">' in form, "it stays open after a ruling"
    assert take(chair, "task", int(last), "confirm", {"hold": "1", "next": "/chair?all=1"}).location == "/chair?all=1"
    undo = page(chair, "/chair?all=1").partition('action="/rulings/1/take-back"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="next" value="/chair?all=1">' in undo
    assert post(chair, "/rulings/1/take-back", {"next": "/chair?all=1"}).location == "/chair?all=1"


def test_a_ruling_that_failed_still_leads_back_to_the_queue(app: Flask) -> None:
    house = found_authority(app)
    done = work.reported(app, house, due=date(2026, 9, 30))
    work.extended(app, house)
    chair = browser(app, house.people["chair"])
    for address in (f"/moves/task/{done}/send_back", "/moves/extension/1/refuse"):
        failed = post(chair, address, {"next": "/chair"})
        assert failed.status_code == 422
        form = failed.get_data(as_text=True).partition(f'action="{address}"')[2].partition("</form>")[0]
        assert '<input type="hidden" name="next" value="/chair">' in form, address
        assert post(chair, address, {"next": "/chair", "reason": "Chưa đủ"}).location == "/chair"
    outside = post(chair, f"/moves/task/{done}/send_back", {"next": "//evil.example"}).get_data(as_text=True)
    assert "evil.example" not in outside
