"""Committees: their seats, portfolios, reporting periods and number series."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from app.clock import today
from app.db import session
from app.errors import DomainError
from app.models import Committee, Membership, MonthlyReport, NumberSeries, PeriodRule, Portfolio
from app.queries.paper_numbers import last_used_numbers
from app.services.people import check_days
from app.services.setup_log import last_held, record_change

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.models import Person

LAST_START = 28
_YEAR = re.compile(r"20\d\d")
_TERM = re.compile(r"(20\d\d)\s*[-–]\s*(20\d\d)")


@dataclass(frozen=True)
class CommitteeFields:
    """What is written of a committee; names as in the model."""

    name: str
    short_name: str
    symbol: str
    kind: str = "steering"
    profile: str = "state"
    issuing_body: str = ""
    superior_body: str = ""
    standing_unit_id: int | None = None
    rhythm: str = ""
    due_soon_days: int = 3
    lateness: str = "working"
    secretary_may_confirm: bool = False
    quorum: str = ""
    stand_in_id: int | None = None
    active: bool = True


def save_committee(
    authority_id: int, fields: CommitteeFields, by: Person | None, committee: Committee | None = None
) -> Committee:
    """Write a committee, new or known, and return it.

    :raises DomainError: a name another committee has, or another form of papers after one was issued.
    """
    same = select(Committee.id).where(Committee.authority_id == authority_id, Committee.name == fields.name)
    if session.scalar(same.where(Committee.id != committee.id) if committee else same) is not None:
        raise DomainError(
            f"Đã có ban tên «{fields.name}». Hãy dùng tên khác, hoặc sửa ban đó.",
            f"There is a committee named “{fields.name}” already. Use another name, or edit that one.",
            field="name",
        )
    event = "changed" if committee else "created"
    if committee is None:
        committee = Committee(authority_id=authority_id)
        session.add(committee)
    for name, value in asdict(fields).items():
        setattr(committee, name, value)
    record_change(committee, event, by, data={"name": fields.name, "profile": fields.profile})
    return committee


def add_member(  # noqa: PLR0913 -- the parts of a seat, all named at the call
    committee: Committee,
    person: Person,
    *,
    office: str,
    title: str,
    rank: int,
    since: date,
    until: date | None,
    by: Person | None,
) -> Membership:
    """Give a person a dated seat and return it; `until` is its last day, None while it lasts.

    :raises DomainError: days in the wrong order, the seat held already, or a second chair in the same days.
    Over 40 lines: each refusal is a sentence of its own.
    """
    check_days(since, until)
    overlapping = (
        select(Membership)
        .where(
            Membership.committee_id == committee.id,
            Membership.office == office,
            Membership.from_on <= (until or since.max),
            or_(Membership.to_on.is_(None), Membership.to_on >= since),
        )
        .order_by(Membership.id)
    )
    for held in session.scalars(overlapping):
        if held.person_id == person.id:
            raise DomainError(
                f"{person.full_name} đang giữ vai trò này trong thời gian đó. Hãy kết thúc vai trò cũ trước.",
                f"{person.full_name} holds this seat in these days already. End that one first.",
                field="person_id",
            )
        if office == "chair" and held.to_on is not None:
            free = held.to_on + timedelta(days=1)
            raise DomainError(
                f"{held.person.full_name} là Trưởng ban đến hết {held.to_on:%d/%m/%Y}. Hãy ghi từ {free:%d/%m/%Y}.",
                f"{held.person.full_name} is the chair until {held.to_on:%d/%m/%Y}. Begin on {free:%d/%m/%Y}.",
                field="from_on",
            )
        if office == "chair":
            raise DomainError(
                f"Trong thời gian đó Trưởng ban là {held.person.full_name}. Hãy ghi ngày thôi giữ chức trước.",
                f"{held.person.full_name} is the chair in these days. Enter the end of that office first.",
                field="office",
            )
    seat = Membership(
        authority_id=committee.authority_id, committee_id=committee.id, person_id=person.id, office=office,
        title=title, rank=rank, from_on=since, to_on=until,
    )  # fmt: skip
    session.add(seat)
    record_change(seat, "given", by, data={"committee": committee.id, "person": person.id, "office": office})
    return seat


def end_seat(seat: Membership, on: date, by: Person | None) -> None:
    """Let a seat end with its last day `on`.

    :raises DomainError: `on` is before it began.
    """
    check_days(seat.from_on, on)
    seat.to_on = on
    record_change(seat, "ended", by, data={"on": on.isoformat()})


def set_portfolio(committee: Committee, person: Person, unit_ids: Iterable[int], by: Person | None) -> None:
    """Say for which units a deputy rules from today on (phân công); what is no longer named ends yesterday."""
    day, wanted = today(), set(unit_ids)
    running = select(Portfolio).where(
        Portfolio.committee_id == committee.id,
        Portfolio.person_id == person.id,
        or_(Portfolio.to_on.is_(None), Portfolio.to_on >= day),
    )
    for portfolio in session.scalars(running):
        if portfolio.unit_id in wanted:
            wanted.discard(portfolio.unit_id)
        elif portfolio.from_on >= day:
            session.delete(portfolio)
        else:
            portfolio.to_on = last_held(day, portfolio.from_on)
    session.add_all(
        Portfolio(
            authority_id=committee.authority_id, committee_id=committee.id, person_id=person.id,
            unit_id=unit_id, from_on=day,
        )
        for unit_id in sorted(wanted)
    )  # fmt: skip
    record_change(committee, "portfolio_set", by, data={"person": person.id, "units": sorted(set(unit_ids))})


def last_reported_day(committee_id: int) -> date | None:
    """Return the last day that a monthly report of the committee covers, None without one."""
    return session.scalar(select(func.max(MonthlyReport.ends_on)).where(MonthlyReport.committee_id == committee_id))


def check_period_rule(committee: Committee, valid_from: date) -> None:
    """Refuse a rule that would cut a period whose report exists.

    :raises DomainError: `valid_from` is not after the last day reported, or before a later rule.
    """
    reported = last_reported_day(committee.id)
    if reported is not None and valid_from <= reported:
        raise DomainError(
            f"Đã có báo cáo đến ngày {reported:%d/%m/%Y}. Quy tắc mới chỉ áp dụng được từ ngày sau ngày đó.",
            f"Reports reach to {reported:%d/%m/%Y}. A new rule can only begin after that day.",
            field="valid_from",
        )
    later = session.scalar(
        select(func.max(PeriodRule.valid_from)).where(
            PeriodRule.committee_id == committee.id, PeriodRule.valid_from > valid_from
        )
    )
    if later is not None:
        raise DomainError(
            f"Đã có quy tắc áp dụng từ {later:%d/%m/%Y}. Hãy xóa quy tắc đó trước, hoặc chọn ngày sau đó.",
            f"There is a rule from {later:%d/%m/%Y} on. Remove that one first, or choose a later day.",
            field="valid_from",
        )


def set_period_rule(committee: Committee, start_day: int, valid_from: date, by: Person, role: str) -> PeriodRule:
    """Let the committee's periods begin on `start_day` from a day on; the gap becomes one bridging period.

    :raises DomainError: see `check_period_rule`.
    """
    check_period_rule(committee, valid_from)
    rule = session.scalar(
        select(PeriodRule).where(PeriodRule.committee_id == committee.id, PeriodRule.valid_from == valid_from)
    )
    if rule is None:
        rule = PeriodRule(authority_id=committee.authority_id, committee_id=committee.id, valid_from=valid_from)
        session.add(rule)
    rule.start_day = start_day
    record_change(
        rule,
        "set",
        by,
        role=role,
        data={"committee": committee.id, "start_day": start_day, "valid_from": valid_from.isoformat()},
    )
    return rule


def remove_period_rule(rule: PeriodRule, committee: Committee, by: Person, role: str) -> None:
    """Take the last rule back before any report was made by it.

    :raises DomainError: it is the only one, a later one exists, or a report exists.
    """
    count = session.scalar(select(func.count()).where(PeriodRule.committee_id == committee.id)) or 0
    if count == 1:
        raise DomainError(
            "Đây là quy tắc duy nhất của ban nên không xóa được. Hãy đặt quy tắc mới thay cho nó.",
            "This is the committee's only rule, so it cannot be removed. Set a new one instead.",
        )
    check_period_rule(committee, rule.valid_from)
    record_change(rule, "removed", by, role=role, data={"committee": committee.id, "start_day": rule.start_day})
    session.delete(rule)


def scope_of(profile: str, text: str) -> str:
    """Return the span a series counts in: a year (state, Decree 30/2020) or a term of five years (Party).

    :raises DomainError: it is neither.
    """
    clean = " ".join(text.split())
    if profile == "state" and _YEAR.fullmatch(clean):
        return clean
    term = _TERM.fullmatch(clean)
    if profile == "party" and term and int(term[2]) > int(term[1]):
        return f"{term[1]}-{term[2]}"
    if profile == "party":
        vi, en = "Hãy nhập nhiệm kỳ, ví dụ 2025-2030.", "Enter the term, for example 2025-2030."
    else:
        vi, en = "Hãy nhập năm bốn chữ số, ví dụ 2026.", "Enter the year in four digits, for example 2026."
    raise DomainError(vi, en, field="scope")


def last_used_number(committee_id: int, doc_type: str, scope: str) -> int:
    """Return the highest number that a paper of this type carries in this year or term; 0 for none."""
    return last_used_numbers(committee_id).get((doc_type, scope), 0)


def save_series(  # noqa: PLR0913 -- the parts of a series' key, all named at the call
    committee: Committee, *, doc_type: str, scope: str, mode: str, next_number: int, by: Person, role: str
) -> NumberSeries:
    """Set how papers of a type are numbered in a year or term, and the next number.

    :raises DomainError: a number that was used, or that leaves a gap in a series that began here.
    """
    scope = scope_of(committee.profile, scope)
    used = last_used_number(committee.id, doc_type, scope)
    if mode == "own" and next_number <= used:
        raise DomainError(
            f"Số {next_number} đã dùng: văn bản gần nhất mang số {used}. Số tiếp theo nhỏ nhất là {used + 1}.",
            f"Number {next_number} was used: the last paper carries {used}. The next can be {used + 1} at least.",
            field="next_number",
        )
    series = session.scalar(
        select(NumberSeries).where(
            NumberSeries.committee_id == committee.id, NumberSeries.doc_type == doc_type, NumberSeries.scope == scope
        )
    )
    if series is None:
        series = NumberSeries(
            authority_id=committee.authority_id, committee_id=committee.id, doc_type=doc_type, scope=scope
        )
        session.add(series)
    elif mode == "own" and used and series.mode == "own" and next_number > used + 1:
        raise DomainError(
            f"Số {used} vừa dùng, số tiếp theo phải là {used + 1} để dãy số không bị khuyết.",
            f"Number {used} was the last one, so the next is {used + 1}: a series has no gaps.",
            field="next_number",
        )
    series.mode, series.next_number = mode, next_number
    record_change(
        series, "set", by, role=role,
        data={"committee": committee.id, "doc_type": doc_type, "scope": scope, "mode": mode, "next": next_number},
    )  # fmt: skip
    return series
