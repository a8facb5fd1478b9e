"""An official paper as a tagged PDF with its fonts inside: the same description and looks as the DOCX, set by Typst."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from app.documents.official import looks
from app.documents.official.model import DRAFT, writable_all
from app.documents.pdf import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.documents.official.model import Official, Paragraph

_PAGE = {
    "top": looks.TOP,
    "bottom": looks.BOTTOM,
    "left": looks.LEFT,
    "right": looks.RIGHT,
    "issuer": looks.ISSUER_WIDTH,
    "nation": looks.NATION_WIDTH,
    "recipients": looks.RECIPIENTS_WIDTH,
    "signature": looks.SIGNATURE_WIDTH,
    "indent": looks.INDENT,
    "line_spacing": looks.LINE_SPACING,
    "rule_share": looks.RULE_SHARE,
    "signing_space": looks.SIGNING_SPACE,
    "number_from_edge": looks.PAGE_NUMBER_FROM_EDGE,
}


def pdf_of(paper: Official) -> bytes:
    """Return the paper as PDF/UA-1; the same paper gives the same pages."""
    data: dict[str, Any] = writable_all(_data(paper))
    return render("paper", data)


def _data(paper: Official) -> dict[str, Any]:
    kept_text, kept_closing = paper.kept_with_signature
    return {
        **asdict(paper),
        "title": paper.title,
        "draft": DRAFT if paper.draft else "",
        "text": _paragraphs(paper.text, kept_text),
        "closing": _paragraphs(paper.closing, kept_closing),
        "page": _PAGE,
        "looks": {str(key): asdict(look) for key, look in looks.LOOKS.items()},
    }


def _paragraphs(paragraphs: Sequence[Paragraph], kept: int) -> list[dict[str, Any]]:
    """Return the paragraphs with the depth of each heading: no depth is skipped, as readers aloud need it.

    The last `kept` stay on one page with what follows.
    """
    made: list[dict[str, Any]] = []
    depth = 1
    for nth, paragraph in enumerate(paragraphs):
        outline = looks.LOOKS[paragraph.level].outline
        if outline is not None:
            depth = min(outline + 1, depth + 1)
        made.append(
            {
                "level": str(paragraph.level),
                "words": paragraph.words,
                "depth": depth,
                "kept": nth >= len(paragraphs) - kept,
            }
        )
    return made
