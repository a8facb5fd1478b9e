"""The only place that asks what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return datetime.now(UTC)


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
