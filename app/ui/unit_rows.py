"""The rows of the table of units as markup: written by a function, because a template takes three times as long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from app.ui.formats import number, rate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.ui.home_overview import Figure, UnitLine


def unit_rows(lines: Iterable[UnitLine], names: Mapping[str, str], on_time: str, at_first: str) -> Markup:
    """Return a row for each unit: its name, its figures in the order of `names` (with their headings), both rates."""
    labels = {name: str(escape(words)) for name, words in names.items()}
    rates = str(escape(on_time)), str(escape(at_first))
    return Markup("\n".join(_row(line, labels, rates) for line in lines))  # noqa: S704 -- all texts are escaped below


def _row(line: UnitLine, labels: Mapping[str, str], rates: tuple[str, str]) -> str:
    cells = "".join(
        [
            *(_figure(name, label, line.figures[name]) for name, label in labels.items()),
            *(_rate(label, value) for label, value in zip(rates, (line.rate, line.first_rate), strict=True)),
        ]
    )
    return f'<tr><th scope="row"><a href="{escape(line.href)}">{escape(line.name)}</a></th>{cells}</tr>'


def _figure(name: str, label: str, figure: Figure) -> str:
    if not figure.number:
        return f'<td class="num is-zero" data-label="{label}"><span class="quiet">0</span></td>'
    tone = ' class="fg-red"' if name == "overdue" else ""
    href = escape(figure.href)
    return f'<td class="num" data-label="{label}"><a{tone} href="{href}">{number(figure.number)}</a></td>'


def _rate(label: str, value: float | None) -> str:
    return f'<td class="num{" is-zero" if value is None else ""}" data-label="{label}">{escape(rate(value))}</td>'
