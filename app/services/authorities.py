"""The first step of all: an authority with its calendar and its administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.errors import DomainError
from app.models import Authority
from app.services.calendar_days import seed_calendar
from app.services.invitations import set_password
from app.services.people import PersonFields, is_anybody_there, save_person
from app.services.setup_log import record_change

if TYPE_CHECKING:
    from app.models import Person


def the_authority() -> Authority | None:
    """Return the installation's authority (the first one), None before it was founded."""
    return session.scalars(select(Authority).order_by(Authority.id).limit(1)).first()


def found_authority(name: str, short_name: str = "") -> Authority:
    """Make an authority with the official calendar of 2024 to 2026 and return it."""
    authority = Authority(name=name, short_name=short_name or name)
    session.add(authority)
    record_change(authority, "founded", None, data={"name": name})
    seed_calendar(authority)
    return authority


def take_first_steps(authority_name: str, fields: PersonFields, password: str) -> Person:
    """Found the authority and its administrator in one go and return the latter.

    :raises DomainError: somebody exists already, or the password is too short.
    """
    if is_anybody_there():
        raise DomainError(
            "Hệ thống đã có người dùng. Hãy đăng nhập; quản trị sẽ mời những người khác.",
            "There are users already. Log in; the administrator invites the others.",
        )
    person = save_person((the_authority() or found_authority(authority_name)).id, fields, None)
    set_password(person, password)
    return person


def save_authority(  # noqa: PLR0913 -- the authority's own columns, all named at the call
    authority: Authority, *, name: str, short_name: str, superior_name: str, place: str, by: Person
) -> None:
    """Write how the authority names itself on its papers (Decree 30/2020, annex I: boxes 2 and 4)."""
    authority.name, authority.short_name = name, short_name or name
    authority.superior_name, authority.place = superior_name, place
    record_change(authority, "changed", by, data={"name": name})
