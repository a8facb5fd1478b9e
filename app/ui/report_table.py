"""The month's figures as the page shows them: each a link to the tasks it counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.documents.vietnamese import tenths
from app.queries.account import DONE
from app.ui.formats import notes, number, percent, points, words
from app.ui.speech import in_english
from workflows.compliance import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    from app.queries.account import Account, UnitAccount
    from app.queries.report_register import Month
    from workflows.compliance import Line
    from workflows.words import Words

    Link = Callable[[str, int | None], str]

LEGEND: tuple[tuple[str, Any, str], ...] = (
    ("green", _l("Hoàn thành đúng hạn"), "on_time"),
    ("olive", _l("Hoàn thành quá hạn"), "late"),
    ("blue", _l("Đang làm, trong hạn"), "in_time"),
    ("red", _l("Đang làm, quá hạn"), "overdue"),
    ("grey", _l("Thu hồi"), "withdrawn"),
)
APART = {"carried": "entered", "assigned": "reopened", "on_time": "done_no_due", "in_time": "open_no_due"}
"""Figures that are shown apart below another one, of which they are part."""
RATE = "rate"


class Head(NamedTuple):
    """A column's heading."""

    number: str
    label: str
    definition: str


class Cell(NamedTuple):
    """One figure: its column, what is shown, where it leads, and what is said below it."""

    number: str
    label: str
    text: str
    href: str | None
    zero: bool
    apart: str
    tone: str = ""


class Row(NamedTuple):
    """A unit's figures, or the total's."""

    unit: UnitAccount | None
    cells: list[Cell]


def share(value: Fraction | None) -> str:
    """Return a rate in per cent with one decimal, rounded as on paper; — where there is nothing to divide by."""
    return percent(None if value is None else tenths(value))


def in_sentence(label: Words) -> str:
    """Return a period's name as it stands within a sentence: «tháng 11/2026»; English months keep their capital."""
    said = words(label)
    return said if in_english() else said[:1].lower() + said[1:]


def heads(account: Account) -> list[Head]:
    """Return the headings of the columns, as they were defined when the figures were made."""
    found = []
    for one in account.definitions:
        found.append(Head(one.number, words(one.header), words(one.words)))
        if one.number == _rate_number():
            found.append(Head(f"{one.number}b", _("Theo hạn ban đầu (%)"), _("Như cột 13, theo thời hạn ban đầu")))
    return found


def _rate_number() -> str:
    return next(column.number for column in COLUMNS if column.figure == RATE)


def table(account: Account, link: Link) -> tuple[list[Row], Row]:
    """Return the rows of the units and the total; `link` gives the address of a figure's tasks."""
    labels = {head.number: head.label for head in heads(account)}
    rows = [Row(unit, _cells(unit.line, labels, link, unit.unit_id)) for unit in account.units]
    return rows, Row(None, _cells(account.total, labels, link, None))


def _cells(line: Line, labels: dict[str, str], link: Link, unit_id: int | None) -> list[Cell]:
    cells = []
    for column in COLUMNS:
        if column.figure == RATE:
            again = f"{column.number}b"
            cells.append(Cell(column.number, labels[column.number], _bare(line.rate), None, zero=False, apart=""))
            cells.append(Cell(again, labels[again], _bare(line.original_rate), None, zero=False, apart=""))
        elif column.figure:
            count = getattr(line, column.figure)
            cells.append(
                Cell(
                    column.number,
                    labels[column.number],
                    number(count),
                    link(column.figure, unit_id) if count else None,
                    zero=not count,
                    apart=_apart(line, column.figure),
                    tone="red" if column.figure == "overdue" and count else "",
                )
            )
    return cells


def _bare(value: Fraction | None) -> str:
    return share(value).rstrip("%\u00a0 ")


def _apart(line: Line, figure: str) -> str:
    part = getattr(line, APART[figure]) if figure in APART else 0
    if not part:
        return ""
    if figure == "carried":
        return _("nhập từ văn bản cũ %(count)s", count=number(part))
    if figure == "assigned":
        return _("mở lại %(count)s", count=number(part))
    return _("không hạn %(count)s", count=number(part))


def chart_rows(account: Account, link: Link) -> list[dict[str, Any]]:
    """Return the stacked bars of the units, each piece a link to its tasks."""
    return [
        {
            "label": unit.short_name or unit.name,
            "counts": [getattr(unit.line, figure) for _tone, _words, figure in LEGEND],
            "hrefs": [link(figure, unit.unit_id) for _tone, _words, figure in LEGEND],
            "note": _("việc")
            if unit.line.rate is None
            else notes(_("việc · đúng hạn %(rate)s", rate=share(unit.line.rate))),
        }
        for unit in account.units
    ]


def legend() -> list[tuple[str, str]]:
    """Return what the colours of the bars mean."""
    return [(tone, str(said)) for tone, said, _figure in LEGEND]


def figure_label(figure: str) -> str:
    """Return the name of a figure, for the list of its tasks."""
    named = {column.figure: words(column.header) for column in COLUMNS}
    more = {
        DONE: _("Hoàn thành"),
        "entered": _("Tồn kỳ trước, nhập lại từ văn bản cũ"),
        "reopened": _("Mở lại, khôi phục trong kỳ"),
        "done_no_due": _("Hoàn thành, không có hạn"),
        "open_no_due": _("Đang thực hiện, không có hạn"),
        "original_on_time": _("Hoàn thành đúng hạn ban đầu"),
        "original_late": _("Hoàn thành quá hạn ban đầu"),
        "original_overdue": _("Đang thực hiện, quá hạn ban đầu"),
    }
    return more.get(figure) or named[figure]


def figure_definition(account: Account, figure: str) -> str:
    """Return what a column counts, as defined when the figures were made; empty for parts of columns."""
    if figure == DONE:
        return _("Cột 6 + cột 7")
    number_of = {column.figure: column.number for column in COLUMNS}
    return next((words(one.words) for one in account.definitions if one.number == number_of.get(figure)), "")


def changes(account: Account, original: bool = False) -> str:  # noqa: FBT001, FBT002 -- called from a template
    """Say by how many points a rate changed since the month before."""
    now = account.total.original_rate if original else account.total.rate
    before = account.rate_before(original=original)
    if now is None or before is None:
        return _("kỳ trước %(rate)s", rate=share(before))
    change = round(tenths(now) - tenths(before), 1)
    return _("%(change)s so với kỳ trước (%(rate)s)", change=points(change), rate=share(before))


def compared(account: Account) -> list[tuple[str, str, str]]:
    """Return each figure of all units beside that of the month before."""
    if account.before is None:
        return []
    now, then = account.total, account.before.total
    found = [
        (words(column.header), number(getattr(now, column.figure)), number(getattr(then, column.figure)))
        for column in COLUMNS
        if column.figure and column.figure not in {RATE, "moved_in", "moved_out"}
    ]
    found.append((_("Tỷ lệ đúng hạn, theo hạn hiện tại"), share(now.rate), share(then.rate)))
    found.append((_("Tỷ lệ đúng hạn, theo hạn ban đầu"), share(now.original_rate), share(then.original_rate)))
    return found


def rates(months: Sequence[Month]) -> list[tuple[str, float | None, float | None]]:
    """Return both rates of each month in per cent, the oldest first, for the line over time."""
    return [
        (f"{month.period.end:%m/%y}", _per_cent(month.line.rate), _per_cent(month.line.original_rate))
        for month in reversed(months)
    ]


def _per_cent(value: Fraction | None) -> float | None:
    return None if value is None else tenths(value)
