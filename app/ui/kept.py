"""Markup that says the same to everybody who reads one language: drawn once, then kept.

Only what follows from constants of the workflow tables may come here: nothing typed, no names of people, no token.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from app.ui.formats import words
from app.ui.speech import in_english

if TYPE_CHECKING:
    from collections.abc import Callable

    from workflows.kernel import Facts, Need, Transition
    from workflows.words import Words

PICKED = frozenset({"unit", "units", "person", "meeting"})
"""Kinds of needs whose choices are not constants."""
MANY = 2_000
_KEPT: dict[tuple[Any, ...], tuple[Transition, Markup]] = {}


def empty_fields(  # noqa: PLR0913, PLR0917 -- the parts of a form, as the macro has them
    draw: Callable[..., Markup],
    row: Transition,
    facts: Facts,
    prefix: str,
    options: dict[str, Any],
    recorded_for: int | None,
) -> Markup:
    """Return the fields of a move in which nothing has been typed, drawn by the macro `draw` when first asked for."""
    needs: list[Need] = [need for need in row.needs if need.applies(facts)]
    if any(need.kind in PICKED for need in needs):
        return draw(row, facts, prefix, {}, {}, options, recorded_for)
    asked = tuple((need.name, need.is_required(facts), need.help_for(facts)) for need in needs)
    # Rows are constants; the row is kept beside its markup, so that its id is never another's.
    key = id(row), asked, prefix, recorded_for, in_english()
    if key not in _KEPT:
        if len(_KEPT) >= MANY:
            _KEPT.clear()
        _KEPT[key] = row, draw(row, facts, prefix, {}, {}, options, recorded_for)
    return _KEPT[key][1]


def refusal(label: Words, reason: Words) -> Markup:
    """Return one line of «why can't I?»: the move and what stands in its way."""
    return _refusal(words(label), words(reason))


@lru_cache(maxsize=MANY)
def _refusal(label: str, reason: str) -> Markup:
    return Markup(f"<div><dt>{escape(label)}</dt><dd>{escape(reason)}</dd></div>")  # noqa: S704 -- escaped here
