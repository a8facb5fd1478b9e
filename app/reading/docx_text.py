"""From a DOCX to its text as its reader sees it: numbers counted, insertions kept, deletions gone, tables as rows."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from app.reading.docx_numbers import Numbering
from app.reading.docx_styles import Style, Styles
from app.reading.docx_xml import below, child, is_on, name, parse, value, whole_number
from app.reading.errors import FILE_LIMIT, FileTooLargeError, UnreadableError
from app.reading.legacy import UNICODE_LETTER, from_tcvn3, is_tcvn3
from app.reading.normalise import squeeze
from app.reading.rows import table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    Element = Any

_MOST_PARTS = 5000
_DEEPEST = 40
_MAIN = "word/document.xml"
_MARGIN = re.compile(r"(?:header|footer|footnotes)\d*\.xml$")
_GONE = {"del", "moveFrom"}
_COME = {"ins", "moveTo"}
_PASSED = {
    "pPr",
    "rPr",
    "tblPr",
    "trPr",
    "tcPr",
    "sdtPr",
    "instrText",
    "delText",
    "comment",
    "Fallback",
    "drawing",
    "pict",
    "object",
}
_LAID_OUT = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-", "ptab": "\t"}
_OLD_FONT = re.compile(r"\.Vn", re.IGNORECASE)


@dataclass(frozen=True)
class DocxText:
    """The text, what stands in its margins and boxes, and whether changes in it were being tracked."""

    text: str
    margin: str
    tracked: bool


def read_docx(data: bytes) -> DocxText:
    """Return the text of a DOCX.

    :raises DomainError: protected, broken, of another program, or unpacking to more than FILE_LIMIT.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        parts = _Parts.of(archive)
        body = child(parse(parts.read(parts.main)), "body")
        styles, numbers = parts.optional("styles.xml"), parts.optional("numbering.xml")
        margins = [_bare(parse(parts.read(each))) for each in parts.margins()]
    except (zipfile.BadZipFile, NotImplementedError, EOFError, KeyError, ValueError) as error:
        raise UnreadableError.broken("Word") from error
    if body is None:
        raise UnreadableError.broken("Word")
    known = Styles.of(styles)
    walk = _Walk(known, Numbering.of(numbers, known.lists))
    text = "\n".join(walk.blocks(body, 0))
    boxes = [_bare(each) for each in below(body, "txbxContent")]
    return DocxText(from_tcvn3(text) if is_tcvn3(text) else text, "\n".join([*margins, *boxes]), walk.tracked)


@dataclass
class _Parts:
    """The package: its main part, the parts beside it, and how much may still be unpacked."""

    archive: zipfile.ZipFile
    main: str
    left: int = FILE_LIMIT

    @classmethod
    def of(cls, archive: zipfile.ZipFile) -> _Parts:
        names = set(archive.namelist())
        if len(names) > _MOST_PARTS:
            raise FileTooLargeError
        if any(info.flag_bits & 1 for info in archive.infolist()):
            raise UnreadableError.locked()
        for beginning, kind in (("xl/", "XLSX"), ("ppt/", "PPTX")):
            if any(each.startswith(beginning) for each in names):
                raise UnreadableError.not_text(kind)
        if "content.xml" in names:
            raise UnreadableError.older_word("ODT")
        parts = cls(archive, _MAIN)
        if "_rels/.rels" in names:
            found = [
                value(each, "Target").lstrip("/")
                for each in below(parse(parts.read("_rels/.rels")), "Relationship")
                if value(each, "Type").endswith("/officeDocument")
            ]
            parts.main = next((each for each in found if each in names), _MAIN)
        if parts.main not in names:
            raise (
                UnreadableError.not_text("ZIP")
                if "[Content_Types].xml" not in names
                else UnreadableError.broken("Word")
            )
        return parts

    def read(self, part: str) -> bytes:
        """Unpack one part; what it claims to be and what it is are both held to the limit."""
        if self.archive.getinfo(part).file_size > self.left:
            raise FileTooLargeError
        with self.archive.open(part) as file:
            data = file.read(self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise FileTooLargeError
        return data

    def optional(self, part: str) -> Element | None:
        """Return the root of a part beside the main one, None where the document has none."""
        path = self.main.rpartition("/")[0] + "/" + part
        return parse(self.read(path)) if path in self.archive.namelist() else None

    def margins(self) -> list[str]:
        """Return the parts that stand around the text: headers, footers, footnotes."""
        return [each for each in self.archive.namelist() if _MARGIN.search(each)]


@dataclass
class _Walk:
    """The way through the body."""

    styles: Styles
    numbers: Numbering
    tracked: bool = False
    carried: str = ""
    """The words of a paragraph whose mark was deleted: they run on into the next one."""

    def blocks(self, element: Element, depth: int) -> Iterator[str]:
        """Give the lines of paragraphs and tables under an element, in order."""
        for each in element:
            kind = name(each)
            if kind in _GONE:
                self.tracked = True
            elif kind == "p":
                yield from self._paragraph(each)
            elif kind == "tbl":
                yield ""
                yield from table_lines(self._rows(each, depth))
                yield ""
            elif kind not in _PASSED and kind and depth < _DEEPEST:
                self.tracked = self.tracked or kind in _COME
                yield from self.blocks(each, depth + 1)

    def _paragraph(self, element: Element) -> Iterator[str]:
        """Give the lines of a paragraph; one that is centred may go on in the next, others stand apart."""
        properties = child(element, "pPr")
        style = self.styles.get(value(child(properties, "pStyle")))
        words = self.carried + "".join(self._words(element, style, 0))
        mark = child(properties, "rPr")
        self.carried = ""
        if mark is not None and (child(mark, "del") is not None or child(mark, "moveFrom") is not None):
            self.tracked, self.carried = True, words
            return
        lines = [squeeze(line) for line in words.split("\n")]
        if not any(lines):
            yield ""
            return
        label = self._label(properties, style)
        yield f"{label} {lines[0]}".strip() if label else lines[0]
        yield from lines[1:]
        jc = child(properties, "jc")
        if not (value(jc) == "center" if jc is not None else style.centred):
            yield ""

    def _label(self, properties: Element | None, style: Style) -> str:
        given = child(properties, "numPr")
        number = value(child(given, "numId")) or style.number
        level = whole_number(value(child(given, "ilvl"))) if child(given, "ilvl") is not None else style.level
        return self.numbers.label(number, level or 0) if number and number != "0" else ""

    def _words(self, element: Element, style: Style, depth: int) -> Iterator[str]:
        for each in element:
            kind = name(each)
            if kind in _GONE:
                self.tracked = True
            elif kind == "r":
                yield self._run(each, style)
            elif kind and kind not in _PASSED and depth < _DEEPEST:
                self.tracked = self.tracked or kind in _COME
                yield from self._words(each, style, depth + 1)

    def _run(self, element: Element, style: Style) -> str:
        properties = child(element, "rPr")
        if is_on(child(properties, "vanish")):
            return ""
        made = []
        for each in element:
            kind = name(each)
            if kind == "t":
                made.append(each.text or "")
            elif kind == "br" and value(each, "type") in {"page", "column"}:
                made.append(" ")
            elif kind in _LAID_OUT:
                made.append(_LAID_OUT[kind])
        words = "".join(made)
        font = value(child(properties, "rFonts"), "ascii") or style.font
        if _OLD_FONT.match(font) and not UNICODE_LETTER.search(words):
            words = from_tcvn3(words)
            words = words.upper() if font.upper().endswith("H") else words
        caps = child(properties, "caps")
        return words.upper() if (is_on(caps) if caps is not None else style.caps) else words

    def _rows(self, table: Element, depth: int) -> list[list[str]]:
        """Return the cells of a table as text; one that spans rows is said again in each of them."""
        rows: list[list[str]] = []
        above: dict[int, str] = {}
        for row in _rows_of(table):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                self.tracked = True
                continue
            cells: list[str] = []
            for cell in _cells_of(row):
                given = child(cell, "tcPr")
                lines = [line for line in self.blocks(cell, depth + 1) if line] if depth < _DEEPEST else []
                merge = child(given, "vMerge")
                text = "\n".join(lines)
                if merge is not None and value(merge) != "restart" and not text:
                    text = above.get(len(cells), "")
                above[len(cells)] = text
                cells += [text, *[text] * (min(whole_number(value(child(given, "gridSpan"))) or 1, 40) - 1)]
            rows.append(cells)
        return rows


def _rows_of(table: Element) -> Iterator[Element]:
    """Give the rows of a table, not those of tables inside it."""
    for each in table:
        kind = name(each)
        if kind == "tr":
            yield each
        elif kind in {"sdt", "sdtContent", "customXml", *_COME}:
            yield from _rows_of(each)


def _cells_of(row: Element) -> Iterator[Element]:
    """Give the cells of a row."""
    for each in row:
        kind = name(each)
        if kind == "tc":
            yield each
        elif kind in {"sdt", "sdtContent", "customXml"}:
            yield from _cells_of(each)


def _bare(element: Element) -> str:
    """Return all words under an element, a paragraph a line."""
    return "\n".join("".join(t.text or "" for t in below(p, "t")) for p in below(element, "p"))
