"""A clause is called by its number; a dash, which has none on paper, by its turn."""

from __future__ import annotations

import pytest

from app.clause_places import called, cited, cited_first, printed


@pytest.mark.parametrize(
    ("address", "on_paper", "said", "with_kind"),
    [
        ("II.3.b", "II.3.b", "II.3.b", "mục II.3.b"),
        ("1.1-2", "1.1-2", "1.1-2", "mục 1.1-2"),
        ("-1", "–", "gạch đầu dòng 1", "gạch đầu dòng 1"),
        ("-1-2", "–", "gạch đầu dòng 1 (ý 2)", "gạch đầu dòng 1 (ý 2)"),
        ("II.3.-2", "II.3 –", "gạch đầu dòng 2 của mục II.3", "gạch đầu dòng 2 của mục II.3"),
    ],
)
def test_how_an_address_is_printed_and_said(address: str, on_paper: str, said: str, with_kind: str) -> None:
    assert (printed(address), called(address), cited(address)) == (on_paper, said, with_kind)


def test_an_address_is_said_in_english() -> None:
    assert cited("-1", english=True) == "dash 1"
    assert cited("II.3.-2", english=True) == "dash 2 of clause II.3"
    assert cited("II.3.b", english=True) == "clause II.3.b"


def test_an_address_begins_a_sentence() -> None:
    assert cited_first("II.3.b") == "Mục II.3.b"
    assert cited_first("-1") == "Gạch đầu dòng 1"
    assert cited_first("II.3.-2", english=True) == "Dash 2 of clause II.3"
