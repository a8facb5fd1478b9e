"""An official paper as a file to give away: its bytes, a name without tones, its media type."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.clock import now
from app.documents.office.templates import fill_template
from app.documents.official.printed import pdf_of
from app.text import fold

if TYPE_CHECKING:
    from app.documents.official.model import Official

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


class PaperFile(NamedTuple):
    """A file to give away."""

    content: bytes
    name: str
    media_type: str


def file_of(paper: Official, name: str, kind: str, template: bytes | None = None) -> PaperFile:
    """Return a paper as a file of a kind (docx, pdf), called by its name and symbol; a DOCX by the office's template.

    :raises TemplateError: the template cannot be filled.
    """
    return PaperFile(_content(paper, kind, template), f"{file_name(name)}.{kind}", MEDIA[kind])


def _content(paper: Official, kind: str, template: bytes | None) -> bytes:
    if kind == "pdf":
        return pdf_of(paper)
    if template:
        return fill_template(template, paper)
    from app.documents.official.word import docx_of  # noqa: PLC0415 -- its library is slow to load, and every start would pay

    return docx_of(paper, now())


def file_name(words: str) -> str:
    """Return words as the name of a file: no tones, hyphens for everything else."""
    plain = "".join(c if c.isalnum() else "-" for c in fold(words))
    return "-".join(part for part in plain.split("-") if part)
