"""Markup that says the same to everybody who reads one language: drawn once, then kept.

Only what follows from constants of the code may stay here: nothing typed, no names of people, no token. Where such
things stand, the kept markup has gaps.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup, escape

from app.ui.formats import words
from app.ui.speech import in_english

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from workflows.kernel import Facts, Need, Refused, Transition

PICKED = {"unit": "unit", "units": "unit", "person": "person", "meeting": "meeting"}
"""Kinds of needs whose choices are not constants, and under which name a page has them."""
MANY = 2_000
_KEPT: dict[tuple[Any, ...], tuple[object, list[str]]] = {}
_GAP = "zz-gap-{}-zz"
_CUT = re.compile(r"zz-gap-(\w+)-zz")


class Gap(NamedTuple):
    """Stands where the choices of a picker come in."""

    name: str


def empty_fields(  # noqa: PLR0913, PLR0917 -- the parts of a form, as the macro has them
    draw: Callable[..., Markup],
    row: Transition,
    facts: Facts,
    prefix: str,
    options: Mapping[str, Any],
    recorded_for: int | None,
) -> Markup:
    """Return the fields of a move in which nothing has been typed, drawn by the macro `draw` when first asked for."""
    needs: list[Need] = [need for need in row.needs if need.applies(facts)]
    asked = tuple((need.name, need.is_required(facts), need.help_for(facts)) for need in needs)
    picked = {PICKED[need.kind] for need in needs if need.kind in PICKED}
    # Rows are constants; the row is kept beside its markup, so that its id is never another's.
    key = id(row), asked, prefix, recorded_for, in_english()
    pieces = _KEPT[key][1] if key in _KEPT else None
    if pieces is None:
        gaps = {name: Gap(name) for name in picked}
        pieces = _keep(key, row, draw(row, facts, prefix, {}, {}, gaps, recorded_for))
    return _filled(pieces, {name: picker_options(options.get(name, ())) for name in picked})


def _keep(key: tuple[Any, ...], source: object, drawn: Markup) -> list[str]:
    if len(_KEPT) >= MANY:
        _KEPT.clear()
    # Every second piece is the name of a gap.
    pieces = _CUT.split(str(drawn))
    _KEPT[key] = source, pieces
    return pieces


def _filled(pieces: list[str], values: Mapping[str, object]) -> Markup:
    if len(pieces) == 1:
        return Markup(pieces[0])  # noqa: S704 -- a template's own output
    whole = pieces.copy()
    whole[1::2] = [str(escape(values[name])) for name in pieces[1::2]]
    return Markup("".join(whole))  # noqa: S704 -- a template's own output, and what is put in is escaped


def picker_options(choices: Iterable[Any] | Gap, chosen: Iterable[object] = ()) -> Markup:
    """Return the options of a picker from tuples of id, name and, where there are any, words that find it."""
    if isinstance(choices, Gap):
        return Markup(_GAP.format(choices.name))  # noqa: S704 -- a name of ours
    return _picker_options(tuple(map(tuple, choices)), frozenset(map(str, chosen)))


@lru_cache(maxsize=128)
def _picker_options(choices: tuple[tuple[Any, ...], ...], chosen: frozenset[str]) -> Markup:
    return Markup(  # noqa: S704 -- escaped here
        "".join(
            f'<option value="{escape(one)}"{_words(more)}{" selected" if str(one) in chosen else ""}>{escape(name)}'
            "</option>"
            for one, name, *more in choices
        )
    )


def _words(more: list[str]) -> str:
    return f' data-words="{escape(more[0])}"' if more and more[0] else ""


def refusal_lines(refusals: Iterable[tuple[Transition, Refused]]) -> Markup:
    """Return the lines of «why can't I?»: each move and what stands in its way."""
    return _refusal_lines(tuple((words(row.label), words(refused.reason)) for row, refused in refusals))


@lru_cache(maxsize=512)
def _refusal_lines(lines: tuple[tuple[str, str], ...]) -> Markup:
    return Markup(  # noqa: S704 -- escaped here
        "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(reason)}</dd></div>" for label, reason in lines)
    )
