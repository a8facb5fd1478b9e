"""Steps on the way of a notice, as the secretary and the chair take them in a browser without JavaScript."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.db import session
from app.models import Conclusion, Notice, Task
from tests.factories import csrf, post, take
from workflows.conclusion import DROPPED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

TEXT = """1. Trong tháng qua, Ban Chỉ đạo đã hoàn thành 12 nhiệm vụ, còn 3 nhiệm vụ chậm do thiếu kinh phí.

2. Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với Công an phường rà soát toàn bộ máy tính bảng đã cấp, \
báo cáo Ban Chỉ đạo trước ngày 15/12/2026.

3. Yêu cầu Phòng Kinh tế, Hạ tầng và Đô thị xây dựng kế hoạch chuyển đổi số năm sau.

4. Giao Bộ phận CNTT - Văn phòng báo cáo định kỳ hằng tháng kết quả vận hành trang thông tin điện tử.
"""


def compose(client: FlaskClient, house: House, text: str = TEXT, **data: str) -> int:
    """Paste a text and return the notice made of it, also where one was made of the same text before."""
    form = {"committee": str(house.committee.id), "text": text, "again": "1", **data}
    answer = post(client, "/notices/new", form)
    assert answer.status_code == 303, alerts_in(answer)
    return notice_in(answer)


def token(client: FlaskClient) -> str:
    """Return the token that a form sends along."""
    return csrf(client)


def alerts_in(answer: TestResponse) -> list[str]:
    """Return what a page says went wrong."""
    return re.findall(r'role="alert".*?<p>(.*?)</p>', answer.get_data(as_text=True), re.DOTALL)


def notice_in(answer: TestResponse) -> int:
    found = re.search(r"/notices/(\d+)", answer.location)
    assert found, answer.location
    return int(found[1])


def clauses_of(app: Flask, notice_id: int) -> Sequence[Conclusion]:
    """Return the live clauses, in order."""
    query = select(Conclusion).where(Conclusion.notice_id == notice_id, Conclusion.state != DROPPED)
    with app.app_context():
        return session.scalars(query.order_by(Conclusion.position)).all()


def texts_of(app: Flask, notice_id: int) -> list[str]:
    return [clause.text for clause in clauses_of(app, notice_id)]


def notice_of(app: Flask, notice_id: int) -> Notice:
    with app.app_context():
        return session.get_one(Notice, notice_id)


def tasks_of(app: Flask) -> Sequence[Task]:
    """Return all tasks, in the order in which they were made."""
    with app.app_context():
        return session.scalars(select(Task).order_by(Task.id)).all()


def form_of(clause: Conclusion, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 -- what a form may hold
    """Return the clause's form as its page shows it, with some fields changed."""
    lead = f"u{clause.lead_unit_id}" if clause.lead_unit_id else f"g{clause.lead_group_id}"
    return {
        "version": str(clause.version),
        "text": clause.text,
        "address": clause.address,
        "section": clause.section,
        "kind": clause.kind,
        "outcome": clause.outcome,
        "lead": lead if clause.lead_unit_id or clause.lead_group_id else "",
        "coordinating": [str(unit) for unit in clause.coordinating_ids],
        "due_on": f"{clause.due_on:%d/%m/%Y}" if clause.due_on else "",
        "no_due_reason": clause.no_due_reason,
        "recurrence": clause.recurrence or "",
        "priority": clause.priority,
        "deliverable": clause.deliverable,
        "target_value": "",
        "target_unit": "",
        "continues": str(clause.continues_task_id or 0),
        "done_on": f"{clause.done_on:%d/%m/%Y}" if clause.done_on else "",
        "done_result": clause.done_result,
        "do": "next",
        **changes,
    }


def say(client: FlaskClient, clause: Conclusion, **changes: Any) -> TestResponse:  # noqa: ANN401 -- as above
    """Send the clause's form."""
    return post(client, f"/clauses/{clause.id}", form_of(clause, **changes))


def complete(app: Flask, client: FlaskClient, notice_id: int) -> None:
    """Make every clause complete: what has no lead orders nothing, what has no date says why."""
    for clause in clauses_of(app, notice_id):
        changes: dict[str, Any] = {}
        if not (clause.lead_unit_id or clause.lead_group_id):
            changes = {"outcome": "none_arises", "due_on": ""}
        elif not clause.due_on and not clause.recurrence:
            changes = {"no_due_reason": "thực hiện thường xuyên"}
        assert say(client, clause, **changes).status_code == 303


def review(app: Flask, client: FlaskClient, notice_id: int) -> None:
    """Look at every clause not looked at yet and accept it as it stands: Enter, clause by clause."""
    for clause in clauses_of(app, notice_id):
        if not clause.reviewed:
            answer = say(client, clause)
            assert answer.status_code == 303, alerts_in(answer)


def move(client: FlaskClient, notice_id: int, event: str, **given: str) -> None:
    """Take a move of the notice that must succeed."""
    answer = take(client, "notice", notice_id, event, given)
    assert answer.status_code == 303, alerts_in(answer)


def submit(secretary: FlaskClient, notice_id: int) -> None:
    """Look at what was not looked at yet and submit."""
    review(secretary.application, secretary, notice_id)
    move(secretary, notice_id, "submit")


def enter(secretary: FlaskClient, notice_id: int, **given: str) -> None:
    """Look at what was not looked at yet and enter an old notice in the register."""
    review(secretary.application, secretary, notice_id)
    move(secretary, notice_id, "enter", **given)


def issue(secretary: FlaskClient, chair: FlaskClient, notice_id: int, **given: str) -> None:
    """Look at what was not looked at yet, then submit, sign and issue a draft; enter an old one in the register."""
    if notice_of(secretary.application, notice_id).historic:
        enter(secretary, notice_id, **given)
        return
    submit(secretary, notice_id)
    move(chair, notice_id, "sign")
    move(secretary, notice_id, "issue", **given)
