"""The conclusion notice as an official paper: its clauses under their numbers, its tasks in an annex."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from app import clause_places
from app.clock import day_of, today
from app.db import session
from app.documents.official.head import ended, head_of
from app.documents.official.model import Annex, Column, Level, Official, Paragraph, Signature, Table
from app.documents.official.outline import Clause, outlined
from app.documents.official.unsaid import Order, Reader
from app.documents.vietnamese import NONE, day, day_long
from app.models import Task
from app.queries.calendars import calendar_of
from app.queries.notices import unit_names
from app.queries.paper_text import live_clauses
from app.queries.signing import signature_of
from app.queries.unit_names import names_known_on
from app.queries.unit_names import unit_names as names_of_units
from app.reading.model import UnitName
from app.reading.outline import outline
from app.reading.page import Page
from app.services.clause_proposals import KEPT_DUE, NONE_ARISES
from workflows.notice import OFFICIAL
from workflows.urgency import stamp

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from app.models import Conclusion, Notice

KIND = "THÔNG BÁO"
RECURRENCES = {
    "weekly": "Định kỳ hằng tuần",
    "monthly": "Định kỳ hằng tháng",
    "quarterly": "Định kỳ hằng quý",
    "yearly": "Định kỳ hằng năm",
}
_KEPT = re.compile(r"^-?\s*Lưu\s*:\s*(?:VT\s*[,;]?\s*)?(?P<where>.*)$")
_HEADING = 200
COLUMNS = (
    Column("TT", 11, centred=True),
    Column("Mục", 19, centred=True),
    Column("Nội dung nhiệm vụ", 92),
    Column("Đơn vị chủ trì", 38),
    Column("Đơn vị phối hợp", 36),
    Column("Thời hạn", 26, centred=True),
    Column("Sản phẩm", 30),
)


def notice_paper(notice: Notice) -> Official:
    """Return the notice as a paper; one that is not issued yet is marked as a draft."""
    committee, issued, on = notice.committee, notice.state in OFFICIAL, notice.issued_on
    clauses, day = live_clauses(notice), on or today()
    orders = _orders(clauses, day)
    head = head_of(
        committee, notice.doc_type, symbol=notice.symbol, on=on, year=day.year, urgency=stamp(notice.urgency)
    )
    subject = notice.subject[:1].lower() + notice.subject[1:] if head.party else notice.subject
    reader = _reader(notice)
    joined = running_on(notice.pasted, [each.text for each in clauses])
    printed = [
        Clause(each.section, each.address, each.text, reader.unsaid(each.text, orders[each.id]), runs_on)
        for each, runs_on in zip(clauses, joined, strict=True)
    ]
    return Official(
        head=head,
        kind=KIND,
        subject=subject,
        text=(
            *_opening(notice),
            *outlined(printed, headings_of(notice.pasted, {each.address for each in notice.conclusions})),
        ),
        closing=(
            Paragraph(
                Level.TEXT,
                ended(
                    committee,
                    f"Trên đây là kết luận của người chủ trì, {committee.name} thông báo để các cơ quan, đơn vị biết, "
                    "thực hiện",
                ),
            ),
        ),
        signature=_signature(notice),
        recipients=recipient_lines(notice.recipients, party=head.party),
        annexes=_annexes(notice, clauses, orders),
        draft=not issued,
    )


def recipient_lines(typed: str, *, party: bool) -> tuple[str, ...]:
    """Return who gets it line by line; the Party writes «Lưu …» without a colon and without VT."""
    lines = [" ".join(line.split()) for line in typed.splitlines() if line.strip()]
    kept = _KEPT.match(lines[-1]) if lines and party else None
    if kept:
        lines[-1] = f"- Lưu {kept['where']}".rstrip() if kept["where"].strip(". ") else "- Lưu."
    return tuple(lines)


def _opening(notice: Notice) -> list[Paragraph]:
    basis = _basis(notice)
    return [
        *([Paragraph(Level.TEXT, basis)] if basis else []),
        *(Paragraph(Level.TEXT, line.strip()) for line in notice.opening.splitlines() if line.strip()),
    ]


def _basis(notice: Notice) -> str:
    """Return the sentence that names the notice this one supersedes or supplements, if its own words do not."""
    earlier = notice.supersedes or notice.supplements
    if earlier is None or (earlier.symbol or "") in notice.opening:
        return ""
    dated = day_long(earlier.issued_on, earlier.issued_on.year) if earlier.issued_on else ""
    named = f"Thông báo số {earlier.symbol} {dated} của {earlier.committee.name}"
    if notice.supersedes:
        return f"Thông báo này thay thế {named}."
    return f"Căn cứ {named}, Thông báo này bổ sung một số nội dung; các nội dung khác đã thông báo vẫn giữ nguyên."


def running_on(text: str, clauses: Iterable[str]) -> list[bool]:
    """Tell of each clause whether it goes on in the paragraph of the one before, in the text both were read from."""
    found, end = [], -1
    for clause in clauses:
        words = re.compile(r"\s+".join(map(re.escape, clause.split())))
        match = words.search(text, max(end, 0))
        found.append(bool(match and end >= 0 and "\n" not in text[end : match.start()]))
        end = match.end() if match else -1
    return found


def headings_of(text: str, clauses: Collection[str]) -> dict[str, str]:
    """Return the numbered headings of a text by their addresses; what became a clause is no heading."""
    page = Page.of(text)
    return {
        block.address: page.words(block.start, block.end)
        for block in reversed(outline(page.text))
        if block.numbered and block.children and block.end - block.start < _HEADING and block.address not in clauses
    }


def _signature(notice: Notice) -> Signature:
    committee, on = notice.committee, notice.issued_on or today()
    if notice.signer_id is None and notice.signer_name:
        body = signature_of(committee, None, on).lines
        return Signature((*body[:1], notice.signer_title.upper()), notice.signer_name)
    found = signature_of(committee, notice.signer_id, on, notice.capacity)
    return Signature(tuple(found.lines), found.name)


def _reader(notice: Notice) -> Reader:
    units, groups = unit_names(notice.authority_id)
    if notice.issued_on is not None:
        # An issued text is read with the names of its day: units were merged and renamed since.
        known = names_known_on(notice.authority_id, notice.issued_on)
        units = [UnitName(unit.id, unit.name, unit.aliases) for unit in known]
    met_on = day_of(notice.meeting.starts_at) if notice.meeting else None
    return Reader.of(
        units, groups, issued_on=notice.issued_on, met_on=met_on, calendar=calendar_of(notice.authority_id)
    )


def _orders(clauses: Sequence[Conclusion], on: date) -> Mapping[int, Order]:
    """Return what each clause orders, by the clause's id; nothing for one that gives rise to no task.

    :param on: the day by whose names units are called.
    """
    wanted = {unit for clause in clauses for unit in (clause.lead_unit_id, *clause.coordinating_ids) if unit}
    units = names_of_units(wanted).on(on)
    return {clause.id: _order(clause, units) for clause in clauses}


def _order(clause: Conclusion, units: Mapping[int, str]) -> Order:
    if clause.outcome == NONE_ARISES:
        return Order()
    return Order(
        lead=(clause.lead_unit_id, units[clause.lead_unit_id]) if clause.lead_unit_id else None,
        group=(clause.lead_group.id, clause.lead_group.name) if clause.lead_group else None,
        coordinating=tuple((unit, units[unit]) for unit in clause.coordinating_ids if unit in units),
        due=clause.due_on,
    )


def _annexes(notice: Notice, clauses: Sequence[Conclusion], orders: Mapping[int, Order]) -> tuple[Annex, ...]:
    working = [clause for clause in clauses if clause.outcome and clause.outcome != NONE_ARISES]
    if not working:
        return ()
    kept = _kept_days(notice, working)
    rows = tuple(
        (str(n), clause_places.printed(clause.address), clause.text, _lead(clause, orders[clause.id]),
         _helpers(orders[clause.id]), _by(clause, kept), clause.deliverable or NONE)
        for n, clause in enumerate(working, 1)
    )  # fmt: skip
    symbol = notice.symbol or "……"
    dated = day_long(notice.issued_on, (notice.issued_on or today()).year)
    attached = f"(Kèm theo Thông báo số {symbol} {dated} của {notice.committee.name})"
    return (Annex("Phụ lục", "Danh mục nhiệm vụ được giao", attached, Table(COLUMNS, rows)),)


def _lead(clause: Conclusion, order: Order) -> str:
    named = order.lead or order.group
    return named[1] if named else clause.lead_text or NONE


def _helpers(order: Order) -> str:
    return "; ".join(name for _unit, name in order.coordinating) or NONE


def _kept_days(notice: Notice, clauses: Sequence[Conclusion]) -> Mapping[int, date | None]:
    """Return the due dates of the tasks that clauses carry on, by the clauses' ids: as issued, in a draft as now."""
    if notice.state in OFFICIAL:
        said = {clause.id: clause.because.get(KEPT_DUE) for clause in clauses}
        return {clause: date.fromisoformat(str(on)) for clause, on in said.items() if on}
    ids = {clause.continues_task_id: clause.id for clause in clauses if clause.continues_task_id}
    query = select(Task.id, Task.current_due).where(Task.id.in_(ids))
    return {ids[task_id]: due for task_id, due in session.execute(query)} if ids else {}


def _by(clause: Conclusion, kept: Mapping[int, date | None]) -> str:
    """Return by when, as the annex says it: a day, that of the task carried on, a rhythm, or why there is none."""
    due = clause.due_on or kept.get(clause.id)
    if due:
        return day(due)
    return RECURRENCES.get(clause.recurrence or "", "") or clause.no_due_reason or NONE
