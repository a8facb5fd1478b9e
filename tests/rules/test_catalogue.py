"""Every text of code and templates has its English: none missing, none left over, each with the same names in it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.rules.sources import ROOT

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

ENGLISH = ROOT / "app" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
NAMED = re.compile(r"%\(\w+\)[sd]|%%")
VIETNAMESE = re.compile(r"\w*[à-ãè-êìíò-õùúýăđĩũơưạ-ỹ]\w*", re.IGNORECASE)
Key = tuple[str | None, str]


@cache
def used() -> dict[Key, tuple[str, ...]]:
    """Return each text that code and templates use (by context and first form), with all its forms."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call] # so in Babel
    ours = parse_keywords(re.findall(r"-k (\S+)", (ROOT / "Makefile").read_text("utf-8")))
    found: dict[Key, tuple[str, ...]] = {}
    for _, _, text, _, context in extract_from_dir(ROOT, methods, options, keywords={**DEFAULT_KEYWORDS, **ours}):
        forms = text if isinstance(text, tuple) else (text,)
        found[context, forms[0]] = max(forms, found.get((context, forms[0]), ()), key=len)
    return found


@cache
def english() -> dict[Key, Message]:
    """Return the entries of the English catalogue by the same keys."""
    with ENGLISH.open("rb") as handle:
        catalogue: Catalog = read_po(handle, locale="en", abort_invalid=True)
    assert not catalogue.obsolete, "run: make catalogue"
    return {(entry.context, forms_of(entry.id)[0]): entry for entry in catalogue if entry.id}


def forms_of(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, list | tuple) else (str(text),)


def test_the_english_catalogue_holds_exactly_what_is_used() -> None:
    assert len(used()) > 1000
    assert used().keys() - english().keys() == set(), "run: make catalogue, and translate what is new"
    assert english().keys() - used().keys() == set(), "run: make catalogue"


def test_every_english_text_is_written_and_looked_over() -> None:
    poor = [
        key
        for key, entry in english().items()
        if entry.fuzzy
        or not all(form.strip() for form in forms_of(entry.string))
        or len(forms_of(entry.string)) != len(used().get(key, ("",)))
    ]
    assert not poor


def test_english_texts_name_what_the_vietnamese_ones_name() -> None:
    """The form for one may leave its number out ("Show the overdue task"); the form for many may not."""
    strangers = []
    for entry in english().values():
        wanted = sorted(NAMED.findall(forms_of(entry.id)[-1]))
        one, many = forms_of(entry.string)[0], forms_of(entry.string)[-1]
        if sorted(NAMED.findall(many)) != wanted or not set(NAMED.findall(one)) <= set(wanted):
            strangers.append((entry.id, entry.string))
    assert not strangers


def test_english_texts_keep_only_names_in_vietnamese() -> None:
    """Such as the product's name, or the symbol that stands on a paper."""
    left = [
        (word, entry.string)
        for entry in english().values()
        for form in forms_of(entry.string)
        for word in VIETNAMESE.findall(form)
        if word not in " ".join(forms_of(entry.id))
    ]
    assert not left
