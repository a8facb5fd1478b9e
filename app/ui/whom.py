"""Whom a task's event was about, in words: the person, unit or piece that the move's own words leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from app.ui.formats import figure, words
from app.ui.speech import gettext as _
from workflows.coordinating_part import COORDINATING_PART
from workflows.evidence import RULES
from workflows.sub_task import PERSON, SUB_TASK, SUB_UNIT
from workflows.task import TASK
from workflows.task_rules import COORDINATING_UNITS, EVIDENCE_RULE, TARGET, TARGET_UNIT, TITLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from app.models import Task
    from app.queries.task_page import HistoryLine

PEOPLE = (PERSON.name, "old_owner")
UNITS = (SUB_UNIT.name, "unit", "old_lead", "late_lead", "proposed_unit", "lead_unit")
UNIT_LISTS = (COORDINATING_UNITS.name, "units_added", "units_removed")
"""Under which names an event's data keeps the ids of people, of units, and of several units."""
PRIORITIES = {
    value: said for row in TASK.by_event["arrange"] for need in row.needs for value, said in need.choices or ()
}


class Names(NamedTuple):
    """The names of the people and units that the events speak of, by id; units as they were called then."""

    units: Mapping[int, str]
    people: Mapping[int, str]

    def unit(self, unit_id: object) -> str:
        """Return the name of a unit."""
        return self.units.get(int(str(unit_id)), "?")

    def person(self, person_id: object) -> str:
        """Return the name of a person."""
        return self.people.get(int(str(person_id)), "?")


def completed(lines: Iterable[HistoryLine], task: Task) -> list[HistoryLine]:
    """Return events, in their order, with whom and what they were about where their own data do not hold it.

    A sub-task's doer follows from the events before; the unit of a part, where the event is older than its being
    kept there, is the part's unit of today.
    """
    whose = {part.id: part.unit_id for part in task.coordinating}
    pieces: dict[int, dict[str, Any]] = {}
    found = []
    ordered = sorted(enumerate(lines), key=lambda pair: (pair[1].at, pair[1].id))
    for place, line in ordered:
        data = line.data
        if data.get("measure") is not None:
            data = {"measured_in": task.target_unit} | data
        if line.subject == COORDINATING_PART.name and line.subject_id in whose:
            data = {"unit": whose[line.subject_id], **data}
        elif line.subject == SUB_TASK.name:
            known = pieces.setdefault(line.subject_id, {})
            if data.get(PERSON.name) or data.get(SUB_UNIT.name):
                known.update({PERSON.name: data.get(PERSON.name), SUB_UNIT.name: data.get(SUB_UNIT.name)})
            known.setdefault("piece", data.get("work") or line.reason)
            data = known | data
        found.append((place, line._replace(data=data)))
    return [line for _place, line in sorted(found, key=lambda pair: pair[0])]


def unit_ids(lines: Iterable[HistoryLine]) -> set[int]:
    """Return the ids of units that the events speak of."""
    found = {int(line.data[key]) for line in lines for key in UNITS if line.data.get(key)}
    return found | {int(unit) for line in lines for key in UNIT_LISTS for unit in line.data.get(key) or ()}


def person_ids(lines: Iterable[HistoryLine]) -> set[int]:
    """Return the ids of people that the events speak of besides those who acted."""
    return {int(line.data[key]) for line in lines for key in PEOPLE if line.data.get(key)}


def about(line: HistoryLine, names: Names) -> list[str]:
    """Return whom and what an event was about, as lines of words."""
    tell = _TELLING.get(line.subject)
    return [*tell(line, names)] if tell else []


def _of_task(line: HistoryLine, names: Names) -> Iterator[str]:
    data = line.data
    if data.get(PERSON.name) and data.get("old_owner"):
        before, after = names.person(data["old_owner"]), names.person(data[PERSON.name])
        yield _("Người phụ trách: %(before)s → %(after)s", before=before, after=after)
    elif data.get(PERSON.name):
        yield _("Người phụ trách: %(who)s", who=names.person(data[PERSON.name]))
    if data.get("lead_unit"):
        yield _("Đơn vị chủ trì mới: %(unit)s", unit=names.unit(data["lead_unit"]))
    if data.get("old_title"):
        yield _("Tên nhiệm vụ: %(before)s → %(after)s", before=data["old_title"], after=data.get(TITLE.name, ""))
    if data.get("old_evidence") in RULES and data.get(EVIDENCE_RULE.name) in RULES:
        before, after = words(RULES[data["old_evidence"]]), words(RULES[data[EVIDENCE_RULE.name]])
        yield _("Minh chứng khi báo cáo: %(before)s → %(after)s", before=before, after=after)
    if "old_target" in data:
        before = _target(data["old_target"], data.get("old_target_unit"))
        after = _target(data.get(TARGET.name), data.get(TARGET_UNIT.name))
        yield _("Chỉ tiêu: %(before)s → %(after)s", before=before or _("chưa có"), after=after or _("không còn"))
    if line.event == "arrange":
        yield from arranged(data, names)


def _target(value: object, unit: object) -> str:
    """Return a target as the log keeps it, «52 máy»; nothing where there was none."""
    return "" if value in {None, ""} else f"{figure(str(value))} {unit or ''}".strip()


def arranged(data: Mapping[str, Any], names: Names) -> Iterator[str]:
    """Say what an arrangement changed; an older event knows only how it stood after it."""
    after = words(PRIORITIES[data["priority"]]) if data.get("priority") in PRIORITIES else ""
    if "units_added" not in data:
        units = _several(data.get(COORDINATING_UNITS.name), names)
        yield _("Đơn vị phối hợp: %(units)s", units=units or _("không có"))
        if after:
            yield _("Mức ưu tiên: %(after)s", after=after)
        return
    if data["units_added"]:
        yield _("Thêm đơn vị phối hợp: %(units)s", units=_several(data["units_added"], names))
    if data["units_removed"]:
        yield _("Thôi phối hợp: %(units)s", units=_several(data["units_removed"], names))
    if data.get("units_kept"):
        yield _("Giữ lại vì đã gửi kết quả: %(units)s", units=_several(data["units_kept"], names))
    before = data.get("old_priority")
    if before in PRIORITIES and after and before != data["priority"]:
        yield _("Mức ưu tiên: %(before)s → %(after)s", before=words(PRIORITIES[before]), after=after)
    elif not data["units_added"] and not data["units_removed"]:
        yield _("Không có gì thay đổi")


def _several(units: Iterable[object] | None, names: Names) -> str:
    return "; ".join(names.unit(unit) for unit in units or ())


def _of_part(line: HistoryLine, names: Names) -> Iterator[str]:
    if line.data.get("unit"):
        yield _("Đơn vị phối hợp: %(units)s", units=names.unit(line.data["unit"]))
    if line.data.get("old_target") not in {None, ""}:
        yield _("Chỉ tiêu đã giao, nay bỏ: %(target)s", target=figure(str(line.data["old_target"])))


def _of_sub_task(line: HistoryLine, names: Names) -> Iterator[str]:
    data = line.data
    piece = str(data.get("piece") or "")
    if piece and piece != line.reason:
        yield _("Việc: %(work)s", work=piece)
    if data.get(PERSON.name):
        yield _("Người làm: %(who)s", who=names.person(data[PERSON.name]))
    elif data.get(SUB_UNIT.name):
        yield _("Bộ phận làm: %(unit)s", unit=names.unit(data[SUB_UNIT.name]))


_TELLING: Mapping[str, Callable[[HistoryLine, Names], Iterator[str]]] = {
    TASK.name: _of_task,
    COORDINATING_PART.name: _of_part,
    SUB_TASK.name: _of_sub_task,
}
