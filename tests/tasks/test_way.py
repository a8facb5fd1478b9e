"""The task's way through the screens: accepted, reported with evidence, confirmed; and what is refused, in words."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session
from app.models import Attachment, Event, Extension, Notification, Task, TaskSpan
from tests.factories import assign_task, at_noon, browser, found_authority, post, take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.test import TestResponse

DAY = date(2026, 9, 16)
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def state_of(app: Flask, task_id: int) -> str:
    with app.app_context():
        return session.get_one(Task, task_id).state


def text_of(response: TestResponse) -> str:
    return response.get_data(as_text=True)


def test_unit_accepts_reports_with_evidence_and_chair_confirms(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30), evidence_rule="file")
    unit, chair = browser(app, house.people["head_vhxh"]), browser(app, house.people["chair"])
    page = text_of(unit.get(f"/tasks/{task_id}"))
    assert "Chờ Phòng Văn hóa - Xã hội tiếp nhận" in page
    assert take(unit, "task", task_id, "accept", {"person": house.people["staff_vhxh"].id}).status_code == 303
    refused = take(unit, "task", task_id, "report", {"result": "Đã kiểm kê xong 52 máy."})
    assert refused.status_code == 422
    assert "Đã kiểm kê xong 52 máy." in text_of(refused)
    done = take(
        unit,
        "task",
        task_id,
        "report",
        {"result": "Đã kiểm kê xong 52 máy.", "evidence": (BytesIO(PNG), "anh may.png")},
    )
    assert done.status_code == 303, text_of(done)
    page = text_of(chair.get(f"/tasks/{task_id}"))
    assert "anh may.png" in page
    assert "Đã kiểm kê xong 52 máy." in page
    assert take(chair, "task", task_id, "confirm").status_code == 303
    with app.app_context():
        task = session.get_one(Task, task_id)
        assert (task.state, task.reported_on, task.self_confirmed) == ("completed", DAY, False)
        events = session.query(Event).filter_by(subject="task", subject_id=task_id).order_by(Event.seq)
        assert [event.event for event in events] == ["assign", "accept", "report", "confirm"]
        spans = session.query(TaskSpan).filter_by(task_id=task_id).order_by(TaskSpan.seq).all()
        assert [span.state for span in spans] == ["assigned", "in_progress", "reported", "completed"]
        assert [span.ended_at is None for span in spans] == [False, False, False, True]
        file_id = session.query(Attachment).one().id
    got = chair.get(f"/files/{file_id}")
    assert got.data == PNG
    assert got.headers["Content-Type"] == "image/png"
    got.close()
    assert browser(app, house.people["head_kt"]).get(f"/files/{file_id}").status_code == 404


def test_reporter_cannot_confirm_and_is_told_why(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    unit = browser(app, house.people["head_vhxh"])
    take(unit, "task", task_id, "accept")
    take(unit, "task", task_id, "report", {"result": "Xong."})
    refused = take(unit, "task", task_id, "confirm")
    assert refused.status_code == 403
    assert "Trưởng ban" in text_of(refused)
    assert state_of(app, task_id) == "reported"


def test_second_mover_is_told_and_keeps_the_words(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    unit, chair = browser(app, house.people["head_vhxh"]), browser(app, house.people["chair"])
    take(unit, "task", task_id, "accept")
    take(unit, "task", task_id, "report", {"result": "Xong."})
    with app.app_context():
        version = session.get_one(Task, task_id).version
    take(chair, "task", task_id, "confirm", {"version": version})
    deputy = browser(app, house.people["deputy"])
    late = take(deputy, "task", task_id, "send_back", {"version": version, "reason": "Thiếu danh sách"})
    assert late.status_code == 409
    page = text_of(late)
    assert "vừa được người khác thay đổi" in page
    assert "Thiếu danh sách" in page
    assert state_of(app, task_id) == "completed"


def test_a_result_that_was_sent_back_stands_in_no_list_or_file(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    unit, chair = browser(app, house.people["head_vhxh"]), browser(app, house.people["chair"])
    take(unit, "task", task_id, "accept")
    take(unit, "task", task_id, "report", {"result": "Đã hoàn thành nội dung."})
    told = ["/tasks/export.csv?status=open&columns=title,result", "/tasks/?status=open&columns=title,result"]
    assert all("Đã hoàn thành nội dung." in chair.get(file).get_data(as_text=True) for file in told)
    assert take(chair, "task", task_id, "send_back", {"reason": "Thiếu danh sách"}).status_code == 303
    assert not any("Đã hoàn thành nội dung." in chair.get(file).get_data(as_text=True) for file in told)


def test_progress_notes_do_not_disturb_an_open_form(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30), target_value=52, target_unit="máy")
    unit = browser(app, house.people["head_vhxh"])
    take(unit, "task", task_id, "accept")
    with app.app_context():
        version = session.get_one(Task, task_id).version
    staff = browser(app, house.people["staff_vhxh"])
    assert take(staff, "task", task_id, "progress", {"note": "37 máy", "measure": "37"}).status_code == 303
    done = take(unit, "task", task_id, "report", {"version": version, "result": "Xong", "measure": "52"})
    assert done.status_code == 303
    with app.app_context():
        assert session.get_one(Task, task_id).measure == 52


def test_extension_is_asked_and_granted_and_the_original_date_stays(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    unit, chair = browser(app, house.people["head_vhxh"]), browser(app, house.people["chair"])
    take(unit, "task", task_id, "accept")
    early = post(unit, f"/tasks/{task_id}/extension", {"new_due": "20/9/2026", "reason": "Chờ kinh phí"})
    assert early.status_code == 422
    assert "sau thời hạn hiện tại" in text_of(early)
    assert "Chờ kinh phí" in text_of(early)
    assert post(unit, f"/tasks/{task_id}/extension", {"new_due": "15/10", "reason": "Chờ kinh phí"}).status_code == 303
    with app.app_context():
        extension = session.query(Extension).one()
        assert extension.requested_due == date(2026, 10, 15)
        told = {n.person_id for n in session.query(Notification).filter_by(rule="extension.request")}
        assert house.people["chair"].id in told
    assert take(chair, "extension", extension.id, "grant", {"new_due": "10/10/2026"}).status_code == 303
    with app.app_context():
        task = session.get_one(Task, task_id)
        assert (task.original_due, task.current_due, task.due_changes) == (date(2026, 9, 30), date(2026, 10, 10), 1)
    page = text_of(unit.get(f"/tasks/{task_id}"))
    assert "30/09/2026" in page
    assert "10/10/2026" in page


def test_pause_stops_the_clock_and_resume_gives_the_working_days_back(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    chair = browser(app, house.people["chair"])
    take(browser(app, house.people["head_vhxh"]), "task", task_id, "accept")
    assert take(chair, "task", task_id, "pause", {"reason": "Chờ đề án", "until": "30/9/2026"}).status_code == 303
    with time_machine.travel(at_noon(date(2026, 9, 23)), tick=False):
        assert take(chair, "task", task_id, "resume").status_code == 303
    with app.app_context():
        task = session.get_one(Task, task_id)
        assert task.state == "in_progress"
        assert (task.current_due, task.original_due) == (date(2026, 10, 7), date(2026, 9, 30))


def test_list_and_its_numbers_agree(app: Flask) -> None:
    house = found_authority(app)
    for due in (date(2026, 9, 1), date(2026, 9, 15), DAY, date(2026, 9, 18), date(2026, 12, 1), None):
        assign_task(app, house, due=due, title="Kiểm kê máy tính bảng" if due else "Duy trì cổng thông tin")
    page = text_of(browser(app, house.people["secretary"]).get("/tasks/?status=overdue"))
    assert page.count('class="row-title"') == 2
    page = text_of(browser(app, house.people["secretary"]).get("/tasks/?q=may+tinh+bang"))
    assert page.count('class="row-title"') == 5
    stranger = text_of(browser(app, house.people["head_kt"]).get("/tasks/?status=all"))
    assert stranger.count('class="row-title"') == 0
    assert browser(app, house.people["admin"]).get("/tasks/1").status_code == 404


def test_nobody_is_sent_to_log_in_and_back(app: Flask) -> None:
    answer = app.test_client().get("/tasks/7?x=1")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/login?next=/tasks/7")


def test_a_good_file_survives_a_refusal(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30), evidence_rule="file")
    unit = browser(app, house.people["head_vhxh"])
    take(unit, "task", task_id, "accept")
    refused = take(unit, "task", task_id, "report", {"result": "", "evidence": (BytesIO(PNG), "anh.png")})
    assert refused.status_code == 422
    page = text_of(refused)
    assert "anh.png" in page
    kept = re.search(r'name="evidence-kept" value="(\d+)" checked', page)
    assert kept
    other = browser(app, house.people["head_kt"])
    assert take(other, "task", task_id, "report", {"result": "x", "evidence-kept": kept[1]}).status_code == 404
    done = take(unit, "task", task_id, "report", {"result": "Xong", "evidence-kept": kept[1]})
    assert done.status_code == 303, text_of(done)
    assert "anh.png" in text_of(unit.get(f"/tasks/{task_id}"))


def test_wrong_file_gets_a_sentence_and_keeps_the_words(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    unit = browser(app, house.people["head_vhxh"])
    take(unit, "task", task_id, "accept")
    answer = take(
        unit, "task", task_id, "progress", {"note": "Đang làm", "evidence": (BytesIO(b"MZ\x90\x00"), "bao-cao.pdf")}
    )
    assert answer.status_code == 422
    page = text_of(answer)
    assert "không đúng với đuôi .pdf" in page
    assert "Đang làm" in page


def test_a_unit_that_does_not_exist_is_refused_in_words(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    chair = browser(app, house.people["chair"])
    forged = take(chair, "task", task_id, "reassign", {"lead_unit": "99999", "reason": "Sai đơn vị"})
    assert forged.status_code == 422
    assert "Hãy chọn lại từ danh sách" in text_of(forged)
    assert "Sai đơn vị" in text_of(forged)


@pytest.mark.parametrize(
    ("typed", "day"),
    [("cuối quý", date(2026, 9, 30)), ("quý I/2027", date(2027, 3, 31)), ("cuối tháng sau", date(2026, 10, 31))],
)
def test_a_due_date_may_be_named_by_its_quarter_or_month(app: Flask, typed: str, day: date) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 25))
    asked = {"new_due": typed, "basis": "ruling", "basis_text": "Ý kiến ngày 16/9"}
    assert take(browser(app, house.people["chair"]), "task", task_id, "amend", asked).status_code == 303
    with app.app_context():
        assert session.get_one(Task, task_id).current_due == day
