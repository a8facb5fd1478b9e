"""What was asked of a coordinating unit can be taken back: told, no longer waited for, and kept to be read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import select

from app.db import session
from app.jobs.reminders import plan_reminders
from app.models import CoordinatingPart, Notification
from tests.factories import at_noon, browser, take
from tests.tasks.test_shared_out import DAY, given, only_part, said, told
from workflows.coordinating_part import WITHDRAWN
from workflows.reminders import PIECE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

ASKED = {"work": "Cung cấp số liệu hộ kinh doanh", "due": "18/9/2026"}
REASON = {"reason": "Đơn vị chủ trì tự lấy được số liệu"}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def asked(app: Flask, **more: str) -> tuple[House, int, int]:
    house, task_id = given(app, coordinating=("kt",))
    part = only_part(app, task_id)
    lead = browser(app, house.people["head_vhxh"])
    assert take(lead, "coordinating_part", part, "ask", {**ASKED, **more}).status_code == 303
    return house, task_id, part


@pytest.mark.parametrize("who", ["head_vhxh", "secretary"])
def test_who_asked_takes_it_back_and_the_unit_is_told_why(app: Flask, who: str) -> None:
    house, task_id, part = asked(app)
    person, other = browser(app, house.people[who]), browser(app, house.people["head_kt"])
    assert take(person, "coordinating_part", part, "withdraw").status_code == 422, "a reason is asked for"
    assert take(other, "coordinating_part", part, "withdraw", REASON).status_code == 403
    assert take(person, "coordinating_part", part, "withdraw", REASON).status_code == 303
    assert told(app, house.people["head_kt"], "coordinating_part.withdraw") == 1
    assert told(app, house.people["head_vhxh"], "coordinating_part.withdraw") == (who == "secretary")
    for reader in (person, other):
        page = said(reader, f"/tasks/{task_id}")
        assert "Đã rút yêu cầu phối hợp" in page
        assert ASKED["work"] in page, "what was asked stays to be read"
        assert REASON["reason"] in page
        assert "Hạn đã nêu, nay bỏ: 18/09/2026" in page
        assert "Gửi kết quả phối hợp" not in page
    assert "đã rút yêu cầu phối hợp" in said(other, "/notifications")


def test_the_unit_is_no_longer_waited_for(app: Flask) -> None:
    house, task_id, part = asked(app)
    lead, other = browser(app, house.people["head_vhxh"]), browser(app, house.people["head_kt"])
    listed = f"/tasks/?part={house.units['kt'].id}"
    assert "NV-THU-1" in said(other, listed)
    assert "Cung cấp số liệu hộ kinh doanh" in said(other, "/unit")
    take(lead, "coordinating_part", part, "withdraw", REASON)
    home = said(other, "/unit").partition("Tin mới")[0]
    assert "Cung cấp số liệu hộ kinh doanh" not in home
    assert "Phối hợp với đơn vị khác" not in home
    assert "NV-THU-1" not in said(other, listed), "the list behind the number agrees with it"
    with time_machine.travel(at_noon(date(2026, 9, 25)), tick=False), app.app_context():
        plan_reminders()
        rules = session.scalars(select(Notification.rule).where(Notification.person_id == house.people["head_kt"].id))
        assert not [rule for rule in rules if PIECE in rule]
    with time_machine.travel(at_noon(date(2026, 9, 25)), tick=False):
        page = said(browser(app, house.people["head_vhxh"]), f"/tasks/{task_id}")
        assert "Chờ đơn vị phối hợp" not in page
        assert take(browser(app, house.people["head_vhxh"]), "task", task_id, "report", {"result": "Xong"})
        assert "Còn phần phối hợp chưa được ghi nhận" not in said(lead, f"/tasks/{task_id}")


def test_nothing_asked_or_something_sent_is_not_taken_back(app: Flask) -> None:
    house, task_id = given(app, coordinating=("kt",))
    part, lead = only_part(app, task_id), browser(app, house.people["head_vhxh"])
    assert "Rút yêu cầu phối hợp" not in said(lead, f"/tasks/{task_id}")
    refused = take(lead, "coordinating_part", part, "withdraw", REASON)
    assert refused.status_code == 422
    assert "Đơn vị này chưa được nêu việc nào nên không có gì để rút." in refused.text
    take(browser(app, house.people["head_kt"]), "coordinating_part", part, "deliver", {"result": "120 hộ"})
    assert take(lead, "coordinating_part", part, "withdraw", REASON).status_code == 409


def test_what_was_taken_back_can_be_asked_anew(app: Flask) -> None:
    house, task_id, part = asked(app)
    lead, other = browser(app, house.people["head_vhxh"]), browser(app, house.people["head_kt"])
    take(lead, "coordinating_part", part, "withdraw", REASON)
    again = {"work": "Danh sách hộ mới", "due": "25/9/2026"}
    assert take(lead, "coordinating_part", part, "ask", again).status_code == 303
    assert "Danh sách hộ mới" in said(other, "/unit")
    assert take(other, "coordinating_part", part, "deliver", {"result": "11 hộ"}).status_code == 303
    assert "Đã gửi, chờ ghi nhận" in said(lead, f"/tasks/{task_id}")


def test_a_result_of_before_does_not_answer_what_is_asked_now(app: Flask) -> None:
    """The card says why it was sent back or taken back, and which words were sent for an earlier ask."""
    house, task_id, part = asked(app)
    lead, other = browser(app, house.people["head_vhxh"]), browser(app, house.people["head_kt"])
    earlier = "Kết quả đã gửi lần trước:"
    take(other, "coordinating_part", part, "deliver", {"result": "120 hộ"})
    assert earlier not in card(other, task_id)
    take(lead, "coordinating_part", part, "give_back", {"reason": "Thiếu hộ mới đăng ký"})
    returned = card(other, task_id)
    assert "yêu cầu làm lại lúc 12:00, 16/09/2026: Thiếu hộ mới đăng ký" in returned
    assert earlier in returned
    take(lead, "coordinating_part", part, "withdraw", REASON)
    assert f"rút yêu cầu lúc 12:00, 16/09/2026: {REASON['reason']}" in card(other, task_id)
    take(lead, "coordinating_part", part, "ask", {"work": "Danh sách hộ mới"})
    anew = card(other, task_id)
    assert "Danh sách hộ mới" in anew
    assert earlier in anew
    assert "Thiếu hộ mới đăng ký" not in anew, "that was about another ask"


def card(client: FlaskClient, task_id: int) -> str:
    return said(client, f"/tasks/{task_id}").partition("Nhật ký")[0]


def test_a_figure_of_a_unit_no_longer_asked_counts_nowhere(app: Flask) -> None:
    house, task_id = given(app, coordinating=("kt",))
    part = only_part(app, task_id)
    lead, other = browser(app, house.people["head_vhxh"]), browser(app, house.people["head_kt"])
    target = {"target": "52", "target_unit": "máy"}
    assert take(browser(app, house.people["secretary"]), "task", task_id, "set_target", target).status_code == 303
    assert take(lead, "coordinating_part", part, "ask", {**ASKED, "target": "20"}).status_code == 303
    assert take(lead, "task", task_id, "progress", {"note": "Kiểm kê", "measure": "9"}).status_code == 303
    with time_machine.travel(at_noon(date(2026, 9, 17)), tick=False):
        other = browser(app, house.people["head_kt"])
        assert take(other, "task", task_id, "progress", {"note": "Một phần", "measure": "7"}).status_code == 303
        lead = browser(app, house.people["head_vhxh"])
        assert "16 / 52 máy" in said(lead, f"/tasks/{task_id}")
        assert take(lead, "coordinating_part", part, "withdraw", REASON).status_code == 303
        page = said(lead, f"/tasks/{task_id}")
        assert "9 / 52 máy" in page
        assert "16 / 52 máy" not in page
        assert "Chỉ tiêu đã giao, nay bỏ: 20" in page
    with app.app_context():
        kept = session.get_one(CoordinatingPart, part)
        assert (kept.state, kept.target_value, kept.due, kept.measure) == (WITHDRAWN, None, None, 7)
