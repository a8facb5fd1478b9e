"""A committee's account of a period: what the ledger says of it, and what things are called."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.clock import today
from app.db import session
from app.models import Authority
from app.queries.account import Account, Before, Corrections, Definition, Grant, Issuer, UnitAccount
from app.queries.kept_months import summaries_of
from app.queries.month_beside import read_beside
from app.queries.month_reckoning import Earlier, apart_from, reckon, signed_id
from app.queries.task_lines import task_lines
from app.queries.unit_names import UnitNames, unit_names
from workflows.compliance import COLUMNS
from workflows.monthly_report import FROZEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from app.models import Committee, MonthlyReport
    from app.queries.account import TaskLine
    from app.queries.month_beside import Beside
    from app.queries.month_reckoning import Apart, Late, Reckoning
    from workflows.compliance import Summary
    from workflows.periods import Period

    BeforeIt = tuple[Period, MonthlyReport | None] | None


def month_account(
    committee: Committee, period: Period, *, causes: Mapping[int, str] | None = None, beside: Beside | None = None
) -> Account:
    """Compute the account of a period, as at 24:00 of its last day (while it runs: of today).

    :param causes: column 14, by unit.
    :param beside: what stands around the month, where the caller has read it.
    """
    found = before_of(committee, period, beside)
    earlier = None
    if found is not None:
        earlier = Earlier(found[0], summaries_of([(committee, found[0], found[0].end)]).found[0])
    reckoned = reckon(committee, period, min(period.end, today()), earlier, found[1] if found else None)
    return account_from(reckoned, committee, period, found, causes)


def account_from(
    reckoned: Reckoning, committee: Committee, period: Period, found: BeforeIt, causes: Mapping[int, str] | None = None
) -> Account:
    """Return what the ledger says as the account says it: with names, and beside the period before as it stands now.

    :param found: the period before with its report, as `before_of` gives it.
    """
    names = unit_names(reckoned.summary.units)
    apart = _apart_now(reckoned, found)
    # All that the lists name, in one statement.
    lines = task_lines(reckoned.named | apart.named)
    return Account(
        issuer=issuer_of(committee),
        label=period.label,
        begins_on=period.start,
        ends_on=period.end,
        bridging=period.bridging,
        as_at=reckoned.as_at,
        computed_at=reckoned.computed_at,
        units=_units(names, reckoned.summary, causes or {}, reckoned.as_at),
        total=reckoned.summary.total,
        before=_before(committee, period, found, reckoned.earlier),
        overdue=_overdue(reckoned.late, lines, names.on(reckoned.as_at)),
        grants=[Grant(lines[one.task_id], *one[1:]) for one in reckoned.grants],
        self_confirmed=[lines[task] for task in reckoned.alone],
        corrections=_corrections(apart, lines),
        definitions=[Definition(c.number, c.header, c.definition) for c in COLUMNS],
        counted=reckoned.counted,
    )


def compared_anew(account: Account, committee: Committee, period: Period, beside: Beside | None = None) -> Account:
    """Return an account that is not signed yet, beside the period before as that stands now: it may be signed since."""
    found = before_of(committee, period, beside)
    apart = apart_from(account.counted, found[1] if found else None)
    before, corrections = _before(committee, period, found), _corrections(apart, task_lines(apart.named))
    return replace(account, before=before, corrections=corrections)


def issuer_of(committee: Committee) -> Issuer:
    """Return the committee as the head of its papers names it."""
    authority = session.get_one(Authority, committee.authority_id)
    return Issuer(
        committee_id=committee.id,
        name=committee.name,
        short_name=committee.short_name,
        symbol=committee.symbol,
        profile=committee.profile,
        issuing_body=committee.issuing_body or committee.name,
        superior_body=committee.superior_body or authority.name,
        place=authority.place,
    )


def _units(names: UnitNames, summary: Summary, causes: Mapping[int, str], as_at: date) -> list[UnitAccount]:
    """Return the units in the authority's order, by the names of the day; who neither had nor gave a task is out."""
    then = names.on(as_at)
    return [
        UnitAccount(
            unit_id, then[unit_id], names.short_on(unit_id, as_at), summary.units[unit_id], causes.get(unit_id, "")
        )
        for unit_id in names
    ]


def _overdue(late: Sequence[Late], lines: Mapping[int, TaskLine], names: Mapping[int, str]) -> list[TaskLine]:
    """Return the overdue tasks as they stood then: their dates, their unit by its name of the day."""
    return [
        replace(
            line,
            due=one.due,
            original_due=one.first_due,
            days=one.days,
            unit_id=one.unit_id,
            unit=names.get(one.unit_id, line.unit),
            note="reported" if one.reported else "",
        )
        for one in late
        if (line := lines.get(one.task_id)) is not None
    ]


def before_of(committee: Committee, period: Period, beside: Beside | None = None) -> BeforeIt:
    """Return the period before, with its report where there is one; None when nothing was assigned by its end."""
    known = beside or read_beside(committee.id, period.start)
    return known.before(period) if known else None


def _before(committee: Committee, period: Period, found: BeforeIt, known: Earlier | None = None) -> Before | None:
    """Return the period before as it was signed, else as the ledger has it; `known` where that has been read."""
    if found is None:
        return None
    earlier, report = found
    if known is not None and known.period == earlier:
        summary = known.summary
    else:
        summary = summaries_of([(committee, earlier, earlier.end)]).found[0]
    total, units, signed = summary.total, dict(summary.units), False
    if report is not None and report.state in FROZEN:
        kept = Account.from_json(report.figures)
        total, units, signed = kept.total, {unit.unit_id: unit.line for unit in kept.units}, True
    return Before(
        label=earlier.label,
        begins_on=earlier.start,
        ends_on=earlier.end,
        comparable=period.comparable_with(earlier),
        signed=signed,
        total=total,
        units=units,
        overtaken=signed and replace(total, entered=0) != replace(summary.total, entered=0),
    )


def _apart_now(reckoned: Reckoning, found: BeforeIt) -> Apart:
    """Return the month's corrections; compared again where the month before was signed since it was read."""
    report = found[1] if found else None
    return reckoned.apart if reckoned.apart.signed == signed_id(report) else apart_from(reckoned.counted, report)


def _corrections(apart: Apart, lines: Mapping[int, TaskLine]) -> Corrections:
    """Return them as the account names them."""
    named = ([lines[task] for task in ids if task in lines] for ids in (apart.reopened, apart.added, apart.missing))
    return Corrections(*named)
