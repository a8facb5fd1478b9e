"""The room of a meeting, at noon of the day on which it is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.factories import at_noon, found_authority
from tests.meetings.room import DAY, Room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture
def room(app: Flask) -> Iterator[Room]:
    """Return a meeting with two items, being typed by the secretary; the clock runs on."""
    with time_machine.travel(at_noon(DAY), tick=True):
        yield Room(app, found_authority(app))
