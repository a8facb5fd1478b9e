"""Invitations and password resets: a link that works once, for a while, and whose secret does not outlive it.

The database keeps the SHA-256 of a link's token. The token itself stands in exactly one place, the notification from
which the mail is made (`data["link"]`), and is blanked there as soon as the link was used, replaced or has expired.
Where no mail can be sent the link is never stored at all: the administrator hands it over.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import or_, select, update

from app.clock import now
from app.db import session
from app.errors import DomainError, NotFoundError
from app.models import Notification, OneTimeLink, Person
from app.services import logins
from app.services.setup_log import record_change
from app.services.telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterable

INVITE, RESET = "invite", "reset"
LIFETIMES = {INVITE: timedelta(days=7), RESET: timedelta(hours=1)}
RULES = {INVITE: "account.invited", RESET: "account.reset"}
RESETS_AN_HOUR = 3


class DeadLinkError(DomainError):
    """The link was used, replaced, or its time is over."""

    status = 410

    def __init__(self) -> None:
        """Say how to get a new one."""
        super().__init__(
            "Liên kết này đã dùng hoặc đã hết hạn. Hãy bấm «Quên mật khẩu» ở trang đăng nhập, "
            "hoặc nhờ quản trị của cơ quan gửi liên kết mới.",
            "This link was used or has expired. Choose “Forgot password” on the log-in page, "
            "or ask your administrator for a new one.",
        )


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
    url, link = _make_link(person, purpose, LIFETIMES[INVITE])
    record_change(person, "link_sent", by, data={"purpose": purpose})
    if not can_mail(person):
        return Handed(person, url)
    _mail(person, link, url)
    return Handed(person, None)


def send_links(people: Iterable[Person], by: Person) -> list[Handed]:
    """Make links for several people, as `send_link`."""
    return [send_link(person, by) for person in people]


def make_link_by_hand(person: Person) -> str:
    """Make a link and return its address, to be handed over; nothing is mailed."""
    purpose = RESET if person.password_hash else INVITE
    url, _link = _make_link(person, purpose, LIFETIMES[INVITE])
    record_change(person, "link_made", None, data={"purpose": purpose})
    return url


def ask_reset(name: str) -> None:
    """Mail a reset link to whoever has this log-in name or address; silent for everybody else."""
    person = logins.person_by_login(name)
    if person is None or not person.active or not can_mail(person) or _asked_too_often(person):
        return
    url, link = _make_link(person, RESET, LIFETIMES[RESET])
    _mail(person, link, url)


def _asked_too_often(person: Person) -> bool:
    recent = select(OneTimeLink.id).where(
        OneTimeLink.person_id == person.id,
        OneTimeLink.purpose == RESET,
        OneTimeLink.made_at > now() - timedelta(hours=1),
    )
    return len(session.scalars(recent).all()) >= RESETS_AN_HOUR


def _make_link(person: Person, purpose: str, lifetime: timedelta) -> tuple[str, OneTimeLink]:
    """Replace the person's open links by a new one and return its address with its row."""
    at, token = now(), secrets.token_urlsafe(32)
    session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > at)
        .values(expires_at=at)
    )
    link = OneTimeLink(
        authority_id=person.authority_id, person_id=person.id, purpose=purpose, token_hash=logins.hash_token(token),
        made_at=at, expires_at=at + lifetime,
    )  # fmt: skip
    session.add(link)
    session.flush()
    forget_secrets(person.id)
    url = f"{current_app.config['SETTINGS'].base_url}/links/{token}"
    return url, link


def _mail(person: Person, link: OneTimeLink, url: str) -> None:
    tell(
        [person.id],
        authority_id=person.authority_id,
        rule=RULES[link.purpose],
        subject="person",
        subject_id=person.id,
        slot=_slot(link),
        data={"link": url, "login": person.login, "expires_at": link.expires_at.isoformat()},
        urgent=True,
    )


def _slot(link: OneTimeLink) -> str:
    return f"link-{link.id}"


def find_link(token: str) -> OneTimeLink:
    """Return the link of a token; looking changes nothing.

    :raises NotFoundError: there never was such a link.
    :raises DeadLinkError: it was used, replaced, or has expired, or the person has left.
    """
    link = session.scalars(select(OneTimeLink).where(OneTimeLink.token_hash == logins.hash_token(token))).first()
    if link is None:
        raise NotFoundError
    if link.used_at is not None or link.expires_at <= now() or not link.person.active:
        raise DeadLinkError
    return link


def use_link(token: str, password: str) -> Person:
    """Set the password of the link's person, end all sessions, spend the link, and return the person.

    :raises DomainError: the link is dead, or the password too short.
    """
    link = find_link(token)
    spent = update(OneTimeLink).where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None)).values(used_at=now())
    if session.connection().execute(spent).rowcount != 1:
        raise DeadLinkError
    session.refresh(link)
    set_password(link.person, password)
    forget_secrets(link.person_id)
    return link.person


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


def forget_secrets(person_id: int | None = None) -> int:
    """Blank links that can no longer be used, of one person or of all, and return how many; a nightly job calls it."""
    dead = select(OneTimeLink).where(or_(OneTimeLink.used_at.is_not(None), OneTimeLink.expires_at <= now()))
    if person_id is not None:
        dead = dead.where(OneTimeLink.person_id == person_id)
    slots = [_slot(link) for link in session.scalars(dead)]
    told = select(Notification).where(Notification.rule.in_(RULES.values()), Notification.slot.in_(slots))
    blanked = 0
    for notification in session.scalars(told):
        notification.read_at = notification.read_at or now()
        if "link" in notification.data:
            notification.data = {name: value for name, value in notification.data.items() if name != "link"}
            blanked += 1
    return blanked
