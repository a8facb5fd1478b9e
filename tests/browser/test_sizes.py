"""Very long titles, empty lists and long lists: nothing breaks, nothing is wider than the phone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from app.db import session, transaction
from app.models import Committee, Meeting, Notice, Person, Task, Unit
from tests.access.world import make_world
from tests.browser.visitor import DESK, PHONE
from tests.factories import assign_task, found_authority

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
WORDS = "Rà soát toàn bộ máy tính bảng đã cấp cho các đơn vị và lập phương án thay thế những máy không còn phù hợp "
LONG = (WORDS * 4)[:300]
UNBROKEN = "Kếhoạchchuyểnđổisố" * 17


@pytest.mark.parametrize("name", [LONG, UNBROKEN[:300]], ids=["words", "unbroken"])
def test_names_of_three_hundred_characters(site: Site, visit: Callable[..., Visitor], name: str) -> None:
    assert len(name) == 300
    world = make_world(site.app)
    with site.app.app_context(), transaction():
        session.execute(update(Task).values(title=name))
        session.execute(update(Meeting).values(title=name))
        session.execute(update(Notice).values(subject=name))
        session.execute(update(Committee).where(Committee.id == world.house.committee.id).values(name=name))
        session.execute(update(Unit).where(Unit.id == world.house.units["vhxh"].id).values(name=name))
        session.execute(update(Person).where(Person.login == "head_vhxh").values(full_name=name))
    desk = visit(world.people["secretary"], width=PHONE)
    paths = [
        "/desk",
        "/tasks/",
        f"/tasks/{world.items['task']}",
        "/meetings/",
        f"/meetings/{world.items['meeting']}",
        "/notices",
        f"/notices/{world.items['notice']}?clause={world.items['conclusion']}",
        f"/reports/{world.house.committee.id}/2026-10-15",
        "/reports/status",
        "/told/",
    ]
    for path in paths:
        desk.open(path)
    chair, unit = visit(world.people["chair"], width=PHONE), visit(world.people["unit's head"], width=PHONE)
    chair.open("/chair")
    unit.open("/unit")
    unit.open("/notifications")


def test_nothing_there_yet(site: Site, visit: Callable[..., Visitor]) -> None:
    house = found_authority(site.app)
    places = {
        "secretary": ("/desk", "/tasks/", "/notices", "/meetings/", "/reports/", "/reports/status", "/told/"),
        "chair": ("/chair", "/notifications"),
        "head_vhxh": ("/unit",),
        "member": ("/tasks/",),
    }
    for login, paths in places.items():
        visitor = visit(house.people[login], width=PHONE)
        for path in paths:
            visitor.open(path)
            assert len(visitor.text().split()) > 8, path  # says what will come here


def test_two_hundred_rows(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    for number in range(205):
        assign_task(site.app, house, due=date(2026, 11, 2 + number % 28), title=f"Việc số {number}: {WORDS}")
    for login, width in (("secretary", DESK), ("head_vhxh", PHONE)):
        visitor = visit(house.people[login], width=width)
        visitor.open("/tasks/?status=all")
        visitor.see("205 mục", "trang 1 trên 9")
        visitor.send("Trang sau")
        visitor.see("trang 2 trên 9")
    visitor.open("/unit")
    visitor.see("205")


def test_every_way_to_stand_fits_a_phone(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    for due in (date(2026, 10, 30), date(2026, 11, 23), date(2026, 11, 25), date(2026, 12, 31), None):
        assign_task(site.app, house, due=due, title=WORDS)
    for login, paths in (("secretary", ("/desk", "/tasks/")), ("head_vhxh", ("/unit",)), ("chair", ("/chair",))):
        visitor = visit(house.people[login], width=PHONE)
        for path in paths:
            visitor.open(path)
    visitor.see("Phòng Văn hóa - Xã hội 5 1 2 0,0 %")
