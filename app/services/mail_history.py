"""The mail of days gone by, written as if it had been sent: for a demo, whose story nobody was mailed about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update

from app.clock import start_of, telling
from app.db import session
from app.models import Delivery
from app.models.ledger import PENDING, SENT
from app.services.messages import DIGEST_TIMES, make_digests, make_urgent
from app.services.reminding import plan_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

REMINDED = 10
"""So many days at the end have reminders; earlier ones would speak of what is done since, and keep silent."""
MORNING = timedelta(hours=DIGEST_TIMES[0].hour, minutes=DIGEST_TIMES[0].minute)


def write_mail_history(authority_id: int, days: Sequence[date], mail_from: str) -> None:
    """Write each working day's messages as sent that morning; the last days' reminders, too; the last mail is to go.

    In the caller's transaction. `days` in order; what was told must have been told already, at its own moment.
    """
    for number, day in enumerate(days, start=1):
        morning = start_of(day) + MORNING
        with telling(morning):
            if number > len(days) - REMINDED:
                plan_day(authority_id, morning)
            _make_all(authority_id, morning, mail_from)
        if number < len(days):
            _call_sent(authority_id, morning + timedelta(minutes=1))


def _make_all(authority_id: int, morning: datetime, mail_from: str) -> None:
    while make_urgent(authority_id, morning, mail_from):
        pass
    last: int | None = 0
    while last is not None:
        _made, last = make_digests(authority_id, morning, mail_from, after_person=last)


def _call_sent(authority_id: int, at: datetime) -> None:
    session.execute(
        update(Delivery)
        .where(Delivery.authority_id == authority_id, Delivery.state == PENDING)
        .values(state=SENT, sent_at=at, attempts=1)
        .execution_options(synchronize_session=False)
    )
