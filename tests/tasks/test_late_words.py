"""A list says in words why a task that only awaits confirmation is among the overdue ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import time_machine

from tests.factories import assign_task, at_noon, browser, found_authority, take

if TYPE_CHECKING:
    from flask import Flask


def test_a_report_that_waits_says_in_the_list_how_late_it_came(app: Flask) -> None:
    with time_machine.travel(at_noon(date(2026, 9, 16)), tick=False):
        house = found_authority(app)
        late = assign_task(app, house, due=date(2026, 9, 18), title="Việc báo muộn")
        timely = assign_task(app, house, due=date(2026, 9, 25), title="Việc báo kịp")
        head = browser(app, house.people["head_vhxh"])
        for task_id in (late, timely):
            assert take(head, "task", task_id, "accept").status_code == 303
    with time_machine.travel(at_noon(date(2026, 9, 21)), tick=False):
        head = browser(app, house.people["head_vhxh"])
        for task_id in (late, timely):
            assert take(head, "task", task_id, "report", {"result": "Xong"}).status_code == 303
    with time_machine.travel(at_noon(date(2026, 9, 24)), tick=False):
        chair = browser(app, house.people["chair"])
        overdue = chair.get("/tasks/?status=overdue").text
        assert "Việc báo muộn" in overdue
        assert "Chờ xác nhận ·\u00a0báo muộn 1 ngày làm việc" in overdue
        every = chair.get("/tasks/").text
    assert every.count("báo muộn 1 ngày làm việc") >= 1
    assert "Việc báo kịp" in every
    row = every[every.index("Việc báo kịp") :]
    assert "báo muộn" not in row[: row.index("</tr>")]
