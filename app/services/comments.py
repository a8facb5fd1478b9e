"""Words beside a task: kept, told to whoever they name, taken back by who said them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.clock import day_of, now
from app.db import session
from app.errors import NotFoundError
from app.models import Comment, Task
from app.queries.task_choices import AROUND, offered_beside
from app.services.telling import tell
from app.text import fold
from workflows.task import TASK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app import access

COMMENTED = "comment.mentioned"
"""The rule under which whoever is named in a comment is told."""


def say(task: Task, text: str, *, actor: access.Actor) -> Comment:
    """Keep a comment and tell the people whom it names with «@Họ và tên», tones and case aside.

    Only people who have to do with the task are found: of its units and of its committee.
    """
    at = now()
    named = mentioned_in(text, offered_beside(task, day_of(at), {AROUND}).around)
    comment = Comment(
        authority_id=task.authority_id,
        task_id=task.id,
        person_id=actor.person.id,
        at=at,
        text=text,
        mentioned=named,
    )
    session.add(comment)
    session.flush()
    tell(
        (person for person in named if person != actor.person.id),
        authority_id=task.authority_id,
        rule=COMMENTED,
        subject=TASK.name,
        subject_id=task.id,
        slot=f"comment-{comment.id}",
        data={"by": actor.person.full_name, "reason": text},
    )
    return comment


def mentioned_in(text: str, people: Sequence[tuple[int, str]]) -> list[int]:
    """Return the ids of the people whom a text names behind an @; the longest name that fits counts."""
    folded, found = fold(text), []
    names = sorted(((fold(name), person) for person, name in people), key=lambda one: -len(one[0]))
    for place in re.finditer("@", folded):
        rest = folded[place.end() :].lstrip()
        person = next((person for name, person in names if re.match(re.escape(name) + r"(?!\w)", rest)), None)
        if person is not None and person not in found:
            found.append(person)
    return found


def withdraw_comment(task: Task, comment_id: int, *, actor: access.Actor) -> None:
    """Take back a comment of one's own.

    :raises NotFoundError: there is no such comment of this person beside the task.
    """
    comment = session.get(Comment, comment_id)
    if comment is None or comment.task_id != task.id or comment.person_id != actor.person.id:
        raise NotFoundError
    comment.withdrawn_at = comment.withdrawn_at or now()
    session.flush()
