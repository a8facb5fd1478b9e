"""Asking for every address as every role, each time in the same world."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask.sessions import SecureCookieSessionInterface

from tests.access.world import NOT_THERE, ROLES, World
from tests.factories import CSRF_RAW, browser, csrf
from workflows.registry import ALL

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from flask import Flask
    from werkzeug.routing import Rule
    from werkzeug.test import TestResponse

NAME = re.compile(r"<(?:[^<>]+:)?(\w+)>")
TEXTS = {
    "token": "khong-co-lien-ket-nay", "begins_on": "2026-10-15", "kind": "xlsx", "form": "docx", "paper": "notice",
    "name": "open", "act": "merge", "doc_type": "GM", "key": "khong-co-tep-nao-nhu-the",
}  # fmt: skip
# What a page cannot be asked for without.
ASKS = {"reports.tasks": "?column=overdue"}


class Knocker:
    """Somebody who knows the address of everything in the world and comes as whoever is wanted."""

    def __init__(self, app: Flask, world: World, live: sqlite3.Connection, kept: sqlite3.Connection) -> None:
        self.app, self.world, self.live, self.kept = app, world, live, kept
        self.cookies = {role: self._cookie(role) for role in ROLES}
        self.token = csrf(app.test_client())
        live.execute("PRAGMA synchronous=OFF")
        live.backup(kept)
        self.as_kept = self._written()

    def _cookie(self, role: str) -> str:
        person = self.world.people[role]
        if person is not None:
            cookie = browser(self.app, person).get_cookie("dondoc")
            assert cookie is not None
            return str(cookie.value)
        signer = SecureCookieSessionInterface().get_signing_serializer(self.app)
        assert signer is not None
        return str(signer.dumps({"csrf_token": CSRF_RAW}))

    def ask(  # noqa: PLR0913 -- what a request may carry, all named
        self,
        role: str,
        method: str,
        url: str,
        data: dict[str, Any] | None = None,
        *,
        token: bool = True,
        restore: bool = True,
    ) -> TestResponse:
        """Return the answer to one request; afterwards the world is as it was."""
        client = self.app.test_client()
        client.set_cookie("dondoc", self.cookies[role])
        sent = {**({"csrf_token": self.token} if token else {}), **(data or {})}
        answer = client.open(url, method=method, data=None if method == "GET" else sent)
        if restore and self._written() != self.as_kept:
            self.restore()
        return answer

    def restore(self) -> None:
        """Put the world back as it was in the beginning."""
        self.kept.backup(self.live)
        self.as_kept = self._written()

    def _written(self) -> int:
        """Return a number that changes when somebody else has written into the database."""
        return int(self.live.execute("PRAGMA data_version").fetchone()[0])

    def doors(self) -> list[tuple[str, Rule, dict[str, int | str]]]:
        """Return method, route and what to put into its address; a route of moves comes once a move."""
        return [
            (method, rule, values)
            for rule in routes(self.app)
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
            for values in values_for(rule, self.world)
        ]


def routes(app: Flask) -> list[Rule]:
    """Return the application's routes by their addresses, files of the face left out."""
    return sorted((rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"), key=lambda rule: rule.rule)


def get_doors(app: Flask, world: World) -> list[tuple[Rule, dict[str, int | str]]]:
    """Return the routes that show something, with what to put into their addresses."""
    return [
        (rule, values) for rule in routes(app) if "GET" in (rule.methods or set()) for values in values_for(rule, world)
    ]


def values_for(rule: Rule, world: World) -> Iterator[dict[str, int | str]]:
    """Yield what to put into a route's address."""
    if rule.endpoint == "moves.take":
        for name, workflow in ALL.items():
            if name in world.items:
                for event in workflow.by_event:
                    yield {"workflow": name, "item_id": world.items[name], "event": event}
        return
    if rule.endpoint == "moves.back":
        for name, workflow in ALL.items():
            if name in world.items:
                yield {"workflow": name, "item_id": world.items[name], "event": next(iter(workflow.by_event))}
        return
    values: dict[str, int | str] = {}
    for name in rule.arguments:
        known = world.ids | TEXTS
        key = "agenda" if rule.endpoint.startswith("meetings.") and name == "item_id" else name
        assert key in known, f"teach tests/access/world.py an id for <{name}> of {rule.rule}"
        values[name] = known[key]
    yield values


def address(rule: Rule, values: dict[str, int | str]) -> str:
    """Return the address of a route with these values in it."""
    return NAME.sub(lambda found: str(values[found[1]]), rule.rule) + ASKS.get(rule.endpoint, "")


def label(rule: Rule, values: dict[str, int | str]) -> str:
    """Return how a door is called in the matrix: its route, a move by its names."""
    if rule.endpoint == "moves.take":
        return f"/moves/{values['workflow']}/<id>/{values['event']}"
    if rule.endpoint == "moves.back":
        return f"/moves/{values['workflow']}/<id>/…"
    return rule.rule


def elsewhere(values: dict[str, int | str]) -> dict[str, int | str]:
    """Return the same values with ids that nothing has."""
    return {name: NOT_THERE if isinstance(value, int) else value for name, value in values.items()}
