"""Numbers of papers and codes of tasks: counted without gaps, also when two are issued at the same moment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sqlalchemy import select, update

from app.db import session
from app.errors import DomainError
from app.models import Committee, MonthlyReport, Notice, NumberSeries, PaperNumber, TaskSeries
from app.queries.paper_facts import EXTERNAL, FOLLOWING, LEADING, numbering_mode
from app.services.telling import insert_new

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Select

Series = TypeVar("Series", NumberSeries, TaskSeries)

PARTY = "party"
TWO_DIGITS = 10
LARGEST = 99_999
_YEARS = re.compile(r"(\d{4})\D+(\d{4})")
_NUMBER = re.compile(r"(?:số\s*:?\s*)?0*(\d{1,5})(?:\s*([/-].{1,60}))?", re.IGNORECASE)


class Taken(NamedTuple):
    """A number that is used up: the counter it comes from (a year or a term), and how it is written."""

    number: int
    scope: str
    symbol: str


def take_number(committee: Committee, doc_type: str, day: date) -> Taken:
    """Take the next number of the committee's own series for papers of a type issued on a day.

    The counter's row stays locked until the transaction ends, so that the numbers have no gap: what is rolled
    back gives its number back. One counter per issuer, type and year (Decree 30/2020: Điều 15) or Party term.

    :raises DomainError: the series is the agency clerk's, or no term is set.
    """
    series = _locked(committee, doc_type, day)
    if series.mode == EXTERNAL:
        raise DomainError(
            "Số văn bản của ban do văn thư cơ quan cấp. Hãy nhập số do văn thư cấp.",
            "This committee's numbers come from the agency's clerk. Type the number given.",
            field="number",
        )
    number = series.next_number
    _set_next(series, number + 1)
    return Taken(number, series.scope, symbol_of(committee, doc_type, number))


def enter_number(committee: Committee, doc_type: str, day: date, typed: str) -> Taken:
    """Return a number that was given outside (by the clerk, or on an old paper): «15» or «15/TB-UBND».

    An own counter that it has overtaken goes on behind it, so that the same number is never given twice.

    :raises DomainError: no number can be read, or a paper of this type has it already.
    """
    found = _NUMBER.fullmatch(" ".join(typed.split()))
    if found is None or int(found[1]) == 0:
        raise DomainError(
            f"Chưa đọc được số văn bản «{typed[:40]}». Hãy nhập như 15 hoặc 15/TB-UBND.",
            f"“{typed[:40]}” is no number of a paper. Type it like 15 or 15/TB-UBND.",
            field="number",
        )
    number = int(found[1])
    series = _locked(committee, doc_type, day)
    symbol = " ".join(typed.split()) if found[2] else symbol_of(committee, doc_type, number)
    if _is_used(committee, doc_type, series.scope, number):
        raise DomainError(
            f"Số {number} đã được dùng cho một văn bản khác của ban trong {series.scope}. Hãy kiểm tra lại sổ văn bản.",
            f"Number {number} is on another of the committee's papers of {series.scope}. Please check the register.",
            field="number",
        )
    if series.mode != EXTERNAL:
        _set_next(series, max(series.next_number, number + 1))
    return Taken(number, series.scope, symbol)


def symbol_of(committee: Committee, doc_type: str, number: int) -> str:
    """Return number and symbol as the issuer writes them.

    State: 05/TB-BCĐ, below ten with a leading 0 (Decree 30/2020, annex I); Party: 467-TB/QU (Instruction 05-HD/VPTW).
    """
    shown = f"{number:02d}" if number < TWO_DIGITS else str(number)
    if committee.profile == PARTY:
        return f"{shown}-{doc_type}/{committee.symbol}"
    return f"{shown}/{doc_type}-{committee.symbol}"


def take_task_codes(authority_id: int, year: int, count: int) -> list[str]:
    """Take the next codes for tasks of a year: NV-2026-1, NV-2026-2 …; the counter stays locked until the end."""
    session.execute(insert_new(TaskSeries).values(authority_id=authority_id, year=year, next_number=1))
    query = select(TaskSeries).where(TaskSeries.authority_id == authority_id, TaskSeries.year == year)
    series = _under_lock(query)
    first = series.next_number
    _set_next(series, first + count)
    return [f"NV-{year}-{number}" for number in range(first, first + count)]


def _locked(committee: Committee, doc_type: str, day: date) -> NumberSeries:
    """Return the counter that holds on a day, its row locked; a new year's counter is made when first needed."""
    scope = _term(committee, doc_type, day) if committee.profile == PARTY else str(day.year)
    mode = numbering_mode(committee.id, doc_type) or "own"
    key = {"authority_id": committee.authority_id, "committee_id": committee.id, "doc_type": doc_type, "scope": scope}
    session.execute(insert_new(NumberSeries).values(**key, mode=mode, next_number=1))
    return _under_lock(select(NumberSeries).filter_by(**key))


def _under_lock(query: Select[Series]) -> Series:
    """Read a counter as it is now and keep its row until the transaction ends."""
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).one()


def _set_next(series: NumberSeries | TaskSeries, number: int) -> None:
    """Write the counter at once, so that taking twice in one transaction gives two numbers."""
    model = type(series)
    session.execute(
        update(model)
        .where(model.id == series.id)
        .values(next_number=number)
        .execution_options(synchronize_session=False)
    )


def _term(committee: Committee, doc_type: str, day: date) -> str:
    """Return the Party term in which papers are numbered on a day; the terms are the counters' scopes (2025-2030)."""
    counted = NumberSeries.doc_type == doc_type
    if doc_type in FOLLOWING:
        # A term is the Party's, not the paper's: the one that holds for notices holds for these.
        counted = NumberSeries.doc_type.in_((*FOLLOWING, LEADING))
    scopes = session.scalars(
        select(NumberSeries.scope)
        .where(NumberSeries.committee_id == committee.id, counted)
        .order_by(NumberSeries.scope.desc())
    ).all()
    for scope in scopes:
        years = _YEARS.search(scope)
        if years and int(years[1]) <= day.year <= int(years[2]):
            return scope
    raise DomainError(
        f"Chưa khai báo nhiệm kỳ có năm {day.year} cho sổ văn bản {doc_type} của ban. "
        "Hãy nhờ quản trị thêm nhiệm kỳ (ví dụ 2025-2030) trong mục Thiết lập.",
        f"No term with the year {day.year} is set for the committee's {doc_type} papers. "
        "Ask the administrator to add the term (such as 2025-2030) in the set-up.",
    )


def _is_used(committee: Committee, doc_type: str, scope: str, number: int) -> bool:
    for model in (Notice, PaperNumber, MonthlyReport):
        query = select(model.id).where(model.committee_id == committee.id, model.scope == scope, model.number == number)
        if model is Notice or model is PaperNumber:
            query = query.where(model.doc_type == doc_type)
        elif doc_type != "BC":
            continue
        if session.scalar(query.limit(1)) is not None:
            return True
    return False
