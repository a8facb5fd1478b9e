"""A meeting as an entry for calendars (RFC 5545, 5546): the same UID for ever, a higher SEQUENCE with each call."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from icalendar import STATUS, Calendar, Event, vCalAddress

from app.clock import local

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import EmailMessage

CANCEL = "CANCEL"
NAME = "cuoc-hop.ics"
SINCE = date(2000, 1, 1)
"""From then on calendars are told how clocks go here."""


def entry_of(  # noqa: PLR0913 -- what an entry says beside its line, all named at the call
    line: Mapping[str, Any], *, address: str, name: str, sender: str, description: str, url: str
) -> bytes:
    """Return the entry that a call's line describes, for one person invited.

    :param sender: the bare mail address that stands as organiser; nobody reads answers there, so none is asked for.
    """
    called_off = line["method"] == CANCEL
    event = Event.new(
        uid=line["uid"],
        sequence=line["sequence"],
        stamp=datetime.fromisoformat(line["called_at"]),
        start=local(datetime.fromisoformat(line["starts_at"])),
        end=local(datetime.fromisoformat(line["ends_at"])),
        summary=line["title"],
        location=line.get("place") or line.get("online") or None,
        description=description or None,
        organizer=vCalAddress.new(sender, cn=line["committee"]),
        attendees=[vCalAddress.new(address, cn=name, role="REQ-PARTICIPANT", partstat="NEEDS-ACTION", rsvp=False)],
        url=url,
        status=STATUS.CANCELLED if called_off else STATUS.CONFIRMED,
    )
    calendar = Calendar.new(method=line["method"], prodid="-//Don doc//vi", uid=line["uid"], subcomponents=[event])
    calendar.add_missing_timezones(first_date=SINCE)
    entry: bytes = calendar.to_ical()
    return entry


def add_entry(letter: EmailMessage, entry: bytes, method: str) -> None:
    """Add the entry to a letter twice: for programs that understand invitations, and as a file to open."""
    letter.add_alternative(entry.decode(), subtype="calendar", params={"method": method})
    letter.add_attachment(entry, maintype="application", subtype="ics", filename=NAME)
