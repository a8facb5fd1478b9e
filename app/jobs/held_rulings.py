"""Rulings take effect when their moment has passed, whether or not the page that gave them is still open."""

from __future__ import annotations

import logging

from sqlalchemy.exc import OperationalError

from app.db import session, transaction
from app.errors import DomainError
from app.queries.held_rulings import due_rulings
from app.services.held_rulings import carry_out, note_fault, note_refusal

log = logging.getLogger("dondoc.jobs")


def carry_out_rulings() -> int:
    """Carry out what is due, each by itself in a transaction of its own, and return how many took effect."""
    ids, done = due_rulings(), 0
    session.rollback()
    for held_id in ids:
        try:
            with transaction():
                done += carry_out(held_id)
        except DomainError as error:
            with transaction():
                note_refusal(held_id, error)
        except OperationalError as error:
            # The database did not answer: the ruling still waits, the next tick tries it again.
            log.warning("ruling %s: %s", held_id, error.orig)
        except Exception as error:
            log.exception("ruling %s", held_id)
            with transaction():
                note_fault(held_id, error)
    return done
