"""A typed day that is none gets the sentence of its cause; a browser hears the same ones."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.factories import at_noon, browser, found_authority, take
from tests.home import pages, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

NONE = "Lịch không có ngày {}. Hãy nhập lại, ví dụ 30/6 hoặc 30/06/2026."
FAR = "Năm {} nằm ngoài khoảng từ 1990 đến 2100. Hãy kiểm tra năm rồi nhập lại."
UNREAD = "Chưa đọc được ngày «{}». Hãy nhập như 30/6 hoặc 30/06/2026."


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    with time_machine.travel(at_noon(work.DAY), tick=False):
        yield


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/02/2027", NONE.format("31/02/2027")),
        ("31/2", NONE.format("31/02")),
        ("2027-02-31", NONE.format("31/02/2027")),
        ("1/13/2027", NONE.format("01/13/2027")),
        ("01/01/9999", FAR.format(9999)),
        ("01/01/2200", FAR.format(2200)),
        ("01/01/1989", FAR.format(1989)),
        ("sang năm", UNREAD.format("sang năm")),
    ],
)
def test_each_cause_has_its_sentence(app: Flask, typed: str, said: str) -> None:
    house = found_authority(app)
    task_id = work.given_task(app, house, lead="tyt", due=date(2026, 9, 25))
    work.move(app, house, task_id, "accept", "head_tyt")
    given = {"until": typed, "reason": "Chờ văn bản của cấp trên"}
    answer = take(browser(app, house.people["chair"]), "task", task_id, "pause", given)
    assert answer.status_code == 422
    assert unescape(answer.text).count(said) == 2, "in the summary and at the field"


def test_a_refused_request_says_it_once_above_and_once_at_the_field(app: Flask) -> None:
    house = found_authority(app)
    work.extended(app, house)
    answer = take(browser(app, house.people["chair"]), "extension", 1, "grant", {"new_due": "31/02/2027"})
    text = unescape(answer.text)
    assert answer.status_code == 422
    assert text.count(NONE.format("31/02/2027")) == 2
    field = text.split('class="error-summary"')[1].split('href="#')[1].split('"')[0]
    assert f'id="{field}"' in text


def test_every_page_carries_the_sentences_for_the_browser(app: Flask) -> None:
    house = found_authority(app)
    text = unescape(pages.page(browser(app, house.people["chair"]), "/chair"))
    data = text.split('id="day-faults"')[1].split(">")[0]
    for said in (NONE, FAR, UNREAD):
        assert said in data
    assert 'data-first="1990" data-last="2100"' in data
