"""The register taken out as a workbook, edited and read back changes exactly the edited cells, and says why not."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from app.db import session, transaction
from app.models import Committee, Event, Membership, Task, TrackerRow
from tests.factories import browser, post, take

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

Rows = list[list[Any]]


pytestmark = pytest.mark.usefixtures("three_tasks")


def taken_out(desk: FlaskClient) -> Rows:
    """Return the rows of the register's workbook."""
    with desk.get("/tasks/export.xlsx?status=all&columns=all") as answer:
        assert answer.status_code == 200
        answer.headers["Content-Disposition"].encode("latin-1")  # what a web server can send
        return (
            CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
            .get_sheet_by_index(0)
            .to_python(skip_empty_area=False)
        )


def saved(rows: Rows) -> io.BytesIO:
    """Return the rows as a workbook, as Excel would save them."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"default_date_format": "dd/mm/yyyy", "strings_to_numbers": False})
    page = book.add_worksheet("Nhiệm vụ")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, (date, datetime)):
                page.write_datetime(at, column, cell)
            elif cell not in {"", None}:
                page.write(at, column, cell)
    book.close()
    stream.seek(0)
    return stream


def sent_back(desk: FlaskClient, house: House, rows: Rows) -> tuple[int, str]:
    """Upload the edited workbook; return the import and the page of differences."""
    answer = post(desk, "/trackers/", {"committee_id": house.committee.id, "file": (saved(rows), "danh sach.xlsx")})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    found = re.search(r"/trackers/(\d+)$", answer.headers["Location"])
    assert found, answer.headers["Location"]
    return int(found[1]), desk.get(answer.headers["Location"]).get_data(as_text=True)


def place(rows: Rows, heading: str) -> tuple[int, int]:
    """Return the row of the headings and the column of one."""
    return next((at, row.index(heading)) for at, row in enumerate(rows) if heading in row)


def row_of(rows: Rows, title: str) -> list[Any]:
    """Return the row of a task."""
    return next(row for row in rows if title in row)


def events(app: Flask) -> int:
    with app.app_context():
        return session.scalar(select(func.count()).select_from(Event)) or 0


def test_nothing_edited_means_nothing_to_write(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made, page = sent_back(desk, house, taken_out(desk))
    assert "Không có ô nào khác" in page
    assert post(desk, f"/trackers/{made}/import").status_code == 422


def test_exactly_the_edited_cells_change_through_moves(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = taken_out(desk)
    _, helpers = place(rows, "Đơn vị phối hợp")
    _, priority = place(rows, "Mức ưu tiên")
    head, code = place(rows, "Mã")
    row_of(rows, "Rà soát hồ sơ đợt 1")[helpers] = "Công an phường, Trạm Y tế"
    row_of(rows, "Rà soát hồ sơ đợt 2")[priority] = "Khẩn"
    row_of(rows, "Rà soát hồ sơ đợt 3")[code] = "VIEC-KHAC"
    rows[head + 1 :] = reversed(rows[head + 1 :])
    before = events(app)
    made, page = sent_back(desk, house, rows)
    assert "Công an phường, Trạm Y tế" in page
    assert "<del>Thường</del>" in page
    assert "Mã nhiệm vụ không đổi được" in page
    with app.app_context():
        query = select(TrackerRow.outcome).where(TrackerRow.import_id == made).order_by(TrackerRow.outcome)
        assert session.scalars(query).all() == ["change", "change", "refused"]
    assert "Đã ghi 2 ô thay đổi" in post(desk, f"/trackers/{made}/import", follow=True).get_data(as_text=True)
    assert events(app) == before + 2
    with app.app_context():
        tasks = {task.title: task for task in session.scalars(select(Task))}
        one, two = tasks["Rà soát hồ sơ đợt 1"], tasks["Rà soát hồ sơ đợt 2"]
        assert {part.unit_id for part in one.coordinating} == {house.units["ca"].id, house.units["tyt"].id}
        assert (one.priority, two.priority, [*two.coordinating]) == ("normal", "urgent", [])
        assert "Rà soát hồ sơ đợt 3" in tasks
    _again, page = sent_back(desk, house, taken_out(desk))
    assert "Không có ô nào khác" in page


def test_what_the_secretary_may_not_change_is_refused_with_the_reason(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = taken_out(desk)
    _, due = place(rows, "Hạn hiện tại")
    _, lead = place(rows, "Đơn vị chủ trì")
    _, helpers = place(rows, "Đơn vị phối hợp")
    row_of(rows, "Rà soát hồ sơ đợt 1")[due] = date(2026, 12, 1)
    row_of(rows, "Rà soát hồ sơ đợt 2")[lead] = "Công an phường"
    row_of(rows, "Rà soát hồ sơ đợt 3")[helpers] = "Hội Sinh vật cảnh"
    made, page = sent_back(desk, house, rows)
    assert "01/12/2026" in page
    assert "Chuyển đơn vị chủ trì" in page
    assert "Hội Sinh vật cảnh" in page
    assert post(desk, f"/trackers/{made}/import").status_code == 422
    with app.app_context():
        days = {date(2026, 10, day) for day in (1, 2, 3)}
        assert set(session.scalars(select(Task.current_due))) == days


def second_committee(app: Flask, house: House, secretaries: Sequence[str]) -> int:
    """Move the third task to another committee with these secretaries; return the committee's id."""
    with app.app_context(), transaction():
        owned = {"authority_id": house.authority.id}
        other = Committee(**owned, name="Ban Chỉ đạo Cải cách hành chính", short_name="BCĐ CCHC", symbol="BCĐ")
        session.add(other)
        session.flush()
        for login in secretaries:
            seat = {"person_id": house.people[login].id, "office": "secretary", "from_on": date(2026, 1, 1)}
            session.add(Membership(**owned, committee_id=other.id, **seat))
        task = session.scalars(select(Task).where(Task.title == "Rà soát hồ sơ đợt 3")).one()
        task.committee_id = other.id
        return int(other.id)


def edited_first_and_third(desk: FlaskClient) -> Rows:
    rows = taken_out(desk)
    _, priority = place(rows, "Mức ưu tiên")
    for number in (1, 3):
        row_of(rows, f"Rà soát hồ sơ đợt {number}")[priority] = "Cao"
    return rows


def priorities(app: Flask) -> dict[str, str]:
    with app.app_context():
        return {task.title.rpartition(" ")[2]: task.priority for task in session.scalars(select(Task))}


def test_a_file_over_two_committees_is_read_back_in_one(app: Flask, house: House) -> None:
    second = second_committee(app, house, ["secretary", "staff_vhxh"])
    desk = browser(app, house.people["secretary"])
    assert "Danh sách lấy từ hệ thống có thể gồm nhiều ban" in desk.get("/trackers/").text
    made, page = sent_back(desk, house, edited_first_and_third(desk))
    assert "Ban Chỉ đạo Cải cách hành chính" in page
    assert "Ban Chỉ đạo Chuyển đổi số phường Bình Minh" in page
    half = browser(app, house.people["staff_vhxh"])
    for way in ("", "/file"):
        assert half.get(f"/trackers/{made}{way}").status_code == 404, "secretary of one of the two only"
    assert "danh sach.xlsx" not in half.get("/trackers/").text
    assert "Đã ghi 2 ô thay đổi" in post(desk, f"/trackers/{made}/import", follow=True).text
    assert priorities(app) == {"1": "high", "2": "normal", "3": "high"}
    with app.app_context():
        assert session.get_one(Committee, second).name == "Ban Chỉ đạo Cải cách hành chính"


def test_rows_of_a_committee_that_is_not_hers_are_named_and_the_others_written(app: Flask, house: House) -> None:
    second_committee(app, house, ["secretary"])
    rows = edited_first_and_third(browser(app, house.people["secretary"]))
    with app.app_context(), transaction():
        seat = session.scalars(select(Membership).order_by(Membership.id.desc())).first()
        assert seat is not None
        seat.to_on = date(2026, 9, 15)
    desk = browser(app, house.people["secretary"])
    made, page = sent_back(desk, house, rows)
    assert "Rà soát hồ sơ đợt 3" in page
    assert "không thuộc ban mà bạn là thư ký" in page
    assert "Đã ghi 1 ô thay đổi" in post(desk, f"/trackers/{made}/import", follow=True).text
    assert priorities(app) == {"1": "high", "2": "normal", "3": "normal"}


def test_a_task_moved_meanwhile_is_a_clash(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = taken_out(desk)
    _, priority = place(rows, "Mức ưu tiên")
    row_of(rows, "Rà soát hồ sơ đợt 1")[priority] = "Cao"
    with app.app_context():
        task = session.scalars(select(Task).where(Task.title == "Rà soát hồ sơ đợt 1")).one()
    take(browser(app, house.people["head_vhxh"]), "task", task.id, "accept", {"version": task.version})
    made, page = sent_back(desk, house, rows)
    assert "Đã thay đổi từ khi lấy tệp" in page
    assert post(desk, f"/trackers/{made}/import").status_code == 422
    with app.app_context():
        assert session.get_one(Task, task.id).priority == "normal"


def test_one_moved_between_preview_and_writing_stops_the_whole(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = taken_out(desk)
    _, priority = place(rows, "Mức ưu tiên")
    for number in (1, 2):
        row_of(rows, f"Rà soát hồ sơ đợt {number}")[priority] = "Cao"
    made, _page = sent_back(desk, house, rows)
    with app.app_context():
        task = session.scalars(select(Task).where(Task.title == "Rà soát hồ sơ đợt 2")).one()
    take(browser(app, house.people["head_kt"]), "task", task.id, "accept", {"version": task.version})
    assert post(desk, f"/trackers/{made}/import").status_code == 409
    with app.app_context():
        assert set(session.scalars(select(Task.priority))) == {"normal"}


def test_rows_added_by_hand_are_named(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = taken_out(desk)
    rows.append(["4", "", "Việc mới thêm", "", "Công an phường"])
    _made, page = sent_back(desk, house, rows)
    assert "Dòng thêm mới không được ghi ở đây" in page
    assert "Việc mới thêm" in page
    assert "nhiệm vụ không có trong tệp" not in page


def test_rows_that_were_deleted_are_named_and_stay(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = taken_out(desk)
    _, priority = place(rows, "Mức ưu tiên")
    row_of(rows, "Rà soát hồ sơ đợt 1")[priority] = "Cao"
    gone = [row_of(rows, f"Rà soát hồ sơ đợt {number}") for number in (2, 3)]
    _, code = place(rows, "Mã")
    made, page = sent_back(desk, house, [row for row in rows if row not in gone])
    assert "2 nhiệm vụ không có trong tệp: giữ nguyên" in page
    assert ", ".join(sorted(row[code] for row in gone)) in page
    assert "Đã ghi 1 ô thay đổi" in post(desk, f"/trackers/{made}/import", follow=True).text


def test_the_differences_speak_the_readers_language_and_tense(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    post(desk, "/preferences", {"language": "en", "theme": "auto", "next": "/tasks/"})
    rows = taken_out(desk)
    _, priority = place(rows, "Priority")
    row_of(rows, "Rà soát hồ sơ đợt 2")[priority] = "Urgent"
    made, page = sent_back(desk, house, rows)
    assert "<del>Normal</del>" in page
    assert "to be written" in page
    written = post(desk, f"/trackers/{made}/import", follow=True).get_data(as_text=True)
    assert "to be written" not in written
    assert "rows written" in written
    assert "<del>Normal</del>" in written
