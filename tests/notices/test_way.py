"""From a pasted text to an issued notice with its tasks, through the screens."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from sqlalchemy import select

from app.db import session
from app.models import Conclusion, Notice, Notification, Task
from tests.factories import House, at_noon, browser, found_authority, post, take
from workflows.notice import ISSUED
from workflows.task import ASSIGNED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

TEXT = """KẾT LUẬN CỦA TRƯỞNG BAN

1. Đánh giá chung: trong tháng 10, các đơn vị đã hoàn thành 12 nhiệm vụ được giao.

2. Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với Công an phường rà soát toàn bộ máy tính bảng đã cấp, \
báo cáo Ban Chỉ đạo trước ngày 15/12/2026.

3. Yêu cầu Phòng Kinh tế, Hạ tầng và Đô thị hoàn thành kế hoạch chuyển đổi số năm 2027.

4. Giao Bộ phận CNTT - Văn phòng báo cáo định kỳ hằng tháng kết quả vận hành trang thông tin điện tử.
"""


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        yield


@pytest.fixture
def house(app: Flask) -> House:
    return found_authority(app)


@pytest.fixture
def secretary(app: Flask, house: House) -> FlaskClient:
    return browser(app, house.people["secretary"])


@pytest.fixture
def chair(app: Flask, house: House) -> FlaskClient:
    return browser(app, house.people["chair"])


def compose(client: FlaskClient, house: House, text: str = TEXT, **data: str) -> int:
    answer = post(client, "/notices/new", {"committee": str(house.committee.id), "text": text, **data})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    found = re.search(r"/notices/(\d+)", answer.location)
    assert found
    return int(found[1])


def clauses_of(app: Flask, notice_id: int) -> list[Conclusion]:
    with app.app_context():
        query = select(Conclusion).where(Conclusion.notice_id == notice_id, Conclusion.state != "dropped")
        return list(session.scalars(query.order_by(Conclusion.position)))


def say(client: FlaskClient, clause: Conclusion, do: str = "next", **changes: object) -> TestResponse:
    """Send the clause's form as its page shows it, with some fields changed."""
    lead = f"u{clause.lead_unit_id}" if clause.lead_unit_id else f"g{clause.lead_group_id}"
    typed: dict[str, object] = {
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
        "continues": "0",
        "do": do,
    }
    return post(client, f"/clauses/{clause.id}", {**typed, **changes})


def settle(app: Flask, client: FlaskClient, notice_id: int) -> None:
    """Make the sample text complete: the first clause orders nothing, the third has no date."""
    first, _second, third, _fourth = clauses_of(app, notice_id)
    assert say(client, first, outcome="none_arises", due_on="").status_code == 303
    assert say(client, third, no_due_reason="thực hiện thường xuyên").status_code == 303


def issue(client: FlaskClient, chair: FlaskClient, notice_id: int, **given: str) -> None:
    for who, event in ((client, "submit"), (chair, "sign")):
        answer = take(who, "notice", notice_id, event)
        assert answer.status_code == 303, answer.get_data(as_text=True)
    answer = take(client, "notice", notice_id, "issue", given)
    assert answer.status_code == 303, answer.get_data(as_text=True)


def test_it_goes_from_a_pasted_text_to_tasks_with_leads_and_dates(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = compose(secretary, house)
    page = secretary.get(f"/notices/{notice_id}").get_data(as_text=True)
    assert "Mục 3: nhập thời hạn, hoặc nêu lý do không có hạn" in page
    assert take(secretary, "notice", notice_id, "submit").status_code == 422

    settle(app, secretary, notice_id)
    issue(secretary, chair, notice_id)

    with app.app_context():
        notice = session.get_one(Notice, notice_id)
        assert (notice.state, notice.symbol, notice.issued_on) == (ISSUED, "01/TB-BCĐ", date(2026, 11, 23))
        tasks = session.scalars(select(Task).order_by(Task.id)).all()
        assert [task.code for task in tasks] == ["NV-2026-1", "NV-2026-2", "NV-2026-3"]
        assert {task.state for task in tasks} == {ASSIGNED}
        leads = [house.units[key].id for key in ("vhxh", "kt", "cntt")]
        assert [task.lead_unit_id for task in tasks] == leads
        assert [task.current_due for task in tasks] == [date(2026, 12, 15), None, None]
        assert [part.unit_id for part in tasks[0].coordinating] == [house.units["ca"].id]
        assert tasks[1].no_due_reason == "thực hiện thường xuyên"
        assert (tasks[2].recurrence, tasks[2].no_due_reason) == ("monthly", "Định kỳ hằng tháng")
        told = session.scalars(select(Notification.person_id).where(Notification.rule == "task.assign"))
        assert house.people["head_vhxh"].id in set(told)
        told = session.scalars(select(Notification.person_id).where(Notification.rule == "notice.issue"))
        assert set(told) == {house.people[key].id for key in ("chair", "deputy", "member")}
    page = chair.get(f"/notices/{notice_id}").get_data(as_text=True)
    assert "NV-2026-1" in page
    assert 'id="2"' in page
    assert "Chưa thực hiện" in page
