"""The tasks that a tracker's rows may be doubles of, and how well each row fits one of them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from app.db import session
from app.models import Conclusion, Notice, Task, TaskSpan
from app.text import fold
from workflows.task import DRAFT, DROPPED, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

_ALIKE = (4, 5)
"""So many of all the words of two titles are common where they are nearly one: four in five."""
CODE, SAME_DUE, MOVED, SAME, ALIKE, PAPER = range(6)
"""How a row fits a task, the best first: its code; title and due date; those, of a unit that led it once; the title
alone; nearly the title with the same numbers in it; nearly the title, due date, paper and clause."""
_FAR = 100_000
_ROMAN = re.compile(r"(?<!\w)(?:X{0,3})(?:IX|IV|V?I{0,3})(?!\w)")
_DIGITS = re.compile(r"[a-z]*\d+[a-z]*")
_GROUPED = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_LETTER = re.compile(r"(?<=\s)[A-ZĐ](?!\w)")
_SPELT = re.compile(
    r"\b(?:quy|thang|dot|lan|ky|giai doan|nhom|to)\s+(muoi hai|muoi mot|muoi|mot|hai|ba|bon|tu|nam|sau|bay|tam|chin)\b"
)
_SPELT_AS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip
_VALUES = {"I": 1, "V": 5, "X": 10}


def marks_of(text: str) -> frozenset[str]:
    """Return the numbers, codes, years, quarters and letters by which titles that are otherwise alike differ.

    «Quý III», «quý 3» and «Q3» are one, so are «tháng 05» and «T5», «1.250» and «1250».
    """
    folded = _GROUPED.sub("", fold(text))
    found = {_bare(mark) for mark in _DIGITS.findall(folded)}
    found |= {str(_SPELT_AS[word]) for word in _SPELT.findall(folded)}
    if not text.isupper():
        romans = [mark for mark in _ROMAN.findall(text) if mark]
        found |= {str(_value(mark)) for mark in romans}
        found |= {letter for letter in _LETTER.findall(text) if letter not in _VALUES}
    return frozenset(found)


def _bare(mark: str) -> str:
    mark = re.sub(r"^(?:t|q|so)(?=\d+$)", "", mark)
    return mark.lstrip("0") or "0"


def _value(roman: str) -> int:
    values = [_VALUES[letter] for letter in roman]
    after = [*values[1:], 0]
    return sum(-value if value < later else value for value, later in zip(values, after, strict=True))


class Known(NamedTuple):
    """A task of the committee as a row is compared with it; its notice's symbol and clause where it has them."""

    id: int
    code: str
    title: str
    lead_unit_id: int
    due: date | None
    first_due: date | None = None
    symbol: str = ""
    clause: str = ""


class Fit(NamedTuple):
    """How well a row fits a task: which way (the smaller the better), and how many days apart they are due."""

    way: int
    days: int
    task: Known


class Sought(NamedTuple):
    """What is compared of a row: its words, lead units, due date, its paper's symbol and the paper's whole cell."""

    text: str
    leads: Sequence[int]
    due: date | None
    symbol: str = ""
    paper: str = ""


@dataclass
class Titles:
    """Titles of one unit, with the same numbers in them and equally many words: which share most words with one.

    Each word keeps as the bits of one number which of the titles have it. So all titles are counted together, a word
    at a time: ever so many that share ever such common words cost next to nothing, and none is passed over.
    """

    tasks: list[Known] = field(default_factory=list)
    _having: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _bits: dict[str, int] = field(default_factory=dict)
    _due: dict[date | None, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, task: Known, words: frozenset[str]) -> None:
        """Note a task by the words of its title; of tasks that fit alike the first one noted is given."""
        for day in {task.due, task.first_due}:
            self._due[day] |= 1 << len(self.tasks)
        for word in words:
            self._having[word].append(len(self.tasks))
            self._bits.pop(word, None)
        self.tasks.append(task)

    def nearest(self, words: frozenset[str], least: int, due: date | None, *, same_day: bool) -> Fit | None:
        """Return the task due nearest to a day among those that have at least so many of these words.

        :param same_day: only one due that very day, now or at first.
        """
        sharing = self._sharing(words, least)
        days = [due] if same_day else self._due if sharing else []
        fits = [
            Fit(ALIKE, _between(due, day), self.tasks[(bits & -bits).bit_length() - 1])
            for day in days
            if (bits := sharing & self._due.get(day, 0))
        ]
        return _best(fits)

    def _sharing(self, words: frozenset[str], least: int) -> int:
        """Return which titles have at least so many of these words."""
        known = [word for word in words if word in self._having]
        if len(known) < max(1, least):
            return 0
        # Digit by digit, the lowest first: which titles have how many of the words so far.
        digits: list[int] = []
        for word in known:
            carry = self.having(word)
            for at, digit in enumerate(digits):
                digits[at], carry = digit ^ carry, digit & carry
            if carry:
                digits.append(carry)
        return _reaching(digits, least, (1 << len(self.tasks)) - 1)

    def having(self, word: str) -> int:
        """Return which of the titles have a word: a bit for each, the first one lowest."""
        if word not in self._bits:
            marked = bytearray(len(self.tasks) // 8 + 1)
            for at in self._having[word]:
                marked[at // 8] |= 1 << at % 8
            self._bits[word] = int.from_bytes(marked, "little")
        return self._bits[word]


def _reaching(digits: Sequence[int], least: int, every: int) -> int:
    """Return the places whose count is `least` or more; the counts stand in `digits`, a bit of each a number."""
    if least >> len(digits):
        return 0
    more, same = 0, every
    for at in reversed(range(len(digits))):
        if least >> at & 1:
            same &= digits[at]
        else:
            more |= same & digits[at]
            same &= ~digits[at]
    return more | same


_Words = dict[tuple[int, frozenset[str]], dict[int, Titles]]


@dataclass
class KnownTasks:
    """The committee's tasks by code, by title, and by the words and numbers of titles within a unit."""

    committee_id: int = 0
    by_code: dict[str, Known] = field(default_factory=dict)
    _by_title: dict[tuple[str, date | None], list[Known]] = field(default_factory=lambda: defaultdict(list))
    _by_lead: dict[tuple[str, int], dict[date | None, Known]] = field(default_factory=lambda: defaultdict(dict))
    _by_paper: dict[tuple[int, date | None, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    _words: _Words = field(default_factory=lambda: defaultdict(lambda: defaultdict(Titles)))
    _told: list[tuple[Known, frozenset[str]]] = field(default_factory=list)

    def add(self, task: Known, detail: str = "") -> None:
        """Note a task, by its title and by the first line of its words."""
        self.by_code.setdefault(fold(task.code), task)
        for text in {task.title, detail.partition("\n")[0]} - {""}:
            folded = fold(text)
            for day in {task.due, task.first_due}:
                self._by_title[folded, day].append(task)
                self._by_lead[folded, task.lead_unit_id].setdefault(day, task)
            at, words = len(self._told), frozenset(folded.split())
            self._told.append((task, words))
            self._words[task.lead_unit_id, marks_of(text)][len(words)].add(task, words)
            if task.symbol and task.clause:
                self._by_paper[task.lead_unit_id, task.due, fold(task.symbol)].append(at)

    def fit(self, row: Sought) -> Fit | None:
        """Return the task that a row fits best, None where it fits none.

        Titles that differ in a number are two tasks, however alike they are, unless unit, due date, paper and clause
        are the same.
        """
        first = row.text.partition("\n")[0]
        found = [*self._same(fold(first), row), *self._alike(first, row), *self._of_paper(first, row)]
        return _best(found)

    def _same(self, folded: str, row: Sought) -> Iterator[Fit]:
        for lead in row.leads:
            for day, task in self._by_lead.get((folded, lead), {}).items():
                days = _between(row.due, day)
                yield Fit(SAME if days else SAME_DUE, days, task)
        for task in self._by_title.get((folded, row.due), ()):
            if task.lead_unit_id not in row.leads and not self._led_before[task.id].isdisjoint(row.leads):
                yield Fit(MOVED, 0, task)

    def _alike(self, first: str, row: Sought) -> Iterator[Fit]:
        wanted, marks = frozenset(fold(first).split()), marks_of(first)
        year = {str(row.due.year)} if row.due else set()
        for lead in row.leads:
            for numbers in {marks, marks | year, marks - year}:
                # A year that one title names and the other leaves to the due date.
                told = numbers == marks
                for length, titles in self._words.get((lead, numbers), {}).items():
                    least = _least(len(wanted), length)
                    if least > min(len(wanted), length):
                        continue
                    if fit := titles.nearest(wanted, least, row.due, same_day=not told):
                        yield fit

    def _of_paper(self, first: str, row: Sought) -> Iterator[Fit]:
        if not row.symbol:
            return
        wanted = frozenset(fold(first).split())
        for lead in row.leads:
            for at in self._by_paper.get((lead, row.due, fold(row.symbol)), ()):
                task, words = self._told[at]
                if re.search(rf"(?<![\w.]){re.escape(task.clause)}(?![\w])", row.paper) and are_alike(wanted, words):
                    yield Fit(PAPER, 0, task)

    @cached_property
    def _led_before(self) -> Mapping[int, set[int]]:
        """The units that led a task once; asked for only where a title comes again with another unit."""
        found: dict[int, set[int]] = defaultdict(set)
        query = select(TaskSpan.task_id, TaskSpan.lead_unit_id).join(Task, Task.id == TaskSpan.task_id)
        query = query.where(Task.committee_id == self.committee_id, Task.lead_unit_id != TaskSpan.lead_unit_id)
        for task_id, unit_id in session.execute(query):
            found[task_id].add(unit_id)
        return found


def _best(fits: Iterable[Fit]) -> Fit | None:
    return min(fits, key=lambda fit: (fit.way, fit.days, fit.task.id), default=None)


def _between(one: date | None, other: date | None) -> int:
    """Return how many days lie between two days; far where one of them is none."""
    if one == other:
        return 0
    return abs((one - other).days) if one and other else _FAR


def _least(one: int, other: int) -> int:
    """Return how many words two titles of so many words must share to be nearly one."""
    some, of_all = _ALIKE
    # Of all their words, which are `one + other` less those they share.
    return -(-some * (one + other) // (some + of_all))


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether of all their words four in five are common."""
    return len(one & other) >= _least(len(one), len(other))


def known_tasks(committee_id: int) -> KnownTasks:
    """Return the tasks of a committee that stand or stood; drafts and what was taken back are no doubles."""
    columns = Task.id, Task.code, Task.title, Task.lead_unit_id, Task.current_due, Task.original_due
    query = (
        select(*columns, Notice.symbol, Conclusion.address, Task.detail)
        .outerjoin(Conclusion, Conclusion.id == Task.conclusion_id)
        .outerjoin(Notice, Notice.id == Conclusion.notice_id)
        .where(Task.committee_id == committee_id, Task.state.not_in({DRAFT, DROPPED, WITHDRAWN}))
        .order_by(Task.id)
    )
    found = KnownTasks(committee_id)
    for task_id, code, title, lead, due, first_due, symbol, clause, detail in session.execute(query):
        found.add(Known(task_id, code, title, lead, due, first_due, symbol or "", clause or ""), detail)
    return found
