"""What an ended unit had finished is seen by whom its work went to, and changed by nobody there."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import time_machine

from app.clock import VIETNAM
from tests.factories import assign_task, at_noon, browser, found_authority, take
from tests.setup.changing_units import TODAY, act, change, words

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House

TITLE = "Kiểm kê máy tính bảng"
LATER = date(2026, 11, 20)


def finished(app: Flask, house: House, lead: str, title: str = TITLE) -> int:
    """Return a task that a unit finished in October."""
    with time_machine.travel(datetime(2026, 9, 20, 9, tzinfo=VIETNAM), tick=False):
        done = assign_task(app, house, lead=lead, due=date(2026, 10, 5), title=title)
    with time_machine.travel(datetime(2026, 10, 2, 9, tzinfo=VIETNAM), tick=False):
        act(app, house, f"head_{lead}", done, "accept")
        act(app, house, f"head_{lead}", done, "report", given={"result": "Xong"})
        act(app, house, "chair", done, "confirm")
    return done


def test_successors_see_what_an_ended_unit_finished_and_change_nothing(app: Flask) -> None:
    house = found_authority(app)
    done = finished(app, house, "kt")
    with time_machine.travel(at_noon(TODAY), tick=False):
        head = browser(app, house.people["head_vhxh"])
        assert head.get(f"/tasks/{done}").status_code == 404
        assert TITLE not in words(head.get("/tasks/?status=all"))
        olds = {"olds": [str(house.units["kt"].id)], "into": str(house.units["vhxh"].id)}
        change(browser(app, house.people["admin"]), "merge", olds)
    with time_machine.travel(at_noon(LATER), tick=False):
        assert TITLE in words(head.get(f"/tasks/{done}"))
        assert TITLE in words(head.get("/tasks/?status=all"))
        assert f"/tasks/{done}" in head.get("/search/?q=kiem+ke").text
        refused = take(head, "task", done, "reopen", {"reason": "Còn thiếu", "new_due": "30/11/2026"})
        assert refused.status_code == 403
        other = browser(app, house.people["head_hcc"])
        assert other.get(f"/tasks/{done}").status_code == 404


def test_a_successor_of_a_successor_sees_both_and_papers_too(app: Flask) -> None:
    house = found_authority(app)
    first, second = finished(app, house, "kt"), finished(app, house, "vhxh", "Lập danh sách thiết bị")
    ids = {key: str(house.units[key].id) for key in ("kt", "vhxh", "hcc")}
    for day, old, into in ((TODAY, "kt", "vhxh"), (LATER, "vhxh", "hcc")):
        with time_machine.travel(at_noon(day), tick=False):
            admin = browser(app, house.people["admin"])
            change(admin, "merge", {"olds": [ids[old]], "into": ids[into], "on": f"{day:%d/%m/%Y}"})
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        head = browser(app, house.people["head_hcc"])
        for done in (first, second):
            assert head.get(f"/tasks/{done}").status_code == 200
        shown = words(head.get("/tasks/?status=all"))
        assert TITLE in shown
        assert "Lập danh sách thiết bị" in shown
