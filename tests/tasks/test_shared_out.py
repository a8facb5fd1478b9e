"""Work shared out: parts with a clock of their own, sub-tasks, explanations, handing over; through the screens.

Over 300 lines: the pieces lie beside one task and are told together.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html
from sqlalchemy import select

from app.db import session, transaction
from app.jobs.explanations import expire_explanations
from app.models import Comment, CoordinatingPart, Explanation, Notification, Person, SubTask, Task, Unit
from tests.factories import add_person, assign_task, at_noon, browser, found_authority, hold_office, post, take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

DAY = date(2026, 9, 16)  # a Wednesday
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def given(app: Flask, due: date | None = date(2026, 9, 30), coordinating: tuple[str, ...] = ()) -> tuple[House, int]:
    """Give an authority with one task that the unit of culture has accepted."""
    house = found_authority(app)
    task_id = assign_task(app, house, due=due, coordinating=coordinating)
    taken = take(browser(app, house.people["head_vhxh"]), "task", task_id, "accept")
    assert taken.status_code == 303
    return house, task_id


def said(client: FlaskClient, address: str) -> str:
    """Give the words of a page as one line."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.headers
    page = html.fromstring(answer.text)
    return " ".join(page.xpath("//main")[0].text_content().split())


def only_part(app: Flask, task_id: int) -> int:
    with app.app_context():
        return session.scalars(select(CoordinatingPart.id).where(CoordinatingPart.task_id == task_id)).one()


def test_what_people_say_beside_a_task_tells_whom_it_names_and_is_taken_back(app: Flask) -> None:
    house, task_id = given(app)
    head, staff = browser(app, house.people["head_vhxh"]), browser(app, house.people["staff_vhxh"])
    text = "Nhờ @trinh gia huy kiểm tra lại tổ 5; @Bùi Đình Phúc không thuộc việc này"
    assert post(head, f"/tasks/{task_id}/comments", {"text": text}).status_code == 303
    assert told(app, house.people["staff_vhxh"], "comment.mentioned") == 1
    assert told(app, house.people["head_kt"], "comment.mentioned") == 0
    assert "kiểm tra lại tổ 5" in said(staff, f"/tasks/{task_id}")
    assert "nhắc đến bạn" in said(staff, "/notifications")
    assert browser(app, house.people["head_kt"]).get(f"/tasks/{task_id}").status_code == 404
    assert post(browser(app, house.people["head_kt"]), f"/tasks/{task_id}/comments", {"text": "a"}).status_code == 404
    empty = post(head, f"/tasks/{task_id}/comments", {"text": "  "})
    assert empty.status_code == 422
    assert "Hãy nhập nội dung trao đổi" in empty.text
    with app.app_context():
        comment = session.scalars(select(Comment.id)).one()
    assert post(staff, f"/tasks/{task_id}/comments/{comment}/withdraw").status_code == 404
    assert post(head, f"/tasks/{task_id}/comments/{comment}/withdraw").status_code == 303
    page = said(staff, f"/tasks/{task_id}")
    assert "kiểm tra lại tổ 5" not in page
    assert "Người viết đã rút lại nội dung này" in page


def told(app: Flask, person: Person, rule: str) -> int:
    with app.app_context():
        query = select(Notification).where(Notification.person_id == person.id, Notification.rule == rule)
        return len(session.scalars(query).all())


def test_a_coordinating_unit_has_a_clock_of_its_own_and_the_lead_sees_where_time_went(app: Flask) -> None:
    house, task_id = given(app, coordinating=("kt",))
    lead, other = browser(app, house.people["head_vhxh"]), browser(app, house.people["head_kt"])
    part = only_part(app, task_id)
    after = take(lead, "coordinating_part", part, "ask", {"work": "Cung cấp số liệu", "due": "18/9/2027"})
    assert after.status_code == 422
    assert "Hạn của phần phối hợp không được sau thời hạn của nhiệm vụ." in after.text
    assert 'name="target"' not in lead.get(f"/tasks/{task_id}").text, "no figure without a unit of measure"
    asking = {"work": "Cung cấp số liệu hộ kinh doanh", "due": "18/9/2026", "target": "200"}
    asked = take(lead, "coordinating_part", part, "ask", asking)
    assert asked.status_code == 303, asked.text
    assert told(app, house.people["head_kt"], "coordinating_part.ask") == 1
    assert "Cung cấp số liệu hộ kinh doanh" in said(other, "/unit")
    assert take(lead, "coordinating_part", part, "deliver", {"result": "x"}).status_code == 403
    with time_machine.travel(at_noon(date(2026, 9, 22)), tick=False):
        lead, other = browser(app, house.people["head_vhxh"]), browser(app, house.people["head_kt"])
        assert "Quá hạn 2 ngày làm việc" in said(lead, f"/tasks/{task_id}")
        sent = take(
            other, "coordinating_part", part, "deliver",
            {"result": "Có 120 hộ", "evidence": (BytesIO(PNG), "bang so lieu.png")},
        )  # fmt: skip
        assert sent.status_code == 303, sent.text
    with time_machine.travel(at_noon(date(2026, 9, 23)), tick=False):
        page = said(lead, f"/tasks/{task_id}")
        assert "Đã báo cáo sau hạn 2 ngày làm việc" in page
        assert "Đơn vị phối hợp dùng 4 ngày làm việc (16/09/2026 – 22/09/2026)" in page
        assert "bang so lieu.png" in page
        assert "Có 120 hộ" in said(lead, "/unit")
        returned = take(lead, "coordinating_part", part, "give_back", {"reason": "Thiếu hộ mới"})
        assert returned.status_code == 303
        assert "Thiếu hộ mới" in said(other, f"/tasks/{task_id}")
        assert "Làm lại phần phối hợp" in said(other, "/unit")
        assert take(other, "coordinating_part", part, "deliver", {"result": "Có 131 hộ"}).status_code == 303
        assert take(lead, "coordinating_part", part, "note").status_code == 303
        page = said(lead, f"/tasks/{task_id}")
    assert "Đã ghi nhận" in page
    assert "Đã yêu cầu làm lại 1 lần" in page
    assert told(app, house.people["head_kt"], "coordinating_part.note") == 1


def test_what_a_unit_has_sent_stays_when_it_is_not_asked_for_more(app: Flask) -> None:
    house, task_id = given(app, coordinating=("kt", "hcc"))
    with app.app_context():
        units = {part.unit_id: part.id for part in session.scalars(select(CoordinatingPart))}
    other = browser(app, house.people["head_kt"])
    take(other, "coordinating_part", units[house.units["kt"].id], "deliver", {"result": "Đã gửi bảng"})
    arranged = take(browser(app, house.people["secretary"]), "task", task_id, "arrange", {"priority": "high"})
    assert arranged.status_code == 303
    with app.app_context():
        left = session.scalars(select(CoordinatingPart.unit_id).where(CoordinatingPart.task_id == task_id)).all()
    assert left == [house.units["kt"].id]


def test_a_report_that_leaves_parts_open_is_flagged_not_refused(app: Flask) -> None:
    house, task_id = given(app, coordinating=("kt",))
    lead = browser(app, house.people["head_vhxh"])
    take(lead, "coordinating_part", only_part(app, task_id), "ask", {"work": "Cung cấp số liệu", "due": "18/9/2026"})
    assert take(lead, "task", task_id, "report", {"result": "Đã xong"}).status_code == 303
    assert "Còn phần phối hợp chưa được ghi nhận" in said(lead, f"/tasks/{task_id}")


def give(client: FlaskClient, task_id: int, **typed: object) -> int:
    return post(client, f"/tasks/{task_id}/sub-tasks", typed).status_code


def newest(app: Flask) -> int:
    with app.app_context():
        return session.scalars(select(SubTask.id).order_by(SubTask.id.desc())).first() or 0


def test_a_task_is_split_among_people_and_reported_only_when_all_is_taken(app: Flask) -> None:
    house, task_id = given(app)
    head, staff = browser(app, house.people["head_vhxh"]), browser(app, house.people["staff_vhxh"])
    me = house.people["staff_vhxh"].id
    assert give(head, task_id, work="Kiểm đếm tại tổ 1", person=me, due="25/9/2026") == 303
    assert told(app, house.people["staff_vhxh"], "sub_task.give") == 1
    assert "Kiểm đếm tại tổ 1" in said(staff, "/unit")
    refused = take(head, "task", task_id, "report", {"result": "Đã xong"})
    assert refused.status_code == 422
    assert "Còn việc thành phần chưa xong" in refused.text
    piece = newest(app)
    assert take(head, "sub_task", piece, "finish", {"result": "x"}).status_code == 403
    assert take(staff, "sub_task", piece, "finish", {"result": "52 máy"}).status_code == 303
    assert "52 máy" in said(head, "/unit")
    assert take(head, "sub_task", piece, "give_back", {"reason": "Thiếu 2 máy"}).status_code == 303
    assert "Làm lại việc thành phần" in said(staff, "/unit")
    assert take(staff, "sub_task", piece, "finish", {"result": "54 máy"}).status_code == 303
    assert take(head, "sub_task", piece, "accept").status_code == 303
    assert take(head, "task", task_id, "report", {"result": "54 máy"}).status_code == 303


def test_a_sub_task_says_that_a_person_or_a_sub_unit_must_be_chosen(app: Flask) -> None:
    house, task_id = given(app)
    head = browser(app, house.people["head_vhxh"])
    form = html.fromstring(head.get(f"/tasks/{task_id}").text)
    labels = [form.xpath(f"string(//label[@for='birth-move-give-{name}'])") for name in ("person", "sub_unit")]
    for label in labels:
        assert "(chọn một trong hai)" in label
        assert "không bắt buộc" not in label
    refused = post(head, f"/tasks/{task_id}/sub-tasks", {"work": "Kiểm đếm tại tổ 1"})
    assert refused.status_code == 422
    beside = html.fromstring(refused.text).xpath("string(//*[@id='birth-move-give-person-error'])")
    assert "Hãy chọn một người hoặc một bộ phận trực thuộc" in beside


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"work": "", "person": "staff"}, "Việc cần làm"),
        ({"work": "Kiểm đếm"}, "Hãy chọn một người hoặc một bộ phận trực thuộc"),
        ({"work": "Kiểm đếm", "person": "stranger"}, "không còn công tác tại đơn vị này"),
        ({"work": "Kiểm đếm", "person": "staff", "due": "1/10/2026"}, "không được sau thời hạn của nhiệm vụ"),
        ({"work": "Kiểm đếm", "person": "staff", "due": "31/9"}, "31/9"),
    ],
)
def test_a_wrong_sub_task_is_refused_with_all_that_was_typed(app: Flask, typed: dict[str, str], sentence: str) -> None:
    house, task_id = given(app)
    people = {"staff": house.people["staff_vhxh"].id, "stranger": house.people["head_kt"].id}
    sent = {**typed, "person": people[typed["person"]]} if "person" in typed else typed
    answer = post(browser(app, house.people["head_vhxh"]), f"/tasks/{task_id}/sub-tasks", sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert typed["work"] in answer.text


def test_a_sub_unit_sees_and_does_its_piece_and_nothing_else(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, lead="vp", due=date(2026, 9, 30))
    other_task = assign_task(app, house, lead="vp", due=date(2026, 9, 30), title="Việc khác của Văn phòng")
    head, sub = browser(app, house.people["head_vp"]), browser(app, house.people["head_cntt"])
    take(head, "task", task_id, "accept")
    assert sub.get(f"/tasks/{task_id}").status_code == 404
    assert give(head, task_id, work="Cài phần mềm", sub_unit=house.units["cntt"].id) == 303
    assert sub.get(f"/tasks/{task_id}").status_code == 200
    assert sub.get(f"/tasks/{other_task}").status_code == 404
    listed = said(sub, "/tasks/")
    assert "Báo cáo kết quả kiểm kê máy tính bảng" in listed
    assert "Việc khác của Văn phòng" not in listed
    assert take(sub, "sub_task", newest(app), "finish", {"result": "Đã cài"}).status_code == 303
    assert take(sub, "task", task_id, "report", {"result": "x"}).status_code == 403


def test_a_unit_that_is_not_below_the_lead_gets_no_piece(app: Flask) -> None:
    house, task_id = given(app)
    with app.app_context(), transaction():
        stray = session.get_one(Unit, house.units["cntt"].id)
        assert stray.parent_id != house.units["vhxh"].id
    answer = post(
        browser(app, house.people["head_vhxh"]), f"/tasks/{task_id}/sub-tasks",
        {"work": "Cài phần mềm", "sub_unit": house.units["cntt"].id},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "không trực thuộc đơn vị chủ trì" in answer.text


def test_a_task_given_to_another_unit_takes_its_open_pieces_back(app: Flask) -> None:
    house, task_id = given(app)
    head = browser(app, house.people["head_vhxh"])
    give(head, task_id, work="Kiểm đếm", person=house.people["staff_vhxh"].id)
    moved = take(
        browser(app, house.people["chair"]), "task", task_id, "reassign",
        {"lead_unit": house.units["kt"].id, "reason": "Đúng chức năng"},
    )  # fmt: skip
    assert moved.status_code == 303
    with app.app_context():
        assert session.scalars(select(SubTask.state)).all() == ["withdrawn"]


def test_the_head_hands_a_task_over_and_both_people_are_told(app: Flask) -> None:
    house = found_authority(app)
    with app.app_context(), transaction():
        second = add_person(house.authority.id, "staff_two", "Lý Thu An")
        hold_office(second, house.units["vhxh"], "staff")
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    head, owner = browser(app, house.people["head_vhxh"]), browser(app, house.people["staff_vhxh"])
    take(head, "task", task_id, "accept", {"person": house.people["staff_vhxh"].id})
    with app.app_context():
        other = session.scalars(select(Person).where(Person.login == "staff_two")).one()
    refused = take(owner, "task", task_id, "hand_over", {"person": house.people["head_kt"].id})
    assert refused.status_code == 422
    assert take(owner, "task", task_id, "hand_over", {"person": other.id, "note": "Còn tổ 5"}).status_code == 303
    with app.app_context():
        assert session.get_one(Task, task_id).owner_id == other.id
    assert told(app, other, "task.hand_over") == 1
    assert "Còn tổ 5" in said(head, f"/tasks/{task_id}")
    assert take(owner, "task", task_id, "hand_over", {"person": house.people["staff_vhxh"].id}).status_code == 403


def test_an_explanation_is_asked_answered_late_and_told(app: Flask) -> None:
    house, task_id = given(app, due=date(2026, 9, 21))
    secretary, head = browser(app, house.people["secretary"]), browser(app, house.people["head_vhxh"])
    early = post(secretary, f"/tasks/{task_id}/explanations", {"question": "Vì sao?", "answer_by": "18/9/2026"})
    assert early.status_code == 422
    assert "Vì sao?" in early.text
    with time_machine.travel(at_noon(date(2026, 9, 24)), tick=False):
        typed = {"question": "Vì sao chưa kiểm kê?", "answer_by": "25/9/2026"}
        assert post(secretary, f"/tasks/{task_id}/explanations", typed).status_code == 303
        assert post(secretary, f"/tasks/{task_id}/explanations", typed).status_code == 422
        assert told(app, house.people["head_vhxh"], "explanation.ask") == 1
        assert "Vì sao chưa kiểm kê?" in said(head, "/unit")
        with app.app_context():
            assert expire_explanations() == 0
    with app.app_context():
        asked = session.scalars(select(Explanation)).one().id
    with time_machine.travel(at_noon(date(2026, 9, 28)), tick=False):
        with app.app_context():
            assert expire_explanations() == 1
            assert expire_explanations() == 0
        secretary, head = browser(app, house.people["secretary"]), browser(app, house.people["head_vhxh"])
        assert "Không giải trình đúng hạn" in said(secretary, f"/tasks/{task_id}")
        answered = take(head, "explanation", asked, "answer", {"explanation": "Nhà thầu giao chậm"})
        assert answered.status_code == 303
        page = said(secretary, f"/tasks/{task_id}")
        assert "Nhà thầu giao chậm" in page
        assert "Trả lời sau hạn giải trình" in page
        assert "Nhiệm vụ khi đó quá hạn 3 ngày làm việc" in page
        assert told(app, house.people["secretary"], "explanation.answer") == 1
