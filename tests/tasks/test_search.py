"""Searching the list: without tones, by beginnings of words, by code; what was changed is found anew."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import time_machine

from app.db import session, transaction
from app.models import Task
from app.queries.task_words import phrases_of
from app.text import fold
from tests.factories import assign_task, at_noon, browser, found_authority

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

DAY = date(2026, 9, 16)
TITLES = ("Kiểm kê máy tính bảng", "Thuê máy chiếu: 3,5 triệu", "Đường dây nóng 24/7")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    house = found_authority(app)
    for title in TITLES:
        assign_task(app, house, due=date(2026, 9, 30), title=title)
    return browser(app, house.people["secretary"])


def found(client: FlaskClient, asked: str) -> set[str]:
    answer = client.get(f"/tasks/?status=all&q={quote(asked)}")
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    return {title for title in TITLES if title in page}


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("may", TITLES[:2]),
        ("Máy bảng", TITLES[:1]),
        ("duong DAY", TITLES[2:]),
        ("chieu", TITLES[1:2]),
        ("chi", TITLES[1:2]),
        ("hieu", ()),
        ("3,5", TITLES[1:2]),
        ("24/7", TITLES[2:]),
        ("máy nóng", ()),
        ("", TITLES),
        ("%", ()),
        ('"', ()),
        ('máy" OR "dây', ()),
        ("may & ! | <-> :* (", TITLES[:2]),
    ],
)
def test_it_finds(reader: FlaskClient, asked: str, titles: tuple[str, ...]) -> None:
    assert found(reader, asked) == set(titles)


def test_it_finds_by_code(app: Flask, reader: FlaskClient) -> None:
    with app.app_context():
        task = session.query(Task).filter_by(title=TITLES[1]).one()
        with transaction():
            session.get_one(Task, task.id).search_text = fold(f"NV-2026-112 {task.title}")
    assert found(reader, "NV-2026-11") == {TITLES[1]}
    assert found(reader, "2026-NV") == set()


def test_what_was_changed_or_removed_is_not_found_by_its_old_words(app: Flask, reader: FlaskClient) -> None:
    with app.app_context(), transaction():
        session.query(Task).filter_by(title=TITLES[2]).update({"search_text": "xe may"})
    assert found(reader, "nong") == set()
    assert found(reader, "xe") == {TITLES[2]}


def test_phrases_hold_nothing_that_an_engine_could_read_more_into() -> None:
    assert phrases_of("NV-2026-7  Kinh phí!") == "nv 2026 7|kinh|phi"
    assert phrases_of("\"'()*:&|!<>-") == ""
