"""How a list of tasks is asked for in an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.forms.fields import parse_day
from app.queries.task_list import MAX_PAGE, SORTS, TaskFilter
from app.queries.task_statuses import STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

MAX_ID = 2**31
PRIORITIES = ("normal", "high", "urgent")
MAX_QUERY = 200


def read_filter(args: Mapping[str, str], today: date) -> TaskFilter:
    """Return the filter that an address asks for; what cannot be read is left out, never an error."""
    status = args.get("status", "open")
    priority = args.get("priority", "")
    return TaskFilter(
        status=status if status in STATUSES else "open",
        committee=_id(args, "committee"),
        unit=_id(args, "unit"),
        part=_id(args, "part"),
        owner=_id(args, "owner"),
        notice=_id(args, "notice"),
        meeting=_id(args, "meeting"),
        due_from=_day(args, "due-from", today),
        due_to=_day(args, "due-to", today),
        assigned_to=_day(args, "assigned-to", today),
        completed_from=_day(args, "completed-from", today),
        priority=priority if priority in PRIORITIES else "",
        q=args.get("q", "").strip()[:MAX_QUERY],
    )


def read_sort(args: Mapping[str, str]) -> str:
    """Return the sort asked for: a column's name, with "-" before it when descending."""
    sort = args.get("sort", "due")
    return sort if sort.removeprefix("-") in SORTS else "due"


def read_page(args: Mapping[str, str]) -> int:
    """Return the page asked for, at least 1."""
    text = args.get("page", "1")
    return min(max(int(text), 1), MAX_PAGE) if text.isdecimal() and len(text) < len(str(MAX_ID)) else 1


def _id(args: Mapping[str, str], name: str) -> int | None:
    text = args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < len(str(MAX_ID)) else None


def _day(args: Mapping[str, str], name: str, today: date) -> date | None:
    text = args.get(name, "")
    return parse_day(text, today) if text else None
