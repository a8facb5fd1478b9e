"""Counting the SQL statements that a page issues."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import event

from app import db
from app.queries.stamps import forget_kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

BAR = 12
"""No page issues more, whatever its rows."""


@contextmanager
def counting(app: Flask, *, keeping: bool = False) -> Iterator[list[str]]:
    """Collect the statements sent to the database inside; the beginning of a transaction is none.

    What was kept of earlier pages is forgotten first, so that the dearest case is counted; `keeping` leaves it.
    """
    if not keeping:
        forget_kept()
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            found.append(statement)

    with app.app_context():
        engine = db.engine()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
