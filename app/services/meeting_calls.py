"""Calls to a meeting: each person invited gets a letter with an entry for the calendar and a link to answer.

The entry keeps one UID for ever; each call raises its SEQUENCE, so that calendars move it instead of adding another.
What the letter says is written down with the notification, so that a second try of the same mail says the same.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import current_app

from app.models.ledger import CALLS
from app.queries.paper_numbers import invitation_of
from app.services.moves import make_move
from app.services.signed_links import ANSWER, About, address_of, keep_link, revoke_links
from app.services.telling import tell
from workflows.invitation import CLOSED, INVITATION
from workflows.meeting import MEETING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.models import Attendance, Meeting, SignedLink

REQUEST, CANCEL = "REQUEST", "CANCEL"
USUAL_LENGTH = timedelta(hours=2)
"""How long a meeting is in calendars whose end nobody typed."""


def open_call(meeting: Meeting, at: datetime) -> None:
    """Begin a new call: the entry in calendars goes one step up."""
    if not meeting.calendar_uid:
        domain = current_app.config["SETTINGS"].mail_from.rpartition("@")[2].strip(" >") or "localhost"
        meeting.calendar_uid = f"{uuid.uuid4()}@{domain}"
    elif meeting.called_at is not None:
        meeting.calendar_sequence += 1
    meeting.called_at = at


def ask_again(meeting: Meeting) -> None:
    """Take back what was answered to an earlier call: another day is another question."""
    for row in meeting.attendances:
        if row.state in CLOSED:
            make_move(row, "ask_again")


def send_call(  # noqa: PLR0913 -- the parts of a letter, all named at the call
    meeting: Meeting,
    rows: Iterable[Attendance],
    *,
    event: str,
    method: str,
    slot: str,
    reason: str = "",
    by: str = "",
) -> None:
    """Tell each of these invited people, with a link of their own; called off, their links end."""
    entry = _entry(meeting, method)
    for row in rows:
        link = None
        if method == REQUEST:
            link = answer_link(row)
        else:
            revoke_links(INVITATION.name, row.id)
        if row.person_id:
            said = {**entry, "reason": reason, "by": by, "link_id": link.id if link else 0}
            _tell(meeting, row.person_id, event, f"{slot}-{row.id}", said)
        if row.deputy_id:
            send_deputy_call(row, slot=f"{slot}-{row.id}-deputy", event=event, method=method, reason=reason)


def send_deputy_call(
    row: Attendance, *, slot: str, event: str = "convene", method: str = REQUEST, reason: str = ""
) -> None:
    """Tell the deputy of somebody invited; a deputy has no answer to give."""
    if row.deputy_id:
        said = {**_entry(row.meeting, method), "reason": reason, "by": row.name, "instead_of": row.name}
        _tell(row.meeting, row.deputy_id, event, slot, said)


def _tell(meeting: Meeting, person_id: int, event: str, slot: str, said: dict[str, Any]) -> None:
    rule = f"{MEETING.name}.{event}"
    assert rule in CALLS, rule  # noqa: S101 -- a call that no letter knows is a fault of this module
    tell(
        [person_id],
        authority_id=meeting.authority_id,
        rule=rule,
        subject=MEETING.name,
        subject_id=meeting.id,
        slot=slot,
        data={name: value for name, value in said.items() if value not in ("", 0)} | {"sequence": said["sequence"]},
        urgent=bool(meeting.urgent_reason),
    )


def answer_link(row: Attendance) -> SignedLink:
    """Return the link by which somebody answers until the meeting begins."""
    about = About(row.authority_id, INVITATION.name, row.id, row.person_id)
    return keep_link(ANSWER, about, row.meeting.starts_at)


def hand_link(row: Attendance) -> str:
    """Return the address of that link, to be handed over by the secretary to whom no mail reaches."""
    return address_of(answer_link(row)) or ""


def _entry(meeting: Meeting, method: str) -> dict[str, Any]:
    """Return what the letter and the calendar say of the meeting; instants as ISO texts in UTC."""
    paper = invitation_of(meeting.id)
    ends_at = meeting.ends_at or meeting.starts_at + USUAL_LENGTH
    return {
        "method": method,
        "uid": meeting.calendar_uid,
        "sequence": meeting.calendar_sequence,
        "called_at": meeting.called_at.isoformat() if meeting.called_at else "",
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": ends_at.isoformat(),
        "place": meeting.place,
        "online": meeting.link,
        "committee": meeting.committee.name,
        "presider": meeting.presided_by,
        "agenda": "\n".join(item.title for item in meeting.agenda),
        "urgent_reason": meeting.urgent_reason,
        "urgency": paper.urgency if paper else "",
    }
