"""A table's rows written out as lines: an annex of tasks as clauses with their labels, others cell beside cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.reading.normalise import clean, fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

CELL = " | "
"""What stands between the cells of a row that is no clause."""
_CONTENT, _LEAD, _WITH, _DUE, _PRODUCT, _NUMBER, _OTHER = "content", "lead", "with", "due", "product", "number", "other"
_LABELS = {_LEAD: "Đơn vị chủ trì", _WITH: "Đơn vị phối hợp", _DUE: "Thời hạn"}
_HEADINGS = (
    (_NUMBER, re.compile(r"(?:s?tt|so tt|so thu tu|no)\.?$")),
    (_WITH, re.compile(r"(?:(?:don vi|co quan|bo phan|dia phuong)(?:, (?:don vi|co quan))? )?phoi hop")),
    (
        _DUE,
        re.compile(
            r"(?:thoi (?:han|gian|diem)|han(?: |$)|tien do(?: hoan thanh)?$|ngay (?:hoan thanh|den han)|moc thoi gian)"
        ),
    ),
    (_PRODUCT, re.compile(r"(?:san pham|ket qua(?: dau ra| can dat)?|dau ra|hinh thuc van ban)")),
    (
        _LEAD,
        re.compile(
            r"(?:(?:don vi|co quan|bo phan|phong|ban|nguoi|can bo|ca nhan|dia phuong)"
            r"(?:,? (?:don vi|co quan|ca nhan))? )?"
            r"(?:chu tri|thuc hien|duoc giao|phu trach|dau moi|tham muu|chiu trach nhiem|duoc phan cong|xu ly)"
            r"|don vi$|co quan$|trach nhiem|phan cong|giao (?:cho|don vi)"
        ),
    ),
    (
        _CONTENT,
        re.compile(
            r"(?:(?:ten |cac |danh muc )?(?:noi dung|nhiem vu|cong viec|viec|dau viec|ket luan|noi dung/)"
            r"|y kien (?:chi dao|ket luan))"
        ),
    ),
    (_OTHER, re.compile(r"(?:ghi chu|can cu|van ban|muc do|nguon)")),
)
_HEADER_ROWS = 4
_ORDINAL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,6}|[A-H]|[a-zđ])[.)]?")
_LAYOUT = re.compile(
    r"cong hoa xa hoi|doc lap - tu do|noi nhan|dang cong san|so\s*:|^(?:tm|kt|tl|tuq)\b|thu ky|chu toa"
)
_TAB_LINE = re.compile(r"[^\n\t]*(?:\t[^\n\t]*)+")
_FEWEST = 2


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a table; cells hold one paragraph a line, rows of clauses are parted by empty lines."""
    cleaned = [[clean(cell).strip() for cell in row] for row in rows]
    filled = [row for row in cleaned if any(row)]
    if not filled:
        return []
    found = _header(filled)
    if found:
        return _tasks(filled[found[0] :], found[1])
    if _is_layout(filled):
        return [line for row in filled for cell in _once(row) for line in (*cell.split("\n"), "")]
    return [CELL.join(map(squeeze, _once(row))) for row in filled]


def _once(row: Sequence[str]) -> list[str]:
    """Return the filled cells of a row, one that spans several columns once."""
    return [cell for place, cell in enumerate(row) if cell and not (place and row[place - 1] == cell)]


def unroll(text: str) -> str:
    """Return pasted text with its tables of tasks (columns parted by tabs or bars) written out as clauses."""
    if "\t" not in text and "|" not in text:
        return text
    made: list[str] = []
    run: list[list[str]] = []
    kept: list[str] = []
    for line in [*text.split("\n"), ""]:
        cells = _cells(line)
        if cells and (not run or abs(len(cells) - len(run[0])) <= 1):
            run.append(cells)
            kept.append(line)
            continue
        made += _run_lines(run, kept)
        run, kept = ([cells], [line]) if cells else ([], [])
        if not cells:
            made.append(line)
    made += _run_lines(run, kept)
    return "\n".join(made[:-1] if made and not made[-1] else made)


def _run_lines(run: list[list[str]], kept: list[str]) -> list[str]:
    rows = [row for row in run if not all(re.fullmatch(r"[\s:-]*", cell) for cell in row)]
    found = _header(rows) if len(rows) >= _FEWEST else None
    return ["", *_tasks(rows[found[0] :], found[1]), ""] if found else kept


def _cells(line: str) -> list[str]:
    """Return the cells of a line of a table; none where it is no such line."""
    if "\t" in line.strip():
        return [cell.strip() for cell in line.rstrip("\r").split("\t")]
    bare = line.strip()
    if bare.count("|") >= _FEWEST and bare != "|" * len(bare):
        return [cell.strip() for cell in bare.strip("|").split("|")]
    return []


def _header(rows: list[list[str]]) -> tuple[int, dict[int, str]] | None:
    """Return where the rows of a task table begin and what its columns hold; None for any other table."""
    for index, row in enumerate(rows[:_HEADER_ROWS]):
        places = _places(row)
        below = rows[index + 1] if index + 1 < len(rows) else []
        under = {i: name for i, name in _places(below).items() if name in {_LEAD, _WITH} and below[i] != _at(row, i)}
        if under and (places.keys() & under.keys() or _LEAD in places.values()) and _short(below):
            places = {i: name for i, name in places.items() if i not in under and name not in under.values()} | under
            if _complete(places):
                return index + 2, places
        if _complete(places) and _short(row):
            return index + 1, places
    return None


def _complete(places: dict[int, str]) -> bool:
    names = set(places.values())
    return _CONTENT in names and bool(names & {_LEAD, _DUE})


def _short(row: Sequence[str]) -> bool:
    longest_heading = 60
    return all(len(cell) <= longest_heading for cell in row)


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _places(row: Sequence[str]) -> dict[int, str]:
    """Return what each cell heads; a kind of column counts once, the first that says so."""
    found: dict[int, str] = {}
    for place, cell in enumerate(row):
        words = squeeze(fold(cell)).strip(" .:*")
        name = next((name for name, pattern in _HEADINGS if pattern.match(words)), None) if words else None
        if name and (name == _OTHER or name not in found.values()):
            found[place] = name
    return found


def _tasks(rows: list[list[str]], places: dict[int, str]) -> list[str]:
    column = {name: place for place, name in places.items()}
    lines: list[str] = []
    for row in rows:
        values = {name: squeeze(_at(row, place)) for name, place in column.items()}
        number, content = values.get(_NUMBER, ""), values[_CONTENT]
        title = _section(row)
        if title:
            lines += ["", title]
            continue
        if not content or _counts_columns(row):
            continue
        given = {name: values.get(name, "") for name in _LABELS}
        lines += ["", f"{number.rstrip('.)')}. {content}" if _ORDINAL.fullmatch(number) else f"- {content}"]
        lines += [f"{_LABELS[name]}: {given[name]}" for name in given if _says(given[name])]
    return lines


def _section(row: Sequence[str]) -> str | None:
    """Return a row that is a heading inside the table: one text, alone or behind its number, over all columns."""
    cells = list(dict.fromkeys(squeeze(cell) for cell in row if cell))
    if len(cells) == 1 and len(row) > _FEWEST and not _ORDINAL.fullmatch(cells[0]):
        return cells[0]
    if len(cells) == _FEWEST and len(row) > _FEWEST and re.fullmatch(r"(?:[IVX]{1,6}|[A-H])[.)]?", cells[0]):
        return f"{cells[0].rstrip('.)')}. {cells[1]}"
    return None


def _counts_columns(row: Sequence[str]) -> bool:
    """Say whether the row only numbers the columns: (1) (2) (3)."""
    return all(re.fullmatch(r"\(?\d{1,2}\)?", cell) for cell in row if cell)


def _says(cell: str) -> bool:
    return bool(re.search(r"\w", cell))


def _is_layout(rows: list[list[str]]) -> bool:
    """Say whether the table only sets words side by side, as the head of a letter and its signature do."""
    if max(map(len, rows)) == 1:
        return True
    words = [squeeze(fold(cell)) for row in rows for cell in row]
    most_rows = 6
    return len(rows) <= most_rows and any(_LAYOUT.search(cell) for cell in words)
