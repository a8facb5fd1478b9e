"""What merging, splitting or abolishing units would do: planned before anything is written.

Over 300 lines: a plan and what hinders it are judged from the same things, in one place.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.clock import today
from app.db import session
from app.errors import DomainError, Sentence
from app.models import Unit, UnitChange, UnitChangePart
from app.queries.unit_holdings import (
    CHILDREN,
    CHOSEN,
    OFFICE_HOLDERS,
    Holding,
    heads_of,
    holdings,
    notices_under_signature,
    work_and_offices,
)
from app.queries.unit_holdings import staying as count_staying
from app.services.unit_backdating import backdated, check_existed
from app.services.unit_joining import heirs_parts, joined_parts
from app.services.units import UnitFields, check_names, names_of, units_of
from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from app.queries.unit_holdings import Staying

MERGE, SPLIT, RENAME, ABOLISH = "merge", "split", "rename", "abolish"
NOBODY = -1
"""The choice «to no successor», possible for a person alone."""


@dataclass(frozen=True)
class Target:
    """A unit that carries on: one that exists, or one that is founded by the act."""

    unit: Unit | None = None
    fields: UnitFields | None = None

    @property
    def name(self) -> str:
        """Its name."""
        return self.unit.name if self.unit else self.fields.name if self.fields else ""


@dataclass(frozen=True)
class Wanted:
    """What is to be done: with which units, into which, from which day, by which decision.

    `keeps`: the unit that is split goes on; it is the first of the targets then. `chosen`: for a holding's key the
    index of its target; what is not chosen goes to target `first`. `roles`: for an office's key the role it becomes.
    """

    kind: str
    olds: Sequence[Unit]
    targets: Sequence[Target]
    on: date
    basis: str
    keeps: bool = False
    first: int = 0
    chosen: Mapping[str, int] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    heads_meant: bool = False
    """The administrator said that several heads of a successor, or none, are what is meant."""
    past_meant: bool = False
    """The administrator said that a day which lies back is what is meant."""


@dataclass(frozen=True)
class Line:
    """Where one thing will go: the index of its target, NOBODY where it ends."""

    holding: Holding
    old: str
    to: int
    role: str = ""


@dataclass(frozen=True)
class Plan:
    """What an act would do, what stays, what hinders it; `digest` says whether a later plan is still the one shown."""

    wanted: Wanted
    lines: Sequence[Line]
    staying: Staying
    hindrances: Sequence[Sentence]
    aliases: Sequence[str]
    lost_names: Sequence[str]
    two_heads: Sequence[str]
    headless: Sequence[str]
    digest: str
    joined: Mapping[str, str]
    """Parts that end, by the key of the holding, and with whom their units become one (see `unit_joining`)."""
    heirs_parts: Sequence[str]
    """Codes of tasks that a successor helps with and will lead: its part there ends."""
    backdated: Sequence[Sentence] = ()
    """What is to be asked about a day that lies far back or in signed months."""


class PlanChangedError(DomainError):
    """Since the plan was shown, something moved: it must be looked at again."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(
            "Trong lúc bạn xem, dữ liệu của các đơn vị này đã thay đổi. Hãy xem lại bảng dưới đây rồi ghi.",
            "While you were looking, these units' data changed. Look at the table below again, then write it.",
        )


def plan_change(wanted: Wanted) -> Plan:
    """Return what the act would do now; change nothing.

    :raises DomainError: units or a day with which there is nothing to plan.
    """
    check_units(wanted)
    ids = [unit.id for unit in wanted.olds]
    found = holdings(ids, wanted.on)
    lines = _lines(found, wanted)
    aliases, lost = _aliases(wanted)
    return Plan(
        wanted, lines, count_staying(ids), _hindrances(wanted, found), aliases, lost,
        *_heads(lines, wanted), _digest(wanted, found), joined_parts(lines, wanted), heirs_parts(lines, wanted),
        backdated(wanted.olds, wanted.on),
    )  # fmt: skip


def outline_change(wanted: Wanted) -> list[Line]:
    """Return where tasks and who holds an office would go now, and in which role; change nothing."""
    return _lines(work_and_offices([unit.id for unit in wanted.olds], wanted.on), wanted)


def _lines(found: Iterable[Holding], wanted: Wanted) -> list[Line]:
    names = {unit.id: unit.name for unit in wanted.olds}
    return [
        Line(one, names[one.unit_id], _target_of(one, wanted), wanted.roles.get(one.key, one.role)) for one in found
    ]


def _target_of(holding: Holding, wanted: Wanted) -> int:
    if not wanted.targets:
        return NOBODY
    to = wanted.chosen.get(holding.key, wanted.first) if holding.kind in CHOSEN else wanted.first
    lowest = NOBODY if holding.kind == OFFICE_HOLDERS else 0
    return to if lowest <= to < len(wanted.targets) else wanted.first


def check_units(wanted: Wanted) -> None:
    """Refuse units that are gone, a successor that is not there, and a unit that succeeds itself."""
    check_day(wanted.olds, wanted.on)
    living = [target.unit for target in wanted.targets if target.unit is not None]
    gone = next((unit for unit in living if unit.abolished_on is not None), None)
    if gone is not None:
        raise DomainError(
            f"«{gone.name}» đã kết thúc hoạt động nên không thể kế thừa. Hãy chọn đơn vị khác.",
            f"“{gone.name}” was abolished and cannot succeed. Choose another unit.",
            field="into",
        )
    if not wanted.keeps and any(unit in wanted.olds for unit in living):
        raise DomainError(
            "Một đơn vị không thể kế thừa chính nó. Hãy bỏ đơn vị đó khỏi một trong hai danh sách.",
            "A unit cannot succeed itself. Take it out of one of the two lists.",
            field="into",
        )
    if wanted.kind == SPLIT and len(wanted.targets) < 2:  # noqa: PLR2004 -- into two at least
        raise DomainError(
            "Tách thì cần ít nhất hai đơn vị. Hãy ghi thêm tên, hoặc giữ lại đơn vị cũ.",
            "A split needs two units at least. Add a name, or keep the old unit.",
            field="names",
        )
    if wanted.kind == MERGE and not (wanted.olds and len(wanted.targets) == 1):
        raise DomainError(
            "Hãy chọn các đơn vị được sáp nhập và một đơn vị nhận: chọn một đơn vị đang có, hoặc ghi tên đơn vị mới.",
            "Choose the units to merge and one that receives them: an existing one, or a new name.",
            field="into",
        )
    _check_new_names(wanted)


def _check_new_names(wanted: Wanted) -> None:
    """Refuse a new name by which another unit is known; the names of units that end here are free, but not in full."""
    known = units_of(wanted.olds[0].authority_id)
    leaving = () if wanted.keeps else wanted.olds
    taken: set[str] = set()
    for fields in (target.fields for target in wanted.targets if target.fields is not None):
        check_names(fields, known, None, leaving=leaving)
        if fold(fields.name) in taken:
            raise DomainError(
                f"Tên «{fields.name}» được ghi hai lần. Hãy sửa một trong hai.",
                f"The name “{fields.name}” is written twice. Change one of them.",
                field="names",
            )
        taken.add(fold(fields.name))


def check_day(olds: Sequence[Unit], on: date) -> None:
    """Refuse a unit that has ended, a day before an earlier act with the unit, and one before the unit existed.

    :raises DomainError: one of these.
    """
    for unit in olds:
        if unit.abolished_on is not None:
            raise DomainError(
                f"«{unit.name}» đã kết thúc hoạt động từ {unit.abolished_on:%d/%m/%Y}, không sắp xếp lại được.",
                f"“{unit.name}” was abolished on {unit.abolished_on:%d/%m/%Y} and cannot be changed again.",
                field="olds",
            )
    later = (
        select(func.max(UnitChange.starts_on))
        .join(UnitChangePart, UnitChangePart.change_id == UnitChange.id)
        .where(UnitChangePart.unit_id.in_([unit.id for unit in olds]), UnitChange.starts_on > on)
    )
    if (last := session.scalar(later)) is not None:
        raise DomainError(
            f"Đơn vị đã có lần sắp xếp từ {last:%d/%m/%Y}. Hãy ghi ngày sau đó.",
            f"The unit was changed from {last:%d/%m/%Y} on already. Enter a later day.",
            field="on",
        )
    check_existed(olds, on)


def check_come(on: date) -> None:
    """Refuse to do now what is for a day to come.

    :raises DomainError: the day lies ahead.
    """
    if on > today():
        raise DomainError(
            "Ngày có hiệu lực chưa đến: đến hôm đó đơn vị vẫn nhận việc, báo cáo như cũ. Hãy chuẩn bị sẵn cho ngày đó.",
            "That day has not come: until then the units go on as they are. Prepare it for that day.",
            field="on",
        )


def _hindrances(wanted: Wanted, found: Sequence[Holding]) -> list[Sentence]:
    """Return why the act cannot be done now, each with what to do first."""
    if wanted.keeps:
        return []
    said = [
        Sentence(
            f"Dự thảo thông báo «{subject}» đang chờ ký hoặc chờ ban hành có giao việc cho đơn vị này."
            " Hãy ban hành, hoặc đưa về dự thảo trước.",
            f"The notice “{subject}” waits to be signed or issued and orders work of this unit."
            " Issue it, or take it back to draft first.",
        )
        for subject in notices_under_signature([unit.id for unit in wanted.olds])
    ]
    left = [one for one in found if one.kind in CHOSEN and one.kind != OFFICE_HOLDERS]
    if not wanted.targets and left:
        tasks, below = sum(one.kind != CHILDREN for one in left), sum(one.kind == CHILDREN for one in left)
        said.append(
            Sentence(
                f"Đơn vị còn {tasks} việc đang mở và {below} đơn vị trực thuộc. Hãy chọn đơn vị kế thừa.",
                f"The unit has {tasks} open matter(s) and {below} unit(s) below it. Choose a successor.",
            )
        )
    return said


def _aliases(wanted: Wanted) -> tuple[list[str], list[str]]:
    """Return which old names will mean the successor from now on, and which mean nobody because they are ambiguous."""
    if wanted.keeps or not wanted.targets:
        return [], []
    names = [name for old in wanted.olds for name in (old.name, old.short_name, *old.aliases) if name]
    names = list({fold(name): name for name in reversed(names)}.values())[::-1]
    if len(wanted.targets) > 1:
        borne = set[str]().union(*map(_names_of_target, wanted.targets))
        return [], [name for name in names if fold(name) not in borne]
    heir = wanted.targets[0]
    own = _names_of_target(heir)
    others = _names_of_others(wanted, heir.unit)
    free = [name for name in names if fold(name) not in own]
    return [name for name in free if fold(name) not in others], [name for name in free if fold(name) in others]


def _names_of_target(target: Target) -> set[str]:
    if target.unit:
        return names_of(target.unit)
    return {fold(target.name), fold(target.fields.short_name if target.fields else "")}


def _names_of_others(wanted: Wanted, heir: Unit | None) -> set[str]:
    living = [unit for unit in units_of(wanted.olds[0].authority_id) if unit.abolished_on is None]
    return {name for unit in living if unit not in wanted.olds and unit is not heir for name in names_of(unit)}


def _heads(lines: Sequence[Line], wanted: Wanted) -> tuple[list[str], list[str]]:
    """Return which successors would have several heads, and which none; their own are counted, too."""
    coming = [line.to for line in lines if line.holding.kind == OFFICE_HOLDERS and line.role == "head"]
    there = [heads_of(target.unit.id, wanted.on) if target.unit else 0 for target in wanted.targets]
    if wanted.keeps:
        # The old unit's own heads are among those counted as coming.
        there[0] = 0
    found = [(target.name, coming.count(n), there[n]) for n, target in enumerate(wanted.targets)]
    return (
        [name for name, new, own in found if new and new + own > 1],
        [name for name, new, own in found if not new + own],
    )


def _digest(wanted: Wanted, found: Sequence[Holding]) -> str:
    """Return a digest of what there is to move and whither; the choices themselves are not part of it."""
    said = repr((
        wanted.kind, wanted.on, wanted.keeps, [unit.id for unit in wanted.olds],
        [(target.unit.id if target.unit else 0, target.name) for target in wanted.targets],
        [(one.key, one.title) for one in found],
    ))  # fmt: skip
    return hashlib.sha256(said.encode()).hexdigest()[:32]
