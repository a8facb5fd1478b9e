"""A message as a mail: plain text and HTML, in the reader's language, with its lasting Message-ID."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING, Any

from flask import current_app
from flask_babel import force_locale, gettext

from app.clock import day_of, local
from app.mail.calendar_entries import add_entry, entry_of
from app.mail.calls import call_of
from app.mail.links import home, link_to
from app.mail.wording import INVITED, sections_of, subject_of
from app.models.ledger import ACCOUNT, CALL

if TYPE_CHECKING:
    from app.services.deliveries import Claim
    from config import Settings


class NoAddressError(ValueError):
    """What stands where the mail address should be is none."""


def compose(claim: Claim, settings: Settings) -> EmailMessage:
    """Return the mail of a claimed delivery.

    :raises NoAddressError: the person's mail address cannot be one.
    """
    with force_locale(claim.language):
        letter = EmailMessage(policy=SMTP)
        subject = subject_of(claim.kind, claim.data, claim.name, day_of(claim.made_at))
        letter["Subject"] = " ".join(subject.split())
        letter["From"] = _address(gettext("Đôn đốc – %(authority)s", authority=claim.authority), settings.mail_from)
        letter["To"] = _address(claim.name, claim.address)
        letter["Date"] = format_datetime(local(claim.made_at))
        letter["Message-ID"] = claim.message_header
        letter["Auto-Submitted"] = "auto-generated"
        letter["X-Auto-Response-Suppress"] = "All"
        page = {ACCOUNT: "account", CALL: "call"}.get(claim.kind, "message")
        context = _context(claim)
        letter.set_content(_render(f"emails/{page}.txt", context))
        letter.add_alternative(_render(f"emails/{page}.html", context), subtype="html")
        if claim.kind == CALL:
            add_entry(letter, _entry(claim, settings), claim.data["lines"][0]["method"])
        letter["Content-Language"] = claim.language  # last: content headers set earlier go to the first body
    return letter


def _entry(claim: Claim, settings: Settings) -> bytes:
    line = claim.data["lines"][0]
    page = link_to(line["subject"], line["id"])
    said = [str(line[name]) for name in ("reason", "agenda", "online") if line.get(name)]
    return entry_of(
        line,
        address=parseaddr(claim.address)[1],
        name=claim.name,
        sender=parseaddr(settings.mail_from)[1],
        description="\n\n".join([*said, page]),
        url=page,
    )


def _address(name: str, address: str) -> Address:
    _, bare = parseaddr(address)
    try:
        return Address(" ".join(name.split()), addr_spec=bare)
    except (ValueError, IndexError) as error:  # the parser's own ways of saying no
        raise NoAddressError(address) from error


def _context(claim: Claim) -> dict[str, Any]:
    first = claim.data["lines"][0]
    expires = first.get("expires_at")
    return {
        "name": claim.name,
        "authority": claim.authority,
        "kind": claim.kind,
        "language": claim.language,
        "made_at": claim.made_at,
        "home": home(),
        "sections": [] if claim.kind == ACCOUNT else sections_of(claim.data),
        "invited": first["rule"] == INVITED,
        "login": first.get("login", ""),
        "link": claim.secrets.get("link", ""),
        "expires_at": datetime.fromisoformat(expires) if isinstance(expires, str) else None,
        "call": call_of(first) if claim.kind == CALL else None,
    }


def _render(name: str, context: dict[str, Any]) -> str:
    """Render without the context processors of pages, which want a request."""
    return current_app.jinja_env.get_template(name).render(context)
