"""The demo's monthly reports: months gone by are signed and issued, the last one waits for the chair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.clock import telling
from app.db import session
from app.demo.cast import PRESIDERS, Cast, at
from app.models import Notice, Unit
from app.queries.paper_facts import late_units
from app.queries.periods_of import period_on, rules_of
from app.services.moves import make_move
from app.services.reports import open_report, write_causes
from workflows.periods import following

if TYPE_CHECKING:
    from datetime import date

    from app.models import Committee
    from workflows.periods import Period

CAUSE = "Chờ số liệu phối hợp; đơn vị đã cam kết hoàn thành trong tháng tới."


def report_months(cast: Cast, key: str, committee: Committee, now_on: date) -> None:
    """Report each period from the committee's first notice to the last that has ended."""
    first = session.scalars(
        select(Notice.issued_on).where(Notice.committee_id == committee.id).order_by(Notice.issued_on)
    ).first()
    if first is None:
        return
    period = period_on(committee.id, first)
    while period.end < now_on:
        after = following(period, rules_of(committee.id, now_on))
        _report(cast, key, committee, period, now_on, last=after.end >= now_on)
        period = after


def _report(  # noqa: PLR0913 -- whose month, which, and how far it has come
    cast: Cast, key: str, committee: Committee, period: Period, now_on: date, *, last: bool
) -> None:
    drafted_on = cast.calendar.add_working_days(period.end, 2)
    if drafted_on >= now_on:
        return
    with telling(at(drafted_on, 9)):
        desk = cast.actor("thuky")
        report = open_report(committee, period, desk.person)
        make_move(report, "draft", actor=desk)
        names = session.scalars(select(Unit.id).where(Unit.id.in_(late_units(report)))).all()
        write_causes(report, dict.fromkeys(names, CAUSE), desk.person)
        make_move(report, "submit", actor=desk)
    signed_on = cast.calendar.add_working_days(drafted_on, 1)
    if last or signed_on >= now_on:
        return
    with telling(at(signed_on, 10)):
        make_move(report, "sign", actor=cast.actor(PRESIDERS[key]))
    with telling(at(signed_on, 15)):
        make_move(report, "issue", actor=cast.actor("thuky"))
