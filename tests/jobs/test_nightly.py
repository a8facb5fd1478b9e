"""The night's work: the log is sealed once a night, old rows go, the coming year has a calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import func, select, text, update

from app.clock import now
from app.db import session, transaction
from app.models import CalendarDay, Event, LoginAttempt, LoginSession, Notification, Seal, SignedLink
from app.services.logins import open_session
from app.services.seals import heads_at
from tests.factories import House, assign_task, at_noon, found_authority
from tests.posts import run_at, told, wall

if TYPE_CHECKING:
    from flask import Flask

NIGHT = wall(date(2026, 11, 24), 0, 40)


@pytest.fixture
def house(app: Flask) -> House:
    return found_authority(app)


def give(app: Flask, house: House, day: date) -> None:
    with time_machine.travel(at_noon(day), tick=False):
        assign_task(app, house, due=date(2026, 12, 30))


def test_a_night_is_sealed_once_and_the_keepers_are_told(app: Flask, house: House) -> None:
    give(app, house, date(2026, 11, 23))
    assert run_at(app, NIGHT, "seal_chains", "seal_chains") == [1, 0]
    with app.app_context():
        seal = session.scalars(select(Seal)).one()
        events = session.scalar(select(func.count()).select_from(Event))
        assert (seal.day, seal.events) == (date(2026, 11, 23), events)
        assert heads_at(house.authority.id, seal.last_event_id) == (seal.events, seal.digest)
    assert {login for _r, login, _i, _s in told(app, "seal.")} == {"admin"}


def test_what_happened_after_midnight_is_of_the_next_seal(app: Flask, house: House) -> None:
    give(app, house, date(2026, 11, 23))
    with time_machine.travel(wall(date(2026, 11, 24), 0, 10), tick=False):
        assign_task(app, house, due=date(2026, 12, 30))
    run_at(app, NIGHT, "seal_chains")
    run_at(app, NIGHT + timedelta(days=1), "seal_chains")
    with app.app_context():
        first, second = session.scalars(select(Seal).order_by(Seal.day)).all()
        assert second.events > first.events
        assert heads_at(house.authority.id, first.last_event_id)[1] == first.digest


def test_a_quiet_day_is_sealed_and_nobody_is_bothered(app: Flask, house: House) -> None:
    give(app, house, date(2026, 11, 23))
    run_at(app, NIGHT, "seal_chains")
    run_at(app, NIGHT + timedelta(days=1), "seal_chains")
    with app.app_context():
        digests = set(session.scalars(select(Seal.digest)))
        assert len(digests) == 1
        assert session.scalar(select(func.count()).where(Notification.rule == "seal.made")) == 1


def test_a_changed_log_no_longer_fits_its_seal(app: Flask, house: House) -> None:
    give(app, house, date(2026, 11, 23))
    run_at(app, NIGHT, "seal_chains")
    with app.app_context(), transaction():
        session.execute(update(Event).where(Event.subject == "task").values(digest="0" * 64))
    with app.app_context():
        seal = session.scalars(select(Seal)).one()
        assert heads_at(house.authority.id, seal.last_event_id)[1] != seal.digest


def test_old_log_ins_and_links_are_swept_and_live_ones_stay(app: Flask, house: House) -> None:
    person = house.people["secretary"]
    for moment in (wall(date(2026, 8, 1), 8), wall(date(2026, 11, 20), 8)):
        with time_machine.travel(moment, tick=False), app.app_context(), transaction():
            open_session(person, "test")
            session.add(LoginAttempt(key="a", at=now()))
            session.add(
                SignedLink(
                    authority_id=person.authority_id, purpose="reset", person_id=person.id, subject="person",
                    subject_id=person.id, nonce="",
                    token_hash=str(moment), made_at=now(), expires_at=now() + timedelta(hours=1),
                )
            )  # fmt: skip
    assert run_at(app, NIGHT, "sweep_old", "sweep_old") == [4, 0]
    with app.app_context():
        for model, left in ((LoginSession, 1), (LoginAttempt, 0), (SignedLink, 1)):
            assert session.scalar(select(func.count()).select_from(model)) == left


def test_the_next_year_is_proposed_in_autumn_once(app: Flask, house: House) -> None:
    assert run_at(app, wall(date(2026, 9, 30), 1, 30), "propose_calendar") == [0]
    assert run_at(app, wall(date(2026, 10, 1), 1, 30), "propose_calendar", "propose_calendar") == [1, 0]
    with app.app_context():
        days = session.scalars(select(CalendarDay).where(CalendarDay.day >= date(2027, 1, 1))).all()
        assert days
        assert not any(day.official for day in days)


def test_a_job_that_breaks_is_noted_and_does_not_stop_the_rest(app: Flask, house: House) -> None:
    with app.app_context(), transaction():
        session.execute(text("DROP TABLE seal"))
    from app.jobs.running import run_job  # noqa: PLC0415
    from app.jobs.schedule import BY_NAME  # noqa: PLC0415

    assert run_job(app, BY_NAME["seal_chains"]).wrong is not None
    assert run_at(app, NIGHT, "sweep_old") == [0]
