"""No cell is lost in silence: it becomes part of the task, or the preview names it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import Directive, Task
from tests.factories import browser, post
from tests.tracker.sheets import read_in, upload

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House

WORDS = "Chỉ đạo miệng của Chủ tịch tại cuộc họp"
HEAD = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn", "Gia hạn đến", "Kết quả", "Ngày hoàn thành", "Văn bản giao",
        "Lãnh đạo phụ trách"]  # fmt: skip
ROWS = [
    [1, "Rà soát máy tính xách tay", "P. VHXH", "30/11/2026", "", "50%", "", "", ""],
    [2, "Lắp đặt mạng nội bộ", "P. VHXH", "30/11/2026", "15/12/2026", "đang làm", "", "", ""],
    [3, "Số hóa hồ sơ đất đai", "P. KTHTĐT, các đơn vị liên quan", "30/11/2026", "", "", "20/8/2026", "", ""],
    [4, "Tập huấn kỹ năng số", "đ/c Nguyễn Văn Mẫu, P. VHXH", "31/8/2026", "", "Tốt", "25/8/2026", "", ""],
    [5, "Kiểm tra an toàn thông tin", "P. VHXH", "30/11/2026", "", "Chưa xong", "25/8/2026", "", ""],
    [6, "Họp giao ban chuyên đề", "P. VHXH", "30/11/2026", "", "", "", WORDS, "Đ/c An"],
    [7, "Thay thế máy chủ", "P. VHXH", "trước 30/11/2026 khi có kinh phí", "", "BC số 12", "1/9/2026", "", ""],
]  # fmt: skip


def test_what_no_field_holds_stands_below_the_tasks_words(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, *ROWS])
    preview = read_in(desk, made)
    kept = {
        "Rà soát máy tính xách tay": ["Kết quả theo sổ: 50%"],
        "Lắp đặt mạng nội bộ": ["Kết quả theo sổ: đang làm", "Thời hạn trong sổ: 30/11/2026"],
        "Số hóa hồ sơ đất đai": ["Chủ trì trong sổ: P. KTHTĐT, các đơn vị liên quan"],
        "Tập huấn kỹ năng số": ["Kết quả theo sổ: Tốt", "Chủ trì trong sổ: đ/c Nguyễn Văn Mẫu, P. VHXH"],
        "Kiểm tra an toàn thông tin": ["Kết quả theo sổ: Chưa xong", "Ngày hoàn thành trong sổ: 25/8/2026"],
        "Thay thế máy chủ": ["Thời hạn trong sổ: trước 30/11/2026 khi có kinh phí"],
    }
    for lines in kept.values():
        for line in lines:
            assert line in preview
    assert "«Lãnh đạo phụ trách»: Đ/c An" in preview
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        tasks = {task.title: task for task in session.scalars(select(Task))}
        for title, lines in kept.items():
            assert tasks[title].detail.split("\n")[1:] == lines
        directive = tasks["Họp giao ban chuyên đề"].directive_id
        shown = tasks["Rà soát máy tính xách tay"].id
        assert session.get_one(Directive, directive).symbol == WORDS
        assert tasks["Thay thế máy chủ"].completed_at is not None
    assert "Kết quả theo sổ: 50%" in desk.get(f"/tasks/{shown}").get_data(as_text=True)


def test_what_no_file_row_can_hold_is_named(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    head = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn", "Kết quả", "Tình trạng"]
    rows = [[1, "Rà soát máy in", "P. VHXH", "30/11/2026", "100%", "Đang thực hiện"]]
    preview = read_in(desk, upload(desk, house, [head, *rows]))
    assert "Các ô nói khác nhau về việc đã xong hay chưa" in preview
    assert "Kết quả theo sổ: 100%" in preview


def test_a_line_broken_to_fit_its_column_stays_one_title(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = [
        [1, "Rà soát thiết bị  mạng\ntại trụ sở", "P. VHXH", "30/11/2026"],
        [2, "Chuẩn bị hội nghị:\n- in tài liệu\n- mời đại biểu", "P. VHXH", "30/11/2026"],
        [3, "Kiểm tra máy in\na) ở tầng một", "P. VHXH", "30/11/2026"],
        [4, "Lập kế hoạch.\nBáo cáo Chủ tịch", "P. VHXH", "30/11/2026"],
    ]
    made = upload(desk, house, [["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn"], *rows])
    read_in(desk, made)
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        titles = session.scalars(select(Task.title).order_by(Task.id)).all()
    assert titles == ["Rà soát thiết bị mạng tại trụ sở", "Chuẩn bị hội nghị", "Kiểm tra máy in", "Lập kế hoạch"]


def test_what_is_kept_keeps_its_lines_on_the_tasks_page(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, ROWS[1]])
    read_in(desk, made)
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        task = session.scalars(select(Task)).one().id
    page = desk.get(f"/tasks/{task}").get_data(as_text=True)
    found = re.search(r'<p class="prose written">([^<]*)</p>', page)
    assert found, page
    assert found[1].splitlines()[1:] == ["Kết quả theo sổ: đang làm", "Thời hạn trong sổ: 30/11/2026"]


def test_a_very_long_cell_is_kept_whole_and_said(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    words = "Rà soát toàn bộ thiết bị.\n" + "Nội dung chi tiết của từng thiết bị; " * 200 + "HẾT NỘI DUNG"
    note = "Ghi chú dài " * 900 + "HẾT GHI CHÚ"
    helpers = "P. VHXH, " * 700 + "HẾT PHỐI HỢP"
    made = upload(
        desk,
        house,
        [
            ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Ghi chú"],
            [1, words, "P. VHXH", helpers, "30/11/2026", note],
        ],
    )
    preview = read_in(desk, made)
    for label, text in (("Nội dung nhiệm vụ", words), ("Ghi chú", note), ("Đơn vị phối hợp", helpers)):
        length = f"{len(text):,}".replace(",", ".")
        assert f"Ô {label} dài {length} ký tự: được giữ nguyên" in preview
    assert "quá dài để đọc tên đơn vị" in preview
    assert len(preview) < len(words) + len(note) + len(helpers)
    post(desk, f"/trackers/{made}/import", {"beside-2": "1", "aside-2": "1"})
    with app.app_context():
        task = session.scalars(select(Task)).one()
        assert task.title == "Rà soát toàn bộ thiết bị"
        assert task.detail.count("HẾT") == 3
        assert len(task.detail) > len(words) + len(note) + len(helpers)


def test_a_lead_or_day_too_long_to_read_is_an_error_with_its_remedy(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = [
        [1, "Việc một", "P. VHXH và các bên " * 200, "30/11/2026"],
        [2, "Việc hai", "P. VHXH", "trước 30/11/2026 " * 200],
    ]
    made = upload(desk, house, [["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn"], *rows])
    preview = read_in(desk, made)
    assert "quá dài để đọc tên đơn vị" in preview
    assert "quá dài để đọc ngày" in preview
    assert 'name="due-3"' in preview


def test_a_ditto_mark_is_told_with_what_is_taken(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    rows = [[1, "Việc một", "P. VHXH", "30/11/2026"], [2, "Việc hai", "nt", "-nt-"], [3, "Việc ba", "nt", "1/12/2026"]]
    made = upload(desk, house, [["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn"], *rows])
    preview = read_in(desk, made)
    assert "Ghi như trên: Đơn vị chủ trì, Thời hạn lấy theo dòng trước." in preview
    assert "Ghi như trên: Đơn vị chủ trì lấy theo dòng trước." in preview
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        tasks = session.scalars(select(Task).order_by(Task.id)).all()
        assert {task.lead_unit_id for task in tasks} == {house.units["vhxh"].id}
        assert tasks[1].current_due == date(2026, 11, 30)
        assert not tasks[1].detail
