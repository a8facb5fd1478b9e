"""Log-in: passwords, throttling, and sessions that the server can revoke."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import bindparam, delete, func, select, update

from app.clock import now, today
from app.db import session
from app.errors import DomainError
from app.models import Authority, LoginAttempt, LoginSession, Notification, Person
from app.models.data_stamp import ORGANISATION, TASKS
from app.queries.stamps import remember_stamps, stamp_of

if TYPE_CHECKING:
    from datetime import datetime

LIFETIME = timedelta(days=30)
WINDOW = timedelta(minutes=15)
TRIES = 8
TRIES_OF_ADDRESS = 50
"""A whole office may sit behind one address."""
MIN_PASSWORD = 10
MAX_PASSWORD = 200
_hasher = PasswordHasher()
# Compared with when nobody has that name, so that the answer takes as long. A hash that no password has, written
# down instead of computed: every start would pay a tenth of a second for it.
_NOBODY = f"$argon2id$v=19$m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}${'A' * 22}${'A' * 43}"


def hash_token(token: str) -> str:
    """Return what is stored of a secret token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password.

    :raises DomainError: too short or too long to be one.
    """
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise DomainError(
            f"Mật khẩu cần từ {MIN_PASSWORD} đến {MAX_PASSWORD} ký tự. Hãy chọn mật khẩu khác.",
            f"A password needs {MIN_PASSWORD} to {MAX_PASSWORD} characters. Please choose another.",
            field="password",
        )
    return _hasher.hash(password)


def check_password(person: Person | None, password: str) -> bool:
    """Tell whether the password is this person's; takes as long for nobody as for somebody."""
    try:
        _hasher.verify((person.password_hash if person else None) or _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return person is not None and person.active and person.password_hash is not None


def person_by_login(login: str) -> Person | None:
    """Return the person with this log-in name or mail address, or None."""
    name = login.strip().lower()
    found = session.scalars(
        select(Person).where((func.lower(Person.login) == name) | (func.lower(Person.email) == name)).limit(2)
    ).all()
    return found[0] if len(found) == 1 else next((p for p in found if p.login.lower() == name), None)


def is_throttled(key: str, tries: int = TRIES) -> bool:
    """Tell whether this name or address was refused too often in the last 15 minutes."""
    count = select(func.count()).where(LoginAttempt.key == key, LoginAttempt.at > now() - WINDOW)
    return (session.scalar(count) or 0) >= tries


def note_refusal(*keys: str) -> None:
    """Remember a refused log-in under its name and address, and forget old ones."""
    session.execute(delete(LoginAttempt).where(LoginAttempt.at < now() - WINDOW))
    session.add_all(LoginAttempt(key=key, at=now()) for key in keys)


def open_session(person: Person, agent: str) -> str:
    """Write a session row and return its secret token."""
    token = secrets.token_urlsafe(32)
    session.add(
        LoginSession(
            token_hash=hash_token(token),
            person_id=person.id,
            made_at=now(),
            seen_on=today(),
            expires_at=now() + LIFETIME,
            agent=agent[:200],
        )
    )
    return token


class Found(NamedTuple):
    """A live session: its id, its person, and what nearly every page needs of both.

    That is the authority's name, how much is unread, and the numbers of the stamps (`queries.stamps`).
    """

    session_id: int
    person: Person
    authority: str
    unread: int
    organisation: int
    tasks: int


def find_session(token: str) -> Found | None:
    """Return the live session of a token with its person, in one query, or None."""
    row = session.execute(_OF_TOKEN, {"token": hash_token(token)}).first()
    if row is None:
        return None
    *parts, revoked_at, expires_at = row
    found = Found._make(parts)
    remember_stamps(found.organisation, found.tasks)
    return found if revoked_at is None and expires_at > now() and found.person.active else None


_UNREAD = (
    select(func.count()).where(Notification.person_id == Person.id, Notification.read_at.is_(None)).correlate(Person)
)
_OF_TOKEN = (
    select(
        LoginSession.id,
        Person,
        Authority.short_name,
        _UNREAD.scalar_subquery(),
        stamp_of(ORGANISATION),
        stamp_of(TASKS),
        LoginSession.revoked_at,
        LoginSession.expires_at,
    )
    .select_from(LoginSession)
    .join(Person, Person.id == LoginSession.person_id)
    .join(Authority, Authority.id == Person.authority_id)
    .where(LoginSession.token_hash == bindparam("token"))
)


def revoke_sessions(person_id: int, *, keep: int | None = None, at: datetime | None = None) -> None:
    """End all sessions of a person but the one to keep."""
    query = update(LoginSession).where(LoginSession.person_id == person_id, LoginSession.revoked_at.is_(None))
    if keep is not None:
        query = query.where(LoginSession.id != keep)
    session.execute(query.values(revoked_at=at or now()))


def revoke_session(session_id: int) -> None:
    """End one session."""
    session.execute(update(LoginSession).where(LoginSession.id == session_id).values(revoked_at=now()))
