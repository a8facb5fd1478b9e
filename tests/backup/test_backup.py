"""Backup, restore and verify: what was there is there again, and what was touched is named."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, update

from app.clock import now, today
from app.db import session, transaction
from app.errors import DomainError
from app.factory import create_app
from app.models import Event, StoredFile, Task, TaskSpan
from app.services.backups import restore_backup, write_backup
from app.services.files import path_of
from app.services.seals import seal_day
from app.services.verification import CHECKS, broken_chains, broken_files, broken_seals, broken_spans
from tests.factories import assign_task, browser, found_authority, take

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from config import Settings

PNG = b"\x89PNG\r\n\x1a\n" + b"1" * 64


@pytest.fixture
def working(app: Flask) -> Flask:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2027, 9, 30))
    unit = browser(app, house.people["head_vhxh"])
    take(unit, "task", task_id, "accept")
    take(unit, "task", task_id, "progress", {"note": "Đã kiểm kê", "evidence": (BytesIO(PNG), "anh.png")})
    return app


def test_an_untouched_house_is_in_order(working: Flask) -> None:
    with working.app_context():
        assert [line for _name, check in CHECKS for line in check()] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_backup_made_while_others_write_is_restored_whole(working: Flask, settings: Settings, tmp_path: Path) -> None:
    writing, stop = threading.Event(), threading.Event()

    def write() -> None:
        while not stop.is_set():
            with working.app_context(), transaction():
                session.query(Task).one().detail += "x"
            writing.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert writing.wait(10)
        kept = write_backup(settings, tmp_path / "a.zip")
    finally:
        stop.set()
        writer.join()
    assert kept.files == 1
    elsewhere = replace(settings, var_dir=tmp_path / "new", database_url=f"sqlite:///{tmp_path / 'new' / 'd.sqlite3'}")
    restore_backup(elsewhere, tmp_path / "a.zip")
    with create_app(elsewhere).app_context():
        assert [line for _name, check in CHECKS for line in check()] == []
        assert path_of(session.query(StoredFile).one().sha256).read_bytes() == PNG
    with pytest.raises(DomainError, match="--force"):
        restore_backup(elsewhere, tmp_path / "a.zip")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_damaged_backup_changes_nothing(working: Flask, settings: Settings, tmp_path: Path) -> None:
    write_backup(settings, tmp_path / "a.zip")
    content = bytearray((tmp_path / "a.zip").read_bytes())
    content[len(content) // 2] ^= 0xFF
    (tmp_path / "b.zip").write_bytes(content)
    elsewhere = replace(settings, var_dir=tmp_path / "new", database_url=f"sqlite:///{tmp_path / 'new' / 'd.sqlite3'}")
    with pytest.raises(DomainError, match="hỏng"):
        restore_backup(elsewhere, tmp_path / "b.zip")
    assert not (tmp_path / "new" / "d.sqlite3").exists()


def test_a_changed_a_missing_and_a_cut_event_are_named(working: Flask) -> None:
    with working.app_context(), transaction():
        event = session.query(Event).filter_by(subject="task", event="accept").one()
        session.execute(update(Event).where(Event.id == event.id).values(reason="sửa sau"))
    with working.app_context():
        assert any(f"id {event.id}" in line and "changed" in line for line in [*broken_chains()])
    with working.app_context(), transaction():
        session.execute(delete(Event).where(Event.id == event.id))
    with working.app_context():
        assert any("missing event" in line and f"#{event.seq}" in line for line in [*broken_chains()])


def test_a_cut_tail_breaks_the_seal(working: Flask) -> None:
    with working.app_context(), transaction():
        authority_id = session.query(Task).one().authority_id
        assert seal_day(authority_id, today(), now())
    with working.app_context():
        assert list(broken_seals()) == []
        last = session.query(Event).filter_by(subject="task").order_by(Event.seq.desc()).first()
        assert last
        last_id = last.id
    with working.app_context(), transaction():
        session.execute(delete(Event).where(Event.id == last_id))
    with working.app_context():
        assert len(list(broken_seals())) == 1


def test_a_touched_ledger_and_a_lost_file_are_named(working: Flask) -> None:
    with working.app_context(), transaction():
        session.execute(update(TaskSpan).where(TaskSpan.ended_at.is_(None)).values(state="completed"))
        path_of(session.query(StoredFile).one().sha256).unlink()
    with working.app_context():
        assert any("differ" in line for line in [*broken_spans()])
        assert any("anh.png" in line for line in [*broken_files()])
