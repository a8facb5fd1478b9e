"""What the register can be narrowed to, by name: units, committees, people, meetings; and the names of what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, cast, literal, null, or_, select, union_all
from sqlalchemy.types import Text

from app.clock import day_of
from app.db import fetch
from app.models import Committee, Directive, Meeting, Notice, Person, Task, Unit
from app.models.data_stamp import ORGANISATION
from app.queries.stamps import kept_while
from app.queries.visibility import tasks_within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import CompoundSelect

    from app.queries.standing import Standing
    from app.queries.task_list import TaskFilter

UNIT, COMMITTEE, PERSON, MEETING, NOTICE, DIRECTIVE = "unit", "committee", "person", "meeting", "notice", "directive"
KINDS: Mapping[str, str] = {
    "unit": UNIT,
    "part": UNIT,
    "owner": PERSON,
    "committee": COMMITTEE,
    "meeting": MEETING,
    "notice": NOTICE,
    "directive": DIRECTIVE,
}
"""Which kind of thing each argument of the filter names."""
MEETINGS = 100
"""So many of the last meetings can be chosen from a list."""


class Named(NamedTuple):
    """A thing by its kind and id: its name, and the day that tells meetings apart or on which a unit ended."""

    kind: str
    id: int
    name: str
    day: date | None


def register_choices(standing: Standing, *, whole: bool) -> Sequence[Named]:
    """Return the living units and the committees; with `whole` also people and own committees' last meetings.

    At most one statement.
    """
    if whole:
        values = {"authority": standing.authority_id, "committees": list(standing.committees)}
        return [_named(row) for row in fetch(_WHOLE, values)]
    key = "choices", standing.authority_id
    return kept_while(ORGANISATION, key, lambda: [_named(row) for row in fetch(_SHORT, {"authority": key[1]})])


def names_of(wanted: TaskFilter, standing: Standing) -> Mapping[str, Named]:
    """Return what the filter's ids are called, by argument: ended units, too; no meeting or notice of others.

    At most one statement, none where the filter names nothing.
    """
    asked = {name: value for name in KINDS if (value := getattr(wanted, name))}
    if not asked:
        return {}
    ids: dict[str, list[int]] = {kind: [] for kind in KINDS.values()}
    for name, value in asked.items():
        ids[KINDS[name]].append(value)
    values: dict[str, Any] = {"authority": standing.authority_id, "committees": list(standing.committees)}
    values |= (
        {"seen": list(standing.seen_units)}
        | {f"{kind}s": found for kind, found in ids.items() if kind != COMMITTEE}
        | {"named": ids[COMMITTEE]}
    )
    found = {(row.kind, row.id): _named(row) for row in fetch(_NAMES, values)}
    return {name: found[KINDS[name], value] for name, value in asked.items() if (KINDS[name], value) in found}


def _named(row: Any) -> Named:  # noqa: ANN401 -- a row of the statements below
    return Named(row.kind, row.id, row.name, _day(row.at) or row.day)


def _day(at: datetime | None) -> date | None:
    return day_of(at) if at else None


_unit, _committee, _person = Unit.__table__.c, Committee.__table__.c, Person.__table__.c
_meeting, _notice, _directive = Meeting.__table__.c, Notice.__table__.c, Directive.__table__.c
_NO_DAY = cast(null(), _unit.abolished_on.type)
_NO_TIME = cast(null(), _meeting.starts_at.type)
_OURS: Any = bindparam("committees", expanding=True)
_SEEN: Any = bindparam("seen", expanding=True)


def _units() -> Any:  # noqa: ANN401 -- a select of the shape that all share
    return select(
        literal(UNIT).label("kind"), _unit.id, _unit.name, _unit.abolished_on.label("day"), _NO_TIME.label("at"),
        _unit.position.label("rank"), literal("", Text).label("sort_key"),
    ).where(_unit.authority_id == bindparam("authority"))  # fmt: skip


def _committees() -> Any:  # noqa: ANN401 -- the same
    return select(
        literal(COMMITTEE), _committee.id, _committee.name, _NO_DAY, _NO_TIME, literal(0), _committee.name
    ).where(_committee.authority_id == bindparam("authority"))


def _people() -> Any:  # noqa: ANN401 -- the same
    return select(
        literal(PERSON), _person.id, _person.full_name, _NO_DAY, _NO_TIME, literal(0), _person.sort_key
    ).where(_person.authority_id == bindparam("authority"))


def _meetings() -> Any:  # noqa: ANN401 -- the same
    return select(
        literal(MEETING), _meeting.id, _meeting.title, _NO_DAY, _meeting.starts_at, literal(0), literal("", Text)
    ).where(_meeting.authority_id == bindparam("authority"), _meeting.committee_id.in_(_OURS))


def _last_meetings() -> Any:  # noqa: ANN401 -- the same
    last = select(_meeting.id).where(_meeting.authority_id == bindparam("authority"), _meeting.committee_id.in_(_OURS))
    found = last.order_by(_meeting.starts_at.desc(), _meeting.id.desc()).limit(MEETINGS).subquery()
    return _meetings().where(_meeting.id.in_(select(found.c.id)))


def _notices() -> Any:  # noqa: ANN401 -- the same
    return select(literal(NOTICE), _notice.id, _notice.subject, _NO_DAY, _NO_TIME, literal(0), literal("", Text)).where(
        _notice.authority_id == bindparam("authority"), _notice.committee_id.in_(_OURS)
    )


def _directives() -> Any:  # noqa: ANN401 -- the same
    """Select documents of own committees, and those that order a task one may see."""
    seen = tasks_within(bindparam("authority"), _OURS, _SEEN)
    ordered = select(Task.id).where(Task.directive_id == _directive.id, seen).exists()
    named = _directive.symbol + literal(": ") + _directive.subject
    return select(literal(DIRECTIVE), _directive.id, named, _NO_DAY, _NO_TIME, literal(0), literal("", Text)).where(
        _directive.authority_id == bindparam("authority"), or_(_directive.committee_id.in_(_OURS), ordered)
    )


def _joined(*parts: Any) -> CompoundSelect[Any]:  # noqa: ANN401 -- selects of one shape
    return union_all(*parts).order_by("rank", "sort_key", "at", "id")


_SHORT = _joined(_units().where(_unit.abolished_on.is_(None)), _committees().where(_committee.active))
_WHOLE = _joined(
    _units().where(_unit.abolished_on.is_(None)),
    _committees().where(_committee.active),
    _people().where(_person.active),
    _last_meetings(),
)
_NAMES = _joined(
    _units().where(_unit.id.in_(bindparam("units", expanding=True))),
    _committees().where(_committee.id.in_(bindparam("named", expanding=True))),
    _people().where(_person.id.in_(bindparam("persons", expanding=True))),
    _meetings().where(_meeting.id.in_(bindparam("meetings", expanding=True))),
    _notices().where(_notice.id.in_(bindparam("notices", expanding=True))),
    _directives().where(_directive.id.in_(bindparam("directives", expanding=True))),
)
