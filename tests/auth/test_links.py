"""Signed links to an account: by mail or by hand, looked at without harm, used once, and forgotten by the database."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import select, update

from app.db import session, transaction
from app.models import Event, LoginSession, Message, Notification, Person, SignedLink
from app.services import logins
from app.services.invitations import close_told
from app.services.signed_links import address_of
from app.services.verification import broken_chains
from tests.factories import CSRF_RAW, PASSWORD, at_noon, browser, csrf, found_authority, post
from tests.posts import run_at
from tests.setup.test_first_run import send

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House
    from tests.posts import Sink

TODAY = date(2026, 11, 18)
NOON = at_noon(TODAY)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FRESH = {"password": "mưa thuận gió hòa", "again": "mưa thuận gió hòa"}
MAIL = ("make_messages", "deliver_mail")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def house(app: Flask) -> House:
    """Return an authority in which the member has never logged in."""
    found = found_authority(app)
    with app.app_context(), transaction():
        session.execute(update(Person).where(Person.id == found.people["member"].id).values(password_hash=None))
    return found


def by_hand(app: Flask, house: House, who: str = "member") -> str:
    """Return the path of a link that the administrator is shown."""
    page = post(browser(app, house.people["admin"]), f"/setup/people/{house.people[who].id}/invite")
    found = re.search(r"/links/[\w-]+", page.text)
    assert found
    return found[0]


def test_an_invitation_goes_out_by_mail_works_once_and_is_forgotten(app: Flask, house: House, sink: Sink) -> None:
    page = post(browser(app, house.people["admin"]), f"/setup/people/{house.people['member'].id}/invite", follow=True)
    assert "Thư mời sẽ được gửi" in page.text
    assert "/links/" not in page.text
    run_at(app, NOON + timedelta(minutes=1), *MAIL)
    letter = sink.to("member@")[0]
    body = letter.get_body(("plain",))
    assert body is not None
    link = re.search(r"https://dondoc\.binhminh\.example(/links/[\w-]+)", body.get_content())
    assert link
    with app.app_context():
        rows = [*session.scalars(select(Notification.data)), *session.scalars(select(Message.data))]
        assert link[1].removeprefix("/links/") not in str(rows)

    visitor = app.test_client()
    looked = visitor.get(link[1])
    assert "Chào mừng Đỗ Quang Bảo" in looked.text
    assert visitor.get(link[1]).status_code == 200
    assert send(visitor, link[1], FRESH).location == "/"
    assert visitor.get("/account/").status_code == 200
    again = send(app.test_client(), link[1], {"password": "kẻ khác đến sau", "again": "kẻ khác đến sau"})
    assert again.status_code == 410
    assert "đã dùng rồi" in again.text
    with app.app_context():
        person = session.get_one(Person, house.people["member"].id)
        assert logins.check_password(person, FRESH["password"])


@ON_SQLITE
def test_a_link_dies_with_time_and_with_the_next_one(app: Flask, house: House) -> None:
    first = by_hand(app, house)
    second = by_hand(app, house)
    replaced = app.test_client().get(first)
    assert replaced.status_code == 410
    assert "thu hồi hoặc thay" in replaced.text
    with time_machine.travel(NOON + timedelta(days=6, hours=23), tick=False):
        assert app.test_client().get(second).status_code == 200
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        assert "đã hết hạn" in app.test_client().get(second).text
        assert send(app.test_client(), second, FRESH).status_code == 410
    assert app.test_client().get("/links/khong-co-that").status_code == 404


@ON_SQLITE
def test_a_refused_password_spends_nothing(app: Flask, house: House) -> None:
    link = by_hand(app, house)
    visitor = app.test_client()
    assert "từ 10 đến 200 ký tự" in send(visitor, link, {"password": "ngan", "again": "ngan"}).text
    assert "chưa giống nhau" in send(visitor, link, {**FRESH, "again": "khác hẳn đi"}).text
    own = send(visitor, link, {"password": "member@binhminh.example", "again": "member@binhminh.example"})
    assert own.status_code == 422
    assert "không được trùng" in own.text
    assert send(visitor, link, FRESH).status_code == 303


@ON_SQLITE
def test_a_new_password_ends_the_old_sessions(app: Flask, house: House) -> None:
    thief = browser(app, house.people["head_kt"])
    link = by_hand(app, house, "head_kt")
    assert send(app.test_client(), link, FRESH).status_code == 303
    assert thief.get("/account/").status_code == 303


def test_forgetting_answers_alike_for_known_and_unknown_names(app: Flask, house: House, sink: Sink) -> None:
    answers = []
    for name in ("head_kt", "HEAD.KT@binhminh.example", "khong-co-ai", "member@nowhere.example"):
        visitor = app.test_client()
        answer = send(visitor, "/forgot-password", {"login": name})
        answers.append((answer.status_code, re.sub(r'value="[^"]*"', "", answer.text)))
    assert len(set(answers)) == 1
    assert "Nếu có tài khoản mang tên này" in answers[0][1]
    run_at(app, NOON + timedelta(minutes=1), *MAIL)
    # The second request replaced the first link, whose mail is therefore not sent.
    assert [str(letter["To"]) for letter in sink.letters] == ["Bùi Đình Phúc <head.kt@binhminh.example>"]
    with app.app_context():
        alive = session.scalars(select(SignedLink).where(SignedLink.revoked_at.is_(None))).all()
        assert [link.expires_at - link.made_at for link in alive] == [timedelta(hours=1)]


@ON_SQLITE
def test_asking_again_and_again_is_slowed_down(app: Flask, house: House, sink: Sink) -> None:
    visitor = app.test_client()
    codes = [send(visitor, "/forgot-password", {"login": "head_kt"}).status_code for _ in range(9)]
    assert codes == [200] * 8 + [429]
    with app.app_context():
        assert len(session.scalars(select(SignedLink)).all()) == 3
    assert send(app.test_client(), "/forgot-password", {"login": " "}).status_code == 422


@ON_SQLITE
def test_without_a_mail_server_the_page_says_whom_to_ask(app: Flask, house: House) -> None:
    page = app.test_client().get("/forgot-password")
    assert "Hãy nhờ quản trị của cơ quan" in page.text
    assert '<input type="text"' not in page.text


def test_the_database_never_holds_a_token_and_links_that_died_unsent_close(app: Flask, house: House) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp_host="mail.example")
    post(browser(app, house.people["admin"]), f"/setup/people/{house.people['member'].id}/invite")
    with app.app_context():
        link = session.scalars(select(SignedLink)).one()
        token = (address_of(link) or "").rpartition("/")[2]
        assert link.token_hash == logins.hash_token(token)
        rows = [*session.scalars(select(Notification.data)), vars(link)]
        assert token not in str(rows)
    with time_machine.travel(NOON + timedelta(days=8), tick=False), app.app_context(), transaction():
        assert close_told() == 1
        assert close_told() == 0
    with app.app_context():
        assert session.scalars(select(Notification)).one().read_at is not None


@ON_SQLITE
def test_each_link_is_logged_in_a_chain_of_its_own(app: Flask, house: House) -> None:
    first = by_hand(app, house)
    second = by_hand(app, house)
    app.test_client().get(second)
    send(app.test_client(), second, FRESH)
    with app.app_context():
        told = [(e.subject_id, e.event) for e in session.scalars(select(Event).where(Event.subject == "signed_link"))]
        assert told == [(1, "made"), (1, "revoked"), (2, "made"), (2, "used")]
        assert list(broken_chains()) == []
    assert first != second


@ON_SQLITE
def test_trying_wrong_links_is_slowed_down(app: Flask, house: House) -> None:
    good = by_hand(app, house)
    visitor = app.test_client()
    codes = {send_at(visitor, f"/links/wrong-{number}") for number in range(logins.TRIES_OF_ADDRESS)}
    assert codes == {404}
    assert visitor.get(good).status_code == 429
    with time_machine.travel(NOON + timedelta(minutes=16), tick=False):
        assert visitor.get(good).status_code == 200


def send_at(visitor: FlaskClient, url: str) -> int:
    """Send a form to an address with a form's token, and return the answer's status."""
    with visitor.session_transaction() as cookie:
        cookie["csrf_token"] = CSRF_RAW
    return visitor.post(url, data={"csrf_token": csrf(visitor)}).status_code


@ON_SQLITE
def test_everybody_without_a_password_is_invited_at_once(app: Flask, house: House) -> None:
    admin = browser(app, house.people["admin"])
    assert "Mời tất cả 1 người" in admin.get("/setup/people?show=uninvited").text
    page = post(admin, "/setup/people/invite")
    assert page.text.count("/links/") == 1
    assert "Đỗ Quang Bảo" in page.text
    with app.app_context():
        assert session.scalars(select(Notification)).all() == []
        assert session.scalars(select(LoginSession.id)).all()
    assert PASSWORD not in page.text
