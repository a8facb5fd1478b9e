"""The conditions of a search on entries, in the words of each engine's index (migration 0019)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Boolean
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.search_words import BETWEEN, PHRASES

if TYPE_CHECKING:
    from sqlalchemy import BindParameter
    from sqlalchemy.sql.compiler import SQLCompiler


class HoldsWords(FunctionElement[bool]):
    """The condition that an entry holds all phrases, the last word of each being its beginning at least."""

    name = "holds_words"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: object = None) -> Self:  # noqa: ARG002 -- SQLAlchemy's signature
        """Stand as it is among other conditions: with "= 1" behind it SQLite would not look into the index."""
        return self


class HasTones(HoldsWords):
    """The condition that an entry holds all these words with their tones."""

    name = "has_tones"
    inherit_cache = True


def holds_words(phrases: BindParameter[Any]) -> HoldsWords:
    """Return the condition for phrases, "|" between them."""
    return HoldsWords(phrases)


def has_tones(keys: BindParameter[Any]) -> HasTones:
    """Return the condition for keys of toned words, "|" between them."""
    return HasTones(keys)


@compiles(HoldsWords, "sqlite")
def _words_by_table(element: HoldsWords, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- SQLAlchemy's
    """Write «words : ("zztask"* "nv 2026 7"*)»."""
    given = compiler.process(element.clauses, **options)
    return _matching(f"""'words : ("' || replace({given}, '{PHRASES}', '"* "') || '"*)'""")


@compiles(HasTones, "sqlite")
def _tones_by_table(element: HasTones, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- SQLAlchemy's
    """Write «toned : ("ho6i5" "nghi5")»."""
    given = compiler.process(element.clauses, **options)
    return _matching(f"""'toned : ("' || replace({given}, '{PHRASES}', '" "') || '")'""")


def _matching(words: str) -> str:
    return f"search_entry.id IN (SELECT rowid FROM search_fts WHERE search_fts MATCH {words})"  # noqa: S608 -- a bound parameter


@compiles(HoldsWords, "postgresql")
def _words_by_index(element: HoldsWords, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- SQLAlchemy's
    """Write «zztask:* & nv <-> 2026 <-> 7:*»."""
    given = f"CAST({compiler.process(element.clauses, **options)} AS TEXT)"
    words = f"replace(replace({given}, '{BETWEEN}', ' <-> '), '{PHRASES}', ':* & ') || ':*'"
    return f"to_tsvector('simple', search_entry.words) @@ to_tsquery('simple', {words})"


@compiles(HasTones, "postgresql")
def _tones_by_index(element: HasTones, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- SQLAlchemy's
    """Write «ho6i5 & nghi5»."""
    given = f"CAST({compiler.process(element.clauses, **options)} AS TEXT)"
    return f"to_tsvector('simple', search_entry.toned) @@ to_tsquery('simple', replace({given}, '{PHRASES}', ' & '))"
