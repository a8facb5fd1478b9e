"""The monthly report quotes what units explained, and says of whom none came; what was typed stays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import time_machine
from sqlalchemy import select

from app.db import session
from app.jobs.explanations import expire_explanations
from app.models import Explanation, MonthlyReport
from tests.factories import assign_task, at_noon, browser, found_authority, post, take

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House


def asked(app: Flask, house: House, lead: str) -> int:
    """Let a unit be late with a task due on 21 September and be asked why on the 24th; return the request."""
    with time_machine.travel(at_noon(date(2026, 9, 16)), tick=False):
        task_id = assign_task(app, house, lead=lead, due=date(2026, 9, 21))
        take(browser(app, house.people[f"head_{lead}"]), "task", task_id, "accept")
    with time_machine.travel(at_noon(date(2026, 9, 24)), tick=False):
        secretary = browser(app, house.people["secretary"])
        typed = {"question": "Vì sao chậm?", "answer_by": "25/9/2026"}
        assert post(secretary, f"/tasks/{task_id}/explanations", typed).status_code == 303
    with app.app_context():
        return session.scalars(select(Explanation.id).where(Explanation.task_id == task_id)).one()


def test_the_month_quotes_explanations_and_names_the_silent(app: Flask) -> None:
    house = found_authority(app)
    answered, _silent, typed = (asked(app, house, lead) for lead in ("vhxh", "kt", "hcc"))
    with time_machine.travel(at_noon(date(2026, 9, 25)), tick=False):
        for lead, one in (("vhxh", answered), ("hcc", typed)):
            words = {"explanation": "Nhà thầu giao máy chậm 10 ngày"}
            assert (
                take(browser(app, house.people[f"head_{lead}"]), "explanation", one, "answer", words).status_code == 303
            )
    with time_machine.travel(at_noon(date(2026, 10, 15)), tick=False):
        with app.app_context():
            expire_explanations()
        secretary = browser(app, house.people["secretary"])
        month = f"/reports/{house.committee.id}/2026-09-15"
        assert post(secretary, f"{month}/open").status_code == 303
        own = {f"cause-{house.units['hcc'].id}": "Do thay đổi nhân sự"}
        assert post(secretary, f"{month}/causes", own).status_code == 303
        with app.app_context():
            report = session.scalars(select(MonthlyReport)).one()
        assert take(secretary, "monthly_report", report.id, "draft").status_code == 303
        page = secretary.get(month).text
        with app.app_context():
            causes = {c.unit_id: c.text for c in session.scalars(select(MonthlyReport)).one().causes}
    assert causes[house.units["vhxh"].id].endswith(": «Nhà thầu giao máy chậm 10 ngày» (giải trình ngày 25/09/2026)")
    assert causes[house.units["kt"].id].endswith(": Không giải trình trước ngày 25/09/2026.")
    assert causes[house.units["hcc"].id] == "Do thay đổi nhân sự"
    assert "«Nhà thầu giao máy chậm 10 ngày»" in page
