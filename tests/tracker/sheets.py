"""Small trackers made for one test: rows as an office would type them, saved as a workbook and brought in."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import xlsxwriter

from tests.factories import post

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.testing import FlaskClient

    from tests.factories import House


def saved(rows: Sequence[Sequence[Any]], sheets: Sequence[str] = ("Sổ 2026",)) -> io.BytesIO:
    """Return rows as a workbook, the same in each of its sheets."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"default_date_format": "dd/mm/yyyy"})
    for name in sheets:
        page = book.add_worksheet(name)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    book.close()
    stream.seek(0)
    return stream


def upload(desk: FlaskClient, house: House, rows: Sequence[Sequence[Any]], sheets: Sequence[str] = ("Sổ 2026",)) -> int:
    """Upload rows as a tracker; return the import's id."""
    sent = {"committee_id": house.committee.id, "file": (saved(rows, sheets), "so.xlsx")}
    answer = post(desk, "/trackers/", sent)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    found = re.search(r"/trackers/(\d+)/columns", answer.headers["Location"])
    assert found
    return int(found[1])


def chosen(page: str) -> dict[str, str]:
    """Return what the columns page suggests, as a browser would send it."""
    found = {}
    for name, options in re.findall(r'<select[^>]*name="(column-\d+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        selected = re.search(r'<option value="(\w*)" selected', options)
        found[name] = selected[1] if selected else ""
    return found


def read_in(desk: FlaskClient, import_id: int, **more: str) -> str:
    """Take the columns as suggested; return the preview."""
    page = desk.get(f"/trackers/{import_id}/columns").get_data(as_text=True)
    sheet = re.search(r'<input type="hidden" name="sheet" value="([^"]*)"', page)
    assert sheet
    sent = {**chosen(page), "sheet": sheet[1], "symbol": "Sổ theo dõi", "given_on": "1/1/2026", **more}
    answer = post(desk, f"/trackers/{import_id}/columns", sent, follow=True)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)
