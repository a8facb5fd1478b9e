"""Every route × every role: the answers equal a reviewed table, and no stranger learns that a thing exists.

To write the table anew after a reviewed change: REWRITE=1 python -m pytest tests/access/test_matrix.py -n 0
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.views.guard import HEADERS
from tests.access.knocking import address, elsewhere, label
from tests.access.world import ROLES, STRANGERS

if TYPE_CHECKING:
    from werkzeug.routing import Rule

    from tests.access.knocking import Knocker

pytestmark = pytest.mark.slow
MATRIX = Path(__file__).parent / "matrix.txt"
HEAD = """What each route answers to each role about things of the first committee (POST: an empty form).
200 the page · 303 done, or to the log-in · 422 the form is not complete · 403 may see it, not do it · 404 not for you
"""
# A file shown alone carries a policy of its own, still stricter.
OWN_POLICY = {"files.fetch", "files.thumb", "files.page"}
# What nobody may open without a log-in.
PUBLIC = {
    "auth.login",
    "health.alive",
    "invitations.ask_reset",
    "links.follow",
    "preferences.save",
    "setup.first",
}


def rows_of(answers: dict[tuple[str, str], list[str]]) -> str:
    """Return the table as text."""
    wide = max(len(name) for _method, name in answers)
    names = " ".join(f"{role.removeprefix('other ').replace(' ', '-'):>11.11}" for role in ROLES)
    title = f"{'':{wide + 6}}{names}"
    lines = [
        f"{method:<5} {name:<{wide}}" + " ".join(f"{status:>11}" for status in statuses)
        for (method, name), statuses in answers.items()
    ]
    return "\n".join([HEAD, title, *lines, ""])


@dataclass(frozen=True)
class Said:
    """What was answered at one door to one role."""

    status: int
    page: str
    guarded: bool


@dataclass(frozen=True)
class Door:
    """A method and a route with one set of values."""

    method: str
    rule: Rule
    values: dict[str, int | str]

    @property
    def name(self) -> str:
        """How it is called in the matrix."""
        return label(self.rule, self.values)


@pytest.fixture(scope="module")
def walked(knocker: Knocker) -> list[tuple[Door, dict[str, Said]]]:
    """Every door with what it answered to each role."""
    return [
        (door, {role: ask(knocker, role, door, door.values) for role in ROLES})
        for door in (Door(*each) for each in knocker.doors())
    ]


def ask(knocker: Knocker, role: str, door: Door, values: dict[str, int | str]) -> Said:
    """Return what a door says to a role, without its own address."""
    url = address(door.rule, values)
    answer = knocker.ask(role, door.method, url)
    page = answer.get_data(as_text=True) if str(answer.mimetype).startswith("text/") else str(answer.mimetype)
    page += answer.location or ""
    if len(url) > 1:
        page = page.replace(url, "…")
    guarded = all(
        answer.headers.get(name) == value or (name == "Content-Security-Policy" and door.rule.endpoint in OWN_POLICY)
        for name, value in HEADERS.items()
    )
    answer.close()
    return Said(answer.status_code, page, guarded)


def test_every_route_answers_every_role_as_reviewed(walked: list[tuple[Door, dict[str, Said]]]) -> None:
    text = rows_of({(door.method, door.name): [str(said[role].status) for role in ROLES] for door, said in walked})
    if os.environ.get("REWRITE"):
        MATRIX.write_text(text, encoding="utf-8")
    assert MATRIX.read_text(encoding="utf-8") == text, "see this file's first lines"


def test_nothing_breaks_whoever_asks(walked: list[tuple[Door, dict[str, Said]]]) -> None:
    broken = [(door.method, door.name, role) for door, said in walked for role in ROLES if said[role].status >= 500]
    assert not broken


def test_every_answer_carries_the_headers(walked: list[tuple[Door, dict[str, Said]]]) -> None:
    assert not [(door.name, role) for door, said in walked for role in ROLES if not said[role].guarded]


def test_nobody_is_sent_to_the_log_in(walked: list[tuple[Door, dict[str, Said]]]) -> None:
    public = {
        door.rule.endpoint
        for door, said in walked
        if not (said["nobody"].status == 303 and "/login" in said["nobody"].page)
    }
    assert public == PUBLIC


def test_things_of_others_are_as_if_they_were_not_there(
    knocker: Knocker, walked: list[tuple[Door, dict[str, Said]]]
) -> None:
    told = []
    for door, said in walked:
        if door.rule.arguments & {name for name, value in door.values.items() if isinstance(value, int)}:
            for role in STRANGERS:
                none = ask(knocker, role, door, elsewhere(door.values))
                if (said[role].status, said[role].page) != (none.status, none.page):
                    told.append((role, door.method, door.name, said[role].status, none.status))
    assert not told
