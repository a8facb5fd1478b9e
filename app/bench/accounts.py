"""Work over all tasks beside its bare SQL: the summary of a committee's month, and the reminders of a day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, text

from app import db
from app.bench.own_house import START_DAY
from app.bench.pages import installation
from app.bench.processes import Mark, busy_time
from app.bootstrap import ROOT
from app.db import UTCDateTime, session, transaction
from app.errors import DomainError
from app.models import Committee, Task
from app.queries.calendars import calendar_of
from app.queries.monthly import reach_of, summary_of
from app.queries.reminders_due import PREFIX, last_planned, slot_of, tasks_in, windows_of
from app.services.reminding import COLUMNS, plan_day
from workflows.deadlines import Clock
from workflows.periods import PeriodRule, period_of, previous

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from workflows.compliance import Line

MONTH, REMINDERS, LEDGER = 1.5, 2.0, 60.0
"""The bars: times the bare SQL of a month, times what finds a day's reminders, seconds for 100,000 of them."""
TIMES = 5
_ROUND = 100_000
FEWEST = 1_000
"""From fewer reminders nothing is said of so many."""
_MORNING = time(1)
"""Eight o'clock in Vietnam, in UTC."""


def account_marks(engine: str, url: str, today: date, times: int = TIMES) -> list[Mark]:
    """Return how the summary of the last whole month and the reminders of two working days compare."""
    with installation(url) as app, app.app_context():
        try:
            return [_month(engine, today, times), *_reminders(engine, today)]
        finally:
            session.remove()


def _month(engine: str, today: date, times: int) -> Mark:
    rules = [PeriodRule(today.replace(year=today.year - 3, month=1, day=1), START_DAY)]
    period = previous(period_of(today, rules), rules)
    committee = session.scalars(select(Committee)).one()
    reach = reach_of(committee, period)
    bare = text((ROOT / "docs" / "bare_sql" / "month.sql").read_text("utf-8")).bindparams(
        bindparam("begins", reach.begins, UTCDateTime), bindparam("ends", reach.ends, UTCDateTime),
        authority=reach.authority_id, committee=reach.committee_id, as_at=period.end,
    )  # fmt: skip
    found: dict[str, Any] = {}

    def ours() -> None:
        found["ours"] = summary_of(committee, period, period.end).total

    def theirs() -> None:
        found["bare"] = session.connection().execute(bare).all()

    mine, other = _in_turn(ours, theirs, times)
    _same(found["ours"], found["bare"])
    return Mark(
        engine, "month",
        f"số liệu một tháng ({mine:.2f} s) so với SQL trần ({other:.2f} s)", "a month's summary ÷ its bare SQL",
        round(mine / other, 2), MONTH, "×",
    )  # fmt: skip


def _same(ours: Line, bare: list[Any]) -> None:
    """Compare what does not hang on rest days.

    :raises DomainError: the two do not count the same tasks.
    """
    total = {name: sum(getattr(row, name) for row in bare) for name in bare[0]._fields} if bare else {}
    wanted = (ours.carried, ours.assigned, ours.withdrawn, ours.on_time + ours.late, ours.in_time + ours.overdue)
    found = (
        total["carried"], total["assigned"], total["withdrawn"], total["on_time"] + total["late"],
        total["in_time"] + total["overdue"],
    )  # fmt: skip
    if wanted != found:
        raise DomainError(
            f"Số liệu tháng không khớp SQL trần: {wanted} và {found}.",
            f"The month's summary and its bare SQL do not agree: {wanted} and {found}.",
        )


def _in_turn(ours: Callable[[], None], theirs: Callable[[], None], times: int) -> tuple[float, float]:
    """Return the medians in processor seconds of two things done in turn, after once each to warm up."""
    both = (ours, theirs)
    took: tuple[list[float], list[float]] = ([], [])
    for turn in range(times + 1):
        for at in (0, 1) if turn % 2 else (1, 0):
            begun = busy_time(db.engine())
            both[at]()
            if turn:
                took[at].append(busy_time(db.engine()) - begun)
    return median(took[0]), median(took[1])


def _reminders(engine: str, today: date) -> Iterator[Mark]:
    """Yield what planning takes: on the next first working day of a week, which hears the weekly ones, and the next.

    Nothing is kept of the first day's reminders but that they were planned; so the second has its own only.
    """
    monday = calendar_of(1).next_working(today + timedelta(days=(7 - today.weekday()) % 7))
    tuesday = calendar_of(1).next_working(monday + timedelta(days=1))
    for day, vi, en in ((monday, "đầu tuần", "first of a week"), (tuesday, "thường", "of another day")):
        found, finding = _finding(day)
        at, begun, busy = datetime.combine(day, _MORNING, UTC), perf_counter(), busy_time(db.engine())
        with transaction():
            made = plan_day(1, at)
            took, worked = perf_counter() - begun, busy_time(db.engine()) - busy
            writing = _writing(at)
        yield Mark(
            engine, f"reminders-{day:%a}".lower(),
            f"lập nhắc việc ngày {vi}: {made} nhắc ({worked:.1f} s, riêng ghi {writing:.1f} s), "
            f"SQL tìm {found} dòng ({finding:.1f} s)",
            f"planning reminders {en}, their writing left out ÷ the SQL that finds them",
            round((worked - writing) / finding, 2), REMINDERS, "×",
        )  # fmt: skip
        if day == monday and made >= FEWEST:
            yield Mark(
                engine, "ledger", "ghi 100.000 nhắc việc vào sổ", "100,000 reminders into the ledger",
                round(took / made * _ROUND, 1), LEDGER, "s",
            )  # fmt: skip


def _writing(at: datetime) -> float:
    """Return the processor seconds of one bare INSERT of the rows just planned, into the same table; it is undone.

    Writing has a bar of its own, in seconds; planning is what is found, joined and left out beside it.
    """
    names = ", ".join(COLUMNS)
    again = ", ".join("'bare ' || rule AS rule" if name == "rule" else name for name in COLUMNS)
    connection = session.connection()
    rows = text(
        f"CREATE TEMPORARY TABLE bare_reminder AS SELECT {again} FROM notification "  # noqa: S608 -- constants
        f"WHERE made_at = :at AND rule LIKE '{PREFIX}%'"
    )
    connection.execute(rows.bindparams(bindparam("at", at, UTCDateTime)))
    written, begun = connection.begin_nested(), busy_time(db.engine())
    connection.execute(text(f"INSERT INTO notification ({names}) SELECT {names} FROM bare_reminder"))  # noqa: S608 -- constants
    took = busy_time(db.engine()) - begun
    written.rollback()
    connection.execute(text("DROP TABLE bare_reminder"))
    return took


def _finding(day: date) -> tuple[int, float]:
    """Return how many reminders a day has of tasks, and the processor seconds of the statements that find them."""
    windows = windows_of(day, Clock(calendar_of(1)), last_planned(1, day))
    connection, found = session.connection(), 0
    begun = busy_time(db.engine())
    for each in windows:
        columns = (Task.id, Task.committee_id, Task.lead_unit_id, Task.owner_id, slot_of(each))
        found += len(connection.execute(select(*columns).where(tasks_in(1, each, None))).all())
    return found, busy_time(db.engine()) - begun
