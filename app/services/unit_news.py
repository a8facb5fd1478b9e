"""Who is told of a change of units: one message each, with all the tasks that come to his or her unit."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.clock import today
from app.db import session
from app.models import Office, Person, Task
from app.queries.unit_holdings import OFFICE_HOLDERS, TASKS
from app.services.telling import people_of_committee, people_of_unit, tell
from app.services.unit_moves import MOVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.models import UnitChange

RULE = "unit_change.made"
SUBJECT = "unit_change"
NAMED = 25
"""So many tasks are named by their codes; the rest is counted."""


def tell_units(change: UnitChange, by: Person) -> list[str]:
    """Tell heads and contacts of the successors, who came along, and the secretaries concerned; return their names."""
    report = change.report
    title = sentence_of(change.kind, report)
    said = f"Từ {change.starts_on:%d/%m/%Y}, theo {change.basis}."
    told: dict[int, list[str]] = defaultdict(list)
    for unit in report["new"]:
        own = [] if change.kind == "rename" else [_tasks_said(unit, report["lines"])]
        for person in people_of_unit(unit["id"], today()):
            told[person] += own
    for person in [*_who_moved(report["lines"]), *_secretaries(report["lines"])]:
        told.setdefault(person, [])
    told.pop(by.id, None)
    for person, own in told.items():
        tell(
            [person],
            authority_id=change.authority_id,
            rule=RULE,
            subject=SUBJECT,
            subject_id=change.id,
            slot="made",
            data={"by": by.full_name, "title": title, "reason": " ".join([said, *own])},
        )
    return _names(told)


def sentence_of(kind: str, report: Mapping[str, Any]) -> str:
    """Return in one sentence without its full stop what was done with the units."""
    olds = ", ".join(f"«{unit['name']}»" for unit in report["old"])
    news = ", ".join(f"«{unit['name']}»" for unit in report["new"])
    if kind == "merge":
        return f"{olds} sáp nhập vào {news}"
    if kind == "split":
        return f"{olds} tách thành {news}"
    if kind == "rename":
        return f"«{report['before']}» đổi tên thành «{report['after']}»"
    return f"{olds} kết thúc hoạt động" + (f", {news} kế thừa" if news else "")


def _tasks_said(unit: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]) -> str:
    codes = [
        line["note"].partition(" · ")[0]
        for line in lines
        if line["kind"] == TASKS and line["outcome"] == MOVED and line["to_id"] == unit["id"]
    ]
    if not codes:
        return f"«{unit['name']}» không nhận thêm nhiệm vụ nào."
    more = f" và {len(codes) - NAMED} nhiệm vụ khác" if len(codes) > NAMED else ""
    return f"«{unit['name']}» nhận {len(codes)} nhiệm vụ đang mở: {', '.join(codes[:NAMED])}{more}."


def _who_moved(lines: Iterable[Mapping[str, Any]]) -> Sequence[int]:
    offices = [line["id"] for line in lines if line["kind"] == OFFICE_HOLDERS]
    return session.scalars(select(Office.person_id).where(Office.id.in_(offices))).all()


def _secretaries(lines: Iterable[Mapping[str, Any]]) -> list[int]:
    tasks = [line["id"] for line in lines if line["kind"] == TASKS]
    committees = session.scalars(select(Task.committee_id).where(Task.id.in_(tasks)).distinct())
    return [person for committee in committees for person in people_of_committee(committee, today(), "secretary")]


def _names(people: Iterable[int]) -> list[str]:
    query = select(Person.full_name).where(Person.id.in_(list(people))).order_by(Person.sort_key)
    return list(session.scalars(query))
