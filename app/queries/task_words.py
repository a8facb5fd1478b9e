"""Which tasks hold the words of a search: by the index of words that each engine keeps (migration 0003)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Boolean, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.text import fold

if TYPE_CHECKING:
    from sqlalchemy import BindParameter
    from sqlalchemy.sql.compiler import SQLCompiler

MAX_WORDS = 12
_RUN = re.compile(r"[^\W_]+")
_BETWEEN, _PHRASES = " ", "|"


def phrases_of(asked: str) -> str:
    """Return what is searched for as phrases, "|" between them: each word of it, a code such as NV-2026-7 as three.

    Empty where there is neither letter nor digit. Only letters, digits, blanks and bars: no engine reads more into it.
    """
    runs = (_RUN.findall(word) for word in fold(asked).split()[:MAX_WORDS])
    return _PHRASES.join(_BETWEEN.join(run) for run in runs if run)


class TaskHolds(FunctionElement[bool]):
    """The condition that a task holds all phrases of a text, the last word of each being its beginning at least."""

    name = "task_holds"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: object = None) -> Self:  # noqa: ARG002 -- SQLAlchemy's signature
        """Stand as it is among other conditions: with "= 1" behind it SQLite would not look into the index."""
        return self


def task_holds(phrases: str | BindParameter[Any]) -> TaskHolds:
    """Return the condition for the phrases of `phrases_of`, given as a value or as a parameter."""
    return TaskHolds(bindparam(None, phrases, String()) if isinstance(phrases, str) else phrases)


@compiles(TaskHolds, "sqlite")
def _by_table(element: TaskHolds, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- SQLAlchemy's
    """Write «"nv 2026 7"* "kinh"*»."""
    given = compiler.process(element.clauses, **options)
    words = f"""'"' || replace({given}, '{_PHRASES}', '"* "') || '"*'"""
    return f"task.id IN (SELECT rowid FROM task_fts WHERE task_fts MATCH {words})"  # noqa: S608 -- a bound parameter


@compiles(TaskHolds, "postgresql")
def _by_index(element: TaskHolds, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- SQLAlchemy's
    """Write «nv <-> 2026 <-> 7:* & kinh:*»."""
    given = compiler.process(element.clauses, **options)
    words = f"replace(replace({given}, '{_BETWEEN}', ' <-> '), '{_PHRASES}', ':* & ') || ':*'"
    held = "to_tsvector('simple', regexp_replace(task.search_text, '[^[:alnum:]]+', ' ', 'g'))"
    return f"{held} @@ to_tsquery('simple', {words})"
