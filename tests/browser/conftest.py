"""A real server on a free port over a database of its own, and people who visit it in a real browser."""
# ruff: noqa: ANN401 -- the browser's objects have no types where playwright is not installed

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from app.clock import VIETNAM
from tests.browser.site import Site, serving
from tests.browser.visitor import Visitor
from tests.factories import House, found_authority

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from config import Settings

TODAY = date(2026, 11, 23)
"""The Monday on which the browser's stories happen; the clock runs on from nine in the morning."""


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    morning = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=VIETNAM)
    with time_machine.travel(morning, tick=True):
        yield


@pytest.fixture
def site(settings: Settings) -> Iterator[Site]:
    """Return the application as it is really served, waiting for its first visitor."""
    with serving(settings) as served:
        # The browser's own clock is not ours: a cookie must not look old to it.
        served.app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=36500)
        yield served


@pytest.fixture
def house(site: Site) -> House:
    """Return the small authority that the site serves."""
    return found_authority(site.app)


@pytest.fixture
def visit(chrome: Any, site: Site) -> Iterator[Callable[..., Visitor]]:
    """Return what opens a browser window of its own for a person (or for nobody); each is judged at the end."""
    visitors: list[Visitor] = []

    def enter(person: Any = None, **options: Any) -> Visitor:
        visitor = Visitor(chrome, site, **options)
        visitors.append(visitor)
        if person is not None:
            visitor.be(person)
        return visitor

    yield enter
    try:
        for visitor in visitors:
            visitor.judge()
    finally:
        for visitor in visitors:
            visitor.context.close()
