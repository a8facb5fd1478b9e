"""A secretary brings her tracker in through the screens: columns, preview, mending, import, and back again."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.clock import now, today
from app.db import session, transaction
from app.models import Directive, Event, MonthlyReport, Notification, Task, TaskSpan, TrackerImport, TrackerRow
from app.services.verification import broken_spans
from tests.factories import browser, post, take
from tests.tracker.scoring import MADE
from tests.tracker.sheets import chosen, read_in
from workflows.monthly_report import SIGNED
from workflows.task import ASSIGNED, COMPLETED, DROPPED

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House


def upload(desk: FlaskClient, house: House, name: str) -> int:
    """Upload a made tracker; return the import's id."""
    with (MADE / f"{name}.xlsx").open("rb") as file:
        answer = post(desk, "/trackers/", {"committee_id": house.committee.id, "file": (file, f"{name}.xlsx")})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    found = re.search(r"/trackers/(\d+)/columns", answer.headers["Location"])
    assert found
    return int(found[1])


def outcomes(import_id: int) -> dict[str, int]:
    query = (
        select(TrackerRow.outcome, func.count()).where(TrackerRow.import_id == import_id).group_by(TrackerRow.outcome)
    )
    return {outcome: count for outcome, count in session.execute(query)}  # noqa: C416 -- rows are no pairs for the type checker


def test_from_the_file_to_tasks_and_back(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    assert "Nhập từ Excel" in desk.get("/tasks/").get_data(as_text=True)
    made = upload(desk, house, "chuyen_doi_so")
    columns = desk.get(f"/trackers/{made}/columns").get_data(as_text=True)
    assert "Đơn vị thực hiện › Chủ trì" in columns
    assert "Phòng VHXH" in columns
    assert "(cột ẩn)" in columns
    page = read_in(desk, made)
    assert "31/6/2026" in page
    assert "lịch không có ngày" in page
    assert "Hội Người cao tuổi" in page
    with app.app_context():
        assert outcomes(made) == {"new": 6, "done": 4, "wrong": 2, "other": 7}
        wrong = {row.number: row for row in session.scalars(select(TrackerRow).where(TrackerRow.outcome == "wrong"))}
        assert {row.because[0]["kind"] for row in wrong.values()} == {"wrong"}
        by_words = {row.words: number for number, row in wrong.items()}
    tap_huan = next(number for words, number in by_words.items() if words.startswith("Tập huấn"))
    ho_so = next(number for words, number in by_words.items() if words.startswith("Lập hồ sơ"))
    said = {f"due-{tap_huan}": "30/6/2026", f"lead-{ho_so}": str(house.units["cntt"].id)}
    assert post(desk, f"/trackers/{made}/rows", said, follow=True).status_code == 200
    with app.app_context():
        assert outcomes(made).get("wrong", 0) == 0
    answer = post(desk, f"/trackers/{made}/import", follow=True)
    assert "Đã nhập 12 nhiệm vụ" in answer.get_data(as_text=True)
    assert f'action="/trackers/{made}/undo" method="post" data-progress="/trackers/{made}/progress"' in answer.text
    check_tasks(app, house)
    check_page(app, house)
    assert "vừa được nhập rồi" in post(desk, f"/trackers/{made}/import").get_data(as_text=True)
    undone = post(desk, f"/trackers/{made}/undo", follow=True).get_data(as_text=True)
    assert "12 nhiệm vụ không còn" in undone
    with app.app_context():
        assert {task.state for task in session.scalars(select(Task))} == {DROPPED}
        assert session.scalars(select(TaskSpan.state)).all() == [DROPPED] * 12
        assert not [*broken_spans()]
        assert session.scalar(select(func.count()).select_from(Notification)) == 0
    assert "Rà soát, thay thế" not in desk.get("/tasks/?status=all").get_data(as_text=True)


def check_page(app: Flask, house: House) -> None:
    """See that an imported task's page and log tell the day on which it was given."""
    with app.app_context():
        title = "Rà soát, thay thế máy tính bảng phục vụ họp không giấy"
        task_id = session.scalars(select(Task.id).where(Task.title == title)).one()
    page = browser(app, house.people["secretary"]).get(f"/tasks/{task_id}").get_data(as_text=True)
    assert "Ngày giao" in page
    assert "Nhập từ sổ theo dõi hoặc văn bản đã có; ngày giao 20/01/2026" in page


def check_tasks(app: Flask, house: House) -> None:
    """See that what was imported stands as if it had been given then, and that nobody gets mail of it."""
    with app.app_context():
        tasks = {task.title: task for task in session.scalars(select(Task))}
        assert {task.state for task in tasks.values()} == {ASSIGNED, COMPLETED}
        old = tasks["Rà soát, thay thế máy tính bảng phục vụ họp không giấy"]
        assert (old.state, old.current_due, old.reported_on) == (COMPLETED, date(2026, 6, 30), date(2026, 6, 25))
        assert old.assigned_at is not None
        assert old.assigned_at.date() == date(2026, 1, 19)  # 00:00 of 20/1 in Vietnam
        assert session.get_one(Directive, old.directive_id).symbol == "05/TB-BCĐ"
        plan = tasks["Xây dựng kế hoạch chuyển đổi số năm 2026 của phường"]
        assert plan.lead_unit_id == house.units["vp"].id
        assert {part.unit_id for part in plan.coordinating} == {house.units["vhxh"].id, house.units["tyt"].id}
        assert tasks["Báo cáo kết quả thực hiện Đề án 06"].recurrence == "monthly"
        assert tasks["Duy trì hoạt động tổ công nghệ số cộng đồng ở các khu phố"].no_due_reason == "thường xuyên"
        assert "Đã họp 02 lần" in plan.detail
        assert all(task.historic for task in tasks.values())
        assert session.scalars(select(Notification.by_mail).distinct()).all() in ([False], [])
        assert not [*broken_spans()]
        by = session.scalars(select(Event.actor_id).where(Event.subject == "task").distinct()).all()
        assert by == [house.people["secretary"].id]


def test_once_somebody_has_worked_on_a_task_the_whole_cannot_be_undone(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, "ket_luan")
    read_in(desk, made)
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        task = session.scalars(
            select(Task).where(Task.state == ASSIGNED, Task.lead_unit_id == house.units["tyt"].id)
        ).first()
        assert task is not None
    take(browser(app, house.people["head_tyt"]), "task", task.id, "accept", {"version": task.version})
    page = desk.get(f"/trackers/{made}").get_data(as_text=True)
    assert "Không hoàn tác cả lần nhập được nữa" in page
    refused = post(desk, f"/trackers/{made}/undo")
    assert refused.status_code == 422
    assert task.code in refused.get_data(as_text=True)
    with app.app_context():
        assert session.get_one(TrackerImport, made).undone_at is None


def test_what_a_signed_month_counts_cannot_be_undone(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, "ket_luan")
    read_in(desk, made)
    post(desk, f"/trackers/{made}/import")
    with app.app_context(), transaction():
        session.add(
            MonthlyReport(
                authority_id=house.authority.id, committee_id=house.committee.id, state=SIGNED, made_at=now(),
                begins_on=today() - timedelta(days=20), ends_on=today() + timedelta(days=10), signed_at=now(),
                digest="0" * 64,
            )
        )  # fmt: skip
    refused = post(desk, f"/trackers/{made}/undo")
    assert refused.status_code == 422
    assert "đã ký có tính các nhiệm vụ này" in refused.get_data(as_text=True)
    with app.app_context():
        assert session.get_one(TrackerImport, made).undone_at is None


def test_the_same_file_again_is_seen_as_doubles(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    first = upload(desk, house, "danh_sach")
    read_in(desk, first)
    post(desk, f"/trackers/{first}/import")
    with app.app_context():
        taken = session.scalar(select(func.count()).select_from(Task))
    second = upload(desk, house, "danh_sach")
    page = read_in(desk, second)
    assert "Có thể trùng nhiệm vụ NV-2026-1" in page
    with app.app_context():
        found = outcomes(second)
        assert found["double"] == taken
        assert not found.get("new")
    nothing = post(desk, f"/trackers/{second}/import")
    assert nothing.status_code == 422
    assert "Không có dòng nào để nhập" in nothing.get_data(as_text=True)
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(Task)) == taken
        row = session.scalars(select(TrackerRow).where(TrackerRow.import_id == second, TrackerRow.outcome == "double"))
        number = row.first().number  # type: ignore[union-attr]  # asserted by the count above
    post(desk, f"/trackers/{second}/rows", {f"shown-{number}": "1", f"take-{number}": "1"})
    assert "Đã nhập 1 nhiệm vụ" in post(desk, f"/trackers/{second}/import", follow=True).get_data(as_text=True)


def test_rows_left_out_stay_out_and_done_without_a_day_asks(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, "dang_uy")
    page = read_in(desk, made)
    assert "Đã xong nhưng sổ không ghi ngày hoàn thành" in page
    with app.app_context():
        rows = {row.number: row for row in session.scalars(select(TrackerRow).where(TrackerRow.import_id == made))}
        new = next(number for number, row in rows.items() if row.outcome == "new")
        asks = next(number for number, row in rows.items() if row.because and "ngày hoàn thành" in row.because[0]["vi"])
    post(desk, f"/trackers/{made}/rows", {f"shown-{new}": "1", f"done_on-{asks}": "31/3/2026"})
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        rows = {row.number: row for row in session.scalars(select(TrackerRow).where(TrackerRow.import_id == made))}
        assert rows[new].task_ids == []
        assert len(rows[asks].task_ids) == 1
        assert session.get_one(Task, rows[asks].task_ids[0]).reported_on == date(2026, 3, 31)


def test_the_due_date_may_stand_for_the_day_of_completion(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, "dang_uy")
    page = read_in(desk, made, done_by_due="y")
    assert "Lấy ngày hạn làm ngày hoàn thành" in page


def test_columns_that_say_too_little_are_refused_with_the_choice_kept(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, "danh_sach")
    sent = {"sheet": "Sheet1 (2026)", "symbol": "Sổ", "given_on": "1/1/2026", "column-1": "title"}
    refused = post(desk, f"/trackers/{made}/columns", sent)
    assert refused.status_code == 422
    assert "Đơn vị chủ trì" in refused.get_data(as_text=True)
    assert chosen(refused.get_data(as_text=True))["column-1"] == "title"
    assert desk.get(f"/trackers/{made}").status_code == 303


def test_a_list_below_the_names_of_units_needs_no_column_of_them(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, "theo_don_vi")
    page = read_in(desk, made)
    assert "Đơn vị chủ trì lấy theo tên phần «CÔNG AN PHƯỜNG»." in page
    with app.app_context():
        assert outcomes(made) == {"new": 6, "done": 3, "wrong": 3, "other": 9}
    assert "Đã nhập 9 nhiệm vụ" in post(desk, f"/trackers/{made}/import", follow=True).text
    with app.app_context():
        leads = {task.title: task.lead_unit_id for task in session.scalars(select(Task))}
        assert leads["Lập danh mục chỉnh trang hẻm"] == house.units["kt"].id
        assert leads["Lập hồ sơ sức khỏe điện tử"] == house.units["tyt"].id


def test_only_the_committees_secretary_may(app: Flask, house: House) -> None:
    made = upload(browser(app, house.people["secretary"]), house, "danh_sach")
    for login in ("chair", "head_vhxh", "admin"):
        other = browser(app, house.people[login])
        assert other.get("/trackers/").status_code == 404
        for way in ("", "/columns", "/file", "/progress"):
            assert other.get(f"/trackers/{made}{way}").status_code == 404
        for way in ("rows", "import", "undo"):
            assert post(other, f"/trackers/{made}/{way}").status_code == 404
    assert "Nhập từ Excel" not in browser(app, house.people["head_vhxh"]).get("/tasks/").get_data(as_text=True)


def test_what_is_no_workbook_gets_one_sentence(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    with (MADE / "dang_uy.json").open("rb") as file:
        refused = post(desk, "/trackers/", {"committee_id": house.committee.id, "file": (file, "so.xlsx")})
    assert refused.status_code == 422
    assert "so.xlsx" in refused.get_data(as_text=True)


def test_the_file_comes_back_as_it_was_sent(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, "ket_luan")
    with desk.get(f"/trackers/{made}/file") as answer:
        assert answer.data == (MADE / "ket_luan.xlsx").read_bytes()
    assert desk.get(f"/trackers/{made}/progress").json == {"percent": 0}
