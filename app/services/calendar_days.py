"""The authority's working calendar: seeded, proposed, corrected by hand. Issued dates never move with it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.db import session
from app.errors import DomainError
from app.models import Authority, CalendarDay
from app.queries.calendars import forget_calendar
from app.services.setup_log import record_change
from workflows import vietnam_holidays as official

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.models import Person

WEEKEND = 5
FIRST_YEAR, LAST_YEAR = 2020, 2060


def seed_calendar(authority: Authority) -> int:
    """Give a new authority the official days of 2024 to 2026; days it has already stay. Return how many came."""
    known = set(session.scalars(select(CalendarDay.day).where(CalendarDay.authority_id == authority.id)))
    fresh = [
        CalendarDay(authority_id=authority.id, day=day, kind=kind, name=words.vi, official=True)
        for kind, days in (("off", official.OFF), ("work", official.WORKED))
        for day, words in days.items()
        if day not in known
    ]
    session.add_all(fresh)
    session.flush()
    forget_calendar(authority.id)
    return len(fresh)


def expected_days(year: int) -> Mapping[date, str]:
    """Return the weekdays off that the law makes likely in a year, with their names; no government plan behind it."""
    import holidays  # noqa: PLC0415 -- slow to load, wanted once a year

    found = holidays.country_holidays("VN", years=year, language="vi")
    return {day: name for day, name in sorted(found.items()) if day.weekday() < WEEKEND}


def propose_year(authority: Authority, year: int, by: Person | None) -> int:
    """Fill a year that has no official plan with the days the law makes likely, marked provisional; return how many.

    :raises DomainError: a year out of reach, or one that holds official days already.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DomainError(
            f"Chỉ lập lịch được cho các năm {FIRST_YEAR} đến {LAST_YEAR}.",
            f"A calendar can be made for the years {FIRST_YEAR} to {LAST_YEAR}.",
            field="year",
        )
    held = {row.day: row for row in days_of(authority.id, year)}
    if any(row.official for row in held.values()):
        raise DomainError(
            f"Năm {year} đã có ngày nghỉ chính thức. Hãy thêm, sửa từng ngày theo thông báo.",
            f"{year} has official days already. Add or change single days by the notice.",
        )
    fresh = [
        CalendarDay(authority_id=authority.id, day=day, kind="off", name=name, official=False)
        for day, name in expected_days(year).items()
        if day not in held
    ]
    session.add_all(fresh)
    _changed(authority, "calendar_proposed", by, {"year": year, "days": len(fresh)})
    return len(fresh)


def confirm_year(authority: Authority, year: int, by: Person) -> None:
    """Say that a year's days are those of the government's notice: no longer provisional.

    :raises DomainError: the year is empty.
    """
    days = days_of(authority.id, year)
    if not days:
        raise DomainError(
            f"Lịch năm {year} còn trống. Hãy lập lịch tạm tính hoặc thêm từng ngày trước.",
            f"The calendar of {year} is empty. Propose it or add days first.",
        )
    for row in days:
        row.official = True
    _changed(authority, "calendar_confirmed", by, {"year": year, "days": len(days)})


def save_day(authority: Authority, day: date, kind: str, name: str, *, by: Person) -> CalendarDay:
    """Say that a day differs from the week's rule: off, or worked; it is official where its year is.

    :raises DomainError: a weekend said to be off or a weekday said to be worked, which the week's rule says already.
    """
    weekend = day.weekday() >= WEEKEND
    if (kind == "off") == weekend:
        vi = "là thứ Bảy hoặc Chủ nhật, vốn đã nghỉ" if weekend else "là ngày thường, vốn đã làm việc"
        en = "is a weekend and off anyway" if weekend else "is a weekday and worked anyway"
        raise DomainError(
            f"Ngày {day:%d/%m/%Y} {vi}. Chỉ ghi ngày thường được nghỉ hoặc ngày cuối tuần đi làm.",
            f"{day:%d/%m/%Y} {en}. Enter only weekdays off and weekend days worked.",
            field="day",
        )
    row = session.scalar(select(CalendarDay).where(CalendarDay.authority_id == authority.id, CalendarDay.day == day))
    if row is None:
        row = CalendarDay(authority_id=authority.id, day=day, official=not is_provisional(authority.id, day.year))
        session.add(row)
    row.kind, row.name = kind, name
    _changed(authority, "calendar_day_set", by, {"day": day.isoformat(), "kind": kind, "name": name})
    return row


def remove_day(authority: Authority, row: CalendarDay, by: Person) -> None:
    """Let a day follow the week's rule again."""
    session.delete(row)
    _changed(authority, "calendar_day_removed", by, {"day": row.day.isoformat(), "kind": row.kind, "name": row.name})


def days_of(authority_id: int, year: int) -> list[CalendarDay]:
    """Return the days of a year that differ from the week's rule, in order."""
    first, last = _ends(year)
    query = select(CalendarDay).where(CalendarDay.authority_id == authority_id, CalendarDay.day.between(first, last))
    return list(session.scalars(query.order_by(CalendarDay.day)))


def is_provisional(authority_id: int, year: int) -> bool:
    """Tell whether a year has no official days: empty, or proposed by calculation only ("tạm tính")."""
    first, last = _ends(year)
    count = select(func.count()).where(
        CalendarDay.authority_id == authority_id, CalendarDay.official, CalendarDay.day.between(first, last)
    )
    return not session.scalar(count)


def _ends(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _changed(authority: Authority, event: str, by: Person | None, data: dict[str, object]) -> None:
    record_change(authority, event, by, data=data)
    forget_calendar(authority.id)
