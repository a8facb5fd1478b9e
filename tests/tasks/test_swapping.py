"""A move writes its task under the version that was read, and nothing of it stays where it fails."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.orm.exc import StaleDataError

from app import db
from app.bench.pages import counted
from app.db import session
from app.models import Task
from app.models.search_entry import SearchEntry
from app.services.swapping import write_swapped
from tests.factories import assign_task, found_authority

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def task_id(app: Flask) -> int:
    return assign_task(app, found_authority(app), due=date(2099, 9, 30))


def test_it_writes_what_was_changed_once_and_counts_the_version(app: Flask, task_id: int) -> None:
    with app.app_context():
        with counted(app) as statements, db.transaction():
            task = session.get_one(Task, task_id)
            before, task.returns = task.version, 3
            write_swapped(task)
        assert [one.split()[0] for one in statements] == ["SELECT", "UPDATE"]
        assert (task.version, task.returns) == (before + 1, 3)
        session.expire_all()
        assert (task.version, task.returns) == (before + 1, 3)


def test_it_refuses_where_somebody_was_quicker(app: Flask, task_id: int) -> None:
    with app.app_context():
        task = session.get_one(Task, task_id)
        session.execute(text("UPDATE task SET version = version + 1 WHERE id = :id"), {"id": task_id})
        task.returns = 3
        with pytest.raises(StaleDataError), session.no_autoflush:
            write_swapped(task)
        session.rollback()
        assert task.returns == 0


def test_what_was_written_is_forgotten_with_its_transaction(app: Flask, task_id: int) -> None:
    with app.app_context():
        task = session.get_one(Task, task_id)
        session.rollback()
        before = task.version
        task.returns = 3
        write_swapped(task)
        session.rollback()
        assert (task.version, task.returns) == (before, 0)


def test_search_finds_a_task_by_its_new_words(app: Flask, task_id: int) -> None:
    with app.app_context():
        with db.transaction():
            task = session.get_one(Task, task_id)
            task.title = "Kiểm kê thuyền thúng"
            write_swapped(task)
        found = session.query(SearchEntry).filter_by(kind="task", item_id=task_id).one()
        assert "thuyen thung" in found.words
