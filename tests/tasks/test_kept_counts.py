"""The counts that the database keeps: equal to the lists in every state, whoever asks, and named where they are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import update

from app.db import session, transaction
from app.models import Task, TaskCount
from app.queries import task_list
from app.queries.kept_counts import KEPT
from app.queries.task_list import TaskFilter, count_tasks
from app.services.kept_counts import counts_amiss, recount
from tests.factories import at_noon, browser, found_authority, take
from tests.home import work
from tests.home.work import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.factories import House

LISTS = sorted(KEPT.keys() - {"ruled"})


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def busy(app: Flask) -> House:
    """Return a house with a task in every state, before, on and after its day."""
    house = found_authority(app)
    dates = (date(2026, 7, 1), date(2026, 9, 4), DAY, date(2026, 9, 18), date(2026, 9, 28), date(2026, 11, 30), None)
    for lead in ("vhxh", "kt"):
        for due in dates:
            work.given_task(app, house, lead=lead, due=due)
    for due in (date(2026, 9, 8), date(2026, 9, 30), None):
        work.reported(app, house, lead="kt", due=due)
    done = work.reported(app, house, due=date(2026, 9, 8))
    chair = browser(app, house.people["chair"])
    assert take(chair, "task", done, "confirm").status_code == 303
    paused = work.given_task(app, house, lead="ca", due=date(2026, 9, 4))
    assert take(chair, "task", paused, "pause", {"reason": "Chờ", "until": "1/12/2026"}).status_code == 303
    again = work.reported(app, house, lead="hcc", due=date(2026, 9, 8))
    assert take(chair, "task", again, "send_back", {"reason": "Thiếu số liệu"}).status_code == 303
    given = {"new_due": date(2026, 10, 5), "basis": "ruling", "basis_text": "Ý kiến"}
    work.move(app, house, work.given_task(app, house, due=date(2026, 9, 4)), "amend", "chair", given)
    work.contested(app, house)
    work.extended(app, house)
    work.given_task(app, house, lead="kt", due=date(2026, 9, 4), coordinating=("vhxh",))
    return house


@pytest.mark.parametrize("login", ["chair", "secretary", "head_vhxh", "staff_vhxh", "admin"])
def test_kept_counts_are_the_lengths_of_the_lists(app: Flask, login: str) -> None:
    house = busy(app)
    with app.app_context():
        assert [*counts_amiss()] == []
        standing = work.actor(house, login).standing
        total = 0
        for name in LISTS:
            all_of_it = TaskFilter(status=name)
            of_unit = replace(all_of_it, unit=house.units["kt"].id)
            for wanted in (all_of_it, of_unit, replace(all_of_it, committee=house.committee.id)):
                shape, values = task_list._asked(wanted, standing, DAY)  # noqa: SLF001 -- counts past the kept ones
                there = session.scalar(task_list._count(shape), values)  # noqa: SLF001 -- the same
                assert count_tasks(wanted, standing, DAY) == there, wanted
                total += there or 0
        assert bool(total) == (login != "admin")


def test_what_was_not_done_is_not_counted(app: Flask) -> None:
    house = busy(app)
    with app.app_context():
        session.execute(update(Task).values(lead_unit_id=house.units["tyt"].id))
        session.rollback()
        assert [*counts_amiss()] == []
        with transaction():
            # Past every service, as a repair by hand would be.
            session.execute(update(Task).values(lead_unit_id=house.units["tyt"].id))
        assert [*counts_amiss()] == []


def test_a_wrong_count_is_named_and_counted_anew(app: Flask) -> None:
    busy(app)
    with app.app_context():
        with transaction():
            session.execute(update(TaskCount).where(TaskCount.part == "month").values(number=TaskCount.number + 1))
        assert any("số đếm sai" in line for line in [*counts_amiss()])
        with transaction():
            assert recount(session.connection()) > 0
        assert [*counts_amiss()] == []
