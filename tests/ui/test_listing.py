"""Links of lists keep what the reader chose."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from app.ui.listing import page_window, sort_link, url_with

ARGS = MultiDict([("unit", "1"), ("unit", "2"), ("page", "3"), ("q", "máy tính")])


def test_a_change_keeps_the_rest() -> None:
    assert url_with("/tasks", ARGS, page=4) == "/tasks?unit=1&unit=2&q=m%C3%A1y+t%C3%ADnh&page=4"
    assert url_with("/tasks", ARGS, q=None, unit="") == "/tasks?page=3"
    assert url_with("/tasks", {}) == "/tasks"


def test_sorting_turns_round_and_goes_to_the_first_page() -> None:
    assert sort_link("/t", {"page": "3"}, "due", "title") == ("/t?sort=due", "none")
    assert sort_link("/t", {}, "due", "due") == ("/t?sort=-due", "ascending")
    assert sort_link("/t", {}, "due", "-due") == ("/t?sort=due", "descending")
    assert sort_link("/t", {}, "late", "due", first="descending") == ("/t?sort=-late", "none")


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 12, [1, None, 4, 5, 6, None, 12]),
        (3, 12, [1, 2, 3, 4, None, 12]),
        (4, 12, [1, 2, 3, 4, 5, None, 12]),
    ],
)
def test_the_window_of_pages_leaves_no_gap_of_one(page: int, pages: int, shown: list[int | None]) -> None:
    assert page_window(page, pages) == shown
