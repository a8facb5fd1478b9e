"""What the preview says before anything comes in: doubles whose lead moved, units it does not know, days it assumes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.db import session
from app.models import Task, TrackerRow
from tests.factories import browser, post, take
from tests.tracker.sheets import read_in, upload

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House

HEAD = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"]


def rows(made: int) -> dict[int, TrackerRow]:
    """Return the rows by their numbers."""
    return {row.number: row for row in session.scalars(select(TrackerRow).where(TrackerRow.import_id == made))}


def test_a_row_whose_task_has_another_lead_by_now_is_perhaps_a_double(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    sheet: list[list[Any]] = [
        HEAD,
        [1, "Rà soát máy tính", "P. VHXH", "", "30/11/2026"],
        [2, "Lắp mạng", "P. VHXH", "", "30/11/2026"],
    ]
    first = upload(desk, house, sheet)
    read_in(desk, first)
    post(desk, f"/trackers/{first}/import")
    with app.app_context():
        task = session.scalars(select(Task).where(Task.title == "Rà soát máy tính")).one()
    given = {"lead_unit": str(house.units["ca"].id), "reason": "Đúng việc của công an", "version": task.version}
    assert take(browser(app, house.people["chair"]), "task", task.id, "reassign", given).status_code == 303
    again = [*sheet, [3, "Lắp mạng", "Công an phường", "", "30/11/2026"]]
    second = upload(desk, house, again)
    page = read_in(desk, second)
    with app.app_context():
        found = rows(second)
        assert [found[number].outcome for number in (2, 3, 4)] == ["double", "double", "new"]
        assert found[2].like_task_id == task.id
    assert f"Có thể trùng nhiệm vụ {task.code}: Rà soát máy tính" in page
    assert "đơn vị chủ trì đã đổi, nay là Công an phường" in page
    assert 'name="take-2" value="1">' in page


def test_an_office_short_form_behind_its_head_is_recognised(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    names = ("Phòng KTHTĐT", "P.KTHTĐT", "phong kthtdt", "P. KT-HT-ĐT")
    sheet: list[list[Any]] = [
        HEAD,
        *([at, f"Việc {at}", "P. VHXH", name, "30/11/2026"] for at, name in enumerate(names, 1)),
    ]
    made = upload(desk, house, sheet)
    read_in(desk, made)
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        tasks = session.scalars(select(Task)).all()
        assert [[part.unit_id for part in task.coordinating] for task in tasks] == [[house.units["kt"].id]] * 4


def test_a_coordinating_unit_nobody_knows_is_asked_about(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    sheet: list[list[Any]] = [
        HEAD,
        [1, "Việc một", "P. VHXH", "Công an phường, Phòng XYZT", "30/11/2026"],
        [2, "Việc hai", "P. VHXH", "Phòng XYZT", "30/11/2026"],
    ]
    made = upload(desk, house, sheet)
    page = read_in(desk, made)
    assert page.count("Đơn vị phối hợp: Không tìm thấy đơn vị «Phòng XYZT»") == 2
    assert 'name="helpers-2"' in page
    assert post(desk, f"/trackers/{made}/import", {"beside-2": "1", "beside-3": "1"}).status_code == 422
    said = {"beside-2": "1", "helpers-2": [str(house.units["kt"].id), str(house.units["tyt"].id)], "beside-3": "1"}
    answer = post(desk, f"/trackers/{made}/import", said | {"aside-3": "1"}, follow=True)
    assert "Đã nhập 2 nhiệm vụ" in answer.text
    with app.app_context():
        tasks = {task.title: task for task in session.scalars(select(Task))}
        units = {part.unit_id for part in tasks["Việc một"].coordinating}
        assert units == {house.units[key].id for key in ("ca", "kt", "tyt")}
        assert not tasks["Việc hai"].coordinating
        assert "Phối hợp trong sổ: Phòng XYZT" in tasks["Việc hai"].detail


def test_a_tick_that_was_left_empty_is_no_correction(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    sheet: list[list[Any]] = [
        HEAD,
        [1, "Việc một", "P. VHXH", "", "30/11/2026"],
        [2, "Việc hai", "P. VHXH", "", "30/11/2025"],
    ]
    made = upload(desk, house, sheet)
    assert "đứng trước ngày giao" in read_in(desk, made)
    said = {"shown-2": "1", "take-2": "1", "asked-3": "1", "due-3": ""}
    assert "Đã nhập 1 nhiệm vụ" in post(desk, f"/trackers/{made}/import", said, follow=True).text


def test_what_is_assumed_and_what_is_late_at_once_is_said_above(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    head = [*HEAD, "Ngày giao"]
    sheet: list[list[Any]] = [
        head,
        [1, "Việc một", "P. VHXH", "", "30/11/2026", ""],
        [2, "Việc hai", "P. VHXH", "", "30/6/2026", ""],
        [3, "Việc ba", "P. VHXH", "", "30/11/2026", "5/5/2026"],
    ]
    made = upload(desk, house, sheet)
    page = read_in(desk, made)
    assert "2 dòng không có ngày giao, sẽ tính từ 01/01/2026" in page
    assert "1 dòng quá hạn ngay khi nhập" in page
    assert page.count("Thời hạn 30/06/2026 đã qua: quá hạn ngay khi nhập.") == 1
    left = {f"shown-{number}": "1" for number in (2, 3)}
    less = post(desk, f"/trackers/{made}/rows", left, follow=True).text
    assert "dòng không có ngày giao" not in less
    assert "dòng quá hạn ngay khi nhập" not in less
