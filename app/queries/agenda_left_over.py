"""What earlier meetings left over: put off, discussed by nobody, or with tasks that are still open."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import aliased, joinedload, lazyload

from app.db import session
from app.models import AgendaItem, AgendaTask, Conclusion, ItemNotes, Meeting, Minutes, Notice, Task
from app.queries.agenda import TOPIC
from app.queries.meetings_before import OVER, meetings_before
from app.queries.minutes_headings import plain_heading, said_under
from workflows.conclusion import DROPPED
from workflows.task import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Select

    from app.queries.meetings_before import Before

DEFERRED, UNDISCUSSED, OPEN_TASKS = "deferred", "undiscussed", "open_tasks"
"""Why an item comes back; the first of them that holds is told."""
LOOKED_BACK = 6
"""So many earlier meetings are asked for what nobody touched."""
FREE = frozenset(
    {
        *(f"{many}{what} khac" for many in ("", "cac ", "nhung ") for what in ("viec", "noi dung", "van de", "y kien")),
        "cong viec khac",
        "khac",
    }
)
"""Headings under which anything may be said (toneless): nothing is left over where nothing was."""


class LeftOver(NamedTuple):
    """An item that comes back, why, and its open tasks: those linked to it and those its conclusions made."""

    item: AgendaItem
    why: str
    tasks: list[Task]


def left_over(meeting: Meeting, before: Before | None = None) -> list[LeftOver]:
    """Return what comes back: items put off by any earlier meeting, and of the last ones what is not at an end.

    The last ones are those of the same series, where there is one, at most LOOKED_BACK. What has come back already, in
    whatever meeting, is left out; of one title the latest decides.

    :param before: the meetings held before, where the caller has read them.
    """
    nearest = (before or meetings_before(meeting)).nearest
    if nearest is None:
        return []
    candidates = _candidates(meeting, _recent(meeting, nearest.meeting))
    items, recent = [one.item for one in candidates], {one.item.meeting_id for one in candidates if one.of_last}
    open_tasks = _open_tasks([item.id for item in items])
    untouched = _undiscussed([one for one in candidates if one.item.meeting_id in recent])
    found: dict[str, LeftOver] = {}
    for item in items:
        tasks, title = open_tasks[item.id], plain_heading(item.title)
        # Two items of one meeting may have one title; what a later meeting said of it stands.
        if title in found and found[title].item.meeting_id != item.meeting_id:
            del found[title]
        why = _why(item, tasks, untouched, recent)
        if why:
            found[title] = LeftOver(item, why, tasks)
    return list(found.values())


def _why(item: AgendaItem, tasks: list[Task], untouched: set[int], recent: set[int]) -> str:
    """Return why an item comes back, empty where it does not: one for what else there is only if it was put off."""
    if item.deferred:
        return DEFERRED
    if plain_heading(item.title) in FREE:
        return ""
    if item.id in untouched:
        return UNDISCUSSED
    return OPEN_TASKS if item.meeting_id in recent and tasks else ""


def left_off(meeting: Meeting, before: Before) -> list[LeftOver]:
    """Return what earlier meetings left over and does not stand on the agenda, under whatever reason."""
    there = {plain_heading(item.title) for item in meeting.agenda}
    return [one for one in left_over(meeting, before) if plain_heading(one.item.title) not in there]


def _recent(meeting: Meeting, nearest: Meeting) -> Select[int]:
    """Select the last meetings held before this one, of the series of the nearest where that is its own."""
    query = select(Meeting.id).where(
        Meeting.committee_id == meeting.committee_id,
        Meeting.starts_at < meeting.starts_at,
        Meeting.state.in_(OVER),
        Meeting.id != (meeting.id or 0),
    )
    if meeting.series_id and nearest.series_id == meeting.series_id:
        query = query.where(Meeting.series_id == meeting.series_id)
    return query.order_by(Meeting.starts_at.desc(), Meeting.id.desc()).limit(LOOKED_BACK).correlate(None)


class Candidate(NamedTuple):
    """An item that may come back, whether it is of the last meetings, and what was written of it and its meeting.

    `touched`: there are notes on it or a conclusion under it; `typed`: on or under any item of its meeting;
    `elsewhere`: a conclusion of its meeting stands under no item; `text`: the minutes.
    """

    item: AgendaItem
    of_last: bool
    touched: bool
    typed: bool
    elsewhere: bool
    text: str


def _candidates(meeting: Meeting, recent: Select[int]) -> list[Candidate]:
    """Return what earlier meetings put off and all topics of the last ones."""
    again, other = aliased(AgendaItem), aliased(AgendaItem)
    of_last = AgendaItem.meeting_id.in_(recent)
    noted = select(ItemNotes.item_id).where(ItemNotes.text != "")
    of_any = noted.join(other, other.id == ItemNotes.item_id).where(other.meeting_id == Meeting.id)
    concluded = select(Conclusion.id).where(Conclusion.state != DROPPED)
    in_notice = concluded.join(Notice, Notice.id == Conclusion.notice_id).where(Notice.meeting_id == Meeting.id)
    on_it = noted.where(ItemNotes.item_id == AgendaItem.id).exists()
    under_it = in_notice.where(Conclusion.agenda_item_id == AgendaItem.id).exists()
    query = (
        select(
            AgendaItem,
            of_last,
            or_(on_it, under_it),
            or_(of_any.exists(), in_notice.where(Conclusion.agenda_item_id.is_not(None)).exists()),
            in_notice.where(Conclusion.agenda_item_id.is_(None)).exists(),
            func.coalesce(Minutes.text, ""),
        )
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .outerjoin(Minutes, Minutes.meeting_id == Meeting.id)
        .where(
            Meeting.committee_id == meeting.committee_id,
            Meeting.starts_at < meeting.starts_at,
            Meeting.state.in_(OVER),
            AgendaItem.kind == TOPIC,
            AgendaItem.deferred | of_last,
            ~select(again.id).where(again.carried_from_id == AgendaItem.id).exists(),
        )
        .options(joinedload(AgendaItem.meeting), lazyload(AgendaItem.tasks))
        .order_by(Meeting.starts_at, AgendaItem.position)
    )
    return [Candidate(*row) for row in session.execute(query)]


def _open_tasks(item_ids: Iterable[int]) -> dict[int, list[Task]]:
    """Return the open tasks of items: linked by hand, made by a conclusion under the item, or carried on by one."""
    found: dict[int, list[Task]] = defaultdict(list)
    ids = list(item_ids)
    if not ids:
        return found
    linked = (
        select(AgendaTask.item_id.label("item_id"), AgendaTask.task_id.label("task_id"), literal(0).label("way"))
        .where(AgendaTask.item_id.in_(ids))
    )  # fmt: skip
    made = (
        select(Conclusion.agenda_item_id, Task.id, literal(1))
        .join(Task, or_(Task.conclusion_id == Conclusion.id, Task.id == Conclusion.continues_task_id))
        .where(Conclusion.agenda_item_id.in_(ids), Conclusion.state != DROPPED)
    )
    ways = linked.union_all(made).subquery()
    query = select(ways.c.item_id, Task).join(Task, Task.id == ways.c.task_id).where(Task.state.in_(OPEN))
    for item_id, task in session.execute(query.order_by(ways.c.way, Task.id)):
        if task not in found[item_id]:
            found[item_id].append(task)
    return found


def _undiscussed(candidates: Sequence[Candidate]) -> set[int]:
    """Return which items nobody discussed: no notes, no conclusion, and nothing said in the minutes of their meeting.

    Where nothing at all was typed in the room the minutes or the notice were perhaps written elsewhere: then only a
    heading of the minutes with nothing below tells. Of meetings entered from old papers nothing is known.
    """
    of_meeting: dict[int, list[Candidate]] = defaultdict(list)
    for one in candidates:
        if not one.item.meeting.from_old_papers:
            of_meeting[one.item.meeting_id].append(one)
    found = set()
    for own in of_meeting.values():
        titles = [one.item.title for one in own]
        for one in own:
            told = one.typed or not (one.elsewhere or one.text.strip())
            said = one.item.discussed or one.touched or said_under(one.text, one.item.title, titles)
            if not said and (told or said is False):
                found.add(one.item.id)
    return found
