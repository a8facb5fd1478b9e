"""Parts in tasks when the lead and its helper, or two helpers, become one unit: announced and closed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import select

from app.db import session
from app.models import CoordinatingPart, Event, Unit
from app.services.verification import CHECKS
from tests.factories import assign_task, at_noon, browser, found_authority, post, take
from tests.setup.changing_units import BASIS, TODAY, change, words
from workflows.coordinating_part import ASKED, COORDINATING_PART, ENDS_JOINED, JOINED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

ENDS = "khép lại: đơn vị chủ trì và đơn vị phối hợp thành một"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


def parts_of(app: Flask, task_id: int) -> dict[str, str]:
    """Return the states of a task's parts by the names of their units."""
    with app.app_context():
        query = select(Unit.name, CoordinatingPart.state).join(CoordinatingPart, CoordinatingPart.unit_id == Unit.id)
        return dict(session.execute(query.where(CoordinatingPart.task_id == task_id)).all())


@pytest.mark.parametrize("into_lead", [True, False], ids=["into the lead", "into a new unit"])
def test_a_helper_that_becomes_one_with_the_lead_is_waited_for_no_more(app: Flask, *, into_lead: bool) -> None:
    house = found_authority(app)
    kt, hcc = house.units["kt"], house.units["hcc"]
    task_id = assign_task(app, house, lead="kt", due=date(2026, 12, 15), coordinating=("hcc",))
    admin = browser(app, house.people["admin"])
    sent = (
        {"olds": [str(hcc.id)], "into": str(kt.id)}
        if into_lead
        else {"olds": [str(kt.id), str(hcc.id)], "name": "Trung tâm Dịch vụ công", "short_name": "TTDVC"}
    )
    seen = post(admin, "/setup/units/change/merge", {**sent, "on": "18/11/2026", "basis": BASIS, "preview": "1"})
    assert ENDS in words(seen)
    report = change(admin, "merge", sent)
    assert "khép lại: hai đơn vị thành một" in words(report)
    assert parts_of(app, task_id) == {hcc.name: JOINED}
    page = words(browser(app, house.people["head_kt"]).get(f"/tasks/{task_id}"))
    assert "Chờ đơn vị phối hợp" not in page
    assert "Nêu việc cần phối hợp" not in page
    assert "đã khép phần phối hợp vì hai đơn vị thành một" in page
    assert BASIS in page
    with app.app_context():
        told = session.scalars(select(Event).where(Event.subject == COORDINATING_PART.name)).one()
        assert (told.event, told.to_state) == (ENDS_JOINED, JOINED)
        assert not [said for _name, check in CHECKS for said in check()]


def test_a_lead_that_goes_into_its_helper_ends_the_helpers_part(app: Flask) -> None:
    house = found_authority(app)
    kt, vhxh = house.units["kt"], house.units["vhxh"]
    assign_task(app, house, lead="kt", due=date(2026, 12, 15), coordinating=("vhxh",))
    admin = browser(app, house.people["admin"])
    sent = {"olds": [str(kt.id)], "into": str(vhxh.id)}
    seen = post(admin, "/setup/units/change/merge", {**sent, "on": "18/11/2026", "basis": BASIS, "preview": "1"})
    assert "Phần phối hợp của đơn vị nhận khép lại ở các nhiệm vụ từ nay nó chủ trì" in words(seen)
    change(admin, "merge", sent)
    with app.app_context():
        told = session.scalars(select(Event).where(Event.subject == COORDINATING_PART.name)).one()
        assert told.event == ENDS_JOINED
        assert not [said for _name, check in CHECKS for said in check()]


def test_two_helpers_that_become_one_have_one_part_with_the_work_of_both(app: Flask) -> None:
    house = found_authority(app)
    hcc, vhxh = house.units["hcc"], house.units["vhxh"]
    task_id = assign_task(app, house, lead="kt", due=date(2026, 12, 15), coordinating=("hcc", "vhxh"))
    lead = browser(app, house.people["head_kt"])
    take(lead, "task", task_id, "accept")
    with app.app_context():
        part = select(CoordinatingPart.id).where(CoordinatingPart.unit_id == hcc.id)
        asked = session.scalars(part).one()
    take(lead, "coordinating_part", asked, "ask", {"work": "Rà soát hồ sơ một cửa", "due": "30/11/2026"})
    admin = browser(app, house.people["admin"])
    sent = {"old": str(hcc.id), "into": str(vhxh.id)}
    seen = post(admin, "/setup/units/change/abolish", {**sent, "on": "18/11/2026", "basis": BASIS, "preview": "1"})
    assert f"nhập vào phần của {vhxh.name}: hai đơn vị phối hợp thành một" in words(seen)
    change(admin, "abolish", sent)
    assert parts_of(app, task_id) == {hcc.name: JOINED, vhxh.name: ASKED}
    with app.app_context():
        heir = session.scalars(select(CoordinatingPart).where(CoordinatingPart.unit_id == vhxh.id)).one()
        assert (heir.work, heir.due) == ("Rà soát hồ sơ một cửa", date(2026, 11, 30))
    assert "Rà soát hồ sơ một cửa" in words(browser(app, house.people["head_vhxh"]).get(f"/tasks/{task_id}"))


@pytest.mark.parametrize("before", ["withdraw", "note"])
def test_what_one_helper_was_asked_goes_to_the_other_of_which_nothing_is_asked_any_more(
    app: Flask, before: str
) -> None:
    house = found_authority(app)
    hcc, vhxh = house.units["hcc"], house.units["vhxh"]
    task_id = assign_task(app, house, lead="kt", due=date(2026, 12, 15), coordinating=("hcc", "vhxh"))
    lead = browser(app, house.people["head_kt"])
    take(lead, "task", task_id, "accept")
    with app.app_context():
        parts = {part.unit_id: part.id for part in session.scalars(select(CoordinatingPart))}
    own = {"work": "Danh sách cán bộ"}
    take(lead, "coordinating_part", parts[vhxh.id], "ask", own)
    if before == "withdraw":
        take(lead, "coordinating_part", parts[vhxh.id], "withdraw", {"reason": "Đã có danh sách"})
    else:
        take(browser(app, house.people["head_vhxh"]), "coordinating_part", parts[vhxh.id], "deliver", {"result": "Có"})
        assert take(lead, "coordinating_part", parts[vhxh.id], "note").status_code == 303
    typed = {"work": "Rà soát hồ sơ một cửa", "due": "30/11/2026"}
    take(lead, "coordinating_part", parts[hcc.id], "ask", typed)
    change(browser(app, house.people["admin"]), "abolish", {"old": str(hcc.id), "into": str(vhxh.id)})
    assert parts_of(app, task_id) == {hcc.name: JOINED, vhxh.name: ASKED}
    assert "Rà soát hồ sơ một cửa" in words(browser(app, house.people["head_vhxh"]).get("/unit"))
    with app.app_context():
        heir = session.get_one(CoordinatingPart, parts[vhxh.id])
        assert (heir.work, heir.due, heir.delivered_on) == ("Rà soát hồ sơ một cửa", date(2026, 11, 30), None)
        assert not [said for _name, check in CHECKS for said in check()]
