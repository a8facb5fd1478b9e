"""A committee at a glance: the table of units, its bars, the strip of due dates. Each number knows its list."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import g, url_for
from flask_babel import gettext as _

from app.queries.overview import AHEAD, COUNTED, DONE, OnTime, UnitCounts
from app.queries.task_list import TaskFilter
from app.queries.task_statuses import STATUSES
from app.ui.formats import notes, rate, words
from app.ui.listing import url_with

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from app.queries.overview import CommitteePeriod, MonthRate, Outlook
    from workflows.workdays import Calendar

BARS = (("overdue", "red"), ("near", "amber"), ("in-time", "blue"), ("no-clock", "grey"))
"""The parts of an open bar and their tones: every open task is in exactly one."""
RULED = "awaiting-ruling"
COLUMNS = ("open", "overdue", "near", RULED, "completed")


class Figure(NamedTuple):
    """A number and the list it counts."""

    number: int
    href: str


@dataclass(frozen=True)
class UnitLine:
    """One row of the table; `rate` from 0 to 1."""

    name: str
    href: str
    figures: dict[str, Figure]
    rate: float | None
    first_rate: float | None


@dataclass(frozen=True)
class Overview:
    """What the chair sees below the queue."""

    lines: list[UnitLine]
    total: UnitLine
    legend: list[tuple[str, str]]
    idle: int
    """Units without any task in the period."""
    headings: dict[str, str] = field(default_factory=dict)

    @cached_property
    def bars(self) -> list[dict[str, Any]]:
        """The parts of what is open, of each unit that has any."""
        return [_bar(line) for line in self.lines if line.figures["open"].number]


_PATH = "path_of_the_list"


def list_of(wanted: TaskFilter) -> str:
    """Return the address of the list that a filter describes."""
    # The chair's home writes some hundred of them: the path is looked up once a page.
    path = g.get(_PATH) or g.setdefault(_PATH, url_for("tasks.list"))
    return url_with(path, wanted.args())


def overview_of(units: Sequence[UnitCounts], running: CommitteePeriod) -> Overview:
    """Return the table of units, the one with most overdue first; units without work are only counted."""
    busy = [unit for unit in units if unit.has_work]
    busy.sort(key=lambda unit: (-unit.numbers["overdue"], 1.0 if unit.rate is None else unit.rate))
    start = list_of(TaskFilter())
    lines = [_line(unit, running, start) for unit in busy]
    whole = UnitCounts(
        0, _("Toàn ban"), "", None, False, (),  # noqa: FBT003 -- a row of the table, in its order
        {name: sum(unit.numbers[name] for unit in busy) for name in (*COUNTED, *DONE)},
        sum(unit.kept for unit in busy),
        sum((unit.first for unit in busy if unit.first), OnTime(0, 0, 0)),
    )  # fmt: skip
    return Overview(
        lines,
        _line(whole, running, start),
        [(tone, words(STATUSES[name].words)) for name, tone in BARS],
        sum(not unit.has_work and not unit.abolished for unit in units),
        {name: words(STATUSES[name].words) for name in COLUMNS} | {RULED: _("Nhiệm vụ chờ quyết định")},
    )


def _line(unit: UnitCounts, running: CommitteePeriod, start: str) -> UnitLine:
    addresses = _addresses(start, running.committee.id, running.period.start, bool(unit.id))
    number = str(unit.id)
    figures = {
        name: Figure(unit.numbers[name], address.replace(SOME_UNIT, number))
        for name, address in addresses.items()
        if name
    }
    href = addresses[""].replace(SOME_UNIT, number)
    return UnitLine(unit.name, href, figures, unit.rate, unit.first.rate if unit.first else unit.rate)


SOME_UNIT = "987654321"
"""Stands for a unit in an address that is made once for all units."""


@lru_cache(maxsize=64)
def _addresses(start: str, committee_id: int, since: date, of_unit: bool) -> dict[str, str]:  # noqa: FBT001 -- of one unit or of all
    """Return the address of the list behind each number, and under "" of all that is open; `start` names the path."""
    path = start.partition("?")[0]
    base = TaskFilter(committee=committee_id, unit=int(SOME_UNIT) if of_unit else None)
    done = replace(base, completed_from=since)
    found = {name: (done if name in DONE else base).with_status(name).args() for name in (*COUNTED, *DONE)}
    return {name: url_with(path, args) for name, args in (found | {"": base.args()}).items()}


def _bar(line: UnitLine) -> dict[str, Any]:
    figures = [line.figures[name] for name, _tone in BARS]
    return {
        "label": line.name,
        "href": line.href,
        "counts": [figure.number for figure in figures],
        "hrefs": [figure.href for figure in figures],
        "note": notes(_("việc · đúng hạn %(rate)s", rate=rate(line.rate))) if line.rate is not None else _("việc"),
    }


def strip_of(outlook: Outlook, calendar: Calendar, today: date) -> list[tuple[date, int, str, bool]]:
    """Return the days of the next two weeks: how many tasks fall due, their list, whether it is a day of rest."""
    days = [today + timedelta(days=n) for n in range(AHEAD.days + 1)]
    wanted = outlook.wanted
    return [
        (
            day,
            outlook.days.get(day, 0),
            list_of(TaskFilter(status=wanted.status, committee=wanted.committee, due_from=day, due_to=day)),
            not calendar.is_working(day),
        )
        for day in days
    ]


def trend_of(months: Sequence[MonthRate]) -> list[tuple[str, float | None, float | None]]:
    """Return the months as the chart of rates takes them: a label, and both rates in per cent."""
    return [(f"{month.begins_on:%m/%y}", _per_cent(month.by_now), _per_cent(month.by_first)) for month in months]


def _per_cent(rate: Fraction | None) -> float | None:
    return None if rate is None else float(rate) * 100
