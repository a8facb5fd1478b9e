"""No page asks the database more than twelve times, whoever reads it, with one row of everything and with many."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from sqlalchemy import func, inspect, select

from app.db import session, transaction
from app.models import (
    AgendaItem,
    AgendaProposal,
    Attendance,
    Comment,
    Conclusion,
    Explanation,
    MinutesVersion,
    Notice,
    Person,
    SubTask,
    Task,
)
from app.views.guard import PUBLIC
from tests.access.knocking import address, get_doors
from tests.access.world import ROLES, STRANGERS, World, make_world
from tests.factories import assign_task, at_noon, browser
from tests.home.statements import BAR, counting
from workflows.meeting import CONVENED
from workflows.notice import ISSUED

if TYPE_CHECKING:
    from flask import Flask

pytestmark = pytest.mark.slow
READERS = [role for role in ROLES if role != "nobody" and role not in STRANGERS]
# The same page with what is read only when it is asked for.
ASKED = {"tasks.show": "?recording=1", "proposals.show": "?recording=1"}
MANY = 8
EXCEPTIONS = {
    "papers.invitation": 17,  # a file: its choices, signer, number and head are read by parts that share nothing
    "papers.notice": 16,  # the same
}
"""What asks more often, and how often at most."""


@pytest.fixture(autouse=True)
def _nothing_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no machine be so slow that a month is kept after its page was drawn: that is no part of the page."""
    monkeypatch.setattr("app.queries.kept_reckonings.WORTH_KEEPING", timedelta(days=1))


def again(row: Any, **changes: object) -> Any:  # noqa: ANN401 -- any model
    """Return a new row like one that there is, with some columns otherwise."""
    columns = {one.key for one in inspect(type(row)).column_attrs} - {"id"}
    return type(row)(**{name: getattr(row, name) for name in columns} | changes)


def first(model: Any) -> Any:  # noqa: ANN401 -- any model
    """Return the first row of a table."""
    return session.scalars(select(model).order_by(model.id).limit(1)).one()


def crowd(app: Flask, world: World) -> None:
    """Put many beside each row that the pages of the world list, and issue its notice."""
    tasks = [
        assign_task(app, world.house, due=date(2026, 11, day), coordinating=("hcc",)) for day in range(3, 3 + MANY)
    ]
    with app.app_context(), transaction():
        item, proposed, clause = first(AgendaItem), first(AgendaProposal), first(Conclusion)
        paper = session.get_one(Notice, world.items["notice"])
        paper.state, paper.issued_on, paper.number, paper.scope = ISSUED, date(2026, 11, 21), 7, "2026"
        paper.signed_at = paper.made_at
        paper.symbol, paper.signer_id, paper.digest = "07/TB-BCĐ", world.house.people["chair"].id, "0" * 64
        item.meeting.state = CONVENED
        last = session.scalars(select(func.max(Conclusion.position)).where(Conclusion.notice_id == paper.id)).one()
        for number, task_id in enumerate(tasks, 1):
            task = session.get_one(Task, task_id)
            clauses = again(clause, position=(last or 0) + number, address=f"{20 + number}")
            session.add(clauses)
            session.flush()
            task.conclusion_id, task.directive_id = clauses.id, None
            more = again(item, position=item.position + number, title=f"Nội dung {number}")
            more.tasks = [task]
            guest = again(first(Attendance), person_id=None, name=f"Khách {number}", rank=number)
            session.add_all([more, guest, again(proposed, title=f"Đề nghị {number}")])
            session.add_all(again(first(model)) for model in (Comment, SubTask))
            session.add(again(first(Explanation), state="answered", answer="Đã rõ", answered_at=task.made_at))
            session.add(again(first(MinutesVersion), number=number + 1))


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
def test_no_page_asks_more_than_twelve_times(app: Flask, *, many: bool) -> None:
    over = []
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        world = make_world(app)
        if many:
            crowd(app, world)
        for role in READERS:
            person = world.people[role]
            assert isinstance(person, Person)
            reader = browser(app, person)
            for rule, values in get_doors(app, world):
                if getattr(app.view_functions[rule.endpoint], "permission", PUBLIC) == PUBLIC:
                    continue
                for url in {address(rule, values), address(rule, values) + ASKED.get(rule.endpoint, "")}:
                    with counting(app) as found, reader.get(url) as answer:
                        if len(found) > EXCEPTIONS.get(rule.endpoint, BAR) or answer.status_code >= 500:
                            over.append((role, rule.endpoint, url, answer.status_code, len(found)))
    assert not over, "\n".join(str(one) for one in over)
