"""Role `summary`: a committee's month on the terminal, as JSON, or as the file that the page gives."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.clock import today
from app.commands.web import require_newest
from app.db import session
from app.documents.report_files import report_file
from app.documents.vietnamese import day, number, rate
from app.errors import DomainError
from app.factory import create_app
from app.models import Committee
from app.queries.periods_of import period_named
from app.services.reports import report_of, shown_month
from app.text import fold
from config import load_settings
from workflows.compliance import COLUMNS
from workflows.monthly_report import FROZEN

if TYPE_CHECKING:
    from app.models import MonthlyReport
    from app.queries.account import Account
    from workflows.compliance import Line
    from workflows.periods import Period

FORMATS = ("table", "json", "xlsx", "pdf")
FILES = ("xlsx", "pdf")
NAME = 34


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ask for the committee, the month and the form."""
    parser.add_argument(
        "--committee", default="", help="tên, tên tắt, ký hiệu hoặc số của ban (name, symbol or id of the committee)"
    )
    parser.add_argument(
        "--period",
        required=True,
        type=month,
        metavar="YYYY-MM",
        help="kỳ kết thúc trong tháng (ends in it)",
    )
    parser.add_argument("--format", choices=FORMATS, default="table", help="dạng kết quả (form of the answer)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="tệp ghi ra, cần cho xlsx và pdf (file to write)")


def month(text: str) -> tuple[int, int]:
    """Return year and month of 2026-11."""
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"“{text}” không phải tháng; ví dụ (such as): 2026-11")
    return int(found[1]), int(found[2])


def run(args: argparse.Namespace) -> int:
    """Print or write the month."""
    settings = load_settings()
    require_newest(settings)
    with create_app(settings).app_context():
        committee = find_committee(args.committee)
        period = find_period(committee, *args.period)
        report = report_of(committee, period)
        if args.format in FILES:
            return write_file(committee, period, report, args)
        account = shown_month(committee, period, report, anew=True).account
        text = as_json(account, report) if args.format == "json" else as_table(account, report)
    return give(text, args.out)


def find_committee(wanted: str) -> Committee:
    """Return the committee that is meant; the only one when nothing is said.

    :raises DomainError: none or several fit.
    """
    every = session.scalars(select(Committee).order_by(Committee.id)).all()
    clean = fold(wanted)
    exact = [one for one in every if clean in {str(one.id), fold(one.symbol), fold(one.short_name), fold(one.name)}]
    found = exact or [one for one in every if clean in fold(one.name)]
    if len(found) == 1:
        return found[0]
    names = "; ".join(f"{one.id}: {one.name}" for one in every) or "chưa có ban nào (none yet)"
    raise DomainError(
        f"Hãy chỉ rõ một ban bằng --committee. Các ban: {names}.", f"Name one committee with --committee: {names}."
    )


def find_period(committee: Committee, year: int, number_of_month: int) -> Period:
    """Return the committee's period that ends in a month.

    :raises DomainError: there is none up to today.
    """
    period = period_named(committee.id, year, number_of_month, today())
    if period is None:
        raise DomainError(
            f"Không có kỳ báo cáo nào kết thúc trong tháng {number_of_month:02d}/{year} (hoặc kỳ chưa bắt đầu).",
            f"No period ends in {year}-{number_of_month:02d}, or it has not begun yet.",
        )
    return period


def write_file(committee: Committee, period: Period, report: MonthlyReport | None, args: argparse.Namespace) -> int:
    """Write the workbook or the PDF."""
    if args.out is None:
        raise DomainError("Hãy nêu tệp ghi ra bằng --out.", "Name the file to write with --out.")
    made = report_file(shown_month(committee, period, report, anew=True), committee, period, report, args.format)
    return save(made.content, args.out)


def save(content: bytes, path: Path) -> int:
    """Write a file and say where.

    :raises DomainError: it cannot be written there.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise DomainError(
            f"Không ghi được tệp {path}: {error.strerror}. Hãy chọn nơi khác.",
            f"Cannot write {path}: {error.strerror}. Choose another place.",
        ) from error
    print(f"Đã ghi (written): {path}", file=sys.stderr)
    return 0


def give(text: str, path: Path | None) -> int:
    """Print the text, or write it."""
    if path is not None:
        return save((text + "\n").encode(), path)
    print(text)
    return 0


def as_json(account: Account, report: MonthlyReport | None) -> str:
    """Return the account as JSON, with the report's state."""
    head = {"state": report.state if report else None, "signed": report is not None and report.state in FROZEN}
    return json.dumps({**head, **account.to_json()}, ensure_ascii=False, indent=2)


def as_table(account: Account, report: MonthlyReport | None) -> str:
    """Return the fourteen columns as a table of plain text."""
    signed = report is not None and report.state in FROZEN
    figures = [column for column in COLUMNS if column.figure]
    heads = [column.number for column in figures] + ["13b"]
    rows = [(unit.name, unit.line) for unit in account.units] + [("Tổng cộng (total)", account.total)]
    lines = [
        f"{account.issuer.name}: {account.label.vi} ({day(account.begins_on)} - {day(account.ends_on)})",
        "Số liệu đã ký (signed)" if signed else f"Số liệu chưa chốt (not final), 24:00 {day(account.as_at)}",
        "",
        f"{'Đơn vị (unit)':<{NAME}}" + "".join(f"{head:>9}" for head in heads),
    ]
    lines += [f"{name[: NAME - 1]:<{NAME}}" + "".join(f"{cell:>9}" for cell in cells(line)) for name, line in rows]
    lines += ["", *(f"{column.number:>4}  {column.header.vi} ({column.header.en})" for column in figures)]
    return "\n".join([*lines, " 13b  Tỷ lệ theo hạn ban đầu (rate by the original due date)"])


def cells(line: Line) -> list[str]:
    """Return the figures of a line, columns 3 to 13b."""
    counts = [number(getattr(line, c.figure)) for c in COLUMNS if c.figure and c.figure != "rate"]
    return [*counts, rate(line.rate), rate(line.original_rate)]
