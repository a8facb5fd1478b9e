"""Changes of units that were prepared happen on their day, or as soon as this runs again after it."""

from __future__ import annotations

import logging

from sqlalchemy.exc import OperationalError

from app.clock import today
from app.db import session, transaction
from app.errors import DomainError
from app.queries.planned_changes import due_changes
from app.services.planned_changes import note_fault, note_refusal, take_effect

log = logging.getLogger("dondoc.jobs")


def take_up_changes() -> int:
    """Do what is due, one transaction a change, and return how many were done; what cannot be done is told."""
    ids, done = due_changes(today()), 0
    session.rollback()
    for planned_id in ids:
        try:
            with transaction():
                done += take_effect(planned_id)
        except DomainError as error:
            with transaction():
                note_refusal(planned_id, error)
        except OperationalError:
            # The database did not answer: what is left waits for the next tick, for the order of the days counts.
            raise
        except Exception:
            log.exception("prepared change %s", planned_id)
            with transaction():
                note_fault(planned_id)
    return done
