"""The monthly report as a workbook: the same figures as page and paper, as numbers one can go on counting with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.documents.report_pdf import LEGEND, as_at_line, definition_lines, note_lines, subject_of, summary_sentences
from app.documents.xlsx import Cell, Rate, Sheet, workbook
from workflows.compliance import COLUMNS

if TYPE_CHECKING:
    from fractions import Fraction

    from app.documents.paper import Paper
    from app.queries.account import Account
    from workflows.compliance import Line

COLOURS = {"green": "#2F9E63", "olive": "#A7A63A", "blue": "#8FB8DE", "red": "#C8372D", "grey": "#C8C8C8"}
SUMMARY, OVERDUE, GRANTS, NOTES = "Tổng hợp", "Quá hạn", "Gia hạn", "Ghi chú"


def monthly_xlsx(account: Account, paper: Paper) -> bytes:
    """Return the workbook of a monthly report."""
    sheets = [_summary(account, paper), _overdue(account), _grants(account), _notes(account)]
    return workbook(sheets, subject_of(account))


def _summary(account: Account, paper: Paper) -> Sheet:
    heads, numbers, widths = [], [], []
    for column in COLUMNS:
        two = column.figure == "rate"
        heads += ["Tỷ lệ đúng hạn", "Tỷ lệ đúng hạn theo hạn ban đầu"] if two else [column.header.vi]
        numbers += [f"({column.number})", f"({column.number}b)"] if two else [f"({column.number})"]
        widths += [9, 11] if two else [{"1": 5, "2": 34, "14": 44}.get(column.number, 9)]
    figures = [column.figure for column in COLUMNS if column.figure]
    return Sheet(
        name=SUMMARY,
        title=f"BÁO CÁO: {subject_of(account)}",
        lead=[
            ". ".join(part for part in (account.issuer.name, paper.symbol or "", paper.mark) if part),
            *summary_sentences(account),
        ],
        heads=[heads, numbers],
        rows=[[n, unit.name, *line_cells(unit.line), unit.cause] for n, unit in enumerate(account.units, 1)],
        total=["", "Tổng cộng", *line_cells(account.total), ""],
        widths=widths,
        foot=[as_at_line(account), *definition_lines(account)],
        chart=("Nhiệm vụ theo đơn vị", [(figures.index(f) + 2, COLOURS[tone]) for tone, _, f in LEGEND], 1),
    )


def line_cells(line: Line) -> list[Cell | Rate]:
    """Return the figures of a line in print order, columns 3 to 13."""
    cells: list[Cell | Rate] = []
    for column in COLUMNS:
        if column.figure == "rate":
            cells += [Rate(_share(line.rate)), Rate(_share(line.original_rate))]
        elif column.figure:
            cells.append(getattr(line, column.figure))
    return cells


def _share(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _overdue(account: Account) -> Sheet:
    return Sheet(
        name=OVERDUE,
        title="Nhiệm vụ đang thực hiện quá hạn",
        heads=[["TT", "Mã", "Nhiệm vụ", "Nguồn giao", "Đơn vị", "Hạn ban đầu", "Hạn hiện tại", "Số ngày quá hạn"]],
        rows=[
            [n, task.code, task.title, task.source, task.unit, task.original_due, task.due, task.days]
            for n, task in enumerate(account.overdue, 1)
        ],
        widths=[5, 14, 60, 20, 30, 12, 12, 10],
    )


def _grants(account: Account) -> Sheet:
    return Sheet(
        name=GRANTS,
        title="Gia hạn được đồng ý trong kỳ",
        heads=[["TT", "Mã", "Nhiệm vụ", "Đơn vị", "Hạn cũ", "Hạn mới", "Ngày đồng ý", "Lý do"]],
        rows=[
            [
                n, grant.task.code, grant.task.title, grant.task.unit,
                grant.due_before, grant.granted_due, grant.ruled_on, grant.reason,
            ]
            for n, grant in enumerate(account.grants, 1)
        ],
        widths=[5, 14, 60, 30, 12, 12, 12, 40],
    )  # fmt: skip


def _notes(account: Account) -> Sheet:
    return Sheet(
        name=NOTES, title="Ghi chú, đính chính", heads=[["TT", "Nội dung"]],
        rows=[[n, words] for n, words in enumerate(note_lines(account), 1)], widths=[5, 110],
    )  # fmt: skip
