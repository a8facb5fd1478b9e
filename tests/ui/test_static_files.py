"""Stylesheets, scripts and pictures: kept for ever by browsers, and new with each release."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client

from app.commands.web import application
from app.ui import static_files

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FOUND = re.compile(r'(?:href|src)="(/static/[^"#]+)')


def addresses(page: str) -> set[str]:
    return set(FOUND.findall(page))


@ON_SQLITE
def test_every_file_a_page_names_may_be_kept_for_ever(app: Flask, settings: Settings) -> None:
    named = addresses(app.test_client().get("/login", follow_redirects=True).text)
    assert any(address.endswith("css/app.css") for address in named)
    server = Client(application(settings))
    for address in sorted(named):
        assert address.startswith(f"/static/~{static_files.version()}/")
        for client in (server, app.test_client()):
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert "immutable" in answer.headers["Cache-Control"], (address, client)
            answer.close()


@ON_SQLITE
def test_a_new_release_has_new_addresses_and_an_older_one_is_not_kept(app: Flask, settings: Settings) -> None:
    client = Client(application(settings))
    other = client.get("/static/~000000000000/css/app.css")
    assert other.status_code == 200
    assert other.headers["Cache-Control"] == "no-cache"
    other.close()
    lost = client.get(f"/static/~{static_files.version()}/css/no-such.css")
    assert lost.status_code == 404
    assert "immutable" not in lost.headers.get("Cache-Control", "")
    outside = client.get(f"/static/~{static_files.version()}/../factory.py")
    assert outside.status_code == 404


def test_the_version_changes_with_the_content(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    versions = []
    for text in ("a {}", "b {}"):
        folder = tmp_path_factory.mktemp("static")
        (folder / "css").mkdir()
        (folder / "css" / "app.css").write_text(text, "utf-8")
        monkeypatch.setattr(static_files, "ROOT", folder)
        static_files.version.cache_clear()
        versions.append(static_files.version())
    monkeypatch.undo()
    static_files.version.cache_clear()
    assert versions[0] != versions[1]
