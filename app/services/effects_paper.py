"""What follows from the moves that minutes, notices and reports share: locking the text, keeping the signed copy."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from app.models import Minutes, Notice
from app.services.attaching import attach_files, note_attached
from app.services.moves import Move, handles
from app.services.paper_numbers import number_minutes
from workflows import effects as then

if TYPE_CHECKING:
    from app.models import Person


@handles(then.LOCK_TEXT)
def lock_text(move: Move) -> None:
    """Keep the digest of approved minutes; a notice's or report's was kept when it was signed."""
    if isinstance(move.item, Minutes):
        author = move.author
        move.item.digest = hashlib.sha256(move.item.text.encode()).hexdigest()
        move.item.approved_at = move.at
        move.item.approved_by_id = author.id if author else None
        number_minutes(move.item, move.today, author)


@handles(then.KEEP_OFFICIAL_COPY)
def keep_official_copy(move: Move) -> None:
    """Keep the signed scan or signed PDF as the official copy, with how and when it was sent."""
    person: Person | None = move.actor.person if move.actor else None
    copies = [int(file_id) for file_id in move.given.get("copy") or []]
    if person is None:
        return
    if copies:
        where = move.subject.workflow.name
        attached = attach_files(copies, subject=where, subject_id=move.item.id, role="signed_copy", person=person)
        note_attached(move, "copy", attached)
        copies = attached.file_ids
    if isinstance(move.item, Notice) and copies:
        move.item.signed_copy_id = copies[-1]
        move.item.sent_through = str(move.given.get("sent_through") or "")
        move.item.sent_on = move.given.get("sent_on")
