"""A day that a form proposes can be read again as it stands, also by who reads English."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html
from sqlalchemy import update

from app.db import session, transaction
from app.forms.fields import parse_day
from app.models import Person
from tests.factories import assign_task, at_noon, browser, found_authority, post, take
from tests.home import work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

DAY = date(2026, 9, 16)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def begun(client: FlaskClient, address: str) -> list[str]:
    """Give the days that the fields of a page begin with."""
    page = html.fromstring(client.get(address).text)
    return [str(value) for value in page.xpath("//main//input[@data-day]/@value") if value]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_day_proposed_is_read(app: Flask, language: str) -> None:
    house = found_authority(app)
    asked = work.extended(app, house)
    late = work.given_task(app, house, lead="kt", due=date(2026, 9, 1))
    with app.app_context(), transaction():
        session.execute(update(Person).values(language=language))
    chair, desk, admin = (browser(app, house.people[login]) for login in ("chair", "secretary", "admin"))
    shown = [
        *begun(chair, "/chair"),
        *begun(chair, f"/tasks/{asked}"),
        *begun(desk, f"/tasks/{late}"),
        *begun(admin, f"/setup/people/{house.people['head_kt'].id}"),
        *begun(admin, f"/setup/committees/{house.committee.id}"),
    ]
    assert len(shown) >= 5
    assert all(parse_day(day, DAY) for day in shown), shown
    granted = take(chair, "extension", 1, "grant", {"new_due": begun(chair, "/chair")[0]})
    assert granted.status_code == 303


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_day_of_a_piece_is_read_again(app: Flask) -> None:
    house = found_authority(app)
    task = assign_task(app, house, due=date(2026, 9, 30))
    with app.app_context(), transaction():
        session.execute(update(Person).values(language="en"))
    head = browser(app, house.people["head_vhxh"])
    take(head, "task", task, "accept")
    piece = {"work": "Kiểm đếm", "person": house.people["staff_vhxh"].id, "due": "25/9/2026"}
    assert post(head, f"/tasks/{task}/sub-tasks", piece).status_code == 303
    assert "25/09/2026" in begun(head, f"/tasks/{task}")
