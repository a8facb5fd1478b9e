"""Since when a ruling is waited for: from the day on which it was asked for, whatever happens to the task meanwhile."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session, transaction
from app.models import Task
from app.services.moves import make_move
from tests.factories import at_noon, browser, found_authority
from tests.home import work
from tests.home.pages import page
from tests.home.work import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def test_whatever_happens_meanwhile_a_ruling_waits_from_the_day_it_was_asked_for(app: Flask) -> None:
    house = found_authority(app)
    with time_machine.travel(at_noon(date(2026, 9, 10)), tick=False):
        handed, asked = work.contested(app, house), work.proposed(app, house)
    chair = browser(app, house.people["chair"])
    waits = "Chờ từ 10/09, quyết định chậm nhất 15/09, quá hạn 1 ngày làm việc"
    assert page(chair, "/chair").count(waits) == 2
    with time_machine.travel(at_noon(date(2026, 9, 15)), tick=False):
        work.move(app, house, asked, "progress", "head_hcc", {"note": "Đã hỏi giá ba nơi."})
        work.move(app, house, handed, "set_target", "secretary", {"target": 12, "target_unit": "máy"})
        with app.app_context(), transaction():
            given = {"lead_unit": house.units["tyt"].id, "reason": "Nghị quyết số 5"}
            make_move(session.get_one(Task, handed), "follow_unit", given)
    assert page(chair, "/chair").count(waits) == 2, (
        "neither a line of progress, a target nor a new unit gives the chair more time"
    )
