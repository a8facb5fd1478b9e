"""What the styles of a DOCX give a paragraph: its list, its font, its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.reading.docx_xml import below, child, children, is_on, value, whole_number

if TYPE_CHECKING:
    Element = Any


@dataclass(frozen=True)
class Style:
    """What a paragraph's style gives it."""

    number: str = ""
    level: int | None = None
    font: str = ""
    centred: bool = False
    caps: bool = False


@dataclass(frozen=True)
class Styles:
    """The styles by their names, each with what it inherits; the lists that numbering styles mean."""

    by_name: dict[str, Style] = field(default_factory=dict)
    usual: str = ""

    @property
    def lists(self) -> dict[str, str]:
        """Return the list of each style that numbers."""
        return {key: style.number for key, style in self.by_name.items() if style.number}

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """Return the styles of a styles part."""
        if root is None:
            return cls()
        elements = {value(each, "styleId"): each for each in children(root, "style")}
        usual = next((key for key, each in elements.items() if _is_usual(each)), "")
        font = next((value(each, "ascii") for each in below(root, "rPrDefault") for each in below(each, "rFonts")), "")
        return cls({key: _inherited(key, elements, font) for key in elements}, usual)

    def get(self, key: str) -> Style:
        """Return a style by name; the usual one where the name is unknown."""
        return self.by_name.get(key) or self.by_name.get(self.usual) or Style()


def _is_usual(style: Element) -> bool:
    return value(style, "type") == "paragraph" and value(style, "default") in {"1", "true"}


def _inherited(key: str, elements: dict[str, Element], font: str) -> Style:
    number, level, centred, caps, named = "", None, None, None, ""
    seen: set[str] = set()
    while key in elements and key not in seen:
        seen.add(key)
        element = elements[key]
        paragraph, run = child(element, "pPr"), child(element, "rPr")
        given = child(paragraph, "numPr")
        number = number or value(child(given, "numId"))
        if level is None and child(given, "ilvl") is not None:
            level = whole_number(value(child(given, "ilvl")))
        named = named or value(child(run, "rFonts"), "ascii")
        jc, upper = child(paragraph, "jc"), child(run, "caps")
        centred = value(jc) == "center" if centred is None and jc is not None else centred
        caps = is_on(upper) if caps is None and upper is not None else caps
        key = value(child(element, "basedOn"))
    return Style(number, level, named or font, bool(centred), bool(caps))
