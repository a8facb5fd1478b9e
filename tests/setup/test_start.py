"""The start page of set-up leads on: the next step, and how far one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html

from tests.factories import browser, found_authority

if TYPE_CHECKING:
    from flask import Flask

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@ON_SQLITE
def test_the_first_missing_step_is_the_next(app: Flask) -> None:
    house = found_authority(app)
    page = html.fromstring(browser(app, house.people["admin"]).get("/setup/").text)
    missing = page.xpath("//li[@class='todo-missing']//a")
    following = page.xpath("//div[@class='page-actions']/a")[0]
    assert following.get("href") == missing[0].get("href")
    assert missing[0].text_content() in following.text_content()
    steps = page.xpath("//ol[@class='todo']/li")
    done = [step for step in steps if step.get("class") == "todo-done"]
    words = " ".join(page.xpath("//div[@class='setup-done']//p")[0].text_content().split())
    assert f"{len(done)} / {len(steps)} bước" in words


@ON_SQLITE
def test_a_failure_has_a_heading_of_its_own_and_a_way_back(app: Flask) -> None:
    house = found_authority(app)
    secretary = browser(app, house.people["secretary"])
    expired = secretary.post("/preferences", data={"language": "vi"}, headers={"Referer": "http://localhost/tasks/"})
    assert expired.status_code == 400
    page = html.fromstring(expired.text)
    assert page.xpath("string(//h1)").strip() == "Phiên làm việc đã hết hạn"
    assert page.xpath("//main//a[@class='btn']/@href") == ["http://localhost/tasks/"]
    strange = secretary.get("/khong-co", headers={"Referer": "http://elsewhere.example/"})
    assert not html.fromstring(strange.text).xpath("//main//a[@class='btn']")
