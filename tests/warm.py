"""What the tests of one process hand on to the next, because it holds nothing of theirs: the wording of SQL.

Every test has an engine of its own, and an engine words each statement anew when it first meets it, and asks the
server first who it is: together that took a third of the whole run. Here all engines of a kind share both, as all
requests of one server do. Nor does a test wait for the disk: no machine loses its power between two tests. And
passwords are hashed and checked cheaply: tests/auth/test_password_cost.py looks at what the product takes for it.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

from argon2 import PasswordHasher

from app import db
from app.services import logins

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from sqlalchemy import Engine

STATEMENTS = 5000
"""How many statements are kept worded, of each kind of database: more than the product has."""
RARELY = (50_000, 20, 100)
"""A test makes much that lives for a moment; looking for it less often spares a tenth of the whole run."""

PRODUCT = (logins._hasher, logins._NOBODY)  # noqa: SLF001 -- kept for the test that looks at it
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def pytest_configure(config: pytest.Config) -> None:
    """Let every engine that the product makes from now on share what can be shared."""
    product: Any = db
    product.create_engine = sharing(product.create_engine)
    product._prepare_sqlite = hurrying(product._prepare_sqlite)  # noqa: SLF001 -- every connection to SQLite goes through it
    gate: Any = logins
    gate._hasher, gate._NOBODY = CHEAP, CHEAP.hash("nobody knows")  # noqa: SLF001 -- a fifth of a second each time


def pytest_collection_finish(session: pytest.Session) -> None:
    """Tell the collector of garbage that modules and tests stay: it need not walk through them after each test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)


def sharing(make: Callable[..., Engine]) -> Callable[..., Engine]:
    """Return a maker of engines that take over the dialect and the wordings of the first one of their kind."""
    first: dict[str, Any] = {}

    def made(url: str, **options: Any) -> Engine:  # noqa: ANN401 -- whatever create_engine takes
        engine: Any = make(url, query_cache_size=STATEMENTS, **options)
        known = first.setdefault(engine.dialect.name, engine)
        if known is not engine and known.dialect.server_version_info is None:
            first[engine.dialect.name] = engine  # nobody ever reached the first one's database
        elif known is not engine:
            engine.dialect.initialize = nothing_to_ask
            engine.dialect = known.dialect
            engine._compiled_cache = known._compiled_cache  # noqa: SLF001 -- the way through each connection costs more
        return engine  # type: ignore[no-any-return]  # Any only to reach into it

    return made


def nothing_to_ask(_connection: object) -> None:
    """Stand in for the questions to a server whose answers are known."""


def hurrying(prepare: Callable[[Any, object], None]) -> Callable[[Any, object], None]:
    """Return what prepares a connection to SQLite as the product does, except that it never waits for the disk."""

    def prepared(connection: Any, record: object) -> None:  # noqa: ANN401 -- the driver's own object
        prepare(connection, record)
        connection.execute("PRAGMA synchronous=OFF")

    return prepared
