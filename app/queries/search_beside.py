"""What a search finds beside papers and tasks: what was said of tasks, people, proposed items, documents from above.

All of these are shown alike, so that one statement asks for those of them that hold the words.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    Date,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy import union_all as one_below_the_other
from sqlalchemy.orm import aliased

from app.db import UTCDateTime
from app.models import (
    AgendaProposal,
    Comment,
    Committee,
    Directive,
    Meeting,
    Membership,
    Office,
    Person,
    Progress,
    SearchEntry,
    Task,
    Unit,
)
from app.models.search_entry import AGENDA, COMMENT, DIRECTIVE, PERSON, PROGRESS
from app.queries.kinds import SEATS
from app.queries.search_sight import AUTHORITY, visible_agenda_proposal, visible_directive, visible_task
from app.queries.search_words import FEW_HITS, first_words, newest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import InstrumentedAttribute

    Shown = ColumnElement[Any] | InstrumentedAttribute[Any]

DAY: Any = bindparam("day", type_=Date())
_NO_ID: Any = literal_column("0")
_NO_DAY, _NO_TIME = cast(null(), Date), cast(null(), UTCDateTime)
_NO_WORDS = literal("", String)


class Shape(NamedTuple):
    """What a statement looks like: which kinds, whether tones were typed, and the shape of the search."""

    kinds: tuple[str, ...]
    toned: bool
    hits: str


class Part(NamedTuple):
    """A kind's select of what all of them show, and the model it is about."""

    query: Select[*tuple[Any, ...]]
    model: Any


@lru_cache(maxsize=128)
def statement_beside(shape: Shape) -> Any:  # noqa: ANN401 -- a select or several one below the other
    """Return the statement for some kinds: rows of each in its order, `total` how many the kind has in all.

    Parameters of a kind are `ids_<kind>` where the hits are few, else `words_<kind>`; `size` and `skip` hold for each.
    """
    parts = [select(_part(kind, shape).subquery(f"of_{kind}")) for kind in shape.kinds]
    return parts[0] if len(parts) == 1 else one_below_the_other(*parts)


def _part(kind: str, shape: Shape) -> Select[*tuple[Any, ...]]:
    made: Part = _OF_KIND[kind]()
    query, model = made
    words: Any = bindparam(f"words_{kind}")
    few = shape.hits == FEW_HITS
    first = first_words(shape.hits, words, toned=shape.toned)
    if shape.toned or not few:
        same = and_(SearchEntry.kind == literal_column(f"'{kind}'"), SearchEntry.item_id == model.id)
        query = query.join(SearchEntry, same)
    held = (
        model.id.in_(bindparam(f"ids_{kind}", expanding=True)) if few else newest(shape.hits, words, toned=shape.toned)
    )
    return (
        query.add_columns(first.label("first"), func.count().over().label("total"))
        .where(model.authority_id == AUTHORITY, held)
        .order_by(*((first.desc(),) if shape.toned else ()), model.id.desc())
        .limit(bindparam("size"))
        .offset(bindparam("skip"))
    )


def _shown(  # noqa: PLR0913 -- the columns that all kinds share, named at each call
    kind: str,
    item: Shown,
    title: Shown,
    text: Shown = _NO_WORDS,
    *,
    by: Shown = _NO_WORDS,
    where: Shown = _NO_WORDS,
    home: Shown = _NO_ID,
    at: Shown = _NO_TIME,
    day: Shown = _NO_DAY,
    state: Shown = _NO_WORDS,
) -> Select[*tuple[Any, ...]]:
    """Select what is shown of a thing: by whom, where, the thing it belongs to, its instant (UTC) or local day."""
    return select(
        literal_column(f"'{kind}'").label("kind"), item.label("id"), title.label("title"), text.label("text"),
        by.label("by"), where.label("place"), home.label("home_id"), at.label("at"), day.label("day"),
        state.label("state"),
    )  # fmt: skip


def _progress() -> Part:
    query = _shown(
        PROGRESS, Progress.id, Task.title, Progress.note, by=Person.full_name, where=Task.code, home=Task.id,
        at=Progress.at,
    )  # fmt: skip
    joined = query.select_from(Progress).join(Task, Task.id == Progress.task_id)
    return Part(joined.join(Person, Person.id == Progress.person_id).where(visible_task()), Progress)


def _comments() -> Part:
    query = _shown(
        COMMENT, Comment.id, Task.title, Comment.text, by=Person.full_name, where=Task.code, home=Task.id,
        at=Comment.at,
    )  # fmt: skip
    joined = query.select_from(Comment).join(Task, Task.id == Comment.task_id)
    said = joined.join(Person, Person.id == Comment.person_id).where(visible_task(), Comment.withdrawn_at.is_(None))
    return Part(said, Comment)


def _people() -> Part:
    """Select people who are there, each with one office of today, as head first, else with a seat in a committee."""
    office, seat = aliased(Office), aliased(Membership)
    leads = case((office.kind == "head", 0), else_=1)
    first_office = select(office.id).where(office.person_id == Person.id, _holds(office)).order_by(leads, office.id)
    first_seat = select(seat.id).where(seat.person_id == Person.id, _holds(seat)).order_by(seat.rank, seat.id)
    seats = case({name: words.vi for name, words in SEATS.items()}, value=Membership.office, else_="")
    query = _shown(
        PERSON, Person.id, Person.full_name,
        by=func.coalesce(func.nullif(Office.title, ""), func.nullif(Membership.title, ""), seats, ""),
        where=func.coalesce(Unit.name, Committee.short_name, ""), home=func.coalesce(Unit.id, 0),
        state=func.coalesce(Office.kind, ""),
    )  # fmt: skip
    joined = (
        query.select_from(Person)
        .outerjoin(Office, Office.id == first_office.limit(1).scalar_subquery())
        .outerjoin(Unit, Unit.id == Office.unit_id)
        .outerjoin(Membership, and_(Office.id.is_(None), Membership.id == first_seat.limit(1).scalar_subquery()))
        .outerjoin(Committee, Committee.id == Membership.committee_id)
    )
    return Part(joined.where(Person.active), Person)


def _holds(office: Any) -> ColumnElement[bool]:  # noqa: ANN401 -- an alias of a dated office
    return and_(office.from_on <= DAY, or_(office.to_on.is_(None), office.to_on >= DAY))


def _agenda() -> Part:
    query = _shown(
        AGENDA, AgendaProposal.id, AgendaProposal.title, AgendaProposal.reason,
        by=func.coalesce(Unit.name, Person.full_name), where=Meeting.title, home=Meeting.id, at=Meeting.starts_at,
        state=AgendaProposal.state,
    )  # fmt: skip
    joined = (
        query.select_from(AgendaProposal)
        .join(Meeting, Meeting.id == AgendaProposal.meeting_id)
        .join(Person, Person.id == AgendaProposal.author_id)
        .outerjoin(Unit, Unit.id == AgendaProposal.unit_id)
    )
    return Part(joined.where(visible_agenda_proposal()), AgendaProposal)


def _directives() -> Part:
    query = _shown(
        DIRECTIVE, Directive.id, Directive.symbol, Directive.subject, by=Directive.issuer, day=Directive.issued_on
    )
    return Part(query.select_from(Directive).where(visible_directive()), Directive)


_OF_KIND: Mapping[str, Any] = {
    PROGRESS: _progress,
    COMMENT: _comments,
    PERSON: _people,
    AGENDA: _agenda,
    DIRECTIVE: _directives,
}
BESIDE = tuple(_OF_KIND)
"""The kinds that this module finds."""
