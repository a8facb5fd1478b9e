"""The own account: password, sessions; and the log-in page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html
from sqlalchemy import select

from app.db import session
from app.models import LoginSession, Person
from app.services import logins
from tests.factories import PASSWORD, browser, found_authority, post
from tests.setup.test_first_run import send

if TYPE_CHECKING:
    from flask import Flask

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FRESH = {"password": "mưa thuận gió hòa", "again": "mưa thuận gió hòa"}


def test_changing_the_password_ends_the_other_sessions(app: Flask) -> None:
    house = found_authority(app)
    me = house.people["head_kt"]
    here, elsewhere = browser(app, me), browser(app, me)
    wrong = post(here, "/account/password", {**FRESH, "present": "nhớ nhầm rồi"})
    assert wrong.status_code == 422
    assert "Mật khẩu hiện tại chưa đúng" in wrong.text
    assert post(here, "/account/password", {**FRESH, "present": PASSWORD}).status_code == 303
    assert "các phiên đăng nhập khác đã kết thúc" in here.get("/account/").text
    assert elsewhere.get("/account/").status_code == 303
    with app.app_context():
        assert logins.check_password(session.get_one(Person, me.id), FRESH["password"])


@ON_SQLITE
def test_guessing_the_present_password_is_slowed_down(app: Flask) -> None:
    house = found_authority(app)
    here = browser(app, house.people["head_kt"])
    for _ in range(logins.TRIES):
        assert "chưa đúng" in post(here, "/account/password", {**FRESH, "present": "đoán thử"}).text
    assert "Đã nhập sai quá nhiều lần" in post(here, "/account/password", {**FRESH, "present": PASSWORD}).text


@ON_SQLITE
def test_sessions_are_listed_and_ended(app: Flask) -> None:
    house = found_authority(app)
    me = house.people["head_kt"]
    here, second, third = browser(app, me), browser(app, me), browser(app, me)
    stranger = browser(app, house.people["head_ca"])
    page = html.fromstring(here.get("/account/").text)
    ends = [form.get("action") for form in page.xpath("//main//form[contains(@action, '/end')]")]
    assert len(ends) == 3
    assert post(stranger, ends[0]).status_code == 404
    assert post(here, ends[0]).status_code == 303
    assert sorted([second.get("/account/").status_code, third.get("/account/").status_code]) == [200, 303]
    assert post(here, "/account/sessions/end-others").status_code == 303
    assert [each.get("/account/").status_code for each in (here, second, third)] == [200, 303, 303]
    with app.app_context():
        alive = select(LoginSession.id).where(LoginSession.person_id == me.id, LoginSession.revoked_at.is_(None))
        assert len(session.scalars(alive).all()) == 1


def test_logging_in_keeps_the_typed_name_and_goes_where_one_was_going(app: Flask) -> None:
    found_authority(app)
    visitor = app.test_client()
    refused = send(visitor, "/login", {"login": "head_kt", "password": "sai mật khẩu"})
    assert refused.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in refused.text
    page = html.fromstring(refused.text)
    assert page.xpath("string(//input[@name='login']/@value)") == "head_kt"
    assert page.xpath("string(//input[@name='password']/@value)") == ""
    nobody = send(visitor, "/login", {"login": "ai-do", "password": "x"})
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in nobody.text
    entered = send(visitor, "/login?next=/account/", {"login": " Head.KT@binhminh.example", "password": PASSWORD})
    assert entered.location == "/account/"
    assert (
        send(app.test_client(), "/login?next=//evil.example", {"login": "head_kt", "password": PASSWORD}).location
        == "/"
    )


@ON_SQLITE
def test_guessing_passwords_is_slowed_down(app: Flask) -> None:
    found_authority(app)
    visitor = app.test_client()
    for _ in range(logins.TRIES):
        send(visitor, "/login", {"login": "head_kt", "password": "đoán thử"})
    barred = send(visitor, "/login", {"login": "head_kt", "password": PASSWORD})
    assert barred.status_code == 422
    assert "Hãy chờ 15 phút" in barred.text


def test_the_language_chosen_on_the_way_in_wins_and_stays(app: Flask) -> None:
    house = found_authority(app)
    me = house.people["head_kt"]
    here = app.test_client()
    page = send(here, "/preferences", {"language": "en", "theme": "dark", "next": "/login"})
    assert page.status_code == 303
    entered = {"login": me.login, "password": PASSWORD}
    assert send(here, "/login", entered).status_code == 303
    root = html.fromstring(here.get("/account/").text)
    assert (root.get("lang"), root.get("data-bs-theme")) == ("en", "dark")
    with app.app_context():
        person = session.get_one(Person, me.id)
        assert (person.language, person.theme) == ("en", "dark")
    elsewhere = app.test_client()
    assert send(elsewhere, "/login", entered).status_code == 303
    assert html.fromstring(elsewhere.get("/account/").text).get("lang") == "en", "stored, not only in this browser"


@ON_SQLITE
def test_an_old_choice_of_the_browser_does_not_win_over_the_own(app: Flask) -> None:
    house = found_authority(app)
    here = app.test_client()
    here.set_cookie("language", "en")
    send(here, "/login", {"login": house.people["head_kt"].login, "password": PASSWORD})
    assert html.fromstring(here.get("/account/").text).get("lang") == "vi"
