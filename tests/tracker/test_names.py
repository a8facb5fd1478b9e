"""A name that no unit has is told once for all rows of a tracker, and kept for the next one where that is wished."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.db import session, transaction
from app.models import Task, TrackerRow, Unit
from tests.factories import browser, post
from tests.tracker.sheets import chosen, read_in, upload

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House

HEAD = ["TT", "Nội dung nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"]
OLD = "P. QLĐT cũ"
ROWS: list[list[Any]] = [
    HEAD,
    [1, "Việc một", OLD, "", "30/11/2026"],
    [2, "Việc hai", f"{OLD} chủ trì, Công an phường phối hợp", "", "30/11/2026"],
    [3, "Việc ba", "P. VHXH", f"{OLD}; Hội Chữ thập đỏ", "31/11/2026"],
    [4, "Việc bốn", "P. VHXH", "", "30/11/2026"],
]


def asked(page: str) -> dict[str, tuple[int, int]]:
    """Return the names asked about: the number of each in the form, and in how many rows it stands."""
    found = {}
    for number, name in re.findall(r'name="called-(\d+)" value="([^"]*)"', page):
        rows = re.search(rf"«{re.escape(name)}» ở (\d+) dòng là", page)
        assert rows
        found[name] = int(number), int(rows[1])
    return found


def told(page: str, name: str, unit: object, *, remember: bool = False) -> dict[str, str]:
    """Return the fields by which a name is said to mean a unit."""
    number, _rows = asked(page)[name]
    return {f"called-{number}": name, f"means-{number}": str(unit)} | ({f"remember-{number}": "1"} if remember else {})


def rows(made: int) -> dict[int, TrackerRow]:
    return {row.number: row for row in session.scalars(select(TrackerRow).where(TrackerRow.import_id == made))}


def test_a_name_is_told_once_for_all_its_rows_and_what_was_typed_stays(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, ROWS)
    page = read_in(desk, made)
    assert {name: count for name, (_number, count) in asked(page).items()} == {OLD: 3, "Hội Chữ thập đỏ": 1}
    kt, ca = house.units["kt"].id, house.units["ca"].id
    typed = {"due-4": "15/11/2026", "beside-4": "1", "aside-4": "1"}
    after = post(desk, f"/trackers/{made}/rows", {**told(page, OLD, kt), **typed}, follow=True).text
    assert asked(after) == {OLD: (1, 3)}, "still to be changed; the other is told in its row"
    with app.app_context():
        found = rows(made)
        assert {number: row.outcome for number, row in found.items()} == dict.fromkeys((2, 3, 4, 5), "new")
        assert found[4].said["due"] == "15/11/2026"
    assert post(desk, f"/trackers/{made}/import").status_code == 303
    with app.app_context():
        tasks = {task.title: task for task in session.scalars(select(Task))}
        assert [tasks[title].lead_unit_id for title in ("Việc một", "Việc hai")] == [kt, kt]
        assert [part.unit_id for part in tasks["Việc hai"].coordinating] == [ca]
        assert [part.unit_id for part in tasks["Việc ba"].coordinating] == [kt]


def test_a_name_is_remembered_only_where_that_is_wished(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    kt = house.units["kt"].id
    first = upload(desk, house, ROWS)
    page = read_in(desk, first)
    post(desk, f"/trackers/{first}/rows", told(page, OLD, kt))
    second = upload(desk, house, ROWS)
    page = read_in(desk, second)
    assert asked(page)[OLD][1] == 3, "nothing was said about the next one"
    post(desk, f"/trackers/{second}/rows", told(page, OLD, kt, remember=True))
    third = upload(desk, house, ROWS)
    page = read_in(desk, third)
    assert f"«{OLD}» ở 3 dòng là" in page, "what is remembered is said, and can be changed"
    with app.app_context():
        assert rows(third)[2].cells["lead"]["read"]["leads"] == [f"u{kt}"]
        assert all(OLD not in unit.aliases for unit in session.scalars(select(Unit))), "names of units are not hers"
    page = post(desk, f"/trackers/{third}/rows", told(page, OLD, ""), follow=True).text
    with app.app_context():
        assert rows(third)[2].outcome == "wrong"
    fourth = upload(desk, house, ROWS)
    read_in(desk, fourth)
    with app.app_context():
        assert rows(fourth)[2].outcome == "wrong", "and forgotten"


def test_a_name_that_is_no_units_is_kept_in_words(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    sheet = [[*row] for row in ROWS]
    sheet[3][3:] = ["Hội Chữ thập đỏ, Công an phường", "30/11/2026"]
    made = upload(desk, house, sheet)
    page = read_in(desk, made)
    page = post(desk, f"/trackers/{made}/rows", told(page, "Hội Chữ thập đỏ", -1), follow=True).text
    assert asked(page)["Hội Chữ thập đỏ"][1] == 1
    assert '<option value="-1" selected>Không phải đơn vị nào' in page
    post(desk, f"/trackers/{made}/rows", told(page, OLD, -1))
    with app.app_context():
        assert {n: row.outcome for n, row in rows(made).items()} == {2: "wrong", 3: "wrong", 4: "new", 5: "new"}
    post(desk, f"/trackers/{made}/import")
    with app.app_context():
        task = session.scalars(select(Task).where(Task.title == "Việc ba")).one()
        assert [part.unit_id for part in task.coordinating] == [house.units["ca"].id]
        assert "Phối hợp trong sổ: Hội Chữ thập đỏ, Công an phường" in task.detail


def test_what_is_chosen_for_a_name_counts_by_the_button_that_brings_in(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, ROWS)
    page = read_in(desk, made)
    answer = post(desk, f"/trackers/{made}/import", told(page, OLD, house.units["kt"].id), follow=True)
    assert "Đã nhập 3 nhiệm vụ" in answer.text


def test_a_unit_that_is_none_is_passed_over(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, ROWS)
    page = read_in(desk, made)
    for unit in ("9999", "x", "-2"):
        assert post(desk, f"/trackers/{made}/rows", told(page, OLD, unit), follow=True).status_code == 200
    with app.app_context():
        assert rows(made)[2].outcome == "wrong"


def test_choosing_the_columns_again_keeps_what_was_typed(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, ROWS)
    page = read_in(desk, made)
    assert re.search(r'<button class="btn" type="submit" form="rows" name="to" value="columns">', page)
    typed = {"due-4": "15/11/2026", "shown-5": "1", "to": "columns"} | told(page, OLD, house.units["kt"].id)
    columns = post(desk, f"/trackers/{made}/rows", typed, follow=True).text
    assert "Cột nào là gì" in columns
    assert "Điều bạn đã sửa và chọn ở 2 dòng được giữ" in columns
    assert chosen(columns)["column-4"] == "due"
    page = read_in(desk, made, **{"column-0": ""})
    assert 'name="due-4" value="15/11/2026"' in page
    with app.app_context():
        found = rows(made)
        assert (found[2].outcome, found[3].outcome) == ("new", "new")
        assert found[5].said == {"take": "no"}


def test_another_sheet_says_beforehand_what_is_lost(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    made = upload(desk, house, ROWS, ["Sổ 2025", "Sổ 2026"])
    page = read_in(desk, made)
    assert "trang tính Sổ 2026" in page
    post(desk, f"/trackers/{made}/rows", {"due-4": "15/11/2026"})
    other = desk.get(f"/trackers/{made}/columns?sheet=Sổ 2025").text
    assert "Bạn đã sửa và chọn ở 1 dòng của trang tính «Sổ 2026»" in other
    assert "Đọc trang tính này thì những điều đó không còn" in other
    assert "không còn" not in desk.get(f"/trackers/{made}/columns").text
    with app.app_context():
        assert rows(made)[4].said == {"due": "15/11/2026"}, "looking takes nothing away"
    read_in(desk, made, sheet="Sổ 2025")
    with app.app_context():
        assert rows(made)[4].said == {}


def ticked(page: str, name: str) -> bool:
    """Say whether the page shows a name as remembered."""
    number, _rows = asked(page)[name]
    return bool(re.search(rf'name="remember-{number}" value="1" checked', page))


def test_a_remembered_name_is_ticked_in_the_next_import_and_stays_so(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    kt, ca = house.units["kt"].id, house.units["ca"].id
    first = upload(desk, house, ROWS)
    post(desk, f"/trackers/{first}/rows", told(read_in(desk, first), OLD, kt, remember=True))
    second = upload(desk, house, ROWS)
    page = read_in(desk, second)
    assert ticked(page, OLD)
    # Another unit is chosen, and the tick left as it was shown.
    page = post(desk, f"/trackers/{second}/rows", told(page, OLD, ca, remember=True), follow=True).text
    assert ticked(page, OLD)
    third = upload(desk, house, ROWS)
    page = read_in(desk, third)
    with app.app_context():
        assert rows(third)[2].cells["lead"]["read"]["leads"] == [f"u{ca}"]
    page = post(desk, f"/trackers/{third}/rows", told(page, OLD, ca), follow=True).text
    assert not ticked(page, OLD), "for this import alone"
    with app.app_context():
        assert rows(third)[2].outcome == "new"
    fourth = upload(desk, house, ROWS)
    read_in(desk, fourth)
    with app.app_context():
        assert rows(fourth)[2].outcome == "wrong"


def test_rows_of_a_told_name_are_those_that_say_it(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    leads = ["Khu phố 1", "Khu phố 10", "Khu phố 11", "Khu  phố 1"]
    made = upload(desk, house, [HEAD, *([at, f"Việc {at}", name, "", ""] for at, name in enumerate(leads, 1))])
    page = read_in(desk, made)
    assert asked(page)["Khu phố 1"][1] == 2
    page = post(desk, f"/trackers/{made}/rows", told(page, "Khu phố 1", house.units["kt"].id), follow=True).text
    assert {name: count for name, (_number, count) in asked(page).items()} == {
        "Khu phố 1": 2,
        "Khu phố 10": 1,
        "Khu phố 11": 1,
    }


def test_two_spellings_of_one_name_are_asked_about_once(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    leads = ["P. TNMT cũ", "P.TNMT cũ", "p. tnmt CŨ", "P.TNMT cũ"]
    made = upload(desk, house, [HEAD, *([at, f"Việc {at}", name, "", ""] for at, name in enumerate(leads, 1))])
    page = read_in(desk, made)
    assert asked(page) == {"P.TNMT cũ": (1, 4)}
    page = post(desk, f"/trackers/{made}/rows", told(page, "P.TNMT cũ", house.units["kt"].id), follow=True).text
    assert asked(page) == {"P.TNMT cũ": (1, 4)}
    with app.app_context():
        assert {row.outcome for row in rows(made).values()} == {"new"}


def test_more_names_than_are_asked_about_are_counted(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    names = [f"Hội {one}{two}x" for one in letters[:6] for two in letters[:7]]
    made = upload(desk, house, [HEAD, *([at, f"Việc {at}", name, "", ""] for at, name in enumerate(names, 1))])
    page = read_in(desk, made)
    assert len(asked(page)) == 30
    assert "Còn 12 tên nữa" in page
    said: dict[str, str] = {}
    for name in asked(page):
        said |= told(page, name, house.units["kt"].id)
    page = post(desk, f"/trackers/{made}/rows", said, follow=True).text
    assert len(asked(page)) == 42
    assert "tên nữa" not in page
    assert "30 tên đã chọn" in page


def test_a_unit_that_is_no_more_takes_no_name_from_the_living(app: Flask, house: House) -> None:
    desk = browser(app, house.people["secretary"])
    kt, ca = house.units["kt"].id, house.units["ca"].id
    first = upload(desk, house, ROWS)
    post(desk, f"/trackers/{first}/rows", told(read_in(desk, first), OLD, kt, remember=True))
    with app.app_context(), transaction():
        gone, heir = session.get_one(Unit, kt), session.get_one(Unit, ca)
        gone.abolished_on = date(2026, 1, 1)
        heir.aliases = [*heir.aliases, OLD]
    second = upload(desk, house, ROWS)
    assert OLD not in asked(read_in(desk, second))
    with app.app_context():
        assert rows(second)[2].cells["lead"]["read"]["leads"] == [f"u{ca}"]
