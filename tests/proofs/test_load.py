"""A small dose of the proof under load, through a real server, and that it can fail."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.proofs import load
from tests.factories import assign_task, browser, found_authority, take

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from flask import Flask


@pytest.mark.slow
def test_some_seconds_of_reading_and_writing_lose_nothing(engine: str, dose: Callable[..., argparse.Namespace]) -> None:
    assert load.prove(dose(load, "--seconds", "1", "--people", "8", "--engine", engine)) == 0


def test_what_is_told_and_what_is_kept_are_compared(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2027, 9, 30))
    head = browser(app, house.people["head_vhxh"])
    take(head, "task", task_id, "accept")
    for number in (1, 2):
        take(head, "task", task_id, "progress", {"note": f"{load.SAID}{number}"})

    def broken(*accepted: int) -> list[float]:
        written = [load.Written(task_id, "progress", f"{load.SAID}{number}", accepted=True) for number in accepted]
        with app.app_context():
            return [figure.seen for figure in load.kept(written) if not figure.held]

    assert broken(1, 2) == []
    assert broken(1, 2, 3) == [1, 1]  # an accepted write that is not in the log, nor among the lines of progress
    assert broken(1) == [1, 1]  # a line that nobody was told of


def test_the_slowest_of_a_hundred_are_left_out() -> None:
    times = [float(number) for number in range(100)]
    assert (load.quantile(times, 50), load.quantile(times, 95), load.quantile([], 95)) == (50.0, 95.0, 0.0)
