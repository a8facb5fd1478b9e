"""What was told about a month leads to its page, from the mail and from the list of what was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.mail.links import link_to
from app.models import MonthlyReport
from tests.factories import browser, post, take
from tests.reports.month import AFTER, Register, at
from workflows.monthly_report import MONTHLY_REPORT

if TYPE_CHECKING:
    from flask.testing import FlaskClient

MONTH = "2026-10-15"


def people(register: Register, login: str) -> FlaskClient:
    return browser(register.app, register.house.people[login])


def test_messages_about_a_report_lead_to_its_month(register: Register) -> None:
    month = f"/reports/{register.house.committee.id}/{MONTH}"
    with at(AFTER):
        secretary = people(register, "secretary")
        assert post(secretary, f"{month}/open").status_code == 303
        with register.app.app_context():
            report_id = session.scalars(select(MonthlyReport.id)).one()
            link = link_to(MONTHLY_REPORT.name, report_id)
        causes = {f"cause-{unit.id}": "Chờ kinh phí." for unit in register.house.units.values()}
        assert post(secretary, f"{month}/causes", causes).status_code == 303
        assert take(secretary, "monthly_report", report_id, "draft").status_code == 303
        assert take(secretary, "monthly_report", report_id, "submit").status_code == 303
        found = link[link.index("/reports") :]
        assert people(register, "chair").get(found).location == month
        assert people(register, "head_vhxh").get(found).status_code == 404
        told = secretary.get("/told/")
        assert told.status_code == 200
        assert f'href="{found}"' in told.get_data(as_text=True)
