"""Many moves in one breath: what they append is kept back and written together, row for row what single moves write.

Within `batch()` nothing is flushed in between, and what is asked again and again (whom a unit's news goes to) is asked
once. So a batch is for items that the transaction has just made or alone holds: nobody else is to write them meanwhile.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from app.db import fetch, session

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from sqlalchemy import Executable


Answer = TypeVar("Answer")
EVENTS, SPANS = "task", "span"
"""What is written about a task: its log, its ledger."""


@dataclass
class Batch:
    """What is kept back, statement by statement in the order of their first rows; and what is known meanwhile."""

    tasks: Collection[int]
    """Tasks of which all that a move asks is known: made in this very transaction, or read for it."""
    logged: Mapping[int, Any]
    """The last line of the log of those that have one."""
    rows: dict[Executable, list[Mapping[str, Any]]] = field(default_factory=dict)
    answers: dict[object, Any] = field(default_factory=dict)
    begun: set[object] = field(default_factory=set)

    def write(self) -> None:
        """Write the items that were moved, then all that was kept back."""
        session.flush()
        for statement, rows in self.rows.items():
            session.connection().execute(statement, rows)
        self.rows.clear()


_CURRENT: ContextVar[Batch | None] = ContextVar("batch", default=None)


@contextmanager
def batch(tasks: Collection[int], logged: Mapping[int, Any] | None = None) -> Iterator[None]:
    """Keep back what the moves of these tasks append, and write it at the end.

    :param tasks: ids of tasks without a standing in the ledger: made in this transaction, or taken out of it.
    :param logged: the last lines of their logs (`history.last_lines`); None for tasks that were just made.
    :raises StaleDataError: somebody else wrote one of the items meanwhile.
    """
    made = Batch(frozenset(tasks), logged or {})
    token = _CURRENT.set(made)
    try:
        with session.no_autoflush:
            yield
            made.write()
    finally:
        _CURRENT.reset(token)


def append(statement: Executable, row: Mapping[str, Any]) -> None:
    """Insert a row by a statement kept ready made: now, or with the batch."""
    made = _CURRENT.get()
    if made is None:
        fetch(statement, row)
    else:
        made.rows.setdefault(statement, []).append(row)


def append_all(statement: Executable, rows: Collection[Mapping[str, Any]]) -> bool:
    """Keep rows back with the batch; False where there is none, and the caller inserts them."""
    made = _CURRENT.get()
    if made is not None:
        made.rows.setdefault(statement, []).extend(rows)
    return made is not None


def is_batched() -> bool:
    """Say whether what is written waits for the end of a batch."""
    return _CURRENT.get() is not None


def flush_unless_batched() -> None:
    """Write what was changed, unless the batch will."""
    if not is_batched():
        session.flush()


def is_blank(kind: str, item_id: int) -> bool:
    """Say whether the database need not be asked what stands there of an item, because it is a task of this batch.

    Who asks is about to write, so each is told once; who comes later asks the database, when all is written there.
    """
    made = _CURRENT.get()
    if made is None:
        return False
    if kind in {EVENTS, SPANS} and item_id in made.tasks and (kind, item_id) not in made.begun:
        made.begun.add((kind, item_id))
        return True
    made.write()
    return False


def logged(task_id: int) -> Any:  # noqa: ANN401 -- a line of the log, read by the log's own module
    """Return the last line of a task's log as it was when the batch began, or None."""
    made = _CURRENT.get()
    return made.logged.get(task_id) if made else None


def is_new(task_id: int) -> bool:
    """Say whether a task was made for this batch."""
    made = _CURRENT.get()
    return made is not None and task_id in made.tasks and task_id not in made.logged


def asked_once(question: object, ask: Callable[[], Answer]) -> Answer:
    """Return an answer that does not change within a batch."""
    made = _CURRENT.get()
    if made is None:
        return ask()
    if question not in made.answers:
        made.answers[question] = ask()
    found: Answer = made.answers[question]
    return found
