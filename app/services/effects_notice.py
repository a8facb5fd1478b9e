"""What follows from the moves of notices and conclusions, and from signing and numbering any paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.clock import day_of, start_of
from app.db import session
from app.errors import DomainError
from app.models import Attendance, Conclusion, MonthlyReport, Notice, Task
from app.queries.paper_facts import EXTERNAL, numbering_mode
from app.queries.paper_text import digest_of
from app.services.conclusions import open_draft
from app.services.effects_tell import tell_about
from app.services.issuing import assign_tasks, drop_clauses, drop_tasks, issue_clauses, settle_replaced
from app.services.moves import Move, handles
from app.services.notices import index_notice
from app.services.numbering import enter_number, take_number
from app.services.telling import people_of_committee, people_of_unit
from workflows import effects as then

if TYPE_CHECKING:
    from datetime import date

OFFICES = ("chair", "deputy", "secretary", "member")


@handles(then.SEAL_TEXT)
def seal_text(move: Move) -> None:
    """Keep who signed, when, and the digest of what was signed; a deputy signs for the chair (KT.).

    An old notice was signed by whoever it says, not later than on the day it was issued.
    """
    paper: Notice | MonthlyReport = move.item
    historic = isinstance(paper, Notice) and paper.historic
    author = None if historic else move.author
    if author is not None:
        if isinstance(paper, Notice) and paper.signer_id != author.id:
            paper.capacity = "KT." if _is_deputy(paper, author.id, move.today) else paper.capacity
        paper.signer_id = author.id
    paper.signed_at = start_of(_issued_on(move)) if historic else move.at
    paper.digest = digest_of(paper)
    if isinstance(paper, Notice):
        index_notice(paper)


def _is_deputy(notice: Notice, person_id: int, day: date) -> bool:
    return person_id in people_of_committee(notice.committee_id, day, "deputy")


@handles(then.UNSEAL_TEXT)
def unseal_text(move: Move) -> None:
    """Drop the signature: the text may be edited again."""
    move.item.signed_at = move.item.digest = None


@handles(then.TAKE_NUMBER)
def number_paper(move: Move) -> None:
    """Give the paper its number and day: from the own series, or as it was typed for an old or a clerk's number."""
    paper: Notice | MonthlyReport = move.item
    doc_type = paper.doc_type if isinstance(paper, Notice) else "BC"
    historic = isinstance(paper, Notice) and paper.historic
    day = _issued_on(move)
    _check_day(paper, day)
    typed = str(move.given.get("number") or "")
    if historic or numbering_mode(paper.committee_id, doc_type) == EXTERNAL:
        taken = enter_number(paper.committee, doc_type, day, typed)
    else:
        taken = take_number(paper.committee, doc_type, day)
    paper.number, paper.scope, paper.symbol, paper.issued_on = taken.number, taken.scope, taken.symbol, day
    move.notes.setdefault("data", {}).update(symbol=taken.symbol, issued_on=day.isoformat())
    if isinstance(paper, Notice):
        paper.issued_at = move.at
        index_notice(paper)


def _issued_on(move: Move) -> date:
    """Return the day of issue: as typed, else as known of an old paper, else today."""
    day: date = move.given.get("issued_on") or move.item.issued_on or move.today
    return day


def _check_day(paper: Notice | MonthlyReport, day: date) -> None:
    met_on = day_of(paper.meeting.starts_at) if isinstance(paper, Notice) and paper.meeting else None
    if met_on is not None and day < met_on:
        raise DomainError(
            f"Ngày ban hành không được trước ngày họp ({met_on:%d/%m/%Y}). Hãy chọn lại.",
            f"The notice cannot be issued before its meeting ({met_on:%d/%m/%Y}). Choose another day.",
            field="issued_on",
        )


@handles(then.ISSUE_CONCLUSIONS)
def issue_conclusions(move: Move) -> None:
    """Bring the clauses into force with their notice."""
    issue_clauses(move.item)


@handles(then.SETTLE_REPLACED)
def settle_what_is_replaced(move: Move) -> None:
    """Settle the tasks of what is replaced and supersede its clauses."""
    settle_replaced(move.item)


@handles(then.ASSIGN_TASKS)
def assign_all(move: Move) -> None:
    """Assign the notice's tasks."""
    made = assign_tasks(move.item, move.actor)
    move.notes.setdefault("data", {})["tasks"] = len(made)


@handles(then.DROP_CONCLUSIONS)
def drop_conclusions(move: Move) -> None:
    """Drop the clauses with their notice."""
    drop_clauses(move.item)


@handles(then.DROP_TASKS)
def drop_drafts(move: Move) -> None:
    """Drop the draft tasks with their clause; by hand only from a draft, so that nobody signs what was not shown."""
    if move.actor is not None:
        open_draft(move.item.notice)
    drop_tasks(move.item)


@handles(then.TELL_RECIPIENTS)
def tell_recipients(move: Move) -> None:
    """Tell the committee, and of a notice who sat in its meeting; of a superseded one also the units it gave work."""
    paper: Notice | MonthlyReport = move.item
    people = people_of_committee(paper.committee_id, move.today, *OFFICES)
    if isinstance(paper, Notice):
        people += _attendees(paper)
        if move.row.event == "supersede":
            for unit_id in _units_of(paper):
                people += people_of_unit(unit_id, move.today)
    tell_about(move, people)


def _attendees(notice: Notice) -> list[int]:
    if notice.meeting_id is None:
        return []
    query = select(Attendance.person_id).where(
        Attendance.meeting_id == notice.meeting_id, Attendance.person_id.is_not(None)
    )
    return [person for person in session.scalars(query) if person is not None]


def _units_of(notice: Notice) -> list[int]:
    query = (
        select(Task.lead_unit_id)
        .join(Conclusion, Conclusion.id == Task.conclusion_id)
        .where(Conclusion.notice_id == notice.id)
        .distinct()
    )
    return list(session.scalars(query))
