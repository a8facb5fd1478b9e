"""The days of the unit, the chair and the secretary, by thumb on a phone and by keyboard alone at a desk."""

from __future__ import annotations

import os
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

import pytest

from app.db import session
from app.models import Task
from tests.browser import chair_day, secretary_day, unit_day
from tests.browser.hands import Hands, speak
from tests.browser.visitor import DESK, PHONE
from tests.factories import assign_task
from tests.home.work import move
from workflows.task import IN_PROGRESS, REPORTED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House

pytestmark = pytest.mark.slow


EVERY_WAY = list(product(("sqlite", "postgresql"), (DESK, PHONE), ("vi", "en")))


def ways(*each: tuple[str, int, str]) -> pytest.MarkDecorator:
    """Live a day on these databases, at these widths, in these languages; with EVERY_WAY=1 in all eight ways."""
    lived = EVERY_WAY if os.environ.get("EVERY_WAY") else each
    return pytest.mark.parametrize(("database_url", "width", "language"), lived, indirect=["database_url"])


@pytest.fixture
def enter(
    site: Site, house: House, visit: Callable[..., Visitor], width: int, language: str
) -> Callable[[str | None], Hands]:
    """Return what opens a window for somebody, with hands that suit its size."""
    speak(site, language)

    def open_window(login: str | None = None) -> Hands:
        person = house.people[login] if login else None
        return Hands(visit(person, width=width, language=language, touch=width == PHONE), language)

    return open_window


@ways(("sqlite", PHONE, "vi"), ("postgresql", DESK, "en"))
def test_the_units_day(site: Site, house: House, enter: Callable[[str | None], Hands], tmp_path: Path) -> None:
    photo = tmp_path / "ảnh kiểm kê.png"
    photo.write_bytes(unit_day.PNG)
    unit_day.live(unit_day.UnitDay(site, house, enter, unit_day.prepare(site, house), photo))


@ways(("sqlite", DESK, "en"), ("postgresql", PHONE, "vi"))
def test_the_chairs_day(
    site: Site, house: House, enter: Callable[[str | None], Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    day = chair_day.ChairDay(site, house, chair_day.prepare(site, house))
    chair_day.live(day, enter(None), monkeypatch)


@ways(("sqlite", DESK, "vi"), ("postgresql", PHONE, "en"))
def test_the_secretarys_day(
    site: Site,
    house: House,
    enter: Callable[[str | None], Hands],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tasks, notice = secretary_day.prepare(site, house)
    secretary_day.live(secretary_day.SecretaryDay(site, house, enter, tmp_path, tasks, notice), monkeypatch)


@ways(("sqlite", PHONE, "vi"), ("postgresql", DESK, "en"))
def test_who_comes_second_keeps_all_that_was_typed_and_sees_who_was_quicker(
    site: Site, house: House, enter: Callable[[str | None], Hands], tmp_path: Path
) -> None:
    task = assign_task(site.app, house, lead="kt", due=date(2026, 12, 15))
    move(site.app, house, task, "accept", "head_kt")
    photo = tmp_path / "biên bản.png"
    photo.write_bytes(unit_day.PNG)
    head, desk = enter("head_kt"), enter("secretary")
    head.who.open(f"/tasks/{task}")
    head.fill("report", result="Đã kiểm kê đủ 52 máy, 03 máy hỏng", evidence=str(photo))

    desk.who.open(f"/tasks/{task}")
    desk.move("arrange", priority="urgent")
    form = head.form("report")
    head.leave(form.locator("button[type=submit]"), 409)
    head.who.see("Vũ Ngọc Diệp", photo.name)
    assert form.locator("[name=result]").input_value() == "Đã kiểm kê đủ 52 máy, 03 máy hỏng"
    with site.app.app_context():
        assert session.get_one(Task, task).state == IN_PROGRESS

    head.leave(form.locator("button[type=submit]"))
    head.who.see("Đã kiểm kê đủ 52 máy, 03 máy hỏng", photo.name)
    with site.app.app_context():
        found = session.get_one(Task, task)
        assert (found.state, found.priority) == (REPORTED, "urgent")
