"""`run.py bench --quick` from the command line to its figures, once on each engine."""

from __future__ import annotations

import json
import sqlite3
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import make_url

from app import cli
from app.bench import own_data, space, stores
from app.bench.measuring import Measured
from app.bench.operations import OPERATIONS
from app.bench.table import misses
from app.clock import today
from app.commands import bench
from app.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Engine

TASKS = 1_600
SHOWN = {"list", "task", "search", "everywhere", "chair", "units", "board", "desk", "unit", "month", "months"}


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """Name an engine; what the command keeps for its next run goes with the test."""
    monkeypatch.setenv("DONDOC_VAR", str(tmp_path))
    if request.param == "postgresql":
        monkeypatch.setenv(stores.GIVEN, request.getfixturevalue("postgres_server"))
    yield request.param
    if request.param == "postgresql":
        server = stores.PostgresServer(stores.postgres_url())
        for side in stores.SIDES:
            for size in (TASKS, 200, 300):
                server.drop(server.url(stores.key_of(side, size, today())))


@pytest.mark.slow
def test_a_small_dose_measures_everything(engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "figures.json"
    asked = ["bench", "--quick", "--engine", engine, "--tasks", str(TASKS), "--cells", "1", "--json", str(kept)]
    assert cli.start(asked) == 0
    printed = capsys.readouterr().out
    *shown, last = printed.strip().split("\n")
    figures = json.loads(last)
    assert figures == json.loads(kept.read_text("utf-8"))
    assert {row["operation"] for row in figures["rows"]} == {each.name for each in OPERATIONS}
    for row in figures["rows"]:
        assert row["engine"] == engine
        assert row["wrong"] == 0
        assert row["ratio"] == pytest.approx(row["own_ms"] / row["floor_ms"], abs=0.01)
        assert f"{row['ratio']:.2f}" in printed
    assert {row["operation"] for row in figures["crowds"]} == {each.name for each in OPERATIONS}
    for row in figures["crowds"]:
        assert row["wrong"] == 0
        assert row["ratio"] == pytest.approx(row["floor_rps"] / row["own_rps"], abs=0.01)
        assert row["tail_bar"] == pytest.approx(1.5 * row["floor_tail"], abs=0.01)
        assert row["own_tail"] >= 1
    assert {page["page"] for page in figures["pages"]} == SHOWN
    assert all(page["statements"] > 0 and page["kb_compressed"] > 1 for page in figures["pages"])
    assert {mark["name"] for mark in figures["server"]} >= {"start", "month"}
    # Each miss stands in the table, as a sentence below it, and in the JSON.
    assert [line for line in shown if line.startswith("Không đạt (missed)")] == figures["missed"]
    assert printed.count("KHÔNG ĐẠT (missed)") == sum(
        not row["met"] for row in (*figures["rows"], *figures["crowds"], *figures["pages"], *figures["server"])
    )


@pytest.mark.slow
def test_growth_measures_every_page_on_each_size(
    engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.start(["bench", "--quick", "--growth", "--engine", engine, "--sizes", "300", "200"]) == 0
    printed = capsys.readouterr().out
    figures = json.loads(printed.strip().rpartition("\n")[2])
    assert {row["page"] for row in figures["growth"]} == {*SHOWN, "move"}
    for row in figures["growth"]:
        small, large = (row["tasks"][size]["ms"] for size in ("200", "300"))
        assert row["ratio"] == pytest.approx(large / small, abs=0.01)
        assert row["met"] == (large <= 1.5 * small)
    assert printed.count("KHÔNG ĐẠT (missed)") == sum(
        not row["met"] for row in (*figures["growth"], *figures["server"])
    )
    assert figures["rows"] == []


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_growth_of_both_engines_begins_with_data_that_nobody_moved(
    engine: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Large databases are measured themselves, and PostgreSQL's is copied from SQLite's file: before, not after."""
    monkeypatch.setattr(bench, "TASKS", 250)
    assert cli.start(["bench", "--quick", "--growth", "--sizes", "200", "300"]) == 0
    rows = json.loads(capsys.readouterr().out.strip().rpartition("\n")[2])["growth"]
    assert [row["engine"] for row in rows if row["page"] == "move"] == ["sqlite", engine]


def test_a_large_database_goes_after_the_run_and_its_note_first(tmp_path: Path) -> None:
    kept = stores.SQLiteFiles(tmp_path)
    with ExitStack() as leaving, stores.lent(kept, 40, today(), kept, leaving) as store:
        assert (tmp_path / store.url.rpartition("/")[2]).exists()
    assert list(tmp_path.iterdir()) == []


def test_too_little_disk_is_told_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="GB"):
        space.require(tmp_path, "sqlite", 10**12, copied=True)


def test_a_miss_alone_is_no_failure_but_a_wrong_answer_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DONDOC_VAR", str(tmp_path))
    rows = [Measured("sqlite", "list", 1.0, 9.0, 1.0, 9.0, 2.0, 24, 0)]

    def measured(*given: object) -> None:
        found = given[-1]
        assert isinstance(found, bench.Findings)
        found.rows.extend(rows)

    monkeypatch.setattr(bench, "measure_engine", measured)
    assert len(misses(rows)) == 1
    assert cli.start(["bench", "--engine", "sqlite"]) == 0
    rows[:] = [Measured("sqlite", "list", 1.0, 1.0, 1.0, 1.0, 2.0, 24, 1)]
    assert cli.start(["bench", "--engine", "sqlite"]) == 1


def test_data_are_built_once_and_copied_for_each_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    whole = own_data.fill

    def fill(engine: Engine, count: int, day: date) -> dict[str, Any]:
        built.append(count)
        return whole(engine, count, day)

    monkeypatch.setattr(own_data, "fill", fill)
    kept = stores.SQLiteFiles(tmp_path)
    urls = []
    for _ in range(2):
        with stores.filled(kept, "own", 120, today()) as store:
            urls.append(store.url)
            assert store.facts["overdue"] > 0
            with closing(sqlite3.connect(str(make_url(store.url).database))) as connection:
                # Without statistics SQLite chooses other indexes than in an installation.
                assert connection.execute("SELECT count(*) FROM sqlite_stat1").fetchone()[0] > 0
        database = make_url(store.url).database
        assert database
        assert not (tmp_path / database).exists()
    assert built == [120]
