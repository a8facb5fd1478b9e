"""Moves made together write, row for row, what the same moves write one by one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app import access
from app.clock import today
from app.db import engine, mark_writing, session, table_of
from app.models import (
    CoordinatingPart,
    Directive,
    Event,
    Notification,
    Person,
    SearchEntry,
    Task,
    TaskSpan,
    TrackerImport,
    TrackerRow,
)
from app.queries.standing import standing_of
from app.services import tracker_import, tracker_undo
from app.services.verification import broken_chains, broken_spans
from tests.factories import browser, post
from tests.tracker.sheets import read_in, upload

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest
    from flask import Flask

    from tests.factories import House

PAPER = "TB số 12/TB-BCĐ ngày 05/3/2026"
COUNT = 8
WRITTEN = (Task, CoordinatingPart, Event, TaskSpan, Notification, SearchEntry, Directive, TrackerRow)
HEAD = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Tình trạng", "Ngày hoàn thành", "Văn bản giao"]
ROWS = [
    [1, "Rà soát máy tính xách tay", "P. VHXH", "Công an phường", "30/11/2026", "Đang làm", "", PAPER],
    [2, "Lắp đặt mạng nội bộ", "P. VHXH", "", "30/6/2026", "Đã hoàn thành", "20/6/2026", ""],
    [3, "Số hóa hồ sơ đất đai", "Chủ trì: P. VHXH, P. KTHTĐT", "Trạm Y tế", "Thường xuyên", "", "", ""],
    [4, "Kiểm tra an toàn thông tin", "Công an phường", "Văn phòng, P. VHXH", "30/11/2026", "", "", PAPER],
    [5, "Tập huấn kỹ năng số", "Trạm Y tế", "Công an phường", "30/6/2026", "Đã hoàn thành", "12/7/2026", PAPER],
    [6, "Mua sắm thiết bị họp", "Văn phòng", "", "30/11/2026", "", "", ""],
    [7, "Thay thế máy chủ", "Trung tâm PVHCC", "Công an phường", "hằng tháng", "", "", ""],
]  # fmt: skip


def rows_written(import_id: int, secretary: int, *, undone: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """Import, return all rows of the tables that an import writes, and leave nothing of it."""
    mark_writing()
    if engine().dialect.name == "postgresql":
        for model in WRITTEN:
            table = table_of(model)
            last = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
            session.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last, False)))  # noqa: FBT003 -- the engine's own function
    person = session.get_one(Person, secretary)
    made = session.get_one(TrackerImport, import_id)
    actor = access.Actor(person, standing_of(person, today()))
    tracker_import.import_rows(made, actor)
    if undone:
        tracker_undo.undo_import(made, actor)
    session.flush()
    found = {}
    for model in WRITTEN:
        table = table_of(model)
        found[table.name] = [tuple(row) for row in session.execute(select(table).order_by(table.c.id))]
    session.rollback()
    session.remove()
    return found


@contextmanager
def apart(_tasks: list[int], _logged: object = None) -> Iterator[None]:
    """Stand for a batch that keeps nothing back."""
    yield


def test_together_writes_what_single_moves_write(app: Flask, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, *ROWS])
    assert "Cần sửa" not in read_in(desk, made)
    monkeypatch.setattr(tracker_import, "_TOGETHER", 3)
    secretary = house.people["secretary"].id
    monkeypatch.setattr(tracker_undo, "_TOGETHER", 3)
    with app.app_context():
        together, taken_out = rows_written(made, secretary), rows_written(made, secretary, undone=True)
    for service in (tracker_import, tracker_undo):
        monkeypatch.setattr(service, "batch", apart)
    with app.app_context():
        single, single_out = rows_written(made, secretary), rows_written(made, secretary, undone=True)
    assert len(together["task"]) == COUNT
    assert together["notification"]
    assert not taken_out["notification"]
    for name, rows in single.items():
        assert together[name] == rows, name
        assert taken_out[name] == single_out[name], name


def test_the_chains_written_together_hold(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, [HEAD, *ROWS])
    read_in(desk, made)
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        assert not [*broken_chains(), *broken_spans()]
        assert session.scalars(select(Event.seq).where(Event.subject == "task")).all() == [1] * COUNT
    post(desk, f"/trackers/{made}/undo")
    with app.app_context():
        assert not [*broken_chains(), *broken_spans()]
        assert sorted(session.scalars(select(Event.seq).where(Event.subject == "task"))) == [1] * COUNT + [2] * COUNT
