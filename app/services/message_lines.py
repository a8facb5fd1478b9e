"""What a message says: one line for each thing told, put where it belongs, as things stand when it is made."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from app.db import session
from app.models import (
    AgendaProposal,
    Extension,
    Meeting,
    Membership,
    Minutes,
    MonthlyReport,
    Notice,
    Notification,
    Office,
    Proposal,
    Task,
    Unit,
)
from app.queries.reminders_due import PREFIX
from workflows import effects as then
from workflows.agenda_proposal import AGENDA_PROPOSAL
from workflows.coordinating_part import COORDINATING_PART
from workflows.explanation import ASK, EXPLANATION
from workflows.extension import EXTENSION, REQUESTED
from workflows.meeting import MEETING
from workflows.minutes import MINUTES
from workflows.monthly_report import MONTHLY_REPORT
from workflows.notice import NOTICE
from workflows.proposal import PROPOSAL
from workflows.registry import ALL
from workflows.reminders import BY_NAME, PIECE
from workflows.sub_task import GIVE, SUB_TASK
from workflows.task import ASSIGNED, AWAITS_RULING, IN_PROGRESS, TASK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sqlalchemy import Row, Select

    from workflows.kernel import Transition

OVERDUE, DUE, ACCEPT, REDO, RULING, PART = "overdue", "due", "accept", "redo", "ruling", "part"
PRESS, MEETINGS, NEWS, LEDGER = "press", "meetings", "news", "ledger"
SECTIONS = (OVERDUE, DUE, ACCEPT, REDO, RULING, PART, PRESS, MEETINGS, NEWS, LEDGER)
"""The sections of a message in their order."""
DUTIES = frozenset({OVERDUE, DUE, ACCEPT, REDO, RULING, PART})
"""Sections of which the reader must do something."""
SHOWN = 40
"""So many lines are written out; the rest is counted."""
SAID = ("rule", "by", "whom", "said", "reason", "reason_en")
"""What of a line says what happened."""
TOLD_AS_NEWS = frozenset({"delegation", "unit_change", "planned_unit_change"})
"""Subjects without a workflow of their own that people are told of."""
RULERS = frozenset({"chair", "deputy", "secretary"})
TOLD_TO_RULE = frozenset({then.TELL_RULERS, then.TELL_CONFIRMER, then.TELL_PRESIDER})

OWED_AT_ONCE = {
    (EXPLANATION.name, ASK.event): OVERDUE,
    (SUB_TASK.name, GIVE.event): REDO,
    (SUB_TASK.name, "give_back"): REDO,
    (SUB_TASK.name, "finish"): REDO,
    (COORDINATING_PART.name, "ask"): PART,
    (COORDINATING_PART.name, "give_back"): PART,
    (COORDINATING_PART.name, "deliver"): REDO,
}
"""Pieces beside a task that ask something of whoever is told, and the section in which that stands."""
_TAKEN_BACK = {
    f"{COORDINATING_PART.name}.ask": f"{COORDINATING_PART.name}.withdraw",
    f"{COORDINATING_PART.name}.give_back": f"{COORDINATING_PART.name}.withdraw",
    f"{EXPLANATION.name}.{ASK.event}": f"{EXPLANATION.name}.withdraw",
}
"""What asks something of a unit, and what takes it back; of these a task has one at a time with a unit."""


@dataclass
class Readers:
    """What the people of a batch are today, as far as it decides where a line belongs."""

    units: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    seated: set[int] = field(default_factory=set)
    pending: set[int] = field(default_factory=set)

    def answers(self, person: int, row: Row[Any]) -> bool:
        """Tell whether a task is this person's own to do."""
        return person == row.owner_id or row.lead_unit_id in self.units[person] or person not in self.seated


def lines_of(message_ids: Iterable[int], day: date) -> dict[int, dict[str, Any]]:
    """Return, for each message, what it says: its lines in order, and how many each section counts."""
    rows = session.execute(_told(list(message_ids))).all()
    readers = _readers(rows, day)
    titles = _titles(rows)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    taken_back = _taken_back(rows)
    for row in rows:
        section = section_of(row, readers, day)
        if row.id < taken_back.get((_TAKEN_BACK.get(row.rule), *_whose(row)), 0):
            section = NEWS
        if section is not None:
            found[row.message_id].append(_line(row, section, titles))
    return {message: _data(lines) for message, lines in found.items()}


def _taken_back(rows: Iterable[Row[Any]]) -> Mapping[tuple[str | None, int, int, str], int]:
    """Return the last line that says that nothing is asked any more; what was asked before it is no duty."""
    ends = frozenset(_TAKEN_BACK.values())
    return {(row.rule, *_whose(row)): row.id for row in rows if row.rule in ends}


def _whose(row: Row[Any]) -> tuple[int, int, str]:
    return row.person_id, row.subject_id, str(row.data.get("whom") or "")


def _told(message_ids: list[int]) -> Select[Any]:
    return (
        select(
            Notification.id, Notification.message_id, Notification.person_id, Notification.rule,
            Notification.subject, Notification.subject_id, Notification.data,
            Task.code, Task.title, Task.state, Task.current_due, Task.owner_id, Task.lead_unit_id, Task.card,
            Unit.name.label("unit"),
        )
        .outerjoin(Task, (Notification.subject == TASK.name) & (Task.id == Notification.subject_id))
        .outerjoin(Unit, Unit.id == Task.lead_unit_id)
        .where(Notification.message_id.in_(message_ids))
        .order_by(Notification.id)
    )  # fmt: skip


def _readers(rows: Iterable[Row[Any]], day: date) -> Readers:
    people = {row.person_id for row in rows}
    readers = Readers()
    for person, unit in session.execute(
        select(Office.person_id, Office.unit_id).where(
            Office.person_id.in_(people), Office.from_on <= day, or_(Office.to_on.is_(None), Office.to_on >= day)
        )
    ):
        readers.units[person].add(unit)
    readers.seated = set(
        session.scalars(
            select(Membership.person_id).where(
                Membership.person_id.in_(people),
                Membership.office.in_(RULERS),
                Membership.from_on <= day,
                or_(Membership.to_on.is_(None), Membership.to_on >= day),
            )
        )
    )
    asked = {row.subject_id for row in rows if row.rule.startswith(EXTENSION.name)}
    readers.pending = set(
        session.scalars(select(Extension.task_id).where(Extension.task_id.in_(asked), Extension.state == REQUESTED))
    )
    return readers


def section_of(row: Row[Any], readers: Readers, day: date) -> str | None:
    """Return where a line belongs as things stand now; None for a reminder that has nothing to remind of any more."""
    name, _, event = row.rule.partition(".")
    if row.rule.startswith(PREFIX):
        return _section_of_reminder(row, readers, day, event)
    if name.endswith(PIECE):
        passed = str(row.data.get("due") or "") < day.isoformat()
        return (OVERDUE if passed else DUE) if row.state in TASK.open else None
    if name == MEETING.name:
        return MEETINGS
    if (name, event) in OWED_AT_ONCE:
        return OWED_AT_ONCE[name, event] if row.state in TASK.open else NEWS
    table = ALL.get(name)
    if table is None:
        return NEWS if name in TOLD_AS_NEWS else LEDGER
    moved = table.by_event.get(event)
    return _section_of_move(row, readers, moved[0], name) if moved else NEWS


def _section_of_reminder(row: Row[Any], readers: Readers, day: date, rule: str) -> str | None:
    known = BY_NAME.get(rule)
    if known is None or row.state not in known.states:
        return None
    if known.base == "accept_by":
        return ACCEPT
    if known.base == "sent_on":
        return RULING
    if row.current_due is None or not readers.answers(row.person_id, row):
        return PRESS
    return OVERDUE if row.current_due < day else DUE


def _section_of_move(row: Row[Any], readers: Readers, move: Transition, name: str) -> str:
    effects = frozenset(move.effects)
    if row.subject != TASK.name:
        return RULING if effects & TOLD_TO_RULE else NEWS
    if name == EXTENSION.name and effects & TOLD_TO_RULE:
        return RULING if row.subject_id in readers.pending else NEWS
    if effects & TOLD_TO_RULE and not readers.units[row.person_id] & {row.lead_unit_id}:
        # A proposal waits for its answer whatever state the task is in.
        waits = bool(row.card) if then.OPEN_CARD in effects else row.state in AWAITS_RULING
        return RULING if waits else NEWS
    if then.TELL_LEAD in effects and move.target in {ASSIGNED, IN_PROGRESS} and row.state == move.target:
        if not readers.answers(row.person_id, row) or not _leads(row, readers):
            return PART
        return ACCEPT if move.target == ASSIGNED else REDO
    return NEWS


def _leads(row: Row[Any], readers: Readers) -> bool:
    return row.person_id == row.owner_id or row.lead_unit_id in readers.units[row.person_id]


def _titles(rows: Iterable[Row[Any]]) -> Mapping[tuple[str, int], str]:
    """Return the titles of what is told beside tasks."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        wanted[row.subject].add(row.subject_id)
    queries: dict[str, Select[*tuple[Any, ...]]] = {
        NOTICE.name: select(Notice.id, Notice.symbol, Notice.subject).where(Notice.id.in_(wanted[NOTICE.name])),
        MEETING.name: select(Meeting.id, Meeting.title).where(Meeting.id.in_(wanted[MEETING.name])),
        MINUTES.name: select(Minutes.id, Meeting.title)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Minutes.id.in_(wanted[MINUTES.name])),
        AGENDA_PROPOSAL.name: select(AgendaProposal.id, AgendaProposal.title).where(
            AgendaProposal.id.in_(wanted[AGENDA_PROPOSAL.name])
        ),
        MONTHLY_REPORT.name: select(MonthlyReport.id, MonthlyReport.begins_on, MonthlyReport.ends_on).where(
            MonthlyReport.id.in_(wanted[MONTHLY_REPORT.name])
        ),
        PROPOSAL.name: select(Proposal.id, Proposal.symbol, Proposal.title).where(
            Proposal.id.in_(wanted[PROPOSAL.name])
        ),
    }
    found: dict[tuple[str, int], str] = {}
    for subject, query in queries.items():
        if wanted[subject]:
            for key, *parts in session.execute(query):
                found[subject, key] = " – ".join(_plain(part) for part in parts if part)
    return found


def _plain(part: object) -> str:
    return part if isinstance(part, str) else f"{part:%d/%m/%Y}"


def _line(row: Row[Any], section: str, titles: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    line = {
        "section": section,
        "rule": row.rule,
        "subject": row.subject,
        "id": row.subject_id,
        "title": row.title or titles.get((row.subject, row.subject_id), ""),
        "code": row.code or "",
        "unit": row.unit or "",
        "due": row.current_due.isoformat() if row.current_due else "",
        **{name: value for name, value in row.data.items() if name != "link_id" and isinstance(value, (str, int))},
    }
    return {name: value for name, value in line.items() if value != ""}


def _data(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a message's lines, each thing once however often it was told, and what each section counts."""
    told: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        told[line["subject"], line["id"]].append(line)
    ordered = sorted(
        (_one_line(each) for each in told.values()),
        key=lambda line: (SECTIONS.index(line["section"]), line.get("due", "9")),
    )
    counts: dict[str, int] = defaultdict(int)
    for line in ordered:
        counts[line["section"]] += 1
    return {"lines": ordered[:SHOWN], "counts": dict(counts)}


def _one_line(told: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one line of all that was told of a thing: the newest of the most urgent, the others said behind it."""
    first = min(reversed(told), key=lambda line: SECTIONS.index(line["section"]))
    others: list[dict[str, Any]] = []
    for line in reversed(told):
        said = {name: line[name] for name in SAID if name in line}
        if said not in [*others, {name: first[name] for name in SAID if name in first}]:
            others.append(said)
    return {**first, "also": others} if others else first
