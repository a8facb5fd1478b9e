"""The status report from a day to another, for tomorrow's meeting."""

from __future__ import annotations

import io
from datetime import date

import pdfplumber
from python_calamine import CalamineWorkbook

from app.db import session
from app.models import Committee
from app.queries.status_report import status_report
from tests.factories import browser
from tests.reports.month import AFTER, PERIOD, Register, at, moment

SPAN = "from=2026-10-15&to=2026-11-14"


def test_it_counts_what_is_done_in_progress_not_started_and_overdue(register: Register) -> None:
    with at(AFTER), register.app.app_context():
        committee = session.get_one(Committee, register.house.committee.id)
        found = status_report(committee, PERIOD.start, PERIOD.end)
    count = found.count
    assert (count.total, count.done, count.withdrawn, count.overdue) == (20, 4, 2, 3)
    assert count.total == count.done + count.in_progress + count.not_started + count.withdrawn
    assert sum(unit.total for _, unit in found.units) == count.total
    named = {task.line.title: task for clause in found.clauses for task in clause.tasks}
    assert len(named) == 20
    assert named["Nhiệm vụ overdue"].overdue
    assert named["Nhiệm vụ paused"].overdue is False
    assert named["Nhiệm vụ waiting-late"].days == 3
    moved = named["Nhiệm vụ moved"]
    assert moved.line.unit_id == register.house.units["kt"].id
    assert [(change.on, change.words.vi) for change in moved.changes] == [
        (date(2026, 10, 25), "đã chuyển đơn vị chủ trì")
    ]
    assert [change.words.vi for change in named["Nhiệm vụ extended"].changes][-1] == "được gia hạn"
    assert found.changed == sum(bool(task.changes) for task in named.values())


def test_it_tells_a_past_day_as_it_was(register: Register) -> None:
    with at(AFTER), register.app.app_context():
        committee = session.get_one(Committee, register.house.committee.id)
        then = status_report(committee, date(2026, 10, 15), date(2026, 10, 21))
    named = {task.line.title: task for clause in then.clauses for task in clause.tasks}
    assert named["Nhiệm vụ late"].overdue
    assert named["Nhiệm vụ moved"].line.unit_id == register.house.units["vhxh"].id
    assert named["Nhiệm vụ extended"].line.due == date(2026, 10, 30)
    assert then.count.done == 0


def test_page_and_files_say_the_same(register: Register) -> None:
    with at(AFTER):
        client = browser(register.app, register.house.people["chair"])
        page = client.get(f"/reports/status?{SPAN}")
        pdf = client.get(f"/reports/status/export.pdf?{SPAN}")
        xlsx = client.get(f"/reports/status/export.xlsx?{SPAN}")
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert 'value="15/10/2026"' in text
    printed = _printed(pdf.data)
    with pdfplumber.open(io.BytesIO(pdf.data)) as opened:
        tables = [table for p in opened.pages for table in p.extract_tables()]
    cells = {" ".join((cell or "").split()) for table in tables for row in table for cell in row}
    assert "Tổng số nhiệm vụ: 20, gồm 4 hoàn thành" in printed
    assert "Đang quá hạn: 3." in printed
    assert "Chờ tiếp nhận. 25/10 đã chuyển đơn vị chủ trì." in cells
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx.data))
    total = next(row for row in book.get_sheet_by_index(0).to_python() if row[1] == "Tổng cộng")
    assert total[2:4] == [20.0, 4.0]
    assert total[7] == 3.0
    title_gap_and_head = 3
    assert len(book.get_sheet_by_index(1).to_python()) == title_gap_and_head + 20


def test_days_that_cannot_be_read_are_told_so_and_kept(register: Register) -> None:
    with at(AFTER):
        client = browser(register.app, register.house.people["chair"])
        answer = client.get("/reports/status?from=hom-qua&to=14/11/2026")
        assert answer.status_code == 422
        assert "hom-qua" in answer.get_data(as_text=True)
        wrong = client.get("/reports/status?from=14/11/2026&to=13/11/2026")
        assert wrong.status_code == 422
        assert "Ngày kết thúc phải từ ngày bắt đầu" in wrong.get_data(as_text=True)
        assert client.get("/reports/status/export.pdf?from=x").status_code == 404


def test_without_days_it_begins_with_the_period(register: Register) -> None:
    with at(moment(20, 11)):
        page = browser(register.app, register.house.people["member"]).get("/reports/status").get_data(as_text=True)
    assert 'value="15/11/2026"' in page
    assert 'value="20/11/2026"' in page


def test_a_span_that_ends_today_holds_until_the_moment_of_asking(register: Register) -> None:
    today, past = "from=2026-11-01&to=2026-11-16", "from=2026-11-01&to=2026-11-15"
    with at(AFTER):
        client = browser(register.app, register.house.people["chair"])
        pages = [client.get(f"/reports/status?{span}").get_data(as_text=True) for span in (today, past)]
        papers = [_printed(client.get(f"/reports/status/export.pdf?{span}").data) for span in (today, past)]
        books = [client.get(f"/reports/status/export.xlsx?{span}").data for span in (today, past)]
    assert "Tính đến lúc 09:00, 16/11/2026, khi mở trang này." in pages[0]
    assert "Tính đến 24 giờ 00 ngày 15/11/2026." in pages[1]
    assert "Số liệu tính đến 09 giờ 00 ngày 16/11/2026" in papers[0]
    assert "Số liệu tính đến 24 giờ 00 ngày 15/11/2026" in papers[1]
    assert "24 giờ 00" not in pages[0] + papers[0]
    for book, wanted in zip(books, ("09 giờ 00 ngày 16/11/2026", "24 giờ 00 ngày 15/11/2026"), strict=True):
        cells = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
        assert f"Số liệu tính đến {wanted}." in {cell for row in cells for cell in row}


def test_a_span_that_ends_ahead_holds_until_the_moment_of_asking_too(register: Register) -> None:
    with at(AFTER):
        client = browser(register.app, register.house.people["chair"])
        page = client.get("/reports/status?from=2026-11-01&to=2026-11-30").get_data(as_text=True)
    assert "Tính đến lúc 09:00, 16/11/2026, khi mở trang này." in page


def _printed(paper: bytes) -> str:
    with pdfplumber.open(io.BytesIO(paper)) as opened:
        return " ".join(" ".join((page.extract_text() or "").split()) for page in opened.pages)
