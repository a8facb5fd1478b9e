"""Plans the day's reminders of every authority, within working hours."""

from __future__ import annotations

from datetime import time

from app.clock import local, now
from app.db import transaction
from app.jobs.authorities import each_authority
from app.services.reminding import plan_day

OPENS, CLOSES = time(7, 30), time(17, 0)


def plan_reminders() -> int:
    """Write what is due and not yet told, and return how many; one transaction an authority."""
    if not OPENS <= local(now()).time() <= CLOSES:
        return 0
    made = 0
    for authority_id in each_authority():
        with transaction():
            made += plan_day(authority_id, now())
    return made
