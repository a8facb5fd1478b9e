"""The agenda of a meeting: its items, their order, and what stands on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.errors import DomainError
from app.models import AgendaItem, Attachment
from app.queries.agenda import papers_of, role_of, task_by_code
from app.queries.agenda_left_over import LeftOver, left_over
from app.queries.minutes_headings import plain_heading
from app.services.attaching import attach_files
from app.services.files import store_file
from app.services.meetings import check_open
from app.services.room_order import leave_item
from workflows.meeting import AHEAD, MEETING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from app.errors import Sentence
    from app.models import Meeting, Person


def add_item(meeting: Meeting, title: str, presenter: str, minutes: int | None) -> AgendaItem:
    """Add an item at the end of the agenda."""
    check_open(meeting)
    position = max((item.position for item in meeting.agenda), default=0) + 1
    item = AgendaItem(
        authority_id=meeting.authority_id, position=position, title=title, presenter=presenter, minutes=minutes
    )
    meeting.agenda.append(item)
    session.flush()
    return item


def change_item(meeting: Meeting, item: AgendaItem, title: str, presenter: str, minutes: int | None) -> None:
    """Change the words of an agenda item."""
    check_open(meeting)
    item.title, item.presenter, item.minutes = title, presenter, minutes


def move_item(meeting: Meeting, item: AgendaItem, step: int) -> None:
    """Move an item one place up (-1) or down (+1); the status of earlier conclusions stays first."""
    check_open(meeting)
    items = sorted(meeting.agenda, key=lambda one: one.position)
    index = items.index(item)
    other = index + step
    if 0 <= other < len(items) and items[other].kind != "status" and item.kind != "status":
        items[index], items[other] = items[other], items[index]
        _renumber(items)


def place_item(meeting: Meeting, item: AgendaItem, position: int) -> None:
    """Put an item at a place counted from 1; the status of earlier conclusions stays first, beyond the end is last."""
    check_open(meeting)
    others = [one for one in sorted(meeting.agenda, key=lambda one: one.position) if one is not item]
    first = 1 if others and others[0].kind == "status" else 0
    others.insert(max(first, position - 1), item)
    _renumber(others)


def remove_item(meeting: Meeting, item: AgendaItem, *, with_proposal: bool = False) -> None:
    """Take an item off the agenda; the status of earlier conclusions stays.

    :param with_proposal: a move of the proposal that it holds asks for it, so that the proposal knows.
    :raises DomainError: the item is that one, holds a proposal or what was typed in the room, or the file is closed.
    """
    check_open(meeting)
    if item.proposal_id and not with_proposal:
        raise DomainError(
            "Nội dung này là một tờ trình. Hãy mở tờ trình và bấm «Rút khỏi chương trình họp».",
            "This item is a proposal. Open the proposal and take it off the agenda there.",
        )
    if item.kind == "status":
        raise DomainError(
            "Nội dung đầu tiên luôn là tình hình thực hiện các kết luận trước nên không bỏ được.",
            "The first item is always the status of earlier conclusions and stays.",
        )
    leave_item(item)
    for later in session.scalars(select(AgendaItem).where(AgendaItem.carried_from_id == item.id)):
        later.carried_from_id = None
    for paper in papers_of(meeting.id)[role_of(item.id)]:
        session.delete(paper)
    meeting.agenda.remove(item)
    session.flush()
    _renumber(sorted(meeting.agenda, key=lambda one: one.position))


def defer_item(meeting: Meeting, item: AgendaItem, *, deferred: bool) -> None:
    """Note that an item was not reached and comes back in the next meeting, or that it was discussed after all.

    :raises DomainError: the meeting has not begun, or its file is closed.
    """
    check_open(meeting)
    if meeting.state in AHEAD or item.kind == "status":
        raise DomainError(
            "Cuộc họp chưa bắt đầu. Nếu không bàn nội dung này, hãy bỏ nó khỏi chương trình.",
            "The meeting has not begun. Take the item off the agenda if it will not be discussed.",
        )
    item.deferred, item.discussed = deferred, not deferred


def link_task(item: AgendaItem, typed: str) -> None:
    """Link a task of the committee, named by its code.

    :raises DomainError: the committee has no such task.
    """
    task = task_by_code(item.meeting.committee_id, typed)
    if task is None:
        raise DomainError(
            f"Ban không có nhiệm vụ nào mang mã «{typed}». Hãy chọn từ danh sách gợi ý.",
            f"The committee has no task with the code “{typed}”. Choose one from the list.",
            field="task",
        )
    if task not in item.tasks:
        item.tasks.append(task)


def unlink_task(item: AgendaItem, task_id: int) -> None:
    """Take a task off the item."""
    item.tasks = [task for task in item.tasks if task.id != task_id]


def add_paper(item: AgendaItem, stream: BinaryIO, name: str, person: Person) -> list[Sentence]:
    """Attach a paper to the item; return a hint where it was there already.

    :raises DomainError: the file is not taken (see `store_file`).
    """
    kept = store_file(stream, name, person)
    where, role = item.meeting_id, role_of(item.id)
    return attach_files([kept.id], subject=MEETING.name, subject_id=where, role=role, person=person).hints


def remove_paper(item: AgendaItem, attachment_id: int) -> None:
    """Take a paper off the item; the file itself stays in the store."""
    attachment = session.get(Attachment, attachment_id)
    if attachment and (attachment.subject, attachment.role) == (MEETING.name, role_of(item.id)):
        session.delete(attachment)


def carry_over(meeting: Meeting) -> int:
    """Put onto the agenda what earlier meetings left over, with its papers and tasks; return how many items.

    An item of the same title that stands there already is that one: it is told where it comes from, not put twice.
    """
    check_open(meeting)
    left = left_over(meeting)
    there = {plain_heading(item.title): item for item in meeting.agenda}
    added = 0
    for one in left:
        same = there.get(plain_heading(one.item.title))
        if same is None:
            old = one.item
            same = add_item(meeting, old.title, old.presenter, old.minutes)
            same.proposal_id = old.proposal_id
            added += 1
        if same.carried_from_id is None:
            _continue(same, one)
    session.flush()
    return added


def recognise(item: AgendaItem) -> None:
    """Tell an item that was written by hand where it comes from, where an earlier meeting left it over."""
    wanted = plain_heading(item.title)
    found = next((one for one in left_over(item.meeting) if plain_heading(one.item.title) == wanted), None)
    if found and item.carried_from_id is None and not item.meeting.historic:
        _continue(item, found)


def _continue(item: AgendaItem, left: LeftOver) -> None:
    """Let an item go on with what an earlier one left: its tasks and papers, and why it came."""
    old = left.item
    item.carried_from_id, item.carried_why = old.id, left.why
    item.tasks = list(dict.fromkeys([*item.tasks, *old.tasks, *left.tasks]))
    for paper in papers_of(old.meeting_id)[role_of(old.id)]:
        session.add(
            Attachment(
                authority_id=item.authority_id, subject=MEETING.name, subject_id=item.meeting_id,
                role=role_of(item.id), file_id=paper.file_id, person_id=paper.person_id, at=paper.at,
            )
        )  # fmt: skip


def _renumber(items: Sequence[AgendaItem]) -> None:
    # Two steps, because no two items may share a place even for a moment.
    for offset in (10_000, 0):
        for position, item in enumerate(items, start=1):
            item.position = position + offset
        session.flush()
