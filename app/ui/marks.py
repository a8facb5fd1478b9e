"""Small pieces of markup repeated in every row: icons, status, due date, people, units.

They are functions, not template macros, because a list calls them hundreds of times.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext
from markupsafe import Markup, escape

from app.ui.formats import NONE, TwoLanguages, day, days_left, words

if TYPE_CHECKING:
    from datetime import date

MANY = 100
SPRITE = "/static/vendor/icons.svg"

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


def icon(name: str, label: str = "") -> Markup:
    """Return an icon of the sprite; silent for screen readers unless it gets a label."""
    voice = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon" {}><use href="{}#{}"/></svg>').format(voice, SPRITE, name)


_ICONS: dict[str, str] = {tone: str(icon(name)) for tone, name in TONE_ICONS.items()}


def status(tone: str, word: TwoLanguages | str, icon_name: str | None = None) -> Markup:
    """Return a status: icon, word and colour. `tone` is a key of TONE_ICONS; an unknown tone is grey."""
    known = tone if tone in TONE_ICONS else "grey"
    picture = str(icon(icon_name)) if icon_name else _ICONS[known]
    return Markup(f'<span class="tone tone-{known}">{picture}{escape(words(word))}</span>')  # noqa: S704 -- the word is escaped, the rest is ours


def due(value: date | None, left: int | None = None, tone: str = "", *, working: bool = True) -> Markup:
    """Return a due date and, where `left` is given, how far it is (see `days_left`); `tone` colours the distance."""
    if value is None:
        return Markup(f'<span class="due quiet">{escape(days_left(None))}</span>')  # noqa: S704 -- escaped
    distance = ""
    if left is not None:
        known = f" fg-{tone}" if tone in TONE_ICONS else ""
        distance = f' <span class="due-left{known}">{escape(days_left(left, working=working))}</span>'
    return Markup(  # noqa: S704 -- the word is escaped, the rest is ours
        f'<span class="due"><time datetime="{value.isoformat()}">{escape(day(value))}</time>{distance}</span>'
    )


def person(name: str | None, office: str = "") -> Markup:
    """Return a person's name with the office below it; — for nobody."""
    if not name:
        return Markup(f'<span class="quiet">{NONE}</span>')  # noqa: S704 -- a constant
    below = f'<span class="office">{escape(office)}</span>' if office else ""
    return Markup(f'<span class="person">{escape(name)}{below}</span>')  # noqa: S704 -- escaped


def unit_name(name: str | None, short: str = "") -> Markup:
    """Return a unit's name; where it has a short one, that is shown and the long one is its title."""
    if not name:
        return Markup('<span class="quiet">{}</span>').format(gettext("Chưa có đơn vị chủ trì"))
    if short and short != name:
        return Markup('<abbr class="unit" title="{}">{}</abbr>').format(name, short)
    return Markup('<span class="unit">{}</span>').format(name)


def count_badge(count: int, label: str) -> Markup:
    """Return a round count with the words a screen reader says for it; nothing for zero."""
    if not count:
        return Markup("")
    shown = str(count) if count < MANY else f"{MANY - 1}+"
    return Markup('<span class="count" aria-hidden="true">{}</span><span class="visually-hidden">{}</span>').format(
        shown, label
    )
