"""Rules of the routes: each says who may come in, addresses are kebab-case, nobody gets in where he does not belong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from app.factory import create_app
from app.services.moves import HANDLERS
from app.views.guard import ADMIN, BY_LOADER, PUBLIC, SIGNED_IN
from app.views.moves import HOMES, PAGES
from config import Settings
from workflows.effects import EFFECTS
from workflows.registry import ALL

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.routing import MapAdapter, Rule

PERMISSIONS = {PUBLIC, SIGNED_IN, BY_LOADER, ADMIN}
# Anybody may open these; everything else asks for a log-in.
OPEN_TO_ALL = {
    "auth.login",
    "health.alive",
    "links.follow",
    "preferences.save",
}
SEGMENT = re.compile(
    r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]+)?|<(?:int|path|uuid|iso_day):[a-z_]+>|<[a-z_]+>|[a-z]+\.<any\([a-z,]+\):[a-z_]+>)$"
)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("routes")
    settings = Settings(database_url=f"sqlite:///{folder / 'none.sqlite3'}", var_dir=folder, secret_key="k" * 48)
    return create_app(settings)


def rules_of(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_route_says_who_may_come_in(bare: Flask) -> None:
    silent = {
        rule.endpoint
        for rule in rules_of(bare)
        if getattr(bare.view_functions[rule.endpoint], "permission", None) not in PERMISSIONS
    }
    assert not silent


def test_public_routes_are_public_by_name(bare: Flask) -> None:
    public = {
        rule.endpoint
        for rule in rules_of(bare)
        if getattr(bare.view_functions[rule.endpoint], "permission", "") == PUBLIC
    }
    unnamed = {
        name for name in public if name not in OPEN_TO_ALL and not name.startswith(("invitations.", "setup.first"))
    }
    assert not unnamed


def test_addresses_are_kebab_case_with_typed_ids(bare: Flask) -> None:
    wrong = {
        rule.rule
        for rule in rules_of(bare)
        for part in rule.rule.strip("/").split("/")
        if part and not SEGMENT.match(part)
    }
    assert not wrong
    untyped = {rule.rule for rule in rules_of(bare) if re.search(r"<[a-z_]*id>", rule.rule)}
    assert not untyped


def test_every_effect_has_a_handler_and_every_handler_an_effect() -> None:
    assert set(HANDLERS) == set(EFFECTS)


def test_every_workflow_has_a_page_that_shows_a_failed_move(bare: Flask) -> None:
    assert set(PAGES) == set(HOMES)
    # A clause is moved on the page of its notice.
    assert set(ALL) - {"conclusion"} <= set(PAGES)


def test_reading_changes_nothing(bare: Flask) -> None:
    """A route that answers GET must not be the only way to change something: it also takes POST, or is read-only."""
    both = [rule for rule in rules_of(bare) if {"GET", "POST"} <= (rule.methods or set())]
    assert all(rule.endpoint.split(".")[-1] not in {"delete", "remove", "take"} for rule in both)


WRITTEN = re.compile(r'(href|action|hx-get|hx-post|src)="(/[^"]*)"')
ROOT = Path(__file__).parent.parent.parent
BLANK = re.compile(r"\{\{.*?\}\}")


def test_addresses_written_out_in_templates_lead_somewhere(bare: Flask) -> None:
    lost = []
    for path in (ROOT / "templates").rglob("*.html"):
        if path.name.startswith("gallery"):
            continue
        for kind, written in WRITTEN.findall(path.read_text("utf-8")):
            address = BLANK.sub("1", written).partition("?")[0].partition("#")[0]
            if address.startswith("/static/"):
                continue
            method = "POST" if kind == "action" else "GET"
            adapter = bare.url_map.bind("localhost")
            if not any(_leads(adapter, address, way) for way in (method, "GET", "POST")):
                lost.append(f"{path.name}: {written}")
    assert not lost


def _leads(adapter: MapAdapter, address: str, method: str) -> bool:
    try:
        adapter.match(address, method=method)
    except RequestRedirect:
        return True
    except HTTPException:
        return False
    return True
