"""After an import: rows that were left are mended and brought in, and what nobody touched is taken out again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import Comment, Extension, Task, TrackerImport, TrackerRow
from app.queries.touched import Touched
from app.services.verification import broken_spans
from app.ui.task_history import deed_words
from app.ui.tracker_words import touched_words
from tests.factories import at_noon, browser, post, take
from tests.tracker.sheets import read_in, upload
from workflows.coordinating_part import COORDINATING_PART
from workflows.task import DROPPED, IN_PROGRESS, TASK

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House

TODAY = date(2026, 9, 16)
HEAD = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn"]
ROWS = [
    [1, "Rà soát máy tính xách tay", "P. VHXH", "30/11/2026"],
    [2, "Lắp đặt mạng nội bộ", "P. VHXH", "31/11/2026"],
    [3, "Số hóa hồ sơ đất đai", "Hội Người cao tuổi", "30/11/2026"],
    [4, "Kiểm tra an toàn thông tin", "Công an phường", "30/11/2026"],
]


def numbers(made: int) -> dict[str, int]:
    """Return the rows' numbers by their words."""
    return {row.words: row.number for row in session.scalars(select(TrackerRow).where(TrackerRow.import_id == made))}


def test_rows_with_errors_are_mended_and_follow(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, *ROWS])
    assert "Sẽ thành" in read_in(desk, made)
    page = post(desk, f"/trackers/{made}/import", follow=True).get_data(as_text=True)
    assert "Đã nhập 2 nhiệm vụ" in page
    assert "Đã thành" in page
    assert "Sẽ thành" not in page
    assert "2 dòng cần sửa chưa được nhập" in page
    with app.app_context():
        at = numbers(made)
    due, lead = at["Lắp đặt mạng nội bộ"], at["Số hóa hồ sơ đất đai"]
    assert f'name="due-{due}"' in page
    assert f'name="lead-{lead}"' in page
    again = post(desk, f"/trackers/{made}/import")
    assert (again.status_code, "vừa được nhập rồi" in again.get_data(as_text=True)) == (409, True)
    mended = post(desk, f"/trackers/{made}/rows", {f"due-{due}": "30/11/2026"}, follow=True).get_data(as_text=True)
    assert "Nhập thêm <span data-count>1</span> dòng" in mended
    assert "Đã nhập 1 nhiệm vụ" in post(desk, f"/trackers/{made}/import", follow=True).get_data(as_text=True)
    said = {f"lead-{lead}": str(house.units["kt"].id), f"due-{due}": "1/12/2026"}
    post(desk, f"/trackers/{made}/rows", said)
    whole = post(desk, f"/trackers/{made}/import", follow=True).get_data(as_text=True)
    assert "đã nhập 4 nhiệm vụ" in whole
    assert "Nhập thêm" not in whole
    with app.app_context():
        tasks = {task.title: task for task in session.scalars(select(Task))}
        assert len(tasks) == 4
        assert tasks["Lắp đặt mạng nội bộ"].current_due == date(2026, 11, 30)
        assert "Chủ trì trong sổ: Hội Người cao tuổi" in tasks["Số hóa hồ sơ đất đai"].detail
        assert not [*broken_spans()]
    assert "4 nhiệm vụ không còn" in post(desk, f"/trackers/{made}/undo", follow=True).get_data(as_text=True)
    closed = post(desk, f"/trackers/{made}/rows", said)
    assert (closed.status_code, "đã hoàn tác" in closed.get_data(as_text=True)) == (422, True)
    assert post(desk, f"/trackers/{made}/import").status_code == 409


def test_what_nobody_touched_can_still_be_taken_out(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, *ROWS, [5, "Mua sắm thiết bị họp", "P. KTHTĐT", "30/11/2026"]])
    read_in(desk, made)
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        tasks = {task.title: task for task in session.scalars(select(Task))}
    accepted, spoken = tasks["Rà soát máy tính xách tay"], tasks["Kiểm tra an toàn thông tin"]
    take(browser(app, house.people["head_vhxh"]), "task", accepted.id, "accept", {"version": accepted.version})
    post(desk, f"/tasks/{spoken.id}/comments", {"text": "Nhờ đơn vị gửi kế hoạch."})
    with app.app_context():
        assert session.scalars(select(Comment.task_id)).all() == [spoken.id]
    page = desk.get(f"/trackers/{made}").get_data(as_text=True)
    assert "Không hoàn tác cả lần nhập được nữa" in page
    assert f"{accepted.code}</a>: Hoàng Mai Lan đã tiếp nhận ngày 16/09/2026" in page
    assert f"{spoken.code}</a>: có ý kiến trao đổi" in page
    assert "Hoàn tác 1 nhiệm vụ còn lại" in page
    refused = post(desk, f"/trackers/{made}/undo")
    assert (refused.status_code, "Có thể hoàn tác 1 nhiệm vụ còn lại" in refused.get_data(as_text=True)) == (422, True)
    undone = post(desk, f"/trackers/{made}/undo", {"rest": "1"}, follow=True).get_data(as_text=True)
    assert "1 nhiệm vụ không còn" in undone
    assert "2 nhiệm vụ vẫn còn vì đã có người xử lý" in undone
    assert undone.count("Đã hoàn tác</span>") == 1, "what was taken back is not called new any more"
    assert f"{spoken.code}</a>: có ý kiến trao đổi" in undone
    with app.app_context():
        states = {task.title: task.state for task in session.scalars(select(Task))}
        assert states["Mua sắm thiết bị họp"] == DROPPED
        assert states[accepted.title] == IN_PROGRESS
        assert states[spoken.title] != DROPPED
        assert session.get_one(TrackerImport, made).undone_at is not None
        assert not [*broken_spans()]


def test_a_paper_whose_tasks_were_all_taken_out_is_found_no_more(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    head = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Văn bản giao", "Ngày giao"]
    made = upload(
        desk,
        house,
        [
            head,
            [1, "Việc một", "P. VHXH", "45/UBND-VP", "05/01/2026"],
            [2, "Việc hai", "P. VHXH", "46/UBND-VP", "06/01/2026"],
            [3, "Việc ba", "P. VHXH", "46/UBND-VP", "06/01/2026"],
        ],
    )
    read_in(desk, made)
    post(desk, f"/trackers/{made}/import")
    assert "45/UBND-VP</mark>:" in desk.get("/search/?q=45/UBND-VP").text
    with app.app_context():
        task = session.scalars(select(Task).where(Task.title == "Việc hai")).one()
        task_id, version = task.id, task.version
    take(browser(app, house.people["head_vhxh"]), "task", task_id, "accept", {"version": version})
    assert post(desk, f"/trackers/{made}/undo", {"rest": "1"}).status_code == 303
    assert "45/UBND-VP</mark>:" not in desk.get("/search/?q=45/UBND-VP").text
    assert "46/UBND-VP</mark>:" in desk.get("/search/?q=46/UBND-VP").text, "one of its tasks stays"


def test_what_was_taken_back_and_what_stays_is_said_in_words(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, ROWS[0], ROWS[3]])
    read_in(desk, made)
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        tasks = {task.title: task for task in session.scalars(select(Task))}
    used, undone = tasks["Rà soát máy tính xách tay"], tasks["Kiểm tra an toàn thông tin"]
    head = browser(app, house.people["head_vhxh"])
    take(head, "task", used.id, "accept", {"version": used.version})
    post(head, f"/tasks/{used.id}/extension", {"new_due": "15/12/2026", "reason": "Chờ kinh phí"})
    with app.app_context():
        request = session.scalars(select(Extension)).one()
    granted = {"new_due": "15/12/2026", "version": request.version}
    assert take(browser(app, house.people["chair"]), "extension", request.id, "grant", granted).status_code == 303
    page = desk.get(f"/trackers/{made}").text
    assert "đã gia hạn ngày 16/09/2026" in page
    assert "extended" not in page
    post(desk, f"/trackers/{made}/undo", {"rest": "1"})
    page = desk.get(f"/tasks/{undone.id}").text
    assert "Đã hoàn tác nhập" in page
    assert "Đã hủy bản nháp" not in page


def test_every_event_of_a_task_has_words() -> None:
    assert (
        touched_words(Touched(1, "NV-1", TASK.name, "extended", at_noon(TODAY), "A")) == "A đã gia hạn ngày 16/09/2026"
    )
    for table in (TASK, COORDINATING_PART):
        for event in (*table.by_event, "what-nobody-knows"):
            assert event not in deed_words(table.name, event).vi
