"""Signed links: the one way to let somebody act without logging in.

Each has one purpose and one subject, expires, can be revoked, and is logged in a chain of its own. The token is an
HMAC of the row's nonce under the installation's key: it is made again whenever a mail is written, and stands nowhere;
the database keeps its SHA-256. Looking at a link changes nothing: only what its page sends does.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import select, update

from app.clock import now
from app.db import session
from app.errors import DomainError, NotFoundError, Sentence
from app.models import SignedLink
from app.services import logins
from app.services.history import write_event

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Select

INVITE, RESET, ANSWER = "invite", "reset", "answer"
ACTS_OF_LINK = 30
"""So many acts on one link in 15 minutes are more than a person needs."""


@dataclass(frozen=True)
class Purpose:
    """What links of a kind are for: whether the first use spends them, and whom to ask for another."""

    once: bool
    ask: Sentence


_PASSWORD = Purpose(
    once=True,
    ask=Sentence(
        "Hãy bấm «Quên mật khẩu» ở trang đăng nhập, hoặc nhờ quản trị của cơ quan gửi liên kết mới.",
        "Choose “Forgot password” on the log-in page, or ask your administrator for a new one.",
    ),
)
PURPOSES: Mapping[str, Purpose] = {
    INVITE: _PASSWORD,
    RESET: _PASSWORD,
    ANSWER: Purpose(
        once=False,
        ask=Sentence(
            "Hãy xem thư mời họp mới nhất, hoặc liên hệ thư ký cuộc họp.",
            "See the latest invitation, or get in touch with the meeting's secretary.",
        ),
    ),
}
"""Every purpose; its page registers with `app.views.signed_links.opens`."""


class DeadLinkError(DomainError):
    """The link was used, withdrawn, or its time is over."""

    status = 410

    def __init__(self, link: SignedLink) -> None:
        """Say which of them, and whom to ask."""
        if link.revoked_at is not None or (link.person is not None and not link.person.active):
            why = Sentence("Liên kết này đã được thu hồi hoặc thay bằng liên kết mới.", "This link was withdrawn.")
        elif PURPOSES[link.purpose].once and link.used_at is not None:
            why = Sentence("Liên kết này đã dùng rồi.", "This link has been used already.")
        else:
            why = Sentence("Liên kết này đã hết hạn.", "This link has expired.")
        ask = PURPOSES[link.purpose].ask
        super().__init__(f"{why.vi} {ask.vi}", f"{why.en} {ask.en}")


class TooOftenError(DomainError):
    """Too many tries from one address, or on one link."""

    status = 429

    def __init__(self) -> None:
        """Ask for patience."""
        super().__init__(
            "Đã thử quá nhiều lần. Hãy chờ 15 phút rồi thử lại.", "Too many tries. Wait 15 minutes, then try again."
        )


@dataclass(frozen=True)
class About:
    """What a link is about, and whose it is (None: a guest without an account)."""

    authority_id: int
    subject: str
    subject_id: int
    person_id: int | None


def make_link(purpose: str, about: About, expires_at: datetime) -> SignedLink:
    """Make a link that replaces every open one about the same subject."""
    revoke_links(about.subject, about.subject_id)
    nonce = secrets.token_hex(16)
    link = SignedLink(
        **vars(about), purpose=purpose, nonce=nonce, token_hash=logins.hash_token(_token(nonce)),
        made_at=now(), expires_at=expires_at,
    )  # fmt: skip
    session.add(link)
    session.flush()
    _log(link, "made")
    return link


def keep_link(purpose: str, about: About, expires_at: datetime) -> SignedLink:
    """Return the subject's open link, which from now on expires then, or make it."""
    open_ones = session.scalars(_open(about.subject, about.subject_id).where(SignedLink.purpose == purpose)).all()
    found = next((link for link in open_ones if address_of(link)), None)
    if found is None:
        return make_link(purpose, about, expires_at)
    found.expires_at = expires_at
    return found


def _open(subject: str, subject_id: int) -> Select[SignedLink]:
    return select(SignedLink).where(
        SignedLink.subject == subject,
        SignedLink.subject_id == subject_id,
        SignedLink.revoked_at.is_(None),
        SignedLink.expires_at > now(),
    )


def revoke_links(subject: str, subject_id: int) -> int:
    """Revoke what is open about a subject, and return how many."""
    links = [link for link in session.scalars(_open(subject, subject_id)) if is_alive(link)]
    for link in links:
        link.revoked_at = now()
        _log(link, "revoked")
    return len(links)


def address_of(link: SignedLink) -> str | None:
    """Return the address of a link, to be mailed or handed over; None when it was made under another key."""
    token = _token(link.nonce)
    if not hmac.compare_digest(logins.hash_token(token), link.token_hash):
        return None
    return f"{current_app.config['SETTINGS'].base_url}/links/{token}"


def _token(nonce: str) -> str:
    key: str = current_app.config["SETTINGS"].secret_key
    digest = hmac.digest(key.encode(), f"signed-link {nonce}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def is_alive(link: SignedLink) -> bool:
    """Tell whether a link can still be acted on."""
    spent = PURPOSES[link.purpose].once and link.used_at is not None
    left = link.person is not None and not link.person.active
    return not spent and not left and link.revoked_at is None and link.expires_at > now()


def find_link(token: str) -> SignedLink:
    """Return the link of a token; looking changes nothing.

    :raises NotFoundError: there never was such a link.
    :raises DeadLinkError: it was used, revoked, or has expired, or the person has left.
    """
    link = session.scalars(select(SignedLink).where(SignedLink.token_hash == logins.hash_token(token))).first()
    if link is None or link.purpose not in PURPOSES:
        raise NotFoundError
    if not is_alive(link):
        raise DeadLinkError(link)
    return link


def use_link(link: SignedLink) -> None:
    """Note that a link was acted on; one that works once is spent: of two who come at once, one gets it.

    :raises DeadLinkError: it was spent a moment ago.
    """
    once = PURPOSES[link.purpose].once
    spent = update(SignedLink).where(SignedLink.id == link.id, SignedLink.revoked_at.is_(None))
    if once:
        spent = spent.where(SignedLink.used_at.is_(None))
    taken = session.connection().execute(spent.values(used_at=now())).rowcount == 1
    session.refresh(link)
    if not taken:
        raise DeadLinkError(link)
    _log(link, "used")


def check_pace(address: str) -> None:
    """Refuse who has tried wrong links too often, before anything is read.

    :raises TooOftenError: more than 50 in 15 minutes from this address.
    """
    if logins.is_throttled(f"link:{address}", logins.TRIES_OF_ADDRESS):
        raise TooOftenError


def note_wrong(address: str) -> None:
    """Remember that somebody tried a link that never was."""
    logins.note_refusal(f"link:{address}")


def note_act(link: SignedLink) -> None:
    """Remember an act on a link.

    :raises TooOftenError: more than 30 on this link in 15 minutes.
    """
    if logins.is_throttled(f"link-{link.id}", ACTS_OF_LINK):
        raise TooOftenError
    logins.note_refusal(f"link-{link.id}")


def _log(link: SignedLink, event: str) -> None:
    write_event(
        authority_id=link.authority_id, subject=SignedLink.__tablename__, subject_id=link.id, event=event,
        from_state=None, to_state=event, at=now(), role="system", actor_id=link.person_id if event == "used" else None,
        data={"purpose": link.purpose, "about": f"{link.subject}-{link.subject_id}"},
    )  # fmt: skip
