"""An official paper as a DOCX that an office can go on editing: real styles, real tables, no pictures of text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Mm, Pt

from app.documents.official import looks, word_parts
from app.documents.official.looks import LOOKS
from app.documents.official.model import writable
from app.documents.official.word_styles import drop_ballast, make_styles, style_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from docx.document import Document
    from docx.section import Section
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph

    from app.documents.official.model import Annex, Head, Official, Paragraph, Signature, Table

_POINT = 25.4 / 72
_LONGEST_PROPERTY = 255
_CAPITAL = 0.72
_SMALL = 0.46
"""How wide a bold letter of Times New Roman is on average, in parts of its size."""


def docx_of(paper: Official, at: datetime) -> bytes:
    """Return the paper as DOCX; `at` is when it is written, as its properties say."""
    document = docx.Document()
    drop_ballast(document)
    make_styles(document)
    _say_what_it_is(document, paper, at)
    _set_page(document.sections[0], draft=paper.draft, nth=0)
    _write_head(document, paper.head)
    _write_title(document, paper)
    kept_text, kept_closing = paper.kept_with_signature
    _write_paragraphs(document, paper.text, kept_text)
    if paper.table:
        _write_table(document, paper.table)
        document.add_paragraph(style=style_of("rule")).paragraph_format.space_after = Pt(6)
    _write_paragraphs(document, paper.closing, kept_closing)
    _write_end(document, paper)
    for nth, annex in enumerate(paper.annexes, 1):
        _write_annex(document, annex, draft=paper.draft, nth=nth)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _say_what_it_is(document: Document, paper: Official, at: datetime) -> None:
    said = document.core_properties
    title, subject, issuer = (_property(words) for words in (paper.title, paper.subject, paper.head.issuer))
    said.title, said.subject, said.author = title, subject, issuer
    said.language, said.comments, said.keywords = "vi-VN", "", _property(paper.head.symbol)
    said.last_modified_by, said.created, said.modified = issuer, at, at


def _property(words: str) -> str:
    """Return words as a property of a document takes them: titles of papers are often longer than its 255 letters."""
    plain = writable(words)
    return plain if len(plain) <= _LONGEST_PROPERTY else f"{plain[: _LONGEST_PROPERTY - 1]}…"


def _set_page(section: Section, *, draft: bool, nth: int, wide: bool = False) -> None:
    width, height = Mm(looks.PAGE_WIDTH), Mm(looks.PAGE_HEIGHT)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (height, width) if wide else (width, height)
    section.top_margin, section.bottom_margin = Mm(looks.TOP), Mm(looks.BOTTOM)
    section.left_margin, section.right_margin = Mm(looks.LEFT), Mm(looks.RIGHT)
    section.header_distance = section.footer_distance = Mm(looks.PAGE_NUMBER_FROM_EDGE)
    word_parts.number_pages(section, style_of("page_number"), draft=draft, nth=nth)


def _width(words: str, size: float) -> float:
    """Return about how many millimetres bold words are wide."""
    return sum(_CAPITAL if c.isupper() else _SMALL for c in words) * size * _POINT


def _write_head(document: Document, head: Head) -> None:
    table = document.add_table(rows=2, cols=2)
    word_parts.close_cells(table)
    word_parts.set_widths(table, (looks.ISSUER_WIDTH, looks.NATION_WIDTH))
    left, right = table.cell(0, 0), table.cell(0, 1)
    if head.superior:
        _put(left, "superior", head.superior)
    _put(left, "issuer", head.issuer)
    room = looks.ISSUER_WIDTH
    if head.party:
        _put(left, "issuer", "*")
        _put(right, "party", "Đảng Cộng sản Việt Nam")
        _rule(right, _width("ĐẢNG CỘNG SẢN VIỆT NAM", LOOKS["party"].size) * 0.9, looks.NATION_WIDTH)
    else:
        _rule(left, min(_width(head.issuer.upper(), LOOKS["issuer"].size), room) * looks.RULE_SHARE, room)
        _put(right, "nation", "Cộng hòa xã hội chủ nghĩa Việt Nam")
        _put(right, "motto", "Độc lập - Tự do - Hạnh phúc")
        _rule(right, _MOTTO_WIDTH * LOOKS["motto"].size * _POINT, looks.NATION_WIDTH)
    _put(table.cell(1, 0), "symbol", head.symbol)
    if head.about:
        _put(table.cell(1, 0), "about", head.about)
    if head.urgency:
        stamp = _put(table.cell(1, 0), "urgency", head.urgency)
        word_parts.draw_box(stamp, _width(head.urgency, LOOKS["urgency"].size) + 6, room)
    _put(table.cell(1, 1), "place", head.place_and_day)


_MOTTO_WIDTH = 12.22
"""«Độc lập - Tự do - Hạnh phúc» in bold, in parts of its size: its line is exactly as long."""


def _put(cell: _Cell, key: str, words: str) -> WordParagraph:
    """Write a line into a cell, the first into the paragraph that stands there."""
    first = cell.paragraphs[0]
    empty = not first.text and len(cell.paragraphs) == 1 and first.style is not None and first.style.name == "Normal"
    paragraph: WordParagraph = first if empty else cell.add_paragraph()
    paragraph.style = style_of(key)
    paragraph.add_run(writable(words))
    return paragraph


def _rule(cell: _Cell, length: float, room: float) -> None:
    paragraph = cell.add_paragraph(style=style_of("rule"))
    word_parts.draw_rule(paragraph, length, room)


def _write_title(document: Document, paper: Official) -> None:
    if paper.kind:
        document.add_paragraph(writable(paper.kind), style=style_of("kind"))
        document.add_paragraph(writable(paper.subject), style=style_of("subject"))
        rule = document.add_paragraph(style=style_of("rule"))
        size = LOOKS["subject"].size
        line = min(_width(paper.subject, size), looks.TEXT_WIDTH) * looks.RULE_SHARE
        word_parts.draw_rule(rule, line, looks.TEXT_WIDTH)
        rule.paragraph_format.space_after = Pt(12)
    if len(paper.addressed) == 1:
        document.add_paragraph(writable(f"Kính gửi: {paper.addressed[0]}"), style=style_of("addressed"))
    elif paper.addressed:
        document.add_paragraph("Kính gửi:", style=style_of("addressed"))
        for name in paper.addressed:
            line_ = document.add_paragraph(writable(f"- {name}"), style=style_of("addressed"))
            line_.paragraph_format.left_indent, line_.paragraph_format.space_before = Mm(2 * looks.INDENT), Pt(0)


def _write_paragraphs(document: Document, paragraphs: Sequence[Paragraph], kept: int) -> None:
    """Write paragraphs; the last `kept` stay whole on one page with what follows."""
    for nth, paragraph in enumerate(paragraphs):
        written = document.add_paragraph(writable(paragraph.words), style=style_of(paragraph.level))
        if nth >= len(paragraphs) - kept:
            written.paragraph_format.keep_with_next = written.paragraph_format.keep_together = True


def _write_table(document: Document, content: Table) -> None:
    table = document.add_table(rows=1, cols=len(content.columns))
    word_parts.draw_lines(table)
    for cell, column in zip(table.rows[0].cells, content.columns, strict=True):
        _put(cell, "cell_head", column.head)
    word_parts.repeat_row(table.rows[0])
    for row in content.rows:
        cells = table.add_row().cells
        for cell, column, words in zip(cells, content.columns, row, strict=True):
            _put(cell, "cell_centred" if column.centred else "cell", words)
    for row_ in table.rows:
        word_parts.keep_whole(row_)
    word_parts.set_widths(table, [column.width for column in content.columns])


def _write_end(document: Document, paper: Official) -> None:
    """Write who gets it on the left, who signs on the right; minutes have a signature on either side."""
    document.add_paragraph(style=style_of("rule")).paragraph_format.keep_with_next = True
    two = paper.left_signature is not None
    table = document.add_table(rows=3 if two else 1, cols=2)
    word_parts.close_cells(table)
    word_parts.set_widths(table, (looks.RECIPIENTS_WIDTH, looks.SIGNATURE_WIDTH))
    for row in table.rows:
        word_parts.keep_whole(row)
    _write_offices(table.cell(0, 1), paper.signature)
    _write_name(table.cell(1 if two else 0, 1), paper.signature)
    if paper.left_signature:
        _write_offices(table.cell(0, 0), paper.left_signature)
        _write_name(table.cell(1, 0), paper.left_signature)
    _list_recipients(table.cell(2 if two else 0, 0), paper)


def _list_recipients(cell: _Cell, paper: Official) -> None:
    if not paper.recipients:
        return
    _put(cell, "recipients_head_party" if paper.head.party else "recipients_head", "Nơi nhận:")
    for line in paper.recipients:
        _put(cell, "recipients", line)


def _write_offices(cell: _Cell, signature: Signature) -> None:
    for line in signature.lines:
        _put(cell, "signer_office", line)


def _write_name(cell: _Cell, signature: Signature) -> None:
    name = _put(cell, "signer_name", signature.name)
    name.paragraph_format.space_before = Pt(looks.SIGNING_SPACE)


def _write_annex(document: Document, annex: Annex, *, draft: bool, nth: int) -> None:
    """Write an annex on wide pages of its own, its pages counted from 1."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _set_page(section, draft=draft, nth=nth, wide=True)
    document.add_paragraph(writable(annex.name), style=style_of("annex"))
    document.add_paragraph(writable(annex.title), style=style_of("annex_title"))
    document.add_paragraph(writable(annex.attached_to), style=style_of("annex_to"))
    rule = document.add_paragraph(style=style_of("rule"))
    room = looks.PAGE_HEIGHT - looks.LEFT - looks.RIGHT
    word_parts.draw_rule(rule, 0.2 * room, room)
    rule.paragraph_format.space_after = Pt(8)
    _write_table(document, annex.table)
