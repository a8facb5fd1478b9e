"""The register: what it is narrowed to in plain words, its columns, its saved views, and the same rows everywhere.

Over 300 lines: one house with a few tasks is asked in every way the register knows.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from python_calamine import CalamineWorkbook

from app.db import session, transaction
from app.models import Directive, Meeting, Person, Task, Unit
from app.ui.register_columns import COLUMNS
from tests.access.world import STRANGERS, make_world
from tests.factories import assign_task, browser, hold_meeting, post, take
from tests.home.statements import BAR, counting

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

ALL = ["Kiểm kê máy", "Nâng đường truyền", "Mở quầy"]
LONG = "Rà soát, thay thế máy tính bảng " * 9


def page_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)[-500:]
    return answer.get_data(as_text=True)


def main_of(page: str) -> str:
    return page.partition('<main id="content"')[2].partition("</main>")[0]


def titles(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'row-title" href="[^"]+"><span class="clamp">(.*?)</span>', page)]


def chips(page: str) -> dict[str, str]:
    """Return what the list says it is narrowed to, each with the address that takes it away."""
    block = re.search(r'<ul class="chosen".*?</ul>', page, re.DOTALL)
    found = re.findall(r'<li><a href="([^"]*)">(.*?) <svg', block[0] if block else "", re.DOTALL)
    return {unescape(words): unescape(href) for href, words in found}


def heads(page: str) -> list[str]:
    table = re.search(r"<thead>.*?</thead>", page, re.DOTALL)
    assert table
    cells = re.findall(r"<th scope=\"col\"(?! class=\"print-only)[^>]*>(.*?)</th>", table[0], re.DOTALL)
    return [unescape(re.sub(r"<[^>]*>", "", cell)).strip() for cell in cells]


def book_of(data: bytes) -> list[list[Any]]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    begin = next(n for n, row in enumerate(rows) if row[0] == "TT")
    return [row[:-1] for row in rows[begin:]]


@pytest.fixture
def desk(app: Flask, house: House) -> FlaskClient:
    """Three tasks of three units; the first two are of one meeting's notice no more than the third."""
    for key, title, day in (("vhxh", "Kiểm kê máy", 10), ("kt", "Nâng đường truyền", 20), ("hcc", "Mở quầy", 30)):
        assign_task(app, house, lead=key, title=title, due=date(2026, 12, day), coordinating=("ca",) * (key == "kt"))
    return browser(app, house.people["secretary"])


def test_each_condition_is_said_in_plain_words_and_can_be_taken_away(
    app: Flask, house: House, desk: FlaskClient
) -> None:
    units, person = house.units, house.people["staff_vhxh"]
    with app.app_context(), transaction():
        session.query(Task).filter_by(title="Kiểm kê máy").one().owner_id = person.id
    wanted = {
        f"unit={units['kt'].id}": ("Chủ trì: Phòng Kinh tế, Hạ tầng và Đô thị", ["Nâng đường truyền"]),
        f"part={units['ca'].id}": ("Phối hợp: Công an phường", ["Nâng đường truyền"]),
        "helped=1": ("Có đơn vị phối hợp", ["Nâng đường truyền"]),
        f"owner={person.id}": (f"Người phụ trách: {person.full_name}", ["Kiểm kê máy"]),
        f"committee={house.committee.id}": (f"Ban: {house.committee.name}", ALL),
        "due-from=15/12/2026": ("Hạn từ 15/12/2026", ["Nâng đường truyền", "Mở quầy"]),
        "due-to=2026-12-15": ("Hạn đến 15/12/2026", ["Kiểm kê máy"]),
        "assigned-from=24/11/2026": ("Giao từ 24/11/2026", []),
        "assigned-to=23/11": ("Giao đến 23/11/2026", ALL),
        "time=in-time": ("So với hạn: Trong hạn", ALL),
        "time=overdue": ("So với hạn: Quá hạn", []),
        "priority=urgent": ("Mức ưu tiên: Khẩn", []),
        "q=may": ("Có chữ «may»", ["Kiểm kê máy"]),
    }  # fmt: skip
    for query, (words, rows) in wanted.items():
        page = page_of(desk, f"/tasks/?status=open&{query}")
        assert titles(page) == rows, query
        assert list(chips(page)) == [words]
        assert "đã chọn" not in main_of(page)
        assert len(titles(page_of(desk, chips(page)[words]))) == 3


def test_a_meeting_narrows_and_is_named_only_to_who_may_see_it(app: Flask) -> None:
    world = make_world(app)
    meeting = world.items["meeting"]
    secretary, chair = world.people["secretary"], world.people["chair"]
    assert secretary
    assert chair
    page = page_of(browser(app, secretary), f"/tasks/?status=all&meeting={meeting}&filter=1")
    with app.app_context():
        title = session.get_one(Meeting, meeting).title
    assert any(words.startswith(f"Cuộc họp: {title}") for words in chips(page))
    for role in STRANGERS:
        person = world.people[role]
        assert person
        page = page_of(
            browser(app, person), f"/tasks/?status=all&meeting={meeting}&notice={world.items['notice']}&filter=1"
        )
        assert title not in page
        assert list(chips(page)) == ["Thông báo đã chọn", "Cuộc họp đã chọn"]


def test_how_completed_tasks_ended_is_found_and_when(app: Flask, house: House, desk: FlaskClient) -> None:
    with app.app_context():
        task = session.query(Task).filter_by(title="Mở quầy").one().id
    unit = browser(app, house.people["head_hcc"])
    assert take(unit, "task", task, "accept").status_code == 303
    assert take(unit, "task", task, "report", {"result": "Đã mở"}).status_code == 303
    assert take(browser(app, house.people["chair"]), "task", task, "confirm").status_code == 303
    assert titles(page_of(desk, "/tasks/?time=completed-on-time")) == ["Mở quầy"]
    assert titles(page_of(desk, "/tasks/?status=all&completed-from=23/11&completed-to=23/11")) == ["Mở quầy"]
    assert titles(page_of(desk, "/tasks/?status=all&completed-to=22/11/2026")) == []


def test_the_whole_filter_keeps_what_was_chosen_and_says_which_day_it_could_not_read(
    desk: FlaskClient, house: House
) -> None:
    page = page_of(desk, f"/tasks/?filter=1&unit={house.units['kt'].id}&due-from=31/2&helped=1")
    form = page.partition('id="filter"')[2].partition("</form>")[0]
    assert f'<option value="{house.units["kt"].id}" selected>' in form
    assert 'name="helped" value="1" checked' in form
    assert "Lịch không có ngày 31/02." in page
    assert "Phó Trưởng ban" not in form
    assert house.people["staff_vhxh"].full_name in form


def test_the_whole_wording_of_a_long_task_is_taken_out(app: Flask, desk: FlaskClient) -> None:
    whole = "Rà soát, thống kê toàn bộ thiết bị " * 12
    with app.app_context(), transaction():
        task = session.query(Task).filter_by(title="Mở quầy").one()
        task.detail = whole.strip()
    told = desk.get("/tasks/export.csv?status=all&columns=title,detail").data.decode("utf-8-sig")
    assert whole.strip() in told
    assert "Nội dung giao đầy đủ" in told


def test_columns_are_chosen_remembered_and_the_same_in_every_form(app: Flask, house: House, desk: FlaskClient) -> None:
    chosen = ["title", "lead", "helpers", "due", "left", "moved"]
    answer = post(desk, "/tasks/columns", {"column": chosen, "status": "open", "sort": "-due", "q": ""})
    assert answer.status_code == 303
    page = page_of(desk, answer.location)
    names = ["Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Hạn hiện tại", "Số ngày còn lại", "Cập nhật lần cuối"]
    assert heads(page) == names
    assert heads(page_of(desk, "/tasks/?status=all")) == names
    rows = ["Mở quầy", "Nâng đường truyền", "Kiểm kê máy"]
    assert titles(page) == rows

    files = {
        words: unescape(href)
        for href, words in re.findall(
            r'href="([^"]*/tasks/[^"]*columns=[^"]*)"[^>]*>.*?</svg> ?(?:<span[^>]*>)?([^<]+)', page
        )
    }
    book = book_of(desk.get(files["Tệp Excel, các cột đang xem"]).data)
    assert book[0] == ["TT", *names]
    assert [row[1] for row in book[1:]] == rows
    table = list(csv.reader(io.StringIO(desk.get(files["Tệp CSV"]).data.decode("utf-8-sig")), delimiter=";"))
    assert table[0][:-1] == ["TT", *names], "the last one is for bringing the file back"
    assert [row[1] for row in table[1:]] == rows
    paper = page_of(desk, files["In cả danh sách"])
    assert heads(paper) == ["TT", *names]
    assert re.findall(r'<tr><td class="num">\d+</td><td>(.*?)</td>', paper) == rows
    text = page_of(desk, files["Sao chép trang này dạng chữ"]).splitlines()
    assert [line.partition(" (")[0] for line in text] == [f"{n}. {title}" for n, title in enumerate(rows, 1)]
    assert "đơn vị phối hợp: Công an" in text[1]
    assert "cập nhật lần cuối: 23/11/2026" in text[0]
    everything = book_of(desk.get(files["Tệp Excel đủ mọi cột, sửa rồi nhập lại được"]).data)
    assert everything[0] == ["TT", *(str(column.words) for column in COLUMNS)]
    usual = post(desk, "/tasks/columns", {"do": "usual", "status": "open"})
    assert heads(page_of(desk, usual.location))[0] == "Mã"
    with app.app_context():
        assert session.get_one(Person, house.people["secretary"].id).register_columns is None


def test_a_view_is_saved_opened_renamed_and_deleted(app: Flask, house: House, desk: FlaskClient) -> None:
    kt = house.units["kt"].id
    saved = post(
        desk,
        "/tasks/views",
        {"name": "  Khối  kinh tế ", "status": "all", "unit": kt, "sort": "-due", "columns": "code,title,owner"},
    )
    assert saved.status_code == 303
    page = page_of(desk, saved.location)
    assert titles(page) == ["Nâng đường truyền"]
    assert heads(page) == ["Mã", "Nhiệm vụ", "Người phụ trách"]
    assert "Khối kinh tế" in page
    again = post(desk, "/tasks/views", {"name": "khoi kinh te", "status": "open", "unit": kt, "columns": "title"})
    assert again.location == saved.location
    view = saved.location.rpartition("=")[2]
    with app.app_context(), transaction():
        session.get_one(Unit, kt).abolished_on = date(2026, 11, 1)
    assert "Chủ trì: Phòng Kinh tế" in page_of(desk, saved.location)
    other = browser(app, house.people["head_kt"])
    assert other.get(saved.location).status_code == 404
    assert post(other, f"/tasks/views/{view}", {"do": "delete"}).status_code == 404
    assert "Hãy đặt tên" in post(desk, "/tasks/views", {"name": " ", "unit": kt}).get_data(as_text=True)
    assert "Đã đổi tên thành «KT»" in post(
        desk, f"/tasks/views/{view}", {"do": "rename", "name": "KT"}, follow=True
    ).get_data(as_text=True)
    assert "Đã xóa" in post(desk, f"/tasks/views/{view}", {"do": "delete"}, follow=True).get_data(as_text=True)
    assert desk.get(saved.location).status_code == 404


def test_only_chair_and_secretary_share_a_view_with_the_committee(app: Flask, house: House, desk: FlaskClient) -> None:
    shared = {"name": "Của ban", "status": "overdue", "share": house.committee.id, "columns": "title"}
    refused = post(browser(app, house.people["member"]), "/tasks/views", shared)
    assert refused.status_code == 422
    assert "Chỉ Trưởng ban hoặc thư ký" in refused.get_data(as_text=True)
    assert 'value="Của ban"' in refused.get_data(as_text=True)
    saved = post(desk, "/tasks/views", shared)
    view = saved.location.rpartition("=")[2]
    member = browser(app, house.people["member"])
    assert "Của ban" in page_of(member, "/tasks/?status=open")
    assert page_of(member, saved.location)
    assert post(member, f"/tasks/views/{view}", {"do": "delete"}).status_code == 404
    assert "Của ban" not in page_of(browser(app, house.people["head_kt"]), "/tasks/?status=open")
    assert (
        post(browser(app, house.people["chair"]), f"/tasks/views/{view}", {"do": "rename", "name": "Chung"}).status_code
        == 303
    )


def test_a_view_opens_first_and_numbers_still_open_their_own_list(app: Flask, house: House, desk: FlaskClient) -> None:
    saved = post(desk, "/tasks/views", {"name": "Đầu", "status": "all", "q": "quay", "columns": "title", "first": "1"})
    first = desk.get("/tasks/")
    assert first.status_code == 302
    assert first.location == saved.location
    assert len(titles(page_of(desk, "/tasks/?status=open"))) == 3
    home = page_of(browser(app, house.people["chair"]), "/chair")
    assert 'href="/tasks/"' not in main_of(home)
    post(desk, f"/tasks/views/{saved.location.rpartition('=')[2]}", {"do": "delete"})
    assert len(titles(page_of(desk, "/tasks/"))) == 3


def test_no_more_than_twelve_statements_whatever_is_asked(app: Flask, house: House, desk: FlaskClient) -> None:
    meeting = hold_meeting(app, house, on=date(2026, 11, 20))
    for number in range(12):
        assign_task(app, house, title=f"{LONG}{number}", due=date(2026, 11, 10), coordinating=("ca", "hcc"))
    with app.app_context(), transaction():
        session.get_one(Unit, house.units["kt"].id).abolished_on = date(2026, 11, 1)
    post(desk, "/tasks/views", {"name": "Một", "unit": house.units["kt"].id, "columns": "all"})
    units = house.units
    busy = f"committee={house.committee.id}&unit={units['kt'].id}&meeting={meeting}&owner=1&columns=all&filter=1&q=may"
    for address in (
        "/tasks/?status=all",
        f"/tasks/?{busy}",
        "/tasks/?view=1",
        "/tasks/?columns=all",
        f"/tasks/print?{busy}",
    ):
        desk.get(address)
        with counting(app) as asked:
            assert desk.get(address).status_code == 200
        assert len(asked) <= BAR, (address, len(asked), asked)


def test_too_long_a_list_is_not_printed(desk: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.views.task_register.MOST_PRINTED", 2)
    answer = desk.get("/tasks/print?status=all")
    assert answer.status_code == 422
    assert "quá dài để in" in answer.get_data(as_text=True)


def test_paper_says_what_was_asked(desk: FlaskClient, house: House) -> None:
    paper = page_of(desk, f"/tasks/print?status=all&unit={house.units['kt'].id}&q={quote('đường')}")
    assert "Sổ theo dõi nhiệm vụ" in paper
    assert "Chủ trì: Phòng Kinh tế, Hạ tầng và Đô thị; Có chữ «đường»" in paper
    assert "Tổng số: 1 nhiệm vụ" in paper


def test_tasks_are_found_by_the_symbol_of_their_paper(app: Flask, desk: FlaskClient) -> None:
    with app.app_context(), transaction():
        task = session.query(Task).filter_by(title="Mở quầy").one()
        directive = session.get_one(Directive, task.directive_id)
        directive.symbol = "12/CV-UBND"
    for typed in ("12/CV-UBND", "12/cv-ubnd", "12 / CV - UBND"):
        assert titles(page_of(desk, f"/tasks/?status=all&q={quote(typed)}")) == ["Mở quầy"]
    assert titles(page_of(desk, "/tasks/?status=all&q=13/CV-UBND")) == []
