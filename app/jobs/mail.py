"""Makes messages of what was told, and delivers what is due."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from flask import current_app

from app.clock import now
from app.db import transaction
from app.errors import DomainError
from app.jobs.authorities import each_authority
from app.mail.carriers import Carrier, NotSentError, carrier_of
from app.mail.letters import NoAddressError, compose
from app.models.ledger import ACCOUNT
from app.services import deliveries
from app.services.delivery_reasons import EXPIRED, NO_ADDRESS, REASONS, told
from app.services.messages import make_digests, make_urgent

if TYPE_CHECKING:
    from app.services.deliveries import Claim
    from config import Settings

LONGEST_RUN = 60.0
"""So many seconds one run delivers before it notes how far it came; the next goes on."""
stopping = threading.Event()
"""Set when the process is asked to end: the mail under way is finished, no other begun."""


def make_messages() -> int:
    """Make the urgent messages and the digests that are due, a batch of people a transaction; return how many."""
    mail_from: str = current_app.config["SETTINGS"].mail_from
    made = 0
    for authority_id in each_authority():
        while True:
            with transaction():
                urgent = make_urgent(authority_id, now(), mail_from)
            made += urgent
            if not urgent:
                break
        last: int | None = 0
        while last is not None:
            with transaction():
                count, last = make_digests(authority_id, now(), mail_from, after_person=last)
            made += count
    return made


def deliver_mail() -> int:
    """Send what is due, one after the other, and return how many went.

    1. claim one and commit, 2. send it, holding no lock, 3. note how it went and commit. Killed between 2 and 3 it is
    sent once more when the lease has run out, with the same Message-ID.

    :raises DomainError: the mail server cannot be used at all; nothing is lost, all waits.
    """
    settings: Settings = current_app.config["SETTINGS"]
    carrier = carrier_of(settings)
    if carrier is None:
        return 0
    lease = current_app.config.get("DELIVERY_LEASE", deliveries.LEASE)
    end, sent = time.monotonic() + LONGEST_RUN, 0
    with carrier:
        while not stopping.is_set() and time.monotonic() < end:
            with transaction():
                claim = deliveries.claim_next(now(), lease)
            if claim is None:
                break
            sent += _deliver(claim, carrier, settings)
    return sent


def _deliver(claim: Claim, carrier: Carrier, settings: Settings) -> int:
    try:
        _send(claim, carrier, settings)
    except NotSentError as error:
        with transaction():
            _note(claim, error)
        if error.then == "hold":
            raise DomainError(*REASONS[error.reason]) from error
        return 0
    with transaction():
        deliveries.mark_sent(claim, now())
    return 1


def _send(claim: Claim, carrier: Carrier, settings: Settings) -> None:
    if claim.kind == ACCOUNT and not claim.secrets:
        raise NotSentError(EXPIRED, "", "never")
    try:
        letter = compose(claim, settings)
    except NoAddressError as error:
        raise NotSentError(NO_ADDRESS, str(error), "never") from error
    carrier.send(letter)


def _note(claim: Claim, error: NotSentError) -> None:
    words = told(error.reason, error.detail)
    if error.then == "never":
        deliveries.mark_failed(claim, words)
    elif error.then == "later":
        deliveries.try_later(claim, now(), words)
    else:
        deliveries.give_back(claim, now(), words)
