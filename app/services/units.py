"""Units and groups of units: written, merged into a successor, never deleted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select, update

from app.clock import today
from app.db import session
from app.errors import DomainError
from app.models import Committee, Conclusion, CoordinatingPart, Office, Task, Unit, UnitGroup
from app.services.moves import make_move
from app.services.setup_log import last_held, record_change
from app.text import fold
from workflows.task import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from app.models import Person

STEP = 10


@dataclass(frozen=True)
class UnitFields:
    """What is written of a unit; `position` None puts it last."""

    name: str
    short_name: str = ""
    kind: str = "other"
    aliases: list[str] = field(default_factory=list)
    parent_id: int | None = None
    outside: bool = False
    staff_may_accept: bool = False
    staff_may_report: bool = False
    email: str = ""
    position: int | None = None


def save_unit(
    authority_id: int,
    fields: UnitFields,
    by: Person | None,
    unit: Unit | None = None,
    *,
    known: list[Unit] | None = None,
) -> Unit:
    """Write a unit, new or known, and return it.

    :param known: all units of the authority, where the caller has read them; a new one is added.
    :raises DomainError: a name that means another unit already, a parent below the unit itself, an abolished unit.
    """
    known = units_of(authority_id) if known is None else known
    if unit is not None and unit.abolished_on is not None:
        raise DomainError(
            f"«{unit.name}» đã kết thúc hoạt động nên chỉ còn để xem.",
            f"“{unit.name}” was abolished and is read-only.",
        )
    _check_names(fields, known, unit)
    _check_parent(fields.parent_id, known, unit)
    event = "changed" if unit else "created"
    if unit is None:
        unit = Unit(authority_id=authority_id)
        session.add(unit)
    unit.name, unit.short_name, unit.kind = fields.name, fields.short_name or fields.name, fields.kind
    unit.aliases, unit.parent_id, unit.email = list(dict.fromkeys(fields.aliases)), fields.parent_id, fields.email
    unit.outside = fields.outside
    unit.staff_may_accept, unit.staff_may_report = fields.staff_may_accept, fields.staff_may_report
    unit.position = _place(fields, known, unit, new=event == "created")
    record_change(unit, event, by, data={"name": unit.name})
    if event == "created":
        known.append(unit)
    return unit


def units_of(authority_id: int) -> list[Unit]:
    """Return all units of an authority, also those that exist no more."""
    return list(session.scalars(select(Unit).where(Unit.authority_id == authority_id).order_by(Unit.position, Unit.id)))


def _place(fields: UnitFields, known: Sequence[Unit], unit: Unit, *, new: bool) -> int:
    if fields.position is not None:
        return fields.position
    if not new:
        return unit.position
    return max((other.position for other in known), default=0) + STEP


def names_of(unit: Unit) -> set[str]:
    """Return the folded names by which a unit is found."""
    return {fold(name) for name in (unit.name, unit.short_name, *unit.aliases) if name}


def _check_names(fields: UnitFields, known: Iterable[Unit], unit: Unit | None) -> None:
    """Refuse a name by which a text could mean two units; an abolished unit's names may live on as aliases."""
    for other in known:
        if other is unit:
            continue
        if other.name == fields.name:
            state = " (đã kết thúc hoạt động)" if other.abolished_on else ""
            raise DomainError(
                f"Đã có đơn vị tên «{other.name}»{state}. Hãy dùng tên khác, hoặc sửa đơn vị đó.",
                f"There is a unit named “{other.name}” already. Use another name, or edit that unit.",
                field="name",
            )
        if other.abolished_on is not None:
            continue
        clash = _clash(fields, names_of(other))
        if clash:
            where, text = clash
            raise DomainError(
                f"«{text}» đang chỉ đơn vị «{other.name}», máy sẽ không biết giao cho ai. Hãy sửa cách gọi này.",
                f"“{text}” already means “{other.name}”, so a task could not tell them apart. Drop or change it.",
                field=where,
            )


def _clash(fields: UnitFields, taken: set[str]) -> tuple[str, str] | None:
    said = [("name", fields.name), ("short_name", fields.short_name), *(("aliases", alias) for alias in fields.aliases)]
    return next(((where, text) for where, text in said if text and fold(text) in taken), None)


def _check_parent(parent_id: int | None, known: Iterable[Unit], unit: Unit | None) -> None:
    if parent_id is None:
        return
    by_id = {other.id: other for other in known}
    parent = by_id.get(parent_id)
    if parent is None or parent.abolished_on is not None:
        raise DomainError(
            "Đơn vị cấp trên này không còn. Hãy chọn đơn vị khác.",
            "That parent unit does not exist any more. Choose another.",
            field="parent_id",
        )
    node: Unit | None = parent
    while node is not None:
        if unit is not None and node.id == unit.id:
            raise DomainError(
                f"«{parent.name}» là chính đơn vị này hoặc trực thuộc nó. Hãy chọn đơn vị khác làm cấp trên.",
                f"“{parent.name}” is this unit or below it, so it cannot be its parent. Choose another.",
                field="parent_id",
            )
        node = by_id.get(node.parent_id) if node.parent_id else None


def open_tasks_of(unit_id: int) -> list[Task]:
    """Return the open tasks that a unit leads."""
    return list(
        session.scalars(select(Task).where(Task.lead_unit_id == unit_id, Task.state.in_(OPEN)).order_by(Task.id))
    )


def abolish_unit(unit: Unit, on: date, successor: Unit | None, reason: str, by: Person) -> int:
    """End a unit from a day on; its open tasks follow to the successor. Return how many did.

    The unit stays readable with its record; the offices held in it end the day before.

    :raises DomainError: a future day, units below it, or open tasks without a successor.
    """
    _check_end(unit, on, successor)
    tasks = open_tasks_of(unit.id)
    if tasks and successor is None:
        raise DomainError(
            f"Đơn vị còn {len(tasks)} nhiệm vụ đang mở. Hãy chọn đơn vị kế thừa để chuyển các nhiệm vụ này.",
            f"The unit still leads {len(tasks)} open task(s). Choose a successor to take them over.",
            field="successor_id",
        )
    unit.abolished_on, unit.successor_id = on, successor.id if successor else None
    session.execute(
        update(Committee).where(Committee.standing_unit_id == unit.id).values(standing_unit_id=unit.successor_id)
    )
    _end_offices(unit, on)
    _replace_in_groups(unit, successor)
    _replace_as_coordinator(unit, successor)
    record_change(unit, "abolished", by, reason=reason, data={"on": on.isoformat(), "successor": unit.successor_id})
    for task in tasks:
        make_move(task, "follow_unit", {"lead_unit": unit.successor_id, "reason": reason})
    return len(tasks)


def _end_offices(unit: Unit, on: date) -> None:
    still = or_(Office.to_on.is_(None), Office.to_on >= on)
    for office in session.scalars(select(Office).where(Office.unit_id == unit.id, still)):
        office.to_on = last_held(on, office.from_on)


def _replace_in_groups(unit: Unit, successor: Unit | None) -> None:
    for group in session.scalars(select(UnitGroup).where(UnitGroup.units.any(Unit.id == unit.id))):
        group.units.remove(unit)
        if successor is not None and successor not in group.units:
            group.units.append(successor)


def _replace_as_coordinator(unit: Unit, successor: Unit | None) -> None:
    """Let the successor coordinate where the unit did, in tasks that are open."""
    parts = (
        select(CoordinatingPart, Task)
        .join(Task, Task.id == CoordinatingPart.task_id)
        .where(CoordinatingPart.unit_id == unit.id, Task.state.in_(OPEN))
    )
    for part, task in session.execute(parts):
        involved = {task.lead_unit_id, *(other.unit_id for other in task.coordinating)}
        if successor is not None and successor.id not in involved:
            part.unit_id = successor.id
            part.unit = successor


def _check_end(unit: Unit, on: date, successor: Unit | None) -> None:
    if unit.abolished_on is not None:
        raise DomainError(f"«{unit.name}» đã kết thúc hoạt động.", f"“{unit.name}” was abolished already.")
    if on > today():
        raise DomainError(
            "Ngày kết thúc chưa đến. Hãy quay lại ghi vào ngày đó, để đến lúc ấy đơn vị vẫn nhận việc.",
            "That day has not come. Enter it on that day, so that the unit can work until then.",
            field="on",
        )
    if successor is not None and (successor.id == unit.id or successor.abolished_on is not None):
        raise DomainError(
            "Đơn vị kế thừa phải là một đơn vị khác đang hoạt động. Hãy chọn lại.",
            "The successor must be another unit that exists. Choose again.",
            field="successor_id",
        )
    below = select(func.count()).where(Unit.parent_id == unit.id, Unit.abolished_on.is_(None))
    if count := session.scalar(below):
        raise DomainError(
            f"Còn {count} đơn vị trực thuộc. Hãy chuyển hoặc kết thúc các đơn vị đó trước.",
            f"There are {count} unit(s) below it. Move or abolish those first.",
        )


def save_group(  # noqa: PLR0913 -- the parts of a group, all named at the call
    authority_id: int, *, name: str, aliases: list[str], units: list[Unit], by: Person, group: UnitGroup | None = None
) -> UnitGroup:
    """Write a group of units (khối), new or known, and return it.

    :raises DomainError: a name another group has, or no member.
    """
    same = select(UnitGroup.id).where(UnitGroup.authority_id == authority_id, UnitGroup.name == name)
    if session.scalar(same.where(UnitGroup.id != group.id) if group else same) is not None:
        raise DomainError(
            f"Đã có khối tên «{name}». Hãy dùng tên khác.", f"There is a group named “{name}” already.", field="name"
        )
    if not units:
        raise DomainError(
            "Khối chưa có đơn vị nào. Hãy chọn ít nhất một đơn vị.",
            "The group has no unit. Choose at least one.",
            field="unit_ids",
        )
    event = "changed" if group else "created"
    if group is None:
        group = UnitGroup(authority_id=authority_id)
        session.add(group)
    group.name, group.aliases, group.units = name, list(dict.fromkeys(aliases)), units
    record_change(group, event, by, data={"name": name, "units": sorted(unit.id for unit in units)})
    return group


def delete_group(group: UnitGroup, by: Person) -> None:
    """Remove a group; the tasks it once received stay with their units.

    :raises DomainError: a clause names it.
    """
    named = session.scalar(select(func.count()).where(Conclusion.lead_group_id == group.id)) or 0
    if named:
        raise DomainError(
            f"Khối này đã được giao việc trong {named} kết luận nên không xóa được. Hãy sửa thành viên thay vì xóa.",
            f"{named} conclusion(s) name this group, so it cannot be deleted. Edit its members instead.",
        )
    record_change(group, "deleted", by, data={"name": group.name})
    session.delete(group)
