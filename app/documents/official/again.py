"""The clauses of an issued notice as a text to go on from: read again, it gives the same clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.documents.official.model import Level, Paragraph
from app.documents.official.notice import headings_of, running_on
from app.documents.official.outline import AGAIN, MARKED, Clause, Walk, headings_above, is_dotted
from app.queries.paper_text import live_clauses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.models import Notice

OPENING = "Người chủ trì kết luận như sau:"
"""Above a heading without a number that would otherwise be the first line, and the title of the text."""
DASH = "-"
_PLAIN = re.compile(r"(?:[IVX]{1,6}|\d{1,2})\.\s")
_CLOSED = re.compile(r"[.;:!?…/]\W*$")


def text_again(notice: Notice) -> str:
    """Return the clauses under their headings, with the numbers and dashes that the notice's paper prints."""
    clauses = live_clauses(notice)
    joined = running_on(notice.pasted, [each.text for each in clauses])
    said = [
        Clause(each.section, each.address, each.text, runs_on=runs_on)
        for each, runs_on in zip(clauses, joined, strict=True)
    ]
    known = headings_of(notice.pasted, {each.address for each in notice.conclusions})
    walk = _Again(said, {**headings_above(said), **known}, sections=_sections(said))
    lines = [each.words for each in walk.down()]
    if lines and lines[0] in walk.sections.values() and not _PLAIN.match(lines[0]) and not _CLOSED.search(lines[0]):
        # The first line of a text may be taken for its title; one that ends with a colon is none.
        lines[0] += ":"
    if lines and walk.made[0].level is Level.HEADING:
        lines.insert(0, OPENING)
    return "\n".join(lines)


def _sections(clauses: Sequence[Clause]) -> dict[str, str]:
    """Return the numbered headings as they were written, number and all, by address."""
    found: dict[str, str] = {}
    for clause in clauses:
        marked = MARKED.fullmatch(clause.section.strip())
        parts = clause.address.split(".")
        for at in (*range(len(parts) - 1, 0, -1), len(parts)):
            last = parts[at - 1].partition("-")[0] if at == len(parts) else parts[at - 1]
            if marked and last == marked["label"].rpartition(".")[2] and not (at < len(parts) and is_dotted(parts, at)):
                found.setdefault(".".join([*parts[: at - 1], last]), clause.section.strip())
                break
    return found


@dataclass
class _Again(Walk):
    """Down the clauses for a text that is read again: no word is added to them, and no label taken off their ends."""

    sections: dict[str, str] = field(default_factory=dict)
    """Numbered headings as they were written, by address."""

    def add(self, clause: Clause) -> None:
        """Write a clause; what stood without a number of its own right under a numbered heading stands so again."""
        if clause.address in self.sections and clause.address not in self.done:
            self._open(clause)
            self.made.append(Paragraph(Level.TITLE, self.sections[clause.address]))
            self.done.add(clause.address)
            self._print(Level.TEXT, clause.text)
            self.before = clause
            return
        again = AGAIN.fullmatch(clause.address)
        if again and again["base"] in self.done and self._is_under_new_heading(clause):
            # Numbered from 1 again under a heading of its own.
            self._open_free(clause)
            self._print(Level.ITEM, clause.text, self._marker(again["base"]))
            self.before = clause
            return
        super().add(clause)

    def _is_under_new_heading(self, clause: Clause) -> bool:
        section = clause.section.strip()
        return bool(section) and section != self.free and not MARKED.fullmatch(section)

    def _head(self, level: Level, address: str, marker: str) -> None:
        if address in self.sections:
            self.made.append(Paragraph(level, self.sections[address]))
            self.done.add(address)
        else:
            super()._head(level, address, marker)

    def _go_on(self, clause: Clause) -> None:
        if clause.runs_on or self.made[-1].marker == DASH:
            # What stood in one paragraph, and under a dash always: a line without one would end its list.
            last = self.made.pop()
            self.made.append(replace(last, text=f"{_closed(last.text)} {clause.text}"))
        else:
            super()._go_on(clause)

    def _print(self, level: Level, text: str, marker: str = "") -> None:
        # A clause keeps no semicolon at its end; without any sign there a numbered one would read as a heading.
        self.made.append(Paragraph(level, _closed(text), marker))


def _closed(text: str) -> str:
    return text if _CLOSED.search(text) else f"{text};"
