"""Fills a migrated, empty database of ours with the data set of the measurements."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from app.bench.bulk import insert_rows, settle
from app.bench.loading import loading
from app.bench.own_house import CLAUSES, Papers, house
from app.bench.own_tasks import Writer
from app.bench.own_words import Entries
from app.bench.sample import samples
from app.db import Base
from app.jobs.nightly import SAMPLE
from app.models import Conclusion, Notice, NumberSeries, Person, Progress, SearchEntry, Task, TaskSeries
from app.services.kept_counts import recount
from workflows.vietnam_holidays import OFFICIAL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy import Engine

    from app.bench.own_house import Rows
    from app.bench.sample import Sample

CHUNK = CLAUSES * 100
MOVABLE = 5_000


def fill(engine: Engine, count: int, today: date) -> dict[str, Any]:
    """Write `count` tasks and return what a right answer must say: the overdue, and tasks that can be sent back."""
    writer, papers, entries = Writer(today, OFFICIAL), Papers(), Entries()
    rest = samples(count, today)
    with loading(engine) as connection:
        founded = house(today)
        founded[SearchEntry] = entries.of_people(founded[Person])
        _write(connection, founded)
        for chunk in _chunks(rest):
            rows: Rows = {}
            for at in range(0, len(chunk), CLAUSES):
                for model, made in papers.notice(chunk[at : at + CLAUSES]).items():
                    rows.setdefault(model, []).extend(made)
            for sample in chunk:
                writer.write(sample, rows)
            rows[SearchEntry] = entries.of(rows[Task], rows[Conclusion], rows[Notice])
            rows[SearchEntry] += entries.of_progress(rows.get(Progress, ()))
            _write(connection, rows)
        _write(connection, _counters(writer, papers))
        settle(connection, Base.metadata.sorted_tables)
    with engine.begin() as connection:
        recount(connection)  # the triggers that keep the counts slept while rows were loaded
    gather_statistics(engine)
    return {"overdue": writer.overdue, "movable": writer.reported[:MOVABLE]}


def gather_statistics(engine: Engine) -> None:
    """Do what the product's nightly job does; our engine opens transactions of its own on SQLite, to be committed."""
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA analysis_limit={SAMPLE}")
            connection.exec_driver_sql("ANALYZE")
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _chunks(rest: Iterator[Sample]) -> Iterator[list[Sample]]:
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _write(connection: Any, rows: Rows) -> None:  # noqa: ANN401 -- SQLAlchemy's connection
    """Write rows table by table, what is referred to first."""
    made = {model.__table__: found for model, found in rows.items()}
    for table in Base.metadata.sorted_tables:
        if table in made:
            insert_rows(connection, table, made[table])


def _counters(writer: Writer, papers: Papers) -> Rows:
    """Set the counters of codes and numbers behind what was given."""
    series = {"authority_id": 1, "committee_id": 1, "doc_type": "TB"}
    return {
        TaskSeries: [
            {"id": n, "authority_id": 1, "year": year, "next_number": last + 1}
            for n, (year, last) in enumerate(sorted(writer.codes.items()), 1)
        ],
        NumberSeries: [
            {"id": n, **series, "scope": str(year), "next_number": last + 1}
            for n, (year, last) in enumerate(sorted(papers.numbers.items()), 1)
        ],
    }
