"""The words by which things are found, compared with the things themselves, and written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from app.db import session, table_of
from app.models import Attachment, SearchEntry, StoredFile
from app.models.search_entry import SOURCES, entry_values

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

BATCH = 1000


def _entries() -> Iterator[list[dict[str, Any]]]:
    """Yield the entries of all things there are, as they must be, some at a time."""
    for model, source in SOURCES.items():
        table, last = table_of(model), 0
        query = select(table.c.id, table.c.authority_id, *(table.c[column] for column in source.columns))
        if model is Attachment:
            file = table_of(StoredFile)
            query = select(table.c.id, table.c.authority_id, file.c.name).join(file, file.c.id == table.c.file_id)
        while rows := session.execute(query.where(table.c.id > last).order_by(table.c.id).limit(BATCH)).all():
            yield [
                {
                    "authority_id": authority_id,
                    "kind": source.kind,
                    "item_id": item_id,
                    **entry_values(source.kind, texts),
                }
                for item_id, authority_id, *texts in rows
            ]
            last = rows[-1].id


def rebuild_entries() -> int:
    """Write all entries anew, and return how many there are. Nobody should write meanwhile."""
    table, count = table_of(SearchEntry), 0
    session.execute(delete(table))
    for entries in _entries():
        session.execute(insert(table), entries)
        count += len(entries)
    return count


def entries_amiss() -> Iterator[str]:
    """Name each thing that is not found by its words, or by words it no longer has."""
    query = select(table_of(SearchEntry)).execution_options(yield_per=BATCH)
    known = {(row.kind, row.item_id): hash((row.words, row.toned)) for row in session.execute(query)}
    for entries in _entries():
        for entry in entries:
            held = known.pop((entry["kind"], entry["item_id"]), None)
            if held != hash((entry["words"], entry["toned"])):
                yield f"chỉ mục tìm kiếm sai (search entry is wrong): {entry['kind']} {entry['item_id']}"
    for kind, item_id in known:
        yield f"chỉ mục của mục không còn (search entry of a thing that is gone): {kind} {item_id}"
