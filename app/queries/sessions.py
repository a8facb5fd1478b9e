"""Where a person is logged in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.clock import now
from app.db import session
from app.models import LoginSession

if TYPE_CHECKING:
    from collections.abc import Sequence


def live_sessions(person_id: int) -> Sequence[LoginSession]:
    """Return the sessions that can still be used, the latest first."""
    query = select(LoginSession).where(
        LoginSession.person_id == person_id, LoginSession.revoked_at.is_(None), LoginSession.expires_at > now()
    )
    return session.scalars(query.order_by(LoginSession.seen_on.desc(), LoginSession.id.desc())).all()
