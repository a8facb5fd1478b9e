"""The month's pages: who sees them, that each number opens its list, and that papers hold the same figures."""

from __future__ import annotations

import io
import re
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING

import pdfplumber
import pytest
from python_calamine import CalamineWorkbook

from app.clock import VIETNAM
from app.db import session, transaction
from app.models import PeriodRule
from tests.factories import browser, found_authority
from tests.reports.month import AFTER, BY_HAND, TOTAL_BY_HAND, Register, at, moment
from workflows.compliance import COLUMNS, Line

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

FIGURES = [column.figure for column in COLUMNS if column.figure and column.figure != "rate"]
_SHORT = re.compile(r'<a class="stat[^"]*" href="([^"]+)">\s*<span class="stat-value">(\d+)</span>')
_LINK = re.compile(r'<td class="num[^>]*><a href="([^"]+)"[^>]*>([\d.]+)</a>')


def month(register: Register) -> str:
    return f"/reports/{register.house.committee.id}/2026-10-15"


def people(register: Register, login: str) -> FlaskClient:
    return browser(register.app, register.house.people[login])


def by_hand(register: Register) -> dict[str, Line]:
    lines = {register.house.units[key].name: line for key, line in BY_HAND.items()}
    return {**lines, "Tổng cộng": TOTAL_BY_HAND}


def test_each_number_on_the_page_opens_as_many_tasks(register: Register) -> None:
    with at(AFTER):
        client = people(register, "member")
        page = client.get(month(register)).get_data(as_text=True)
        links = {unescape(href): count for href, count in _LINK.findall(page)}
        assert len(links) == sum(
            bool(getattr(line, figure)) for line in by_hand(register).values() for figure in FIGURES
        )
        for href, count in links.items():
            listed = client.get(href).get_data(as_text=True)
            assert f"({count})</h1>" in listed, href
            assert listed.count('<td class="cell-title">') == int(count), href


def test_each_count_in_short_opens_as_many_tasks(register: Register) -> None:
    with at(AFTER):
        client = people(register, "member")
        page = client.get(month(register)).get_data(as_text=True)
        short = {unescape(href): int(count) for href, count in _SHORT.findall(page)}
        assert len(short) == 4
        assert TOTAL_BY_HAND.on_time + TOTAL_BY_HAND.late in short.values()
        for href, count in short.items():
            listed = client.get(href).get_data(as_text=True)
            assert f"({count})</h1>" in listed, href
            assert listed.count('<td class="cell-title">') == count, href
        unit = client.get(f"{month(register)}/tasks?column=done&unit={register.house.units['vhxh'].id}")
        wanted = BY_HAND["vhxh"].on_time + BY_HAND["vhxh"].late
        assert f"Hoàn thành: {register.house.units['vhxh'].name} ({wanted})</h1>" in unit.get_data(as_text=True)


def test_a_month_that_runs_says_the_hour_and_not_the_end_of_today(register: Register) -> None:
    running = f"/reports/{register.house.committee.id}/2026-11-15"
    with at(datetime(2026, 11, 20, 10, 5, tzinfo=VIETNAM)):
        client = people(register, "secretary")
        page, listed = (client.get(f"{running}{path}").get_data(as_text=True) for path in ("", "/tasks?column=total"))
        paper = client.get(f"{running}/export.pdf").data
    assert "Số liệu chưa chốt, tính đến lúc 10:05, 20/11/2026, khi mở trang này." in page
    assert "tính đến lúc 10:05, 20/11/2026; tình trạng ghi dưới đây là của hôm nay" in listed
    with pdfplumber.open(io.BytesIO(paper)) as opened:
        printed = " ".join(" ".join(page.extract_text() for page in opened.pages).split())
    assert "Số liệu tính đến 10 giờ 05 ngày 20/11/2026." in printed
    assert "24 giờ 00 ngày 20/11/2026" not in page + listed + printed


def test_the_page_shows_both_rates_with_their_definition(register: Register) -> None:
    with at(AFTER):
        page = people(register, "chair").get(month(register)).get_data(as_text=True)
    assert "33,3\u00a0%" in page
    assert "25,0\u00a0%" in page
    assert "hoàn thành đúng hạn ÷ (hoàn thành đúng hạn + hoàn thành quá hạn + đang làm quá hạn)" in page
    assert "Số liệu chưa chốt" in page
    assert "mở lại 1" in page
    assert "không hạn 1" in page


def test_the_files_hold_the_figures_of_the_page(register: Register) -> None:
    with at(AFTER):
        client = people(register, "secretary")
        pdf = client.get(f"{month(register)}/export.pdf")
        xlsx = client.get(f"{month(register)}/export.xlsx")
    assert pdf.mimetype == "application/pdf"
    assert "bao-cao-bcd-2026-11.pdf" in pdf.headers["Content-Disposition"]
    expected = {name: [getattr(line, figure) for figure in FIGURES] for name, line in by_hand(register).items()}
    with pdfplumber.open(io.BytesIO(pdf.data)) as opened:
        wide = opened.pages[1].extract_tables()[0]
        first = opened.pages[0].extract_text()
    printed = {" ".join((row[1] or "").split()): [int(cell or 0) for cell in row[2:14]] for row in wide[2:]}
    assert printed == expected
    assert "số liệu chưa chốt" in first
    rows = CalamineWorkbook.from_filelike(io.BytesIO(xlsx.data)).get_sheet_by_index(0).to_python()
    kept = {row[1]: [int(float(str(cell))) for cell in row[2:14]] for row in rows if row[1] in expected}
    assert kept == expected


@pytest.mark.parametrize("path", ["2026-10-16", "2026-13-01", "hom-nay", "0001-01-15", "2027-01-15"])
def test_a_day_on_which_no_period_begins_is_told_so(register: Register, path: str) -> None:
    with at(AFTER):
        answer = people(register, "secretary").get(f"/reports/{register.house.committee.id}/{path}")
    assert answer.status_code == 404
    assert "không có kỳ báo cáo nào bắt đầu vào ngày này" in answer.get_data(as_text=True)


def test_an_unknown_column_or_unit_is_not_found(register: Register) -> None:
    with at(AFTER):
        client = people(register, "secretary")
        for query in ("column=secret", "column=", "column=overdue&unit=999999", "column=overdue&unit=abc"):
            assert client.get(f"{month(register)}/tasks?{query}").status_code == 404, query


def test_only_the_committee_sees_its_reports(register: Register) -> None:
    with at(AFTER):
        for login in ("chair", "deputy", "secretary", "member"):
            client = people(register, login)
            assert client.get(month(register)).status_code == 200
            assert "Tháng 11/2026" in client.get("/reports/").get_data(as_text=True)
        for login in ("head_vhxh", "staff_vhxh", "admin"):
            client = people(register, login)
            for path in ("", "/tasks?column=total", "/export.pdf", "/export.xlsx"):
                assert client.get(f"{month(register)}{path}").status_code == 404, (login, path)
            assert "Bạn không thuộc ban nào" in client.get("/reports/").get_data(as_text=True)
            assert client.get(f"/reports/status?committee={register.house.committee.id}").status_code == 404
            assert "Bạn không thuộc ban nào" in client.get("/reports/status").get_data(as_text=True)


def test_the_list_shows_the_periods_back_to_the_first_task(register: Register) -> None:
    with at(AFTER):
        page = people(register, "chair").get("/reports/").get_data(as_text=True)
    labels = re.findall(r"Tháng \d\d/2026(?=</a>)", page)
    assert labels == ["Tháng 12/2026", "Tháng 11/2026", "Tháng 10/2026", "Tháng 09/2026"]
    assert "Đang diễn ra" in page


def test_a_month_without_a_period_before_it_says_so(app: Flask) -> None:
    register = Register(app, found_authority(app))
    register.assign("first", "kt", moment(20, 10))
    with at(AFTER):
        page = people(register, "chair").get(month(register)).get_data(as_text=True)
    assert "chưa có kỳ trước" in page
    assert "—" in page


def test_a_changed_rule_makes_a_bridging_period_that_is_not_compared(register: Register) -> None:
    from datetime import date  # noqa: PLC0415 -- only here

    committee = register.house.committee
    with at(AFTER), register.app.app_context(), transaction():
        rule = PeriodRule(
            authority_id=committee.authority_id, committee_id=committee.id, start_day=1, valid_from=date(2026, 11, 1)
        )
        session.add(rule)
    with at(AFTER):
        client = people(register, "chair")
        page = client.get(month(register)).get_data(as_text=True)
        assert "kỳ chuyển tiếp 15/10/2026 - 31/10/2026" in page
        assert "không so với kỳ chuyển tiếp" in page
        assert client.get(f"/reports/{committee.id}/2026-11-01").status_code == 200
        assert client.get(f"/reports/{committee.id}/2026-11-15").status_code == 404
