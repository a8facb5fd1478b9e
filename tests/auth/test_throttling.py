"""Guessing passwords is slowed down by name and by address, without locking out an office behind one router."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.db import engine
from app.factory import create_app
from app.services.logins import TRIES, TRIES_OF_ADDRESS
from tests.factories import PASSWORD, found_authority
from tests.setup.test_first_run import send

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from config import Settings

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
TOO_OFTEN = "quá nhiều lần"


@pytest.fixture
def office(settings: Settings) -> Iterator[Flask]:
    """Return the application behind one proxy, with an authority in it."""
    application = create_app(replace(settings, proxies=1))
    found_authority(application)
    yield application
    with application.app_context():
        engine().dispose()


def try_once(app: Flask, login: str, password: str, address: str) -> str:
    """Send the log-in form from an address that the proxy tells."""
    client = app.test_client()
    client.environ_base |= {"REMOTE_ADDR": "10.0.0.9", "HTTP_X_FORWARDED_FOR": address}
    return str(send(client, "/login", {"login": login, "password": password}).text)


@ON_SQLITE
def test_behind_a_proxy_each_visitor_counts_for_himself(office: Flask) -> None:
    for number in range(TRIES_OF_ADDRESS):
        try_once(office, f"nobody{number}", "sai", "203.0.113.7")
    assert TOO_OFTEN in try_once(office, "head_kt", PASSWORD, "203.0.113.7")
    assert TOO_OFTEN not in try_once(office, "head_kt", PASSWORD, "203.0.113.8")


@ON_SQLITE
def test_a_name_is_locked_long_before_an_address_is(office: Flask) -> None:
    for _ in range(TRIES):
        try_once(office, "head_kt", "sai", "203.0.113.7")
    assert TOO_OFTEN in try_once(office, "head_kt", PASSWORD, "203.0.113.7")
    assert TOO_OFTEN not in try_once(office, "head_vhxh", PASSWORD, "203.0.113.7")
    assert TRIES_OF_ADDRESS >= 5 * TRIES
