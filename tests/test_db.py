"""The one transaction: what two who write at the same moment are told."""

from __future__ import annotations

import sqlite3
import threading
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from app.db import engine, mark_looking, session, transaction
from app.errors import ChangedMeanwhileError
from app.models import Task, Unit
from tests.factories import assign_task, found_authority
from workflows.task import COMPLETED

if TYPE_CHECKING:
    from flask import Flask


def test_a_row_that_somebody_wrote_meanwhile_is_said_to_have_changed(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2027, 9, 30), title="Như cũ")

    def write_behind_another() -> None:
        with transaction(), session.no_autoflush:
            task = session.get_one(Task, task_id)
            task.title = "Mới"
            overtaken = update(Task).values(version=Task.version + 1)
            session.execute(overtaken.execution_options(synchronize_session=False))

    with app.app_context():
        with pytest.raises(ChangedMeanwhileError):
            write_behind_another()
        assert session.get_one(Task, task_id).title == "Như cũ"


def test_a_row_that_somebody_added_meanwhile_is_said_to_have_changed(app: Flask) -> None:
    house = found_authority(app)

    def add(name: str) -> None:
        with transaction():
            session.add(Unit(authority_id=house.authority.id, name=name, short_name="PM", kind="department"))

    with app.app_context():
        add("Phòng mới")
        with pytest.raises(ChangedMeanwhileError):
            add("Phòng mới")


def test_what_the_database_forbids_stays_a_fault_of_ours(app: Flask) -> None:
    house = found_authority(app)
    assign_task(app, house, due=date(2027, 9, 30))

    def complete_without_a_report() -> None:
        with transaction():
            session.execute(update(Task).values(state=COMPLETED))

    with app.app_context(), pytest.raises(IntegrityError):
        complete_without_a_report()


def test_a_page_that_is_looked_at_holds_no_transaction_open_on_postgresql(app: Flask) -> None:
    found_authority(app)
    with app.app_context():
        mark_looking()
        connection = session.connection()
        assert session.scalar(select(Unit.id).limit(1))
        if connection.dialect.name == "postgresql":
            status = connection.connection.driver_connection.info.transaction_status  # type: ignore[union-attr] # psycopg's own
            assert status.name == "IDLE"


def test_what_a_look_writes_all_the_same_is_one_transaction(app: Flask) -> None:
    house = found_authority(app)

    def rename_and_fail() -> None:
        with transaction():
            session.get_one(Unit, house.units["vhxh"].id).name = "Nửa chừng"
            session.flush()
            raise LookupError

    with app.app_context():
        mark_looking()
        before = session.get_one(Unit, house.units["vhxh"].id).name
        with pytest.raises(LookupError):
            rename_and_fail()
        session.expire_all()
        assert session.get_one(Unit, house.units["vhxh"].id).name == before
        with transaction():
            session.get_one(Unit, house.units["vhxh"].id).name = "Đã xong"
        session.expire_all()
        assert session.get_one(Unit, house.units["vhxh"].id).name == "Đã xong"


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_small_questions_are_answered_without_helpers_and_without_compiling_on_postgresql(app: Flask) -> None:
    with app.app_context():
        assert session.scalar(text("SHOW jit")) == "off"
        cost = session.scalar(text("SHOW parallel_setup_cost"))
        assert float(cost) >= 100_000


ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HELD, LATE = 0.36, 0.03


def waited_after_the_other(app: Flask) -> float:
    """Return the seconds between one writer's end and the next one's begin."""
    freed: list[float] = []
    with app.app_context():
        path = engine().url.database or ""

    def hold(taken: threading.Event) -> None:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        taken.set()
        time.sleep(HELD)
        freed.append(time.monotonic())
        other.execute("COMMIT")
        other.close()

    taken = threading.Event()
    holder = threading.Thread(target=hold, args=(taken,))
    holder.start()
    assert taken.wait(5)
    with app.app_context(), transaction():
        session.execute(update(Unit).values(kind="department"))
        begun = time.monotonic()
    holder.join()
    return begun - freed[0]


@ON_SQLITE
def test_a_writer_who_waits_goes_on_as_soon_as_the_other_is_done(app: Flask) -> None:
    found_authority(app)
    assert min(waited_after_the_other(app) for _try in range(5)) < LATE


@ON_SQLITE
def test_who_need_not_write_does_not_wait_for_who_writes(app: Flask) -> None:
    found_authority(app)
    with app.app_context():
        other = sqlite3.connect(engine().url.database or "", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        with pytest.raises(OperationalError), transaction(patience=0):
            session.execute(update(Unit).values(kind="department"))
        assert time.monotonic() - begun < 1
        other.execute("COMMIT")
        other.close()
        with transaction():
            session.execute(update(Unit).values(kind="department"))
