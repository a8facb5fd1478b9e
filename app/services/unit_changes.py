"""Units merged, split or abolished: done as planned, in one act that is kept with its report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.clock import now
from app.db import session
from app.errors import DomainError
from app.models import Unit, UnitChange, UnitChangePart
from app.queries.unit_holdings import ALL_OF_THEM
from app.services.setup_log import record_change
from app.services.unit_backdating import check_meant
from app.services.unit_heads import check_heads
from app.services.unit_moves import ENDED, ORDER, STAYED, Act, Going, move
from app.services.unit_news import tell_units
from app.services.unit_plans import NOBODY, Line, Plan, PlanChangedError, Target, Wanted, check_come, plan_change
from app.services.units import save_unit
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.models import Person


def change_units(wanted: Wanted, seen: str, by: Person) -> UnitChange:
    """Do what the plan with the digest `seen` shows, and return the act with its report.

    1. The units' rows are locked in one order, so that of two administrators the second sees what the first did.
    2. The plan is made anew and must be the one that was shown. 3. The old units end, new ones are founded, everything
    moves. 4. The act, its report and the messages are written.

    :raises PlanChangedError: something changed since.
    :raises DomainError: the plan has a hindrance, or a successor has several heads or none, or the day lies far back,
        which nobody confirmed.
    """
    plan = _locked_plan(wanted)
    if plan.digest != seen:
        raise PlanChangedError
    check_meant(wanted.olds, wanted.on, meant=wanted.past_meant)
    return _do(plan, by)


def do_planned(wanted: Wanted, by: Person) -> UnitChange:
    """Do what was prepared for its day as it is now: what came since then goes the way of the rest.

    :raises DomainError: the same, and whatever can no longer be planned.
    """
    return _do(_locked_plan(wanted), by)


def _locked_plan(wanted: Wanted) -> Plan:
    check_come(wanted.on)
    _lock([*wanted.olds, *(target.unit for target in wanted.targets if target.unit)])
    return plan_change(wanted)


def _do(plan: Plan, by: Person) -> UnitChange:
    wanted = plan.wanted
    if plan.hindrances:
        raise DomainError(*plan.hindrances[0])
    check_heads(plan)
    ended = [] if wanted.keeps else list(wanted.olds)
    for unit in ended:
        unit.abolished_on = wanted.on
    session.flush()
    units = [_found(target, wanted, by) for target in wanted.targets]
    for unit in ended:
        unit.successor_id = units[wanted.first].id if units else None
    _leave_the_ended(units, ended)
    act = Act(wanted.on, wanted.basis, by, wanted.keeps, units)
    lines = [_carry(line, units, act) for kind in ORDER for line in plan.lines if line.holding.kind == kind]
    if plan.aliases:
        units[0].aliases = [*units[0].aliases, *plan.aliases]
    return _keep(plan, units, lines, by)


def _lock(units: Sequence[Unit]) -> None:
    for unit in sorted(set(units), key=lambda one: one.id):
        session.refresh(unit, with_for_update=True)


def _found(target: Target, wanted: Wanted, by: Person) -> Unit:
    if target.unit is not None:
        return target.unit
    assert target.fields is not None  # noqa: S101 -- a target is one of the two
    unit = save_unit(wanted.olds[0].authority_id, target.fields, by)
    session.flush()
    return unit


def _leave_the_ended(units: Sequence[Unit], ended: Sequence[Unit]) -> None:
    """Lift a successor that stood below an ended unit to the first unit above that goes on."""
    parents = {unit.id: unit.parent_id for unit in ended}
    for unit in units:
        while unit.parent_id in parents:
            unit.parent_id = parents[unit.parent_id]
    session.flush()


def _carry(line: Line, units: Sequence[Unit], act: Act) -> dict[str, Any]:
    holding = line.holding
    to = units[line.to] if line.to != NOBODY else None
    old = session.get_one(Unit, holding.unit_id)
    outcome = move(holding.kind, Going(holding.row_id, old, to, line.role), act)
    heirs = [] if outcome in {STAYED, ENDED} else list(units) if holding.kind in ALL_OF_THEM else [to] if to else []
    note = holding.note if isinstance(holding.note, Words) else Words(holding.note, holding.note)
    return {
        "kind": holding.kind, "id": holding.row_id, "title": holding.title, "note": note.vi, "note_en": note.en,
        "from": line.old, "to": "; ".join(unit.name for unit in heirs), "to_id": to.id if to and heirs else None,
        "outcome": outcome,
        **({"role": holding.role, "new_role": line.role} if holding.role and heirs else {}),
        **({"committee": holding.committee_id} if holding.committee_id else {}),
        **({"state": holding.state, "late": holding.late} if holding.state else {}),
    }  # fmt: skip


def _keep(plan: Plan, units: Sequence[Unit], lines: list[dict[str, Any]], by: Person) -> UnitChange:
    """Write the act, an event for it and for each unit, and tell those who go on with the work."""
    wanted = plan.wanted
    change = write_act(wanted.kind, wanted.olds, units, on=wanted.on, basis=wanted.basis, by=by)
    data = {"change": change.id, "on": wanted.on.isoformat(), "into": [unit.id for unit in units]}
    for unit in wanted.olds:
        record_change(unit, f"{wanted.kind}_away", by, reason=wanted.basis, data=data)
    for unit in units:
        if unit not in wanted.olds:
            record_change(unit, "succeeded", by, reason=wanted.basis, data=data)
    change.report = {
        "old": [{"id": unit.id, "name": unit.name} for unit in wanted.olds],
        "new": [{"id": unit.id, "name": unit.name} for unit in units],
        "keeps": wanted.keeps, "lines": lines, "aliases": list(plan.aliases), "lost_names": list(plan.lost_names),
        "staying": vars(plan.staying),
    }  # fmt: skip
    change.report = {**change.report, "told": tell_units(change, by)}
    record_change(change, wanted.kind, by, reason=wanted.basis, data={"lines": len(lines), **data})
    return change


def write_act(  # noqa: PLR0913 -- the parts of an act, named at the call
    kind: str, olds: Sequence[Unit], news: Sequence[Unit], *, on: date, basis: str, by: Person
) -> UnitChange:
    """Write the row of an act with its units, the report yet empty."""
    authority_id = olds[0].authority_id
    change = UnitChange(
        authority_id=authority_id, kind=kind, starts_on=on, basis=basis, person_id=by.id, made_at=now(), report={}
    )
    change.parts = [
        *(UnitChangePart(authority_id=authority_id, unit_id=unit.id, side="old") for unit in olds),
        *(UnitChangePart(authority_id=authority_id, unit_id=unit.id, side="new") for unit in news),
    ]
    session.add(change)
    session.flush()
    return change
