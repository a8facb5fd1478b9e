"""Title, evidence and person in charge change by the edited register, each by its own move or with a reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import select

from app.db import session
from app.models import Event, Task
from tests.factories import assign_task, at_noon, browser, found_authority, post, take
from tests.tasks.test_log_names import said
from tests.tracker.sheets import read_in, upload
from tests.tracker.test_round_trip import place, row_of, sent_back, taken_out
from workflows.evidence import PHOTO, SIGNED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.factories import House

TODAY = date(2026, 9, 16)
FIRST, SECOND, THIRD = "Rà soát hồ sơ đợt 1", "Rà soát hồ sơ đợt 2", "Rà soát hồ sơ đợt 3"


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    """Return the authority with three tasks of one unit; the first and second are accepted."""
    with time_machine.travel(at_noon(TODAY), tick=False):
        made = found_authority(app)
        for number, title in enumerate((FIRST, SECOND, THIRD), 1):
            task_id = assign_task(app, made, lead="vhxh", title=title, due=date(2026, 10, number))
            if title != THIRD:
                given = {"version": version_of(app, task_id), "person": made.people["head_vhxh"].id}
                take(browser(app, made.people["head_vhxh"]), "task", task_id, "accept", given)
        yield made


def version_of(app: Flask, task_id: int) -> int:
    with app.app_context():
        return session.get_one(Task, task_id).version


def task_titled(title: str) -> Task:
    return session.scalars(select(Task).where(Task.title == title)).one()


def test_a_title_is_corrected_and_the_words_of_the_source_stay(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = taken_out(desk)
    _, title = place(rows, "Nhiệm vụ")
    row_of(rows, FIRST)[title] = "Rà soát  hồ sơ\nđất đai đợt một"
    made, page = sent_back(desk, house, rows)
    assert f"<del>{FIRST}</del>" in page
    assert "Đã ghi 1 ô thay đổi" in post(desk, f"/trackers/{made}/import", follow=True).get_data(as_text=True)
    with app.app_context():
        task = task_titled("Rà soát hồ sơ đất đai đợt một")
        assert task.detail == FIRST
        assert "dat dai" in task.search_text
    page = said(browser(app, house.people["head_vhxh"]), f"/tasks/{task.id}")
    assert f"Tên nhiệm vụ: {FIRST} → Rà soát hồ sơ đất đai đợt một" in page
    assert "đã sửa tên nhiệm vụ" in said(browser(app, house.people["head_vhxh"]), "/notifications")
    assert "Không có ô nào khác" in sent_back(desk, house, taken_out(desk))[1]


def test_a_title_that_cannot_be_corrected_says_why(app: Flask, house: House) -> None:
    head = browser(app, house.people["head_vhxh"])
    with app.app_context():
        task = task_titled(FIRST)
    take(head, "task", task.id, "report", {"version": task.version, "result": "Đã xong"})
    desk = browser(app, house.people["secretary"])
    rows = taken_out(desk)
    _, title = place(rows, "Nhiệm vụ")
    row_of(rows, FIRST)[title] = "Việc khác"
    row_of(rows, SECOND)[title] = "Dài " * 100
    row_of(rows, THIRD)[title] = ""
    made, page = sent_back(desk, house, rows)
    assert "Chờ xác nhận" in page
    assert "300 ký tự" in page
    assert "Chưa nhập “Tên nhiệm vụ”" in page or "Tên nhiệm vụ" in page
    assert post(desk, f"/trackers/{made}/import").status_code == 422


def test_another_person_of_the_lead_unit_takes_charge_recorded_for_its_head(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = taken_out(desk)
    _, owner = place(rows, "Người phụ trách")
    row_of(rows, FIRST)[owner] = "trinh gia huy"
    row_of(rows, SECOND)[owner] = "Bùi Đình Phúc"
    row_of(rows, THIRD)[owner] = "Trịnh Gia Huy"
    made, page = sent_back(desk, house, rows)
    assert "Ghi thay Hoàng Mai Lan" in page
    assert "«Bùi Đình Phúc» không công tác tại đơn vị chủ trì" in page
    assert "Đã ghi 1 ô thay đổi" in post(desk, f"/trackers/{made}/import", follow=True).get_data(as_text=True)
    with app.app_context():
        owners = {task.title: task.owner_id for task in session.scalars(select(Task))}
        assert owners[FIRST] == house.people["staff_vhxh"].id
        assert (owners[SECOND], owners[THIRD]) == (house.people["head_vhxh"].id, None)
        event = session.scalars(select(Event).where(Event.event == "hand_over")).one()
        assert event.actor_id == house.people["secretary"].id
        assert event.on_behalf_of_id == house.people["head_vhxh"].id
        assert "danh sach.xlsx" in event.data["basis_of_record"]


def test_the_evidence_asked_for_goes_out_and_comes_back(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = taken_out(desk)
    _, asked = place(rows, "Minh chứng khi báo cáo")
    assert row_of(rows, FIRST)[asked] == "Không bắt buộc"
    row_of(rows, FIRST)[asked] = "Ảnh chụp kết quả"
    row_of(rows, SECOND)[asked] = "chả biết"
    made, page = sent_back(desk, house, rows)
    assert "Hãy ghi một trong các yêu cầu" in page
    assert "Đã ghi 1 ô thay đổi" in post(desk, f"/trackers/{made}/import", follow=True).get_data(as_text=True)
    with app.app_context():
        task = task_titled(FIRST)
        assert task.asked_evidence == PHOTO
    page = said(browser(app, house.people["head_vhxh"]), f"/tasks/{task.id}")
    assert "Minh chứng khi báo cáo: Không bắt buộc → Ảnh chụp kết quả" in page


def test_all_cells_of_a_row_change_together(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = taken_out(desk)
    row = row_of(rows, FIRST)
    for heading, words in (
        ("Nhiệm vụ", "Việc mới tên"),
        ("Người phụ trách", "Trịnh Gia Huy"),
        ("Minh chứng khi báo cáo", "Văn bản đã ký (PDF)"),
        ("Mức ưu tiên", "Khẩn"),
    ):
        row[place(rows, heading)[1]] = words
    made, _page = sent_back(desk, house, rows)
    assert "Đã ghi 4 ô thay đổi" in post(desk, f"/trackers/{made}/import", follow=True).get_data(as_text=True)
    with app.app_context():
        task = task_titled("Việc mới tên")
        assert (task.priority, task.asked_evidence) == ("urgent", SIGNED)
        assert task.owner_id == house.people["staff_vhxh"].id


def test_an_offices_column_of_evidence_is_brought_in(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    head = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn", "Yêu cầu minh chứng"]
    rows = [
        [1, "Lắp camera", "P. VHXH", "30/11/2026", "Có ảnh hiện trường"],
        [2, "Ban hành quy chế", "P. VHXH", "30/11/2026", "VB ký số"],
        [3, "Họp dân", "P. VHXH", "30/11/2026", "x"],
        [4, "Tuyên truyền", "P. VHXH", "30/11/2026", "không"],
        [5, "Kiểm tra", "P. VHXH", "30/11/2026", "tùy tình hình"],
    ]
    made = upload(desk, house, [head, *rows])
    preview = read_in(desk, made)
    assert "Chưa rõ «tùy tình hình» đòi minh chứng nào" in preview
    assert "phải có minh chứng: Ảnh chụp kết quả" in preview
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        asked = {task.title: task.asked_evidence for task in session.scalars(select(Task).where(Task.historic))}
        kept = task_titled("Kiểm tra").detail
    assert asked == {
        "Lắp camera": "photo",
        "Ban hành quy chế": "signed",
        "Họp dân": "file",
        "Tuyên truyền": "none",
        "Kiểm tra": "none",
    }
    assert "tùy tình hình" in kept
