"""Old notices entered as history: their own numbers and days, tasks as of then, nothing told for days gone by."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.clock import day_of, start_of
from app.db import session
from app.models import Event, TaskSpan
from tests.factories import House, browser, hold_meeting, post, take
from tests.notices import steps
from tests.posts import run_at, told, wall
from workflows.notice import ISSUED

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

TEXT = """1. Giao Phòng Văn hóa - Xã hội rà soát máy tính bảng, báo cáo trước ngày 15/4.

2. Giao Trạm Y tế phường cập nhật hồ sơ sức khỏe, hoàn thành trước ngày 30/12/2026."""


def test_an_old_notice_keeps_its_number_and_day_and_its_tasks_stand_since_then(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house, TEXT, historic="y", issued_on="10/03/2026")
    first, _second = steps.clauses_of(app, notice_id)
    # The year that the text leaves out is counted from the notice's day, and a past due date is taken.
    assert first.due_on == date(2026, 4, 15)
    assert steps.say(secretary, first).status_code == 303
    steps.issue(secretary, chair, notice_id, number="05/TB-BCĐ")

    notice = steps.notice_of(app, notice_id)
    assert (notice.state, notice.symbol, notice.number) == (ISSUED, "05/TB-BCĐ", 5)
    assert notice.issued_on == date(2026, 3, 10)
    tasks = steps.tasks_of(app)
    assert [task.current_due for task in tasks] == [date(2026, 4, 15), date(2026, 12, 30)]
    assert [day_of(task.assigned_at) for task in tasks if task.assigned_at] == [date(2026, 3, 10)] * 2
    assert {task.due_since for task in tasks} == {date(2026, 11, 23)}
    with app.app_context():
        spans = session.scalars(select(TaskSpan)).all()
        assert {span.began_at for span in spans} == {start_of(date(2026, 3, 10))}
        entered = session.scalars(select(Event.at).where(Event.subject == "task", Event.event == "assign")).all()
        assert {day_of(at) for at in entered} == {date(2026, 11, 23)}
    page = secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
    assert "Nhập từ văn bản cũ" in page
    assert "05/TB-BCĐ" in page
    assert "ngày 10 tháng 3 năm 2026" in page


def test_its_number_must_be_typed_and_its_day_lie_behind(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    answer = post(
        secretary,
        "/notices/new",
        {"committee": str(house.committee.id), "text": TEXT, "historic": "y", "issued_on": "10/12/2026"},
    )
    assert answer.status_code == 422
    assert "không được sau hôm nay" in answer.get_data(as_text=True)

    notice_id = steps.compose(secretary, house, TEXT, historic="y", issued_on="10/03/2026")
    steps.move(secretary, notice_id, "submit")
    steps.move(chair, notice_id, "sign")
    answer = take(secretary, "notice", notice_id, "issue")
    assert answer.status_code == 422
    assert steps.notice_of(app, notice_id).number is None


def test_the_notice_of_a_past_meeting_may_get_its_day_when_it_is_issued(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    meeting_id = hold_meeting(app, house, on=date(2019, 1, 8), title="Họp Ban Chỉ đạo", historic=True)
    form = {"committee": str(house.committee.id), "text": TEXT}
    notice_id = steps.notice_in(post(secretary, f"/meetings/{meeting_id}/notice", form))
    assert steps.notice_of(app, notice_id).historic
    assert steps.clauses_of(app, notice_id)[0].due_on == date(2019, 4, 15)
    steps.move(secretary, notice_id, "submit")
    steps.move(chair, notice_id, "sign")
    answer = take(secretary, "notice", notice_id, "issue", {"number": "467-TB/QU", "issued_on": "02/01/2019"})
    assert answer.status_code == 422
    assert "không được trước ngày họp" in answer.get_data(as_text=True)
    steps.move(secretary, notice_id, "issue", number="467-TB/QU", issued_on="15/01/2019")
    notice = steps.notice_of(app, notice_id)
    assert (notice.symbol, notice.scope, notice.issued_on) == ("467-TB/QU", "2019", date(2019, 1, 15))
    assert [task.code for task in steps.tasks_of(app)] == ["NV-2019-1", "NV-2019-2"]


def test_a_unit_has_its_usual_time_to_accept_a_task_entered_from_an_old_notice(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house, TEXT, historic="y", issued_on="19/11/2026")
    steps.issue(secretary, chair, notice_id, number="05/TB-BCĐ")
    task = steps.tasks_of(app)[0].id
    # Entered on Monday the 23rd; the 24th is a holiday, so the last day to accept is Wednesday the 25th.
    for day, heard in ((23, set()), (25, set()), (26, {"head_vhxh", "head_tyt"})):
        run_at(app, wall(date(2026, 11, day), 9), "plan_reminders")
        assert {login for rule, login, *_ in told(app) if rule == "not_accepted"} == heard, day
    head = browser(app, house.people["head_vhxh"])
    assert "tiếp nhận chậm nhất 25/11/2026" in head.get("/", follow_redirects=True).get_data(as_text=True)
    assert take(head, "task", task, "accept").status_code == 303
