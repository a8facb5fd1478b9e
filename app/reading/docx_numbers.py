"""The numbers and bullets that Word puts before paragraphs by itself, counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.reading.docx_xml import child, children, value, whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Element = Any
    """An element of lxml, which comes without types."""

_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST_ROMAN = 3999


@dataclass(frozen=True)
class _Level:
    """How one level of a list counts and looks."""

    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: Mapping[str, tuple[str, dict[int, _Level]]]
    counts: dict[str, list[int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None, styled: Mapping[str, str]) -> Numbering:
        """Return the lists of a numbering part; `styled` gives the list that a numbering style means."""
        if root is None:
            return cls({})
        abstract = {value(each, attribute="abstractNumId"): each for each in children(root, "abstractNum")}
        lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        for num in children(root, "num"):
            key = value(child(num, "abstractNumId"))
            base = abstract.get(key)
            linked = value(child(base, "numStyleLink")) if base is not None else ""
            if linked and styled.get(linked):
                base = _base_of(root, abstract, styled[linked])
            levels = _levels(base)
            own = False
            for override in children(num, "lvlOverride"):
                at = whole_number(value(override, attribute="ilvl")) or 0
                levels[at], restarts = _overridden(override, levels.get(at, _Level()))
                own = own or restarts
            number = value(num, attribute="numId")
            lists[number] = (f"num {number}" if own else f"list {key}", levels)
        return cls(lists)

    def label(self, number: str, level: int) -> str:
        """Count one paragraph on and return what Word writes before it, empty where it writes nothing."""
        if number not in self.lists or not 0 <= level < _LEVELS:
            return ""
        key, levels = self.lists[number]
        counts = self.counts.setdefault(key, [None] * _LEVELS)
        for above in range(level):
            if counts[above] is None:
                counts[above] = levels.get(above, _Level()).start
        current = counts[level]
        counts[level] = levels.get(level, _Level()).start if current is None else current + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        return _written(levels, level, counts)


def _base_of(root: Element, abstract: Mapping[str, Element], number: str) -> Element | None:
    num = next((each for each in children(root, "num") if value(each, attribute="numId") == number), None)
    return abstract.get(value(child(num, "abstractNumId"))) if num is not None else None


def _levels(base: Element | None) -> dict[int, _Level]:
    found = children(base, "lvl") if base is not None else []
    return {whole_number(value(each, attribute="ilvl")) or 0: _level(each) for each in found}


def _level(element: Element) -> _Level:
    return _Level(
        _start(child(element, "start"), 1),
        value(child(element, "numFmt")) or "decimal",
        value(child(element, "lvlText")),
    )


def _start(element: Element | None, otherwise: int) -> int:
    number = whole_number(value(element))
    return otherwise if number is None else number


def _overridden(override: Element, base: _Level) -> tuple[_Level, bool]:
    """Return a level as one list changes it, and whether that list counts anew."""
    whole, start = child(override, "lvl"), child(override, "startOverride")
    level = _level(whole) if whole is not None else base
    if start is None:
        return level, False
    return _Level(_start(start, level.start), level.form, level.text), True


def _written(levels: Mapping[int, _Level], level: int, counts: list[int | None]) -> str:
    this = levels.get(level, _Level())
    if this.form == "bullet":
        mark = this.text.strip()
        return mark if mark in {"-", "–", "+"} else "-"
    if this.form == "none":
        return this.text.strip() if "%" not in this.text else ""

    def counted(match: re.Match[str]) -> str:
        at = int(match.group(1)) - 1
        return _shown(counts[at] or 0, levels.get(at, _Level()).form) if at < _LEVELS else ""

    return re.sub(r"%([1-9])", counted, this.text).strip()


def _shown(number: int, form: str) -> str:
    shapes: dict[str, Callable[[int], str]] = {
        "upperRoman": lambda n: _roman(n).upper(),
        "lowerRoman": _roman,
        "upperLetter": lambda n: _letter(n).upper(),
        "lowerLetter": _letter,
        "decimalZero": lambda n: f"{n:02d}",
    }
    return shapes.get(form, str)(number)


def _roman(number: int) -> str:
    if not 0 < number <= _MOST_ROMAN:
        return str(number)
    made = ""
    for worth, letters in _ROMAN:
        made += letters * (number // worth)
        number %= worth
    return made


def _letter(number: int) -> str:
    """Return a, b … z, aa, bb … as Word counts letters."""
    most = 26 * 9
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= most else str(number)
