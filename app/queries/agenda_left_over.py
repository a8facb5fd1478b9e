"""What earlier meetings left over: put off, discussed by nobody, or with tasks that are still open."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, joinedload

from app.db import session
from app.models import AgendaItem, Conclusion, ItemNotes, Meeting, Minutes, Notice, Task
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
    items, recent = _candidates(meeting, _recent(meeting, nearest.meeting))
    open_tasks = _open_tasks([item.id for item in items])
    untouched = _undiscussed([item for item in items if item.meeting_id in recent])
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


def _candidates(meeting: Meeting, recent: Select[int]) -> tuple[list[AgendaItem], set[int]]:
    """Return what earlier meetings put off and all topics of the last ones, and which meetings are those."""
    again = aliased(AgendaItem)
    of_last = AgendaItem.meeting_id.in_(recent)
    query = (
        select(AgendaItem, of_last.label("of_last"))
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            Meeting.committee_id == meeting.committee_id,
            Meeting.starts_at < meeting.starts_at,
            Meeting.state.in_(OVER),
            AgendaItem.kind == TOPIC,
            AgendaItem.deferred | of_last,
            ~select(again.id).where(again.carried_from_id == AgendaItem.id).exists(),
        )
        .options(joinedload(AgendaItem.meeting))
        .order_by(Meeting.starts_at, AgendaItem.position)
    )
    rows = session.execute(query).all()
    return [row[0] for row in rows], {row[0].meeting_id for row in rows if row[1]}


def _open_tasks(item_ids: Iterable[int]) -> dict[int, list[Task]]:
    """Return the open tasks of items: linked by hand, made by a conclusion under the item, or carried on by one."""
    found: dict[int, list[Task]] = defaultdict(list)
    ids = list(item_ids)
    if not ids:
        return found
    linked = select(AgendaItem.id, Task).join(AgendaItem.tasks)
    made = select(Conclusion.agenda_item_id, Task).join(
        Task, or_(Task.conclusion_id == Conclusion.id, Task.id == Conclusion.continues_task_id)
    )
    of_linked = linked.where(AgendaItem.id.in_(ids), Task.state.in_(OPEN))
    of_made = made.where(Conclusion.agenda_item_id.in_(ids), Conclusion.state != DROPPED, Task.state.in_(OPEN))
    for query in (of_linked, of_made):
        for item_id, task in session.execute(query.order_by(Task.id)):
            if item_id is not None and task not in found[item_id]:
                found[item_id].append(task)
    return found


def _undiscussed(items: Sequence[AgendaItem]) -> set[int]:
    """Return which items nobody discussed: no notes, no conclusion, and nothing said in the minutes of their meeting.

    Where nothing at all was typed in the room the minutes or the notice were perhaps written elsewhere: then only a
    heading of the minutes with nothing below tells. Of meetings entered from old papers nothing is known.
    """
    of_meeting: dict[int, list[AgendaItem]] = defaultdict(list)
    for item in items:
        if not item.meeting.from_old_papers:
            of_meeting[item.meeting_id].append(item)
    if not of_meeting:
        return set()
    typed, elsewhere = _typed_in(list(of_meeting))
    read = select(Minutes.meeting_id, Minutes.text).where(Minutes.meeting_id.in_(of_meeting))
    texts = {row.meeting_id: row.text for row in session.execute(read)}
    found = set()
    for meeting_id, own in of_meeting.items():
        text, titles = texts.get(meeting_id, ""), [item.title for item in own]
        told = bool(typed[meeting_id]) or not (meeting_id in elsewhere or text.strip())
        for item in own:
            said = item.discussed or item.id in typed[meeting_id] or said_under(text, item.title, titles)
            if not said and (told or said is False):
                found.add(item.id)
    return found


def _typed_in(meeting_ids: Sequence[int]) -> tuple[dict[int, set[int]], set[int]]:
    """Return by meeting the items with notes or a conclusion, and the meetings with conclusions under no item."""
    noted = (
        select(AgendaItem.meeting_id, ItemNotes.item_id)
        .join(AgendaItem, AgendaItem.id == ItemNotes.item_id)
        .where(AgendaItem.meeting_id.in_(meeting_ids), ItemNotes.text != "")
    )
    concluded = (
        select(Notice.meeting_id, Conclusion.agenda_item_id)
        .join(Notice, Notice.id == Conclusion.notice_id)
        .where(Notice.meeting_id.in_(meeting_ids), Conclusion.state != DROPPED)
    )
    under: dict[int, set[int]] = defaultdict(set)
    elsewhere = set()
    rows: Sequence[Any] = session.execute(noted.union_all(concluded)).all()
    for meeting_id, item_id in rows:
        if item_id is None:
            elsewhere.add(meeting_id)
        else:
            under[meeting_id].add(item_id)
    return under, elsewhere
