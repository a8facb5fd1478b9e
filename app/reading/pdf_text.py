"""From a PDF with a text layer to its paragraphs: lines joined, margins left out, a two-column head unfolded."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from app.reading.errors import LIMIT, PAGE_LIMIT, TextTooLongError, TooManyPagesError, UnreadableError
from app.reading.legacy import from_tcvn3, is_tcvn3
from app.reading.pdf_lines import Line, joined, paragraphs
from app.reading.pdf_page import Grid, Run, read_grids, read_runs

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,3}\s*[-–]?(?:\s*/\s*\d{1,3})?", re.IGNORECASE)
_SIGNING = re.compile(
    r"(?:người ký|ký bởi|ký ngày|thời gian ký|email|signature|signed by|digitally)\s*:", re.IGNORECASE
)
_MARGIN_SHARE = 0.09
_FEWEST_LETTERS = 40


def read_pdf(data: bytes) -> tuple[str, str]:
    """Return the text of a PDF, and what stands in its margins.

    :raises DomainError: locked, broken, scanned, or longer than PAGE_LIMIT.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower()
        raise (UnreadableError.locked() if locked else UnreadableError.broken("PDF")) from error
    try:
        if len(document) > PAGE_LIMIT:
            raise TooManyPagesError(len(document))
        pages = [_page(document, number) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise UnreadableError.broken("PDF") from error
    finally:
        document.close()
    lines, margin = _without_margins(pages)
    text = "\n".join(paragraphs(lines))
    if is_tcvn3(text):
        text = from_tcvn3(text)
    _check_letters(text, len(pages))
    return text, margin


def _check_letters(text: str, pages: int) -> None:
    """Refuse a scan, and a text layer whose letters stand for nothing."""
    letters = sum(letter.isalpha() for letter in text)
    strange = sum(letter == "\ufffd" or "\ue000" <= letter <= "\uf8ff" for letter in text)
    if letters < min(_FEWEST_LETTERS, _FEWEST_LETTERS * pages) or strange * 5 > letters:
        raise UnreadableError.scanned()
    if len(text.encode()) > LIMIT:
        raise TextTooLongError


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[float, list[Line]]:
    """Return the height of a page and its lines from the top, tables among them."""
    page = document[number]
    try:
        grids, height = read_grids(page), page.get_height()
        runs = read_runs(page, grids)
    finally:
        page.close()
    inside: list[list[Run]] = [[] for _ in grids]
    outside: list[Run] = []
    for run in runs:
        at = next((i for i, grid in enumerate(grids) if grid.holds(run)), None)
        (outside if at is None else inside[at]).append(run)
    lines = [Line(each, number) for each in _by_line(outside)]
    lines = [line for line in lines if line.text]
    for grid, held in zip(grids, inside, strict=True):
        rows = _rows(grid, held)
        if rows:
            table = Line([], number, rows, grid)
            table.top, table.bottom, table.middle = grid.down[0], grid.down[-1], grid.down[0]
            table.left, table.right = grid.across[0], grid.across[-1]
            lines.append(table)
    return height, sorted(lines, key=lambda line: -line.middle)


def _by_line(runs: Sequence[Run]) -> list[list[Run]]:
    """Gather runs whose middles are level."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.middle):
        last = lines[-1] if lines else None
        if last and abs(last[0].middle - run.middle) < min(last[0].height, run.height) * 0.5:
            last.append(run)
        else:
            lines.append([run])
    return lines


def _rows(grid: Grid, runs: list[Run]) -> list[list[str]]:
    """Return the cells of a ruled table, their lines joined."""
    held: dict[tuple[int, int], list[Run]] = {}
    for run in runs:
        held.setdefault(grid.cell(run), []).append(run)
    rows = []
    for row in range(len(grid.down) - 1):
        cells = [held.get((row, column), []) for column in range(len(grid.across) - 1)]
        rows.append([" ".join(joined(sorted(each, key=lambda r: r.left)) for each in _by_line(cell)) for cell in cells])
    return [row for row in rows if any(row)]


def _without_margins(pages: list[tuple[float, list[Line]]]) -> tuple[list[Line], str]:
    """Return the lines of all pages without page numbers, signing marks, and what stands on every page's edge."""
    repeated = _repeated(pages)
    kept: list[Line] = []
    margin: list[str] = []
    for height, lines in pages:
        for place, line in enumerate(lines):
            edge = line.middle > height * (1 - _MARGIN_SHARE) or line.middle < height * _MARGIN_SHARE
            numbered = place in {0, len(lines) - 1} and _NUMBER.fullmatch(line.text) and not line.rows
            if (
                (numbered and line.middle != 0 and len(lines) > 1)
                or (edge and _key(line) in repeated)
                or _SIGNING.match(line.text)
            ):
                margin.append(line.text)
            else:
                kept.append(line)
    return kept, "\n".join(margin)


def _repeated(pages: list[tuple[float, list[Line]]]) -> set[str]:
    fewest = 2
    seen = Counter(key for _, lines in pages for key in {_key(line) for line in (*lines[:3], *lines[-3:]) if line.text})
    return {key for key, times in seen.items() if times >= max(fewest, len(pages) / 2)}


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)
