"""The only place that asks what time it is."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return this instant, aware, in UTC; inside `telling` the one that is told."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def telling(instant: datetime) -> Iterator[None]:
    """Let everything inside happen at an instant of the past, as the demo's story and old papers need."""
    token = _told.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)


def today() -> date:
    """Return today's date in Asia/Ho_Chi_Minh."""
    return now().astimezone(VIETNAM).date()


def local(instant: datetime) -> datetime:
    """Return an aware instant as Vietnamese wall time."""
    return instant.astimezone(VIETNAM)


def day_of(instant: datetime) -> date:
    """Return the Vietnamese calendar day on which an aware instant falls."""
    return local(instant).date()


def start_of(day: date) -> datetime:
    """Return the instant (UTC) at which a Vietnamese calendar day begins: 00:00 there."""
    return datetime(day.year, day.month, day.day, tzinfo=VIETNAM).astimezone(UTC)
