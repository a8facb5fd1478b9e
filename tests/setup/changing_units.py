"""Changing units as the administrator does: look ahead, write what was shown, read the report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from sqlalchemy import select

from app.access import Actor
from app.clock import today
from app.db import session, transaction
from app.models import (
    Notification,
    Person,
    Task,
)
from app.queries.standing import standing_of
from app.services.moves import make_move
from tests.factories import post

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

TODAY = date(2026, 11, 18)


BASIS = "Nghị quyết 12/NQ-HĐND ngày 01/11/2026"


ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def words(answer: TestResponse) -> str:
    return " ".join(html.fromstring(answer.text).text_content().split())


def inputs(answer: TestResponse) -> dict[str, str]:
    """Return what the form of a preview would send as it stands."""
    page = html.fromstring(answer.text)
    found = {
        str(each.get("name")): str(each.get("value") or "") for each in page.xpath("//main//input[@type='hidden']")
    }
    for select_box in page.xpath(
        "//main//select[starts-with(@name, 'to-') or starts-with(@name, 'as-') or @name='first']"
    ):
        found[str(select_box.get("name"))] = str(select_box.xpath("string(option[@selected]/@value)"))
    if page.xpath("//main//input[@name='heads_meant']"):
        # Two heads, or none, are meant in most of these acts; tests/setup/test_heads.py says what happens otherwise.
        found["heads_meant"] = "y"
    return found


def change(admin: FlaskClient, kind: str, data: dict[str, Any], **choices: str) -> TestResponse:
    """Look ahead, then write as shown, with other choices where given; return the report."""
    asked = {"on": "18/11/2026", "basis": BASIS, **data}
    shown = post(admin, f"/setup/units/change/{kind}", {**asked, "preview": "1"})
    assert shown.status_code == 200, words(shown)
    sent = {**inputs(shown), **asked, **choices, "save": "1"}
    return post(admin, f"/setup/units/change/{kind}", sent, follow=True)


def act(  # noqa: PLR0913 -- who does what with which task, in which house
    app: Flask, house: House, login: str, task_id: int, event: str, *, given: dict[str, Any] | None = None
) -> None:
    with app.app_context(), transaction():
        make_move(session.get_one(Task, task_id), event, given or {}, actor=actor(house, login))


def actor(house: House, login: str) -> Actor:
    person = session.get_one(Person, house.people[login].id)
    return Actor(person, standing_of(person, today()))


def told(person_id: int) -> list[Notification]:
    return list(session.scalars(select(Notification).where(Notification.person_id == person_id)))
