"""The committee at a glance: every number is the length of its list, every open task is in one part of a bar."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.queries.overview import committees_with_period, unit_counts
from tests.factories import at_noon, browser, found_authority, take
from tests.home import work
from tests.home.pages import listed, page
from tests.home.work import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.factories import House


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def mixed(app: Flask) -> House:
    house = found_authority(app)
    for lead, due in (
        ("vhxh", date(2026, 9, 4)), ("vhxh", DAY), ("kt", date(2026, 9, 18)), ("kt", date(2026, 11, 30)), ("ca", None),
        ("hcc", date(2026, 9, 11)), ("hcc", date(2026, 9, 28)),
    ):  # fmt: skip
        work.given_task(app, house, lead=lead, due=due)
    for lead, due in (("vhxh", date(2026, 9, 30)), ("kt", date(2026, 9, 8))):
        done = work.reported(app, house, lead=lead, due=due)
        move_on = browser(app, house.people["chair"])
        assert take(move_on, "task", done, "confirm").status_code == 303
    work.reported(app, house, lead="kt", due=date(2026, 9, 8))
    work.contested(app, house)
    work.extended(app, house)
    paused = work.given_task(app, house, lead="ca", due=date(2026, 9, 30))
    take(browser(app, house.people["chair"]), "task", paused, "pause", {"reason": "Chờ", "until": "1/12/2026"})
    return house


def test_every_number_is_the_length_of_its_list(app: Flask) -> None:
    house = mixed(app)
    chair = browser(app, house.people["chair"])
    text = page(chair, "/chair")
    links = re.findall(r'<td class="num"[^>]*><a[^>]*href="([^"]+)">([\d.]+)</a>', text)
    assert len(links) > 15
    for href, number in links:
        assert listed(chair, href) == int(number), href
    for href, number in re.findall(r'<a href="([^"]+)" aria-label="[^"]*: [^"]* (\d+)"><rect', text):
        assert listed(chair, href) == int(number), href
    ahead = re.search(r'<a href="([^"]+)">(\d+) việc</a>', text)
    assert ahead
    assert listed(chair, ahead[1]) == int(ahead[2])
    days = re.findall(r'<a href="([^"]+)" aria-label="[^"]*: (\d+) việc đến hạn"', text)
    assert sum(int(number) for _, number in days) == int(ahead[2])
    for href, number in days:
        assert listed(chair, href) == int(number), href


def test_the_page_of_units_shows_the_numbers_of_the_home_and_opens_the_same_lists(app: Flask) -> None:
    house = mixed(app)
    chair = browser(app, house.people["chair"])
    table = re.compile(r'<table class="rows units">.*?</table>', re.DOTALL)
    alone = page(chair, f"/chair/{house.committee.id}/units")
    assert table.findall(alone) == table.findall(page(chair, "/chair")) != []
    for href, number in re.findall(r'<td class="num"[^>]*><a[^>]*href="([^"]+)">([\d.]+)</a>', alone):
        assert listed(chair, href) == int(number), href


def test_the_bars_hold_every_open_task_once(app: Flask) -> None:
    house = mixed(app)
    with app.app_context():
        standing = work.actor(house, "chair").standing
        running = committees_with_period(standing.committees, DAY)[0]
        units = unit_counts(standing, DAY, running)
    assert running.period.start == date(2026, 9, 15)
    for unit in units:
        parts = ("overdue", "near", "in-time", "no-clock")
        assert sum(unit.numbers[name] for name in parts) == unit.numbers["open"], unit.name
    by_name = {unit.short_name: unit for unit in units}
    assert by_name["P. VHXH"].rate == pytest.approx(1 / 2), "one in time, one overdue"
    assert by_name["P. KTHTĐT"].rate == 0, "one done late, one reported late"
    assert by_name["Trạm Y tế"].rate is None, "nothing done, nothing overdue: no rate"


def test_the_column_of_what_waits_says_that_it_counts_tasks(app: Flask) -> None:
    house = found_authority(app)
    work.reported(app, house, due=date(2026, 9, 30))
    chair = browser(app, house.people["chair"])
    for address in ("/chair", f"/chair/{house.committee.id}/units", f"/board/{house.committee.id}"):
        text = chair.get(address, follow_redirects=True).text
        assert "Nhiệm vụ chờ quyết định" in text, address
    assert "hàng chờ của lãnh đạo còn gồm" in chair.get("/chair").text
