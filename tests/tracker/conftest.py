"""What the tests of trackers begin with: an authority, the clock at noon of a day in September."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.factories import assign_task, at_noon, found_authority

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.factories import House

TODAY = date(2026, 9, 16)


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    """Return the authority, with the clock at noon of TODAY."""
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield found_authority(app)


@pytest.fixture
def three_tasks(app: Flask, house: House) -> None:
    """Have three tasks assigned, of a unit each: «Rà soát hồ sơ đợt 1», due on 1/10, and so on."""
    for number, unit in enumerate(("vhxh", "kt", "hcc"), 1):
        assign_task(app, house, lead=unit, title=f"Rà soát hồ sơ đợt {number}", due=date(2026, 10, number))
