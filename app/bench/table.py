"""Shows what was measured as tables for people, and each miss as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.bench.crowd import CLIENTS
from app.bench.growth import GROWTH
from app.bench.operations import OPERATIONS
from app.bench.pages import KILOBYTES, STATEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.bench.crowd import Crowded
    from app.bench.growth import Grown
    from app.bench.measuring import Measured
    from app.bench.pages import PageCost
    from app.bench.processes import Mark

HEAD = (
    "CSDL", "Thao tác (operation)", "nền, ms (floor)", "sản phẩm, ms (ours)", "tỷ lệ (ratio)",
    "theo CPU (by CPU)", "ngưỡng (bar)", "",
)  # fmt: skip
PAGE_HEAD = (
    "CSDL", "Trang (page)", "ms", "ms khi chưa giữ gì (nothing kept)",
    f"câu lệnh SQL (statements, ≤ {STATEMENTS})", "KB",
    f"KB nén (compressed, ≤ {KILOBYTES:.0f})", "",
)  # fmt: skip
MARK_HEAD = ("CSDL", "Máy chủ (server)", "đo được (measured)", "ngưỡng (bar)", "")
CROWD_HEAD = (
    "CSDL", f"{CLIENTS} người cùng lúc (clients at once)", "nền, yêu cầu/s (floor, requests/s)",
    "sản phẩm (ours)", "tỷ lệ (ratio)", "theo CPU (by CPU)", "ngưỡng (bar)", "p95 ÷ trung vị (median)",
    "ngưỡng (bar)", "",
)  # fmt: skip
WORDS = {each.name: f"{each.vi} ({each.en})" for each in OPERATIONS}


def table(rows: Sequence[Measured]) -> str:
    """Return the table of ratios."""
    lines = [
        (row.engine, WORDS[row.operation], f"{row.floor_ms:.2f}", f"{row.own_ms:.2f}", f"{row.ratio:.2f}",
         "–" if row.cpu_ratio is None else f"{row.cpu_ratio:.2f}", f"{row.bar:.1f}", verdict(met=row.met))
        for row in rows
    ]  # fmt: skip
    return laid_out(HEAD, lines)


def crowd_table(rows: Sequence[Crowded]) -> str:
    """Return the table of several clients at once."""
    lines = [
        (row.engine, WORDS[row.operation], f"{row.floor_rps:.0f}", f"{row.own_rps:.1f}", f"{row.ratio:.2f}",
         "–" if row.cpu_ratio is None else f"{row.cpu_ratio:.2f}", f"{row.bar:.1f}", f"{row.own_tail:.2f}",
         f"{row.tail_bar:.2f}", verdict(met=row.met))
        for row in rows
    ]  # fmt: skip
    return laid_out(CROWD_HEAD, lines)


def growth_table(rows: Sequence[Grown]) -> str:
    """Return the table of pages on data of several sizes."""
    sizes = sorted(rows[0].ms) if rows else []
    head = (
        "CSDL", "Trang (page)", *(f"{_count(size)}: ms" for size in sizes), "tăng (growth)",
        *(f"{_count(size)}: ms CPU" for size in sizes), "tăng theo CPU (by CPU)", "ngưỡng (bar)", "",
    )  # fmt: skip
    lines = [
        (row.engine, row.page, *(f"{row.ms[size]:.0f}" for size in sizes), f"{row.ratio:.2f}",
         *(f"{row.cpu_ms[size]:.0f}" for size in sizes), f"{row.cpu_ratio:.2f}", f"{GROWTH:g}", verdict(met=row.met))
        for row in rows
    ]  # fmt: skip
    return laid_out(head, lines)


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def page_table(costs: Sequence[PageCost]) -> str:
    """Return the table of pages."""
    lines = [
        (cost.engine, cost.page, f"{cost.ms:.0f}", f"{cost.ms_anew:.0f}", str(cost.statements), f"{cost.kb:.0f}",
         f"{cost.kb_compressed:.1f}", verdict(met=cost.met))
        for cost in costs
    ]  # fmt: skip
    return laid_out(PAGE_HEAD, lines)


def mark_table(marks: Sequence[Mark]) -> str:
    """Return the table of what the server takes."""
    lines = [
        (mark.engine, f"{mark.vi} ({mark.en})", f"{mark.value:.1f} {mark.unit}", f"{mark.bar:g} {mark.unit}",
         verdict(met=mark.met))
        for mark in marks
    ]  # fmt: skip
    return laid_out(MARK_HEAD, lines)


def verdict(*, met: bool) -> str:
    """Return the word for a bar that is met or missed."""
    return "đạt (met)" if met else "KHÔNG ĐẠT (missed)"


def laid_out(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return a head and lines in columns of one width each; numbers stand to the right."""
    widths = [max(len(line[at]) for line in [head, *lines]) for at in range(len(head))]
    padded = ([_cell(text, at, widths) for at, text in enumerate(line)] for line in [head, *lines])
    shown = ["  ".join(line).rstrip() for line in padded]
    shown.insert(1, "─" * max(len(line) for line in shown))
    return "\n".join(shown)


def _cell(text: str, at: int, widths: Sequence[int]) -> str:
    words = at < 2 or at == len(widths) - 1  # noqa: PLR2004 -- two columns of words, and the verdict
    return text.ljust(widths[at]) if words else text.rjust(widths[at])


def misses(
    rows: Sequence[Measured],
    costs: Sequence[PageCost] = (),
    marks: Sequence[Mark] = (),
    crowds: Sequence[Crowded] = (),
    grown: Sequence[Grown] = (),
) -> list[str]:
    """Return a sentence for each bar that was missed and for each answer that was wrong."""
    missed = [
        f"{row.engine}, {WORDS[row.operation]}: {row.ratio:.2f} × nền, ngưỡng {row.bar:.1f}"
        for row in rows
        if row.ratio > row.bar
    ]
    missed += [sentence for row in crowds for sentence in _crowd_misses(row)]
    missed += [sentence for cost in costs for sentence in _page_misses(cost)]
    missed += [
        f"{mark.engine}, {mark.vi} ({mark.en}): {mark.value:.1f} {mark.unit}, ngưỡng {mark.bar:g}"
        for mark in marks
        if not mark.met
    ]
    missed += [
        f"{row.engine}, trang {row.page}: từ {_count(min(row.ms))} lên {_count(max(row.ms))} nhiệm vụ chậm đi "
        f"{row.ratio:.2f} lần, ngưỡng {GROWTH:g}"
        for row in grown
        if not row.met
    ]
    answered: list[Measured | Crowded] = [*rows, *crowds]
    wrong = [
        f"Trả lời sai (wrong answers): {row.engine}, {WORDS[row.operation]}: {row.wrong} / {row.requests}"
        for row in answered
        if row.wrong
    ]
    return [f"Không đạt (missed): {sentence}" for sentence in missed] + wrong


def _crowd_misses(row: Crowded) -> Iterator[str]:
    name = f"{row.engine}, {WORDS[row.operation]}, {CLIENTS} người cùng lúc"
    if row.ratio > row.bar:
        yield f"{name}: nền nhanh gấp {row.ratio:.2f} lần, ngưỡng {row.bar:.1f}"
    if row.own_tail > row.tail_bar:
        yield f"{name}: p95 gấp {row.own_tail:.2f} lần trung vị, ngưỡng {row.tail_bar:.2f}"


def _page_misses(cost: PageCost) -> Iterator[str]:
    if cost.statements > STATEMENTS:
        yield f"{cost.engine}, trang {cost.page}: {cost.statements} câu lệnh SQL, ngưỡng {STATEMENTS}"
    if cost.kb_compressed > KILOBYTES:
        yield f"{cost.engine}, trang {cost.page}: {cost.kb_compressed:.1f} KB nén, ngưỡng {KILOBYTES:.0f}"
