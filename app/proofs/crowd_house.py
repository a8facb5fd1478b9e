"""The invented authority of the proofs with a crowd: units with many heads, their tasks, notices ready to be issued."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from argon2 import PasswordHasher

from app.access import Actor
from app.clock import now, today
from app.db import session, transaction
from app.models import Authority, Committee, Membership, NumberSeries, Office, PeriodRule, Person, Unit
from app.queries.standing import standing_of
from app.services.directives import assign_from_directive, record_directive
from app.services.meetings import Plan, plan_meeting
from app.services.moves import make_move
from app.services.notices import compose_notice
from app.services.task_orders import Order
from app.text import sort_key

if TYPE_CHECKING:
    from app.models import Notice

PASSWORD = "thu-nghiem-dong-nguoi"
SINCE = date(2024, 1, 1)
AHEAD = timedelta(days=7)
CHAIR, SECRETARY = "truongban", "thuky"


@dataclass
class House:
    """What the crowd needs to know: log-ins of heads and ids of tasks by unit, signed notices, a meeting, a draft."""

    heads: dict[int, list[str]] = field(default_factory=dict)
    tasks: dict[int, list[int]] = field(default_factory=dict)
    notices: list[int] = field(default_factory=list)
    meeting: int = 0
    clause: int = 0


def found(*, units: int, heads: int, tasks: int, notices: int) -> House:
    """Make the authority, each unit with so many heads and tasks under way; in an application context.

    The password is hashed cheaply: the crowd logs in through the page, and what is proved is not the hash.
    """
    house = House()
    secret = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with transaction():
        authority = Authority(name="Ủy ban nhân dân phường Đông Người", short_name="UBND phường Đông Người")
        session.add(authority)
        session.flush()
        committee = _committee(authority)
        chair, secretary = (_person(authority, login, secret) for login in (CHAIR, SECRETARY))
        for person, office in ((chair, "chair"), (secretary, "secretary")):
            session.add(Membership(**_of(committee), person_id=person.id, office=office, from_on=SINCE))
        session.flush()
        desk = Actor(secretary, standing_of(secretary, today()))
        for number in range(units):
            _unit(house, committee, number, [_person(authority, f"truong{number}-{n}", secret) for n in range(heads)])
        _assign(house, committee, tasks, desk)
        chief = Actor(chair, standing_of(chair, today()))
        house.notices = [_signed(committee, desk, chief).id for _ in range(notices)]
        if notices:
            house.meeting = _planned(committee, chair, secretary)
            house.clause = _drafted(committee, secretary).conclusions[0].id
    return house


def _of(committee: Committee) -> dict[str, int]:
    return {"authority_id": committee.authority_id, "committee_id": committee.id}


def _committee(authority: Authority) -> Committee:
    committee = Committee(authority_id=authority.id, name="Ban Chỉ đạo Thử nghiệm", short_name="BCĐ", symbol="BCĐ")
    session.add(committee)
    session.flush()
    session.add(PeriodRule(**_of(committee), start_day=15, valid_from=SINCE))
    session.add(NumberSeries(**_of(committee), doc_type="TB", scope=str(today().year)))
    return committee


def _person(authority: Authority, login: str, secret: str) -> Person:
    name = f"Người {login}"
    person = Person(
        authority_id=authority.id, full_name=name, sort_key=sort_key(name), login=login, password_hash=secret,
        email=f"{login}@dongnguoi.example",
    )  # fmt: skip
    session.add(person)
    session.flush()
    return person


def _unit(house: House, committee: Committee, number: int, heads: list[Person]) -> None:
    unit = Unit(
        authority_id=committee.authority_id, name=f"Phòng Thử nghiệm {number}", short_name=f"P. TN{number}",
        kind="department", position=number,
    )  # fmt: skip
    session.add(unit)
    session.flush()
    for head in heads:
        session.add(
            Office(authority_id=unit.authority_id, person_id=head.id, unit_id=unit.id, kind="head", from_on=SINCE)
        )
    house.heads[unit.id] = [head.login for head in heads]


def _assign(house: House, committee: Committee, tasks: int, desk: Actor) -> None:
    """Give each unit its tasks from a directing document, and let it accept them."""
    directive = record_directive(
        committee, symbol="12/CT-UBND", issued_on=SINCE, issuer="UBND tỉnh", subject="Về thử nghiệm đông người"
    )
    due = today().replace(year=today().year + 1, month=12, day=31)
    for unit, heads in house.heads.items():
        orders = [Order(f"Rà soát số liệu nhóm {n}", unit, due_on=due) for n in range(tasks)]
        made = assign_from_directive(directive, orders, desk)
        head = session.query(Person).filter_by(login=heads[0]).one()
        session.flush()
        for task in made:
            make_move(task, "accept", actor=Actor(head, standing_of(head, today())))
        house.tasks[unit] = [task.id for task in made]


def _drafted(committee: Committee, secretary: Person) -> Notice:
    """Return a draft notice of one clause."""
    text = f"1. Giao Phòng Thử nghiệm 0 báo cáo kết quả trước ngày 31/12/{today().year + 1}."
    return compose_notice(committee, text, secretary)


def _signed(committee: Committee, desk: Actor, chief: Actor) -> Notice:
    notice = _drafted(committee, desk.person)
    for clause in notice.conclusions:
        clause.reviewed = True
    make_move(notice, "submit", actor=desk)
    make_move(notice, "sign", actor=chief)
    return notice


def _planned(committee: Committee, chair: Person, secretary: Person) -> int:
    """Plan a meeting whose minutes nobody has begun, and return its id."""
    plan = Plan("Phiên họp thử nghiệm", now() + AHEAD, None, "", "", chair.id)
    return plan_meeting(committee, plan, secretary).id
