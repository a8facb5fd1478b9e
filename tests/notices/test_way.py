"""From a pasted text to an issued notice with its tasks, through the screens."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import Conclusion, CoordinatingPart, Event, Notice, Notification, TaskSpan
from tests.factories import House, assign_task, browser, post, take
from tests.notices import steps
from workflows import conclusion
from workflows.notice import DROPPED, ISSUED, SIGNED
from workflows.task import ASSIGNED

if TYPE_CHECKING:
    import time_machine
    from flask import Flask
    from flask.testing import FlaskClient


def test_it_goes_from_a_pasted_text_to_tasks_with_leads_and_dates(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house)
    page = secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
    assert "Mục 3: nhập thời hạn, hoặc nêu lý do không có hạn" in page
    assert take(secretary, "notice", notice_id, "submit").status_code == 422

    steps.complete(app, secretary, notice_id)
    steps.issue(secretary, chair, notice_id)

    notice = steps.notice_of(app, notice_id)
    assert (notice.state, notice.symbol, notice.issued_on) == (ISSUED, "01/TB-BCĐ", date(2026, 11, 23))
    tasks = steps.tasks_of(app)
    assert [task.code for task in tasks] == ["NV-2026-1", "NV-2026-2", "NV-2026-3"]
    assert {task.state for task in tasks} == {ASSIGNED}
    assert [task.lead_unit_id for task in tasks] == [house.units[key].id for key in ("vhxh", "kt", "cntt")]
    assert [task.current_due for task in tasks] == [date(2026, 12, 15), None, None]
    assert tasks[0].original_due == date(2026, 12, 15)
    assert tasks[1].no_due_reason == "thực hiện thường xuyên"
    assert (tasks[2].recurrence, tasks[2].no_due_reason) == ("monthly", "Định kỳ hằng tháng")
    assert "may tinh bang" in tasks[0].search_text
    with app.app_context():
        parts = session.scalars(select(CoordinatingPart.unit_id).where(CoordinatingPart.task_id == tasks[0].id)).all()
        assert parts == [house.units["ca"].id]
        assert set(session.scalars(select(Conclusion.state))) == {conclusion.ISSUED}


def test_issuing_tells_the_units_and_the_committee_once(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house)
    steps.complete(app, secretary, notice_id)
    steps.issue(secretary, chair, notice_id)

    with app.app_context():
        units = set(session.scalars(select(Notification.person_id).where(Notification.rule == "task.assign")))
        assert units == {house.people[key].id for key in ("head_vhxh", "head_kt", "head_cntt", "head_ca")}
        board = session.scalars(select(Notification.person_id).where(Notification.rule == "notice.issue")).all()
        assert sorted(board) == sorted(house.people[key].id for key in ("chair", "deputy", "member"))
    page = secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
    assert "Đã báo cho" in page
    assert house.people["head_ca"].full_name in page


def test_the_issued_page_has_a_stable_place_for_each_clause_and_shows_how_far_it_is(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house)
    steps.complete(app, secretary, notice_id)
    steps.issue(secretary, chair, notice_id)
    unit = browser(app, house.people["head_vhxh"])
    task = steps.tasks_of(app)[0]

    page = unit.get(f"/notices/{notice_id}").get_data(as_text=True)
    assert 'id="2"' in page
    assert f"/tasks/{task.id}" in page
    assert "Chưa thực hiện" in page
    assert "Không phát sinh nhiệm vụ" in page

    assert take(unit, "task", task.id, "accept").status_code == 303
    assert "Đang thực hiện" in unit.get(f"/notices/{notice_id}").get_data(as_text=True)


def test_a_draft_is_not_shown_to_a_unit_nor_an_issued_notice_to_one_without_work_from_it(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house)
    unit, stranger = browser(app, house.people["head_vhxh"]), browser(app, house.people["head_tyt"])
    assert unit.get(f"/notices/{notice_id}").status_code == 404
    steps.complete(app, secretary, notice_id)
    steps.issue(secretary, chair, notice_id)
    assert unit.get(f"/notices/{notice_id}").status_code == 200
    assert stranger.get(f"/notices/{notice_id}").status_code == 404
    assert "01/TB-BCĐ" in unit.get("/notices").get_data(as_text=True)
    assert "01/TB-BCĐ" not in stranger.get("/notices").get_data(as_text=True)


def test_a_clause_for_a_group_makes_one_task_each(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    text = (
        "1. Giao các phòng chuyên môn cập nhật hồ sơ trên phần mềm quản lý văn bản, hoàn thành trước ngày 31/12/2026."
    )
    notice_id = steps.compose(secretary, house, text)
    steps.issue(secretary, chair, notice_id)
    tasks = steps.tasks_of(app)
    assert [task.lead_unit_id for task in tasks] == [house.units[key].id for key in ("vhxh", "kt", "hcc")]
    assert {task.current_due for task in tasks} == {date(2026, 12, 31)}


def test_a_clause_carries_an_open_task_on_with_a_new_date(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    task_id = assign_task(app, house, lead="vhxh", due=date(2026, 12, 1), title="Rà soát máy tính bảng đã cấp")
    text = "1. Phòng Văn hóa - Xã hội tiếp tục rà soát máy tính bảng đã cấp."
    notice_id = steps.compose(secretary, house, text)
    (clause,) = steps.clauses_of(app, notice_id)
    page = secretary.get(f"/notices/{notice_id}?clause={clause.id}").get_data(as_text=True)
    assert "Giống nhiệm vụ đang mở" in page

    said = steps.say(secretary, clause, outcome="continues", continues=str(task_id), due_on="20/12/2026")
    assert said.status_code == 303
    steps.issue(secretary, chair, notice_id)

    (task,) = steps.tasks_of(app)
    assert (task.id, task.conclusion_id, task.current_due) == (task_id, clause.id, date(2026, 12, 20))
    assert task.original_due == date(2026, 12, 1)
    assert "NV-THU" in secretary.get(f"/notices/{notice_id}").get_data(as_text=True)


def test_a_clause_without_a_new_date_keeps_the_old_one(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    task_id = assign_task(app, house, lead="vhxh", due=date(2026, 12, 1))
    notice_id = steps.compose(secretary, house, "1. Phòng Văn hóa - Xã hội tiếp tục rà soát máy tính bảng.")
    (clause,) = steps.clauses_of(app, notice_id)
    steps.say(secretary, clause, outcome="continues", continues=str(task_id), due_on="")
    steps.issue(secretary, chair, notice_id)
    (task,) = steps.tasks_of(app)
    assert (task.current_due, task.due_changes) == (date(2026, 12, 1), 0)


def test_issuing_refuses_when_the_continued_task_was_closed_meanwhile(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    task_id = assign_task(app, house, lead="kt", due=date(2026, 12, 1))
    notice_id = steps.compose(secretary, house, "1. Phòng Kinh tế tiếp tục lập kế hoạch.")
    (clause,) = steps.clauses_of(app, notice_id)
    steps.say(secretary, clause, outcome="continues", continues=str(task_id), due_on="")
    steps.move(secretary, notice_id, "submit")
    steps.move(chair, notice_id, "sign")
    assert take(chair, "task", task_id, "withdraw", {"reason": "không còn cần"}).status_code == 303

    answer = take(secretary, "notice", notice_id, "issue")
    assert answer.status_code == 422
    assert "đã kết thúc" in answer.get_data(as_text=True)
    notice = steps.notice_of(app, notice_id)
    assert (notice.state, notice.number) == (SIGNED, None)


def test_issuing_refuses_a_text_that_is_not_the_signed_one(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house)
    steps.complete(app, secretary, notice_id)
    steps.move(secretary, notice_id, "submit")
    steps.move(chair, notice_id, "sign")
    with app.app_context():
        clause = session.scalars(select(Conclusion).where(Conclusion.notice_id == notice_id)).first()
        assert clause is not None
        clause.text += " (thêm sau khi ký)"
        session.commit()

    answer = take(secretary, "notice", notice_id, "issue")
    assert answer.status_code == 422
    assert "Nội dung đã khác với bản được ký" in answer.get_data(as_text=True)
    assert steps.notice_of(app, notice_id).number is None


def test_nobody_edits_a_submitted_notice_and_unsigning_opens_it_again(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house)
    steps.complete(app, secretary, notice_id)
    steps.move(secretary, notice_id, "submit")
    clause = steps.clauses_of(app, notice_id)[1]
    assert steps.say(secretary, clause, text="đổi").status_code in {409, 422}
    assert post(secretary, f"/notices/{notice_id}/clauses", {"text": "5. Thêm"}).status_code == 422
    steps.move(chair, notice_id, "sign")
    steps.move(secretary, notice_id, "unsign", reason="sửa số liệu")
    assert steps.notice_of(app, notice_id).digest is None
    clause = steps.clauses_of(app, notice_id)[1]
    assert steps.say(secretary, clause, text="Nội dung mới").status_code == 303


def test_the_secretary_records_that_the_chair_signed_on_paper(app: Flask, house: House, secretary: FlaskClient) -> None:
    notice_id = steps.compose(secretary, house)
    steps.complete(app, secretary, notice_id)
    steps.move(secretary, notice_id, "submit")
    assert "Ghi ý kiến đã ký trên giấy" in secretary.get(f"/notices/{notice_id}").get_data(as_text=True)

    chair = house.people["chair"]
    steps.move(secretary, notice_id, "sign", recorded_for=str(chair.id), basis="Bản ký giấy ngày 23/11/2026")
    notice = steps.notice_of(app, notice_id)
    assert (notice.state, notice.signer_id) == (SIGNED, chair.id)
    with app.app_context():
        event = session.scalars(select(Event).where(Event.subject == "notice", Event.event == "sign")).one()
        assert (event.actor_id, event.on_behalf_of_id) == (house.people["secretary"].id, chair.id)


def test_a_deputy_signs_for_the_chair(app: Flask, house: House, secretary: FlaskClient) -> None:
    deputy = browser(app, house.people["deputy"])
    notice_id = steps.compose(secretary, house)
    steps.complete(app, secretary, notice_id)
    steps.move(secretary, notice_id, "submit")
    steps.move(deputy, notice_id, "sign")
    steps.move(secretary, notice_id, "issue")
    notice = steps.notice_of(app, notice_id)
    assert (notice.capacity, notice.signer_id) == ("KT.", house.people["deputy"].id)


def test_a_dropped_draft_takes_its_clauses_with_it(app: Flask, house: House, secretary: FlaskClient) -> None:
    notice_id = steps.compose(secretary, house)
    steps.move(secretary, notice_id, "drop")
    assert steps.notice_of(app, notice_id).state == DROPPED
    assert steps.clauses_of(app, notice_id) == []


def test_the_number_and_the_tasks_are_one_piece(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient, clock: time_machine.Traveller
) -> None:
    """The day of issue lies ahead: nothing happens, and the next issue still gets number 1."""
    notice_id = steps.compose(secretary, house)
    steps.complete(app, secretary, notice_id)
    steps.move(secretary, notice_id, "submit")
    steps.move(chair, notice_id, "sign")
    answer = take(secretary, "notice", notice_id, "issue", {"issued_on": "01/12/2026"})
    assert answer.status_code == 422
    assert "Ngày ban hành không được sau hôm nay" in answer.get_data(as_text=True)
    assert steps.tasks_of(app) == []
    steps.move(secretary, notice_id, "issue")
    with app.app_context():
        assert session.get_one(Notice, notice_id).number == 1
        spans = session.scalars(select(TaskSpan)).all()
        assert {span.state for span in spans} == {ASSIGNED}


def test_a_unit_is_led_only_to_what_it_may_open(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house)
    steps.complete(app, secretary, notice_id)
    steps.issue(secretary, chair, notice_id)
    unit = browser(app, house.people["head_kt"])
    page = unit.get(f"/notices/{notice_id}").text
    opened = [task.id for task in steps.tasks_of(app) if f'href="/tasks/{task.id}"' in page]
    assert [unit.get(f"/tasks/{task_id}").status_code for task_id in opened] == [200]
    assert all(task.code in page for task in steps.tasks_of(app))
