"""The rows of the register as markup: written by a function, because a template takes three times as long for them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from app.ui.marks import due, status
from app.ui.speech import translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


URGENT, HIGH, CHANGES = _("Khẩn"), _("Ưu tiên cao"), _("đổi hạn %(n)s lần")
RECURRING = _("định kỳ")


def register_rows(rows: Iterable[Any], columns: Sequence[Any], first: int) -> Markup:
    """Return the rows of a table body; `rows` and `columns` as the register's view draws and heads them.

    :param first: how many rows stand on the pages before.
    """
    named = {column.name for column in columns}
    notes = _Notes("priority" not in named, "due_changes" not in named)
    left_apart = "due" in named
    found = []
    for number, (row, mark, left, cells) in enumerate(rows, first + 1):
        found.append(f'<tr>\n    <td class="print-only num">{number}</td>\n')
        for column in columns:
            name = column.name
            if name == "title":
                found.append(_title(row, notes))
            elif name == "due":
                found.append(f"{column.cell}{due(row.current_due, left, mark.tone)}</td>\n")
            elif name == "status":
                said = mark.label if left_apart and left is not None else mark.words
                found.append(f"{column.cell}{status(mark.tone, said)}</td>\n")
            else:
                found.append(f"{column.cell}{escape(cells[name])}</td>\n")
        found.append("  </tr>\n")
    return Markup("".join(found))  # noqa: S704 -- every text that people typed is escaped above


def column_ticks(columns: Iterable[Any], chosen: Iterable[Any]) -> Markup:
    """Return a tick for each column that the register knows, those on that were chosen."""
    on = frozenset(column.name for column in chosen)
    return _ticks(tuple((column.name, column.words, column.name in on) for column in columns))


@lru_cache(maxsize=256)
def _ticks(columns: Iterable[tuple[str, str, bool]]) -> Markup:
    return Markup(  # noqa: S704 -- the register's own columns, escaped besides
        "".join(
            f'<label class="tick"><input class="form-check-input" type="checkbox" name="column" value="{escape(name)}"'
            f"{' checked' if on else ''}{' disabled' if name == 'title' else ''}> {escape(words)}</label>"
            for name, words, on in columns
        )
    )


class _Notes:
    """What is said below a title, in the reader's language, found once for all rows."""

    def __init__(self, say_priority: bool, say_changes: bool) -> None:  # noqa: FBT001 -- two columns that may be hidden
        self.priorities = {
            "urgent": f" <strong>{escape(translate(URGENT))}</strong>", "high": f" {escape(translate(HIGH))}",
        } if say_priority else {}  # fmt: skip
        self.changes = str(escape(translate(CHANGES))) if say_changes else ""
        self.recurring = f" {escape(translate(RECURRING))}"


def _title(row: Any, notes: _Notes) -> str:  # noqa: ANN401 -- a row of the list
    note = notes.priorities.get(row.priority, "")
    if row.recurrence:
        note += notes.recurring
    if notes.changes and row.due_changes:
        note += f" {notes.changes % {'n': row.due_changes}}"
    return (
        f'<td class="cell-title"><a class="row-title" href="/tasks/{row.id}"><span class="clamp">{escape(row.title)}'
        f'</span></a><span class="row-note"><span class="beside-only">{escape(row.code)} ·&nbsp;{escape(row.unit)}'
        f"</span>{note}</span></td>\n"
    )
