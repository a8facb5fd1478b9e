"""One move for several tasks: what will be refused is said before, and nobody else's change is overwritten."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.db import session, transaction
from app.models import CoordinatingPart, Event, Task, Unit
from tests.factories import assign_task, browser, found_authority, post, take
from tests.home.statements import BAR, counting
from workflows.coordinating_part import DELIVERED
from workflows.task import ASSIGNED, IN_PROGRESS, PAUSED

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

PATH = "/tasks/together"


def state_of(app: Flask, *tasks: int) -> list[str]:
    with app.app_context():
        return [session.get_one(Task, task).state for task in tasks]


def boxes(page: str) -> list[str]:
    return re.findall(r'name="task" value="(\d+:\d+)"', page)


def shown(client: FlaskClient, address: str = PATH) -> str:
    return client.get(address).get_data(as_text=True)


def test_the_unit_accepts_what_it_chose_and_nothing_else(app: Flask, house: House) -> None:
    first, second, third = (
        assign_task(app, house, due=date(2026, 12, day), title=f"Việc {day}") for day in (10, 11, 12)
    )
    head = browser(app, house.people["head_vhxh"])
    page = shown(head, f"{PATH}?status=awaiting-acceptance")
    assert len(boxes(page)) == 3
    assert 'value="accept"' in page
    chosen = [box for box in boxes(page) if box.split(":")[0] in {str(first), str(third)}]
    preview = post(head, PATH, {"task": chosen, "event": "accept", "next": "/tasks/?status=all"})
    text = preview.get_data(as_text=True)
    assert preview.status_code == 200
    assert "Sẽ làm với 2 nhiệm vụ" in text
    assert state_of(app, first, second, third) == [ASSIGNED] * 3  # a look changes nothing
    done = post(head, PATH, {"task": chosen, "event": "accept", "next": "/tasks/?status=all", "do": "make"})
    assert (done.status_code, done.location) == (303, "/tasks/?status=all")
    assert state_of(app, first, second, third) == [IN_PROGRESS, ASSIGNED, IN_PROGRESS]


def test_what_will_be_refused_is_named_with_its_reason(app: Flask, house: House) -> None:
    ready, accepted = assign_task(app, house, due=date(2026, 12, 10)), assign_task(app, house, due=date(2026, 12, 11))
    head = browser(app, house.people["head_vhxh"])
    take(head, "task", accepted, "accept")
    chosen = boxes(shown(head, f"{PATH}?status=all"))
    text = post(head, PATH, {"task": chosen, "event": "accept"}).get_data(as_text=True)
    assert "Sẽ làm với 1 nhiệm vụ" in text
    assert "1 nhiệm vụ giữ nguyên" in text
    assert "Chờ tiếp nhận" in text.split("giữ nguyên")[1]  # the state in which it could be accepted
    only = post(head, PATH, {"task": [box for box in chosen if box.startswith(f"{accepted}:")], "event": "accept"})
    assert only.status_code == 422
    assert state_of(app, ready, accepted) == [ASSIGNED, IN_PROGRESS]


def test_a_reason_is_asked_once_and_kept_when_something_is_missing(app: Flask, house: House) -> None:
    tasks = [assign_task(app, house, due=date(2026, 12, day)) for day in (10, 11)]
    head, chair = browser(app, house.people["head_vhxh"]), browser(app, house.people["chair"])
    for task in tasks:
        take(head, "task", task, "accept")
    chosen = boxes(shown(chair, f"{PATH}?status=open"))
    form = {"task": chosen, "event": "pause", "do": "make"}
    answer = post(chair, PATH, form | {"until": "15/1/2027"})
    assert answer.status_code == 422
    assert "15/1/2027" in answer.get_data(as_text=True)
    assert state_of(app, *tasks) == [IN_PROGRESS] * 2
    answer = post(chair, PATH, form | {"until": "15/1/2027", "reason": "Chờ kinh phí"})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert state_of(app, *tasks) == [PAUSED] * 2


def test_what_changed_meanwhile_is_left_and_said(app: Flask, house: House) -> None:
    first, second = (assign_task(app, house, due=date(2026, 12, day)) for day in (10, 11))
    head = browser(app, house.people["head_vhxh"])
    chosen = boxes(shown(head, f"{PATH}?status=open"))
    take(head, "task", first, "accept")
    answer = post(head, PATH, {"task": chosen, "event": "accept", "do": "make", "next": "/tasks/"})
    assert state_of(app, first, second) == [IN_PROGRESS, IN_PROGRESS]
    assert "giữ nguyên" in head.get(answer.location).get_data(as_text=True)


def test_nobody_reaches_what_he_may_not_see(app: Flask, house: House) -> None:
    task = assign_task(app, house, due=date(2026, 12, 10))
    other = browser(app, house.people["head_tyt"])
    assert boxes(shown(other, f"{PATH}?status=all")) == []
    answer = post(other, PATH, {"task": [f"{task}:1"], "event": "accept", "do": "make"})
    assert answer.status_code == 422
    assert "Không tìm thấy" in answer.get_data(as_text=True)
    assert state_of(app, task) == [ASSIGNED]


def test_nothing_chosen_is_said(app: Flask, house: House) -> None:
    assign_task(app, house, due=date(2026, 12, 10))
    head = browser(app, house.people["head_vhxh"])
    for form in ({}, {"task": ["abc"], "event": "fly"}, {"task": ["1:1"]}):
        answer = post(head, PATH, form | {"next": "https://example.org/tasks/"})
        assert answer.location == "/tasks/"
        assert "Hãy đánh dấu ít nhất một nhiệm vụ" in head.get("/tasks/").get_data(as_text=True)


@pytest.mark.parametrize("count", [3, 12])
def test_looking_ahead_asks_no_more_than_twelve_times_whatever_the_rows(app: Flask, count: int) -> None:
    house = found_authority(app)
    for n in range(count):
        assign_task(app, house, due=date(2099, 9, 30), lead=("vhxh", "kt", "hcc")[n % 3])
    chair = browser(app, house.people["chair"])
    seen = boxes(chair.get(f"{PATH}?status=open").text)
    assert len(seen) == count
    chosen = {"task": seen, "event": "pause", "next": "/tasks/"}
    with counting(app) as choosing:
        assert chair.get(f"{PATH}?status=open").status_code == 200
    with counting(app) as looking:
        assert post(chair, PATH, chosen).status_code == 200
    assert max(len(choosing), len(looking)) <= BAR, "\n\n".join([*choosing, "", *looking])


def team(app: Flask, task_id: int) -> tuple[set[int], str, int]:
    """Return which units coordinate a task, its priority and how many events its log holds."""
    with app.app_context():
        task = session.get_one(Task, task_id)
        events = session.query(Event).filter_by(subject="task", subject_id=task_id).count()
        return {part.unit_id for part in task.coordinating}, task.priority, events


def test_what_is_left_empty_for_several_stays_as_each_has_it(app: Flask, house: House) -> None:
    first = assign_task(app, house, due=date(2026, 12, 10), coordinating=("kt",))
    second = assign_task(app, house, due=date(2026, 12, 11), coordinating=("hcc",), priority="urgent")
    desk = browser(app, house.people["secretary"])
    kt, hcc, tyt = (house.units[key].id for key in ("kt", "hcc", "tyt"))
    form = {"task": boxes(shown(desk, f"{PATH}?status=all")), "event": "arrange", "next": "/tasks/?status=all"}
    start = post(desk, PATH, form).text
    assert "Để trống thì mỗi nhiệm vụ giữ nguyên" in start
    assert 'value="make"' not in start, "nothing is made before it was seen"
    empty = post(desk, PATH, form | {"do": "make"})
    assert empty.status_code == 422
    assert "Hãy chọn đơn vị phối hợp cần thêm hoặc bỏ, hoặc mức ưu tiên mới" in empty.text
    seen = " ".join(post(desk, PATH, form | {"do": "look", "priority": "urgent"}).text.split())
    assert "Mức ưu tiên: Thường → Khẩn" in seen
    assert "Không có gì thay đổi" in seen
    assert 'value="make"' in seen
    before = team(app, second)
    assert post(desk, PATH, form | {"do": "make", "priority": "urgent"}).status_code == 303
    assert team(app, first)[:2] == ({kt}, "urgent")
    assert team(app, second) == before, "no line in the log of a task in which nothing changed"

    form["task"] = boxes(shown(desk, f"{PATH}?status=all"))
    adding = form | {"coordinating_units": [tyt, kt]}
    seen = " ".join(post(desk, PATH, adding | {"do": "look"}).text.split())
    assert "Thêm đơn vị phối hợp: Trạm Y tế phường" in seen
    assert "Thôi phối hợp:" not in seen
    assert post(desk, PATH, adding | {"do": "make"}).status_code == 303
    assert team(app, first)[:2] == ({kt, tyt}, "urgent")
    assert team(app, second)[:2] == ({kt, hcc, tyt}, "urgent")


def test_what_is_of_one_task_alone_is_not_offered_for_several(app: Flask, house: House) -> None:
    assign_task(app, house, due=date(2026, 12, 10))
    page = shown(browser(app, house.people["secretary"]), f"{PATH}?status=open")
    assert 'value="arrange"' in page
    assert 'value="reword"' not in page, "several tasks never get one name"


def test_units_are_taken_off_several_tasks_and_what_stays_is_said_before(app: Flask, house: House) -> None:
    first = assign_task(app, house, due=date(2026, 12, 10), coordinating=("kt", "hcc"))
    second = assign_task(app, house, due=date(2026, 12, 11), coordinating=("kt",))
    third = assign_task(app, house, due=date(2026, 12, 12), coordinating=("hcc",))
    sent = assign_task(app, house, due=date(2026, 12, 13), coordinating=("kt",))
    desk = browser(app, house.people["secretary"])
    kt, hcc, tyt = (house.units[key].id for key in ("kt", "hcc", "tyt"))
    with app.app_context(), transaction():
        part = session.query(CoordinatingPart).filter_by(task_id=sent).one()
        part.work, part.result, part.state, part.delivered_on = "Số liệu", "120 hộ", DELIVERED, date(2026, 11, 20)
    form = {"task": boxes(shown(desk, f"{PATH}?status=all")), "event": "arrange", "next": "/tasks/?status=all"}
    start = post(desk, PATH, form).text
    offered = re.search(r'<select[^>]*name="units_off".*?</select>', start, re.DOTALL)
    assert offered
    assert set(re.findall(r'<option value="(\d+)"', offered[0])) == {str(kt), str(hcc)}, (
        "only units that help with them"
    )
    off = form | {"units_off": [kt]}
    both = post(desk, PATH, off | {"coordinating_units": [kt], "do": "look"})
    assert both.status_code == 422
    assert "vừa thêm vừa bỏ" in both.text
    seen = " ".join(post(desk, PATH, off | {"coordinating_units": [tyt], "do": "look"}).text.split())
    assert seen.count("Thôi phối hợp: Phòng Kinh tế, Hạ tầng và Đô thị") == 2
    assert "Giữ lại vì đã gửi kết quả: Phòng Kinh tế, Hạ tầng và Đô thị" in seen
    seen = " ".join(post(desk, PATH, off | {"do": "look"}).text.split())
    assert seen.count("Không có gì thay đổi") == 2, "the third does not have it, the fourth keeps it"
    before = [team(app, task) for task in (third, sent)]
    assert post(desk, PATH, off | {"do": "make"}).status_code == 303
    assert team(app, first)[0] == {hcc}
    assert team(app, second)[0] == set()
    assert [team(app, task) for task in (third, sent)] == before
    with app.app_context():
        data = session.query(Event).filter_by(subject="task", subject_id=first, event="arrange").one().data
    assert data["units_removed"] == [kt]
    assert "units_off" not in data


def test_a_unit_that_is_no_more_can_be_taken_off_several(app: Flask, house: House) -> None:
    task = assign_task(app, house, due=date(2026, 12, 10), coordinating=("kt",))
    kt = house.units["kt"].id
    with app.app_context(), transaction():
        session.get_one(Unit, kt).abolished_on = date(2026, 11, 1)
    desk = browser(app, house.people["secretary"])
    form = {"task": boxes(shown(desk, f"{PATH}?status=all")), "event": "arrange", "next": "/tasks/?status=all"}
    assert f'<option value="{kt}"' in post(desk, PATH, form).text
    assert post(desk, PATH, form | {"units_off": [kt], "do": "make"}).status_code == 303
    assert team(app, task)[0] == set()
