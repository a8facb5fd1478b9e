"""People and the dated offices they hold in units; nobody is deleted, an office only ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from app.clock import today
from app.db import fetch, session
from app.errors import DomainError
from app.models import Delegation, Membership, Office, Person, Portfolio
from app.services import logins
from app.services.setup_log import last_held, record_change
from app.text import fold, sort_key

if TYPE_CHECKING:
    from datetime import date

    from app.models import Unit

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


@dataclass(frozen=True)
class PersonFields:
    """What is written of a person. No ID numbers: only what assigning work needs. An empty login is made up."""

    full_name: str
    login: str = ""
    email: str = ""
    phone: str = ""
    is_admin: bool = False


def save_person(authority_id: int, fields: PersonFields, by: Person | None, person: Person | None = None) -> Person:
    """Write a person, new or known, and return the row.

    :raises DomainError: a log-in name or mail address that another person has, or no administrator would be left.
    """
    login = (fields.login or _login_for(authority_id, fields)).lower()
    _check_login(authority_id, login, person)
    _check_email(authority_id, fields.email, person)
    if person is not None and person.is_admin and not fields.is_admin:
        _check_other_admin(person)
    event, was_admin = ("changed", person.is_admin) if person else ("created", False)
    if person is None:
        person = Person(authority_id=authority_id)
        session.add(person)
    person.full_name, person.sort_key = fields.full_name, sort_key(fields.full_name)
    person.login, person.email, person.phone = login, fields.email, fields.phone
    person.is_admin = fields.is_admin
    data: dict[str, object] = {"login": login}
    if person.is_admin != was_admin:
        data["is_admin"] = person.is_admin
    record_change(person, event, by, data=data)
    return person


def _login_for(authority_id: int, fields: PersonFields) -> str:
    """Return a free log-in name: the mail address' first part, else given name and initials (lan.hm)."""
    words = re.sub(r"[^a-z0-9 ]", "", fold(fields.full_name)).split() or ["nguoi"]
    initials = "".join(word[0] for word in words[:-1])
    wanted = re.sub(r"[^a-z0-9._-]", "", fields.email.partition("@")[0].lower())
    if not _LOGIN.fullmatch(wanted):
        wanted = f"{words[-1]}.{initials}" if initials else f"{words[-1]}.1"
    taken = set(
        session.scalars(
            select(Person.login).where(Person.authority_id == authority_id, Person.login.startswith(wanted))
        )
    )
    numbered = (f"{wanted}{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(name for name in numbered if name not in taken)


def _check_login(authority_id: int, login: str, person: Person | None) -> None:
    if not _LOGIN.fullmatch(login):
        raise DomainError(
            "Tên đăng nhập gồm 2 đến 60 chữ thường không dấu, chữ số, dấu chấm, gạch nối. Hãy sửa lại, ví dụ: lan.hm.",
            "A log-in name has 2 to 60 small letters without marks, digits, dots, hyphens; for example: lan.hm.",
            field="login",
        )
    same = select(Person.full_name).where(Person.authority_id == authority_id, func.lower(Person.login) == login)
    other = session.scalar(same.where(Person.id != person.id) if person else same)
    if other is not None:
        raise DomainError(
            f"Tên đăng nhập «{login}» là của {other}. Hãy chọn tên khác.",
            f"The log-in name “{login}” belongs to {other}. Choose another.",
            field="login",
        )


def _check_email(authority_id: int, email: str, person: Person | None) -> None:
    if not email:
        return
    same = select(Person.full_name).where(
        Person.authority_id == authority_id, func.lower(Person.email) == email.lower(), Person.active
    )
    other = session.scalar(same.where(Person.id != person.id) if person else same)
    if other is not None:
        raise DomainError(
            f"Thư điện tử «{email}» là của {other}. Mỗi người cần địa chỉ riêng; hộp thư chung hãy ghi ở đơn vị.",
            f"The address “{email}” belongs to {other}. Each person needs an own one; a shared box goes to the unit.",
            field="email",
        )


def _check_other_admin(person: Person) -> None:
    others = select(func.count()).where(
        Person.authority_id == person.authority_id, Person.is_admin, Person.active, Person.id != person.id
    )
    if not session.scalar(others):
        raise DomainError(
            "Đây là quản trị duy nhất của cơ quan. Hãy trao quyền quản trị cho một người khác trước.",
            "This is the authority's only administrator. Make somebody else an administrator first.",
            field="is_admin",
        )


def give_office(  # noqa: PLR0913 -- the parts of an office, all named at the call
    person: Person, unit: Unit, kind: str, *, since: date, by: Person | None, title: str = "", until: date | None = None
) -> Office:
    """Give a person a dated office in a unit and return it; `until` is its last day, None while it lasts.

    :raises DomainError: an abolished unit, days in the wrong order, or an office held already in these days.
    """
    if unit.abolished_on is not None:
        raise DomainError(
            f"«{unit.name}» đã kết thúc hoạt động. Hãy chọn đơn vị khác.",
            f"“{unit.name}” was abolished. Choose another unit.",
            field="unit_id",
        )
    check_days(since, until)
    held = select(Office.id).where(
        Office.person_id == person.id,
        Office.unit_id == unit.id,
        Office.kind == kind,
        Office.from_on <= (until or since.max),
        or_(Office.to_on.is_(None), Office.to_on >= since),
    )
    if session.scalar(held.limit(1)) is not None:
        raise DomainError(
            f"{person.full_name} đang giữ vai trò này ở «{unit.name}» trong thời gian đó. Hãy kết thúc vai trò cũ.",
            f"{person.full_name} holds this office in “{unit.name}” in these days already. End that one first.",
            field="unit_id",
        )
    office = Office(
        authority_id=person.authority_id, person_id=person.id, unit_id=unit.id, kind=kind, title=title,
        from_on=since, to_on=until,
    )  # fmt: skip
    session.add(office)
    record_change(office, "given", by, data={"person": person.id, "unit": unit.id, "kind": kind})
    return office


def check_days(since: date, until: date | None) -> None:
    """Refuse an end before its beginning.

    :raises DomainError: `until` is before `since`.
    """
    if until is not None and until < since:
        raise DomainError(
            "Ngày kết thúc đứng trước ngày bắt đầu. Hãy xem lại hai ngày.",
            "The end is before the beginning. Look at both days again.",
            field="to_on",
        )


def end_office(office: Office, on: date, by: Person | None) -> None:
    """Let an office end with its last day `on`.

    :raises DomainError: `on` is before it began.
    """
    check_days(office.from_on, on)
    office.to_on = on
    record_change(office, "ended", by, data={"on": on.isoformat()})


def running_offices(person: Person, day: date) -> list[Office | Membership | Portfolio]:
    """Return what a person holds on a day or later: offices, seats in committees, portfolios."""
    found: list[Office | Membership | Portfolio] = []
    for model in (Office, Membership, Portfolio):
        still = or_(model.to_on.is_(None), model.to_on >= day)
        found += session.scalars(select(model).where(model.person_id == person.id, still))
    return found


def deactivate_person(person: Person, by: Person) -> int:
    """Let somebody leave: no log-in, every office ended, delegations revoked. Return how many offices ended.

    :raises DomainError: oneself, or the only administrator.
    """
    if person.id == by.id:
        raise DomainError(
            "Bạn không thể tự khóa tài khoản của mình. Hãy nhờ một quản trị khác.",
            "You cannot close your own account. Ask another administrator.",
        )
    if person.is_admin:
        _check_other_admin(person)
    day, held = today(), running_offices(person, today())
    for office in held:
        office.to_on = last_held(day, office.from_on)
    for lent in session.scalars(
        select(Delegation).where(
            or_(Delegation.to_person_id == person.id, Delegation.from_person_id == person.id),
            Delegation.revoked_on.is_(None),
        )
    ):
        lent.revoked_on = day
    person.active, person.is_admin = False, False
    logins.revoke_sessions(person.id)
    record_change(person, "deactivated", by, data={"offices": len(held)})
    return len(held)


def reactivate_person(person: Person, by: Person) -> None:
    """Let somebody come back; offices are given anew.

    :raises DomainError: the mail address went to somebody else meanwhile.
    """
    _check_email(person.authority_id, person.email, person)
    person.active = True
    record_change(person, "reactivated", by)


def is_anybody_there() -> bool:
    """Tell whether any person exists; before that the first run is open."""
    return fetch(_ANYBODY, {}).first() is not None


# Of the plain table: the first page of a start is answered before the relations of all models are worked out.
_ANYBODY = select(Person.__table__.c.id).limit(1)
