"""From an empty database to a committee that can meet, through pages alone."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from itsdangerous import URLSafeTimedSerializer
from lxml import html
from sqlalchemy import select

from app.db import session
from app.models import CalendarDay, Committee, Event, Membership, NumberSeries, PeriodRule, Person, Unit
from app.services import logins
from tests.factories import CSRF_RAW, found_authority

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

FIRST = {
    "authority": "Ủy ban nhân dân phường Sông Mây",
    "full_name": "Nguyễn Thị Quản",
    "login": "quantri",
    "email": "quantri@songmay.example",
    "password": "con trâu đi trước",
    "again": "con trâu đi trước",
}


def send(client: FlaskClient, url: str, data: Mapping[str, object]) -> TestResponse:
    """Send a form with the token of this browser, whose log-in the test makes through the pages."""
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = CSRF_RAW
    token = URLSafeTimedSerializer(client.application.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(CSRF_RAW)
    return client.post(url, data={"csrf_token": token, **data})


def option(page: str, field: str, words: str) -> str:
    """Return the value of the choice of a field whose words are these."""
    found = html.fromstring(page).xpath(f"//select[@name='{field}']/option[normalize-space()=$words]", words=words)
    return str(found[0].get("value"))


def test_an_authority_starts_from_nothing_without_touching_a_file(app: Flask, client: FlaskClient) -> None:
    # 1. Whoever comes first is led to the first page, founds the authority, and is in.
    assert client.get("/login").location == "/setup/first"
    assert "chỉ mở một lần" in client.get("/setup/first").text
    entered = send(client, "/setup/first", FIRST)
    assert entered.location == "/setup/"
    page = client.get("/setup/").text
    assert "Ủy ban nhân dân phường Sông Mây" in page
    assert client.get("/setup/first").status_code == 404

    # 2. Units pasted as they are, people with their offices.
    units = "Tên đơn vị\tViết tắt\nVăn phòng HĐND và UBND\tVP\nPhòng Văn hóa - Xã hội\tP. VHXH\n"
    shown = send(client, "/setup/units/import", {"text": units, "preview": "1"})
    seen = html.fromstring(shown.text).xpath("string(//input[@name='seen']/@value)")
    assert send(client, "/setup/units/import", {"text": units, "seen": seen, "save": "1"}).status_code == 303
    people = (
        "Họ và tên\tThư điện tử\tĐơn vị\tChức vụ\n"
        "Lê Minh Khôi\tkhoi@songmay.example\t\t\n"
        "Vũ Ngọc Diệp\tdiep@songmay.example\tVP\tChuyên viên\n"
        "Hoàng Mai Lan\tlan@songmay.example\tP. VHXH\tTrưởng phòng\n"
    )
    shown = send(client, "/setup/people/import", {"text": people, "preview": "1"})
    seen = html.fromstring(shown.text).xpath("string(//input[@name='seen']/@value)")
    sent = {"text": people, "seen": seen, "save": "1", "since": "01/01/2026"}
    assert send(client, "/setup/people/import", sent).status_code == 303

    # 3. A committee with its chair and secretary, its period and its next number.
    committee = {
        "name": "Ban Chỉ đạo Chuyển đổi số", "symbol": "BCĐ", "kind": "steering", "profile": "state",
        "due_soon_days": "3", "lateness": "working", "active": "1",
    }  # fmt: skip
    place = send(client, "/setup/committees/new", committee).location or ""
    for name, office in (("Lê Minh Khôi", "chair"), ("Vũ Ngọc Diệp", "secretary")):
        who = option(client.get(place).text, "person_id", name)
        seat = {"person_id": who, "office": office, "from_on": "01/01/2026"}
        assert send(client, f"{place}/members", seat).status_code == 303
    rule = {"start_day": "15", "valid_from": "01/01/2026"}
    tried = send(client, f"{place}/periods", {**rule, "preview": "1"})
    assert tried.status_code == 200
    assert len(html.fromstring(tried.text).xpath("//table//tbody/tr")) == 4
    assert send(client, f"{place}/periods", {**rule, "save": "1"}).status_code == 303
    series = {"doc_type": "TB", "scope": "2026", "mode": "own", "next_number": "13"}
    assert send(client, f"{place}/numbers", series).status_code == 303

    with app.app_context():
        assert session.scalars(select(Unit.name).order_by(Unit.position)).all()[0] == "Văn phòng HĐND và UBND"
        assert set(session.scalars(select(Membership.office))) == {"chair", "secretary"}
        assert session.scalar(select(PeriodRule.start_day)) == 15
        assert session.scalar(select(NumberSeries.next_number)) == 13
        assert session.scalar(select(Committee.symbol)) == "BCĐ"
        assert date(2026, 11, 24) in set(session.scalars(select(CalendarDay.day)))
        assert session.scalar(select(Event.event).where(Event.subject == "authority")) == "founded"
    checklist = client.get("/setup/").text
    assert "đủ lịch chính thức" in checklist or "chưa có lịch chính thức năm 2027" in checklist

    # 4. The chair is invited by a link handed over, for there is no mail server, and can log in with it.
    chair = client.get("/setup/people?q=khoi").text
    number = re.search(r"/setup/people/(\d+)", chair)
    assert number
    handed = send(client, f"/setup/people/{number[1]}/invite", {})
    link = html.fromstring(handed.text).xpath("string(//code[@class='secret'])")
    other = app.test_client()
    path = link.removeprefix("http://127.0.0.1:8000")
    assert other.get(path).status_code == 200
    assert send(other, path, {"password": "gió đưa cành trúc", "again": "gió đưa cành trúc"}).location == "/"
    with app.app_context():
        person = session.scalar(select(Person).where(Person.full_name == "Lê Minh Khôi"))
        assert logins.check_password(person, "gió đưa cành trúc")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"authority": " "}, "Hãy nhập tên cơ quan."),
        ({"login": "Quản trị"}, "Tên đăng nhập gồm 2 đến 60 chữ thường"),
        ({"email": "khong-phai-thu"}, "Địa chỉ thư điện tử chưa đúng"),
        ({"password": "ngan", "again": "ngan"}, "Mật khẩu cần từ 10 đến 200 ký tự"),
        ({"again": "con trâu đi sau"}, "Hai lần nhập chưa giống nhau"),
        ({"password": "quantri@songmay.example", "again": "quantri@songmay.example"}, "không được trùng tên đăng nhập"),
    ],
)
def test_first_page_says_what_is_wrong_and_keeps_what_was_typed(
    app: Flask, client: FlaskClient, wrong: dict[str, str], sentence: str
) -> None:
    refused = send(client, "/setup/first", {**FIRST, **wrong})
    assert refused.status_code == 422
    assert sentence in refused.text
    assert "Nguyễn Thị Quản" in refused.text
    with app.app_context():
        assert session.scalar(select(Person.id)) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_first_page_is_gone_once_somebody_exists(app: Flask, client: FlaskClient) -> None:
    found_authority(app)
    assert client.get("/setup/first").status_code == 404
    assert send(client, "/setup/first", FIRST).status_code == 404
    assert client.get("/login").status_code == 200
