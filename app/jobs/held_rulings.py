"""Rulings take effect when their moment has passed, whether or not the page that gave them is still open."""

from __future__ import annotations

from app.db import session, transaction
from app.errors import DomainError
from app.queries.held_rulings import due_rulings
from app.services.held_rulings import carry_out, note_refusal


def carry_out_rulings() -> int:
    """Carry out what is due, one transaction a ruling, and return how many took effect."""
    ids, done = due_rulings(), 0
    session.rollback()
    for held_id in ids:
        try:
            with transaction():
                done += carry_out(held_id)
        except DomainError as error:
            with transaction():
                note_refusal(held_id, error)
    return done
