"""Who is told of a change of units: one message each, with what it means for the units and committees of the person."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.clock import today
from app.db import session
from app.models import Committee, Office, Person
from app.queries.unit_heads import heads_by_unit
from app.queries.unit_holdings import OFFICE_HOLDERS, TASKS
from app.services.telling import people_of_committee, people_of_unit, tell
from app.services.unit_moves import MOVED
from app.services.unit_shares import counted, moved_pieces, shares_by_committee
from workflows.task import DRAFT
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from app.models import UnitChange
    from app.services.unit_shares import Piece, Share

RULE = "unit_change.made"
SUBJECT = "unit_change"
NAMED = 25
"""So many tasks are named by their codes; the rest is counted."""
SEATED = ("chair", "deputy", "secretary")
"""Who is told for a committee whose open work moves."""


def tell_units(change: UnitChange, by: Person, renamed: Iterable[Piece] = ()) -> list[str]:
    """Tell whom a change of units concerns, each person once, and return their names.

    Heads and contacts of the successors with what comes to them, who came along, and of each committee whose open work
    moves the chair, the deputies and the secretary, with how much goes from where to where.

    :param renamed: the open work of a unit that only got another name.
    """
    report = change.report
    told: dict[int, list[Words]] = defaultdict(list)
    for unit in report["new"]:
        own = [] if change.kind == "rename" else [_tasks_said(unit, report["lines"])]
        for person in people_of_unit(unit["id"], today()):
            told[person] += own
    for person in _who_moved(report["lines"]):
        told.setdefault(person, [])
    for person, said in _committees_told(change, renamed).items():
        told[person] += said
    told.pop(by.id, None)
    since = since_words(change.starts_on, change.basis)
    for person, own in told.items():
        tell(
            [person],
            authority_id=change.authority_id,
            rule=RULE,
            subject=SUBJECT,
            subject_id=change.id,
            slot="made",
            data={"by": by.full_name, **in_data("title", sentence_of(change.kind, report)),
                  **in_data("reason", _joined([since, *own]))},
        )  # fmt: skip
    return _names(told)


def in_data(name: str, said: Words) -> dict[str, str]:
    """Return words as a notification keeps them, in both languages (read by `app.ui.formats.kept_words`)."""
    return {name: said.vi, f"{name}_en": said.en}


def since_words(on: date, basis: str) -> Words:
    """Return from which day and by which decision."""
    return Words(f"Từ {on:%d/%m/%Y}, theo {basis}.", f"From {on.day} {on:%b %Y}, by {basis}.")


def sentence_of(kind: str, report: Mapping[str, Any]) -> Words:
    """Return in one sentence without its full stop what was done with the units."""
    olds, news = report["old"], report["new"]
    old_vi, old_en = (", ".join(f"{a}{unit['name']}{z}" for unit in olds) for a, z in _QUOTES)
    new_vi, new_en = (", ".join(f"{a}{unit['name']}{z}" for unit in news) for a, z in _QUOTES)
    if kind == "merge":
        return Words(f"{old_vi} sáp nhập vào {new_vi}", f"{old_en} merged into {new_en}")
    if kind == "split":
        return Words(f"{old_vi} tách thành {new_vi}", f"{old_en} split into {new_en}")
    if kind == "rename":
        before, after = report["before"], report["after"]
        return Words(f"«{before}» đổi tên thành «{after}»", f"“{before}” renamed to “{after}”")
    vi, en = f"{old_vi} kết thúc hoạt động", f"{old_en} abolished"
    return Words(f"{vi}, {new_vi} kế thừa", f"{en}, succeeded by {new_en}") if news else Words(vi, en)


_QUOTES = (("«", "»"), ("“", "”"))


def _tasks_said(unit: Mapping[str, Any], lines: Iterable[Mapping[str, Any]]) -> Words:
    mine = [
        line
        for line in lines
        if line["kind"] == TASKS and line["outcome"] == MOVED and line["to_id"] == unit["id"]
        and line.get("state") != DRAFT
    ]  # fmt: skip
    name, codes = unit["name"], [line["note"].partition(" · ")[0] for line in mine]
    if not codes:
        return Words(f"«{name}» không nhận thêm nhiệm vụ nào.", f"“{name}” gets no more tasks.")
    more = len(codes) - NAMED
    named = ", ".join(codes[:NAMED])
    late = sum(bool(line.get("late")) for line in mine)
    return Words(
        f"«{name}» nhận {len(codes)} nhiệm vụ đang mở" + (f" ({late} đã quá hạn)" if late else "")
        + f": {named}" + (f" và {more} nhiệm vụ khác" if more > 0 else "") + ".",
        f"“{name}” gets {counted(len(codes), 'open task')}" + (f" ({late} overdue)" if late else "")
        + f": {named}" + (f" and {more} more" if more > 0 else "") + ".",
    )  # fmt: skip


def _committees_told(change: UnitChange, renamed: Iterable[Piece]) -> dict[int, list[Words]]:
    """Return what is told for each committee with open work of the units, by person: chair, deputies, secretary."""
    shares = shares_by_committee([*moved_pieces(change.report), *renamed])
    lines = change.report["lines"]
    kept = {line["committee"] for line in lines if line.get("committee") and line.get("state") != DRAFT}
    committees = session.execute(
        select(Committee.id, Committee.short_name).where(Committee.id.in_(shares.keys() | kept)).order_by(Committee.id)
    ).all()  # fmt: skip
    heads = heads_by_unit({one.new_id for mine in shares.values() for one in mine if one.new_id}, today())
    told: dict[int, list[Words]] = defaultdict(list)
    for committee_id, name in committees:
        mine = shares.get(committee_id, [])
        said = [_of_committee(name, mine, change.kind), *([] if change.kind == "rename" else _led(mine, heads))]
        for person in people_of_committee(committee_id, today(), *SEATED):
            # The heads are said once to who sits in several of the committees.
            told[person] += [each for each in said if each not in told[person]]
    return told


def _of_committee(name: str, shares: Sequence[Share], kind: str) -> Words:
    if not shares:
        return Words(f"{name}: không có nhiệm vụ nào chuyển.", f"{name}: no task moves.")
    several = len({one.old for one in shares}) > 1
    said = [one.as_named if kind == "rename" else one.words if several else one.short for one in shares]
    return Words(f"{name}: {'; '.join(one.vi for one in said)}.", f"{name}: {'; '.join(one.en for one in said)}.")


def _led(shares: Iterable[Share], heads: Mapping[int, list[str]]) -> list[Words]:
    """Say who leads the units to which tasks go; of one that nobody leads, what to do."""
    said = []
    for unit_id, name in {one.new_id: one.new for one in shares if one.new_id and one.tasks}.items():
        led = ", ".join(heads.get(unit_id, ()))
        said.append(Words(f"Phụ trách «{name}»: {led}.", f"“{name}” is led by {led}.") if led else headless_words(name))
    return said


def headless_words(name: str) -> Words:
    """Say of a unit that nobody leads what this means and what to do."""
    return Words(
        f"«{name}» chưa có thủ trưởng để tiếp nhận, báo cáo: hãy đề nghị quản trị ghi chức vụ thủ trưởng.",
        f"“{name}” has no head to accept and report: ask the administrator to name one.",
    )


def _joined(parts: Sequence[Words]) -> Words:
    return Words(" ".join(part.vi for part in parts), " ".join(part.en for part in parts))


def _who_moved(lines: Iterable[Mapping[str, Any]]) -> Sequence[int]:
    offices = [line["id"] for line in lines if line["kind"] == OFFICE_HOLDERS]
    return session.scalars(select(Office.person_id).where(Office.id.in_(offices))).all()


def _names(people: Iterable[int]) -> list[str]:
    query = select(Person.full_name).where(Person.id.in_(list(people))).order_by(Person.sort_key)
    return list(session.scalars(query))
