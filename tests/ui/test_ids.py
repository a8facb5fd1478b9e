"""No id stands twice on a page: labels, errors and screen readers would find the wrong thing."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from tests.access.knocking import address, get_doors
from tests.access.world import make_world
from tests.factories import browser

if TYPE_CHECKING:
    from flask import Flask


class Ids(HTMLParser):
    """Counts the ids of a page; what stands in a template is no part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.templates = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.templates += tag == "template"
        if not self.templates:
            self.found.update(value for name, value in attrs if name == "id" and value)

    def handle_endtag(self, tag: str) -> None:
        self.templates -= tag == "template"

    @classmethod
    def twice(cls, page: str) -> list[str]:
        ids = cls()
        ids.feed(page)
        return [name for name, count in ids.found.items() if count > 1]


def test_the_counting_finds_an_id_that_stands_twice() -> None:
    assert Ids.twice('<p id="a"></p><b id="a"></b><i id="b"></i><template><p id="b"></p></template>') == ["a"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", ["secretary", "chair", "unit's head"])
def test_no_id_stands_twice_on_any_page(app: Flask, role: str) -> None:
    world = make_world(app)
    person = world.people[role]
    assert person
    client = browser(app, person)
    faults, seen = [], 0
    for rule, values in get_doors(app, world):
        url = address(rule, values)
        with client.get(url) as answer:
            if answer.status_code == 200 and answer.mimetype == "text/html":
                seen += 1
                faults += [f"{url}: {name}" for name in Ids.twice(answer.get_data(as_text=True))]
    assert seen >= 20
    assert not faults, "\n".join(faults)
