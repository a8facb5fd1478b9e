"""Which tasks hold the words of a search: by the index of words that each engine keeps (migration 0003)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Boolean, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.search_words import BETWEEN, PHRASES, phrases_of

if TYPE_CHECKING:
    from sqlalchemy import BindParameter
    from sqlalchemy.sql.compiler import SQLCompiler

__all__ = ["phrases_of", "task_holds"]


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
    words = f"""'"' || replace({given}, '{PHRASES}', '"* "') || '"*'"""
    return f"task.id IN (SELECT rowid FROM task_fts WHERE task_fts MATCH {words})"  # noqa: S608 -- a bound parameter


@compiles(TaskHolds, "postgresql")
def _by_index(element: TaskHolds, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- SQLAlchemy's
    """Write «nv <-> 2026 <-> 7:* & kinh:*»."""
    given = compiler.process(element.clauses, **options)
    words = f"replace(replace({given}, '{BETWEEN}', ' <-> '), '{PHRASES}', ':* & ') || ':*'"
    held = "to_tsvector('simple', regexp_replace(task.search_text, '[^[:alnum:]]+', ' ', 'g'))"
    return f"{held} @@ to_tsquery('simple', {words})"
