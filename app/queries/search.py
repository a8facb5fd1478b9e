"""What a search finds among all kinds of things, for what a person may open: exactly typed tones first.

Over 300 lines: each kind stands beside the others, so that they can be compared.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, case, desc, func, literal_column, or_, select

from app.clock import today
from app.db import fetch, table_of
from app.models import (
    Attachment,
    Committee,
    Conclusion,
    Meeting,
    Minutes,
    Notice,
    Proposal,
    SearchEntry,
    StoredFile,
    Task,
    Unit,
)
from app.models.search_entry import (
    AGENDA,
    CLAUSE,
    COMMENT,
    DIRECTIVE,
    FILE,
    MINUTES,
    NOTICE,
    PERSON,
    PROGRESS,
    PROPOSAL,
    TASK,
    mark_of_kind,
)
from app.queries.search_beside import BESIDE, Shape, statement_beside
from app.queries.search_sight import AUTHORITY, visible_minutes, visible_notice, visible_proposal, visible_task
from app.queries.search_words import (
    BEGUN,
    FEW_HITS,
    WHOLE,
    HeldTimes,
    HeldTimesBegun,
    first_words,
    holds_words,
    newest,
)
from app.search_words import PHRASES, clause_named, phrases_of, toned_phrases_of, whole_code
from app.text import fold
from workflows import conclusion
from workflows.minutes import MINUTES as MINUTES_TABLE
from workflows.notice import NOTICE as NOTICE_TABLE
from workflows.proposal import PROPOSAL as PROPOSAL_TABLE
from workflows.task import TASK as TASK_TABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Row

    from app.queries.standing import Standing

KINDS = (TASK, PERSON, CLAUSE, NOTICE, DIRECTIVE, MINUTES, PROPOSAL, AGENDA, PROGRESS, COMMENT, FILE)
LEAST = 2
"""Letters or digits that a search needs: one alone is found everywhere."""
FEW = 500
"""Hits of all kinds that are named one by one in the statements that say who may see them."""
NEWEST = 5_000
"""So many of the newest entries of a kind are looked at where very many hold what was typed."""
_ENTRY = table_of(SearchEntry).c
# By its plain table: no entity is read.
_HITS = (
    select(_ENTRY.kind, _ENTRY.item_id)
    .where(_ENTRY.authority_id == AUTHORITY, holds_words(bindparam("words")))
    .limit(bindparam("most"))
)


class Found(NamedTuple):
    """The hits of one kind: how many there are, those of the page that was asked for, and whether there are more.

    There may be more where very many things hold the words: then only the newest are looked at and counted.
    """

    total: int
    rows: Sequence[Row[Any]]
    more: bool = False


NOTHING = Found(0, [])


class Among(NamedTuple):
    """Among what is looked: the ids of all hits by kind where they are few, else the newest that hold the words.

    `times` is how many entries of each kind hold them, to one above `NEWEST`; `begun` whether words that only begin so
    count, too: where whole ones are many they are what was meant.
    """

    few: Mapping[str, Sequence[int]] | None
    times: Mapping[str, int]
    begun: bool = False

    @property
    def shape(self) -> str:
        """Return which statement asks for it."""
        return FEW_HITS if self.few is not None else BEGUN if self.begun else WHOLE


def is_too_short(asked: str) -> bool:
    """Tell whether there is too little to search for."""
    return len(phrases_of(asked).replace(PHRASES, "").replace(" ", "")) < LEAST


def find(kind: str, asked: str, standing: Standing, *, size: int, page: int = 1) -> Found:
    """Return the hits of a kind, those first that hold the typed tones, then the newest.

    Two statements; where very many things hold the words one or two more.
    """
    asked = whole_code(asked, today().year)
    if kind == CLAUSE and (named := _named_clause(asked, standing)):
        return Found(len(named), named if page == 1 else [])
    among = _look_among(asked, standing)
    if kind in BESIDE:
        return _found_beside((kind,), asked, standing, among, size=size, page=page).get(kind, NOTHING)
    return _found(kind, asked, standing, among, size=size, page=page)


def find_all(asked: str, standing: Standing, *, size: int) -> Mapping[str, Found]:
    """Return the first hits of each kind: one statement to ask which have the words, one for each of those that do.

    What stands beside papers and tasks takes one for all its kinds. Words that very many things hold take one or two
    more. A clause that is named by its paper and address (one more statement) comes before all others.
    """
    asked = whole_code(asked, today().year)
    among = _look_among(asked, standing)
    known = {kind for kind, times in among.times.items() if times}
    beside = tuple(kind for kind in BESIDE if kind in known)
    found = _found_beside(beside, asked, standing, among, size=size) if beside else {}
    for kind in known - found.keys() - set(BESIDE):
        found[kind] = _found(kind, asked, standing, among, size=size)
    every = {kind: found.get(kind, NOTHING) for kind in KINDS}
    named = _named_clause(asked, standing)
    return {CLAUSE: Found(len(named), named)} | {**every, CLAUSE: Found(len(named), named)} if named else every


def _named_clause(asked: str, standing: Standing) -> Sequence[Row[Any]]:
    """Return the clause that is named by symbol and address, tones or not; of papers of the same number all."""
    named = clause_named(asked)
    if named is None:
        return []
    symbol, address = named
    query, model = _clauses()
    number = symbol.partition("/")[0]
    rows = fetch(
        query.where(
            model.authority_id == AUTHORITY,
            Notice.symbol.startswith(f"{number}/", autoescape=True),
            func.lower(model.address) == address.lower(),
        ).order_by(model.id.desc()),
        _values(asked, standing, 0, 1),
    )
    return [row for row in rows if fold(row.symbol or "") == fold(symbol)]


def _found(  # noqa: PLR0913 -- what is looked for, for whom, among which, and which part of it
    kind: str, asked: str, standing: Standing, among: Among, *, size: int, page: int = 1
) -> Found:
    values = _values(asked, standing, size, page)
    if among.few is None:
        values["words"] = PHRASES.join([mark_of_kind(kind), phrases_of(asked)])
    else:
        values["ids"] = among.few.get(kind, [])
    rows = fetch(_statement(kind, bool(values["toned"]), among.shape), values).all()
    return Found(rows[0].total, rows, among.times.get(kind, 0) > NEWEST) if rows else NOTHING


def _found_beside(  # noqa: PLR0913 -- the same for several kinds
    kinds: tuple[str, ...],
    asked: str,
    standing: Standing,
    among: Among,
    *,
    size: int,
    page: int = 1,
) -> dict[str, Found]:
    """Return the hits of the kinds that are shown alike, one statement for all of them."""
    values = _values(asked, standing, size, page) | {"day": today()}
    for kind in kinds:
        if among.few is None:
            values[f"words_{kind}"] = PHRASES.join([mark_of_kind(kind), phrases_of(asked)])
        else:
            values[f"ids_{kind}"] = among.few.get(kind, [])
    found: dict[str, list[Row[Any]]] = {}
    for row in fetch(statement_beside(Shape(kinds, bool(values["toned"]), among.shape)), values):
        found.setdefault(row.kind, []).append(row)
    # An engine need not keep the order of the parts that stand one below the other.
    by_rank = {kind: sorted(rows, key=lambda row: (-row.first, -row.id)) for kind, rows in found.items()}
    return {kind: Found(rows[0].total, rows, among.times.get(kind, 0) > NEWEST) for kind, rows in by_rank.items()}


def _values(asked: str, standing: Standing, size: int, page: int) -> dict[str, Any]:
    return {
        "toned": toned_phrases_of(asked),
        "code": asked.strip().upper(),
        "authority": standing.authority_id,
        "committees": list(standing.committees),
        "units": list(standing.seen_units),
        "own_units": list(standing.units),
        "people": list(standing.people),
        "me": standing.person_id,
        "newest": NEWEST,
        "size": size,
        "skip": size * (page - 1),
    }


def _few_hits(asked: str, standing: Standing) -> Mapping[str, Sequence[int]] | None:
    """Return the ids of all things that hold the words, by kind, whoever may see them; None where they are many.

    The index gives rare words at once, and only what it gave is then looked at; asked for a kind beside the words it
    would walk through all that there is of the kind.
    """
    rows = fetch(_HITS, {"words": phrases_of(asked), "authority": standing.authority_id, "most": FEW + 1}).all()
    if len(rows) > FEW:
        return None
    found: dict[str, list[int]] = {}
    for kind, item_id in rows:
        found.setdefault(kind, []).append(item_id)
    return found


def _look_among(asked: str, standing: Standing) -> Among:
    """Return the few things that hold what was typed, else that only the newest of each kind are looked at."""
    few = _few_hits(asked, standing)
    if few is not None:
        return Among(few, {kind: len(ids) for kind, ids in few.items()})
    words = phrases_of(asked)
    times = _times(words, begun=False)
    if sum(times.values()) > FEW:
        return Among(None, times)
    return Among(None, _times(words, begun=True), begun=True)


def _times(words: str, *, begun: bool) -> dict[str, int]:
    marked = {f"words_{kind}": PHRASES.join([mark_of_kind(kind), words]) for kind in KINDS}
    return dict(zip(KINDS, fetch(_held(begun), marked | {"most": NEWEST + 1}).one(), strict=True))


@cache
def _held(begun: bool) -> Select[*tuple[Any, ...]]:  # noqa: FBT001 -- the shapes of a statement
    """Return the statement that tells how often each kind has the words, whoever asks."""
    of_shape = HeldTimesBegun if begun else HeldTimes
    return select(*(of_shape(bindparam(f"words_{kind}"), bindparam("most")).label(kind) for kind in KINDS))


@lru_cache(maxsize=64)
def _statement(kind: str, toned: bool, shape: str) -> Select[*tuple[Any, ...]]:  # noqa: FBT001 -- the shapes of a statement
    made: tuple[Select[*tuple[Any, ...]], Any] = _OF_KIND[kind]()
    query, model = made
    code = case((Task.code == bindparam("code"), 1), else_=0) if kind == TASK else literal_column("0")
    first = first_words(shape, bindparam("words"), toned=toned)
    few = shape == FEW_HITS
    held = model.id.in_(bindparam("ids", expanding=True)) if few else newest(shape, bindparam("words"), toned=toned)
    inner = query
    if toned or not few:
        entry = and_(SearchEntry.kind == literal_column(f"'{kind}'"), SearchEntry.item_id == model.id)
        inner = query.join(SearchEntry, entry)
    inner = inner.where(model.authority_id == AUTHORITY, held)
    order = [desc(code)] * (kind == TASK) + [desc(first)] * toned + [model.id.desc()]
    if few:
        return _paged(inner.add_columns(func.count().over().label("total")), order)
    # Counting takes the whole of each row along: only the page's rows are read whole.
    counted = inner.with_only_columns(
        model.id.label("found_id"), code.label("code"), first.label("first"), func.count().over().label("total")
    )
    page = _paged(counted, order).subquery("page")
    rows = query.join(page, page.c.found_id == model.id).add_columns(page.c.total)
    return rows.order_by(page.c.code.desc(), page.c.first.desc(), model.id.desc())


def _paged(query: Select[*tuple[Any, ...]], order: Sequence[ColumnElement[Any]]) -> Select[*tuple[Any, ...]]:
    return query.order_by(*order).limit(bindparam("size")).offset(bindparam("skip"))


def _tasks() -> tuple[Select[*tuple[Any, ...]], type[Task]]:
    query = (
        select(
            Task.id, Task.code, Task.title, Task.detail, Task.deliverable, Task.state, Task.current_due,
            Task.reported_on, Unit.name.label("unit"),
        )
        .select_from(Task)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(visible_task())
    )  # fmt: skip
    return query, Task


def _clauses() -> tuple[Select[*tuple[Any, ...]], type[Conclusion]]:
    query = (
        select(
            Conclusion.id, Conclusion.notice_id, Conclusion.address, Conclusion.text, Notice.symbol, Notice.subject,
            Notice.issued_on,
        )
        .select_from(Conclusion)
        .join(Notice, Notice.id == Conclusion.notice_id)
        .where(Conclusion.state != conclusion.DROPPED, visible_notice())
    )  # fmt: skip
    return query, Conclusion


def _notices() -> tuple[Select[*tuple[Any, ...]], type[Notice]]:
    query = (
        select(
            Notice.id, Notice.symbol, Notice.subject, Notice.issued_on, Notice.state,
            Committee.short_name.label("committee"),
        )
        .select_from(Notice)
        .join(Committee, Committee.id == Notice.committee_id)
        .where(visible_notice())
    )  # fmt: skip
    return query, Notice


def _minutes() -> tuple[Select[*tuple[Any, ...]], type[Minutes]]:
    query = (
        select(
            Minutes.id, Minutes.meeting_id, Minutes.text, Minutes.state, Meeting.title, Meeting.starts_at,
            Committee.short_name.label("committee"),
        )
        .select_from(Minutes)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .join(Committee, Committee.id == Meeting.committee_id)
        .where(visible_minutes())
    )  # fmt: skip
    return query, Minutes


def _proposals() -> tuple[Select[*tuple[Any, ...]], type[Proposal]]:
    query = (
        select(
            Proposal.id, Proposal.title, Proposal.symbol, Proposal.state, Proposal.necessity, Proposal.grounds,
            Proposal.content, Proposal.effectiveness, Unit.name.label("unit"),
        )
        .select_from(Proposal)
        .join(Unit, Unit.id == Proposal.unit_id)
        .where(visible_proposal())
    )  # fmt: skip
    return query, Proposal


def _files() -> tuple[Select[*tuple[Any, ...]], type[Attachment]]:
    """Select attached files of whatever the person may open; where the file hangs is named beside it."""
    hangs_on = case(
        (Attachment.subject == TASK_TABLE.name, Task.title),
        (Attachment.subject == NOTICE_TABLE.name, Notice.subject),
        (Attachment.subject == MINUTES_TABLE.name, Meeting.title),
        else_=Proposal.title,
    )
    ways = (
        and_(Attachment.subject == TASK_TABLE.name, visible_task()),
        and_(Attachment.subject == NOTICE_TABLE.name, visible_notice()),
        and_(Attachment.subject == MINUTES_TABLE.name, visible_minutes()),
        and_(Attachment.subject == PROPOSAL_TABLE.name, visible_proposal()),
    )
    query = (
        select(
            Attachment.id, Attachment.subject, Attachment.subject_id, Attachment.at, StoredFile.name,
            hangs_on.label("title"), Minutes.meeting_id,
        )
        .select_from(Attachment)
        .join(StoredFile, StoredFile.id == Attachment.file_id)
        .outerjoin(Task, _hangs_on(Task, TASK_TABLE.name))
        .outerjoin(Notice, _hangs_on(Notice, NOTICE_TABLE.name))
        .outerjoin(Minutes, _hangs_on(Minutes, MINUTES_TABLE.name))
        .outerjoin(Meeting, Meeting.id == Minutes.meeting_id)
        .outerjoin(Proposal, _hangs_on(Proposal, PROPOSAL_TABLE.name))
        .where(or_(*ways))
    )  # fmt: skip
    return query, Attachment


def _hangs_on(model: Any, subject: str) -> ColumnElement[bool]:  # noqa: ANN401 -- any model that files hang on
    return and_(Attachment.subject == subject, Attachment.subject_id == model.id)


_OF_KIND: Mapping[str, Any] = {
    TASK: _tasks,
    CLAUSE: _clauses,
    NOTICE: _notices,
    MINUTES: _minutes,
    PROPOSAL: _proposals,
    FILE: _files,
}
