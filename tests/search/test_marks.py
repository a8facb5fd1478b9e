"""What is marked in a hit: words with the tones that were typed where they stand, else those of the same letters."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session, transaction
from app.models import Task
from app.ui.snippets import marked, snippet, wanted_of
from tests.factories import assign_task, at_noon, browser, found_authority
from tests.search.test_everywhere import page_of

if TYPE_CHECKING:
    from flask import Flask


@pytest.mark.parametrize(
    ("asked", "drawn"),
    [
        ("kiểm", "Tiết kiệm khi <mark>kiểm</mark> kê, <mark>KIỂM</mark> tra"),
        ("kiểm kê", "Tiết kiệm khi <mark>kiểm</mark> <mark>kê</mark>, <mark>KIỂM</mark> tra"),
        ("kiem", "Tiết <mark>kiệm</mark> khi <mark>kiểm</mark> kê, <mark>KIỂM</mark> tra"),
        ("kiềm", "Tiết <mark>kiệm</mark> khi <mark>kiểm</mark> kê, <mark>KIỂM</mark> tra"),
        ("kiể", "Tiết kiệm khi <mark>kiểm</mark> kê, <mark>KIỂM</mark> tra"),
        ("kiểm kiệm", "Tiết <mark>kiệm</mark> khi <mark>kiểm</mark> kê, <mark>KIỂM</mark> tra"),
        ("kiểm tiet", "<mark>Tiết</mark> kiệm khi <mark>kiểm</mark> kê, <mark>KIỂM</mark> tra"),
    ],
)
def test_only_the_tones_that_were_typed_are_marked_where_they_stand(asked: str, drawn: str) -> None:
    assert marked("Tiết kiệm khi kiểm kê, KIỂM tra", wanted_of(asked)) == drawn


def test_two_spellings_and_codes_are_marked_as_before() -> None:
    assert marked("Hòa, Hoà và hóa", wanted_of("hoà")) == "<mark>Hòa</mark>, <mark>Hoà</mark> và hóa"
    assert marked("Việc NV-2026-7 mới", wanted_of("nv-2026-7")) == "Việc <mark>NV-2026-7</mark> mới"
    assert marked("Đường dây, đương nhiên", wanted_of("đường")) == "<mark>Đường</mark> dây, đương nhiên"


def test_the_piece_of_a_long_text_is_that_with_the_tones() -> None:
    text = " ".join(["Tiết kiệm điện"] + ["giữa chừng"] * 60 + ["kiểm kê máy"])
    assert snippet(text, wanted_of("kiểm")).endswith("<mark>kiểm</mark> kê máy")


def test_what_only_the_words_below_a_title_hold_with_its_tones_is_shown(app: Flask) -> None:
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        house = found_authority(app)
        task = assign_task(app, house, due=date(2026, 12, 30), title="Tiết kiệm điện")
        with app.app_context(), transaction():
            session.get_one(Task, task).detail = "Trước hết kiểm kê, sau đó tiết kiệm."
        page = page_of(browser(app, house.people["secretary"]), "kiểm", "task")
    assert "Trước hết <mark>kiểm</mark> kê, sau đó tiết kiệm." in page
