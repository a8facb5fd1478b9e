"""What search finds: the words of each thing, kept by the flush that writes the thing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ForeignKey, UniqueConstraint, delete, event, insert, inspect, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, table_of
from app.models.agenda_proposal import AgendaProposal
from app.models.file import Attachment, StoredFile
from app.models.meeting import Directive, Minutes
from app.models.notice import Conclusion, Notice
from app.models.people import Person
from app.models.proposal import Proposal
from app.models.shared_out import Comment
from app.models.task import Progress, Task
from app.search_words import toned_words_of, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

TASK, CLAUSE, NOTICE, MINUTES, PROPOSAL, FILE = "task", "clause", "notice", "minutes", "proposal", "file"
PROGRESS, COMMENT, PERSON, AGENDA, DIRECTIVE = "progress", "comment", "person", "agenda", "directive"


class SearchEntry(Base):
    """The words of one thing. `words`: without tones, after the mark of its kind; `toned`: keys of the toned ones.

    Each engine's index lies over both (migration 0019). An entry whose thing is gone is never shown: hits are joined
    to the things themselves, which alone say who may see them.
    """

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("kind", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"))
    kind: Mapped[str]
    item_id: Mapped[int]
    words: Mapped[str]
    toned: Mapped[str]


class Source(NamedTuple):
    """A kind of thing that is found, and the columns whose words find it."""

    kind: str
    columns: Sequence[str]


SOURCES: Mapping[type[Base], Source] = {
    Task: Source(TASK, ("code", "title", "detail", "deliverable")),
    Conclusion: Source(CLAUSE, ("text",)),
    Notice: Source(NOTICE, ("symbol", "subject")),
    Minutes: Source(MINUTES, ("text",)),
    Proposal: Source(PROPOSAL, ("symbol", "title", "necessity", "grounds", "content", "effectiveness")),
    Attachment: Source(FILE, ("file_id",)),
    Progress: Source(PROGRESS, ("note",)),
    Comment: Source(COMMENT, ("text",)),
    Person: Source(PERSON, ("full_name",)),
    AgendaProposal: Source(AGENDA, ("title", "reason", "presenter")),
    Directive: Source(DIRECTIVE, ("symbol", "subject", "issuer")),
}
_ENTRY = table_of(SearchEntry)
_ADD = insert(_ENTRY).inline()


def mark_of_kind(kind: str) -> str:
    """Return the word that stands before the words of a kind, so that an index looks at this kind alone."""
    return f"zz{kind}"


def entry_values(kind: str, texts: Sequence[str | None]) -> dict[str, str]:
    """Return what an entry keeps of a thing's texts."""
    text = " \n ".join(part for part in texts if part)
    return {"words": f"{mark_of_kind(kind)} {words_of(text)}".rstrip(), "toned": toned_words_of(text)}


def _values(connection: Connection, item: Any) -> dict[str, str]:  # noqa: ANN401 -- any of SOURCES
    source = SOURCES[type(item)]
    if source.kind == FILE:
        name = connection.scalar(select(StoredFile.name).where(StoredFile.id == item.file_id))
        return entry_values(FILE, [name])
    return entry_values(source.kind, [getattr(item, column) for column in source.columns])


def _learn(_mapper: object, connection: Connection, item: Any) -> None:  # noqa: ANN401 -- any of SOURCES
    values = {"authority_id": item.authority_id, "kind": SOURCES[type(item)].kind, "item_id": item.id}
    connection.execute(_ADD, {**values, **_values(connection, item)})


def _relearn(mapper: object, connection: Connection, item: Any) -> None:  # noqa: ANN401 -- any of SOURCES
    source = SOURCES[type(item)]
    changed: Mapping[str, object] = inspect(item).committed_state
    if changed.keys().isdisjoint(source.columns):
        return
    known = update(_ENTRY).where(_ENTRY.c.kind == source.kind, _ENTRY.c.item_id == item.id)
    if not connection.execute(known.values(**_values(connection, item))).rowcount:
        _learn(mapper, connection, item)


def _forget(_mapper: object, connection: Connection, item: Any) -> None:  # noqa: ANN401 -- any of SOURCES
    kind = SOURCES[type(item)].kind
    connection.execute(delete(_ENTRY).where(_ENTRY.c.kind == kind, _ENTRY.c.item_id == item.id))


for _model in SOURCES:
    event.listen(_model, "after_insert", _learn)
    event.listen(_model, "after_update", _relearn)
    event.listen(_model, "after_delete", _forget)
