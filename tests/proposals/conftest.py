"""A day, an authority and the people of a proposal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.factories import House, at_noon, browser, found_authority

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stop the clock at noon of Monday 23 November 2026; a test may move it on."""
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False) as stopped:
        yield stopped


@pytest.fixture
def house(app: Flask, clock: time_machine.Traveller) -> House:
    return found_authority(app)


@pytest.fixture
def secretary(app: Flask, house: House) -> FlaskClient:
    return browser(app, house.people["secretary"])


@pytest.fixture
def chair(app: Flask, house: House) -> FlaskClient:
    return browser(app, house.people["chair"])


@pytest.fixture
def head(app: Flask, house: House) -> FlaskClient:
    """Log in the head of the unit that proposes."""
    return browser(app, house.people["head_vhxh"])
