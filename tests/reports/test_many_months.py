"""The list of months asks the database as seldom for many unsigned months as for one, with the same figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import time_machine

from app.db import session
from app.models import Committee
from app.queries.monthly import rows_of, rows_of_each
from app.queries.periods_of import recent_periods_of
from tests.factories import assign_task, at_noon, browser, found_authority
from tests.home.statements import BAR, counting

if TYPE_CHECKING:
    from flask import Flask


def test_a_year_of_unsigned_months_is_read_at_once(app: Flask) -> None:
    with time_machine.travel(at_noon(date(2026, 1, 20)), tick=False):
        house = found_authority(app)
        assign_task(app, house, due=date(2026, 3, 2))
    with time_machine.travel(at_noon(date(2026, 6, 3)), tick=False):
        assign_task(app, house, lead="hcc", due=date(2026, 8, 3))
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        desk = browser(app, house.people["secretary"])
        desk.get("/reports/")
        with counting(app) as found:
            assert desk.get("/reports/").status_code == 200
        assert len(found) <= BAR, found
        with app.app_context():
            committee = session.get_one(Committee, house.committee.id)
            months = recent_periods_of([committee], date(2026, 11, 23), 12)[committee.id]
            assert len(months) > 10
            # As many as ten committees would have, in one statement.
            each = rows_of_each([(committee, month) for _committee in range(10) for month in months])
            singly = [rows_of(committee, month) for month in months]
            assert [set(rows) for rows in each] == [set(rows) for rows in singly] * 10
            assert {sum(row.n for row in rows) for rows in singly} == {1, 2}
