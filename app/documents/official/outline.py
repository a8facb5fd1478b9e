"""From addressed clauses back to an outline on paper: the numbers printed are those the clauses are cited by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.documents.official.model import Level, Paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TOP = re.compile(r"[IVX]{1,6}|[A-H]")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*")
_LETTER = re.compile(r"[a-zđ]")
AGAIN = re.compile(r"(?P<base>(?:.*\.)?-?[^.-]+)-\d+")
MARKED = re.compile(
    r"(?:(?:Mục|Phần|Điều|[Kk]hoản)\s+)?(?P<label>[IVX]{1,6}|[A-H]|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s*[.)/:-]+\s*(?P<words>\S.*)",
    re.DOTALL,
)
_LABELLED = re.compile(r"(?<=[.;])\s+(?=(?:Đơn vị|Cơ quan) (?:chủ trì|thực hiện)\s*:)")
_ENDED = re.compile(r"[.;:!?…]\W*$")


@dataclass(frozen=True)
class Clause:
    """A clause as it is printed: the heading it stands under, its address («II.3.b»), its words.

    `labels`: what it does not say in its own words («Đơn vị chủ trì: …»). `runs_on`: it stood in one paragraph with
    the clause before it.
    """

    section: str
    address: str
    text: str
    labels: tuple[str, ...] = ()
    runs_on: bool = False


def outlined(clauses: Sequence[Clause], headings: Mapping[str, str]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of the clauses in order, each heading once before the first clause under it.

    `headings` gives the words of numbered headings by address, as far as they are known from elsewhere; others are
    taken from the clauses' sections.
    """
    return Walk(clauses, {**headings_above(clauses), **headings}).down()


def headings_above(clauses: Sequence[Clause]) -> dict[str, str]:
    """Return numbered headings by address: «2. Sở Tài chính» over «II.2.a» is that of «II.2»."""
    found: dict[str, str] = {}
    for clause in clauses:
        marked = MARKED.fullmatch(clause.section.strip())
        parts = clause.address.split(".")
        for at in range(len(parts) - 1, 0, -1):
            if marked and parts[at - 1] == marked["label"].rpartition(".")[2] and not is_dotted(parts, at):
                found[".".join(parts[:at])] = marked["words"]
                break
    return found


@dataclass
class Walk:
    """The way down the clauses: what was printed so far, and what the next one needs above it."""

    clauses: Sequence[Clause]
    headings: Mapping[str, str]
    made: list[Paragraph] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    free: str = ""
    before: Clause | None = None

    def down(self) -> tuple[Paragraph, ...]:
        """Return the paragraphs of all clauses."""
        for clause in self.clauses:
            self.add(clause)
        return tuple(self.made)

    def add(self, clause: Clause) -> None:
        """Print a clause, and above it the headings that are not yet there."""
        again = AGAIN.fullmatch(clause.address)
        if self.before and clause.text == self.before.text:
            pass  # one sentence that gives work to two: said once
        elif again and again["base"] in self.done:
            self._go_on(clause)
        else:
            whole = self._open(clause)
            marker = self._marker(clause.address) if whole else f"{clause.address}."
            level = Level.DASH if marker == "-" else Level.ITEM
            self._print(level, clause.text, marker)
            self.done.add(clause.address)
        self.made += [Paragraph(Level.LABEL, label) for label in clause.labels]
        self.before = clause

    def _go_on(self, clause: Clause) -> None:
        """Print a further clause of the same number, in the paragraph of the one before where it stood there."""
        if clause.runs_on and self.before and not self.before.labels:
            last = self.made.pop()
            # «…; các thôn rà soát …»: what goes on in small letters was parted by a semicolon.
            words = f"{last.text.rstrip(' .;,')}; " if clause.text[:1].islower() else f"{last.text} "
            self._print(last.level, words + clause.text, last.marker)
        else:
            self._print(Level.TEXT, clause.text)

    def _print(self, level: Level, text: str, marker: str = "") -> None:
        """Print a clause; labels that stand at its end get a line of their own."""
        words, *labelled = _LABELLED.split(text, maxsplit=1)
        self.made.append(Paragraph(level, _ended(words), marker))
        self.made += [Paragraph(Level.LABEL, _ended(label)) for label in labelled]

    def _open(self, clause: Clause) -> bool:
        """Print the headings over a clause that are not yet there; tell whether all of its numbers now stand."""
        parts = clause.address.split(".")
        whole = True
        for at in range(1, len(parts)):
            address = ".".join(parts[:at])
            if address in self.done:
                continue
            if address not in self.headings:
                whole = whole and is_dotted(parts, at)
                continue
            marker = self._marker(address)
            level = Level.SECTION if _TOP.fullmatch(parts[at - 1]) else Level.TITLE
            self._head(level, address, marker)
        self._open_free(clause)
        return whole

    def _head(self, level: Level, address: str, marker: str) -> None:
        self.made.append(Paragraph(level, self.headings[address], marker))
        self.done.add(address)

    def _open_free(self, clause: Clause) -> None:
        section = clause.section.strip()
        if section and section != self.free and not MARKED.fullmatch(section):
            self.made.append(Paragraph(Level.HEADING, section))
        self.free = section

    def _marker(self, address: str) -> str:
        parts = address.split(".")
        last, above = parts[-1], parts[-2] if len(parts) > 1 else ""
        if not _NUMBER.fullmatch(last):
            return _marker_of_letters(last)
        if not above or _TOP.fullmatch(above):
            return f"{last}."
        parent = ".".join(parts[:-1])
        if parent not in self.done and is_dotted(parts, len(parts) - 1):
            return f"{above}.{last}."
        return "-" if self._in_turn(parent) else f"({last})"

    def _in_turn(self, parent: str) -> bool:
        """Say whether the clauses under a number are called 1, 2, 3 …, as dashes are counted when they are read."""
        lasts = [
            clause.address.rpartition(".")[2]
            for clause in self.clauses
            if clause.address.rpartition(".")[0] == parent and not AGAIN.fullmatch(clause.address)
        ]
        return lasts == [str(n) for n in range(1, len(lasts) + 1)]


def is_dotted(parts: Sequence[str], at: int) -> bool:
    """Say whether the number before `at` belongs to a dotted one: «1.2» under 1 is called «1.1.2»."""
    second = 2
    return at >= second and parts[at - 1] == parts[at - 2] and bool(_NUMBER.match(parts[at]))


def _marker_of_letters(last: str) -> str:
    """Return how a number that is none is printed: «II.», «a)», a dash, «Thứ nhất,»."""
    if last.startswith("-"):
        return "-"
    if _TOP.fullmatch(last):
        return f"{last}."
    return f"{last})" if _LETTER.fullmatch(last) else f"{last},"


def _ended(text: str) -> str:
    """Return the words of a clause with a full stop where they end without one."""
    return text if _ENDED.search(text) else f"{text}."
