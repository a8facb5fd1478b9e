"""A reading as plain data and as JSON, in the shape that `read --json` prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.reading.model import Reading, ReadItem


def as_json(reading: Reading) -> str:
    """Return the reading as JSON: ISO dates, null where the text does not say."""
    return json.dumps(as_data(reading), ensure_ascii=False, indent=2)


def as_data(reading: Reading) -> dict[str, Any]:
    """Return the reading as plain data, in the shape the JSON has."""
    meeting = reading.meeting
    return {
        "meeting": {
            "title": meeting.title,
            "date": meeting.date.isoformat() if meeting.date else None,
            "chair": meeting.chair,
            "location": meeting.location,
        },
        "items": [_item_data(item) for item in reading.items],
    }


def _item_data(item: ReadItem) -> dict[str, Any]:
    return {
        "section": item.section,
        "text": item.text,
        "kind": item.kind.value,
        "lead": item.lead.words if item.lead else None,
        "coordinating": [named.words for named in item.coordinating],
        "due": item.due.isoformat() if item.due else None,
        "due_text": item.due_text,
        "recurrence": item.recurrence.value if item.recurrence else None,
    }
