"""Changes of units prepared for a day to come: kept as they were looked at, judged again and done on the day."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from app.clock import now, today
from app.db import session
from app.errors import DomainError, Sentence
from app.models import Person, PlannedUnitChange, Unit
from app.queries.planned_changes import planned_changes
from app.queries.unit_changes import acts_since
from app.services.setup_log import record_change
from app.services.telling import tell
from app.services.unit_changes import do_planned
from app.services.unit_heads import check_heads
from app.services.unit_news import RULE as MADE
from app.services.unit_news import SUBJECT as ACT
from app.services.unit_news import in_data, sentence_of, since_words
from app.services.unit_plans import RENAME, PlanChangedError, Target, Wanted, plan_change
from app.services.unit_renaming import change_name
from app.services.units import UnitFields, check_names, units_of
from workflows.holding import DONE, REFUSED, TAKEN_BACK, WAITING
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from app.models import UnitChange

STUCK = "unit_change.stuck"
"""The rule under which administrators are told that a prepared change could not be done."""
SUBJECT = PlannedUnitChange.__tablename__
FAULTY = Sentence(
    "Hệ thống gặp lỗi khi thực hiện, nên chưa có gì thay đổi. Hãy xem lại rồi ghi lại; nếu vẫn không được, hãy gửi"
    " nhật ký của hệ thống cho người hỗ trợ kỹ thuật.",
    "The system met a fault while doing it; nothing has changed. Look at it and save it again; if that fails, too,"
    " send the system's log to technical support.",
)


def prepare_change(wanted: Wanted, seen: str, by: Person) -> PlannedUnitChange:
    """Keep an act for its day as the plan with the digest `seen` shows it. What hinders it now may be gone by then.

    :raises PlanChangedError: something changed since.
    :raises DomainError: a successor would have several heads or none, which nobody confirmed.
    """
    plan = plan_change(wanted)
    if plan.digest != seen:
        raise PlanChangedError
    check_heads(plan)
    olds, news = [{"name": unit.name} for unit in wanted.olds], [{"name": one.name} for one in wanted.targets]
    title = sentence_of(wanted.kind, {"old": olds, "new": news})
    return _keep(wanted.kind, title, _packed(wanted), on=wanted.on, basis=wanted.basis, by=by)


def prepare_name(  # noqa: PLR0913 -- the parts of the act, named at the call
    unit: Unit, *, name: str, short_name: str, on: date, basis: str, by: Person
) -> PlannedUnitChange:
    """Keep a unit's new name for its day.

    :raises DomainError: the name it has, or one that means another unit now.
    """
    if (name, short_name or name) == (unit.name, unit.short_name):
        raise DomainError(
            "Đây là tên đơn vị đang mang. Hãy nhập tên mới.",
            "This is the name that the unit has. Enter a new one.",
            field="name",
        )
    check_names(UnitFields(name=name, short_name=short_name), units_of(unit.authority_id), unit)
    wanted = {"unit": unit.id, "name": name, "short_name": short_name, "seen": unit.name}
    title = sentence_of(RENAME, {"old": [], "new": [], "before": unit.name, "after": name})
    return _keep(RENAME, title, wanted, on=on, basis=basis, by=by)


def _keep(  # noqa: PLR0913 -- the columns of the row
    kind: str, title: Words, wanted: dict[str, Any], *, on: date, basis: str, by: Person
) -> PlannedUnitChange:
    planned = PlannedUnitChange(
        authority_id=by.authority_id, kind=kind, starts_on=on, basis=basis, title=title.vi, person_id=by.id,
        wanted={**wanted, "title_en": title.en}, made_at=now(),
    )  # fmt: skip
    session.add(planned)
    record_change(planned, "prepared", by, reason=basis, data={"on": on.isoformat(), "title": title.vi})
    return planned


def call_off(planned: PlannedUnitChange, by: Person) -> None:
    """Let a prepared act not happen; also one whose day came in vain.

    :raises DomainError: it was done or called off meanwhile.
    """
    if not (_settle(planned, WAITING, TAKEN_BACK) or _settle(planned, REFUSED, TAKEN_BACK)):
        raise DomainError(
            "Lần sắp xếp này không còn chờ: đã thực hiện, hoặc đã có người bỏ. Hãy xem lại danh sách.",
            "This change waits no more: it was done, or somebody called it off. Look at the list again.",
        )
    record_change(planned, "called_off", by)


def take_effect(planned_id: int, by: Person | None = None) -> bool:
    """Do a prepared act if its day has come and it still waits; tell whether this call did it.

    :param by: the administrator who has it done now; None for the scheduler.

    :raises DomainError: it can no longer be done; `note_refusal` keeps why.
    """
    planned = session.get(PlannedUnitChange, planned_id, populate_existing=True)
    if planned is None or planned.starts_on > today() or not _settle(planned, WAITING, DONE):
        return False
    author = planned.person
    if planned.kind == RENAME:
        asked = planned.wanted
        change = change_name(
            session.get_one(Unit, asked["unit"]), name=asked["name"], short_name=asked["short_name"],
            on=planned.starts_on, basis=planned.basis, seen=asked["seen"], by=author,
        )  # fmt: skip
    else:
        change = do_planned(wanted_of(planned), author)
    planned.change_id = change.id
    record_change(planned, "done", by, data={"change": change.id})
    tell(
        [author.id], authority_id=planned.authority_id, rule=MADE, subject=ACT, subject_id=change.id, slot="made",
        data={"by": author.full_name, **in_data("title", planned.said_title), **in_data("reason", _since(planned))},
    )  # fmt: skip
    return True


def note_refusal(planned_id: int, error: DomainError) -> None:
    """Keep why a prepared act could not be done on its day, and tell who prepared it and the administrators."""
    planned = session.get(PlannedUnitChange, planned_id, populate_existing=True)
    if planned is None or not _settle(planned, WAITING, REFUSED):
        return
    planned.said = error.sentence._asdict()
    record_change(planned, "refused", None, reason=error.sentence.vi)
    query = select(Person.id).where(Person.authority_id == planned.authority_id, Person.is_admin, Person.active)
    since, why = _since(planned), error.sentence
    reason = Words(f"{since.vi} {why.vi}", f"{since.en} {why.en}")
    tell(
        sorted({planned.person_id, *session.scalars(query)}), authority_id=planned.authority_id, rule=STUCK,
        subject=SUBJECT, subject_id=planned.id, slot="stuck",
        data={"by": "", **in_data("title", planned.said_title), **in_data("reason", reason)},
    )  # fmt: skip


def note_fault(planned_id: int) -> None:
    """Put aside a prepared act that met a fault of the program, so that those behind it can be done."""
    note_refusal(planned_id, DomainError(*FAULTY))


def _since(planned: PlannedUnitChange) -> Words:
    return since_words(planned.starts_on, planned.basis)


def _settle(planned: PlannedUnitChange, before: str, after: str) -> bool:
    """Swap the outcome if it is still what it was: of two who try, one does it."""
    swapped = session.execute(
        update(PlannedUnitChange)
        .where(PlannedUnitChange.id == planned.id, PlannedUnitChange.outcome == before)
        .values(outcome=after, settled_at=now())
        .returning(PlannedUnitChange.id)
        .execution_options(synchronize_session=False)
    ).first()
    session.refresh(planned)
    return swapped is not None


def _packed(wanted: Wanted) -> dict[str, Any]:
    return {
        "olds": [unit.id for unit in wanted.olds],
        "targets": [
            {"unit": target.unit.id} if target.unit else {"fields": asdict(target.fields) if target.fields else {}}
            for target in wanted.targets
        ],
        "keeps": wanted.keeps, "first": wanted.first, "chosen": dict(wanted.chosen), "roles": dict(wanted.roles),
        "heads_meant": wanted.heads_meant,
    }  # fmt: skip


def wanted_of(planned: PlannedUnitChange) -> Wanted:
    """Return what a prepared merger, split or end asks for, its units as they are now."""
    kept = planned.wanted
    targets = [
        Target(session.get_one(Unit, one["unit"])) if "unit" in one else Target(fields=UnitFields(**one["fields"]))
        for one in kept["targets"]
    ]
    olds = [session.get_one(Unit, unit) for unit in kept["olds"]]
    return Wanted(
        planned.kind, olds, targets, planned.starts_on, planned.basis, kept["keeps"], kept["first"], kept["chosen"],
        kept["roles"], heads_meant=kept["heads_meant"],
    )  # fmt: skip


def units_of_plan(planned: PlannedUnitChange) -> set[int]:
    """Return the ids of all units that a prepared act names; those that it would found have none yet."""
    kept = planned.wanted
    if planned.kind == RENAME:
        return {kept["unit"]}
    return {*kept["olds"], *(one["unit"] for one in kept["targets"] if "unit" in one)}


def judge_planned(planned: PlannedUnitChange) -> Sentence | None:
    """Return what is wrong with a waiting act as things stand now, or changed since; None where all is well."""
    return _judged([planned])[planned.id]


def judged_plans(authority_id: int) -> list[tuple[PlannedUnitChange, Sentence | None]]:
    """Return what waits for its day or could not be done on it, the soonest first, each with what is wrong now."""
    rows = planned_changes(authority_id)
    wrong = _judged([one for one in rows if one.outcome == WAITING])
    return [(one, wrong.get(one.id)) for one in rows]


def _judged(waiting: Sequence[PlannedUnitChange]) -> dict[int, Sentence | None]:
    """Judge acts by their units and names alone, in two statements: what else may hinder them, the preview says."""
    if not waiting:
        return {}
    units = {unit.id: unit for unit in units_of(waiting[0].authority_id)}
    named = set().union(*(units_of_plan(one) for one in waiting))
    acts = acts_since(named, min(one.made_at for one in waiting))
    return {one.id: _wrong_with(one, units, acts) for one in waiting}


def _wrong_with(
    planned: PlannedUnitChange, units: Mapping[int, Unit], acts: Sequence[tuple[int, UnitChange]]
) -> Sentence | None:
    named = units_of_plan(planned)
    gone = next((units[number] for number in sorted(named) if units[number].abolished_on is not None), None)
    if gone is not None:
        return Sentence(
            f"«{gone.name}» đã kết thúc hoạt động. Hãy xem lại rồi ghi lại, hoặc bỏ lần sắp xếp này.",
            f"“{gone.name}” exists no more. Look at this change again, or call it off.",
        )
    try:
        _check_names(planned, units)
    except DomainError as error:
        return error.sentence
    act = next((act for number, act in acts if number in named and act.made_at > planned.made_at), None)
    if act is None:
        return None
    vi, en = sentence_of(act.kind, act.report)
    return Sentence(
        f"Sau khi chuẩn bị, đơn vị trong lần sắp xếp này đã thay đổi: {vi}. Hãy xem lại rồi ghi lại, hoặc bỏ.",
        f"Since it was prepared, a unit of this change was changed itself: {en}. Look at it again, or call it off.",
    )


def _check_names(planned: PlannedUnitChange, units: Mapping[int, Unit]) -> None:
    """Refuse a new name by which another unit is known meanwhile.

    :raises DomainError: there is one.
    """
    asked, every = planned.wanted, list(units.values())
    if planned.kind == RENAME:
        check_names(UnitFields(name=asked["name"], short_name=asked["short_name"]), every, units[asked["unit"]])
        return
    leaving = () if asked["keeps"] else [units[number] for number in asked["olds"]]
    for target in asked["targets"]:
        if "fields" in target:
            check_names(UnitFields(**target["fields"]), every, None, leaving=leaving)


def prepared_for(wanted: Wanted) -> list[PlannedUnitChange]:
    """Return the acts that wait for their day and name one of the units of another act."""
    units = {unit.id for unit in wanted.olds} | {target.unit.id for target in wanted.targets if target.unit}
    return prepared_for_units(wanted.olds[0].authority_id, units)


def prepared_for_units(authority_id: int, units: set[int]) -> list[PlannedUnitChange]:
    """Return the acts that wait for their day and name one of these units."""
    return [one for one in planned_changes(authority_id) if one.outcome == WAITING and units & units_of_plan(one)]
