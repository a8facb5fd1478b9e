"""The secretary sees who was told what and when, and how the mail fares; others see it on their task alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import select

from app.db import session, transaction
from app.models import Delivery
from app.services.telling import tell
from tests.factories import House, assign_task, browser, found_authority, post
from tests.posts import Sink, run_at, wall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

MAIL = ("make_messages", "deliver_mail")
MORNING = wall(date(2026, 11, 23), 7, 45)


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    found = found_authority(app)
    with time_machine.travel(wall(date(2026, 11, 23), 7), tick=False):
        for unit in ("vhxh", "kt"):
            assign_task(app, found, lead=unit, due=date(2026, 12, 30), title=f"Việc của {unit}")
    with time_machine.travel(MORNING, tick=True):
        yield found


def test_the_secretary_sees_what_was_told_and_how_its_mail_fares(app: Flask, house: House, sink: Sink) -> None:
    sink.refused["head.kt@binhminh.example"] = "550 5.1.1 no such user"
    run_at(app, MORNING, *MAIL)
    page = browser(app, house.people["secretary"]).get("/told/").text
    for words in ("Hoàng Mai Lan", "Việc của vhxh", "Đã gửi", "bản tin trong ngày", "Đã giao"):
        assert words in page
    assert "Không gửi được" in page
    assert "550 5.1.1 no such user" in page
    assert "Gửi lại" in page


def test_the_list_is_narrowed_by_fate_and_name(app: Flask, house: House, sink: Sink) -> None:
    sink.refused["head.kt@binhminh.example"] = "550 5.1.1 no such user"
    run_at(app, MORNING, *MAIL)
    secretary = browser(app, house.people["secretary"])
    failed = secretary.get("/told/?fate=failed").text
    assert "Việc của kt" in failed
    assert "Việc của vhxh" not in failed
    named = secretary.get("/told/?q=Mai Lan").text
    assert "Việc của vhxh" in named
    assert "Việc của kt" not in named
    assert "Không có mục nào khớp" in secretary.get("/told/?q=không ai tên vậy").text


@pytest.mark.parametrize("address", ["/told/?page=0", "/told/?page=99999999999", "/told/?page=²", "/told/?fate=nope"])
def test_odd_addresses_are_harmless(app: Flask, house: House, address: str) -> None:
    assert browser(app, house.people["secretary"]).get(address).status_code == 200


def test_a_failed_mail_can_be_sent_again(app: Flask, house: House, sink: Sink) -> None:
    sink.refused["head.kt@binhminh.example"] = "550 5.1.1 no such user"
    run_at(app, MORNING, *MAIL)
    sink.refused.clear()
    with app.app_context():
        failed = session.scalars(select(Delivery.id).where(Delivery.state == "failed")).one()
    url = f"/told/deliveries/{failed}/retry"
    assert post(browser(app, house.people["head_kt"]), url).status_code == 403
    assert post(browser(app, house.people["admin"]), url).status_code == 404
    assert post(browser(app, house.people["secretary"]), url).status_code == 303
    run_at(app, wall(date(2026, 11, 23), 7, 47), "deliver_mail")
    assert len(sink.to("head.kt@")) == 1


def test_others_see_their_own_task_alone(app: Flask, house: House, sink: Sink) -> None:
    run_at(app, MORNING, *MAIL)
    head = browser(app, house.people["head_vhxh"])
    assert head.get("/told/").status_code == 403
    page = head.get("/told/tasks/1").text
    assert "Hoàng Mai Lan" in page
    assert "Đã gửi" in page
    assert head.get("/told/tasks/2").status_code == 404
    assert "@" not in page
    assert app.test_client().get("/told/tasks/1").status_code == 303


def test_addresses_are_for_who_sends(app: Flask, house: House, sink: Sink) -> None:
    """Who helps with a task or leads it reads names and offices; addresses, and what servers say of them, the desk."""
    sink.refused["head.vhxh@binhminh.example"] = "550 5.1.1 <head.vhxh@binhminh.example> no such user"
    with time_machine.travel(wall(date(2026, 11, 23), 7), tick=False):
        task_id = assign_task(app, house, lead="vhxh", due=date(2026, 12, 30), title="Chung", coordinating=("hcc",))
    run_at(app, MORNING, *MAIL)
    address = f"/told/tasks/{task_id}"
    for key in ("head_hcc", "head_vhxh"):
        page = browser(app, house.people[key]).get(address).text
        assert "Hoàng Mai Lan" in page
        assert "Thủ trưởng đơn vị, Phòng Văn hóa - Xã hội" in page
        assert "Không gửi được" in page
        assert "@binhminh.example" not in page
    for key in ("secretary", "chair"):
        page = browser(app, house.people[key]).get(address).text
        assert "head.vhxh@binhminh.example" in page
        assert "Thủ trưởng đơn vị, Phòng Văn hóa - Xã hội" in page


def test_an_administrator_sees_accounts_and_no_business(app: Flask, house: House) -> None:
    with app.app_context(), transaction():
        tell(
            [house.people["staff_vhxh"].id], authority_id=house.authority.id, rule="account.invited",
            subject="person", subject_id=1, slot="link-1", urgent=True, data={"link": "https://x.example/secret"},
        )  # fmt: skip
    page = browser(app, house.people["admin"]).get("/told/").text
    assert "Trịnh Gia Huy" in page
    assert "secret" not in page
    assert "Việc của" not in page


def test_the_page_says_why_mail_waits(app: Flask, house: House) -> None:
    page = browser(app, house.people["secretary"]).get("/told/").text
    assert "Chưa cấu hình thư" in page
    assert "Lịch chạy chưa hoạt động" in page
