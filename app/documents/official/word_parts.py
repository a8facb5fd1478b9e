"""What python-docx has no words for: rules, boxes, tables without lines, the page's number, the mark of a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from app.documents.official.looks import WORD_FONT
from app.documents.official.model import DRAFT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.table import Table, _Row
    from docx.text.paragraph import Paragraph

_MARK_SIZE = "width:440pt;height:110pt"
_SHAPES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word"'
)


def draw_rule(paragraph: Paragraph, length: float, room: float) -> None:
    """Draw a line of so many millimetres in the middle of a paragraph that has so much room, above its (no) words."""
    side = max(0.0, (room - length) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(side)
    _border(paragraph, ("top",))


def draw_box(paragraph: Paragraph, length: float, room: float) -> None:
    """Frame a paragraph, as the stamp of an urgent paper is framed."""
    side = max(0.0, (room - length) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(side)
    _border(paragraph, ("top", "left", "bottom", "right"))


def _border(paragraph: Paragraph, sides: Sequence[str]) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    form = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- python-docx offers no borders
    form.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def set_widths(table: Table, widths: Sequence[float]) -> None:
    """Fix the columns of a table to these widths in millimetres."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def draw_lines(table: Table) -> None:
    """Give a table thin black lines; without this it has none."""
    borders = parse_xml(
        f"<w:tblBorders {nsdecls('w')}>"
        + "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        + "</w:tblBorders>"
    )
    _put_in_order(table, borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def close_cells(table: Table) -> None:
    """Let the words of a table begin at its edge, as those of the head and the signature do."""
    margins = parse_xml(
        f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    )
    _put_in_order(table, margins, "w:tblLook")


def _put_in_order(table: Table, element: BaseOxmlElement, *before: str) -> None:
    """Put a property where the schema wants it: word processors refuse or ignore one that stands elsewhere."""
    table._tbl.tblPr.insert_element_before(element, *before)  # noqa: SLF001 -- the same


def repeat_row(row: _Row) -> None:
    """Let a heading row come again on each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 -- the same


def keep_whole(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 -- the same


def number_pages(section: Section, style: str, *, draft: bool, nth: int) -> None:
    """Write the page's number on top in the middle, none on the first; mark every page of a draft."""
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
    numbered, first = section.header.paragraphs[0], section.first_page_header.paragraphs[0]
    for paragraph in (numbered, first):
        paragraph.style = style
    run = numbered.add_run()
    for kind, words in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "2"), ("end", "")):
        run._r.append(_field(kind, words))  # noqa: SLF001 -- the same
    begin = OxmlElement("w:pgNumType")
    begin.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(begin, "w:cols", "w:titlePg", "w:docGrid")  # noqa: SLF001 -- the same
    if draft:
        for place, paragraph in enumerate((numbered, first)):
            paragraph.add_run()._r.append(_mark(nth * 2 + place))  # noqa: SLF001 -- the same


def mark_draft(document: Document) -> None:
    """Mark every page of a document that is already there, whatever headers it has of its own."""
    for nth, section in enumerate(document.sections):
        section.header.is_linked_to_previous = section.header.is_linked_to_previous and nth > 0
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        for place, header in enumerate(headers):
            if not (nth and header.is_linked_to_previous):
                header.is_linked_to_previous = False
                paragraph = header.paragraphs[0] if header.paragraphs else header.add_paragraph()
                paragraph.add_run()._r.append(_mark(900 + nth * 3 + place))  # noqa: SLF001 -- the same


def _field(kind: str, words: str) -> BaseOxmlElement:
    if kind == "text":
        shown = OxmlElement("w:t")
        shown.text = words
        return shown
    if not kind:
        order = OxmlElement("w:instrText")
        order.set(qn("xml:space"), "preserve")
        order.text = words
        return order
    char = OxmlElement("w:fldChar")
    char.set(qn("w:fldCharType"), kind)
    return char


def _mark(number: int) -> BaseOxmlElement:
    """Return «DỰ THẢO» in pale grey across the page, behind the text."""
    return parse_xml(
        f"<w:pict {nsdecls('w')} {_SHAPES}>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/>'
        '<v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
        '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="DuThao{number}" o:spid="_x0000_s{2049 + number}" type="#_x0000_t136" alt="{DRAFT}" '
        f'style="position:absolute;margin-left:0;margin-top:0;{_MARK_SIZE};rotation:315;z-index:-251658752;'
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" '
        'fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".6"/>'
        f'<v:textpath style="font-family:&quot;{WORD_FONT}&quot;;font-size:1pt;font-weight:bold" string="{DRAFT}"/>'
        '<w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict>'
    )
