"""What stops a task's clock is said in words: until when it is paused, that it is contested, whom the unit proposes."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html

from tests.factories import at_noon, browser, found_authority, take
from tests.home import pages, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(work.DAY), tick=False):
        yield


def test_a_pause_says_until_when_in_the_inbox_and_on_the_page(app: Flask) -> None:
    house = found_authority(app)
    task_id = work.given_task(app, house, lead="tyt", due=date(2026, 9, 25))
    work.move(app, house, task_id, "accept", "head_tyt")
    given = {"until": "21/12/2026", "reason": "Chờ văn bản của cấp trên"}
    assert take(browser(app, house.people["chair"]), "task", task_id, "pause", given).status_code == 303
    head = browser(app, house.people["head_tyt"])
    for url in ("/unit", f"/tasks/{task_id}"):
        chips = html.fromstring(pages.page(head, url)).xpath("//span[contains(@class,'tone-')]")
        assert "Tạm dừng đến 21/12" in [chip.text_content().strip() for chip in chips], url


def test_a_contested_task_is_named_so_among_the_overdue(app: Flask) -> None:
    house = found_authority(app)
    task_id = work.given_task(app, house, lead="kt", due=date(2026, 9, 9))
    work.move(app, house, task_id, "contest", "head_kt", {"reason": "Không đúng chức năng"})
    other = work.given_task(app, house, lead="vhxh", due=date(2026, 9, 8))
    chair = browser(app, house.people["chair"])
    for url in ("/chair", f"/board/{house.committee.id}"):
        page = html.fromstring(pages.page(chair, url))
        lines = {
            line.xpath("string(.//a/@href)"): line.text_content()
            for line in page.xpath("//*[contains(@class,'lines')]/li")
        }
        assert "Chờ xử lý trả lại" in lines[f"/tasks/{task_id}"], url
        assert "Chờ xử lý trả lại" not in lines[f"/tasks/{other}"], url


def test_the_unit_that_was_proposed_is_chosen_already(app: Flask) -> None:
    house = found_authority(app)
    task_id = work.contested(app, house)
    text = pages.page(browser(app, house.people["secretary"]), f"/tasks/{task_id}")
    form = text.split(f'action="/moves/task/{task_id}/reassign"')[1].split("</form>")[0]
    assert re.findall(r'<option value="(\d+)"[^>]* selected', form) == [str(house.units["hcc"].id)]
