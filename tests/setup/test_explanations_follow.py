"""What a unit was asked to explain waits with its successor, which leads the task from then on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import select

from app.db import session
from app.models import Explanation
from app.services.verification import CHECKS
from tests.factories import assign_task, at_noon, browser, found_authority, post, take
from tests.setup.changing_units import TODAY, change, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

QUESTION = "Vì sao chưa kiểm kê?"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


def test_a_pending_explanation_goes_to_the_successor_and_is_answered_there(app: Flask) -> None:
    house = found_authority(app)
    hcc, vhxh = house.units["hcc"], house.units["vhxh"]
    task_id = assign_task(app, house, lead="hcc", due=date(2026, 11, 10))
    asked = {"question": QUESTION, "answer_by": "20/11/2026"}
    assert post(browser(app, house.people["secretary"]), f"/tasks/{task_id}/explanations", asked).status_code == 303
    change(browser(app, house.people["admin"]), "abolish", {"old": str(hcc.id), "into": str(vhxh.id)})
    heir = browser(app, house.people["head_vhxh"])
    assert QUESTION in words(heir.get("/unit")).partition("Tin mới")[0]
    with app.app_context():
        explanation = session.scalars(select(Explanation)).one()
        assert explanation.unit_id == vhxh.id
        assert not [said for _name, check in CHECKS for said in check()]
    answer = {"explanation": "Đơn vị trước chưa bàn giao số liệu"}
    assert take(heir, "explanation", explanation.id, "answer", answer).status_code == 303
