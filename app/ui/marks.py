"""Small pieces of markup repeated in every row: icons, status, due date, people, units.

They are functions, not template macros, because a list calls them hundreds of times.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from flask_babel import gettext
from markupsafe import Markup, escape

from app.ui.formats import NONE, TwoLanguages, day, days_left, notes, words
from app.ui.static_files import static_url

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

MANY = 100
SPRITE = "vendor/icons.svg"

TONE_ICONS = {
    "red": "alert-triangle",
    "green": "circle-check",
    "olive": "history",
    "blue": "progress",
    "amber": "clock-exclamation",
    "violet": "gavel",
    "grey": "circle-dashed",
}
"""Each tone's usual icon: red overdue, green on time, olive done late, blue in progress, amber due soon, violet waiting
for a ruling, grey not started, paused or withdrawn."""


@lru_cache(maxsize=1024)
def icon(name: str, label: str = "") -> Markup:
    """Return an icon of the sprite; silent for screen readers unless it gets a label."""
    voice = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    return _markup(f'<svg class="icon" {voice}><use href="{static_url(SPRITE)}#{escape(name)}"/></svg>')


def _markup(text: str) -> Markup:
    return Markup(text)  # noqa: S704 -- everything that people typed was escaped by the caller


@lru_cache(maxsize=2048)
def _status(tone: str, word: str, icon_name: str | None) -> Markup:
    known = tone if tone in TONE_ICONS else "grey"
    drawn = icon(icon_name or TONE_ICONS[known])
    return _markup(f'<span class="tone tone-{known}">{drawn}{escape(notes(word))}</span>')


def status(tone: str, word: TwoLanguages | str, icon_name: str | None = None) -> Markup:
    """Return a status: icon, word and colour. `tone` is a key of TONE_ICONS; an unknown tone is grey."""
    return _status(tone, words(word), icon_name)


def due(value: date | None, left: int | None = None, tone: str = "", *, working: bool = True) -> Markup:
    """Return a due date and, where `left` is given, how far it is (see `days_left`); `tone` colours the distance."""
    if value is None:
        return _markup(f'<span class="due quiet">{days_left(None)}</span>')
    distance = ""
    if left is not None:
        known = f" fg-{tone}" if tone in TONE_ICONS else ""
        distance = f' <span class="due-left{known}">{days_left(left, working=working)}</span>'
    return _markup(f'<span class="due"><time datetime="{value.isoformat()}">{day(value)}</time>{distance}</span>')


def person(name: str | None, office: str = "") -> Markup:
    """Return a person's name with the office below it; — for nobody."""
    if not name:
        return _markup(f'<span class="quiet">{NONE}</span>')
    below = f'<span class="office">{escape(office)}</span>' if office else ""
    return _markup(f'<span class="person">{escape(name)}{below}</span>')


def unit_name(name: str | None, short: str = "") -> Markup:
    """Return a unit's name; where it has a short one, that is shown and the long one is its title."""
    if not name:
        return _markup(f'<span class="quiet">{escape(gettext("Chưa có đơn vị chủ trì"))}</span>')
    if short and short != name:
        return _markup(f'<abbr class="unit" title="{escape(name)}">{escape(short)}</abbr>')
    return _markup(f'<span class="unit">{escape(name)}</span>')


def count_badge(count: int, label: str) -> Markup:
    """Return a round count with the words a screen reader says for it; nothing for zero."""
    if not count:
        return Markup("")
    shown = str(count) if count < MANY else f"{MANY - 1}+"
    said = f'<span class="visually-hidden">{escape(label)}</span>'
    return _markup(f'<span class="count" aria-hidden="true">{shown}</span>{said}')


def options_of(pairs: Iterable[tuple[object, object]], value: object = "") -> Markup:
    """Return the options of a choice from pairs of value and words; the one with this value is selected."""
    return _options(tuple((str(one), str(words)) for one, words in pairs), str(value))


@lru_cache(maxsize=256)
def _options(pairs: tuple[tuple[str, str], ...], value: str) -> Markup:
    return _markup(
        "".join(
            f'<option value="{escape(one)}"{" selected" if one == value else ""}>{escape(words)}</option>'
            for one, words in pairs
        )
    )
