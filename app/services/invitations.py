"""Invitations and password resets: signed links by which a person chooses a password, mailed or handed over.

Where no mail can be sent the administrator is shown the link, once, and hands it over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import select

from app.clock import now
from app.db import session
from app.errors import DomainError
from app.models import Notification, Person, SignedLink
from app.services import logins, signed_links
from app.services.setup_log import record_change
from app.services.signed_links import About, make_link
from app.services.telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterable

INVITE, RESET = signed_links.INVITE, signed_links.RESET
LIFETIMES = {INVITE: timedelta(days=7), RESET: timedelta(hours=1)}
RULES = {INVITE: "account.invited", RESET: "account.reset"}
RESETS_AN_HOUR = 3


@dataclass(frozen=True)
class Handed:
    """A link made for somebody; `url` is there only when it must be handed over in person."""

    person: Person
    url: str | None


def can_mail(person: Person) -> bool:
    """Tell whether a link can reach this person by mail."""
    return bool(current_app.config["SETTINGS"].smtp_host and person.email)


def send_link(person: Person, by: Person | None) -> Handed:
    """Make a link by which a person chooses a password, mail it, or return it to be handed over.

    :raises DomainError: the person has left.
    """
    if not person.active:
        raise DomainError(
            f"Tài khoản của {person.full_name} đang khóa. Hãy mở lại trước khi mời.",
            f"The account of {person.full_name} is closed. Reopen it before inviting.",
        )
    purpose = RESET if person.password_hash else INVITE
    link = _make_link(person, purpose, LIFETIMES[INVITE])
    record_change(person, "link_sent", by, data={"purpose": purpose})
    if not can_mail(person):
        return Handed(person, signed_links.address_of(link))
    _mail(person, link)
    return Handed(person, None)


def send_links(people: Iterable[Person], by: Person) -> list[Handed]:
    """Make links for several people, as `send_link`."""
    return [send_link(person, by) for person in people]


def make_link_by_hand(person: Person) -> str:
    """Make a link and return its address, to be handed over; nothing is mailed."""
    purpose = RESET if person.password_hash else INVITE
    link = _make_link(person, purpose, LIFETIMES[INVITE])
    record_change(person, "link_made", None, data={"purpose": purpose})
    return signed_links.address_of(link) or ""


def ask_reset(name: str) -> None:
    """Mail a reset link to whoever has this log-in name or address; silent for everybody else."""
    person = logins.person_by_login(name)
    if person is None or not person.active or not can_mail(person) or _asked_too_often(person):
        return
    _mail(person, _make_link(person, RESET, LIFETIMES[RESET]))


def _asked_too_often(person: Person) -> bool:
    recent = select(SignedLink.id).where(
        SignedLink.person_id == person.id,
        SignedLink.purpose == RESET,
        SignedLink.made_at > now() - timedelta(hours=1),
    )
    return len(session.scalars(recent).all()) >= RESETS_AN_HOUR


def _make_link(person: Person, purpose: str, lifetime: timedelta) -> SignedLink:
    """Replace the person's open links by a new one."""
    about = About(person.authority_id, Person.__tablename__, person.id, person.id)
    link = make_link(purpose, about, now() + lifetime)
    close_told(person.id)
    return link


def _mail(person: Person, link: SignedLink) -> None:
    tell(
        [person.id],
        authority_id=person.authority_id,
        rule=RULES[link.purpose],
        subject="person",
        subject_id=person.id,
        slot=_slot(link),
        data={"link_id": link.id, "login": person.login, "expires_at": link.expires_at.isoformat()},
        urgent=True,
    )


def _slot(link: SignedLink) -> str:
    return f"link-{link.id}"


def choose_password(link: SignedLink, password: str) -> Person:
    """Set the password of the link's person, end all sessions, spend the link, and return the person.

    :raises DomainError: the link is dead, or the password too short.
    """
    signed_links.use_link(link)
    person = session.get_one(Person, link.subject_id)
    set_password(person, password)
    close_told(person.id)
    return person


def set_password(person: Person, password: str, *, keep: int | None = None) -> None:
    """Give a person a password and end the sessions, but the one to keep.

    :raises DomainError: too short, too long, or the name itself.
    """
    if password.strip().lower() in {person.login.lower(), person.email.lower() or person.login.lower()}:
        raise DomainError(
            "Mật khẩu không được trùng tên đăng nhập hay thư điện tử. Hãy chọn mật khẩu khác.",
            "A password must not be the log-in name or the mail address. Please choose another.",
            field="password",
        )
    person.password_hash = logins.hash_password(password)
    logins.revoke_sessions(person.id, keep=keep)
    record_change(person, "password_set", person, role="self")


def close_told(person_id: int | None = None) -> int:
    """Mark as read what told of links that no longer work, of one person or of all, and return how many; nightly."""
    told = select(Notification).where(Notification.rule.in_(RULES.values()), Notification.read_at.is_(None))
    if person_id is not None:
        told = told.where(Notification.person_id == person_id)
    closed = 0
    for notification in session.scalars(told).all():
        link = session.get(SignedLink, int(notification.slot.removeprefix("link-")))
        if link is None or not signed_links.is_alive(link):
            notification.read_at = now()
            closed += 1
    return closed
