"""Mail goes once it can, is tried again when it may, and never twice under another Message-ID."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import select, text

from app.db import engine, session, transaction
from app.jobs.running import run_job
from app.jobs.schedule import BY_NAME
from app.models import Delivery, JobRun, Message, Person
from app.services import deliveries
from tests.factories import House, assign_task, found_authority
from tests.posts import OURS, Sink, mail_over, run_at, wall

if TYPE_CHECKING:
    from flask import Flask

MAIL = ("make_messages", "deliver_mail")
MORNING = wall(date(2026, 11, 23), 7, 45)


@pytest.fixture
def house(app: Flask) -> House:
    found = found_authority(app)
    with time_machine.travel(wall(date(2026, 11, 23), 7), tick=False):
        for unit in ("vhxh", "kt", "hcc"):
            assign_task(app, found, lead=unit, due=date(2026, 12, 30))
    return found


def standing(app: Flask) -> list[tuple[str, int, str]]:
    """Return state, tries and reason of every delivery: of the heads of HCC, KT and VHXH."""
    with app.app_context():
        query = select(Delivery).join(Message, Message.id == Delivery.message_id)
        rows = session.scalars(query.join(Person, Person.id == Message.person_id).order_by(Person.login))
        return [(row.state, row.attempts, row.last_error.partition(":")[0]) for row in rows]


def test_each_is_sent_once_with_its_own_message_id(app: Flask, house: House, sink: Sink) -> None:
    assert run_at(app, MORNING, *MAIL, "deliver_mail") == [3, 3, 0]
    headers = {str(letter["Message-ID"]) for letter in sink.letters}
    assert len(headers) == len(sink.letters) == 3
    assert all(header.endswith("@binhminh.example>") for header in headers)
    with app.app_context():
        assert headers == set(session.scalars(select(Delivery.message_header)))


def test_no_lock_is_held_while_the_mail_server_is_slow(app: Flask, house: House, sink: Sink) -> None:
    def write() -> None:
        other = engine_of(app)
        with other.begin() as connection:
            connection.execute(text("UPDATE person SET phone = '1'"))

    sink.before = write
    assert run_at(app, MORNING, *MAIL) == [3, 3]


def engine_of(app: Flask):  # type: ignore[no-untyped-def]  # noqa: ANN201 -- SQLAlchemy's engine
    with app.app_context():
        return engine()


def test_an_unknown_recipient_fails_at_once_and_the_others_go(app: Flask, house: House, sink: Sink) -> None:
    sink.refused["head.kt@binhminh.example"] = "550 5.1.1 no such user"
    run_at(app, MORNING, *MAIL)
    assert standing(app) == [("sent", 1, ""), ("failed", 1, "refused"), ("sent", 1, "")]
    with app.app_context():
        failed = session.scalars(select(Delivery).where(Delivery.state == "failed")).one()
        assert failed.last_error == "refused: 550 5.1.1 no such user"


def test_a_busy_server_is_asked_again_with_growing_pauses_then_it_is_given_up(
    app: Flask, house: House, sink: Sink
) -> None:
    sink.refused["head.kt@binhminh.example"] = "451 4.7.1 try later"
    moment, pauses = MORNING, []
    run_at(app, moment, *MAIL)
    for _ in range(9):
        with app.app_context():
            row = session.scalars(select(Delivery).where(Delivery.attempts > 0, Delivery.state == "pending")).one()
            due = row.next_try_at
        pauses.append((due - moment) / timedelta(minutes=1))
        assert run_at(app, due - timedelta(seconds=1), "deliver_mail") == [0]
        moment = due
        run_at(app, moment, "deliver_mail")
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256]
    assert standing(app)[1] == ("failed", 10, "busy")


def test_an_unreachable_server_costs_no_tries_and_loses_nothing(app: Flask, house: House, sink: Sink) -> None:
    port = app.config["SETTINGS"].smtp_port
    OURS.add(1)
    mail_over(app, 1)
    with time_machine.travel(MORNING, tick=False):
        run_job(app, BY_NAME["make_messages"])
        outcome = run_job(app, BY_NAME["deliver_mail"])
    assert outcome.wrong is not None
    assert "SMTP_HOST" in outcome.wrong.vi
    assert sorted(standing(app))[2] == ("pending", 0, "unreachable")
    mail_over(app, port)
    run_at(app, MORNING + timedelta(minutes=2), "deliver_mail")
    assert [state for state, *_rest in standing(app)] == ["sent"] * 3


def test_without_a_mail_server_mail_waits(app: Flask, house: House) -> None:
    assert run_at(app, MORNING, *MAIL) == [3, 0]
    assert standing(app) == [("pending", 0, "")] * 3


def test_a_demo_writes_its_mail_into_the_outbox(app: Flask, house: House) -> None:
    settings = app.config["SETTINGS"] = replace(app.config["SETTINGS"], demo=True)
    assert run_at(app, MORNING, *MAIL) == [3, 3]
    files = sorted((settings.var_dir / "outbox").glob("*"))
    assert [path.suffix for path in files] == [".eml"] * 3
    assert b"Message-ID: <don-doc." in files[0].read_bytes()


def test_what_a_dead_process_claimed_is_sent_when_its_lease_is_over(app: Flask, house: House, sink: Sink) -> None:
    run_at(app, MORNING, "make_messages")
    with (
        time_machine.travel(MORNING, tick=False),
        app.app_context(),
        transaction(),
    ):
        claim = deliveries.claim_next(MORNING)
    assert claim is not None
    assert run_at(app, MORNING + timedelta(minutes=4), "deliver_mail") == [2]
    assert run_at(app, MORNING + timedelta(minutes=6), "deliver_mail") == [1]
    assert claim.message_header in {str(letter["Message-ID"]) for letter in sink.letters}


def test_a_late_refusal_of_the_first_does_not_undo_what_the_second_sent(app: Flask, house: House, sink: Sink) -> None:
    run_at(app, MORNING, "make_messages")
    here = MORNING
    with app.app_context(), transaction():
        first = deliveries.claim_next(here)
    with app.app_context(), transaction():
        second = deliveries.claim_next(here + timedelta(hours=1))
    assert first is not None
    assert second is not None
    assert first.delivery_id == second.delivery_id
    with app.app_context(), transaction():
        deliveries.mark_sent(second, here + timedelta(hours=1))
    with app.app_context(), transaction():
        deliveries.try_later(first, here + timedelta(hours=1), "busy")
    assert ("sent", 2, "") in standing(app)


def test_two_nodes_share_the_work(app: Flask, house: House, sink: Sink) -> None:
    with time_machine.travel(MORNING, tick=True):
        ready = threading.Barrier(2)

        def node() -> None:
            ready.wait()
            for name in ("plan_reminders", "make_messages", "deliver_mail"):
                assert run_job(app, BY_NAME[name]).wrong is None

        nodes = [threading.Thread(target=node) for _ in range(2)]
        for each in nodes:
            each.start()
        for each in nodes:
            each.join()
        assert run_job(app, BY_NAME["deliver_mail"]).wrong is None
    headers = [str(letter["Message-ID"]) for letter in sink.letters]
    assert len(headers) == len(set(headers)) == 3
    assert [state for state, *_rest in standing(app)] == ["sent"] * 3


def test_a_mended_address_can_be_tried_again(app: Flask, house: House, sink: Sink) -> None:
    sink.refused["head.kt@binhminh.example"] = "550 5.1.1 no such user"
    run_at(app, MORNING, *MAIL)
    sink.refused.clear()
    with app.app_context(), transaction():
        failed = session.scalars(select(Delivery).where(Delivery.state == "failed")).one()
        deliveries.retry(failed, MORNING)
    run_at(app, MORNING, "deliver_mail")
    assert standing(app)[1] == ("sent", 1, "")


def test_a_wrong_address_is_said_to_be_one(app: Flask, house: House, sink: Sink) -> None:
    with app.app_context(), transaction():
        session.execute(text("UPDATE person SET email = 'no address' WHERE login = 'head_kt'"))
    run_at(app, MORNING, *MAIL)
    assert standing(app)[1] == ("failed", 1, "no_address")


def test_every_run_is_noted(app: Flask, house: House, sink: Sink) -> None:
    run_at(app, MORNING, *MAIL)
    with app.app_context():
        noted = {row.name: row.outcome for row in session.scalars(select(JobRun))}
    assert noted == {"make_messages": "done: 3", "deliver_mail": "done: 3"}
