"""Lists: links that sort, turn pages and change one filter, from the current address' arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote_plus

NEAR = 1


class SortLink(NamedTuple):
    """A heading that sorts: its address, and how the list is sorted by it now (ascending, descending, none)."""

    href: str
    direction: str


def url_with(path: str, args: Mapping[str, object] | Iterable[tuple[str, object]], **changes: object) -> str:
    """Return `path` with arguments changed; None or "" drops one, and repeated names are kept."""
    pairs = list(_pairs(args))
    kept = [(name, value) for name, value in pairs if name not in changes]
    kept += [(name, str(value)) for name, value in changes.items() if value not in (None, "")]
    query = "&".join([f"{_quoted(name)}={_quoted(value)}" for name, value in kept])
    return f"{path}?{query}" if query else path


# A page writes the same few names and values into some hundred addresses.
_quoted = lru_cache(maxsize=4096)(quote_plus)


def _pairs(args: Mapping[str, object] | Iterable[tuple[str, object]]) -> Iterable[tuple[str, str]]:
    lists = getattr(args, "lists", None)
    if lists is not None:
        return [(name, str(value)) for name, values in lists() for value in values]
    found: Iterable[tuple[str, object]] = args.items() if isinstance(args, Mapping) else args
    return [(name, str(value)) for name, value in found]


def sort_link(
    path: str, args: Mapping[str, object], column: str, current: str, *, first: str = "ascending"
) -> SortLink:
    """Return the link of a sortable heading.

    :param current: the sort in force: a column's name, with "-" before it when descending.
    :param first: the direction of the first press.
    """
    up, down = column, f"-{column}"
    if current == up:
        return SortLink(url_with(path, args, sort=down, page=None), "ascending")
    if current == down:
        return SortLink(url_with(path, args, sort=up, page=None), "descending")
    return SortLink(url_with(path, args, sort=up if first == "ascending" else down, page=None), "none")


def page_window(page: int, pages: int) -> list[int | None]:
    """Return the page numbers worth showing, None for a gap: 1 … 4 [5] 6 … 12."""
    wanted = sorted({1, pages, *range(page - NEAR, page + NEAR + 1)} & set(range(1, pages + 1)))
    shown: list[int | None] = []
    for number in wanted:
        last = shown[-1] if shown else None
        if last is not None and number - last == NEAR + 1:
            shown.append(number - 1)
        elif last is not None and number - last > 1:
            shown.append(None)
        shown.append(number)
    return shown
