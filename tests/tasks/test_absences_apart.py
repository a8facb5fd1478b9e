"""Who stands in is told apart by unit; one of another unit is possible, and said plainly before and after."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html

from app.db import session, transaction
from app.models import Person
from tests.factories import at_noon, browser, found_authority, hold_office
from tests.tasks.test_absences import away, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(date(2026, 9, 16)), tick=False):
        yield


def offered(client: FlaskClient) -> dict[str, str]:
    """Return the substitutes offered: their words by their ids."""
    page = html.fromstring(client.get("/absences/").text)
    options = page.xpath("//select[@name='substitute_id']/option")
    return {option.get("value"): " ".join(option.text_content().split()) for option in options}


def test_two_of_one_name_are_told_apart_by_their_units(app: Flask) -> None:
    house = found_authority(app)
    with app.app_context(), transaction():
        session.get_one(Person, house.people["head_hcc"].id).full_name = house.people["head_kt"].full_name
    named = offered(browser(app, house.people["head_vhxh"]))
    kt, hcc = named[str(house.people["head_kt"].id)], named[str(house.people["head_hcc"].id)]
    assert kt == f"{house.people['head_kt'].full_name} – {house.units['kt'].name}"
    assert hcc == f"{house.people['head_kt'].full_name} – {house.units['hcc'].name}"
    assert named[str(house.people["chair"].id)].endswith(house.committee.name), "who sits in a committee alone"


def test_all_units_of_a_person_are_named_once(app: Flask) -> None:
    house = found_authority(app)
    with app.app_context(), transaction():
        person = session.get_one(Person, house.people["head_kt"].id)
        hold_office(person, house.units["hcc"], "staff")
        hold_office(person, house.units["kt"], "staff")
    name = offered(browser(app, house.people["head_vhxh"]))[str(house.people["head_kt"].id)]
    assert name.count(house.units["kt"].name) == name.count(house.units["hcc"].name) == 1


def test_a_substitute_of_another_unit_is_said_with_what_he_may(app: Flask) -> None:
    house = found_authority(app)
    head = browser(app, house.people["head_vhxh"])
    assert away(head, house, "head_vhxh", "head_kt").status_code == 303
    page = said(head, "/absences/")
    assert f"Bùi Đình Phúc thuộc {house.units['kt'].name}, không cùng đơn vị với Hoàng Mai Lan" in page
    assert "xem được" in page
    assert "làm thay được" in page
    assert f"Bùi Đình Phúc – {house.units['kt'].name} " in page.split("Đang và sắp vắng mặt")[1]


def test_a_substitute_of_the_same_unit_needs_no_warning(app: Flask) -> None:
    house = found_authority(app)
    head = browser(app, house.people["head_vhxh"])
    assert away(head, house, "head_vhxh", "staff_vhxh").status_code == 303
    assert "không cùng đơn vị với Hoàng" not in said(head, "/absences/")


def test_the_page_knows_who_is_apart_before_it_is_sent(app: Flask) -> None:
    house = found_authority(app)
    page = html.fromstring(browser(app, house.people["staff_vhxh"]).get("/absences/").text)
    (own,) = page.xpath("//input[@name='person_id']")
    units = {option.get("value"): option.get("data-units") for option in page.xpath("//select/option[@data-units]")}
    assert own.get("data-units") == units[str(house.people["head_vhxh"].id)] == str(house.units["vhxh"].id)
    assert units[str(house.people["head_kt"].id)] == str(house.units["kt"].id)
    (warning,) = page.xpath("//*[@data-apart]")
    assert warning.get("hidden") is not None
    assert "đơn vị khác" in warning.text_content()
