"""Workbooks: plain sheets with a head, real numbers and days, ready to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = str | int | float | date | None
FONT = "Times New Roman"
A4 = 9


@dataclass(frozen=True)
class Rate:
    """A share from 0 to 1, shown in per cent with one decimal; None is printed as a dash."""

    value: float | None


@dataclass(frozen=True)
class Sheet:
    """One table: lines above it, one or two header rows, rows, a last row in bold, lines below.

    `chart`: (title, columns that are stacked as (index, colour), column of labels). `hidden`: columns not shown.
    """

    name: str
    title: str
    heads: Sequence[Sequence[str]]
    rows: Sequence[Sequence[Cell | Rate]]
    widths: Sequence[int]
    lead: Sequence[str] = ()
    total: Sequence[Cell | Rate] = ()
    foot: Sequence[str] = ()
    chart: tuple[str, Sequence[tuple[int, str]], int] | None = None
    hidden: Sequence[int] = ()


def workbook(sheets: Sequence[Sheet], title: str) -> bytes:
    """Return the workbook. What looks like a formula or a link stays text."""
    import xlsxwriter  # noqa: PLC0415 -- wanted by few requests

    stream = BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "dd/mm/yyyy",
        },
    )
    book.set_properties({"title": title})
    styles = _Styles(book)
    for sheet in sheets:
        _write(book, sheet, styles)
    book.close()
    return stream.getvalue()


class _Styles:
    """The formats of a workbook."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 -- xlsxwriter has no types
        base = {"font_name": FONT, "font_size": 11, "valign": "top"}
        box = {**base, "border": 1, "text_wrap": True}
        strong = {"bold": True, "bg_color": "#F2F2F2"}
        add = book.add_format
        self.title = add({**base, "bold": True, "font_size": 14})
        self.line = add(base)
        self.head = add({**box, **strong, "align": "center", "valign": "vcenter"})
        self.text, self.text_total = add(box), add({**box, **strong})
        self.number = add({**box, "num_format": "#,##0", "align": "center"})
        self.number_total = add({**box, **strong, "num_format": "#,##0", "align": "center"})
        self.rate = add({**box, "num_format": "0.0%", "align": "center"})
        self.rate_total = add({**box, **strong, "num_format": "0.0%", "align": "center"})
        self.day = add({**box, "num_format": "dd/mm/yyyy", "align": "center"})


def _write(book: Any, sheet: Sheet, styles: _Styles) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    page = book.add_worksheet(sheet.name)
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.7, right=0.5, top=0.8, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_header("&C&P")
    for index, width in enumerate(sheet.widths):
        page.set_column(index, index, width, None, {"hidden": index in sheet.hidden})
    page.write_string(0, 0, sheet.title, styles.title)
    at = 1
    for line in sheet.lead:
        page.write_string(at, 0, line, styles.line)
        at += 1
    at += 1
    first_head = at
    for head in sheet.heads:
        for column, words in enumerate(head):
            page.write_string(at, column, words, styles.head)
        at += 1
    page.repeat_rows(first_head, at - 1)
    page.freeze_panes(at, 2)
    first = at
    for row in sheet.rows:
        _write_row(page, at, row, styles, total=False)
        at += 1
    if sheet.total:
        _write_row(page, at, sheet.total, styles, total=True)
        at += 1
    last = at
    for line in sheet.foot:
        at += 1
        page.write_string(at, 0, line, styles.line)
    if sheet.chart and sheet.rows:
        _draw(book, page, sheet, first_head, first, last - bool(sheet.total) - 1, at + 2)


def _write_row(page: Any, at: int, row: Sequence[Cell | Rate], styles: _Styles, *, total: bool) -> None:  # noqa: ANN401 -- xlsxwriter has no types
    for column, cell in enumerate(row):
        if isinstance(cell, Rate):
            style = styles.rate_total if total else styles.rate
            if cell.value is None:
                page.write_string(at, column, "—", style)
            else:
                page.write_number(at, column, cell.value, style)
        elif isinstance(cell, date):
            page.write_datetime(at, column, cell, styles.day)
        elif isinstance(cell, (int, float)):
            page.write_number(at, column, cell, styles.number_total if total else styles.number)
        else:
            page.write_string(at, column, cell or "", styles.text_total if total else styles.text)


def _draw(book: Any, page: Any, sheet: Sheet, head: int, first: int, last: int, at: int) -> None:  # noqa: ANN401, PLR0913, PLR0917 -- rows of one table
    if sheet.chart is None:
        return
    title, series, labels = sheet.chart
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for column, colour in series:
        chart.add_series(
            {
                "name": [sheet.name, head, column],
                "categories": [sheet.name, first, labels, last, labels],
                "values": [sheet.name, first, column, last, column],
                "fill": {"color": colour},
                "gap": 40,
            }
        )
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 860, "height": 120 + 26 * (last - first + 1)})
    page.insert_chart(at, 1, chart, {"description": title})
