"""Prepared changes whose day came while the scheduler stood still: said plainly, done by a button or when it runs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import select

from app.db import session, transaction
from app.jobs import planned_changes as job
from app.jobs.planned_changes import take_up_changes
from app.models import Event, PlannedUnitChange, Unit, UnitChange
from app.services.planned_changes import take_effect
from app.services.verification import CHECKS
from tests.factories import assign_task, at_noon, browser, found_authority, post
from tests.setup.changing_units import words
from tests.setup.test_planned_changes import DAY, TODAY, lead_of, merging, prepare, told
from workflows.holding import DONE, REFUSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.factories import House

LATE = date(2026, 12, 4)
OVERDUE = "Đã đến ngày 01/12/2026 nhưng chưa thực hiện"
NOW = "Thực hiện ngay"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


def prepared(app: Flask) -> tuple[House, int]:
    """Return a house with a merger prepared for DAY and a task that comes along."""
    house = found_authority(app)
    task = assign_task(app, house, lead="kt", due=date(2026, 12, 30))
    prepare(browser(app, house.people["admin"]), "merge", merging(house))
    return house, task


def prepare_beside(app: Flask, house: House, old: str, into: str, day: date) -> None:
    """Prepare another merger like the first, as if it had been looked at."""
    with app.app_context(), transaction():
        first = session.query(PlannedUnitChange).one()
        wanted = {**first.wanted, "olds": [house.units[old].id], "targets": [{"unit": house.units[into].id}]}
        session.add(
            PlannedUnitChange(
                authority_id=first.authority_id, kind=first.kind, starts_on=day, basis=first.basis, title="Lần sau",
                person_id=first.person_id, wanted=wanted, made_at=first.made_at,
            )
        )  # fmt: skip


def outcomes(app: Flask) -> list[str]:
    with app.app_context():
        return [one.outcome for one in session.query(PlannedUnitChange).order_by(PlannedUnitChange.id)]


def test_it_is_taken_up_when_the_scheduler_runs_again(app: Flask) -> None:
    house, task = prepared(app)
    with time_machine.travel(at_noon(LATE), tick=False), app.app_context():
        assert take_up_changes() == 1
        act = session.scalars(select(UnitChange)).one()
        assert (act.starts_on, session.get_one(Unit, house.units["kt"].id).abolished_on) == (DAY, DAY)
    assert lead_of(app, task) == house.units["vhxh"].id


def test_the_pages_say_so_and_the_administrator_does_it_now(app: Flask) -> None:
    house, task = prepared(app)
    admin = browser(app, house.people["admin"])
    assert OVERDUE not in words(admin.get("/setup/"))
    assert NOW not in words(admin.get("/setup/unit-changes/planned/1"))
    early = words(post(admin, "/setup/unit-changes/planned/1/now", {}, follow=True))
    assert "chưa đến ngày" in early
    assert lead_of(app, task) == house.units["kt"].id
    with time_machine.travel(at_noon(LATE), tick=False):
        admin = browser(app, house.people["admin"])
        for address in ("/setup/", "/setup/unit-changes", "/setup/unit-changes/planned/1"):
            shown = admin.get(address)
            assert OVERDUE in words(shown), address
            assert 'action="/setup/unit-changes/planned/1/now"' in shown.text, address
            assert NOW in words(shown)
        page = words(post(admin, "/setup/unit-changes/planned/1/now", {}, follow=True))
        assert "Đã thực hiện" in page
        assert OVERDUE not in words(admin.get("/setup/"))
        assert "không còn chờ" in words(post(admin, "/setup/unit-changes/planned/1/now", {}, follow=True))
        with app.app_context():
            assert {name: list(check()) for name, check in CHECKS if list(check())} == {}
            done = session.query(Event).filter_by(subject="planned_unit_change", event="done").one()
            assert done.actor_id == house.people["admin"].id
    assert (lead_of(app, task), outcomes(app)) == (house.units["vhxh"].id, [DONE])
    assert "unit_change.made" in {rule for rule, _ in told(app, house.people["head_vhxh"])}


def test_what_came_before_it_is_done_first(app: Flask) -> None:
    house, task = prepared(app)
    prepare_beside(app, house, "vhxh", "ca", date(2026, 12, 2))
    with time_machine.travel(at_noon(LATE), tick=False):
        admin = browser(app, house.people["admin"])
        post(admin, "/setup/unit-changes/planned/2/now", {})
    assert (outcomes(app), lead_of(app, task)) == ([DONE, DONE], house.units["ca"].id)


def test_what_cannot_be_done_now_is_told_and_kept(app: Flask) -> None:
    house, task = prepared(app)
    with app.app_context(), transaction():
        session.get_one(Unit, house.units["vhxh"].id).abolished_on = date(2026, 11, 25)
    with time_machine.travel(at_noon(LATE), tick=False):
        admin = browser(app, house.people["admin"])
        page = words(post(admin, "/setup/unit-changes/planned/1/now", {}, follow=True))
    assert "không thể kế thừa" in page
    assert (outcomes(app), lead_of(app, task)) == ([REFUSED], house.units["kt"].id)


def test_a_fault_in_one_does_not_hold_up_the_next(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    house, _task = prepared(app)
    prepare_beside(app, house, "hcc", "ca", DAY)

    def broken(planned_id: int) -> bool:
        if planned_id == 1:
            raise KeyError("olds")
        return take_effect(planned_id)

    monkeypatch.setattr(job, "take_effect", broken)
    with time_machine.travel(at_noon(LATE), tick=False):
        with app.app_context():
            assert take_up_changes() == 1
        page = words(browser(app, house.people["admin"]).get("/setup/"))
    assert outcomes(app) == [REFUSED, DONE]
    assert "chưa thực hiện được" in page
