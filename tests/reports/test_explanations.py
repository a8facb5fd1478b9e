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
from workflows.monthly_report import SUBMITTED

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
    assert causes[house.units["hcc"].id].startswith("Do thay đổi nhân sự\n")
    assert causes[house.units["hcc"].id].endswith(": «Nhà thầu giao máy chậm 10 ngày» (giải trình ngày 25/09/2026)")
    assert "«Nhà thầu giao máy chậm 10 ngày»" in page


def test_what_was_answered_after_the_month_had_closed_is_quoted(app: Flask) -> None:
    """A secretary asks when the month has closed; the answer stands in the box at once and comes into the report."""
    house = found_authority(app)
    with time_machine.travel(at_noon(date(2026, 9, 16)), tick=False):
        task_id = assign_task(app, house, lead="vhxh", due=date(2026, 9, 21))
        take(browser(app, house.people["head_vhxh"]), "task", task_id, "accept")
    month = f"/reports/{house.committee.id}/2026-09-15"
    box = f"cause-{house.units['vhxh'].id}"
    quote = "«Máy về chậm» (giải trình ngày 17/10/2026)"
    with time_machine.travel(at_noon(date(2026, 10, 16)), tick=False):
        secretary = browser(app, house.people["secretary"])
        post(secretary, f"{month}/open")
        typed = {"question": "Vì sao chậm?", "answer_by": "19/10/2026"}
        assert post(secretary, f"/tasks/{task_id}/explanations", typed).status_code == 303
        with app.app_context():
            report_id = session.scalars(select(MonthlyReport.id)).one()
            one = session.scalars(select(Explanation.id)).one()
    with time_machine.travel(at_noon(date(2026, 10, 17)), tick=False):
        take(browser(app, house.people["head_vhxh"]), "explanation", one, "answer", {"explanation": "Máy về chậm"})
        secretary = browser(app, house.people["secretary"])
        before = secretary.get(month).text
        take(secretary, "monthly_report", report_id, "draft")
        first = kept_cause(app)
        post(secretary, f"{month}/causes", {box: "Chữ của thư ký"})
        take(secretary, "monthly_report", report_id, "draft")
        own, beside = kept_cause(app), secretary.get(month).text
        take(secretary, "monthly_report", report_id, "draft")
        twice = kept_cause(app)
        post(secretary, f"{month}/causes", {box: "Chữ khác của thư ký"})
        ahead = secretary.get(month).text
        post(secretary, f"{month}/causes", {box: ""})
        emptied = kept_cause(app)
        take(secretary, "monthly_report", report_id, "draft")
        again = kept_cause(app)
    assert before.count(quote) == 2, "in the table and in the box, before anything was computed"
    assert "chưa ghi vào báo cáo" in before
    assert first.endswith(quote)
    assert own.startswith("Chữ của thư ký\n")
    assert own.endswith(quote)
    assert twice == own, "quoted once, however often the figures are computed"
    assert "chưa ghi vào báo cáo" not in beside
    assert ahead.count(quote) == 2, "in the table and in the box, before the figures are computed again"
    assert ahead.count("Chữ khác của thư ký") == 2
    assert emptied == ""
    assert again.endswith(quote)


def test_an_answer_that_comes_late_takes_the_place_of_the_silence_that_was_noted(app: Flask) -> None:
    house = found_authority(app)
    one = asked(app, house, "vhxh")
    with time_machine.travel(at_noon(date(2026, 10, 15)), tick=False):
        with app.app_context():
            expire_explanations()
        secretary = browser(app, house.people["secretary"])
        month = f"/reports/{house.committee.id}/2026-09-15"
        post(secretary, f"{month}/open")
        with app.app_context():
            report_id = session.scalars(select(MonthlyReport.id)).one()
        take(secretary, "monthly_report", report_id, "draft")
        silent = kept_cause(app)
    with time_machine.travel(at_noon(date(2026, 10, 16)), tick=False):
        take(browser(app, house.people["head_vhxh"]), "explanation", one, "answer", {"explanation": "Máy về chậm"})
        take(browser(app, house.people["secretary"]), "monthly_report", report_id, "draft")
    assert silent.endswith("Không giải trình trước ngày 25/09/2026.")
    assert kept_cause(app).endswith("«Máy về chậm» (giải trình ngày 16/10/2026)")


def test_a_typed_cause_carries_the_silence_and_then_the_answer(app: Flask) -> None:
    """The secretary's words stay; the silence of the unit is added, and its late answer takes the silence's place."""
    house = found_authority(app)
    one = asked(app, house, "vhxh")
    month = f"/reports/{house.committee.id}/2026-09-15"
    with time_machine.travel(at_noon(date(2026, 10, 15)), tick=False):
        with app.app_context():
            expire_explanations()
        secretary = browser(app, house.people["secretary"])
        post(secretary, f"{month}/causes", {f"cause-{house.units['vhxh'].id}": "Do thiếu kinh phí"})
        with app.app_context():
            report_id = session.scalars(select(MonthlyReport.id)).one()
        take(secretary, "monthly_report", report_id, "draft")
        silent = kept_cause(app)
    with time_machine.travel(at_noon(date(2026, 10, 16)), tick=False):
        words = {"explanation": "Máy về chậm\r\nĐã lắp xong"}
        take(browser(app, house.people["head_vhxh"]), "explanation", one, "answer", words)
        secretary = browser(app, house.people["secretary"])
        take(secretary, "monthly_report", report_id, "draft")
        answered = kept_cause(app)
        sent_back = answered.replace("\n", "\r\n")
        post(secretary, f"{month}/causes", {f"cause-{house.units['vhxh'].id}": sent_back})
        take(secretary, "monthly_report", report_id, "submit")
        with app.app_context():
            state = session.scalars(select(MonthlyReport)).one().state
        printed = kept_cause(app)
    assert state == SUBMITTED
    assert silent.startswith("Do thiếu kinh phí\n")
    assert silent.endswith("Không giải trình trước ngày 25/09/2026.")
    assert answered.startswith("Do thiếu kinh phí\n")
    assert "Không giải trình" not in answered
    assert answered.endswith("«Máy về chậm\nĐã lắp xong» (giải trình ngày 16/10/2026)")
    assert printed == answered


def test_words_taken_out_after_drafting_are_printed_all_the_same(app: Flask) -> None:
    house = found_authority(app)
    one = asked(app, house, "vhxh")
    month = f"/reports/{house.committee.id}/2026-09-15"
    with time_machine.travel(at_noon(date(2026, 10, 15)), tick=False):
        take(browser(app, house.people["head_vhxh"]), "explanation", one, "answer", {"explanation": "Máy về chậm"})
        secretary = browser(app, house.people["secretary"])
        post(secretary, f"{month}/open")
        with app.app_context():
            report_id = session.scalars(select(MonthlyReport.id)).one()
        take(secretary, "monthly_report", report_id, "draft")
        post(secretary, f"{month}/causes", {f"cause-{house.units['vhxh'].id}": "Do thiếu kinh phí"})
        take(secretary, "monthly_report", report_id, "submit")
    told = kept_cause(app)
    assert told.startswith("Do thiếu kinh phí\n")
    assert told.endswith("«Máy về chậm» (giải trình ngày 15/10/2026)")


def kept_cause(app: Flask) -> str:
    """Return the one cause that the report keeps, or nothing."""
    with app.app_context():
        causes = session.scalars(select(MonthlyReport)).one().causes
        return causes[0].text if causes else ""
