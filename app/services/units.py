"""Units and groups of units: written, renamed, never deleted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.db import session
from app.errors import DomainError
from app.models import Conclusion, Unit, UnitGroup, UnitName
from app.services.setup_log import record_change
from app.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
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
    check_names(fields, known, unit)
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


def check_names(
    fields: UnitFields, known: Iterable[Unit], unit: Unit | None, *, leaving: Collection[Unit] = ()
) -> None:
    """Refuse a name by which a text could mean two units; an abolished unit's names may live on as aliases.

    :param leaving: units that end with the very act.
    :raises DomainError: such a name, with the field that holds it.
    """
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
        if other.abolished_on is not None or other in leaving:
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


def check_rename(unit: Unit, name: str, short_name: str, on: date) -> list[str]:
    """Return the names that would mean a unit besides its new one, were it renamed from a day on.

    :raises DomainError: the name it has, one that means another unit, or a day not after its last change of name.
    """
    if (name, short_name or name) == (unit.name, unit.short_name):
        raise DomainError(
            "Đây là tên đơn vị đang mang. Hãy nhập tên mới.",
            "This is the name that the unit has. Enter a new one.",
            field="name",
        )
    known = units_of(unit.authority_id)
    check_names(UnitFields(name=name, short_name=short_name), known, unit)
    last = session.scalar(select(func.max(UnitName.until_on)).where(UnitName.unit_id == unit.id))
    if last is not None and last >= on - timedelta(days=1):
        raise DomainError(
            f"Đơn vị đã đổi tên từ {last + timedelta(days=1):%d/%m/%Y}. Hãy ghi ngày sau đó.",
            f"The unit was renamed from {last + timedelta(days=1):%d/%m/%Y} on already. Enter a later day.",
            field="on",
        )
    taken = {fold(name), fold(short_name or name)}
    others = {other for each in known if each is not unit and each.abolished_on is None for other in names_of(each)}
    kept = {fold(alias): alias for alias in (*unit.aliases, unit.name, unit.short_name) if fold(alias) not in taken}
    return [alias for key, alias in kept.items() if key not in others]


def rename_unit(unit: Unit, name: str, short_name: str, on: date) -> list[str]:
    """Give a unit a new name from a day on and return the old names that mean it as aliases from now on.

    The old name stays in the ledger of names, from which papers of earlier days are written.

    :raises DomainError: what `check_rename` refuses.
    """
    aliases = check_rename(unit, name, short_name, on)
    old = (unit.name, unit.short_name)
    former = UnitName(
        authority_id=unit.authority_id, unit_id=unit.id, name=unit.name, short_name=unit.short_name,
        until_on=on - timedelta(days=1),
    )  # fmt: skip
    session.add(former)
    unit.name, unit.short_name, unit.aliases = name, short_name or name, aliases
    session.flush()
    return [alias for alias in aliases if alias in old]


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
