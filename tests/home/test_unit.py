"""The unit's home: what must be done now comes first; several tasks are accepted at once, each for itself."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session, transaction
from app.models import Event, Task, Unit
from tests.factories import at_noon, browser, found_authority, hold_office, post, take
from tests.home import work
from tests.home.statements import BAR, counting
from tests.home.work import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def page(client: FlaskClient, url: str = "/unit") -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def sections(text: str) -> dict[str, tuple[int, str, int]]:
    """Return, by section, its number, the list it opens, and how many rows it shows."""
    found = {}
    for part in text.split('<section class="card inbox"')[1:]:
        name = re.search(r'aria-labelledby="section-([a-z-]+)"', part)
        number = re.search(r'class="inbox-number" href="([^"]+)"[^>]*>([\d.]+)<', part)
        assert name
        assert number
        rows = len(re.findall(r'<a class="line-title"', part.split("</section>")[0]))
        found[name[1]] = (int(number[2]), unescape(number[1]), rows)
    return found


def listed(client: FlaskClient, href: str) -> int:
    found = re.search(r'class="pages-total">([\d.]+) mục', page(client, href))
    return int(found[1]) if found else 0


def give_work(app: Flask) -> House:
    house = found_authority(app)
    work.given_task(app, house, due=date(2026, 10, 30))
    work.given_task(app, house, due=date(2026, 9, 8))
    for due in (date(2026, 9, 8), DAY, date(2026, 9, 18), date(2026, 11, 30), None):
        task_id = work.given_task(app, house, due=due)
        work.move(app, house, task_id, "accept", "head_vhxh", {"person": house.people["staff_vhxh"].id})
    again = work.reported(app, house, due=date(2026, 9, 9))
    work.move(app, house, again, "send_back", "chair", {"reason": "Thiếu danh sách"})
    work.reported(app, house, due=date(2026, 9, 30))
    work.extended(app, house, lead="vhxh")
    work.given_task(app, house, lead="kt", due=date(2026, 9, 30), coordinating=("vhxh",))
    paused = work.given_task(app, house, due=date(2026, 9, 30))
    work.move(app, house, paused, "pause", "chair", {"reason": "Chờ", "until": date(2026, 12, 1)})
    return house


def test_sections_come_by_what_must_be_done_and_count_their_lists(app: Flask) -> None:
    head = browser(app, give_work(app).people["head_vhxh"])
    text = page(head)
    found = sections(text)
    assert list(found) == [
        "awaiting-acceptance", "work-again", "work-late", "work-near", "work-ahead", "awaiting-ruling", "part",
        "paused",
    ]  # fmt: skip
    assert {name: number for name, (number, _, _) in found.items()} == {
        "awaiting-acceptance": 2, "work-again": 1, "work-late": 1, "work-near": 2, "work-ahead": 2,
        "awaiting-ruling": 2, "part": 1, "paused": 1,
    }  # fmt: skip
    for name, (number, href, rows) in found.items():
        assert number == rows, name
        assert listed(head, href) == number, name
    assert "<title>Việc của chúng tôi (6 cần làm)" in text
    assert "tiếp nhận chậm nhất 03/09/2026" in text
    assert "Thiếu danh sách" in text, "the news say why it came back"
    for href, number in re.findall(r'<a class="btn" href="([^"]+)">.*?(\d+) việc', text):
        assert listed(head, unescape(href)) == int(number), href


def test_the_person_in_charge_finds_the_own_tasks_marked(app: Flask) -> None:
    house = give_work(app)
    staff = browser(app, house.people["staff_vhxh"])
    text = page(staff)
    assert text.count("bạn phụ trách") == 5
    assert "5 việc tôi phụ trách" in text
    assert "Tiếp nhận các việc đã chọn" not in text, "the unit does not let its staff accept"
    with app.app_context(), transaction():
        session.get_one(Unit, house.units["vhxh"].id).staff_may_accept = True
    assert "Tiếp nhận các việc đã chọn" in page(staff)


def test_several_are_accepted_at_once_and_each_refusal_is_said(app: Flask) -> None:
    house = found_authority(app)
    head = browser(app, house.people["head_vhxh"])
    good = [work.given_task(app, house, due=date(2026, 10, 30)) for _number in range(2)]
    moved = work.given_task(app, house, due=date(2026, 10, 30))
    other = work.given_task(app, house, lead="kt", due=date(2026, 10, 30))
    with app.app_context():
        version = {task_id: session.get_one(Task, task_id).version for task_id in (*good, moved)}
    take(browser(app, house.people["chair"]), "task", moved, "amend", {
        "new_due": "30/11/2026", "basis": "ruling", "basis_text": "Bút phê",
    })  # fmt: skip
    chosen = [*(f"{task_id}:{version[task_id]}" for task_id in (*good, moved)), f"{other}:1", "x:y"]
    answer = post(head, "/unit/accept", {"task": chosen, "unit": house.units["vhxh"].id}, follow=True)
    text = answer.get_data(as_text=True)
    assert "Đã tiếp nhận 2 nhiệm vụ." in text
    assert "vừa được người khác thay đổi" in text
    assert text.count("chưa được tiếp nhận") == 3
    with app.app_context():
        states = [session.get_one(Task, task_id).state for task_id in (*good, moved, other)]
        assert states == ["in_progress", "in_progress", "assigned", "assigned"]
        assert session.query(Event).filter_by(event="accept").count() == 2
    nothing = post(head, "/unit/accept", {}, follow=True).get_data(as_text=True)
    assert "đánh dấu ít nhất một nhiệm vụ" in nothing
    shown = re.findall(r'name="shown" value="(\d+:\d+)"', page(head))
    post(head, "/unit/accept", {"all": "1", "shown": shown})
    assert "awaiting-acceptance" not in sections(page(head))


def test_one_line_of_praise_when_all_is_done(app: Flask) -> None:
    house = found_authority(app)
    head = browser(app, house.people["head_kt"])
    empty = page(head)
    assert "Chưa có việc nào" in empty, "who never had work is told what will come here"
    assert "Cảm ơn" not in empty
    task_id = work.reported(app, house, lead="kt", due=date(2026, 9, 30))
    assert "Đơn vị đã làm xong phần việc của mình" in page(head)
    take(browser(app, house.people["chair"]), "task", task_id, "confirm")
    done = page(head)
    assert "Mọi nhiệm vụ được giao đã hoàn thành" in done
    assert "Chưa có việc nào" not in done
    work.given_task(app, house, lead="kt", due=date(2026, 9, 30))
    assert "Mọi nhiệm vụ" not in page(head)


def test_no_praise_above_what_is_still_owed(app: Flask) -> None:
    house = found_authority(app)
    task_id = work.given_task(app, house, lead="kt", due=date(2026, 9, 15))
    head, chair = browser(app, house.people["head_kt"]), browser(app, house.people["chair"])
    assert take(head, "task", task_id, "accept").status_code == 303
    asked = {"question": "Vì sao chậm?", "answer_by": "30/12/2026"}
    with time_machine.travel(at_noon(date(2026, 9, 22)), tick=False):
        head, chair = browser(app, house.people["head_kt"]), browser(app, house.people["chair"])
        assert post(chair, f"/tasks/{task_id}/explanations", asked).status_code == 303
        assert take(head, "task", task_id, "report", {"result": "Xong"}).status_code == 303
        assert take(chair, "task", task_id, "confirm").status_code == 303
        home = page(head)
    assert "Vì sao chậm?" in home
    assert "Mọi nhiệm vụ được giao đã hoàn thành" not in home


def test_who_serves_two_units_has_a_tab_for_each(app: Flask) -> None:
    house = found_authority(app)
    work.given_task(app, house, lead="ca", due=date(2026, 9, 30), title="Lắp camera")
    with app.app_context(), transaction():
        hold_office(house.people["head_vhxh"], house.units["ca"], "head")
    head = browser(app, house.people["head_vhxh"])
    assert "Lắp camera" not in page(head).split('class="news"')[0]
    other = page(head, f"/unit?unit={house.units['ca'].id}")
    assert "Lắp camera" in other
    assert "Công an" in other
    assert "Lắp camera" not in page(head, "/unit?unit=999").split('class="news"')[0], "an unknown unit is not shown"


def test_no_more_than_twelve_statements_whatever_the_rows(app: Flask) -> None:
    house = give_work(app)
    head = browser(app, house.people["head_vhxh"])
    counted: list[int] = []
    for _round in range(2):
        with counting(app) as statements:
            page(head)
        assert len(statements) <= BAR, "\n\n".join(statements)
        counted.append(len(statements))
        for due in (DAY, date(2026, 9, 30), None):
            work.given_task(app, house, due=due, title=work.TITLE, coordinating=("kt",))
            work.given_task(app, house, lead="kt", due=due, coordinating=("vhxh",))
    assert counted[0] == counted[1]
