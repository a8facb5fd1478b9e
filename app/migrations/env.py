"""Alembic's environment: runs on a connection that `app.migrations_runner` hands over."""

from __future__ import annotations

from alembic import context

import app.models  # noqa: F401 -- registers the tables
from app.db import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    # The search indexes of each engine are no part of a model.
    include_name=lambda name, _kind, _parents: not str(name).startswith(("task_fts", "search_fts")),
)
with context.begin_transaction():
    context.run_migrations()
