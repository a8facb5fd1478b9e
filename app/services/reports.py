"""The monthly report of a committee: opened, explained by the units, and read live or as it was kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.clock import day_of, now, today
from app.db import session
from app.errors import DomainError
from app.models import MonthlyReport, ReportCause
from app.queries.account import Account
from app.queries.kept_reckonings import reckoned_of
from app.queries.month_account import account_from, before_of, compared_anew
from app.queries.shared_out import explained_since
from app.services.history import write_event
from app.text import nfc
from workflows.monthly_report import COLLECTING, DRAFTED, FROZEN, MONTHLY_REPORT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Select

    from app.models import Committee, Explanation, Person
    from app.queries.kept_months import Fresh, Since
    from app.queries.month_beside import Beside
    from workflows.periods import Period

LONGEST_CAUSE = 6000
"""Characters of one box of column 14: the secretary's own words, and the unit's answers after them."""
EXPLAINABLE = frozenset({COLLECTING, DRAFTED})
"""States in which causes may still be written."""


def report_of(committee: Committee, period: Period) -> MonthlyReport | None:
    """Return the committee's report for a period, or None while nobody has opened it."""
    return session.scalars(_query(committee, period)).first()


def _query(committee: Committee, period: Period) -> Select[MonthlyReport]:
    return select(MonthlyReport).where(
        MonthlyReport.committee_id == committee.id, MonthlyReport.begins_on == period.start
    )


def open_report(committee: Committee, period: Period, by: Person) -> MonthlyReport:
    """Return the report for a period; whoever comes first opens it."""
    found = report_of(committee, period)
    if found is not None:
        return found
    report = MonthlyReport(
        authority_id=committee.authority_id,
        committee_id=committee.id,
        begins_on=period.start,
        ends_on=period.end,
        state=MONTHLY_REPORT.initial,
        made_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(report)
    except IntegrityError:
        # Somebody opened it at the same moment.
        return session.scalars(_query(committee, period)).one()
    write_event(
        authority_id=report.authority_id,
        subject=MONTHLY_REPORT.name,
        subject_id=report.id,
        event="open",
        from_state=None,
        to_state=report.state,
        at=report.made_at,
        role="secretary",
        actor_id=by.id,
        data={"begins_on": period.start.isoformat(), "ends_on": period.end.isoformat()},
    )
    return report


class Shown(NamedTuple):
    """A month as it is shown: its account, what was computed for it, and since when its figures are, if not of now."""

    account: Account
    fresh: list[Fresh]
    since: Since | None = None


def shown_month(
    committee: Committee,
    period: Period,
    report: MonthlyReport | None = None,
    beside: Beside | None = None,
    *,
    anew: bool = False,
) -> Shown:
    """Return a month as signed, as drafted, else as the ledger has it (a signed one is never computed).

    What the ledger says is read where it is kept, and is that of an earlier instant where computing takes long. A
    draft's own figures stand as they were computed; what it is compared with is the period before as it is now.

    :param beside: what stands around the month, where the caller has read it.
    :param anew: compute the figures in any case, unless they are signed or drafted.
    """
    if report is not None and report.state in FROZEN:
        return Shown(Account.from_json(report.figures), [])
    causes = causes_of(report) if report else {}
    if report is not None and report.figures:
        account = compared_anew(Account.from_json(report.figures), committee, period, beside)
        return Shown(with_causes(account, causes), [])
    found = before_of(committee, period, beside)
    told = reckoned_of(committee, period, found, anew=anew)
    account = account_from(told.reckoned, committee, period, found, causes)
    if told.since is None:
        # What is kept and still right holds now, not only when it was computed.
        account = replace(account, computed_at=now())
    return Shown(account, told.fresh, told.since)


def causes_of(report: MonthlyReport) -> dict[int, str]:
    """Return column 14 as it was typed, by unit."""
    return {cause.unit_id: cause.text for cause in report.causes}


def with_causes(account: Account, causes: Mapping[int, str]) -> Account:
    """Return the account with these causes."""
    return replace(account, units=[replace(unit, cause=causes.get(unit.unit_id, "")) for unit in account.units])


def silence(since: date) -> str:
    """Return what column 14 says of a unit that gave no explanation before a day."""
    return f"Không giải trình trước ngày {since:%d/%m/%Y}."


class Quotation(NamedTuple):
    """What is quoted of one explanation: the words that stand now, and those of earlier that they take the place of."""

    words: str
    instead: tuple[str, ...]
    known_as: tuple[str, ...]
    """Words of the secretary that say the same."""


def printed_causes(account: Account) -> dict[int, str]:
    """Return column 14 as drafting would have it now, by unit, where that differs from what the account says.

    Quoted is each explanation of a task that counts late in the account, asked or answered since its period began: a
    secretary asks when the month has closed, so the end of the period is no bound.
    """
    if not account.late_units:
        return {}
    quoted = _quoted(_explained(account))
    kept = {unit.unit_id: unit.cause for unit in account.units if unit.line.needs_cause}
    found = {unit: with_quotations(kept[unit], quoted[unit]) for unit in kept if unit in quoted}
    return {unit: text for unit, text in found.items() if text != kept[unit]}


def _explained(account: Account) -> Sequence[Explanation]:
    asked = explained_since(account.issuer.committee_id, account.begins_on)
    if not asked:
        return []
    late = {*account.tasks_behind("late"), *account.tasks_behind("overdue")}
    return [one for one in asked if one.task_id in late]


def _quoted(explained: Sequence[Explanation]) -> dict[int, list[Quotation]]:
    """Return what explanations say now, by unit."""
    said: dict[int, list[Quotation]] = defaultdict(list)
    for one in explained:
        silent = f"{one.task.code}: {silence(one.answer_by)}"
        if one.answered_at is not None:
            answer = _as_kept(one.answer or "")
            words = f"{one.task.code}: «{answer}» (giải trình ngày {day_of(one.answered_at):%d/%m/%Y})"
            said[one.unit_id].append(Quotation(words, (silent,), ()))
        elif one.answer_by < today():
            said[one.unit_id].append(Quotation(silent, (), (silence(one.answer_by),)))
    return said


def with_quotations(text: str, quoted: Sequence[Quotation]) -> str:
    """Return a cause with the unit's own words: each once, in the place of older ones, else on a line of its own."""
    for one in quoted:
        older = next((words for words in one.instead if words in text), None)
        if any(words in text for words in (one.words, *one.known_as)):
            continue
        text = text.replace(older, one.words, 1) if older else _cut(f"{text}\n{one.words}".strip())
    return text


def quote_causes(report: MonthlyReport, account: Account, by: Person) -> None:
    """Let the units' own explanations stand in column 14, beside what the secretary typed (see `with_quotations`)."""
    _keep_causes(report, printed_causes(with_causes(account, causes_of(report))), by)


def _as_kept(typed: str) -> str:
    """Return words as a box sends them back, so that they are found in it."""
    return nfc(typed).replace("\r\n", "\n").strip()


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_CAUSE else text[: LONGEST_CAUSE - 1].rstrip(" …") + "…"


def write_causes(report: MonthlyReport, texts: Mapping[int, str], by: Person) -> None:
    """Keep the causes of late units; an empty text takes one away.

    :raises DomainError: the report waits for its signature or is signed, or a text is too long.
    """
    if report.state not in EXPLAINABLE:
        raise DomainError(
            "Báo cáo đã trình ký nên không sửa được nguyên nhân. Hãy rút về sửa trước.",
            "The report has been submitted, so its causes cannot be edited. Take it back first.",
        )
    _keep_causes(report, texts, by)


def _keep_causes(report: MonthlyReport, texts: Mapping[int, str], by: Person) -> None:
    kept = {cause.unit_id: cause for cause in report.causes}
    for unit_id, typed in texts.items():
        text = _as_kept(typed)
        if len(text) > LONGEST_CAUSE:
            raise DomainError(
                f"Trách nhiệm, nguyên nhân dài quá {LONGEST_CAUSE} ký tự. Hãy rút gọn.",
                f"The cause is longer than {LONGEST_CAUSE} characters. Shorten it.",
                field=f"cause-{unit_id}",
            )
        if unit_id in kept and not text:
            report.causes.remove(kept[unit_id])
        elif unit_id in kept and kept[unit_id].text != text:
            kept[unit_id].text, kept[unit_id].person_id, kept[unit_id].at = text, by.id, now()
        elif unit_id not in kept and text:
            report.causes.append(
                ReportCause(authority_id=report.authority_id, unit_id=unit_id, text=text, person_id=by.id, at=now())
            )
    session.flush()
