"""Shows what was measured, as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.bench.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.bench.measuring import Measured

_HEAD = ("CSDL", "Thao tác (operation)", "nền, ms (floor)", "sản phẩm, ms (ours)", "tỷ lệ (ratio)", "ngưỡng (bar)", "")


def table(rows: Sequence[Measured]) -> str:
    """Return the table, and below it a line for each bar that was missed."""
    words = {each.name: f"{each.vi} ({each.en})" for each in OPERATIONS}
    lines = [
        (row.engine, words[row.operation], f"{row.floor_ms:.2f}", f"{row.own_ms:.2f}", f"{row.ratio:.2f}",
         f"{row.bar:.1f}", "đạt (met)" if row.met else "KHÔNG ĐẠT (missed)")
        for row in rows
    ]  # fmt: skip
    widths = [max(len(line[at]) for line in [_HEAD, *lines]) for at in range(len(_HEAD))]
    padded = ([_cell(text, at, widths[at]) for at, text in enumerate(line)] for line in [_HEAD, *lines])
    shown = ["  ".join(line).rstrip() for line in padded]
    shown.insert(1, "─" * max(len(line) for line in shown))
    return "\n".join([*shown, *misses(rows)])


def _cell(text: str, at: int, width: int) -> str:
    return text.ljust(width) if at < 2 or at == len(_HEAD) - 1 else text.rjust(width)  # noqa: PLR2004 -- two columns of words


def misses(rows: Sequence[Measured]) -> list[str]:
    """Return a sentence for each bar that was missed and for each answer that was wrong."""
    words = {each.name: f"{each.vi} ({each.en})" for each in OPERATIONS}
    return [
        f"Không đạt (missed): {row.engine}, {words[row.operation]}: {row.ratio:.2f} × nền, ngưỡng {row.bar:.1f}"
        for row in rows
        if row.ratio > row.bar
    ] + [
        f"Trả lời sai (wrong answers): {row.engine}, {words[row.operation]}: {row.wrong} / {row.requests}"
        for row in rows
        if row.wrong
    ]
