"""People: in Vietnamese order, with dated offices, let in by a link, gone without a trace being lost."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html
from sqlalchemy import select

from app.db import session
from app.models import Delegation, Event, LoginSession, Membership, Office, Person
from app.queries.standing import standing_of
from app.services.people import PersonFields, save_person
from tests.factories import at_noon, browser, found_authority, post
from tests.setup.test_units import seen_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

TODAY = date(2026, 11, 18)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NEW = {"full_name": "Âu Thị Ánh", "email": "anh@binhminh.example", "login": "", "phone": "0203 123 456"}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


def test_people_stand_in_the_order_of_vietnamese_names(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    for name in ("Trần Văn Ân", "Lê Thị Ấn", "Đỗ Văn An", "Đỗ Bá An"):
        assert post(admin, "/setup/people/new", {"full_name": name}).status_code == 303
    page = html.fromstring(admin.get("/setup/people").text)
    names = [str(cell.text_content()) for cell in page.xpath("//a[@class='row-title']")]
    assert names[:5] == ["Đỗ Bá An", "Đỗ Văn An", "Trần Văn Ân", "Lê Thị Ấn", "Đỗ Quang Bảo"]
    found = html.fromstring(admin.get("/setup/people?q=hoang+lan").text).xpath("//a[@class='row-title']")
    assert [cell.text_content() for cell in found] == ["Hoàng Mai Lan"]
    assert "Không có ai khớp" in admin.get("/setup/people?q=xyz").text


@ON_SQLITE
def test_a_person_gets_a_login_of_her_own_and_an_office(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    page = post(admin, "/setup/people/new", NEW).location or ""
    sent = {
        "unit_id": str(house.units["kt"].id),
        "kind": "deputy_head",
        "title": "Phó Trưởng phòng",
        "from_on": "1/10/2026",
    }
    assert post(admin, f"{page}/offices", sent).status_code == 303
    assert "Phó Trưởng phòng" in admin.get(page).text
    twice = post(admin, f"{page}/offices", sent)
    assert twice.status_code == 422
    assert "đang giữ vai trò này" in twice.text
    assert "Phó Trưởng phòng" in html.fromstring(twice.text).xpath("string(//input[@name='title']/@value)")
    wrong = post(admin, f"{page}/offices", {**sent, "kind": "staff", "to_on": "01/09/2026"})
    assert "đứng trước ngày bắt đầu" in wrong.text
    assert "Hãy chọn một mục" in post(admin, f"{page}/offices", {**sent, "unit_id": ""}).text
    with app.app_context():
        person = session.scalars(select(Person).where(Person.full_name == NEW["full_name"])).one()
        assert (person.login, person.password_hash) == ("anh", None)
        office = session.scalars(select(Office).where(Office.person_id == person.id)).one()
        assert (office.kind, office.from_on, office.to_on) == ("deputy_head", date(2026, 10, 1), None)
    name = f"office-{office.id}-on"
    before = post(admin, f"/setup/offices/{office.id}/end", {name: "01/09/2026"}, follow=True)
    assert "đứng trước ngày bắt đầu" in before.text
    assert post(admin, f"/setup/offices/{office.id}/end", {name: "17/11/2026"}).status_code == 303
    with app.app_context():
        assert session.get_one(Office, office.id).to_on == date(2026, 11, 17)


@ON_SQLITE
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"full_name": "  "}, "Hãy nhập họ và tên."),
        ({"email": "khong phai"}, "Địa chỉ thư điện tử chưa đúng"),
        ({"email": "HEAD.KT@binhminh.example"}, "là của Bùi Đình Phúc"),
        ({"login": "head_kt"}, "là của Bùi Đình Phúc"),
        ({"login": "Có Dấu"}, "chữ thường không dấu"),
        ({"login": "a"}, "2 đến 60 chữ thường"),
    ],
)
def test_wrong_input_gets_a_sentence_and_what_was_typed_stays(app: Flask, wrong: dict[str, str], sentence: str) -> None:
    house = found_authority(app)
    refused = post(browser(app, house.people["admin"]), "/setup/people/new", {**NEW, **wrong})
    assert refused.status_code == 422
    assert sentence in html.fromstring(refused.text).text_content()
    assert "0203 123 456" in refused.text


@ON_SQLITE
def test_logins_are_made_up_free_and_without_marks(app: Flask) -> None:
    house = found_authority(app)
    with app.app_context():
        made = [
            save_person(house.authority.id, PersonFields(name), None).login
            for name in ("Đặng Thị Yến", "Đinh Trung Yến", "Madonna", "Nguyễn O'Brien")
        ]
        session.rollback()
    assert made == ["yen.dt", "yen.dt2", "madonna.1", "obrien.n"]


def test_leaving_ends_sessions_offices_seats_and_delegations_at_once(app: Flask) -> None:
    house = found_authority(app)
    deputy = house.people["deputy"]
    own = browser(app, deputy)
    assert own.get("/account/").status_code == 200
    chair = browser(app, house.people["chair"])
    lent = {"chair_id": str(house.people["chair"].id), "to_person_id": str(deputy.id), "from_on": "18/11/2026"}
    assert post(chair, f"/committees/{house.committee.id}/delegations/new", lent).status_code == 303
    admin = browser(app, house.people["admin"])
    left = post(admin, f"/setup/people/{deputy.id}/deactivate", follow=True)
    assert "Đã khóa tài khoản của Phạm Thu Hằng" in left.text
    assert own.get("/account/").status_code == 303
    assert "Phạm Thu Hằng" in admin.get("/setup/people?show=left").text
    with app.app_context():
        assert session.scalar(select(Membership.to_on).where(Membership.person_id == deputy.id)) == date(2026, 11, 17)
        assert session.scalar(select(Delegation.revoked_on)) == TODAY
        assert not session.scalars(
            select(LoginSession).where(LoginSession.revoked_at.is_(None), LoginSession.person_id == deputy.id)
        ).all()
        events = select(Event.event).where(Event.subject == "person", Event.subject_id == deputy.id)
        assert session.scalars(events).all() == ["deactivated"]
    assert "Hãy mở lại trước khi mời" in post(admin, f"/setup/people/{deputy.id}/invite").text
    assert post(admin, f"/setup/people/{deputy.id}/reactivate").status_code == 303
    assert browser(app, deputy).get("/account/").status_code == 200


@ON_SQLITE
def test_the_last_administrator_stays(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    me = house.people["admin"].id
    assert "không thể tự khóa" in post(admin, f"/setup/people/{me}/deactivate").text
    kept = post(admin, f"/setup/people/{me}", {"full_name": "Quản trị hệ thống", "login": "admin"})
    assert kept.status_code == 422
    assert "quản trị duy nhất" in kept.text


@ON_SQLITE
def test_a_list_of_people_is_shown_first_and_written_as_shown(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    text = (
        "STT\tHọ và tên\tThư điện tử\tĐơn vị\tChức vụ\n"
        "1\tÂu Thị Ánh\tanh@binhminh.example\tPhòng Kinh tế\tPhó Trưởng phòng\n"
        "2\tBùi Đình Phúc\t\tP. KTHTĐT\tTrưởng phòng\n"
        "3\tHoàng Mai Lan\t\tBộ phận một cửa\tPhụ trách\n"
        "4\tLê Minh Khôi\tkhac@binhminh.example\t\t\n"
        "5\tÔng Lạ\thead.ca@binhminh.example\t\t\n"
        "6\tNguyễn Văn Mới\tsai thư\t\t\n"
        "7\tTrần Thị Mới\t\tPhòng không có\t\n"
        "8\tMới\t\t\t\n"
    )
    shown = post(admin, "/setup/people/import", {"text": text, "preview": "1"})
    page = html.fromstring(shown.text)
    rows = [" ".join(" ".join(row.itertext()).split()) for row in page.xpath("//table//tbody/tr")]
    expected = [
        "Phòng Kinh tế, Hạ tầng và Đô thị Phó Trưởng phòng",
        "Giữ nguyên",
        "Trung tâm Phục vụ hành chính công Phụ trách",
        "Đã có Lê Minh Khôi với địa chỉ chair@binhminh.example",
        "Địa chỉ này đang là của Cao Bá Sơn",
        "không phải địa chỉ thư điện tử",
        "Không tìm thấy đơn vị «Phòng không có»",
        "Chưa có đủ họ và tên",
    ]
    assert [words in row for words, row in zip(expected, rows, strict=True)] == [True] * len(expected), rows
    sent = {"text": text, "seen": seen_in(shown.text), "save": "1", "since": "01/07/2025"}
    assert "Đã ghi 2 dòng" in post(admin, "/setup/people/import", sent, follow=True).text
    with app.app_context():
        fresh = session.scalars(select(Person).where(Person.full_name == "Âu Thị Ánh")).one()
        office = session.scalars(select(Office).where(Office.person_id == fresh.id)).one()
        assert (office.kind, office.title, office.from_on) == ("deputy_head", "Phó Trưởng phòng", date(2025, 7, 1))
        lan = select(Office).where(
            Office.person_id == house.people["head_vhxh"].id, Office.unit_id == house.units["hcc"].id
        )
        assert session.scalars(lan).one().kind == "head"


@ON_SQLITE
def test_an_office_ends_at_once_or_with_a_day_and_says_until_when_rights_last(app: Flask) -> None:
    house = found_authority(app)
    admin, head = browser(app, house.people["admin"]), house.people["head_kt"]
    page = f"/setup/people/{head.id}"
    assert "Thôi giữ ngay bây giờ" in admin.get(page).text
    with app.app_context():
        office = session.scalars(select(Office.id).where(Office.person_id == head.id)).one()
    end, name = f"/setup/offices/{office}/end", f"office-{office}"
    later = post(admin, end, {f"{name}-on": "18/11/2026"}, follow=True)
    assert "vẫn giữ quyền đến hết ngày 18/11/2026" in later.text
    since = html.fromstring(later.text).xpath("string(//input[@name='from_on']/@value)")
    assert since.startswith("19/11")
    at_once = post(admin, end, {f"{name}-on": "18/11/2026x", f"{name}-now": "y"}, follow=True)
    assert "ngày cuối là 17/11/2026; các quyền của chức này đã hết" in at_once.text
    with app.app_context():
        assert session.get_one(Office, office).to_on == date(2026, 11, 17)
        assert not standing_of(session.get_one(Person, head.id), TODAY).head_of
