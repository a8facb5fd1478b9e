"""Addresses made late are those that the library makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, url_for
from werkzeug.routing import Map, Rule

from app.addresses import LateRule
from app.factory import create_app

if TYPE_CHECKING:
    from config import Settings


def test_a_rule_compiled_late_makes_the_same_addresses() -> None:
    ways = "/notices/<int:notice_id>", "/static/<path:name>", "/tasks/export.<any(xlsx,csv):kind>", "/tasks/"
    asked: list[dict[str, object]] = [
        {"notice_id": 7},
        {"name": "a b/c.js", "v": "1 2"},
        {"kind": "csv", "q": "họp"},
        {"q": ["a", "b"]},
        {},
    ]
    for values in asked:
        made = [
            {way: found for way in ways if (found := _made(kind, way, values, unknown)) is not None}
            for kind in (Rule, LateRule)
            for unknown in (True, False, True)
        ]
        assert made[:3] == made[3:]
        assert any(made)


def _made(kind: type[Rule], way: str, values: dict[str, object], unknown: bool) -> tuple[str, str] | None:  # noqa: FBT001 -- as the library asks it
    rule = Map([kind(way, endpoint=way)])._rules[0]  # noqa: SLF001 -- the map offers only the bound rules' copies
    return rule.build(values, append_unknown=unknown) if rule.suitable_for(values) else None


def test_the_application_makes_each_address_when_it_is_asked_for(settings: Settings) -> None:
    app: Flask = create_app(settings)
    rule = next(app.url_map.iter_rules("tasks.show"))
    before = rule._build_unknown  # noqa: SLF001 -- what is kept of it is the point
    with app.test_request_context():
        assert url_for("tasks.show", task_id=3, tab="x") == "/tasks/3?tab=x"
    assert rule._build_unknown is not before  # noqa: SLF001 -- the same
