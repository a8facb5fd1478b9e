"""The day an act with units takes effect: not before they existed, and asked about where it lies far back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from sqlalchemy import select

from app.clock import now
from app.db import session, transaction
from app.models import MonthlyReport, Unit, UnitChange
from tests.factories import at_noon, browser, found_authority, post
from tests.setup.changing_units import BASIS, TODAY, inputs, words
from workflows.monthly_report import SIGNED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.factories import House


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


def sent(house: House, kind: str, on: str) -> dict[str, Any]:
    kt, vhxh = str(house.units["kt"].id), str(house.units["vhxh"].id)
    named: dict[str, dict[str, Any]] = {
        "merge": {"olds": [kt], "into": vhxh},
        "split": {"old": kt, "names": "Phòng Kinh tế mới\nPhòng Đô thị mới"},
        "abolish": {"old": kt, "into": vhxh},
        "rename": {"old": kt, "name": "Phòng Kinh tế mới"},
    }
    return named[kind] | {"on": on, "basis": BASIS}


def acts(app: Flask) -> int:
    with app.app_context():
        return len(session.scalars(select(UnitChange)).all())


@pytest.mark.parametrize("kind", ["merge", "split", "abolish", "rename"])
def test_a_day_before_the_unit_existed_is_refused(app: Flask, kind: str) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    refused = post(admin, f"/setup/units/change/{kind}", {**sent(house, kind, "01/12/1999"), "preview": "1"})
    assert refused.status_code == 422
    assert "chỉ có từ" in words(refused)
    assert acts(app) == 0


@pytest.mark.parametrize("kind", ["merge", "split", "abolish"])
def test_a_day_far_back_is_named_in_the_preview_and_must_be_meant(app: Flask, kind: str) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    asked = sent(house, kind, "01/10/2026")
    shown = post(admin, f"/setup/units/change/{kind}", {**asked, "preview": "1"})
    assert "Ngày có hiệu lực 01/10/2026 đã qua 48 ngày." in words(shown)
    assert "Ngày có hiệu lực 01/10/2026 là đúng." in words(shown)
    untold = post(admin, f"/setup/units/change/{kind}", {**inputs(shown), **asked, "save": "1"})
    assert untold.status_code == 422
    assert acts(app) == 0
    done = post(admin, f"/setup/units/change/{kind}", {**inputs(shown), **asked, "past_meant": "y", "save": "1"})
    assert done.status_code == 303
    assert acts(app) == 1


def test_a_new_name_from_far_back_must_be_meant(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    asked = sent(house, "rename", "01/10/2026")
    shown = post(admin, "/setup/units/change/rename", asked)
    assert "Ngày có hiệu lực 01/10/2026 là đúng." in words(shown)
    asked["save"] = "1"
    untold = post(admin, "/setup/units/change/rename", asked)
    assert untold.status_code == 422
    assert 'name="past_meant"' in untold.text
    assert post(admin, "/setup/units/change/rename", {**asked, "past_meant": "y"}).status_code == 303
    with app.app_context():
        assert session.get_one(Unit, house.units["kt"].id).name == "Phòng Kinh tế mới"


def test_a_day_in_a_signed_month_is_named(app: Flask) -> None:
    house = found_authority(app)
    with app.app_context(), transaction():
        session.add(
            MonthlyReport(
                authority_id=house.authority.id,
                committee_id=house.committee.id,
                begins_on=date(2026, 10, 15),
                ends_on=date(2026, 11, 14),
                state=SIGNED,
                signed_at=now(),
                digest="0",
                figures={},
                made_at=now(),
            )
        )
    admin = browser(app, house.people["admin"])
    asked = sent(house, "merge", "10/11/2026")
    shown = post(admin, "/setup/units/change/merge", {**asked, "preview": "1"})
    assert "đã ký báo cáo tháng đến hết 14/11/2026" in words(shown)
    assert post(admin, "/setup/units/change/merge", {**inputs(shown), **asked, "save": "1"}).status_code == 422
    free = post(admin, "/setup/units/change/merge", {**sent(house, "merge", "15/11/2026"), "preview": "1"})
    assert "đã ký báo cáo" not in words(free)
