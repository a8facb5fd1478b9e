"""Turning to another page or tab of the preview keeps what was ticked and typed on the page one leaves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import TrackerRow
from app.queries.trackers import PAGE
from tests.factories import browser, post
from tests.tracker.sheets import read_in, upload

if TYPE_CHECKING:
    from typing import Any

    from flask import Flask

    from tests.factories import House

HEAD = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Thời hạn"]


def rows(count: int, due: str) -> list[list[Any]]:
    """Return as many rows of a tracker, each of its own words; the first stands in line 2."""
    return [[n, f"Nhiệm vụ thứ {n} của tổ {n * 7919}", "P. VHXH", due] for n in range(1, count + 1)]


def ways(page: str) -> dict[str, str]:
    """Return the buttons that lead to another page or tab: what each sends as `to`, and its words."""
    found = re.findall(r'<button[^>]*form="rows" name="to" value="([^"]*)"[^>]*>(.*?)</button>', page)
    return {to: re.sub(r"<[^>]*>", "", words).strip() for to, words in found}


def numbers(page: str) -> list[int]:
    """Return the lines of the sheet that a page shows."""
    return [int(number) for number in re.findall(r'<tr id="row-(\d+)"', page)]


def said(made: int) -> dict[int, dict[str, str]]:
    """Return what was said of rows, by their numbers; rows of which nothing was said are left out."""
    found = session.scalars(select(TrackerRow).where(TrackerRow.import_id == made))
    return {row.number: row.said for row in found if row.said}


def test_the_next_page_keeps_what_was_ticked_on_this_one(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, *rows(PAGE + 5, "30/11/2026")])
    page = read_in(desk, made)
    assert "-2" in ways(page)
    ticks = {f"shown-{n}": "1" for n in numbers(page)} | {f"take-{n}": "1" for n in numbers(page) if n != 3}
    turned = post(desk, f"/trackers/{made}/rows", {**ticks, "show": "", "page": "1", "to": "-2"}, follow=True)
    assert numbers(turned.text) == [PAGE + n for n in range(2, 7)]
    assert "Đã lưu điều bạn vừa sửa ở trang trước." in turned.text
    with app.app_context():
        assert said(made) == {3: {"take": "no"}}, "only what was changed is said"
    assert 'name="take-3" value="1">' in desk.get(f"/trackers/{made}").text


def test_turning_without_a_change_writes_nothing(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, *rows(PAGE + 5, "30/11/2026")])
    page = read_in(desk, made)
    ticks = {f"{name}-{n}": "1" for n in numbers(page) for name in ("shown", "take")}
    turned = post(desk, f"/trackers/{made}/rows", {**ticks, "show": "", "page": "1", "to": "new-1"}, follow=True)
    assert numbers(turned.text) == list(range(2, PAGE + 2))
    assert 'aria-current="page">Nhiệm vụ mới' in turned.text
    assert "Đã lưu" not in turned.text
    with app.app_context():
        assert said(made) == {}


def test_rows_mended_on_the_way_let_none_be_passed_over(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, *rows(PAGE + 5, "31/11/2026")])
    read_in(desk, made)
    page = desk.get(f"/trackers/{made}?show=wrong").text
    assert set(ways(page)) >= {"-1", "wrong-1", "wrong-2"}
    typed = {"due-2": "30/11/2026", "due-3": "30/11/2026", "due-4": ""}
    turned = post(desk, f"/trackers/{made}/rows", {**typed, "show": "wrong", "page": "1", "to": "wrong-2"}, follow=True)
    assert PAGE + 2 in numbers(turned.text), "the row that was the first of the page turned to"
    with app.app_context():
        assert set(said(made)) == {2, 3}


def test_once_undone_pages_are_links_again(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, *rows(PAGE + 5, "30/11/2026")])
    read_in(desk, made)
    post(desk, f"/trackers/{made}/import")
    post(desk, f"/trackers/{made}/undo")
    page = desk.get(f"/trackers/{made}?show=new").text
    assert not ways(page)
    assert f'href="/trackers/{made}?show=new&amp;page=2"' in page
