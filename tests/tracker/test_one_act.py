"""The import button takes what the page shows: its ticks and corrections are kept first, then brought in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import Task, TrackerRow
from tests.factories import browser, post
from tests.tracker.sheets import read_in, upload

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House

HEAD = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn"]
ROWS = [
    [1, "Rà soát máy tính xách tay", "P. VHXH", "30/11/2026"],
    [2, "Lắp đặt mạng nội bộ", "P. VHXH", "31/11/2026"],
    [3, "Kiểm tra an toàn thông tin", "Công an phường", "30/11/2026"],
]


def titles() -> set[str]:
    """Return what the tasks are called."""
    return set(session.scalars(select(Task.title)))


def test_the_button_belongs_to_the_form_of_the_rows(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, *ROWS])
    page = read_in(desk, made)
    form = re.search(r'<form id="(\w+)"[^>]*action="/trackers/\d+/rows"', page)
    assert form
    every = re.findall(rf'<button[^>]*form="{form[1]}"[^>]*>', page)
    buttons = [button for button in every if 'name="to"' not in button]
    assert buttons[0] == every[0]
    assert "formaction" not in buttons[0], "the key Enter in a field keeps what was typed and brings nothing in"
    assert [f'formaction="/trackers/{made}/import"' in button for button in buttons] == [False, True]
    assert f'action="/trackers/{made}/import"' not in page.replace("formaction", "")


def test_what_was_ticked_and_typed_on_the_page_is_what_comes_in(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, *ROWS])
    read_in(desk, made)
    said = {"shown-2": "1", "shown-4": "1", "take-4": "1", "due-3": "30/11/2026", "lead-3": ""}
    answer = post(desk, f"/trackers/{made}/import", said, follow=True)
    assert "Đã nhập 2 nhiệm vụ" in answer.text
    with app.app_context():
        assert titles() == {"Lắp đặt mạng nội bộ", "Kiểm tra an toàn thông tin"}


def test_a_correction_that_is_wrong_keeps_the_whole_from_coming_in(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, *ROWS])
    read_in(desk, made)
    said = {"shown-2": "1", "take-2": "1", "shown-4": "1", "due-3": "32/13/2026", "show": "new"}
    answer = post(desk, f"/trackers/{made}/import", said)
    assert answer.status_code == 422
    assert "Chưa nhập dòng nào" in answer.text
    assert 'href="#row-3"' in answer.text
    assert 'id="row-3"' in answer.text
    assert 'value="32/13/2026"' in answer.text
    with app.app_context():
        assert not titles()
        kept = session.scalars(select(TrackerRow).where(TrackerRow.number == 4)).one()
        assert kept.said == {"take": "no"}
    page = desk.get(f"/trackers/{made}").text
    assert 'name="take-2" value="1" checked' in page
    assert 'name="take-4" value="1">' in page
    cleared = post(desk, f"/trackers/{made}/import", {"due-3": ""}, follow=True)
    assert "Đã nhập 1 nhiệm vụ" in cleared.text
