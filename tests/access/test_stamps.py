"""What is kept between requests: right to the next request after any change, from whichever side the change came."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import delete, select, text, update

from app.db import session, transaction
from app.models import DataStamp, Membership, Office, Person, Task, Unit
from app.models.data_stamp import ORGANISATION, TASKS
from app.queries import stamps
from app.queries.stamps import kept_while, remember_stamps
from app.services.kept_triggers import triggers_amiss
from tests.factories import at_noon, browser, found_authority, post, take
from tests.home import work
from tests.home.statements import counting
from tests.home.work import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

LIST = "/tasks/?status=overdue"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def numbers() -> tuple[int, int]:
    """Return the stamps as they are in the database."""
    found = dict(session.execute(select(DataStamp.name, DataStamp.value)).all())
    return found[ORGANISATION], found[TASKS]


def total(page: str) -> str:
    """Return how many the register says its list holds."""
    return page.partition(" mục")[0].rpartition(">")[2].strip()


def test_the_register_reads_its_list_and_nothing_else_a_second_time(app: Flask) -> None:
    house = found_authority(app)
    work.given_task(app, house, due=DAY - timedelta(days=30))
    secretary = browser(app, house.people["secretary"])
    first = secretary.get(LIST).text
    with counting(app, keeping=True) as statements:
        assert secretary.get(LIST).text == first
    assert len(statements) == 2, statements


def test_a_move_changes_the_next_look_of_everybody(app: Flask) -> None:
    house = found_authority(app)
    task = work.given_task(app, house, due=DAY - timedelta(days=30))
    work.given_task(app, house, lead="kt", due=DAY - timedelta(days=30))
    secretary, chair = browser(app, house.people["secretary"]), browser(app, house.people["chair"])
    units = f"/chair/{house.committee.id}/units"
    assert total(secretary.get(LIST).text) == "2"
    before = chair.get(units).text
    assert take(chair, "task", task, "withdraw", {"reason": "Không còn cần"}).status_code == 303
    assert total(secretary.get(LIST).text) == "1"
    assert chair.get(units).text != before


def test_who_loses_an_office_sees_nothing_more_with_the_next_request(app: Flask) -> None:
    house = found_authority(app)
    task = work.given_task(app, house, due=DAY)
    head = browser(app, house.people["head_vhxh"])
    assert head.get(f"/tasks/{task}").status_code == 200
    assert head.get(f"/tasks/{task}").status_code == 200
    with app.app_context(), transaction():
        session.execute(delete(Office).where(Office.person_id == house.people["head_vhxh"].id))
    assert head.get(f"/tasks/{task}").status_code == 404


def test_a_seat_that_is_given_by_hand_in_the_database_counts_at_once(app: Flask) -> None:
    house = found_authority(app)
    task = work.given_task(app, house, due=DAY)
    stranger = browser(app, house.people["head_ca"])
    assert stranger.get(f"/tasks/{task}").status_code == 404
    with app.app_context(), transaction():
        number = house.people["head_ca"].id
        session.execute(text(f"UPDATE membership SET person_id = {number} WHERE office = 'member'"))  # noqa: S608 -- a number
    assert stranger.get(f"/tasks/{task}").status_code == 200


def test_a_renamed_unit_and_a_new_view_are_offered_at_once(app: Flask) -> None:
    house = found_authority(app)
    secretary = browser(app, house.people["secretary"])
    assert "Nhà văn hóa mới" not in secretary.get("/tasks/").text
    with app.app_context(), transaction():
        session.execute(update(Unit).where(Unit.id == house.units["vhxh"].id).values(name="Nhà văn hóa mới"))
    assert "Nhà văn hóa mới" in secretary.get("/tasks/").text
    saved = {"name": "Việc gấp của tôi", "status": "overdue", "columns": ["code", "title", "due", "status"]}
    assert post(secretary, "/tasks/views", saved).status_code == 303
    assert "Việc gấp của tôi" in secretary.get("/tasks/").text


def test_an_extension_that_is_asked_counts_as_waiting_at_once(app: Flask) -> None:
    house = found_authority(app)
    chair = browser(app, house.people["chair"])
    units = f"/chair/{house.committee.id}/units"
    with app.app_context():
        before = numbers()
    old = chair.get(units).text
    work.extended(app, house)
    with app.app_context():
        assert numbers()[1] != before[1]
    assert chair.get(units).text != old


def test_a_number_goes_back_with_a_rollback_and_never_comes_again(app: Flask) -> None:
    house = found_authority(app)
    with app.app_context():
        first = numbers()
        session.execute(update(Membership).values(title="Ủy viên"))
        session.commit()
        second = numbers()
        session.execute(update(Membership).values(title="Thành viên"))
        session.rollback()
        assert numbers() == second != first
        assert numbers()[1] == first[1]
    task = work.given_task(app, house, due=DAY)
    with app.app_context():
        third = numbers()
        assert third[1] != second[1]
        session.execute(update(Task).where(Task.id == task).values(title="Tên khác"))
        session.execute(update(Person).values(theme="dark"))
        session.commit()
        assert numbers() == third


def test_after_its_own_change_a_session_keeps_and_believes_nothing(app: Flask) -> None:
    house = found_authority(app)
    made = []

    def make() -> int:
        made.append(1)
        return len(made)

    with app.app_context():
        assert [kept_while(ORGANISATION, "key", make) for _ in range(2)] == [1, 2]
        remember_stamps(*numbers())
        assert [kept_while(ORGANISATION, "key", make) for _ in range(2)] == [3, 3]
        session.get_one(Unit, house.units["ca"].id).name = "Công an phường An Lạc"
        session.flush()
        assert [kept_while(ORGANISATION, "key", make) for _ in range(2)] == [4, 5]
        remember_stamps(*numbers())
        session.execute(update(Unit).values(kind="office"))
        assert [kept_while(ORGANISATION, "key", make) for _ in range(2)] == [6, 7]


def test_no_more_is_kept_than_there_is_room_for(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "MOST", 2)
    found_authority(app)
    with app.app_context():
        remember_stamps(*numbers())
        for one in "abc":
            kept_while(TASKS, one, lambda: one)  # noqa: B023 -- called at once
        assert kept_while(TASKS, "c", lambda: "new") == "c"
        assert kept_while(TASKS, "a", lambda: "new") == "new"


def test_verify_names_a_table_whose_changes_would_go_unnoticed(app: Flask) -> None:
    with app.app_context():
        assert not list(triggers_amiss())
        on = "" if session.connection().dialect.name == "sqlite" else " ON office"
        session.execute(text(f"DROP TRIGGER data_stamp_office_update{on}"))
        named = "office.data_stamp_office_update: thay đổi không được nhận ra (changes would go unnoticed)"
        assert list(triggers_amiss()) == [f"thiếu trigger (missing trigger): {named}"]
        session.rollback()
