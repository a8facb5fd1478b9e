"""The sections of a unit's home: their numbers and first rows are those of the lists they open, in every state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import update

from app.db import session, transaction
from app.models import Task
from app.queries import task_list, unit_inbox
from app.queries.task_list import TaskFilter, page_of_tasks
from tests.factories import at_noon
from tests.home import work
from tests.home.work import DAY
from tests.tasks.test_kept_counts import busy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


@pytest.mark.parametrize("code", ["vhxh", "kt", "ca", "hcc"])
@pytest.mark.parametrize("sent_back", [False, True])
def test_sections_are_the_beginnings_of_their_lists(app: Flask, code: str, sent_back: bool) -> None:  # noqa: FBT001 -- a parameter of the test
    house = busy(app)
    unit_id = house.units[code].id
    with app.app_context():
        if sent_back:
            with transaction():
                session.execute(update(Task).where(Task.id % 2 == 0).values(returns=1))
        standing = work.actor(house, f"head_{code}").standing
        counts = unit_inbox.inbox_counts(standing, unit_id, DAY)
        rows = unit_inbox.inbox_rows(standing, unit_id, DAY)
        for name in (*unit_inbox.SECTIONS, unit_inbox.PART):
            wanted = unit_inbox.filter_of(name, unit_id)
            shape, values = task_list._asked(wanted, standing, DAY)  # noqa: SLF001 -- counts past the kept ones
            assert counts.sections[name] == session.scalar(task_list._count(shape), values), name  # noqa: SLF001 -- the same
            first = page_of_tasks(wanted, standing, DAY, size=unit_inbox.SHOWN)
            shown = [row.id for row in rows if row.section == name]
            assert sorted(shown) == sorted(row.id for row in first), name
        whole = page_of_tasks(TaskFilter(unit=unit_id), standing, DAY, size=100)
        assert counts.open == len(whole)
        own = page_of_tasks(TaskFilter(unit=unit_id, owner=standing.person_id), standing, DAY, size=100)
        assert counts.mine == len(own)
