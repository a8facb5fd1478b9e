"""The status report from a day to another, as paper for tomorrow's meeting and as workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.clock import local
from app.documents.paper import Paper, end_of_text, frame_of
from app.documents.pdf import render
from app.documents.vietnamese import day, number
from app.documents.xlsx import Sheet, workbook

if TYPE_CHECKING:
    from app.queries.status_report import Count, StatusReport, StatusTask

UNIT_HEADS = ("TT", "Đơn vị", "Tổng số", "Hoàn thành", "Đang thực hiện", "Chưa thực hiện", "Thu hồi, hủy", "Quá hạn")
LONGEST_QUOTE = 600


def status_pdf(report: StatusReport, paper: Paper) -> bytes:
    """Return the status report as a tagged PDF."""
    return render(
        "status",
        {
            **frame_of(report.issuer, paper, subject_of(report)),
            "summary": summary_sentences(report),
            "units": {"heads": UNIT_HEADS, "rows": [[str(cell) for cell in row] for row in unit_rows(report)]},
            "heads": ["TT", "Nhiệm vụ", "Đơn vị", "Thời hạn", "Tình hình"],
            "clauses": [
                {
                    "source": clause.source or "Nguồn giao khác",
                    "text": _shortened(clause.text),
                    "rows": [_task_row(n, task) for n, task in enumerate(clause.tasks, 1)],
                }
                for clause in report.clauses
            ],
            "closing": f"{until_words(report)}{end_of_text(report.issuer)}",
        },
    )


def until_words(report: StatusReport) -> str:
    """Return until when the figures hold: the end of the last day, or the moment of printing while that day runs."""
    hour = f"{local(report.at):%H giờ %M}" if report.at else "24 giờ 00"
    return f"Số liệu tính đến {hour} ngày {day(report.as_at)}"


def subject_of(report: StatusReport) -> str:
    """Return what the report is about, with its days."""
    span = f"từ ngày {day(report.since)} đến ngày {day(report.until)}"
    return f"Tình hình thực hiện kết luận, nhiệm vụ được giao ({span})"


def summary_sentences(report: StatusReport) -> list[str]:
    """Return the counts in sentences; the parts add up to the whole."""
    c = report.count
    parts = [f"{number(c.done)} hoàn thành", f"{number(c.in_progress)} đang thực hiện"]
    parts.append(f"{number(c.not_started)} chưa thực hiện")
    if c.withdrawn:
        parts.append(f"{number(c.withdrawn)} thu hồi, hủy")
    said = [
        f"Tổng số nhiệm vụ: {number(c.total)}, gồm {', '.join(parts)}. Đang quá hạn: {number(c.overdue)}.",
        f"Có thay đổi trong thời gian này: {number(report.changed)} nhiệm vụ.",
    ]
    if report.left_out > 0:
        said.append(f"Danh sách dưới đây không nêu {number(report.left_out)} nhiệm vụ vì quá dài.")
    return said


def unit_rows(report: StatusReport) -> list[list[str | int]]:
    """Return one row a unit, and the total."""
    rows: list[list[str | int]] = [[n, name, *counts(count)] for n, (name, count) in enumerate(report.units, 1)]
    return [*rows, ["", "Tổng cộng", *counts(report.count)]] if rows else []


def counts(count: Count) -> list[int]:
    """Return the figures in the order of UNIT_HEADS."""
    return [count.total, count.done, count.in_progress, count.not_started, count.withdrawn, count.overdue]


def _shortened(text: str) -> str:
    clean = " ".join(text.split())
    return clean if len(clean) <= LONGEST_QUOTE else clean[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _task_row(n: int, task: StatusTask) -> list[str]:
    return [str(n), f"{task.line.code}. {task.line.title}", task.line.unit, due_text(task), how_text(task)]


def due_text(task: StatusTask) -> str:
    """Return the due date, or that there is none."""
    return day(task.line.due) if task.line.due else "không có hạn"


def how_text(task: StatusTask) -> str:
    """Return how a task stands, what happened to it in the span, and what its unit wrote last."""
    late = f" (quá hạn {task.days} ngày)" if task.overdue and str(task.days) not in task.status.vi else ""
    changes = "; ".join(f"{change.on:%d/%m} {change.words.vi}" for change in task.changes)
    said = [f"{task.status.vi}{late}.", f"{changes[:1].upper() + changes[1:]}." if changes else ""]
    said.append(_shortened(task.note))
    return " ".join(part for part in said if part)


def status_xlsx(report: StatusReport) -> bytes:
    """Return the status report as a workbook."""
    every = [(clause, task) for clause in report.clauses for task in clause.tasks]
    units = unit_rows(report)
    sheets = [
        Sheet(
            name="Tổng hợp",
            title=subject_of(report),
            lead=[report.issuer.name, *summary_sentences(report)],
            heads=[UNIT_HEADS],
            rows=units[:-1],
            total=units[-1] if units else (),
            widths=[5, 40, 10, 12, 12, 12, 12, 10],
            foot=[f"{until_words(report)}."],
        ),
        Sheet(
            name="Nhiệm vụ",
            title="Tình hình từng nhiệm vụ",
            heads=[["TT", "Mã", "Nhiệm vụ", "Nguồn giao", "Đơn vị", "Hạn ban đầu", "Hạn hiện tại", "Tình hình"]],
            rows=[
                [n, task.line.code, task.line.title, clause.source, task.line.unit,
                 task.line.original_due, task.line.due, how_text(task)]
                for n, (clause, task) in enumerate(every, 1)
            ],
            widths=[5, 14, 60, 22, 30, 12, 12, 60],
        ),
    ]  # fmt: skip
    return workbook(sheets, subject_of(report))
