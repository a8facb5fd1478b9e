"""Trackers brought in: the list, one of them, its rows, and the tasks that its rows may be doubles of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.db import session
from app.errors import NotFoundError
from app.models import MonthlyReport, Task, TaskSpan, TrackerImport, TrackerRow
from app.text import fold
from workflows.monthly_report import FROZEN
from workflows.task import DRAFT, DROPPED, WITHDRAWN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from app.queries.standing import Standing

PAGE = 50
_ALIKE = 0.8
_RARE = 3


def load_tracker(import_id: int, standing: Standing) -> TrackerImport:
    """Return an import of a committee of which the person is secretary.

    :raises NotFoundError: it is not there, or not for this person.
    """
    found = session.get(TrackerImport, import_id)
    if found is None or found.authority_id != standing.authority_id or found.committee_id not in standing.secretary_of:
        raise NotFoundError
    return found


def trackers_of(committees: Collection[int]) -> Sequence[TrackerImport]:
    """Return the latest imports of these committees, newest first."""
    query = (
        select(TrackerImport)
        .options(joinedload(TrackerImport.file), joinedload(TrackerImport.person))
        .where(TrackerImport.committee_id.in_(committees))
        .order_by(TrackerImport.made_at.desc(), TrackerImport.id.desc())
        .limit(PAGE)
    )
    return session.scalars(query).all()


def rows_of(import_id: int, outcome: str | None = None, page: int | None = None) -> Sequence[TrackerRow]:
    """Return the rows of an import in the sheet's order: all, or those of an outcome; all pages, or one."""
    query = select(TrackerRow).where(TrackerRow.import_id == import_id).order_by(TrackerRow.number)
    if outcome:
        query = query.where(TrackerRow.outcome == outcome)
    if page is not None:
        query = query.limit(PAGE).offset((page - 1) * PAGE)
    return session.scalars(query).all()


def counts_of(import_id: int) -> dict[str, int]:
    """Return how many rows there are of each outcome."""
    query = select(TrackerRow.outcome, func.count().label("rows")).where(TrackerRow.import_id == import_id)
    return {row.outcome: row.rows for row in session.execute(query.group_by(TrackerRow.outcome))}


class Known(NamedTuple):
    """A task of the committee as a row is compared with it."""

    id: int
    code: str
    title: str
    lead_unit_id: int
    due: date | None
    first_due: date | None = None


@dataclass
class KnownTasks:
    """The committee's tasks by code, by title, and by the words of titles within a unit."""

    committee_id: int = 0
    by_code: dict[str, Known] = field(default_factory=dict)
    by_title: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    _words: dict[int, dict[str, set[int]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    _tasks: dict[int, tuple[Known, frozenset[str]]] = field(default_factory=dict)

    def add(self, task: Known, detail: str = "") -> None:
        """Note a task."""
        self.by_code.setdefault(fold(task.code), task)
        words = frozenset(fold(f"{task.title}").split())
        self.by_title[fold(task.title)].append(task)
        if detail:
            self.by_title[fold(detail.partition("\n")[0])].append(task)
        self._tasks[task.id] = task, words
        for word in words:
            self._words[task.lead_unit_id][word].add(task.id)

    def moved(self, text: str, due: date | None, leads: Sequence[int]) -> Known | None:
        """Return the task of this title and due date that one of these units led before it went to another."""
        for task in self.by_title.get(fold(text.partition("\n")[0]), []):
            if due in {task.due, task.first_due} and not self._led_before[task.id].isdisjoint(leads):
                return task
        return None

    @cached_property
    def _led_before(self) -> Mapping[int, set[int]]:
        """The units that led a task once; asked for only where a title comes again with another unit."""
        found: dict[int, set[int]] = defaultdict(set)
        query = select(TaskSpan.task_id, TaskSpan.lead_unit_id).join(Task, Task.id == TaskSpan.task_id)
        query = query.where(Task.committee_id == self.committee_id, Task.lead_unit_id != TaskSpan.lead_unit_id)
        for task_id, unit_id in session.execute(query):
            found[task_id].add(unit_id)
        return found

    def like(self, text: str, leads: Sequence[int]) -> Known | None:
        """Return the task that says the same, or for the same unit nearly the same; None where none does.

        Nearly the same: of all their words four in five are common; only tasks that share the text's rarest words
        are compared, so that a long tracker against a long list stays quick.
        """
        first = fold(text.partition("\n")[0])
        same = self.by_title.get(first, [])
        for task in same:
            if not leads or task.lead_unit_id in leads:
                return task
        wanted = frozenset(first.split())
        for lead in leads:
            index = self._words.get(lead, {})
            rare = sorted((word for word in wanted if word in index), key=lambda word: len(index[word]))[:_RARE]
            for task_id in set().union(*(index[word] for word in rare)) if rare else ():
                task, words = self._tasks[task_id]
                if len(wanted & words) >= _ALIKE * len(wanted | words):
                    return task
        return same[0] if same and not leads else None


def known_tasks(committee_id: int) -> KnownTasks:
    """Return the tasks of a committee that stand or stood; drafts and what was taken back are no doubles."""
    columns = Task.id, Task.code, Task.title, Task.lead_unit_id, Task.current_due, Task.original_due, Task.detail
    query = select(*columns).where(Task.committee_id == committee_id, Task.state.not_in({DRAFT, DROPPED, WITHDRAWN}))
    found = KnownTasks(committee_id)
    for task_id, code, title, lead, due, first_due, detail in session.execute(query):
        found.add(Known(task_id, code, title, lead, due, first_due), detail)
    return found


def signed_since(committee_id: int, day: date) -> date | None:
    """Return the last day of a committee's month that was signed and reaches to a day or beyond; None without."""
    query = select(func.min(MonthlyReport.ends_on)).where(
        MonthlyReport.committee_id == committee_id, MonthlyReport.state.in_(FROZEN), MonthlyReport.ends_on >= day
    )
    return session.scalar(query)
