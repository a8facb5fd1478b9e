"""Units: written, kept apart by name, ended with a successor, read in from a list."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html
from sqlalchemy import select

from app.db import session
from app.models import Event, Unit, UnitGroup
from tests.factories import at_noon, browser, found_authority, post
from tests.setup.test_tables import workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

TODAY = date(2026, 11, 18)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NEW = {"name": "Trung tâm Văn hóa", "kind": "", "short_name": "TTVH", "aliases": "Nhà văn hóa phường\nTT Văn hóa"}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


@ON_SQLITE
def test_a_unit_is_added_with_its_aliases_and_its_kind_guessed(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    sent = {**NEW, "parent_id": str(house.units["vhxh"].id)}
    assert post(admin, "/setup/units/new", sent).location == "/setup/units"
    with app.app_context():
        unit = session.scalars(select(Unit).where(Unit.name == "Trung tâm Văn hóa")).one()
        assert (unit.kind, unit.aliases) == ("centre", ["Nhà văn hóa phường", "TT Văn hóa"])
        assert unit.parent_id == house.units["vhxh"].id
        event = session.scalars(select(Event).where(Event.subject == "unit", Event.subject_id == unit.id)).one()
        assert (event.event, event.actor_id) == ("created", house.people["admin"].id)


@ON_SQLITE
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Hãy nhập tên đơn vị."),
        ({"name": "Công an phường"}, "Đã có đơn vị tên «Công an phường»"),
        ({"aliases": "phong kinh te"}, "«phong kinh te» đang chỉ đơn vị «Phòng Kinh tế, Hạ tầng và Đô thị»"),
        ({"short_name": "TTPVHCC"}, "đang chỉ đơn vị «Trung tâm Phục vụ hành chính công»"),
        ({"parent_id": "999"}, "không còn trong danh sách"),
        ({"parent_id": "x"}, "không còn trong danh sách"),
        ({"email": "hop thu"}, "Địa chỉ thư điện tử chưa đúng"),
        ({"position": "ba"}, "không phải số nguyên"),
        ({"kind": "galaxy"}, "không còn trong danh sách"),
        ({"name": "Tổ " * 200}, "Dài quá: đã gõ 599 ký tự, nhiều nhất 300"),
    ],
)
def test_wrong_input_gets_a_sentence_and_what_was_typed_stays(app: Flask, wrong: dict[str, str], sentence: str) -> None:
    house = found_authority(app)
    refused = post(browser(app, house.people["admin"]), "/setup/units/new", {**NEW, **wrong})
    assert refused.status_code == 422
    assert sentence in html.fromstring(refused.text).text_content()
    assert ("TT Văn hóa" in refused.text) == ("aliases" not in wrong)


@ON_SQLITE
def test_a_unit_cannot_stand_below_itself(app: Flask) -> None:
    house = found_authority(app)
    office, below = house.units["vp"], house.units["cntt"]
    sent = {"name": office.name, "kind": "office", "parent_id": str(below.id)}
    refused = post(browser(app, house.people["admin"]), f"/setup/units/{office.id}", sent)
    assert refused.status_code == 422
    assert "hoặc trực thuộc nó" in refused.text


@ON_SQLITE
def test_groups_need_members_and_stay_where_clauses_name_them(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    assert "chưa có đơn vị nào" in post(admin, "/setup/groups/new", {"name": "Khối trường học"}).text
    sent = {"name": "Khối an ninh", "unit_ids": [str(house.units["ca"].id)], "aliases": "ngành an ninh"}
    assert post(admin, "/setup/groups/new", sent).status_code == 303
    assert "Đã có khối tên" in post(admin, "/setup/groups/new", sent).text
    with app.app_context():
        group = session.scalars(select(UnitGroup).where(UnitGroup.name == "Khối an ninh")).one()
    assert post(admin, f"/setup/groups/{group.id}/delete").status_code == 303
    with app.app_context():
        assert session.get(UnitGroup, group.id) is None


LIST = (
    "Tên đơn vị\tTên viết tắt\tTên gọi khác\tTrực thuộc\n"
    "Trung tâm Văn hóa\tTTVH\tNhà văn hóa; TT Văn hóa\tPhòng VHXH\n"
    "Đội Văn nghệ\t\t\tTrung tâm Văn hóa\n"
    "Công an phường\tCA phường\t\t\n"
    "Trạm Y tế phường\t\t\t\n"
    "CAP\t\t\t\n"
    "Ban Lạ\t\t\tPhòng không có\n"
    "Đội Văn nghệ\t\t\t\n"
)


def seen_in(page: str) -> str:
    return str(html.fromstring(page).xpath("string(//input[@name='seen']/@value)"))


def test_a_pasted_list_is_shown_first_and_written_as_shown(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    shown = post(admin, "/setup/units/import", {"text": LIST, "preview": "1"})
    rows = [row.text_content().split() for row in html.fromstring(shown.text).xpath("//table//tbody/tr")]
    text = [" ".join(row) for row in rows]
    assert "Thêm mới" in text[0]
    assert "Thêm mới" in text[1]
    assert "Thay đổi" in text[2]
    assert "CA phường" in text[2]
    assert "Giữ nguyên" in text[3]
    assert "Đang là tên gọi khác của «Công an phường»" in text[4]
    assert "Không tìm thấy đơn vị cấp trên «Phòng không có»" in text[5]
    assert "Tên này đã có ở dòng trên" in text[6]
    with app.app_context():
        assert session.scalar(select(Unit.id).where(Unit.name == "Đội Văn nghệ")) is None
    saved = post(admin, "/setup/units/import", {"text": LIST, "seen": seen_in(shown.text), "save": "1"}, follow=True)
    assert "Đã ghi 3 dòng" in saved.text
    with app.app_context():
        centre = session.scalars(select(Unit).where(Unit.name == "Trung tâm Văn hóa")).one()
        assert centre.parent_id == house.units["vhxh"].id
        assert centre.aliases == ["Nhà văn hóa", "TT Văn hóa"]
        assert session.scalar(select(Unit.parent_id).where(Unit.name == "Đội Văn nghệ")) == centre.id
        police = session.get_one(Unit, house.units["ca"].id)
        assert (police.short_name, police.aliases, police.outside) == ("CA phường", ["CAP"], True)


@ON_SQLITE
def test_a_preview_names_its_columns_and_says_which_kind_is_unknown(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    text = (
        "Tên đơn vị\tLoại\tEmail\n"
        "Công ty Cấp nước\tDoanh nghiệp\tcn@x.vn\n"
        "Trung tâm Văn hóa\tNhà nước\t\n"
        "Tổ Hòa giải\tBộ phận, tổ\t\n"
        "Công an phường\tCA\t"
    )
    shown = html.fromstring(post(admin, "/setup/units/import", {"text": text, "preview": "1"}).text)
    assert shown.xpath("//table//thead//th/text()")[3:] == [
        "Viết tắt", "Loại", "Tên gọi khác", "Trực thuộc", "Thư điện tử",
    ]  # fmt: skip
    rows = [" ".join(row.text_content().split()) for row in shown.xpath("//table//tbody/tr")]
    assert "Khác" in rows[0]
    assert "Dòng 2: Không có loại «Doanh nghiệp»: đơn vị được ghi loại «Khác»" in rows[1]
    assert "hãy sửa cột Loại rồi bấm Xem lại" in rows[1]
    assert "Không có loại «Nhà nước»: đơn vị được ghi loại «Trung tâm, đơn vị sự nghiệp»" in rows[3]
    assert len(rows) == 7, "three of the four kinds are unknown"
    assert "Phòng chuyên môn; Bộ phận, tổ" in shown.text_content()


@ON_SQLITE
def test_a_unit_may_name_the_one_above_it_as_the_list_calls_it_for_short(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    text = (
        "Tên đơn vị\tViết tắt\tTên gọi khác\tTrực thuộc\n"
        "Ban Quản lý chợ\tBQL\tTổ chợ\t\n"
        "Đội Thu phí\t\t\tBQL\n"
        "Đội Trông xe\t\t\ttổ chợ\n"
        "Đội Tuần tra\tĐTT\t\tĐTT"
    )
    shown = post(admin, "/setup/units/import", {"text": text, "preview": "1"})
    assert "Đơn vị không thể trực thuộc chính nó" in shown.text
    saved = post(admin, "/setup/units/import", {"text": text, "seen": seen_in(shown.text), "save": "1"}, follow=True)
    assert "Đã ghi 3 dòng" in saved.text
    with app.app_context():
        above = session.scalars(select(Unit.id).where(Unit.short_name == "BQL")).one()
        below = session.scalars(select(Unit.name).where(Unit.parent_id == above).order_by(Unit.name)).all()
        assert list(below) == ["Đội Thu phí", "Đội Trông xe"]


@ON_SQLITE
def test_what_changed_since_the_preview_is_shown_again_and_not_written(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    text = "Đội Văn nghệ\nĐội Xung kích"
    shown = post(admin, "/setup/units/import", {"text": text, "preview": "1"})
    post(admin, "/setup/units/new", {"name": "Đội Xung kích", "kind": "other"})
    again = post(admin, "/setup/units/import", {"text": text, "seen": seen_in(shown.text), "save": "1"})
    assert again.status_code == 422
    assert "đã đổi so với bản xem trước" in again.text
    assert "Đội Văn nghệ" in again.text
    with app.app_context():
        assert session.scalar(select(Unit.id).where(Unit.name == "Đội Văn nghệ")) is None


@ON_SQLITE
def test_a_workbook_is_read_and_a_wrong_file_gets_a_sentence(app: Flask) -> None:
    house = found_authority(app)
    admin = browser(app, house.people["admin"])
    data = workbook(("DANH SÁCH ĐƠN VỊ",), ("TT", "Đơn vị", "Viết tắt"), (1, "Đội Văn nghệ", "ĐVN"))
    shown = post(admin, "/setup/units/import", {"file": (BytesIO(data), "don-vi.xlsx"), "preview": "1"})
    assert "Thêm mới" in shown.text
    text = html.fromstring(shown.text).xpath("string(//textarea[@name='text'])")
    assert "Đội Văn nghệ\tĐVN" in text
    wrong = post(admin, "/setup/units/import", {"file": (BytesIO(b"\x89PNG"), "don-vi.xlsx"), "text": "Đội A"})
    assert wrong.status_code == 422
    assert "không phải tệp Excel" in wrong.text
    assert "Đội A" in wrong.text
    assert "Chưa có nội dung" in post(admin, "/setup/units/import", {"text": " "}).text
