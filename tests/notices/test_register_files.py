"""The registers taken away as workbook, CSV and text: exactly what the page of the same address shows."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineWorkbook

from app.db import session, transaction
from app.models import Notice
from tests.factories import assign_task, browser, take
from tests.notices import steps
from workflows.urgency import FLASH

if TYPE_CHECKING:
    import pytest
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House


def rows_of(book: bytes) -> list[list[Any]]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    begin = next(n for n, row in enumerate(rows) if row[0] in {"TT", "No."})
    return rows[begin:]


def table_of(file: bytes) -> list[list[str]]:
    assert file.startswith(b"\xef\xbb\xbf")  # without it Excel shows broken tones
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig")), delimiter=";"))


def test_a_list_is_taken_away_as_it_is_seen(app: Flask, house: House) -> None:
    late = assign_task(app, house, due=date(2026, 10, 30), title="Rà soát máy tính bảng")
    assign_task(app, house, due=date(2026, 12, 30), title="Nâng cấp đường truyền")
    desk = browser(app, house.people["secretary"])
    head = browser(app, house.people["head_vhxh"])
    take(head, "task", late, "accept")
    page = desk.get("/tasks/?status=open&sort=-due").get_data(as_text=True)
    assert "/tasks/export.xlsx?status=open" in page or "/tasks/export.xlsx?sort=-due" in page

    rows = rows_of(desk.get("/tasks/export.xlsx?status=open&sort=-due&columns=all").data)
    told = dict(zip(rows[0], rows[2], strict=True))
    assert [row[2] for row in rows[1:]] == ["Nâng cấp đường truyền", "Rà soát máy tính bảng"]
    assert told["Hạn ban đầu"] == told["Hạn hiện tại"] == date(2026, 10, 30)
    assert told["Số ngày còn lại"] < 0
    assert "Quá hạn" in told["Tình trạng"]
    assert [row[2] for row in rows_of(desk.get("/tasks/export.xlsx?status=overdue").data)[1:]] == [
        "Rà soát máy tính bảng"
    ]

    table = table_of(desk.get("/tasks/export.csv?status=open&q=duong+truyen").data)
    assert [row[2] for row in table[1:]] == ["Nâng cấp đường truyền"]
    assert table[1][table[0].index("Hạn hiện tại")] == "30/12/2026"


def test_nobody_takes_away_what_he_may_not_see(app: Flask, house: House) -> None:
    assign_task(app, house, due=date(2026, 12, 30), title="Việc của đơn vị khác")
    other = browser(app, house.people["head_tyt"])
    assert len(table_of(other.get("/tasks/export.csv?status=all").data)) == 1
    assert app.test_client().get("/tasks/export.csv").status_code in {302, 303, 401}


def test_what_looks_like_a_formula_stays_text(app: Flask, house: House) -> None:
    assign_task(app, house, due=date(2026, 12, 30), title='=HYPERLINK("http://x","bấm")')
    desk = browser(app, house.people["secretary"])
    assert table_of(desk.get("/tasks/export.csv?status=all").data)[1][2].startswith("'=")
    assert rows_of(desk.get("/tasks/export.xlsx?status=all").data)[1][2].startswith("=HYPERLINK")


def test_the_seen_page_as_text_for_a_chat_group(app: Flask, house: House) -> None:
    assign_task(app, house, due=date(2026, 12, 30), title="Nâng cấp đường truyền")
    desk = browser(app, house.people["secretary"])
    answer = desk.get("/tasks/as-text?status=open")
    assert answer.mimetype == "text/plain"
    text = answer.get_data(as_text=True)
    assert text.startswith("1. Nâng cấp đường truyền (")
    assert "hạn 30/12/2026" in text


def test_too_long_a_list_is_refused_with_what_to_do(app: Flask, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.views.register_files.MOST", 1)
    for title in ("Một", "Hai"):
        assign_task(app, house, due=date(2026, 12, 30), title=title)
    answer = browser(app, house.people["secretary"]).get("/tasks/export.xlsx?status=open")
    assert answer.status_code == 422
    assert "Hãy thêm điều kiện lọc" in answer.get_data(as_text=True)


def test_the_register_of_notices_is_taken_away_as_it_is_narrowed(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    issued = steps.compose(secretary, house, subject="Kết luận về máy tính bảng")
    steps.complete(app, secretary, issued)
    steps.issue(secretary, chair, issued)
    steps.compose(secretary, house, "1. Giao Trạm Y tế phường tiêm chủng.", subject="Kết luận về y tế")
    rows = rows_of(secretary.get("/notices/export.xlsx?q=may+tinh+bang").data)
    assert [row[2] for row in rows[1:]] == ["Kết luận về máy tính bảng"]
    assert rows[1][1] == "01/TB-BCĐ"
    assert rows[1][7:9] == [3, 0]
    assert len(table_of(secretary.get("/notices/export.csv").data)) == 3


def test_the_file_says_what_supplements_or_replaces_what_and_how_urgent_it_is(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    ids = []
    for number in range(3):
        ids.append(steps.compose(secretary, house, subject=f"Kết luận thứ {number}"))
        steps.complete(app, secretary, ids[-1])
        steps.issue(secretary, chair, ids[-1])
    with app.app_context(), transaction():
        second, third = session.get_one(Notice, ids[1]), session.get_one(Notice, ids[2])
        second.urgency, second.supplements_id, third.supersedes_id = FLASH, ids[0], ids[1]
    heads, *rows = rows_of(secretary.get("/notices/export.xlsx").data)
    assert heads[9:] == ["Bổ sung, thay thế", "Mức độ khẩn"]
    day = f"{steps.notice_of(app, ids[0]).issued_on:%d/%m/%Y}"
    assert {row[1]: row[9:] for row in rows} == {
        "01/TB-BCĐ": [f"được bổ sung bằng 02/TB-BCĐ ngày {day}", ""],
        "02/TB-BCĐ": [f"bổ sung 01/TB-BCĐ ngày {day}; được thay thế bằng 03/TB-BCĐ ngày {day}", "Hỏa tốc"],
        "03/TB-BCĐ": [f"thay thế 02/TB-BCĐ ngày {day}", ""],
    }
    told = table_of(secretary.get("/notices/export.csv").data)
    assert any("bổ sung 01/TB-BCĐ" in " ".join(line) and "Hỏa tốc" in line for line in told)
