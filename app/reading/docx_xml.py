"""The parts of a DOCX as XML, by the local names of their elements; nothing in them is expanded or fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from app.reading.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    Element = Any


def parse(data: bytes) -> Element:
    """Return the root of a part; raise UnreadableError where it is no XML or carries a document type (XXE)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise UnreadableError.unsafe() from error
        raise UnreadableError.broken("Word") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError.unsafe()
    return root


def name(element: Element) -> str:
    """Return the local name of an element, empty for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, wanted: str) -> list[Element]:
    """Return the children of that name."""
    return [each for each in element if name(each) == wanted]


def child(element: Element | None, wanted: str) -> Element | None:
    """Return the first child of that name, None where there is none."""
    if element is None:
        return None
    return next((each for each in element if name(each) == wanted), None)


def below(element: Element, wanted: str) -> Iterator[Element]:
    """Give every element of that name under one, in order."""
    return (each for each in element.iter() if name(each) == wanted)


def value(element: Element | None, attribute: str = "val") -> str:
    """Return an attribute by its local name, empty where it is missing."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == attribute), "")


def is_on(element: Element | None) -> bool:
    """Say whether a property that is there is switched on."""
    return element is not None and value(element) not in {"0", "false", "off"}


def whole_number(text: str) -> int | None:
    """Return a number written in digits, None for anything else."""
    longest = 9
    return int(text) if text.isdecimal() and len(text) <= longest else None
