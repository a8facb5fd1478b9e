"""Arranging a task begins with what it has: changing the priority alone takes no unit off."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from app.db import session, transaction
from app.models import Task, Unit
from tests.factories import assign_task, browser, take

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House


def selected(page: str, name: str) -> list[str]:
    """Return the values that a choice of the form of the move begins with."""
    form = page.partition('/arrange"')[2].partition("</form>")[0]
    choice = re.search(rf'<select[^>]* name="{name}".*?</select>', form, re.DOTALL)
    assert choice
    return re.findall(r'<option value="([^"]*)"[^>]* selected', choice[0])


def test_the_form_holds_what_the_task_has_each_its_own(app: Flask, house: House) -> None:
    kt, hcc = str(house.units["kt"].id), str(house.units["hcc"].id)
    first = assign_task(app, house, due=date(2026, 12, 10), coordinating=("kt", "hcc"), priority="high")
    second = assign_task(app, house, due=date(2026, 12, 11), coordinating=("hcc",))
    bare = assign_task(app, house, due=date(2026, 12, 12))
    desk = browser(app, house.people["secretary"])
    for task_id, units, priority in ((first, {kt, hcc}, "high"), (second, {hcc}, "normal"), (bare, set(), "normal")):
        page = desk.get(f"/tasks/{task_id}").text
        assert set(selected(page, "coordinating_units")) == units
        assert selected(page, "priority") == [priority]
    page = desk.get(f"/tasks/{first}").text
    sent = {"coordinating_units": selected(page, "coordinating_units"), "priority": "urgent"}
    assert take(desk, "task", first, "arrange", sent).status_code == 303
    with app.app_context():
        task = session.get_one(Task, first)
        assert {str(part.unit_id) for part in task.coordinating} == {kt, hcc}
        assert task.priority == "urgent"


def test_a_unit_that_no_longer_exists_stays_in_the_form(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 10), coordinating=("kt",))
    with app.app_context(), transaction():
        session.get_one(Unit, house.units["kt"].id).abolished_on = date(2026, 11, 1)
    page = browser(app, house.people["secretary"]).get(f"/tasks/{task_id}").text
    assert selected(page, "coordinating_units") == [str(house.units["kt"].id)]


def test_a_name_is_seen_whole_while_it_is_mended_and_stays_one_line(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, due=date(2026, 12, 10), title="Kiểm kê máy")
    desk = browser(app, house.people["secretary"])
    form = desk.get(f"/tasks/{task_id}").text.partition('/reword"')[2].partition("</form>")[0]
    assert re.search(r'<textarea [^>]*name="title"[^>]*>Kiểm kê máy</textarea>', form), "seen whole"
    assert take(desk, "task", task_id, "reword", {"title": "Kiểm kê máy\r\ntính bảng"}).status_code == 303
    with app.app_context():
        assert session.get_one(Task, task_id).title == "Kiểm kê máy tính bảng"
