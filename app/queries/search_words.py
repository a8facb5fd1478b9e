"""The conditions of a search on entries, in the words of each engine's index (migration 0019)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Boolean, Integer, bindparam, case, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from app.search_words import BETWEEN, PHRASES

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, ColumnElement
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
    return _holds_keys("search_entry", compiler.process(element.clauses, **options))


def _holds_keys(entry: str, given: str) -> str:
    """Look for each key as it stands: cutting an entry into words anew would take twenty times as long."""
    keys = f"unnest(string_to_array(CAST({given} AS TEXT), '{PHRASES}')) AS key"
    missing = f"strpos('{BETWEEN}' || {entry}.toned || '{BETWEEN}', '{BETWEEN}' || key || '{BETWEEN}') = 0"
    return f"NOT EXISTS (SELECT FROM {keys} WHERE {missing})"


# Phrases and how many are looked at; toned keys stand behind them.
_UNTONED = 2


class Newest(FunctionElement[bool]):
    """The condition that an entry is among the newest that hold the phrases; with toned keys, or these besides.

    Words of which nearly everything is full would otherwise have all of it read, for a count that nobody needs.
    """

    name = "newest_holding"
    type = Boolean()
    inherit_cache = True
    begun = False
    """Whether the last word of each phrase may be the beginning of one, beside whole words."""
    only_toned = False

    def self_group(self, against: object = None) -> Self:  # noqa: ARG002 -- SQLAlchemy's signature
        """Stand as it is among other conditions."""
        return self

    def ways(self) -> list[tuple[bool, bool]]:
        """Return how entries may hold what was typed, each in its newest: begun words or whole ones, toned or not."""
        toned = [(self.begun, True)] if len(self.clauses) > _UNTONED else []
        return toned if self.only_toned else [(begun, False) for begun in {False, self.begun}] + toned


class NewestBegun(Newest):
    """The same for words that were begun."""

    inherit_cache = True
    begun = True


class NewestToned(Newest):
    """The condition that an entry is among the newest that hold the phrases with these tones."""

    inherit_cache = True
    only_toned = True


class NewestTonedBegun(NewestToned):
    """The same for words that were begun."""

    inherit_cache = True
    begun = True


class HeldTimes(FunctionElement[int]):
    """How many entries hold the phrases, counted to so many."""

    name = "held_times"
    type = Integer()
    inherit_cache = True
    begun = False


class HeldTimesBegun(HeldTimes):
    """The same for words that were begun."""

    inherit_cache = True
    begun = True


FEW_HITS, WHOLE, BEGUN = "few", "whole", "begun"
"""The shapes of a search: all hits named one by one, else the newest that hold whole words, or words begun so, too."""


def newest(shape: str, words: BindParameter[Any], *, toned: bool) -> Newest:
    """Return the condition of a search among the newest; where tones were typed (`toned`) those with them, besides."""
    of_shape = NewestBegun if shape == BEGUN else Newest
    return of_shape(words, bindparam("newest"), *([bindparam("toned")] if toned else []))


def first_words(shape: str, words: BindParameter[Any], *, toned: bool) -> ColumnElement[int]:
    """Return what puts those first that hold the typed tones: 1 for them, 0 for all others."""
    if not toned:
        return literal_column("0")
    keys: BindParameter[Any] = bindparam("toned")
    if shape == FEW_HITS:
        return case((has_tones(keys), 1), else_=0)
    of_shape = NewestTonedBegun if shape == BEGUN else NewestToned
    return case((of_shape(words, bindparam("newest"), keys), 1), else_=0)


@compiles(Newest, "sqlite")
def _newest_of_table(element: Newest, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- SQLAlchemy's
    given = [compiler.process(clause, **options) for clause in element.clauses]
    parts = " UNION ALL ".join(
        f"SELECT rowid FROM ({_rows_of_table(given, begun, toned)} ORDER BY rowid DESC LIMIT {given[1]})"  # noqa: S608 -- bound parameters
        for begun, toned in element.ways()
    )
    return f"search_entry.id IN ({parts})"


@compiles(HeldTimes, "sqlite")
def _times_in_table(element: HeldTimes, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- SQLAlchemy's
    given = [compiler.process(clause, **options) for clause in element.clauses]
    return f"(SELECT count(*) FROM ({_rows_of_table(given, element.begun, toned=False)} LIMIT {given[1]}))"  # noqa: S608 -- the same


def _rows_of_table(given: list[str], begun: bool, toned: bool) -> str:  # noqa: FBT001 -- how entries hold the words
    """Write «words : ("zztask" "bao" "cao") AND toned : ("ba1o" "ca1o")» into a select of the word index."""
    star = "*" if begun else ""
    match = f"""'words : ("' || replace({given[0]}, '{PHRASES}', '"{star} "') || '"{star})'"""
    if toned:
        match += f""" || ' AND toned : ("' || replace({given[2]}, '{PHRASES}', '" "') || '")'"""
    return f"SELECT rowid FROM search_fts WHERE search_fts MATCH {match}"  # noqa: S608 -- bound parameters


@compiles(Newest, "postgresql")
def _newest_by_index(element: Newest, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- SQLAlchemy's
    given = [compiler.process(clause, **options) for clause in element.clauses]
    if element.only_toned:
        return _holds_keys("search_entry", given[2])
    parts = " UNION ALL ".join(
        f"(SELECT held.id {_rows_by_index(given, begun, toned)})" for begun, toned in element.ways()
    )
    return f"search_entry.id IN ({parts})"


@compiles(HeldTimes, "postgresql")
def _times_by_index(element: HeldTimes, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 -- SQLAlchemy's
    given = [compiler.process(clause, **options) for clause in element.clauses]
    rows = _rows_by_index(given, element.begun, toned=False)
    return f"(SELECT count(*) FROM (SELECT 1 {rows}) AS counted)"  # noqa: S608 -- the same


def _rows_by_index(given: list[str], begun: bool, toned: bool) -> str:  # noqa: FBT001 -- how entries hold the words
    """Write the newest entries from the word index: sorted by an expression, or the planner walks all entries."""
    star = ":*" if begun else ""
    asked = f"replace(replace(CAST({given[0]} AS TEXT), '{BETWEEN}', ' <-> '), '{PHRASES}', '{star} & ') || '{star}'"
    held = f"to_tsvector('simple', held.words) @@ to_tsquery('simple', {asked})"
    if toned:
        held += f" AND {_holds_keys('held', given[2])}"
    return f"FROM search_entry AS held WHERE {held} ORDER BY held.id + 0 DESC LIMIT {given[1]}"
