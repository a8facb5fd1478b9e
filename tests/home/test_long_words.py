"""A report of many pages keeps the chair's card short: what comes after some ten lines opens without script."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.ui.long_words import parted
from tests.factories import browser, found_authority, take
from tests.home import work

if TYPE_CHECKING:
    from flask import Flask


@pytest.mark.parametrize(
    "text",
    [
        "", "Đã xong.", "chữ " * 230, "\n".join(f"dòng {n}" for n in range(12)), "chữ " * 5000, "x" * 20_000,
        "\n".join(f"Điểm {n}: đã làm" for n in range(400)), "Mở đầu\n\n" + "chữ " * 5000,
    ],
)  # fmt: skip
def test_nothing_is_lost_and_the_first_part_is_short(text: str) -> None:
    first, rest = parted(text)
    assert "".join((first + rest).split()) == "".join(text.split())
    assert len(first) <= 1150
    assert first.count("\n") <= 12
    assert not rest or len(rest) > 150, "a few more words are not hidden"


def test_the_chairs_card_opens_the_rest_without_script(app: Flask) -> None:
    house = found_authority(app)
    task_id = work.given_task(app, house, due=date(2026, 9, 30))
    unit = browser(app, house.people["head_vhxh"])
    take(unit, "task", task_id, "accept")
    result = " ".join(f"kết-quả-{n}" for n in range(1500))
    assert take(unit, "task", task_id, "report", {"result": result}).status_code == 303
    text = browser(app, house.people["chair"]).get("/chair").text
    card = text.partition('class="queue"')[2]
    before, _summary, after = card.partition('<details class="fold long-words"><summary>')
    assert "kết-quả-0 " in before
    assert "kết-quả-1499" not in before
    assert after.startswith("Xem thêm")
    assert "kết-quả-1499" in after.partition("</details>")[0]
