"""Figures of unsigned months that were computed, and how often the ledger has changed from each day on."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class LedgerDay(Base):
    """How many changes of a committee's ledger took effect on a Vietnamese day.

    Triggers on `task_span` and `extension` (migration 0028) count them in the change's own transaction, so that no way
    to change the ledger can forget it. A period's figures can be other ones only when the sum of the changes up to its
    last day is another one: what begins or ends after it leaves them alone.
    """

    __tablename__ = "ledger_day"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 -- SQLAlchemy reads this plain attribute

    committee_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    day: Mapped[date] = mapped_column(primary_key=True)
    changes: Mapped[int] = mapped_column(BigInteger)


class KeptMonth(Base):
    """The figures of a period as at the end of a day, computed when the ledger had so many changes up to its end.

    They are right as long as that number, the period's last day, the day and the basis (rest days, and what the figures
    mean) are the same; else nobody reads them.
    """

    __tablename__ = "kept_month"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), primary_key=True, autoincrement=False)
    begins_on: Mapped[date] = mapped_column(primary_key=True)
    ends_on: Mapped[date]
    as_at: Mapped[date]
    changes: Mapped[int] = mapped_column(BigInteger)
    basis: Mapped[str]
    figures: Mapped[dict[str, Any]]
