"""What goes otherwise on the day: an early end, words not yet saved, a mistake in the agenda, an unknown presider."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import time_machine

from app.clock import now
from app.db import session, transaction
from app.models import AgendaItem, Attendance, Meeting, Minutes, Notice
from app.queries.paper_facts import proposals_until
from app.services.notices import begin_notice
from tests.factories import at_noon, browser, found_authority, hold_meeting, post, take
from workflows.meeting import CONVENED, HELD
from workflows.minutes import SUBMITTED

if TYPE_CHECKING:
    from flask import Flask

DAY = date(2026, 9, 18)


def text_of(answer: object) -> str:
    return answer.get_data(as_text=True)  # type: ignore[attr-defined, no-any-return]  # of any answer


def test_a_meeting_may_end_before_the_hour_for_which_it_was_called(app: Flask) -> None:
    with time_machine.travel(at_noon(DAY), tick=False) as clock:
        house = found_authority(app)
        meeting = hold_meeting(app, house, on=DAY)
        with app.app_context(), transaction():
            kept = session.get_one(Meeting, meeting)
            kept.state, kept.held_at = CONVENED, None
            kept.starts_at, kept.ends_at = now() + timedelta(minutes=10), None
            name = house.people["chair"].full_name
            session.add(Attendance(authority_id=kept.authority_id, meeting_id=meeting, name=name))
        desk = browser(app, house.people["secretary"])
        assert take(desk, "meeting", meeting, "start").status_code == 303
        began = now()
        clock.shift(timedelta(minutes=3))
        post(desk, f"/meetings/{meeting}/attendance", {"all": "1"})
        answer = take(desk, "meeting", meeting, "end")
        assert answer.status_code == 303, text_of(answer)
        with app.app_context():
            kept = session.get_one(Meeting, meeting)
            assert (kept.state, kept.starts_at, kept.ends_at) == (HELD, began, now())


def test_minutes_take_along_what_was_not_saved_yet(app: Flask) -> None:
    with time_machine.travel(at_noon(DAY), tick=False):
        house = found_authority(app)
        meeting = hold_meeting(app, house, on=DAY)
        desk = browser(app, house.people["secretary"])
        desk.get(f"/meetings/{meeting}/minutes")
        with app.app_context():
            version = session.query(Minutes).one().version
        empty = post(desk, f"/meetings/{meeting}/minutes", {"text": " ", "version": version, "act": "submit"})
        assert empty.status_code == 422
        answer = post(
            desk, f"/meetings/{meeting}/minutes", {"text": "Thêm một dòng", "version": version, "act": "submit"}
        )
        assert answer.status_code == 303, text_of(answer)
        with app.app_context():
            paper = session.query(Minutes).one()
            assert (paper.state, paper.text) == (SUBMITTED, "Thêm một dòng")


def test_a_mistake_in_a_new_item_keeps_what_was_typed(app: Flask) -> None:
    with time_machine.travel(at_noon(DAY), tick=False):
        house = found_authority(app)
        meeting = hold_meeting(app, house, on=DAY)
        with app.app_context(), transaction():
            session.get_one(Meeting, meeting).state = CONVENED
            before = session.query(AgendaItem).count()
        desk = browser(app, house.people["secretary"])
        typed = {"title": "Kế hoạch quý IV", "presenter": "Vũ Ngọc Diệp", "minutes": "20"}
        for wrong, kept in (
            ({"task": "NV-2026-9999 không có"}, "NV-2026-9999 không có"),
            ({"papers": (BytesIO(b"MZ\x90\x00" + b"0" * 64), "tai-lieu.pdf")}, "Kế hoạch quý IV"),
        ):
            answer = post(desk, f"/meetings/{meeting}/agenda", typed | wrong)
            page = text_of(answer)
            assert answer.status_code == 422
            assert 'value="Kế hoạch quý IV"' in page
            assert 'value="Vũ Ngọc Diệp"' in page
            assert kept in page
            with app.app_context():
                assert session.query(AgendaItem).count() == before


def test_units_may_propose_for_a_meeting_made_at_short_notice_until_it_meets(app: Flask) -> None:
    with time_machine.travel(at_noon(DAY), tick=False):
        house = found_authority(app)
        meeting = hold_meeting(app, house, on=DAY)
        with app.app_context():
            kept = session.get_one(Meeting, meeting)
            kept.ends_at, kept.made_at = None, now()
            kept.starts_at = now() + timedelta(days=1)
            assert proposals_until(kept) == DAY + timedelta(days=1)
            kept.starts_at = now() + timedelta(days=30)
            last = proposals_until(kept)
            assert last is not None
            assert last < DAY + timedelta(days=28)
            session.rollback()


def test_what_is_not_known_of_a_meeting_leaves_no_gap_in_its_notice(app: Flask) -> None:
    with time_machine.travel(at_noon(DAY), tick=False):
        house = found_authority(app)
        meeting = hold_meeting(app, house, on=DAY)
        with app.app_context(), transaction():
            kept = session.get_one(Meeting, meeting)
            kept.presider_id, kept.presider_name, kept.place = None, "", "Phòng họp tầng 2"
        desk = browser(app, house.people["secretary"])
        text = "1. Giao Phòng Văn hóa - Xã hội rà soát máy tính bảng, báo cáo trước ngày 15/12/2026."
        post(desk, f"/meetings/{meeting}/notice", {"committee": str(house.committee.id), "text": text})
        with app.app_context():
            opening = session.query(Notice).one().opening
        assert "…" not in opening
        assert opening.startswith(f"Ngày 18/09/2026, tại Phòng họp tầng 2, {house.committee.name} tổ chức ")


def test_a_draft_of_the_room_follows_the_day_on_which_the_meeting_took_place(app: Flask) -> None:
    with time_machine.travel(at_noon(DAY), tick=False):
        house = found_authority(app)
        meeting = hold_meeting(app, house, on=DAY + timedelta(days=3), title="Giao ban ngày 21/09/2026")
        with app.app_context(), transaction():
            kept = session.get_one(Meeting, meeting)
            kept.state, kept.held_at, kept.presider_id = CONVENED, None, house.people["chair"].id
            begin_notice(kept, house.people["secretary"])
        desk = browser(app, house.people["secretary"])
        assert take(desk, "meeting", meeting, "record", {"held_on": "18/9/2026"}).status_code == 303
        with app.app_context():
            draft = session.query(Notice).one()
            number = draft.id
            assert "21/09/2026" not in draft.subject + draft.opening + session.get_one(Meeting, meeting).title
            assert "18/09/2026" in draft.subject
            assert draft.opening.startswith("Ngày 18/09/2026")
        warning = "trích yếu hoặc phần mở đầu ghi ngày khác"
        assert warning not in text_of(desk.get(f"/notices/{number}"))
        with app.app_context(), transaction():
            session.get_one(Notice, number).opening = "Ngày 21 tháng 9 năm 2026, đồng chí Trưởng ban kết luận:"
        assert warning in text_of(desk.get(f"/notices/{number}"))


def test_minutes_list_the_days_that_no_calendar_has_and_may_be_submitted_all_the_same(app: Flask) -> None:
    with time_machine.travel(at_noon(DAY), tick=False):
        house = found_authority(app)
        meeting = hold_meeting(app, house, on=DAY)
        desk = browser(app, house.people["secretary"])
        desk.get(f"/meetings/{meeting}/minutes")
        said = "1.1. Rà soát (chủ trì: Văn phòng; thời hạn: 31/2)\n1.2. Kiểm kê (thời hạn: 15/12/2026)\nXong quý IV."
        assert post(desk, f"/meetings/{meeting}/minutes", {"text": said}).status_code == 303
        page = text_of(desk.get(f"/meetings/{meeting}/minutes"))
        assert "chưa đọc được: «31/2»." in page
        assert take(desk, "minutes", 1, "submit").status_code == 303
        assert "«31/2»" in text_of(browser(app, house.people["chair"]).get(f"/meetings/{meeting}/minutes"))
