"""How long a ruling has waited, in the chair's words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.ui.home_queue import Card
from app.ui.home_words import waiting_line
from workflows.task import TASK, TaskFacts

if TYPE_CHECKING:
    from flask import Flask


@pytest.mark.parametrize(
    ("act_by", "left", "said"),
    [
        (date(2026, 11, 24), 2, "Chờ từ 20/11, quyết định chậm nhất 24/11"),
        (date(2026, 11, 20), 0, "Chờ từ 20/11, cần quyết định ngay trong ngày"),
    ],
)
def test_since_when_and_until_when(app: Flask, act_by: date, left: int, said: str) -> None:
    facts = TaskFacts(state=TASK.initial)
    card = Card("report", TASK.name, None, (), facts, 1, 1, date(2026, 11, 20), act_by, left)
    with app.test_request_context():
        assert waiting_line(card).startswith(said)
