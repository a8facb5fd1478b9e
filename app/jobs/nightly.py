"""The night's work: seal the log, sweep what has run out, propose the coming year, count rows for the query planner."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, or_, select, text

from app.clock import now, today
from app.db import engine, session, transaction
from app.jobs.authorities import each_authority
from app.models import Authority, LoginAttempt, LoginSession, SignedLink
from app.services.calendar_days import days_of, propose_year
from app.services.invitations import close_told
from app.services.previews import sweep_previews
from app.services.seals import seal_day
from app.services.uploads import sweep_uploads

KEPT = timedelta(days=30)
ATTEMPTS_KEPT = timedelta(days=1)
SAMPLE = 1000
"""So many rows of each index SQLite looks at."""
AUTUMN = 10
"""From October on the next year is proposed; the government's plan comes late in the year."""


def seal_chains() -> int:
    """Seal the log of each authority up to the end of yesterday, if it is not sealed; return how many seals."""
    made = 0
    for authority_id in each_authority():
        with transaction():
            made += seal_day(authority_id, today() - timedelta(days=1), now()) is not None
    return made


def sweep_old() -> int:
    """Remove log-ins, refused attempts and signed links long over, and files never sent whole; return how many."""
    swept = sweep_uploads() + sweep_previews()
    long_ago = now() - KEPT
    # The newest link stays: its id must not be given again, for the ledger names it.
    newest = select(func.max(SignedLink.id)).scalar_subquery()
    with transaction():
        close_told()
        removed = [
            session.execute(query.execution_options(synchronize_session=False))
            for query in (
                delete(LoginSession).where(or_(LoginSession.expires_at < long_ago, LoginSession.revoked_at < long_ago)),
                delete(LoginAttempt).where(LoginAttempt.at < now() - ATTEMPTS_KEPT),
                delete(SignedLink).where(SignedLink.expires_at < long_ago, SignedLink.id < newest),
            )
        ]
    return swept + sum(result.rowcount for result in removed)  # type: ignore[attr-defined]  # a DELETE has it


def propose_calendar() -> int:
    """Propose the days off of this year, from October on also of the next, where there are none; return the years."""
    day = today()
    years = [day.year, day.year + 1] if day.month >= AUTUMN else [day.year]
    made = 0
    for authority_id in each_authority():
        for year in years:
            with transaction():
                if not days_of(authority_id, year):
                    propose_year(session.get_one(Authority, authority_id), year, None)
                    made += 1
    return made


def gather_statistics() -> int:
    """Let SQLite count its rows, without which it takes wrong indexes; PostgreSQL does so by itself. Returns runs."""
    if engine().dialect.name != "sqlite":
        return 0
    with transaction():
        session.execute(text(f"PRAGMA analysis_limit={SAMPLE}"))
        session.execute(text("ANALYZE"))
    return 1
