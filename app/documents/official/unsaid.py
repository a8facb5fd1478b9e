"""What was ordered and the clause's own words do not say: printed under it, so that nothing is left to the annex."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.documents.vietnamese import day
from app.reading.deadlines import Anchor, find_due
from app.reading.matching import Directory
from app.reading.owners import find_coordinating, find_leads
from app.reading.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from app.reading.model import UnitName, WorkingCalendar
    from app.reading.units import Phrase


@dataclass(frozen=True)
class Order:
    """Who is to do it, with whom, by when: ids of units or groups with the names to print."""

    lead: tuple[int, str] | None = None
    group: tuple[int, str] | None = None
    coordinating: tuple[tuple[int, str], ...] = ()
    due: date | None = None


@dataclass(frozen=True)
class Reader:
    """Reads a clause alone, as whoever gets the paper does; `issued_on` is the paper's day, `met_on` the meeting's."""

    directory: Directory
    anchor: Anchor

    @classmethod
    def of(
        cls,
        units: Iterable[UnitName],
        groups: Iterable[UnitName],
        *,
        issued_on: date | None,
        met_on: date | None,
        calendar: WorkingCalendar | None,
    ) -> Reader:
        """Return a reader that knows the authority's units and calendar."""
        return cls(Directory.of(units, groups), Anchor(issued_on, met_on, calendar))

    def unsaid(self, text: str, order: Order) -> tuple[str, ...]:
        """Return the lines to print under a clause, none where its words say it all."""
        page = Page.of(text)
        end = len(page.text)
        leads = find_leads(page, 0, end)
        lines = []
        named = order.lead or order.group
        if named and named[0] not in self._ids(leads, group=order.lead is None):
            lines.append(f"Đơn vị chủ trì: {named[1]}.")
        said = self._ids(find_coordinating(page, 0, end, leads), group=False)
        more = [name for unit, name in order.coordinating if unit not in said]
        if more:
            lines.append(f"Đơn vị phối hợp: {', '.join(more)}.")
        due = find_due(page, 0, end, self.anchor)
        if order.due and (due is None or due.on != order.due):
            lines.append(f"Thời hạn: {day(order.due)}.")
        return tuple(lines)

    def _ids(self, phrases: Iterable[Phrase], *, group: bool) -> set[int | str | None]:
        named = [self.directory.match(phrase.name) for phrase in phrases]
        return {each.group_id if group else each.unit_id for each in named}
