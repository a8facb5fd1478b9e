"""What stands beside a task as its page shows it: parts, sub-tasks and explanations, each with its moves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app import access
from app.clock import day_of
from app.models import CoordinatingPart
from app.queries.facts import SUBJECTS
from app.services.moves import Sight, offers_for
from app.ui.formats import day as day_words
from app.ui.formats import day_typed, figure_typed, instant
from app.ui.speech import gettext as _
from workflows import coordinating_part, explanation, sub_task
from workflows.deadlines import Standing, time_status
from workflows.task import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.models import Explanation, SubTask, Task
    from app.queries.bench import Panel
    from app.queries.task_page import HistoryLine
    from workflows.deadlines import Clock, TimeStatus
    from workflows.kernel import Facts, State, Transition


@dataclass(frozen=True)
class Piece:
    """One piece: whose it is, what it asks, how it stands against its own day, what came of it, and what one may do.

    `spent` says how long it has been, or was, with the one who owes it.
    """

    item: Any
    name: str
    who: str
    asks: str
    state: State
    time: TimeStatus | None
    facts: Facts
    rows: list[Transition]
    duties: list[str]
    spent: str = ""
    notes: list[str] = field(default_factory=list)
    why: tuple[str, str] = ("", "")
    """Who sent it back or took it back and when, and the words of the reason; empty where neither happened."""

    @property
    def earlier(self) -> bool:
        """Whether its result was sent before what is asked now, or does not count as sent any more."""
        return bool(getattr(self.item, "result", "")) and self.item.delivered_on is None

    @property
    def scope(self) -> str:
        """Name what keeps the fields of this piece's forms apart from others'."""
        return f"{self.name}-{self.item.id}"

    @property
    def owed(self) -> Transition | None:
        """The first move of it that whoever looks owes; None where it waits for others."""
        return next((row for row in self.rows if row.event in self.duties), None)


@dataclass(frozen=True)
class Looking:
    """Who looks at a task's pieces and when: read once for all of them."""

    actor: access.Actor
    panel: Panel | None
    task: Task
    today: date
    clock: Clock
    lines: Sequence[HistoryLine] = ()
    """The log of the task and of its pieces, newest first."""


def part_pieces(parts: Sequence[CoordinatingPart], looking: Looking) -> list[Piece]:
    """Return the parts of coordinating units."""
    return [
        _piece(
            part,
            part.unit.name,
            part.work,
            coordinating_part.STANDINGS,
            looking,
            time_spent(part, looking.today, looking.clock),
        )
        for part in parts
    ]


def sub_task_pieces(sub_tasks: Sequence[SubTask], looking: Looking) -> list[Piece]:
    """Return the sub-tasks of the lead unit."""
    found = []
    for one in sub_tasks:
        who = one.person.full_name if one.person else one.sub_unit.name if one.sub_unit else ""
        found.append(_piece(one, who, one.work, sub_task.STANDINGS, looking, ""))
    return found


def explanation_pieces(explanations: Sequence[Explanation], looking: Looking) -> list[Piece]:
    """Return what the unit was asked to explain, and its answers."""
    return [_explanation(one, looking) for one in explanations]


def _piece(  # noqa: PLR0913, PLR0917 -- the columns in which parts and sub-tasks differ
    piece: CoordinatingPart | SubTask,
    who: str,
    asks: str,
    standings: dict[str, Standing],
    looking: Looking,
    spent: str,
) -> Piece:
    facts, rows, duties = _offers(piece, looking)
    standing = standings.get(piece.state, Standing.RUNNING)
    ended = standing is Standing.RUNNING and not facts.task_open
    time = None
    if piece.due is not None and not ended:
        time = time_status(standing, piece.due, looking.today, looking.clock, piece.delivered_on)
    workflow = SUBJECTS[type(piece)].workflow
    if isinstance(piece, CoordinatingPart):
        state = coordinating_part.state_said(piece.state, asked=piece.was_asked, lives=facts.task_lives)
        owes = piece.state in coordinating_part.AWAITS_UNIT
        duties = duties if piece.was_asked or not owes else []
    else:
        state = sub_task.state_said(piece.state, lives=facts.task_lives)
    notes = [_("Đã yêu cầu làm lại %(n)s lần", n=piece.returns)] if piece.returns else []
    why = _why(workflow.name, piece, looking.lines)
    return Piece(piece, workflow.name, who, asks, state, time, facts, rows, duties, spent, notes, why)


def _why(name: str, piece: CoordinatingPart | SubTask, lines: Sequence[HistoryLine]) -> tuple[str, str]:
    """Return who sent a piece back or took it back, and why: whoever must act on it need not look through the log."""
    event = _REASONED.get((name, piece.state))
    found = (line for line in lines if (line.subject, line.subject_id, line.event) == (name, piece.id, event))
    line = next(found, None)
    said = (line.reason or str(line.data.get("remark") or "")) if line else ""
    if line is None or not said:
        return "", ""
    who, at = line.actor or _("Hệ thống"), instant(line.at)
    if event == "withdraw":
        return _("%(who)s rút yêu cầu lúc %(at)s:", who=who, at=at), said
    return _("%(who)s yêu cầu làm lại lúc %(at)s:", who=who, at=at), said


_REASONED = {
    (coordinating_part.COORDINATING_PART.name, coordinating_part.RETURNED): "give_back",
    (coordinating_part.COORDINATING_PART.name, coordinating_part.WITHDRAWN): "withdraw",
    (sub_task.SUB_TASK.name, sub_task.RETURNED): "give_back",
    (sub_task.SUB_TASK.name, sub_task.WITHDRAWN): "withdraw",
}
"""The move whose reason explains the state of a piece."""


def time_spent(part: CoordinatingPart, today: date, clock: Clock) -> str:
    """Say how many working days the part has been, or was, with the coordinating unit; nothing once nobody waits."""
    lives = part.task.state in OPEN
    gone = part.state in coordinating_part.ENDED or (not lives and part.delivered_on is None)
    if gone or part.asked_at is None or not part.was_asked:
        waits = lives and part.state == coordinating_part.ASKED and not part.was_asked
        return _("Chưa tính thời gian chờ: đơn vị chủ trì chưa nêu việc cần phối hợp") if waits else ""
    calendar, asked = clock.calendar, day_of(part.asked_at)
    until = part.delivered_on or today
    days = calendar.working_days_between(asked, until)
    if part.delivered_on:
        first, last = day_words(asked), day_words(until)
        if first == last:
            return _("Đơn vị phối hợp gửi ngay trong ngày %(day)s", day=last)
        return _("Đơn vị phối hợp dùng %(n)s ngày làm việc (%(first)s – %(last)s)", n=days, first=first, last=last)
    if not days:
        return _("Chờ đơn vị phối hợp từ %(first)s", first=day_words(asked))
    return _("Chờ đơn vị phối hợp %(n)s ngày làm việc, từ %(first)s", n=days, first=day_words(asked))


def _explanation(one: Explanation, looking: Looking) -> Piece:
    facts, rows, duties = _offers(one, looking)
    time = None
    if one.state in explanation.OWED and facts.task_stands:
        time = time_status(Standing.RUNNING, one.answer_by, looking.today, looking.clock)
    notes = [_("Nhiệm vụ khi đó quá hạn %(n)s ngày làm việc", n=one.days_late)]
    if one.answered_at and day_of(one.answered_at) > one.answer_by:
        notes.append(_("Trả lời sau hạn giải trình"))
    state = explanation.EXPLANATION.by_name[one.state]
    return Piece(
        one, explanation.EXPLANATION.name, one.unit.name, one.question, state, time, facts, rows, duties, "", notes
    )


def _offers(piece: Any, looking: Looking) -> tuple[Any, list[Transition], list[str]]:  # noqa: ANN401 -- any piece
    facts = SUBJECTS[type(piece)].facts(piece)
    rows = offers_for(piece, looking.actor, Sight(facts, looking.panel))
    roles = access.roles_of(looking.actor.standing, piece, None, looking.panel)
    rows = sorted(rows, key=lambda row: not row.duty & roles)
    return facts, rows, [row.event for row in rows if row.duty & roles]


def prefilled(piece: Piece) -> dict[str, Any]:
    """Return what the forms of a piece begin with: what is asked of it now, and by whom and when."""
    item, found = piece.item, {}
    if piece.name == coordinating_part.COORDINATING_PART.name:
        found = {"work": item.work, "target": figure_typed(item.target_value)}
    elif piece.name == sub_task.SUB_TASK.name:
        found = {"person": item.person_id or "", "sub_unit": item.sub_unit_id or ""}
    return found | ({"due": day_typed(item.due)} if getattr(item, "due", None) else {})
