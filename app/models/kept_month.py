"""Figures of unsigned months that were computed, and how often the ledger has changed from each day on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer
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

    They are what the ledger says as long as that number, the period's last day, the day and the basis (rest days, and
    what the figures mean) are the same; else they are those of `computed_at`, and whoever shows them says so.
    `took_ms`: by the clock. `last_span`: the ledger's newest line then. `details`: what the month's page needs
    besides; with it stand the tasks behind each number in `KeptList` under the same `edition`, which grows by one.
    """

    __tablename__ = "kept_month"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), primary_key=True, autoincrement=False)
    begins_on: Mapped[date] = mapped_column(primary_key=True)
    ends_on: Mapped[date]
    as_at: Mapped[date]
    changes: Mapped[int] = mapped_column(BigInteger)
    basis: Mapped[str]
    figures: Mapped[dict[str, Any]]
    edition: Mapped[int]
    computed_at: Mapped[datetime]
    took_ms: Mapped[int]
    last_span: Mapped[int]
    details: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class KeptList(Base):
    """The tasks behind one number of a kept month: of one unit and one figure, so that one list is read without others.

    `steps`: the ids in order, each as its distance from the one before.
    """

    __tablename__ = "kept_list"

    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), primary_key=True, autoincrement=False)
    begins_on: Mapped[date] = mapped_column(primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    figure: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    steps: Mapped[list[int]]
