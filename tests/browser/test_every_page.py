"""Every page there is, found from the routes: light and dark, on a desk and on a phone, in both languages."""
# ruff: noqa: ANN401 -- the browser's objects have no types where playwright is not installed

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from app.db import session, transaction
from app.models import Person
from tests.access.knocking import address, get_doors
from tests.access.world import make_world
from tests.browser.visitor import DESK, PHONE
from tests.factories import browser

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.access.world import World
    from tests.browser.site import Site
    from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]
READERS = ("secretary", "administrator", "unit's head", "chair")
UNFOLD = "document.querySelectorAll('main details:not([name])').forEach((fold) => { fold.open = true; })"
HALVES = pytest.mark.parametrize("half", [0, 1])


def pages(site: Site, world: World) -> list[tuple[str, str]]:
    """Return each page with somebody who may open it."""
    found = []
    readers = {role: browser(site.app, person) for role, person in world.people.items() if person and role in READERS}
    for rule, values in get_doors(site.app, world):
        url = address(rule, values)
        for role, client in readers.items():
            answer = client.get(url)
            # What a page asks for when it is looked at is a part of it and is seen there.
            is_page = answer.status_code == 200 and answer.data.lstrip()[:9].lower() == b"<!doctype"
            answer.close()
            if is_page:
                found.append((role, url))
                break
    return found


def tour(
    site: Site, visit: Callable[..., Visitor], half: int, see: Callable[[Visitor, Any], None], **options: Any
) -> None:
    """Let each reader open his pages, every second one only, and look at them in more than one way."""
    world = make_world(site.app)
    with site.app.app_context(), transaction():
        session.execute(update(Person).values(language=options.pop("language", "vi")))
    visitors = {role: visit(world.people[role], **options) for role in READERS}
    listed = pages(site, world)
    assert len(listed) > 40
    faults = []
    for role, url in listed[half::2]:
        visitor = visitors[role]
        visitor.width(DESK)
        try:
            visitor.open(url)
            visitor.page.evaluate(UNFOLD)
            see(visitor, url)
        except AssertionError as fault:
            faults.append(str(fault))
    assert not faults, "\n\n".join(faults)


@HALVES
def test_pages_in_vietnamese(site: Site, visit: Callable[..., Visitor], half: int) -> None:
    def see(visitor: Visitor, url: str) -> None:
        visitor.width(PHONE)
        visitor.page.emulate_media(color_scheme="dark")
        visitor.look()
        visitor.page.emulate_media(color_scheme="light")

    tour(site, visit, half, see)


@HALVES
def test_pages_in_english(site: Site, visit: Callable[..., Visitor], half: int) -> None:
    def see(visitor: Visitor, url: str) -> None:
        assert visitor.page.get_attribute("html", "lang") == "en"
        assert visitor.page.get_attribute("html", "data-bs-theme") == "auto"
        visitor.width(PHONE)
        assert visitor.too_wide() == [], url

    tour(site, visit, half, see, scheme="dark", language="en")


def test_pages_for_nobody(site: Site, house: Any, visit: Callable[..., Visitor]) -> None:
    for width, scheme, language in ((PHONE, "dark", "vi"), (DESK, "light", "en")):
        nobody = visit(width=width, scheme=scheme, language=language)
        for path, status in (
            ("/login", 200),
            ("/forgot-password", 200),
            ("/khong-co-trang-nay", 404),
            ("/links/xyz", 404),
        ):
            nobody.open(path, status)
