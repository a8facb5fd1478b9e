"""A day and an authority for tests of tasks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.factories import House, at_noon, found_authority

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    """Give an authority at noon of Monday 23 November 2026."""
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        yield found_authority(app)
