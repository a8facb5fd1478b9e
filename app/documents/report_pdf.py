"""The monthly report as an official paper. Papers are in Vietnamese, whatever language the reader's screens are in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.clock import local
from app.documents.paper import end_of_text, frame_of
from app.documents.pdf import render
from app.documents.vietnamese import day, number, points, rate
from workflows.compliance import COLUMNS

if TYPE_CHECKING:
    from app.documents.paper import Paper
    from app.queries.account import Account, Grant, TaskLine
    from workflows.compliance import Line

LEGEND = (
    ("green", "Hoàn thành đúng hạn", "on_time"),
    ("olive", "Hoàn thành quá hạn", "late"),
    ("blue", "Đang làm, trong hạn", "in_time"),
    ("red", "Đang làm, quá hạn", "overdue"),
    ("grey", "Thu hồi", "withdrawn"),
)
"""The pieces of a unit's bar: tone, words, figure."""


def monthly_pdf(account: Account, paper: Paper) -> bytes:
    """Return the monthly report as a tagged PDF."""
    return render("monthly", monthly_data(account, paper))


def monthly_data(account: Account, paper: Paper) -> dict[str, Any]:
    """Return everything the template prints, as texts."""
    return {
        **frame_of(account.issuer, paper, subject_of(account)),
        "summary": summary_sentences(account),
        "chart": _chart(account),
        "table": _table(account),
        "definitions": [as_at_line(account), "; ".join(definition_lines(account)) + "."],
        "overdue": {
            "none": "Không có nhiệm vụ đang thực hiện quá hạn tại thời điểm chốt số liệu.",
            "lead": _overdue_lead(account),
            "heads": ["TT", "Nhiệm vụ", "Đơn vị", "Hạn ban đầu", "Hạn hiện tại", "Số ngày quá hạn"],
            "rows": [_overdue_row(n, task) for n, task in enumerate(account.overdue, 1)],
        },
        "grants": {
            "none": "Không có lần gia hạn nào trong kỳ.",
            "heads": ["TT", "Nhiệm vụ", "Đơn vị", "Hạn cũ", "Hạn mới", "Ngày đồng ý"],
            "rows": [_grant_row(n, grant) for n, grant in enumerate(account.grants, 1)],
        },
        "notes": note_lines(account),
        "closing": f"Trên đây là báo cáo của {account.issuer.name}{end_of_text(account.issuer)}",
    }


def subject_of(account: Account) -> str:
    """Return what the report is about, with its period."""
    label = account.label.vi[:1].lower() + account.label.vi[1:]
    span = "" if account.bridging else f" (từ ngày {day(account.begins_on)} đến ngày {day(account.ends_on)})"
    return f"Kết quả thực hiện nhiệm vụ được giao {label}{span}"


def summary_sentences(account: Account) -> list[str]:
    """Return the month in sentences: how much, what became of it, the rates, and against the month before."""
    t = account.total
    entered = f", trong đó {number(t.entered)} nhiệm vụ nhập lại từ văn bản cũ" if t.entered else ""
    reopened = f", trong đó mở lại {number(t.reopened)}" if t.reopened else ""
    done, going = number(t.on_time + t.late), number(t.in_time + t.overdue)
    parts = (
        (
            f"Tổng số nhiệm vụ theo dõi trong kỳ: {number(t.total)} "
            f"(tồn kỳ trước chuyển sang {number(t.carried)}{entered}; giao mới {number(t.assigned)}{reopened})."
        ),
        (
            f"Hoàn thành {done} nhiệm vụ (đúng hạn {number(t.on_time)}, quá hạn {number(t.late)}); "
            f"đang thực hiện {going} (trong hạn {number(t.in_time)}, quá hạn {number(t.overdue)}; "
            f"chờ xác nhận {number(t.waiting)}); thu hồi, hủy {number(t.withdrawn)}. "
            f"Số lần gia hạn: {number(t.extensions)}."
        ),
        (
            f"Tỷ lệ đúng hạn: {rate(t.rate)} theo thời hạn hiện tại; {rate(t.original_rate)} theo thời hạn ban đầu. "
            f"Đúng hạn trên tổng số đã hoàn thành: {rate(t.done_rate)}."
        ),
        _against_before(account),
    )
    said = list(parts)
    if t.done_no_due or t.open_no_due:
        said.append(
            f"Nhiệm vụ không có thời hạn (không tính tỷ lệ): hoàn thành {number(t.done_no_due)}, "
            f"đang thực hiện {number(t.open_no_due)}."
        )
    return said


def _against_before(account: Account) -> str:
    before = account.before
    if before is None:
        return "So với kỳ trước: chưa có kỳ trước."
    if not before.comparable:
        return "So với kỳ trước: không so sánh vì một trong hai kỳ là kỳ chuyển tiếp."
    changed = points(account.total.rate, before.total.rate)
    return (
        f"So với kỳ trước ({before.label.vi[:1].lower() + before.label.vi[1:]}): tổng số {number(before.total.total)}, "
        f"đang quá hạn {number(before.total.overdue)}, tỷ lệ đúng hạn {rate(before.total.rate)}"
        f"{f' ({changed})' if changed else ''}."
        f"{' Kỳ trước đã ký; số liệu nhập sau không làm đổi.' if before.overtaken else ''}"
    )


def _chart(account: Account) -> dict[str, Any]:
    rows = [
        {
            "label": unit.short_name or unit.name,
            "counts": [getattr(unit.line, figure) for _, _, figure in LEGEND],
            "note": rate(unit.line.rate),
        }
        for unit in account.units
    ]
    said = "; ".join(
        f"{row['label']}: "
        + ", ".join(f"{words} {count}" for (_, words, _), count in zip(LEGEND, row["counts"], strict=True))
        for row in rows
    )
    return {
        "alt": f"Nhiệm vụ của từng đơn vị. {said}.",
        "legend": [{"tone": tone, "words": words} for tone, words, _ in LEGEND],
        "rows": rows,
    }


def _table(account: Account) -> dict[str, Any]:
    """Return the fourteen columns (and 3a, 8a); column 13 in two: by the current and by the original due date."""
    heads, numbers = [], []
    for column in COLUMNS:
        if column.figure == "rate":
            heads += ["Tỷ lệ đúng hạn (%)", "Theo hạn ban đầu (%)"]
            numbers += [column.number, f"{column.number}b"]
        else:
            heads.append(column.header.vi)
            numbers.append(column.number)
    rows = [[str(n), unit.name, *line_texts(unit.line), unit.cause] for n, unit in enumerate(account.units, 1)]
    return {
        "heads": heads,
        "numbers": [f"({one})" for one in numbers],
        "rows": rows,
        "total": ["", "Tổng cộng", *line_texts(account.total), ""],
    }


def line_texts(line: Line) -> list[str]:
    """Return the figures of a line in print order, columns 3 to 13."""
    return [
        text
        for column in COLUMNS
        if column.figure
        for text in (
            (_bare(rate(line.rate)), _bare(rate(line.original_rate)))
            if column.figure == "rate"
            else (number(getattr(line, column.figure)),)
        )
    ]


def _bare(text: str) -> str:
    return text.removesuffix("%").rstrip()


def as_at_line(account: Account) -> str:
    """Return until when the figures hold: the end of the last day, or an instant of it while it runs."""
    hour = f"{local(account.until):%H giờ %M}" if account.until else "24 giờ 00"
    return f"Số liệu tính đến {hour} ngày {day(account.as_at)}."


def definition_lines(account: Account) -> list[str]:
    """Return what each column counts, as it was defined when the figures were made."""
    defined = [f"({one.number}) {one.words.vi}" for one in account.definitions if one.number not in {"1", "2"}]
    return [*defined, "(13b) Như cột 13, theo thời hạn ban đầu"]


def _overdue_lead(account: Account) -> str:
    left = account.overdue_left
    more = f"; danh sách dưới đây nêu {number(len(account.overdue))} nhiệm vụ quá hạn lâu nhất" if left > 0 else ""
    return f"Có {number(account.total.overdue)} nhiệm vụ đang thực hiện quá hạn tại thời điểm chốt số liệu{more}."


def _overdue_row(n: int, task: TaskLine) -> list[str]:
    words = f"{task.code}. {task.title}{' (đã báo cáo, chờ xác nhận)' if task.note else ''}"
    return [str(n), words, task.unit, day(task.original_due), day(task.due), number(task.days)]


def _grant_row(n: int, grant: Grant) -> list[str]:
    return [
        str(n), f"{grant.task.code}. {grant.task.title}", grant.task.unit,
        day(grant.due_before), day(grant.granted_due), day(grant.ruled_on),
    ]  # fmt: skip


def note_lines(account: Account) -> list[str]:
    """Return what must be said beside the figures: rulings on own work, and corrections of signed months."""
    found = account.corrections
    said = [
        ("Tự xác nhận (không còn người khác có thẩm quyền)", account.self_confirmed),
        ("Mở lại, khôi phục trong kỳ; số liệu các kỳ đã ký giữ nguyên", found.reopened),
        ("Ghi nhận sau khi kỳ trước đã ký, nay tính là tồn chuyển sang", found.added),
        ("Kỳ trước ghi còn lại, nay không còn tính", found.missing),
    ]
    return [f"{words}: {', '.join(task.code for task in tasks)}." for words, tasks in said if tasks]
