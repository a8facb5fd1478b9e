"""What an invitation says of its meeting: as it is planned now, or as the last call that went out said it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.text import fold

if TYPE_CHECKING:
    from app.models import Attendance, InvitationPaper, Meeting


@dataclass(frozen=True)
class Call:
    """The words of a call. `starts_at` in UTC; `agenda`: title and presenter; `invited`: name and office.

    `presider` is the name with the office, `presider_id` the account where there is one.
    """

    title: str
    starts_at: datetime
    hour_known: bool
    place: str
    link: str
    presider: str
    presider_id: int | None
    urgent_reason: str
    agenda: tuple[tuple[str, str], ...]
    invited: tuple[tuple[str, str], ...]


def planned_call(meeting: Meeting) -> Call:
    """Return what a call would say now; whoever presides invites and is not among the invited."""
    return Call(
        title=meeting.title,
        starts_at=meeting.starts_at,
        hour_known=meeting.hour_known,
        place=meeting.place,
        link=meeting.link,
        presider=presider_words(meeting),
        presider_id=meeting.presider_id,
        urgent_reason=meeting.urgent_reason,
        agenda=tuple((item.title, item.presenter) for item in sorted(meeting.agenda, key=lambda one: one.position)),
        invited=tuple((row.name, row.title) for row in meeting.attendances if not presides(row, meeting)),
    )


def sent_call(paper: InvitationPaper | None) -> Call | None:
    """Return what the last call said, None before the first."""
    if paper is None or paper.sent is None:
        return None
    said = dict(paper.sent)
    for name in ("agenda", "invited"):
        said[name] = tuple((first, second) for first, second in said[name])
    return Call(**said | {"starts_at": datetime.fromisoformat(said["starts_at"])})


def written(call: Call) -> dict[str, Any]:
    """Return a call as it is kept: the instant as an ISO text in UTC."""
    return {**asdict(call), "starts_at": call.starts_at.isoformat()}


def presides(row: Attendance, meeting: Meeting) -> bool:
    """Tell whether an invited person is the one who presides, by account or, for a guest, by name."""
    if row.person_id and meeting.presider_id:
        return row.person_id == meeting.presider_id
    return bool(meeting.presided_by) and fold(row.name) == fold(meeting.presided_by)


def presider_words(meeting: Meeting) -> str:
    """Return who presides, with the office; dots where nobody is named."""
    rows = (row.title for row in meeting.attendances if presides(row, meeting))
    title = meeting.presider_title or next(rows, "")
    return f"{meeting.presided_by or '……'}{f', {title}' if title else ''}"
