"""The way of a proposal from the unit's draft to the ruling and what comes of it, taken on the screens."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import AgendaItem, Event, Notification, Person, ProposalSubmission, Task
from tests.factories import at_noon, browser, post, take
from tests.notices import steps as notices
from tests.proposals.steps import TEXT, TITLE, hold, kept, move, page, places, plan_meeting, submitted, write
from workflows import task as task_table
from workflows.proposal import (
    APPROVED,
    DRAFTING,
    ON_AGENDA,
    REFERRED,
    REJECTED,
    SUBMITTED,
    SUPPLEMENT_REQUESTED,
    WITHDRAWN,
)

if TYPE_CHECKING:
    import time_machine
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

PDF = b"%PDF-1.4\n" + b"0" * 64


def items_of(app: Flask, proposal_id: int) -> list[tuple[int, str, str]]:
    """Return meeting, title and presenter of the items by which a proposal stands on agendas."""
    with app.app_context():
        query = select(AgendaItem).where(AgendaItem.proposal_id == proposal_id).order_by(AgendaItem.id)
        return [(item.meeting_id, item.title, item.presenter) for item in session.scalars(query)]


def tasks_of(app: Flask, proposal_id: int) -> list[Task]:
    with app.app_context():
        return list(session.scalars(select(Task).where(Task.proposal_id == proposal_id).order_by(Task.id)))


def told(app: Flask, person: Person, rule: str) -> int:
    """Return how often a person was told by a rule."""
    with app.app_context():
        query = select(Notification.id).where(Notification.person_id == person.id, Notification.rule == rule)
        return len(session.scalars(query).all())


def test_a_supplement_is_asked_for_and_what_changed_is_visible(
    app: Flask, house: House, head: FlaskClient, secretary: FlaskClient
) -> None:
    proposal_id = write(head, house, papers=(BytesIO(PDF), "du-toan.pdf"))
    assert kept(app, proposal_id).state == DRAFTING
    mine = page(head, proposal_id)
    for words in ("1.250.000.000 đồng", "du-toan.pdf", "Lập dự toán, thẩm định giá"):
        assert words in mine
    assert secretary.get(f"/proposals/{proposal_id}").status_code == 404  # a draft is the unit's own

    move(head, proposal_id, "submit")
    assert told(app, house.people["secretary"], "proposal.submit") == 1
    assert "Chờ thư ký thẩm tra" in page(secretary, proposal_id)
    move(secretary, proposal_id, "check", {"opinion": "Chưa so sánh với phương án thuê."})
    move(secretary, proposal_id, "ask", {"reason": "Bổ sung phương án thuê máy và báo giá."})
    assert kept(app, proposal_id).state == SUPPLEMENT_REQUESTED
    assert told(app, house.people["head_vhxh"], "proposal.ask") == 1
    assert "Bổ sung phương án thuê máy và báo giá." in page(head, proposal_id)

    seen = kept(app, proposal_id).version
    edited = {**TEXT, "content": "Thuê 30 máy trong 03 năm.", "cost": "480.000.000", "version": str(seen)}
    assert post(head, f"/proposals/{proposal_id}/edit", edited | places(house)).status_code == 303
    assert take(head, "proposal", proposal_id, "submit").status_code == 422  # what was supplemented must be said
    move(head, proposal_id, "submit", {"changes": "Đã thay mua bằng thuê."})
    compared = page(secretary, proposal_id)
    for words in ("Mua 30 máy mới", "Thuê 30 máy trong 03 năm.", "480.000.000 đồng", "Đã thay mua bằng thuê."):
        assert words in compared
    with app.app_context():
        first, second = session.scalars(select(ProposalSubmission).order_by(ProposalSubmission.number))
        assert (first.content["cost"], second.content["cost"]) == (1_250_000_000, 480_000_000)
        assert first.content["papers"] == second.content["papers"] == ["du-toan.pdf"]
    assert kept(app, proposal_id).opinion == ""


def test_every_meeting_planned_since_can_be_chosen_and_the_only_one_is(app: Flask, house: House) -> None:
    head, secretary, _chair = three(app, house)
    proposal_id = submitted(house, head)
    page(secretary, proposal_id)  # drawn while there is none
    first = plan_meeting(app, house)
    assert f'<option value="{first}" selected>' in page(secretary, proposal_id)
    second = plan_meeting(app, house)
    assert all(f'<option value="{one}">' in page(secretary, proposal_id) for one in (first, second))


def test_it_stands_on_an_agenda_and_the_approval_gives_a_task(
    app: Flask, house: House, clock: time_machine.Traveller
) -> None:
    head, secretary, chair = three(app, house)
    proposal_id, meeting_id = submitted(house, head), plan_meeting(app, house)
    move(secretary, proposal_id, "put_on", {"meeting": str(meeting_id)})
    assert kept(app, proposal_id).state == ON_AGENDA
    assert items_of(app, proposal_id) == [(meeting_id, TITLE, "Phòng Văn hóa - Xã hội")]
    agenda = secretary.get(f"/meetings/{meeting_id}").get_data(as_text=True)
    assert f'href="/proposals/{proposal_id}"' in agenda
    move(secretary, proposal_id, "take_off", {"reason": "Nhường chỗ cho việc gấp."})
    assert (kept(app, proposal_id).state, items_of(app, proposal_id)) == (SUBMITTED, [])
    move(secretary, proposal_id, "put_on", {"meeting": str(meeting_id)})
    clock.move_to(at_noon(date(2026, 11, 27)))
    hold(app, meeting_id)
    undated = take(chair, "proposal", proposal_id, "approve", {"task": "Lập hồ sơ thuê máy."})
    assert undated.status_code == 422
    assert "Lập hồ sơ thuê máy." in undated.get_data(as_text=True)
    given = {"task": "Lập hồ sơ thuê 30 máy tính bảng.", "task_due": "15/1/2027"}
    move(chair, proposal_id, "approve", {"conditions": "Không vượt tổng mức 480 triệu đồng.", **given})
    ruled = kept(app, proposal_id)
    assert (ruled.state, ruled.ruled_by_id) == (APPROVED, house.people["chair"].id)
    (task,) = tasks_of(app, proposal_id)
    assert (task.state, task.lead_unit_id) == (task_table.ASSIGNED, house.units["vhxh"].id)
    assert (task.title, task.current_due) == ("Lập hồ sơ thuê 30 máy tính bảng", date(2027, 1, 15))
    assert TITLE in head.get(f"/tasks/{task.id}").get_data(as_text=True)
    shown = page(head, proposal_id)
    assert f'href="/tasks/{task.id}"' in shown
    assert "Không vượt tổng mức 480 triệu đồng." in shown
    assert told(app, house.people["head_vhxh"], "proposal.approve") == 1
    assert told(app, house.people["head_vhxh"], "task.assign") == 1


def three(app: Flask, house: House) -> tuple[FlaskClient, FlaskClient, FlaskClient]:
    """Return the browsers of the unit's head, the secretary and the chair."""
    head, secretary, chair = (browser(app, house.people[name]) for name in ("head_vhxh", "secretary", "chair"))
    return head, secretary, chair


def test_the_ruling_goes_into_the_meetings_draft_notice_and_its_task_names_the_proposal(
    app: Flask, house: House, clock: time_machine.Traveller
) -> None:
    head, secretary, chair = three(app, house)
    proposal_id = submitted(house, head)
    meeting_id = plan_meeting(app, house)
    move(secretary, proposal_id, "put_on", {"meeting": str(meeting_id)})
    clock.move_to(at_noon(date(2026, 11, 27)))
    hold(app, meeting_id)
    move(chair, proposal_id, "approve", {"conditions": "Kiểm kê số máy hỏng trước ngày 31/12/2026."})
    assert post(secretary, f"/proposals/{proposal_id}/clauses").status_code == 404  # no draft notice yet
    text = "1. Giao Công an phường rà soát camera, báo cáo trước ngày 15/12/2026."
    composed = post(secretary, f"/meetings/{meeting_id}/notice", {"committee": str(house.committee.id), "text": text})
    notice_id = notices.notice_in(composed)
    assert "Đưa vào dự thảo thông báo" in page(secretary, proposal_id)
    assert "Đưa vào dự thảo thông báo" not in page(head, proposal_id)
    filled = post(secretary, f"/proposals/{proposal_id}/clauses")
    assert filled.status_code == 303
    clauses = notices.clauses_of(app, notice_id)
    assert [clause.proposal_id for clause in clauses] == [None, proposal_id, proposal_id]
    said, condition = clauses[1:]
    assert TITLE in said.text
    assert (condition.lead_unit_id, condition.due_on) == (house.units["vhxh"].id, date(2026, 12, 31))
    assert post(secretary, f"/proposals/{proposal_id}/clauses").status_code in {404, 422}  # not twice
    notices.complete(app, secretary, notice_id)
    notices.issue(secretary, chair, notice_id)
    (task,) = tasks_of(app, proposal_id)
    assert (task.conclusion_id, task.lead_unit_id) == (condition.id, house.units["vhxh"].id)
    assert task.code in page(head, proposal_id)


def test_the_secretary_assigns_more_tasks_and_is_told_what_is_missing(
    app: Flask, house: House, head: FlaskClient, secretary: FlaskClient, chair: FlaskClient
) -> None:
    proposal_id = submitted(house, head)
    url = f"/proposals/{proposal_id}/tasks"
    order = {"text": "Thanh lý 41 máy hỏng.", "lead_unit_id": str(house.units["vp"].id), "due_on": "31/12/2026"}
    early = post(secretary, url, order)
    assert early.status_code == 422  # not approved yet
    move(chair, proposal_id, "approve")
    late = post(secretary, url, {**order, "due_on": "1/11/2026"})
    assert late.status_code == 422
    assert "Thanh lý 41 máy hỏng." in late.get_data(as_text=True)
    assert post(head, url, order).status_code == 403
    assert post(secretary, url, order).status_code == 303
    (task,) = tasks_of(app, proposal_id)
    assert (task.lead_unit_id, task.state) == (house.units["vp"].id, task_table.ASSIGNED)


def test_a_rejection_says_why_and_can_be_read_by_the_unit(
    app: Flask, house: House, head: FlaskClient, chair: FlaskClient
) -> None:
    proposal_id = submitted(house, head)
    assert take(chair, "proposal", proposal_id, "reject").status_code == 422
    move(chair, proposal_id, "reject", {"reason": "Dùng máy của tỉnh cấp."})
    assert kept(app, proposal_id).state == REJECTED
    assert "Dùng máy của tỉnh cấp." in page(head, proposal_id)
    with app.app_context():
        ruling = session.scalars(select(Event).where(Event.subject == "proposal", Event.event == "reject")).one()
        assert ruling.data["flags"] == ["outside_meeting"]


def test_it_is_referred_upwards_asked_back_and_answered(
    app: Flask, house: House, head: FlaskClient, secretary: FlaskClient, chair: FlaskClient
) -> None:
    proposal_id = submitted(house, head)
    move(chair, proposal_id, "refer", {"referred_to": "Ủy ban nhân dân tỉnh An Lạc"})
    assert kept(app, proposal_id).state == REFERRED
    assert "Chờ Ủy ban nhân dân tỉnh An Lạc trả lời" in page(secretary, proposal_id)
    assert take(head, "proposal", proposal_id, "withdraw", {"reason": "thôi"}).status_code == 409
    move(secretary, proposal_id, "ask_back", {"reason": "Tỉnh yêu cầu thẩm định giá."})
    move(head, proposal_id, "submit", {"changes": "Đã có chứng thư thẩm định giá."})
    move(chair, proposal_id, "refer", {"referred_to": "Ủy ban nhân dân tỉnh An Lạc"})
    answer = {"answer_symbol": "128/QĐ-UBND", "answered_on": "20/11/2026", "conditions": "Thuê, không mua."}
    tomorrow = take(secretary, "proposal", proposal_id, "record_approval", {**answer, "answered_on": "24/11/2026"})
    assert tomorrow.status_code == 422
    assert "Thuê, không mua." in tomorrow.get_data(as_text=True)
    move(secretary, proposal_id, "record_approval", {**answer, "answer_copy": (BytesIO(PDF), "qd128.pdf")})
    shown = page(head, proposal_id)
    assert kept(app, proposal_id).state == APPROVED
    for words in ("128/QĐ-UBND", "qd128.pdf", "Thuê, không mua."):
        assert words in shown

    other = submitted(house, head)
    move(chair, other, "refer", {"referred_to": "Ủy ban nhân dân tỉnh An Lạc"})
    no = {"answer_symbol": "15/UBND-VX", "answered_on": "20/11/2026", "reason": "Chưa cân đối được ngân sách."}
    move(secretary, other, "record_rejection", no)
    assert kept(app, other).state == REJECTED


def test_the_unit_withdraws_it_and_it_leaves_the_agenda(
    app: Flask, house: House, head: FlaskClient, secretary: FlaskClient
) -> None:
    proposal_id = submitted(house, head)
    first, second = plan_meeting(app, house), plan_meeting(app, house, on=date(2026, 12, 11), title="Giao ban tháng 12")
    move(secretary, proposal_id, "put_on", {"meeting": str(first)})
    move(secretary, proposal_id, "put_on", {"meeting": str(second)})  # straight from one agenda to another
    assert [meeting for meeting, *_ in items_of(app, proposal_id)] == [second]
    with app.app_context():
        item = session.scalars(select(AgendaItem).where(AgendaItem.proposal_id == proposal_id)).one()
    stays = post(secretary, f"/meetings/{second}/agenda/{item.id}", {"act": "remove"}, follow=True)
    assert "Rút khỏi chương trình họp" in stays.get_data(as_text=True)
    assert len(items_of(app, proposal_id)) == 1
    move(head, proposal_id, "withdraw", {"reason": "Tỉnh đã cấp máy."})
    assert (kept(app, proposal_id).state, items_of(app, proposal_id)) == (WITHDRAWN, [])
    assert told(app, house.people["secretary"], "proposal.withdraw") == 1

    draft = write(head, house)
    move(head, draft, "drop")
    assert kept(app, draft).state == WITHDRAWN
    assert secretary.get(f"/proposals/{draft}").status_code == 404


def test_a_meeting_that_takes_nothing_more_is_refused_with_what_was_typed(
    app: Flask, house: House, head: FlaskClient, secretary: FlaskClient
) -> None:
    proposal_id = submitted(house, head)
    assert "chưa có cuộc họp nào sắp tới" in page(secretary, proposal_id)
    assert take(secretary, "proposal", proposal_id, "put_on", {"meeting": "1"}).status_code == 422
    plan_meeting(app, house)
    gone = plan_meeting(app, house, on=date(2026, 11, 20), title="Giao ban đã họp")
    refused = take(secretary, "proposal", proposal_id, "put_on", {"meeting": str(gone)})
    assert refused.status_code == 422
    assert "Hãy chọn cuộc họp khác" in refused.get_data(as_text=True)


def test_what_the_meeting_did_not_reach_comes_back_with_its_proposal_and_opens_in_the_room(
    app: Flask, house: House, clock: time_machine.Traveller
) -> None:
    head, secretary, _chair = three(app, house)
    proposal_id, meeting_id = submitted(house, head), plan_meeting(app, house)
    move(secretary, proposal_id, "put_on", {"meeting": str(meeting_id)})
    clock.move_to(at_noon(date(2026, 11, 27)))
    hold(app, meeting_id)
    with app.app_context():
        item = session.scalars(select(AgendaItem).where(AgendaItem.proposal_id == proposal_id)).one()
    room = secretary.get(f"/meetings/{meeting_id}/room?item={item.id}").get_data(as_text=True)
    assert f'href="/proposals/{proposal_id}"' in room
    assert post(secretary, f"/meetings/{meeting_id}/agenda/{item.id}", {"act": "defer"}).status_code == 303
    following = plan_meeting(app, house, on=date(2026, 12, 11), title="Giao ban tháng 12")
    assert post(secretary, f"/meetings/{following}/agenda/left-over").status_code == 303
    assert [meeting for meeting, *_ in items_of(app, proposal_id)] == [meeting_id, following]
    assert "Giao ban tháng 12" in page(head, proposal_id)
    assert kept(app, proposal_id).state == ON_AGENDA
