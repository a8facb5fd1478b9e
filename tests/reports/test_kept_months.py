"""Kept figures of unsigned months: read while they are right, computed anew after any change, compared by verify."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

import time_machine
from sqlalchemy import delete, func, insert, select, update

from app.db import session, transaction
from app.models import CalendarDay, Committee, Extension, KeptMonth, LedgerDay, TaskSpan
from app.queries.calendars import forget_calendar
from app.queries.kept_months import summaries_of
from app.queries.month_account import month_account
from app.queries.monthly import summary_of
from app.services.kept_months import forget_months, keep_months, months_amiss
from app.services.reports import shown_month
from tests.factories import at_noon, browser
from tests.home.statements import counting
from tests.reports.test_judged_months import DUES, FIRST, MONTHS, TASKS, _at, ledger
from workflows.extension import GRANTED
from workflows.task import IN_PROGRESS

if TYPE_CHECKING:
    import pytest
    from flask import Flask

    from tests.factories import House
    from workflows.periods import Period


def asked(house: House) -> list[tuple[Committee, Period, date]]:
    committee = session.get_one(Committee, house.committee.id)
    return [(committee, period, period.end) for period in MONTHS]


def keep(house: House) -> None:
    with transaction():
        keep_months(summaries_of(asked(house)).fresh)


def compare(house: House) -> int:
    """Hold what is read against the ledger; return how many months were still kept."""
    months = summaries_of(asked(house))
    assert months.found == [summary_of(*one) for one in asked(house)]
    return len(MONTHS) - len(months.fresh)


def test_nothing_stale_is_read_whatever_changes(app: Flask) -> None:
    house = ledger(app, 3)
    lot = Random(7)  # noqa: S311 -- drawn again by the same seed
    with app.app_context():
        assert compare(house) == 0
        keep(house)
        assert compare(house) == len(MONTHS)
        tasks = list(session.scalars(select(TaskSpan.task_id).distinct()))
        still_kept = 0
        for _turn in range(40):
            with transaction():
                _change(lot, house, lot.choice(tasks))
            still_kept += compare(house)
            keep(house)
            assert compare(house) == len(MONTHS)
            assert [*months_amiss()] == []
        assert 0 < still_kept < 40 * len(MONTHS)
        with transaction():
            forget_months()
        assert compare(house) == 0


def test_a_kept_page_is_what_the_ledger_says_whatever_changes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.queries.kept_reckonings.WORTH_KEEPING", timedelta(0))
    house = ledger(app, 8)
    lot, read = Random(9), 0  # noqa: S311 -- drawn again by the same seed
    with time_machine.travel(at_noon(date(2026, 4, 20)), tick=False), app.app_context():
        committee = session.get_one(Committee, house.committee.id)
        tasks = list(session.scalars(select(TaskSpan.task_id).distinct()))
        for _turn in range(5):
            with transaction():
                _change(lot, house, lot.choice(tasks))
            for period in MONTHS:
                shown = shown_month(committee, period)
                read += not shown.fresh
                assert shown.since is None
                now = month_account(committee, period)
                lists = {
                    unit: {name: ids for name, ids in each.items() if ids}
                    for unit, each in shown.account.counted.items()
                }
                assert lists == now.counted
                assert replace(shown.account, counted={}) == replace(
                    now, counted={}, computed_at=shown.account.computed_at
                )
                with transaction():
                    keep_months(shown.fresh)
            assert [*months_amiss()] == []
    assert 0 < read < 5 * len(MONTHS)


def _change(lot: Random, house: House, task_id: int) -> None:
    """Do one of the things that make or mend a ledger."""
    last = session.scalars(
        select(TaskSpan).where(TaskSpan.task_id == task_id).order_by(TaskSpan.began_at.desc()).limit(1)
    ).one()
    kind = lot.choice(["move", "move", "mend", "lead", "grant", "rest", "cut"])
    if kind == "move":
        then = last.began_at + timedelta(days=lot.randint(1, 20))
        plain = {one.name: getattr(last, one.name) for one in TaskSpan.__table__.c if one.name != "id"}
        session.execute(update(TaskSpan).where(TaskSpan.id == last.id).values(ended_at=then))
        session.execute(
            insert(TaskSpan).values(
                plain | {"seq": last.seq + 1, "began_at": then, "state": IN_PROGRESS, "event": "reopen"}
            )
        )
    elif kind == "mend":
        session.execute(update(TaskSpan).where(TaskSpan.id == last.id).values(current_due=lot.choice(DUES)))
    elif kind == "lead":
        unit = lot.choice([one.id for one in house.units.values()])
        session.execute(update(TaskSpan).where(TaskSpan.id == last.id).values(lead_unit_id=unit))
    elif kind == "grant":
        ruled = _at(lot.randint(1, 100))
        session.add(
            Extension(
                authority_id=house.committee.authority_id, task_id=task_id, requested_due=DUES[-1], due_before=DUES[0],
                reason="Chờ", author_id=house.people["head_kt"].id, state=GRANTED, granted_due=DUES[-1],
                ruled_at=ruled, made_at=ruled,
            )
        )  # fmt: skip
    elif kind == "rest":
        day = FIRST + timedelta(days=lot.randint(0, 90))
        authority = house.committee.authority_id
        session.execute(delete(CalendarDay).where(CalendarDay.authority_id == authority, CalendarDay.day == day))
        if day.weekday() < 5:
            session.add(CalendarDay(authority_id=authority, day=day, kind="off", name="Nghỉ bù"))
        forget_calendar(authority)
    elif last.seq:
        session.execute(delete(TaskSpan).where(TaskSpan.id == last.id))
        session.execute(
            update(TaskSpan)
            .where(TaskSpan.task_id == task_id, TaskSpan.ended_at == last.began_at)
            .values(ended_at=None)
        )
    session.flush()


def test_the_list_keeps_what_it_computed_and_reads_it(app: Flask) -> None:
    house = ledger(app, 11)
    with time_machine.travel(at_noon(date(2026, 5, 4)), tick=False):
        desk = browser(app, house.people["secretary"])
        first = desk.get("/reports/").text
        with app.app_context():
            kept = session.scalar(select(func.count()).select_from(KeptMonth)) or 0
            assert kept >= len(MONTHS)
            assert (session.scalar(select(func.sum(LedgerDay.changes))) or 0) >= TASKS
        with counting(app) as statements:
            second = desk.get("/reports/").text
        assert not [one for one in statements if "task_span" in one and "GROUP BY" in one]
        assert second.count("%") == first.count("%") > 0


def test_verify_names_a_kept_month_that_is_wrong(app: Flask) -> None:
    house = ledger(app, 5)
    with app.app_context():
        keep(house)
        assert [*months_amiss()] == []
        with transaction():
            one = session.scalars(select(KeptMonth).limit(1)).one()
            one.figures = one.figures | {"total": one.figures["total"] | {"late": 999}}
        (found,) = months_amiss()
        assert "kept month is wrong" in found
