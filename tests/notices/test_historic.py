"""Old notices entered as history: their own numbers and days, tasks as of then, nothing told for days gone by."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.clock import day_of, start_of
from app.db import session
from app.models import Committee, Event, Notification, Person, TaskSpan
from app.queries.month_account import month_account
from app.queries.periods_of import period_on
from tests.factories import House, assign_task, browser, hold_meeting, post, take
from tests.notices import steps
from tests.posts import run_at, told, wall
from workflows.notice import ISSUED
from workflows.task import COMPLETED

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

    notice_id = steps.compose(
        secretary, house, TEXT, historic="y", issued_on="10/03/2026", signer_name="Trần Quốc Toản"
    )
    assert take(secretary, "notice", notice_id, "submit").status_code == 403
    answer = take(secretary, "notice", notice_id, "enter")
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
    steps.review(app, secretary, notice_id)
    answer = take(secretary, "notice", notice_id, "enter", {"number": "467-TB/QU", "issued_on": "02/01/2019"})
    assert answer.status_code == 422
    assert "không được trước ngày họp" in answer.get_data(as_text=True)
    steps.enter(secretary, notice_id, number="467-TB/QU", issued_on="15/01/2019")
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


def past_meeting(desk: FlaskClient, house: House) -> str:
    """Enter a meeting of 2026 presided by somebody who has left, and return its address."""
    form = {
        "historic": "1", "committee_id": house.committee.id, "title": "Phiên họp tháng 3", "day": "5/3/2026",
        "presided_by": "Trần Quốc Toản", "presider_title": "Chủ tịch UBND phường",
    }  # fmt: skip
    return post(desk, "/meetings/new", form).location


def test_the_page_of_a_past_meeting_leads_to_its_notice_with_what_is_known(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    meeting = past_meeting(secretary, house)
    page = secretary.get(meeting).get_data(as_text=True)
    assert "Nhập thông báo kết luận đã ban hành" in page
    assert f'href="{meeting}/notice"' in page
    number = meeting.rpartition("/")[2]
    assert secretary.get(f"/notices/new?historic=1&meeting={number}").location == f"{meeting}/notice?historic=1"
    form = secretary.get(f"{meeting}/notice").get_data(as_text=True)
    assert 'value="05/03/2026"' in form
    assert 'value="Trần Quốc Toản"' in form
    assert 'value="Chủ tịch UBND phường"' in form
    assert "Nhập thông báo kết luận đã ban hành" in form

    typed = {"committee": str(house.committee.id), "text": TEXT, "historic": "y", "issued_on": "10/3/2026"}
    notice = steps.notice_in(post(secretary, f"{meeting}/notice", typed))
    kept = steps.notice_of(app, notice)
    assert (kept.signer_id, kept.signer_name, kept.signer_title) == (None, "Trần Quốc Toản", "Chủ tịch UBND phường")
    assert kept.subject == "Kết luận của Chủ tịch UBND phường tại phiên họp tháng 3"
    assert "đồng chí Trần Quốc Toản chủ trì" in kept.opening
    draft = secretary.get(f"/notices/{notice}").get_data(as_text=True)
    assert "Ký: Trần Quốc Toản" in draft
    assert "Ghi vào sổ" in draft
    assert "Trình ký" not in draft.partition('id="steps"')[2].partition("<details")[0]


def test_the_signer_of_an_old_notice_is_as_on_the_paper_and_nobody_signs_it_again(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    notice = steps.compose(secretary, house, TEXT, historic="y", issued_on="10/03/2026")
    head = {"subject": "Kết luận tháng 3", "capacity": "KT.", "supersedes": "0", "issued_on": "10/03/2026"}
    named = {"signer_name": "Lý Thường Kiệt", "signer_title": "Phó Trưởng ban"}
    assert post(secretary, f"/notices/{notice}/head", head | named).status_code == 303
    steps.enter(secretary, notice, number="05/TB-BCĐ")
    paper = secretary.get(f"/notices/{notice}").get_data(as_text=True)
    assert "KT. Lý Thường Kiệt, Phó Trưởng ban" in paper
    assert "Ký lúc" not in paper
    assert steps.notice_of(app, notice).signer_id is None
    with app.app_context():
        rules = set(session.scalars(select(Notification.rule)))
        assert rules == {"task.assign"}  # the units are told of what they still have to do, nobody of the paper


def test_what_was_done_before_the_paper_was_entered_stands_as_done_then(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    notice = steps.compose(secretary, house, TEXT, historic="y", issued_on="10/03/2026")
    first, second = steps.clauses_of(app, notice)
    for wrong, said in (
        ({"done_on": "1/3/2026", "done_result": "Đã báo cáo"}, "trước ngày ban hành thông báo"),
        ({"done_on": "1/12/2026", "done_result": "Đã báo cáo"}, "không được sau hôm nay"),
        ({"done_on": "20/4/2026", "done_result": ""}, "Hãy ghi kết quả trong một dòng"),
    ):
        refused = steps.say(secretary, first, **wrong)
        assert refused.status_code == 422
        assert said in refused.get_data(as_text=True)
    late = {"done_on": "20/4/2026", "done_result": "Báo cáo số 12/BC-VHXH"}
    assert steps.say(secretary, first, **late).status_code == 303
    # Without any due date: what is done needs no reason for having none.
    done = {"due_on": "", "no_due_reason": "", "done_on": "1/6/2026", "done_result": "Đã cập nhật 3.200 hồ sơ"}
    assert steps.say(secretary, second, **done).status_code == 303
    assert "đã hoàn thành ngày 20/04/2026" in secretary.get(f"/notices/{notice}").get_data(as_text=True)
    steps.enter(secretary, notice, number="05/TB-BCĐ")

    old, undated = steps.tasks_of(app)
    assert (old.state, old.reported_on, old.result) == (COMPLETED, date(2026, 4, 20), "Báo cáo số 12/BC-VHXH")
    assert (undated.state, undated.current_due) == (COMPLETED, None)
    with app.app_context():
        assert session.scalars(select(Notification)).all() == []
        spans = session.execute(
            select(TaskSpan.state, TaskSpan.began_at, TaskSpan.ended_at).where(TaskSpan.task_id == old.id)
        ).all()
        assert [(state, day_of(began), ended and day_of(ended)) for state, began, ended in spans] == [
            ("assigned", date(2026, 3, 10), date(2026, 4, 20)), (COMPLETED, date(2026, 4, 20), None),
        ]  # fmt: skip
        committee = session.get_one(Committee, house.committee.id)
        spring = month_account(committee, period_on(committee.id, date(2026, 4, 20)))
        assert (spring.total.carried, spring.total.late, spring.total.in_time) == (2, 1, 1)
        assert spring.total.balanced
        assert spring.total.entered == 2
    page = secretary.get(f"/tasks/{old.id}").get_data(as_text=True)
    assert "đã ghi nhận hoàn thành từ trước" in page
    assert "Hoàn thành ngày 20/04/2026" in page
    assert "Căn cứ: nhập lại lịch sử" in page
    assert "Vũ Ngọc Diệp" in page
    assert "Báo cáo số 12/BC-VHXH" in page


def test_a_task_entered_as_open_may_be_entered_as_done_before_its_unit_takes_it(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    notice = steps.compose(secretary, house, TEXT, historic="y", issued_on="10/03/2026")
    steps.enter(secretary, notice, number="05/TB-BCĐ")
    task = steps.tasks_of(app)[0].id
    assert take(browser(app, house.people["chair"]), "task", task, "enter_done").status_code == 403
    for day, said in (("1/3/2026", "trước ngày giao việc"), ("24/11/2026", "trước khi văn bản được nhập")):
        refused = take(secretary, "task", task, "enter_done", {"done_on": day, "result": "Đã xong"})
        assert refused.status_code == 422
        assert said in refused.get_data(as_text=True)
    given = {"done_on": "10/4/2026", "result": "Đã báo cáo"}
    assert take(secretary, "task", task, "enter_done", given).status_code == 303
    assert steps.tasks_of(app)[0].state == COMPLETED
    with app.app_context():
        told_of = session.scalars(select(Person.login).join(Notification).where(Notification.rule == "task.enter_done"))
        assert set(told_of) == {"head_vhxh"}
    fresh = assign_task(app, house, due=date(2026, 12, 1))
    assert take(secretary, "task", fresh, "enter_done", given).status_code == 403


def test_what_was_due_before_it_was_entered_is_asked_once_for_all(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house, TEXT, historic="y", issued_on="10/03/2026")
    first, second = steps.clauses_of(app, notice_id)
    page = secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
    assert "1 việc có thời hạn đã qua" in page
    assert f'name="day-{first.id}"' in page
    assert f'name="day-{second.id}"' not in page  # due next month

    answer = post(
        secretary,
        f"/notices/{notice_id}/done",
        {f"done-{first.id}": "y", f"day-{first.id}": "14/4/2026", "result": "Đã báo cáo UBND phường"},
    )
    assert answer.status_code == 303
    clause = steps.clauses_of(app, notice_id)[0]
    assert (clause.done_on, clause.done_result) == (date(2026, 4, 14), "Đã báo cáo UBND phường")
    assert not clause.reviewed  # whether its words are right was not asked
    assert "thời hạn đã qua" not in secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
    steps.issue(secretary, chair, notice_id, number="05/TB-BCĐ")
    assert steps.tasks_of(app)[0].state == COMPLETED


def test_a_wrong_day_of_one_keeps_what_was_typed_of_all(app: Flask, house: House, secretary: FlaskClient) -> None:
    text = TEXT + "\n\n3. Giao Công an phường lắp camera, hoàn thành trước ngày 20/5/2026."
    notice_id = steps.compose(secretary, house, text, historic="y", issued_on="10/03/2026")
    first, _second, third = steps.clauses_of(app, notice_id)
    path = f"/notices/{notice_id}/done"
    typed = {f"done-{first.id}": "y", f"day-{first.id}": "14/4/2026", f"done-{third.id}": "y", "result": "Xong rồi"}
    for day, said in (
        ("31/2", "Hãy ghi ngày hoàn thành"),
        ("09/03/2026", "không được trước ngày ban hành"),
        ("24/11/2026", "không được sau hôm nay"),
        ("", "Hãy ghi ngày hoàn thành"),
    ):
        answer = post(secretary, path, typed | {f"day-{third.id}": day})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422, day
        assert said in page, day
        assert third.address in page
        assert 'value="14/4/2026"' in page
        assert "Xong rồi" in page
        assert steps.clauses_of(app, notice_id)[0].done_on is None
    answer = post(secretary, path, {"result": "Xong rồi"})
    assert answer.status_code == 422
    assert "Hãy đánh dấu" in answer.get_data(as_text=True)


def test_nobody_but_the_secretary_says_what_was_done(app: Flask, house: House, secretary: FlaskClient) -> None:
    notice_id = steps.compose(secretary, house, TEXT, historic="y", issued_on="10/03/2026")
    head = browser(app, house.people["head_vhxh"])
    assert post(head, f"/notices/{notice_id}/done", {}).status_code == 404
    new = steps.compose(secretary, house, TEXT.replace("15/4", "15/12"))
    clause = steps.clauses_of(app, new)[0]
    form = {f"done-{clause.id}": "y", f"day-{clause.id}": "20/11/2026", "result": "Xong"}
    assert post(secretary, f"/notices/{new}/done", form).status_code == 422
    assert steps.clauses_of(app, new)[0].done_on is None
