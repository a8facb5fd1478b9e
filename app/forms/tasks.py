"""How a list of tasks is asked for in an address."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.forms.fields import day_fault, parse_day
from app.queries.task_list import MAX_PAGE, SORTS, TaskFilter
from app.queries.task_statuses import AMONG_COMPLETED, STATUSES, TIMES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

MAX_ID = 2**31
PRIORITIES = ("normal", "high", "urgent")
MAX_QUERY = 200
MAX_COLUMNS = 40
DAYS = ("due-from", "due-to", "assigned-from", "assigned-to", "completed-from", "completed-to")


def read_filter(args: Mapping[str, str], today: date) -> TaskFilter:
    """Return the filter that an address asks for; what cannot be read is left out, never an error."""
    time, priority = args.get("time", ""), args.get("priority", "")
    time = time if time in TIMES else ""
    # Asked for how completed tasks were completed, the list of open ones would always be empty.
    status = args.get("status", "all" if time in AMONG_COMPLETED else "open")
    return TaskFilter(
        status=status if status in STATUSES else "open",
        time=time,
        committee=_id(args, "committee"),
        unit=_id(args, "unit"),
        part=_id(args, "part"),
        owner=_id(args, "owner"),
        notice=_id(args, "notice"),
        directive=_id(args, "directive"),
        meeting=_id(args, "meeting"),
        due_from=_day(args, "due-from", today),
        due_to=_day(args, "due-to", today),
        assigned_from=_past_day(args, "assigned-from", today),
        assigned_to=_past_day(args, "assigned-to", today),
        completed_from=_past_day(args, "completed-from", today),
        completed_to=_past_day(args, "completed-to", today),
        helped="1" if args.get("helped") == "1" else "",
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


def unread_days(args: Mapping[str, str], today: date) -> list[str]:
    """Return why what was typed where a day is wanted gives none, so that the page can say that it does not count."""
    return [day_fault(args[name]) for name in DAYS if args.get(name) and parse_day(args[name], today) is None]


def read_columns(args: Mapping[str, str]) -> list[str]:
    """Return the names of columns asked for, as they came; empty where none is."""
    return [name for name in args.get("columns", "").split(",") if name][:MAX_COLUMNS]


def _past_day(args: Mapping[str, str], name: str, today: date) -> date | None:
    """Return a day that lies behind: typed without a year it is the last such day."""
    return _day(args, name, today - timedelta(days=364))


def _day(args: Mapping[str, str], name: str, today: date) -> date | None:
    text = args.get(name, "")
    return parse_day(text, today) if text else None
