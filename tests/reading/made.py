"""Files made for the tests: Word files part by part, PDF by Typst, and files that mean harm."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

FONTS = Path(__file__).resolve().parents[2] / "app" / "documents" / "fonts"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
LOCKED_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/P -44/O(" + b"a" * 32 + b")/U(" + b"b" * 32 + b")>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[(0123456789abcdef)(0123456789abcdef)]>>\n%%EOF\n"
)


def word(body: str, **parts: str) -> bytes:
    """Return a Word file whose body holds this XML; further parts by name (numbering, styles, header1)."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return made.getvalue()


def paragraph(words: str, properties: str = "") -> str:
    """Return a paragraph of plain words."""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def pdf(markup: str) -> bytes:
    """Return a PDF of Typst markup, on A4 with the margins of an official letter."""
    head = (
        '#set page(paper: "a4", margin: (top: 2cm, bottom: 2cm, left: 3cm, right: 2cm), '
        "numbering: (n, ..) => if n > 1 [#n], number-align: top + center)\n"
        '#set text(font: "Liberation Serif", size: 14pt, lang: "vi")\n'
        "#set par(justify: true, first-line-indent: (amount: 1cm, all: true))\n"
    )
    with TemporaryDirectory() as folder:
        source = Path(folder) / "letter.typ"
        source.write_text(head + markup, encoding="utf-8")
        return bytes(typst.compile(str(source), font_paths=[str(FONTS)], ignore_system_fonts=True))
