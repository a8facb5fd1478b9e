"""Writes one moved row under its version: what a flush does for it, without working out what else there might be."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, inspect, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from app.db import STAMPS, session, table_of
from app.models.search_entry import SOURCES

if TYPE_CHECKING:
    from sqlalchemy import Table, Update
    from sqlalchemy.orm import InstanceState


def write_swapped(item: Any) -> None:  # noqa: ANN401 -- any model with a version
    """Write what was changed of an item, and with it all else that was changed.

    :raises StaleDataError: somebody else has written the item since it was read.
    """
    current, state = session(), inspect(item)
    # A column that is written as it was costs its indexes all the same.
    names = frozenset(name for name, was in state.committed_state.items() if was != getattr(item, name))
    if current.new or current.deleted or any(other is not item for other in current.dirty) or _needs_more(state, names):
        current.flush()
        return
    version = item.version
    values = {f"new_{name}": getattr(item, name) for name in names}
    swapped = current.connection().execute(
        _swap(table_of(type(item)), names), {**values, "new_version": version + 1, "row": item.id, "seen": version}
    )
    if swapped.rowcount != 1:
        raise StaleDataError
    current.info.pop(STAMPS, None)
    set_committed_value(item, "version", version + 1)
    # The end of SQLAlchemy's own flush: the item is as the database has it, and a rollback forgets it.
    current._register_persistent({state})  # noqa: SLF001 -- there is no public way to say so


def _needs_more(state: InstanceState[Any], names: frozenset[str]) -> bool:
    """Tell whether the change is more than columns of the row: related rows, or what search finds it by."""
    source = SOURCES.get(state.class_)
    columns = _columns(table_of(state.class_))
    return not state.persistent or not names <= columns or bool(source and names & {*source.columns})


@cache
def _columns(table: Table) -> frozenset[str]:
    return frozenset(column.name for column in table.c) - {"id", "version"}


@cache
def _swap(table: Table, names: frozenset[str]) -> Update:
    values: dict[str, Any] = {
        name: bindparam(f"new_{name}", type_=table.c[name].type) for name in (*sorted(names), "version")
    }
    return update(table).where(table.c.id == bindparam("row"), table.c.version == bindparam("seen")).values(values)
