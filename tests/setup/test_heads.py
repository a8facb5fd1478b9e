"""A merger that would leave a unit two heads, or none, is written only when that was chosen or confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import select

from app.db import session
from app.models import Unit, UnitChange
from tests.factories import at_noon, browser, found_authority, post
from tests.setup.changing_units import BASIS, TODAY, inputs, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

MERGE = "/setup/units/change/merge"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


def test_two_heads_must_be_meant(app: Flask) -> None:
    house = found_authority(app)
    kt, vhxh = house.units["kt"], house.units["vhxh"]
    admin = browser(app, house.people["admin"])
    asked = {"olds": [str(kt.id)], "into": str(vhxh.id), "on": "18/11/2026", "basis": BASIS}
    shown = post(admin, MERGE, {**asked, "preview": "1"})
    assert "Sẽ có hơn một thủ trưởng" in words(shown)
    sent = {**inputs(shown), **asked, "save": "1"}
    ticked = sent.pop("heads_meant")
    refused = post(admin, MERGE, sent)
    assert refused.status_code == 422
    assert "đánh dấu ô xác nhận phía trên nút ghi. Chưa ghi gì." in words(refused)
    with app.app_context():
        assert session.get_one(Unit, kt.id).abolished_on is None
        assert not session.scalars(select(UnitChange)).all()
    roles = [name for name in sent if name.startswith("as-") and sent[name] == "head"]
    assert post(admin, MERGE, {**sent, roles[0]: "deputy_head"}).status_code == 303, "chosen anew: no tick needed"
    assert ticked == "y"


def test_the_tick_is_enough(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    asked = {
        "olds": [str(house.units["kt"].id)], "into": str(house.units["vhxh"].id), "on": "18/11/2026", "basis": BASIS,
    }  # fmt: skip
    shown = post(admin, MERGE, {**asked, "preview": "1"})
    assert post(admin, MERGE, {**inputs(shown), **asked, "save": "1"}).status_code == 303


def test_a_day_ahead_asks_about_the_heads_when_it_is_prepared(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    asked = {
        "olds": [str(house.units["kt"].id)], "into": str(house.units["vhxh"].id), "on": "01/01/2027", "basis": BASIS,
    }  # fmt: skip
    shown = post(admin, MERGE, {**asked, "preview": "1"})
    sent = {**inputs(shown), **asked, "save": "1"}
    sent.pop("heads_meant")
    refused = post(admin, MERGE, sent)
    assert refused.status_code == 422
    assert "sẽ có hơn một thủ trưởng" in words(refused)
    assert post(admin, MERGE, {**sent, "heads_meant": "y"}).status_code == 303
