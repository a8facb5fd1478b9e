"""What earlier meetings left over: put off, discussed by nobody, or with tasks that are still open."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

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

    from app.queries.meetings_before import Before

DEFERRED, UNDISCUSSED, OPEN_TASKS = "deferred", "undiscussed", "open_tasks"
"""Why an item comes back; the first of them that holds is told."""


class LeftOver(NamedTuple):
    """An item that comes back, why, and its open tasks: those linked to it and those its conclusions made."""

    item: AgendaItem
    why: str
    tasks: list[Task]


def left_over(meeting: Meeting, before: Before | None = None) -> list[LeftOver]:
    """Return what comes back: items put off by any earlier meeting, and of the last one what is not at an end.

    The last one is that of the same series, where there is one. What has come back already, in whatever meeting, is
    left out; of two with one title the later one comes.

    :param before: the meetings held before, where the caller has read them.
    """
    nearest = (before or meetings_before(meeting)).nearest
    last_id = nearest.meeting.id if nearest else 0
    items = _candidates(meeting, last_id)
    open_tasks = _open_tasks([item.id for item in items])
    last = [item for item in items if item.meeting_id == last_id]
    untouched = _undiscussed(last) if last and not last[0].meeting.historic else set()
    found: dict[str, LeftOver] = {}
    for item in items:
        tasks = open_tasks[item.id]
        if item.deferred:
            why = DEFERRED
        elif item.id in untouched:
            why = UNDISCUSSED
        elif item.meeting_id == last_id and tasks:
            why = OPEN_TASKS
        else:
            continue
        found[plain_heading(item.title)] = LeftOver(item, why, tasks)
    return list(found.values())


def left_off(meeting: Meeting, before: Before) -> list[LeftOver]:
    """Return what earlier meetings left over and does not stand on the agenda, under whatever reason."""
    there = {plain_heading(item.title) for item in meeting.agenda}
    return [one for one in left_over(meeting, before) if plain_heading(one.item.title) not in there]


def _candidates(meeting: Meeting, last_id: int) -> Sequence[AgendaItem]:
    again = aliased(AgendaItem)
    query = (
        select(AgendaItem)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(
            Meeting.committee_id == meeting.committee_id,
            Meeting.starts_at < meeting.starts_at,
            Meeting.state.in_(OVER),
            AgendaItem.kind == TOPIC,
            AgendaItem.deferred | (AgendaItem.meeting_id == last_id),
            ~select(again.id).where(again.carried_from_id == AgendaItem.id).exists(),
        )
        .options(joinedload(AgendaItem.meeting))
        .order_by(Meeting.starts_at, AgendaItem.position)
    )
    return session.scalars(query).all()


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
    """Return which items of one meeting nobody discussed: no notes, no conclusion, and nothing said in its minutes.

    Where nothing at all was typed in the room the minutes or the notice were perhaps written elsewhere: then only a
    heading of the minutes with nothing below tells.
    """
    meeting_id = items[0].meeting_id
    typed, elsewhere = _typed_in(meeting_id)
    text = session.scalar(select(Minutes.text).where(Minutes.meeting_id == meeting_id)) or ""
    titles = [item.title for item in items]
    found = set()
    for item in items:
        if item.discussed or item.id in typed:
            continue
        said = said_under(text, item.title, titles)
        known = bool(typed) or said is False or not (elsewhere or text.strip())
        if not said and known:
            found.add(item.id)
    return found


def _typed_in(meeting_id: int) -> tuple[set[int], bool]:
    """Return the items with notes or a conclusion, and whether there are conclusions under no item."""
    noted = (
        select(ItemNotes.item_id)
        .join(AgendaItem, AgendaItem.id == ItemNotes.item_id)
        .where(AgendaItem.meeting_id == meeting_id, ItemNotes.text != "")
    )
    concluded = (
        select(Conclusion.agenda_item_id)
        .join(Notice, Notice.id == Conclusion.notice_id)
        .where(Notice.meeting_id == meeting_id, Conclusion.state != DROPPED)
    )
    under = set(session.scalars(noted.union_all(concluded)))
    return {one for one in under if one is not None}, None in under
