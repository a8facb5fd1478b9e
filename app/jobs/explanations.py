"""Lets the days pass by which explanations were asked for."""

from __future__ import annotations

from sqlalchemy import select

from app.clock import today
from app.db import session, transaction
from app.errors import DomainError
from app.jobs.authorities import each_authority
from app.models import Explanation
from app.queries.facts import explanation_facts
from app.services.moves import make_move
from workflows.explanation import ASKED


def expire_explanations() -> int:
    """Mark what was not explained by its day; one transaction each. Returns how many those were."""
    day, expired = today(), 0
    for authority_id in each_authority():
        late = select(Explanation.id).where(
            Explanation.authority_id == authority_id, Explanation.state == ASKED, Explanation.answer_by < day
        )
        ids = session.scalars(late.order_by(Explanation.id)).all()
        session.rollback()
        expired += sum(_expire(one) for one in ids)
    return expired


def _expire(explanation_id: int) -> int:
    """Mark one request if it still waits, and return 1 if it did."""
    try:
        with transaction():
            found = session.get(Explanation, explanation_id, with_for_update=True, populate_existing=True)
            if found is None or found.state != ASKED:
                return 0
            # Of a task that was withdrawn meanwhile nothing is left to explain.
            make_move(found, "expire" if explanation_facts(found).task_stands else "withdraw")
    except DomainError:  # the unit was quicker
        return 0
    return 1
