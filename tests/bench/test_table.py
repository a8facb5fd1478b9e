"""What people read of the measurements: columns that stand straight, and each miss in a sentence."""

from __future__ import annotations

from dataclasses import replace

from app.bench.growth import Grown
from app.bench.measuring import Measured
from app.bench.pages import PageCost
from app.bench.processes import Mark
from app.bench.table import growth_table, laid_out, mark_table, misses, page_table, table

ROW = Measured("sqlite", "move", 1.5, 3.0, 1.25, 2.5, 2.4, 24, 0)
PAGE = PageCost("sqlite", "chair", 20.0, 30.0, 12, 140.0, 60.0)
MARK = Mark("sqlite", "start", "khởi động", "start", 2.0, 2.0, "s")


def test_columns_stand_straight() -> None:
    head, rule, first, second = laid_out(
        ["CSDL", "Trang", "ms", ""], [["a", "b", "1", "x"], ["c", "d", "100", "y"]]
    ).split("\n")
    assert head == "CSDL  Trang   ms"
    assert first == "a     b        1  x"
    assert second == "c     d      100  y"
    assert set(rule) == {"─"}


def test_a_met_bar_says_so_and_is_no_miss() -> None:
    assert "2.00" in table([ROW])
    assert table([ROW]).endswith("đạt (met)")
    assert page_table([PAGE]).endswith("đạt (met)")
    assert mark_table([MARK]).endswith("đạt (met)")
    assert misses([ROW], [PAGE], [MARK]) == []


def test_a_missed_ratio_is_named_with_its_number_and_its_bar() -> None:
    row = replace(ROW, own_ms=3.75)
    assert "KHÔNG ĐẠT (missed)" in table([row])
    assert misses([row]) == ["Không đạt (missed): sqlite, một bước chuyển (one move): 2.50 × nền, ngưỡng 2.4"]


def test_a_wrong_answer_is_named_even_where_the_bar_is_met() -> None:
    row = replace(ROW, wrong=3)
    assert "KHÔNG ĐẠT (missed)" in table([row])
    assert misses([row]) == ["Trả lời sai (wrong answers): sqlite, một bước chuyển (one move): 3 / 24"]


def test_a_page_misses_each_of_its_bars_by_itself() -> None:
    page = replace(PAGE, statements=13, kb_compressed=60.1)
    assert "KHÔNG ĐẠT (missed)" in page_table([page])
    assert misses([], [page]) == [
        "Không đạt (missed): sqlite, trang chair: 13 câu lệnh SQL, ngưỡng 12",
        "Không đạt (missed): sqlite, trang chair: 60.1 KB nén, ngưỡng 60",
    ]
    assert not page.as_json()["met"]


def test_a_slow_start_is_named() -> None:
    mark = replace(MARK, value=2.3)
    assert misses([], [], [mark]) == ["Không đạt (missed): sqlite, khởi động (start): 2.3 s, ngưỡng 2"]
    assert not mark.as_json()["met"]


def test_a_page_that_grew_is_named_with_both_sizes() -> None:
    grown = Grown("sqlite", "chair", {100: 20.0, 1_000: 31.0}, {100: 10.0, 1_000: 14.0}, {100: 9, 1_000: 9})
    assert (grown.ratio, grown.cpu_ratio, grown.met) == (1.55, 1.4, False)
    assert misses([], grown=[grown]) == [
        "Không đạt (missed): sqlite, trang chair: từ 100 lên 1.000 nhiệm vụ chậm đi 1.55 lần, ngưỡng 1.5"
    ]
    assert "KHÔNG ĐẠT (missed)" in growth_table([grown])
    kept = replace(grown, ms={100: 20.0, 1_000: 30.0})
    assert misses([], grown=[kept]) == []
    assert growth_table([kept]).endswith("đạt (met)")
