"""Tables that offices keep: pasted lines or the first filled sheet of an XLSX, with its own headings found."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from app.errors import DomainError, TooLargeError
from app.text import fold, nfc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_FILE = 5 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_TEXT = 400_000
MAX_ROWS = 2_000
MAX_COLUMNS = 40
MAX_CELL = 2_000
# Offices put the name of the list, the unit and the date above the headings.
_TITLE_ROWS = 20
_ORDINAL = re.compile(r"\d{1,4}[.)]?")
_BULLET = re.compile(r"^\s*(?:[-–•*+]|\d{1,3}[.)])\s+")


@dataclass(frozen=True)
class Line:
    """One row by the names of its columns; `number` is its place in what was given, from 1."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """Return a cell, empty where the table lacks the column."""
        return self.cells.get(column, "")


def rows_of_text(text: str) -> list[list[str]]:
    """Return pasted rows: one a line, columns parted by tabs (as spreadsheets copy them), else by | or ;.

    :raises DomainError: nothing was pasted, or too much.
    """
    if len(text) > MAX_TEXT:
        raise TooLargeError(
            f"Nội dung dán quá dài (tối đa {MAX_ROWS} dòng). Hãy chia làm nhiều lần.",
            f"That is too long ({MAX_ROWS} lines at most). Paste it in parts.",
            field="text",
        )
    lines = [line for line in nfc(text).split("\n") if line.strip()]
    if not lines:
        raise DomainError(
            "Chưa có nội dung. Hãy dán danh sách, mỗi dòng một mục, hoặc chọn tệp Excel.",
            "There is nothing yet. Paste a list, one entry a line, or choose an Excel file.",
            field="text",
        )
    mark = next((mark for mark in "\t|" if any(mark in line for line in lines)), None)
    rows = [line.split(mark) if mark else [_BULLET.sub("", line)] for line in lines]
    return _bounded([[_cell(cell) for cell in row] for row in rows])


def rows_of_workbook(data: bytes) -> list[list[str]]:
    """Return the rows of the first sheet of an XLSX that holds any, all cells as text.

    :raises DomainError: no workbook, a protected or broken one, an empty one, or one too large.
    """
    _check_workbook(data)
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 -- only for uploads

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name).to_python(skip_empty_area=True, nrows=MAX_ROWS + _TITLE_ROWS + 1)
            rows = [[_cell(_plain(value)) for value in row[:MAX_COLUMNS]] for row in sheet]
            filled = [row for row in rows if any(row)]
            if filled:
                return _bounded(filled)
    except (CalamineError, ValueError, OSError) as error:
        raise _not_a_workbook() from error
    raise DomainError(
        "Tệp Excel không có dòng nào. Hãy kiểm tra lại tệp rồi chọn lại.",
        "The Excel file has no rows. Check it and choose it again.",
        field="file",
    )


def _check_workbook(data: bytes) -> None:
    """Refuse what is no XLSX, and one that would unpack to more than a list can be."""
    if len(data) > MAX_FILE:
        raise TooLargeError(
            "Tệp lớn hơn 5 MB. Hãy chỉ giữ lại trang tính có danh sách rồi lưu thành tệp mới.",
            "The file is larger than 5 MB. Keep only the sheet with the list and save it as a new file.",
            field="file",
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise _not_a_workbook() from error
    if not any(member.filename.startswith("xl/") for member in members):
        raise _not_a_workbook()
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise TooLargeError(
            "Tệp Excel này quá lớn khi mở ra. Hãy chỉ giữ lại trang tính có danh sách rồi lưu thành tệp mới.",
            "This Excel file is too large inside. Keep only the sheet with the list and save it as a new file.",
            field="file",
        )


def _not_a_workbook() -> DomainError:
    return DomainError(
        "Đây không phải tệp Excel .xlsx đọc được (có thể là .xls cũ, tệp đặt mật khẩu hoặc tệp đổi đuôi). "
        "Hãy mở tệp, lưu thành .xlsx không mật khẩu rồi chọn lại; hoặc chép các ô và dán vào khung.",
        "This is no readable .xlsx file (an old .xls, a protected or a renamed one?). Open it in Excel, save it as "
        ".xlsx without a password and choose it again; or copy the cells and paste them into the box above.",
        field="file",
    )


def _bounded(rows: list[list[str]]) -> list[list[str]]:
    if len(rows) > MAX_ROWS:
        raise TooLargeError(
            f"Danh sách có hơn {MAX_ROWS} dòng. Hãy chia làm nhiều lần.",
            f"The list has more than {MAX_ROWS} rows. Send it in parts.",
            field="text",
        )
    return rows


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _cell(text: str) -> str:
    return " ".join(nfc(text).split())[:MAX_CELL]


def lines_of(rows: Sequence[Sequence[str]], headings: Mapping[str, Sequence[str]]) -> list[Line]:
    """Return the rows below the headings, by column names.

    :param headings: per column its headings, folded; the first column must be found for a row to be the heading.
        Without a heading row the columns come in this order, after a column of ordinal numbers if there is one.
    """
    first_column = next(iter(headings.values()))
    for index, row in enumerate(rows[:_TITLE_ROWS]):
        places = _places(row, headings)
        # A single cell is a heading only in so many words: «Đơn vị hiệp quản» is a unit, «Đơn vị» heads a column.
        alone = len([cell for cell in row if cell]) == 1 and fold(row[min(places, default=0)]) in first_column
        if next(iter(headings)) in places.values() and (len(places) > 1 or alone):
            return _named(rows[index + 1 :], places, index + 2)
    start = 1 if _has_ordinals(rows) else 0
    return _named(rows, {start + place: column for place, column in enumerate(headings)}, 1)


def _places(row: Sequence[str], headings: Mapping[str, Sequence[str]]) -> dict[int, str]:
    """Return which column each cell of a row heads; a heading counts when it is or begins with a known one."""
    places: dict[int, str] = {}
    for exact in (True, False):
        for place, cell in enumerate(row):
            heading = " ".join(re.sub(r"[^a-z0-9 ]+", " ", fold(cell)).split())
            column = next((name for name, known in headings.items() if _heads(heading, known, exact=exact)), None)
            if column and place not in places and column not in places.values():
                places[place] = column
    return places


def _heads(heading: str, known: Sequence[str], *, exact: bool) -> bool:
    return heading in known if exact else any(heading.startswith(f"{name} ") for name in known)


def _has_ordinals(rows: Sequence[Sequence[str]]) -> bool:
    wide = [row for row in rows if len(row) > 1 and any(row[1:])]
    return bool(wide) and all(_ORDINAL.fullmatch(row[0]) for row in wide if row[0])


def _named(rows: Sequence[Sequence[str]], places: Mapping[int, str], first: int) -> list[Line]:
    return [
        Line(number, {column: row[place] for place, column in places.items() if place < len(row)})
        for number, row in enumerate(rows, start=first)
        if any(row)
    ]
