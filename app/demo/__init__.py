"""The demo: a believable authority with three months of work, all names invented."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select, update

from app.clock import VIETNAM, now, start_of, telling, today
from app.db import session, transaction
from app.demo import organisation as seeds
from app.demo.cast import Cast, at
from app.demo.story import tell_story
from app.errors import DomainError
from app.factory import create_app
from app.models import (
    Authority,
    Committee,
    Membership,
    Notification,
    NumberSeries,
    Office,
    PeriodRule,
    Person,
    Portfolio,
    Unit,
    UnitGroup,
)
from app.queries.calendars import calendar_of
from app.services.calendar_days import seed_calendar
from app.services.logins import hash_password
from app.services.mail_history import MORNING, write_mail_history
from app.text import sort_key

if TYPE_CHECKING:
    from datetime import date

    from config import Settings

PASSWORD = "demo-don-doc"  # noqa: S105 -- shown on the log-in page of the demo, which listens on this machine alone
FRESH = timedelta(days=3)
STORY = timedelta(days=120)
SHOWN = (
    ("thuky", "Thư ký", "Secretary"),
    ("truongban", "Trưởng ban", "Chair"),
    ("donvi", "Đơn vị", "Unit"),
    ("quantri", "Quản trị", "Administrator"),
)


class DemoLogin(NamedTuple):
    """A log-in to show: name, log-in, password, and what the person is (Vietnamese and English)."""

    name: str
    login: str
    password: str
    role: str


def demo_logins() -> list[DemoLogin]:
    """Return the three people and the administrator whose day a newcomer can live through."""
    names = {person.login: person.name for person in seeds.PEOPLE}
    return [DemoLogin(names[login], login, PASSWORD, f"{vi} ({en})") for login, vi, en in SHOWN]


def seed_demo(settings: Settings) -> list[DemoLogin]:
    """Fill an empty, migrated database with the demo and return the log-ins to show.

    :raises DomainError: the database is not empty.
    """
    with create_app(settings).app_context(), transaction():
        if session.scalar(select(Authority.id).limit(1)) is not None:
            raise DomainError(
                "Cơ sở dữ liệu đã có dữ liệu nên không nạp bản dùng thử. Hãy dùng thư mục dữ liệu khác (DONDOC_VAR).",
                "The database is not empty, so the demo is not loaded. Use another data folder (DONDOC_VAR).",
            )
        day = today()
        founded = day.replace(year=day.year - 1, month=1, day=1)
        with telling(at(founded, 8)):
            cast = _found(founded)
        tell_story(cast, day)
        _mail_the_past(cast, settings.mail_from)
    return demo_logins()


def _found(founded: date) -> Cast:
    name, short, superior, place = seeds.AUTHORITY
    authority = Authority(name=name, short_name=short, superior_name=superior, place=place)
    session.add(authority)
    session.flush()
    seed_calendar(authority)
    units = _units(authority)
    people = _people(authority, units, founded)
    groups = {
        group: UnitGroup(
            authority_id=authority.id, name=group, aliases=[*aliases], units=[units[key] for key in members]
        )
        for group, aliases, members in seeds.GROUPS
    }
    session.add_all(groups.values())
    committees = {seed.key: _committee(authority, seed, people, units, founded) for seed in seeds.COMMITTEES}
    session.flush()
    cast = Cast(people, units, groups, committees, calendar_of(authority.id))
    cast.heads = {
        units[unit].id: people[seed.login]
        for seed in seeds.PEOPLE
        for unit, kind, _title in seed.offices
        if kind == "head"
    }
    return cast


def _units(authority: Authority) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for position, seed in enumerate(seeds.UNITS):
        found[seed.key] = Unit(
            authority_id=authority.id,
            parent_id=found[seed.parent].id if seed.parent else None,
            name=seed.name,
            short_name=seed.short,
            kind=seed.kind,
            aliases=[*seed.aliases],
            outside=seed.outside,
            position=position,
        )
        session.add(found[seed.key])
        session.flush()
    return found


def _people(authority: Authority, units: dict[str, Unit], founded: date) -> dict[str, Person]:
    password = hash_password(PASSWORD)
    found = {}
    for seed in seeds.PEOPLE:
        person = Person(
            authority_id=authority.id,
            full_name=seed.name,
            sort_key=sort_key(seed.name),
            login=seed.login,
            email=f"{seed.login}@hoaludong.example",
            password_hash=password,
            is_admin=seed.admin,
        )
        session.add(person)
        session.flush()
        for unit, kind, title in seed.offices:
            session.add(
                Office(
                    authority_id=authority.id,
                    person_id=person.id,
                    unit_id=units[unit].id,
                    kind=kind,
                    title=title,
                    from_on=founded,
                )
            )
        found[seed.login] = person
    return found


def _committee(
    authority: Authority, seed: seeds.CommitteeSeed, people: dict[str, Person], units: dict[str, Unit], founded: date
) -> Committee:
    committee = Committee(
        authority_id=authority.id,
        name=seed.name,
        short_name=seed.short,
        symbol=seed.symbol,
        kind=seed.kind,
        issuing_body=seed.short,
        superior_body=authority.short_name,
        standing_unit_id=units[seed.standing].id,
        rhythm="Hằng tháng",
    )
    session.add(committee)
    session.flush()
    owned = {"authority_id": authority.id, "committee_id": committee.id}
    for rank, (login, office, title) in enumerate(seed.seats):
        session.add(
            Membership(**owned, person_id=people[login].id, office=office, title=title, rank=rank, from_on=founded)
        )
    for login, keys in seed.portfolios:
        session.add_all(
            Portfolio(**owned, person_id=people[login].id, unit_id=units[key].id, from_on=founded) for key in keys
        )
    session.add(PeriodRule(**owned, start_day=seed.start_day, valid_from=founded))
    for year in (today().year, today().year + 1):
        session.add_all(NumberSeries(**owned, doc_type=kind, scope=str(year)) for kind in ("TB", "BC"))
    return committee


def _mail_the_past(cast: Cast, mail_from: str) -> None:
    """Let the mail of the story be sent already but for the last working day's, and only the last days be unread."""
    session.flush()
    last = cast.calendar.previous_working((now() - MORNING).astimezone(VIETNAM).date())
    days = [last - timedelta(days=back) for back in range(STORY.days, -1, -1)]
    worked = [day for day in days if cast.calendar.is_working(day)]
    write_mail_history(next(iter(cast.committees.values())).authority_id, worked, mail_from)
    old = Notification.made_at < start_of(today()) - FRESH
    # Read as people read: within the hour or by the end of the day, and no two letters at the same minute.
    for letter, made_at in session.execute(select(Notification.id, Notification.made_at).where(old)).all():
        wait = timedelta(minutes=4 + letter * 37 % 211, seconds=letter * 17 % 60)
        session.execute(update(Notification).where(Notification.id == letter).values(read_at=made_at + wait))
