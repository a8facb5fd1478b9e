"""Search everywhere: a page of hits by kind, and the same in short for the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Blueprint, jsonify, render_template, request, url_for
from flask_login import current_user

from app.clock import today
from app.forms.tasks import MAX_QUERY, read_page
from app.models.search_entry import FILE, TASK
from app.queries.calendars import calendar_of
from app.queries.search import KINDS, NEWEST, Found, find, find_all, is_too_short
from app.ui.listing import url_with
from app.ui.search_hits import KIND_WORDS, Hit, Looking, hit_of
from app.ui.snippets import wanted_of
from app.views.guard import signed_in
from app.views.pieces import whole_page
from workflows.deadlines import Clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flask.typing import ResponseReturnValue

search = Blueprint("search", __name__, url_prefix="/search")

FIRST = 5
"""Hits of each kind while all kinds are shown."""
PAGE = 50
"""Hits of a page of one kind."""
SUGGESTED = 3
"""Hits of each kind in the palette."""


class Group(NamedTuple):
    """The hits of one kind that the page shows, how many there are (or `more`), and where all of them stand."""

    kind: str
    words: Any
    total: int
    more: bool
    hits: Sequence[Hit]
    href: str


@search.get("/")
@signed_in
def everywhere() -> ResponseReturnValue:
    """Show what was found, a few of each kind or all of one."""
    asked = " ".join(request.args.get("q", "").split())[:MAX_QUERY]
    kind = request.args.get("kind", "")
    kind, page = kind if kind in KINDS else "", read_page(request.args)
    found: Mapping[str, Found] = {}
    short = bool(asked) and is_too_short(asked)
    if asked and not short:
        standing = current_user.standing
        found = {kind: find(kind, asked, standing, size=PAGE, page=page)} if kind else {}
        found = found or find_all(asked, standing, size=FIRST)
    looking = _looking(asked)
    groups = [_group(name, hits, asked, looking) for name, hits in found.items() if hits.total]
    total = sum(group.total for group in groups)
    return render_template(
        "search/results.html",
        asked=asked,
        short=short,
        kind=kind,
        kinds=KIND_WORDS,
        groups=groups,
        total=total,
        more=any(hits.more for hits in found.values()),
        most=NEWEST,
        tabs=_tabs(asked, kind, found),
        page=page,
        pages=max(1, -(-total // PAGE)) if kind else 1,
        in_register=url_for("tasks.list", status="all", q=asked),
    )


def _group(kind: str, found: Found, asked: str, looking: Looking) -> Group:
    hits = [hit_of(kind, row, looking) for row in found.rows]
    return Group(
        kind, KIND_WORDS[kind], found.total, found.more, hits, url_for("search.everywhere", q=asked, kind=kind)
    )


def _looking(asked: str) -> Looking:
    return Looking(wanted_of(asked), today(), Clock(calendar_of(current_user.standing.authority_id)))


def _tabs(asked: str, kind: str, found: Mapping[str, Found]) -> Sequence[tuple[Any, ...]]:
    """Return the kinds that have hits as tabs, with how many (or more); of one that is looked at, this kind alone.

    All of them, most without hits, would not stand beside each other, on a telephone least.
    """
    path = url_for("search.everywhere")
    return [
        (
            words.many,
            url_with(path, {"q": asked, "kind": name}),
            name == kind,
            found[name].total,
            found[name].more,
        )
        for name, words in KIND_WORDS.items()
        if name in found and (found[name].total or name == kind)
    ]


@search.get("/suggest")
@signed_in
def suggest() -> ResponseReturnValue:
    """Give the first hits of each kind for the palette, as JSON."""
    asked = " ".join(request.args.get("q", "").split())[:MAX_QUERY]
    if page := whole_page("search.everywhere", q=asked):
        return page
    if is_too_short(asked):
        return jsonify([])
    looking, found = _looking(asked), find_all(asked, current_user.standing, size=SUGGESTED)
    # A line of progress is often written in the same words again: once is enough here.
    every = [hit_of(kind, row, looking) for kind, hits in found.items() for row in hits.rows]
    once = {(hit.kind, hit.plain, hit.beside or hit.href): hit for hit in reversed(every)}.values()
    return jsonify([
        {
            "words": hit.plain,
            "note": hit.beside or (hit.note if hit.kind == TASK or not hit.text else str(hit.text.striptags())),
            "kind": str(KIND_WORDS[hit.kind].one),
            "href": hit.where_href if hit.kind == FILE else hit.href,
        }
        for hit in reversed(once)
    ])  # fmt: skip
