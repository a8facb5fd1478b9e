"""A task that is over: what stood open beside it is closed or told as closed, and nobody is asked for anything."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import select

from app.db import session
from app.jobs.explanations import expire_explanations
from app.models import Event, Explanation, Extension, Task
from app.services.verification import CHECKS
from tests.factories import at_noon, browser, post, take
from tests.tasks.test_shared_out import give, given, newest, only_part, said, told
from workflows import explanation, extension, sub_task
from workflows.kernel import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tests.factories import House

DUE, DAY = date(2026, 9, 18), date(2026, 9, 22)
REASON = {"reason": "Kết luận mới thay thế"}


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(date(2026, 9, 16)), tick=False):
        yield


@pytest.fixture
def late() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def full(app: Flask) -> tuple[House, int, int]:
    """Give a late task with a delivered part, an open sub-task, and a request, a question and a proposal that wait."""
    with time_machine.travel(at_noon(date(2026, 9, 16)), tick=False):
        house, task_id = given(app, DUE, coordinating=("kt",))
        part = only_part(app, task_id)
        lead = browser(app, house.people["head_vhxh"])
        assert take(lead, "coordinating_part", part, "ask", {"work": "Số liệu hộ"}).status_code == 303
    with time_machine.travel(at_noon(DAY), tick=False):
        lead, other = browser(app, house.people["head_vhxh"]), browser(app, house.people["head_kt"])
        assert take(other, "coordinating_part", part, "deliver", {"result": "120 hộ"}).status_code == 303
        question = {"question": "Vì sao chậm?", "answer_by": "24/9/2026"}
        secretary = browser(app, house.people["secretary"])
        assert post(secretary, f"/tasks/{task_id}/explanations", question).status_code == 303
        proposal = {"proposal": "Cho thuê ngoài", "reason": "Thiếu người"}
        assert take(lead, "task", task_id, "propose", proposal).status_code == 303
    return house, task_id, part


@pytest.mark.usefixtures("late")
def test_a_task_withdrawn_leaves_nothing_waiting(app: Flask) -> None:
    house, task_id, part = full(app)
    lead, chair = browser(app, house.people["head_vhxh"]), browser(app, house.people["chair"])
    person = {"work": "Chụp ảnh", "person": str(house.people["staff_vhxh"].id)}
    give(lead, task_id, **person)
    piece = newest(app)
    later = {"new_due": "30/9/2026", "reason": "Chờ máy"}
    assert post(lead, f"/tasks/{task_id}/extension", later).status_code == 303
    assert take(chair, "task", task_id, "withdraw", REASON).status_code == 303
    page = said(lead, f"/tasks/{task_id}")
    closed = ("Ghi nhận phần phối hợp", "Yêu cầu làm lại phần phối hợp", "Nghiệm thu", "Gửi giải trình")
    for button in (*closed, "Rút đề nghị gia hạn"):
        assert f" {button} " not in page, button
    assert "Đã gửi; khép cùng nhiệm vụ" in page
    assert "Đề xuất đang chờ ý kiến khép lại cùng nhiệm vụ: Cho thuê ngoài" in page
    assert "Đã rút yêu cầu" in page
    assert "đã khép đề nghị gia hạn" in page, "the log says what ended, not only that something did"
    assert "Hết hiệu lực Xin từ" in page, "a request says how it ended"
    refused = take(lead, "coordinating_part", part, "note")
    assert refused.status_code == 422
    assert "Nhiệm vụ đã kết thúc nên việc này khép lại cùng nhiệm vụ." in refused.text
    assert take(lead, "sub_task", piece, "withdraw").status_code == 409
    assert told(app, house.people["head_vhxh"], "explanation.withdraw") == 1
    assert "Vì sao chậm?" not in said(lead, "/unit").partition("Tin mới")[0]
    with app.app_context():
        assert session.get_one(Task, task_id).card == ""
        assert session.scalars(select(Extension.state)).all() == [extension.LAPSED]
        assert session.scalars(select(Explanation.state)).all() == [explanation.WITHDRAWN]
        ends = select(Event.role).where(Event.subject == sub_task.SUB_TASK.name, Event.event == "withdraw")
        assert session.scalars(ends).all() == [str(Role.SYSTEM)]
        assert not [told for _name, check in CHECKS for told in check()]
    assert take(chair, "task", task_id, "restore", REASON).status_code == 303
    assert "Cho thuê ngoài" not in said(chair, "/chair"), "an old proposal does not come back with the task"
    assert "Đã gửi, chờ ghi nhận" in said(lead, f"/tasks/{task_id}"), "the part goes on where it stood"


@pytest.mark.usefixtures("late")
def test_of_a_task_completed_late_the_explanation_is_still_owed(app: Flask) -> None:
    """The monthly report asks for the cause of what was completed late, too."""
    house, task_id, part = full(app)
    lead, chair = browser(app, house.people["head_vhxh"]), browser(app, house.people["chair"])
    assert take(lead, "task", task_id, "report", {"result": "Đã xong"}).status_code == 303
    assert take(chair, "task", task_id, "confirm").status_code == 303
    page = said(lead, f"/tasks/{task_id}")
    assert "Yêu cầu làm lại phần phối hợp" not in page
    assert "Đã gửi; khép cùng nhiệm vụ" in page
    assert take(lead, "coordinating_part", part, "note").status_code == 422
    assert "Vì sao chậm?" in said(lead, "/unit").partition("Tin mới")[0]
    with app.app_context():
        asked = session.scalars(select(Explanation.id)).one()
    answer = {"explanation": "Nhà thầu giao chậm"}
    assert take(lead, "explanation", asked, "answer", answer).status_code == 303
    assert (
        take(chair, "task", task_id, "reopen", {"reason": "Thiếu phụ lục", "new_due": "30/9/2026"}).status_code == 303
    )
    assert "Đã gửi, chờ ghi nhận" in said(lead, f"/tasks/{task_id}")


def test_a_request_left_over_on_a_withdrawn_task_is_withdrawn_not_blamed(app: Flask) -> None:
    """As it stands in data of an earlier version, in which a task's end left the question open."""
    house, task_id, _part = full(app)
    with time_machine.travel(at_noon(DAY), tick=False):
        assert take(browser(app, house.people["chair"]), "task", task_id, "withdraw", REASON).status_code == 303
    with app.app_context():
        left = session.scalars(select(Explanation)).one()
        left.state = explanation.ASKED
        session.commit()
    with time_machine.travel(at_noon(date(2026, 9, 28)), tick=False), app.app_context():
        assert expire_explanations() == 1
        assert session.scalars(select(Explanation.state)).all() == [explanation.WITHDRAWN]
    assert told(app, house.people["secretary"], "explanation.expire") == 0


@pytest.mark.usefixtures("late")
def test_a_unit_that_gets_a_late_task_is_not_blamed_for_what_another_was_asked(app: Flask) -> None:
    house, task_id, _part = full(app)
    chair, heir = browser(app, house.people["chair"]), browser(app, house.people["head_hcc"])
    moved = {"lead_unit": house.units["hcc"].id, "reason": "Đúng chức năng"}
    assert take(chair, "task", task_id, "reassign", moved).status_code == 303
    assert told(app, house.people["head_vhxh"], "explanation.withdraw") == 1
    assert told(app, house.people["head_hcc"], "explanation.withdraw") == 0
    assert "Nội dung giải trình" not in said(heir, f"/tasks/{task_id}")
    with time_machine.travel(at_noon(date(2026, 9, 28)), tick=False), app.app_context():
        assert expire_explanations() == 0


@pytest.mark.usefixtures("late")
def test_a_unit_that_gets_a_late_task_is_not_asked_what_another_left_unanswered(app: Flask) -> None:
    house, task_id, _part = full(app)
    with time_machine.travel(at_noon(date(2026, 9, 28)), tick=False):
        with app.app_context():
            assert expire_explanations() == 1
            asked = session.scalars(select(Explanation.id)).one()
        chair, heir = browser(app, house.people["chair"]), browser(app, house.people["head_hcc"])
        assert "Nội dung giải trình" in said(browser(app, house.people["head_vhxh"]), f"/tasks/{task_id}")
        moved = {"lead_unit": house.units["hcc"].id, "reason": "Đúng chức năng"}
        assert take(chair, "task", task_id, "reassign", moved).status_code == 303
        page = said(heir, f"/tasks/{task_id}")
        assert "Không giải trình đúng hạn" in page
        assert "Nội dung giải trình" not in page
        refused = take(heir, "explanation", asked, "answer", {"explanation": "Không biết"})
        assert refused.status_code == 422
        assert "Yêu cầu này gửi đơn vị chủ trì trước" in refused.text
