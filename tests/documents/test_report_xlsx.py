"""The workbook of the monthly report: read back, it holds the account's figures as numbers."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from python_calamine import CalamineWorkbook

from app.documents.paper import Paper
from app.documents.report_xlsx import GRANTS, NOTES, OVERDUE, SUMMARY, monthly_xlsx
from app.documents.vietnamese import rate, tenths
from tests.documents.accounts import MARKUP, make_account
from workflows.compliance import COLUMNS

FIGURES = [column.figure for column in COLUMNS if column.figure and column.figure != "rate"]


def sheet(book: bytes, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(name).to_python(skip_empty_area=False)


def test_the_table_holds_the_figures_of_the_account() -> None:
    account = make_account()
    rows = sheet(monthly_xlsx(account, Paper(2026)), SUMMARY)
    begin = next(n for n, row in enumerate(rows) if row[0] == "(1)") + 1
    lines = [unit.line for unit in account.units] + [account.total]
    for row, line in zip(rows[begin:], lines, strict=False):
        assert row[2:14] == [float(getattr(line, figure)) for figure in FIGURES]
        assert all(isinstance(cell, float) for cell in row[2:14])
        assert line.rate is not None
        assert line.original_rate is not None
        assert [round(cell * 100, 1) for cell in row[14:16]] == [tenths(line.rate), tenths(line.original_rate)]
    assert rows[begin + len(account.units)][1] == "Tổng cộng"
    words = " ".join(str(row[0]) for row in rows)
    assert "Cột 6 ÷ (cột 6 + cột 7 + cột 10)" in words
    assert f"Tỷ lệ đúng hạn: {rate(account.total.rate)}" in words


def test_an_empty_denominator_is_a_dash() -> None:
    rows = sheet(monthly_xlsx(make_account(units=0, overdue=0), Paper(2026)), SUMMARY)
    total = next(row for row in rows if row[1] == "Tổng cộng")
    assert total[14:16] == ["—", "—"]


def test_what_looks_like_a_formula_stays_text() -> None:
    book = monthly_xlsx(make_account(), Paper(2026))
    assert sheet(book, OVERDUE)[3][2] == MARKUP
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in parts.read(name)
                assert b"<hyperlink" not in parts.read(name)
        assert any(name.startswith("xl/charts/") for name in parts.namelist())


def test_the_lists_are_there() -> None:
    account = make_account()
    book = monthly_xlsx(account, Paper(2026))
    overdue = sheet(book, OVERDUE)[3:]
    assert [row[1] for row in overdue] == [task.code for task in account.overdue]
    assert [row[6] for row in overdue] == [task.due for task in account.overdue]
    assert [row[6] for row in sheet(book, GRANTS)[3:]] == [grant.ruled_on for grant in account.grants]
    assert "NV-2026-1" in sheet(book, NOTES)[3][1]
