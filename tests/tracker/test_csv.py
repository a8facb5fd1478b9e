"""A CSV is read like a workbook: an office's own tracker, and our register taken out, edited and brought back."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.db import session
from app.models import Task, TrackerRow
from tests.factories import assign_task, browser, post
from tests.tracker.sheets import read_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

TITLE = "Lập kế hoạch; gồm 2 phần, báo cáo\nChủ tịch “trước kỳ họp”"
TRACKER = [
    ["SỔ THEO DÕI NHIỆM VỤ NĂM 2026", "", "", "", "", ""],
    ["TT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn", "Tình trạng"],
    ["1", TITLE, "P. VHXH", "Công an phường", "05/10/2026", "80%"],
    ["2", "=1+1 Rà soát, thống kê", "P. KTHT&ĐT", "", "6/11/2026", "Đang thực hiện"],
    ["3", "Báo cáo quý", "Trạm Y tế", "", "31/6/2026", "FALSE"],
]
Rows = list[list[str]]
LETTERS, CODES = "àáãạâđềệìíôồộờợủụư", "µ¸·¹©®ÒÖ×Ý«åéêîñô\xad"
"""Letters, and those that stand for them in the fonts of TCVN3."""


pytestmark = pytest.mark.usefixtures("three_tasks")


def windows(text: str) -> bytes:
    """Return a text in Windows' 1258, which keeps most tones beside their letters."""
    return b"".join(_of_windows(letter) for letter in text)


def _of_windows(letter: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", letter)
        tone = next(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        return (unicodedata.normalize("NFC", parts.replace(tone, "")) + tone).encode("cp1258")


WAYS = {
    "as we write it": lambda rows: text_of(rows, ";").encode("utf-8-sig"),
    "UTF-8 with commas": lambda rows: text_of(rows, ",").encode(),
    "Unicode text": lambda rows: text_of(rows, "\t").encode("utf-16"),
    "Windows of Vietnam": lambda rows: windows(text_of(rows, ";")),
    "told by its first line": lambda rows: b"sep=|\r\n" + text_of(rows, "|").encode(),
}


def text_of(rows: Sequence[Sequence[str]], sign: str) -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=sign, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def send(desk: FlaskClient, house: House, content: bytes, name: str = "so.csv") -> TestResponse:
    return post(desk, "/trackers/", {"committee_id": house.committee.id, "file": (io.BytesIO(content), name)})


def number_of(answer: TestResponse) -> int:
    assert answer.status_code == 303, answer.text
    found = re.search(r"/trackers/(\d+)", answer.headers["Location"])
    assert found
    return int(found[1])


def taken_out(desk: FlaskClient, ask: str = "status=all&columns=all") -> Rows:
    told = desk.get(f"/tasks/export.csv?{ask}").data.decode("utf-8-sig")
    return [*csv.reader(io.StringIO(told, newline=""), delimiter=";")]


@pytest.mark.parametrize("way", WAYS)
def test_an_offices_own_tracker_comes_in_by_the_same_way(app: Flask, house: House, way: str) -> None:
    desk = browser(app, house.people["secretary"])
    made = number_of(send(desk, house, WAYS[way](TRACKER)))
    page = read_in(desk, made)
    assert "31/6/2026" in page
    assert "lịch không có ngày" in page
    assert "Đã nhập 2 nhiệm vụ" in post(desk, f"/trackers/{made}/import", follow=True).text
    with app.app_context():
        found = session.scalars(select(Task).where(Task.historic.is_(True)).order_by(Task.current_due))
        one, two = found.all()
        assert one.detail.startswith(TITLE)
        assert two.title == "=1+1 Rà soát, thống kê"
        assert (one.current_due, two.current_due) == (date(2026, 10, 5), date(2026, 11, 6))
        assert (one.lead_unit_id, two.lead_unit_id) == (house.units["vhxh"].id, house.units["kt"].id)
        assert [part.unit_id for part in one.coordinating] == [house.units["ca"].id]
    with desk.get(f"/trackers/{made}/file") as answer:
        assert answer.data == WAYS[way](TRACKER)
        assert answer.mimetype == "text/csv"


def test_a_tracker_in_an_old_font_is_read_too(app: Flask, house: House) -> None:
    rows = [
        ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn"],
        ["1", "Báo cáo về công việc của phường, xã và các đồng chí được phân công", "P. VHXH", "5/10/2026"],
    ]
    old = str.maketrans(LETTERS, CODES)
    desk = browser(app, house.people["secretary"])
    made = number_of(send(desk, house, text_of(rows, ",").translate(old).encode("latin-1")))
    page = read_in(desk, made)
    assert "Báo cáo về công việc của phường, xã và các đồng chí được phân công" in page
    assert "Nhập <span data-count>1</span> dòng" in page


@pytest.mark.parametrize("way", WAYS)
def test_of_the_register_exactly_the_edited_cells_change(app: Flask, house: House, way: str) -> None:
    desk = browser(app, house.people["secretary"])
    rows = taken_out(desk)
    head = rows[0]
    assert head[-1].startswith("Giữ nguyên cột này để nhập lại được: ")
    at = {name: head.index(name) for name in ("Nhiệm vụ", "Mức ưu tiên", "Hạn hiện tại", "Hạn ban đầu", "Mã")}
    by_title = {row[at["Nhiệm vụ"]]: row for row in rows}
    by_title["Rà soát hồ sơ đợt 1"][at["Mức ưu tiên"]] = "Khẩn"
    by_title["Rà soát hồ sơ đợt 2"][at["Nhiệm vụ"]] = "Rà soát hồ sơ; đợt hai"
    for row in rows[1:]:  # a spreadsheet writes days as it shows them, and rows as they were sorted
        for name in ("Hạn hiện tại", "Hạn ban đầu"):
            day, month, year = row[at[name]].split("/")
            row[at[name]] = f"{int(day)}/{int(month)}/{year}"
    rows[1:] = reversed(rows[1:])
    made = number_of(send(desk, house, WAYS[way](rows), "nhiem-vu.csv"))
    with app.app_context():
        cells = [row.cells for row in session.scalars(select(TrackerRow).where(TrackerRow.import_id == made))]
        assert sorted(name for row in cells for name in row) == ["priority", "title"]
    assert "Đã ghi 2 ô thay đổi" in post(desk, f"/trackers/{made}/import", follow=True).text
    with app.app_context():
        found = {task.title: task.priority for task in session.scalars(select(Task))}
        assert found == {
            "Rà soát hồ sơ đợt 1": "urgent", "Rà soát hồ sơ; đợt hai": "normal", "Rà soát hồ sơ đợt 3": "normal",
        }  # fmt: skip
    again = number_of(send(desk, house, WAYS[way](taken_out(desk)), "lai.csv"))
    assert "Không có ô nào khác" in desk.get(f"/trackers/{again}").text


def test_a_title_that_a_spreadsheet_would_run_comes_back_as_it_was(app: Flask, house: House) -> None:
    for title in ("=1+1", "'=1+1", "-5% điện năng", "'thường'"):
        assign_task(app, house, lead="vhxh", title=title, due=date(2026, 10, 9))
    desk = browser(app, house.people["secretary"])
    rows = taken_out(desk)
    assert "'=1+1" in [row[2] for row in rows]
    made = number_of(send(desk, house, WAYS["as we write it"](rows)))
    assert "Không có ô nào khác" in desk.get(f"/trackers/{made}").text


def test_only_who_may_bring_it_back_gets_the_column_for_it(app: Flask, house: House) -> None:
    assert taken_out(browser(app, house.people["head_vhxh"]))[0][-1] == "Kết quả"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("TT;N?i dung nhi?m v?;Ch? trì\r\n1;L?p k? ho?ch;P. VHXH\r\n".encode("cp1252"), "đã mất chữ có dấu khi lưu"),
        ('TT;Nội dung;Chủ trì\r\n1;"Đề án;P. VHXH\r\n2;Báo cáo;P. VHXH\r\n'.encode(), "Dòng 2 của tệp CSV có dấu"),
        ("TT;Néi dung;§¬n vÞ\r\n1;LËp kÕ ho¹ch;P. VHXH\r\n".encode("latin-1"), "có thể là phông cũ VNI"),
        ("Chỉ một cột\r\nmột\r\nhai\r\n".encode(), "không phải tệp .xlsx hoặc .csv đọc được"),
        (b"%PDF-1.7 \x00\x01;\x02", "không đúng với đuôi .csv"),
        (b"a;b;c\n" * 6_300, "hơn 6.000 dòng"),
    ],
    ids=["letters lost", "open quote", "an old font", "one column", "no text", "too many rows"],
)  # fmt: skip
def test_what_cannot_be_read_says_what_to_do(app: Flask, house: House, content: bytes, words: str) -> None:
    answer = send(browser(app, house.people["secretary"]), house, content)
    assert answer.status_code in {413, 422}
    assert words in answer.text


def test_question_marks_of_questions_and_addresses_are_no_lost_letters(app: Flask, house: House) -> None:
    rows = [[*row] for row in TRACKER]
    rows[2][1] = "Trả lời: ai làm? khi nào? ở đâu? xem http://a.vn/x?id=1 http://a.vn/y?id=2 http://a.vn/z?id=3"
    assert send(browser(app, house.people["secretary"]), house, text_of(rows, ";").encode()).status_code == 303
