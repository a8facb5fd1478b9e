"""A small invented authority, made through models and services, for any test that needs people and work.

`found_authority(app)` gives the `House`; everything else takes it. Tests talk to the application through `login`
and `post`; they look into the database inside `with app.app_context()`.
"""
# Over 300 lines: one small world, told once for all tests.

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from itsdangerous import URLSafeTimedSerializer

from app.clock import now, start_of
from app.db import session, transaction
from app.models import (
    Authority,
    CalendarDay,
    Committee,
    CoordinatingPart,
    Directive,
    Meeting,
    Membership,
    NumberSeries,
    Office,
    PeriodRule,
    Person,
    Portfolio,
    Task,
    Unit,
    UnitGroup,
)
from app.services import logins
from app.services.due_dates import place_due
from app.services.moves import make_move
from app.text import fold, sort_key
from workflows.meeting import HELD
from workflows.task import DRAFT

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

PASSWORD = "mat-khau-de-thu"
SINCE = date(2024, 1, 1)
CSRF_RAW = "c" * 40

UNITS: tuple[tuple[str, str, str, list[str]], ...] = (
    ("vp", "Văn phòng HĐND và UBND phường", "Văn phòng", ["Văn phòng HĐND&UBND", "Văn phòng phường"]),
    ("vhxh", "Phòng Văn hóa - Xã hội", "P. VHXH", ["Phòng VHXH", "Phòng VH-XH", "Phòng Văn hóa và Xã hội"]),
    ("kt", "Phòng Kinh tế, Hạ tầng và Đô thị", "P. KTHTĐT", ["Phòng Kinh tế"]),
    ("hcc", "Trung tâm Phục vụ hành chính công", "TTPVHCC", ["Trung tâm PVHCC", "Bộ phận một cửa"]),
    ("ca", "Công an phường", "Công an", ["CAP"]),
    ("tyt", "Trạm Y tế phường", "Trạm Y tế", []),
    ("cntt", "Bộ phận CNTT - Văn phòng", "Bộ phận CNTT", ["Bộ phận công nghệ thông tin"]),
)
# login, name, unit, office in the unit
PEOPLE: tuple[tuple[str, str, str, str], ...] = (
    ("chair", "Lê Minh Khôi", "", ""),
    ("deputy", "Phạm Thu Hằng", "", ""),
    ("secretary", "Vũ Ngọc Diệp", "vp", "staff"),
    ("member", "Đỗ Quang Bảo", "", ""),
    ("head_vp", "Ngô Thanh Tùng", "vp", "head"),
    ("head_vhxh", "Hoàng Mai Lan", "vhxh", "head"),
    ("staff_vhxh", "Trịnh Gia Huy", "vhxh", "staff"),
    ("head_kt", "Bùi Đình Phúc", "kt", "head"),
    ("head_hcc", "Đặng Hồng Nhung", "hcc", "head"),
    ("head_ca", "Cao Bá Sơn", "ca", "head"),
    ("head_tyt", "Mai Xuân Thủy", "tyt", "head"),
    ("head_cntt", "Tạ Hữu Nghĩa", "cntt", "head"),
    ("admin", "Quản trị hệ thống", "", ""),
)
SEATS = (
    ("chair", "chair", "Trưởng ban"),
    ("deputy", "deputy", "Phó Trưởng ban"),
    ("secretary", "secretary", "Thư ký"),
    ("member", "member", "Ủy viên"),
)
# Days off and Saturdays worked (the authority's calendar of 2026).
OFF_2026 = (
    (1, 1), (1, 2), (2, 16), (2, 17), (2, 18), (2, 19), (2, 20), (4, 27), (4, 30), (5, 1), (8, 31), (9, 1), (9, 2),
    (11, 24),
)  # fmt: skip
WORKED_2026 = ((1, 10), (8, 22))


@dataclass
class House:
    """The authority's rows by short names; they are detached, so read their plain columns only."""

    authority: Authority
    committee: Committee
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    group: UnitGroup | None = None


@cache
def password_hash() -> str:
    """Return the hash of PASSWORD, made once a process because it is slow on purpose."""
    return logins.hash_password(PASSWORD)


def found_authority(app: Flask, *, profile: str = "state") -> House:
    """Make the authority with units, people, a committee, its seats, number series, period rule and calendar."""
    with app.app_context(), transaction():
        house = _found(profile)
        _seat(house)
        _count_days(house.authority.id)
        session.flush()
        session.expunge_all()
    return house


def _found(profile: str) -> House:  # Over 40 lines: one office, in the order in which it is set up
    authority = Authority(
        name="Ủy ban nhân dân phường Bình Minh",
        short_name="UBND phường Bình Minh",
        superior_name="Ủy ban nhân dân tỉnh An Lạc",
        place="Bình Minh",
    )
    session.add(authority)
    session.flush()
    committee = Committee(
        authority_id=authority.id,
        name="Ban Chỉ đạo Chuyển đổi số phường Bình Minh",
        short_name="Ban Chỉ đạo CĐS",
        symbol="BCĐ",
        profile=profile,
        issuing_body="Ban Chỉ đạo Chuyển đổi số",
        superior_body="UBND phường Bình Minh",
    )
    session.add(committee)
    house = House(authority, committee)
    for position, (key, name, short, aliases) in enumerate(UNITS):
        unit = Unit(
            authority_id=authority.id, name=name, short_name=short, kind="department", aliases=aliases,
            position=position, outside=key == "ca",
        )  # fmt: skip
        house.units[key] = unit
        session.add(unit)
    session.flush()
    house.units["cntt"].parent_id = house.units["vp"].id
    committee.standing_unit_id = house.units["vp"].id
    house.group = UnitGroup(
        authority_id=authority.id,
        name="Các phòng chuyên môn",
        aliases=["các phòng, ban chuyên môn"],
        units=[house.units["vhxh"], house.units["kt"], house.units["hcc"]],
    )
    session.add(house.group)
    for login, name, unit_key, office in PEOPLE:
        house.people[login] = add_person(authority.id, login, name, admin=login == "admin")
        if unit_key:
            hold_office(house.people[login], house.units[unit_key], office)
    session.flush()
    return house


def add_person(authority_id: int, login: str, name: str, *, admin: bool = False) -> Person:
    """Add somebody who can log in; inside an open transaction."""
    person = Person(
        authority_id=authority_id,
        full_name=name,
        sort_key=sort_key(name),
        login=login,
        email=f"{login.replace('_', '.')}@binhminh.example",
        password_hash=password_hash(),
        is_admin=admin,
    )
    session.add(person)
    session.flush()
    return person


def hold_office(person: Person, unit: Unit, kind: str, *, since: date = SINCE) -> None:
    """Give somebody an office in a unit (head, deputy_head, staff, contact); inside an open transaction."""
    session.add(
        Office(authority_id=person.authority_id, person_id=person.id, unit_id=unit.id, kind=kind, from_on=since)
    )


def _seat(house: House) -> None:
    authority_id, committee = house.authority.id, house.committee
    for rank, (login, office, title) in enumerate(SEATS):
        seat = Membership(
            authority_id=authority_id, committee_id=committee.id, person_id=house.people[login].id, office=office,
            title=title, rank=rank, from_on=SINCE,
        )  # fmt: skip
        session.add(seat)
    portfolio = Portfolio(
        authority_id=authority_id, committee_id=committee.id, person_id=house.people["deputy"].id,
        unit_id=house.units["vhxh"].id, from_on=SINCE,
    )  # fmt: skip
    session.add(portfolio)
    session.add(PeriodRule(authority_id=authority_id, committee_id=committee.id, start_day=15, valid_from=SINCE))
    scope = "2025-2030" if committee.profile == "party" else "2026"
    for doc_type in ("TB", "BC"):
        session.add(NumberSeries(authority_id=authority_id, committee_id=committee.id, doc_type=doc_type, scope=scope))


def _count_days(authority_id: int) -> None:
    for days, kind, name in ((OFF_2026, "off", "Nghỉ lễ"), (WORKED_2026, "work", "Làm bù")):
        for month, day in days:
            session.add(CalendarDay(authority_id=authority_id, day=date(2026, month, day), kind=kind, name=name))


def hold_meeting(
    app: Flask, house: House, *, on: date, title: str = "Phiên họp Ban Chỉ đạo", historic: bool = False
) -> int:
    """Make a meeting that was held on a day at 8:00 and return its id."""
    began = start_of(on) + timedelta(hours=8)
    with app.app_context(), transaction():
        meeting = Meeting(
            authority_id=house.authority.id,
            committee_id=house.committee.id,
            state=HELD,
            title=title,
            starts_at=began,
            ends_at=began + timedelta(hours=3),
            held_at=began + timedelta(hours=3),
            historic=historic,
            place="Phòng họp tầng 2",
            presider_id=house.people["chair"].id,
            made_at=now(),
        )
        session.add(meeting)
        session.flush()
        return meeting.id


def assign_task(  # noqa: PLR0913 -- what a test may want to choose of a task, all named
    app: Flask,
    house: House,
    *,
    lead: str = "vhxh",
    due: date | None = None,
    title: str = "Báo cáo kết quả kiểm kê máy tính bảng",
    coordinating: tuple[str, ...] = (),
    **columns: object,
) -> int:
    """Assign a task that a directing document gives, and return its id; it awaits acceptance."""
    with app.app_context(), transaction():
        directive = Directive(
            authority_id=house.authority.id, committee_id=house.committee.id, symbol="45/UBND-VX",
            issued_on=date(2026, 1, 5), issuer="UBND tỉnh An Lạc", subject="Về đẩy mạnh chuyển đổi số", made_at=now(),
        )  # fmt: skip
        session.add(directive)
        session.flush()
        task = Task(
            authority_id=house.authority.id,
            committee_id=house.committee.id,
            directive_id=directive.id,
            state=DRAFT,
            code=f"NV-THU-{directive.id}",
            title=title,
            search_text=fold(title),
            lead_unit_id=house.units[lead].id,
            original_due=due,
            no_due_reason="" if due else "việc thường xuyên",
            last_moved_at=now(),
            made_at=now(),
            **columns,
        )
        place_due(task, due)
        task.coordinating = [
            CoordinatingPart(authority_id=house.authority.id, unit_id=house.units[key].id) for key in coordinating
        ]
        session.add(task)
        session.flush()
        make_move(task, "assign")
        return task.id


def login(client: FlaskClient, person: Person) -> FlaskClient:
    """Log the browser in as a person, as the log-in page would, without its slow password check."""
    with client.application.app_context(), transaction():
        token = logins.open_session(person, "test")
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie["_user_id"] = token
        cookie["_fresh"] = True
        cookie["csrf_token"] = CSRF_RAW
    return client


def browser(app: Flask, person: Person) -> FlaskClient:
    """Return a browser of its own, logged in as a person."""
    return login(app.test_client(), person)


def csrf(client: FlaskClient) -> str:
    """Return the token that a form on a page of this browser holds (after `login`)."""
    key = client.application.config["SECRET_KEY"]
    return URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(CSRF_RAW)


def post(client: FlaskClient, url: str, data: dict[str, Any] | None = None, *, follow: bool = False) -> TestResponse:
    """Send a form as its page would, with the token; with `follow`, go on to the page it leads to."""
    return client.post(url, data={"csrf_token": csrf(client), **(data or {})}, follow_redirects=follow)


def take(
    client: FlaskClient, workflow: str, item_id: int, event: str, data: dict[str, Any] | None = None
) -> TestResponse:
    """Take a move through the one route of all moves."""
    return post(client, f"/moves/{workflow}/{item_id}/{event}", data)


def at_noon(day: date) -> datetime:
    """Return noon in Vietnam on a day, as an instant, for freezing the clock."""
    return start_of(day) + timedelta(hours=12)
