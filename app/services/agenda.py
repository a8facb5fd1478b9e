"""The agenda of a meeting: its items, their order, and what stands on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.db import session
from app.errors import DomainError
from app.models import AgendaItem
from app.services.meetings import check_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.models import Meeting


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


def remove_item(meeting: Meeting, item: AgendaItem) -> None:
    """Take an item off the agenda; the status of earlier conclusions stays.

    :raises DomainError: the item is that one, or the meeting's file is closed.
    """
    check_open(meeting)
    if item.kind == "status":
        raise DomainError(
            "Nội dung đầu tiên luôn là tình hình thực hiện các kết luận trước nên không bỏ được.",
            "The first item is always the status of earlier conclusions and stays.",
        )
    meeting.agenda.remove(item)
    session.flush()
    _renumber(sorted(meeting.agenda, key=lambda one: one.position))


def _renumber(items: Sequence[AgendaItem]) -> None:
    # Two steps, because no two items may share a place even for a moment.
    for offset in (10_000, 0):
        for position, item in enumerate(items, start=1):
            item.position = position + offset
        session.flush()
