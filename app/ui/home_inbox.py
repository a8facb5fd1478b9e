"""The unit's home in sections: what must be done now comes first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.clock import day_of
from app.queries import unit_inbox as inbox
from app.ui.formats import day, days_left
from app.ui.home_overview import list_of
from app.ui.task_words import left_until
from workflows import coordinating_part, sub_task
from workflows.coordinating_part import COORDINATING_PART, DELIVERED, STANDINGS
from workflows.deadlines import Standing, acceptance_due, time_status
from workflows.explanation import EXPLANATION
from workflows.kernel import offers
from workflows.roles import Role
from workflows.sub_task import DONE, SUB_TASK
from workflows.task import ASSIGNED, TASK, TaskFacts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.models import Unit
    from app.queries.shared_out import Owed
    from app.queries.standing import Standing as PersonStanding
    from app.queries.unit_inbox import InboxCounts
    from workflows.deadlines import Clock
    from workflows.kernel import State

HEADINGS: Mapping[str, tuple[Any, Any]] = {
    inbox.ACCEPT: (_l("Cần tiếp nhận"), _l("Việc không đúng của đơn vị: mở ra và bấm Đề nghị trả lại.")),
    inbox.AGAIN: (_l("Phải làm lại"), _l("Đọc lý do bị trả lại, bổ sung rồi báo cáo lại.")),
    inbox.LATE: (_l("Quá hạn"), _l("Báo cáo ngay, hoặc đề nghị gia hạn kèm lý do.")),
    inbox.NEAR: (
        _l("Đến hạn hôm nay và sắp đến hạn"),
        _l("Xong thì báo cáo; nếu không kịp, đề nghị gia hạn trước hạn."),
    ),
    inbox.AHEAD: (_l("Đang thực hiện"), ""),
    inbox.WAITING: (_l("Đang chờ quyết định"), _l("Đơn vị đã gửi báo cáo, đề nghị trả lại hoặc đề nghị gia hạn.")),
    inbox.PART: (_l("Phối hợp với đơn vị khác"), ""),
    inbox.PAUSED: (_l("Tạm dừng"), ""),
}
"""The heading of each section and what it asks."""
TONES = {inbox.LATE: "red", inbox.NEAR: "amber", inbox.AGAIN: "amber"}


class OwnPart(NamedTuple):
    """How the unit's own part in another's task stands: its date, what is left of it, how the date looks, its state.

    `asked` tells whether the lead unit has said what it wants.
    """

    due: date | None
    left: int | None
    tone: str
    state: State
    asked: bool


class Line(NamedTuple):
    """One task of a section; `accept_by` and `accept_left` where it waits to be accepted, `part` where it helps."""

    row: Any
    accept_by: date | None
    accept_left: int | None
    part: OwnPart | None = None


@dataclass(frozen=True)
class Section:
    """One part of the unit's home: its number is that of the list it opens."""

    name: str
    heading: str
    asks: str
    number: int
    href: str
    lines: list[Line]
    tone: str = ""

    @property
    def more(self) -> int:
        """How many are only in the list."""
        return self.number - len(self.lines)


def sections_of(rows: Sequence[Any], counts: InboxCounts, unit: Unit, today: date, clock: Clock) -> list[Section]:
    """Return the sections that hold anything, in the order of what must be done first."""
    found = []
    for name, (heading, asks) in HEADINGS.items():
        number = counts.sections[name]
        if not number:
            continue
        first = [row for row in rows if row.section == name][: inbox.SHOWN]
        lines = [_line(row, unit, today, clock) for row in first]
        href = list_of(inbox.filter_of(name, unit.id))
        found.append(Section(name, str(heading), str(asks), number, href, lines, TONES.get(name, "")))
    return found


def _line(row: Any, unit: Unit, today: date, clock: Clock) -> Line:  # noqa: ANN401 -- a row of the query
    if row.section == inbox.PART:
        return Line(row, None, None, _own_part(row, today, clock))
    if row.state != ASSIGNED or row.assigned_at is None:
        return Line(row, None, None)
    last = acceptance_due(day_of(max(row.assigned_at, row.made_at)), clock.calendar, outside=unit.outside)
    return Line(row, last, left_until(last, today, clock))


def _own_part(row: Any, today: date, clock: Clock) -> OwnPart:  # noqa: ANN401 -- a row of the query
    standing = STANDINGS.get(row.part_state, Standing.RUNNING)
    runs = standing is Standing.RUNNING and row.part_due is not None
    left = left_until(row.part_due, today, clock) if runs else None
    tone = time_status(standing, row.part_due, today, clock).tone if runs else ""
    return OwnPart(row.part_due, left, tone, COORDINATING_PART.by_name[row.part_state], bool(row.part_asked))


class OwedLine(NamedTuple):
    """One thing that waits besides whole tasks: what is to be done with it, and how much time is left."""

    row: Owed
    asks: str
    left: int | None
    tone: str


ASKS: Mapping[tuple[str, bool], Any] = {
    (EXPLANATION.name, True): _l("Giải trình"),
    (SUB_TASK.name, True): _l("Việc thành phần"),
    (SUB_TASK.name, False): _l("Nghiệm thu việc thành phần"),
    (COORDINATING_PART.name, True): _l("Phối hợp"),
    (COORDINATING_PART.name, False): _l("Ghi nhận phần phối hợp"),
}
"""What each kind of piece asks of those who owe it, and of those who take it."""
ASKS_AGAIN: Mapping[tuple[str, str], Any] = {
    (SUB_TASK.name, sub_task.RETURNED): _l("Làm lại việc thành phần"),
    (COORDINATING_PART.name, coordinating_part.RETURNED): _l("Làm lại phần phối hợp"),
}
"""What it asks where what was handed in came back."""
_TO_TAKE = frozenset({DONE, DELIVERED})


def owed_lines(rows: Sequence[Owed], today: date, clock: Clock) -> list[OwedLine]:
    """Return what waits for people of the unit besides whole tasks."""
    found = []
    for row in rows:
        left = left_until(row.due, today, clock) if row.due else None
        tone = time_status(Standing.RUNNING, row.due, today, clock).tone if row.due else ""
        asks = ASKS_AGAIN.get((row.kind, row.state)) or ASKS[row.kind, row.state not in _TO_TAKE]
        found.append(OwedLine(row, str(asks), left, tone))
    return found


def accept_words(line: Line) -> str:
    """Return by when a task must be accepted, and how long that is; empty where it is accepted."""
    if line.accept_by is None:
        return ""
    left = days_left(line.accept_left)
    return _("tiếp nhận chậm nhất %(day)s, %(left)s", day=day(line.accept_by), left=left)


def may_accept(standing: PersonStanding, unit: Unit, today: date) -> bool:
    """Tell whether the person may accept for the unit, as the table says."""
    roles = {Role.LEAD_HEAD} if unit.id in standing.head_of else set()
    roles |= {Role.LEAD_STAFF} if unit.id in standing.staff_of else set()
    facts = TaskFacts(state=ASSIGNED, staff_may_accept=unit.staff_may_accept)
    return any(row.event == "accept" for row in offers(TASK, facts, frozenset(roles), today))


def praise(counts: InboxCounts) -> str:
    """Return one line when a unit has done what it had to do, empty otherwise: also where it never had anything."""
    if not counts.idle:
        return ""
    if counts.open:
        return _("Đơn vị đã làm xong phần việc của mình. Các việc còn lại đang chờ quyết định.")
    return _("Mọi nhiệm vụ được giao đã hoàn thành. Cảm ơn cả đơn vị!") if counts.completed else ""
