"""Who signs a notice is told what that does to tasks: how many are new, go on or are withdrawn, and which."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from app.db import session, transaction
from app.models import UnitGroup
from tests.factories import House, browser, post, take
from tests.home.pages import cards
from tests.notices import steps

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

OLD = """1. Giao Phòng Văn hóa - Xã hội rà soát máy tính bảng, báo cáo trước ngày 15/12/2026.

2. Giao Trạm Y tế phường cập nhật hồ sơ trước ngày 20/12/2026.

3. Giao Phòng Kinh tế, Hạ tầng và Đô thị lập kế hoạch trước ngày 25/12/2026."""
NEW = """1. Phòng Văn hóa - Xã hội chủ trì việc rà soát thiết bị, hoàn thành trước ngày 31/12/2026.

2. Giao Công an phường kiểm tra an toàn thông tin, hoàn thành trước ngày 28/12/2026."""


@pytest.fixture
def old_id(app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient) -> int:
    notice_id = steps.compose(secretary, house, OLD)
    steps.issue(secretary, chair, notice_id)
    return notice_id


@pytest.fixture
def new_id(app: Flask, house: House, secretary: FlaskClient, old_id: int) -> int:
    """Put the replacement before the chair: one task kept, one amended, one withdrawn, and one new."""
    notice_id = steps.compose(secretary, house, NEW)
    notice = steps.notice_of(app, notice_id)
    head = {"subject": notice.subject, "capacity": "TM.", "signer": str(notice.signer_id), "supersedes": str(old_id)}
    assert post(secretary, f"/notices/{notice_id}/head", head).status_code == 303
    first = steps.clauses_of(app, notice_id)[0]
    form: dict[str, str] = {}
    said = (("keep", ""), ("amend", "30/12/2026"), ("withdraw", ""))
    for task, (treatment, due) in zip(steps.tasks_of(app), said, strict=True):
        form |= {f"treatment-{task.id}": treatment, f"clause-{task.id}": str(first.id), f"due-{task.id}": due}
    assert post(secretary, f"/notices/{notice_id}/replaced", form).status_code == 303
    steps.submit(secretary, notice_id)
    return notice_id


def words(markup: str) -> str:
    """Return what a piece of a page says, its blanks folded."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def card(client: FlaskClient, name: str) -> str:
    """Return the markup of one card of the queue."""
    page = client.get("/chair").get_data(as_text=True)
    assert name in cards(page)
    return page.partition(f'id="{name}"')[2].partition("</article>")[0]


def test_the_card_counts_what_becomes_of_tasks_and_lists_them_one_tap_away(
    app: Flask, chair: FlaskClient, old_id: int, new_id: int
) -> None:
    shown = card(chair, f"notice{new_id}")
    above, _fold, below = shown.partition("<details")
    said = words(above)
    assert f"Thay thế thông báo {steps.notice_of(app, old_id).symbol}" in said
    assert f'href="/notices/{old_id}"' in above
    for line in (
        "1 nhiệm vụ mới", "1 nhiệm vụ đang mở bị thu hồi", "1 nhiệm vụ đang mở tiếp tục, đổi thời hạn",
        "1 nhiệm vụ đang mở tiếp tục, giữ thời hạn",
        "1 nhiệm vụ tiếp tục không đổi đơn vị, dù kết luận nêu đơn vị khác",
    ):  # fmt: skip
        assert line in said, line
    kept, amended, withdrawn = steps.tasks_of(app)
    listed = words(below)
    assert "Xem 3 nhiệm vụ đang mở" in listed
    for task in (kept, amended, withdrawn):
        assert f'href="/tasks/{task.id}"' in below
    assert "hạn 20/12/2026 → 30/12/2026" in listed
    assert "hạn 15/12/2026" in listed
    assert listed.count("kết luận nêu Phòng Văn hóa - Xã hội") == 1, "the amended task is led by another unit"


def test_the_page_of_the_notice_says_the_same_until_it_is_issued(
    secretary: FlaskClient, chair: FlaskClient, new_id: int
) -> None:
    counted = "1 nhiệm vụ đang mở bị thu hồi"
    assert counted in chair.get(f"/notices/{new_id}").get_data(as_text=True)
    steps.move(chair, new_id, "sign")
    assert counted in secretary.get(f"/notices/{new_id}").get_data(as_text=True)
    steps.move(secretary, new_id, "issue")
    assert counted not in secretary.get(f"/notices/{new_id}").get_data(as_text=True)


def test_a_task_reported_meanwhile_is_named_as_what_comes_first(
    app: Flask, house: House, chair: FlaskClient, new_id: int
) -> None:
    unit, task = browser(app, house.people["head_vhxh"]), steps.tasks_of(app)[0]
    assert "mới ký được" not in card(chair, f"notice{new_id}")
    assert take(unit, "task", task.id, "accept").status_code == 303
    assert take(unit, "task", task.id, "report", {"result": "Đã rà soát 52 máy"}).status_code == 303
    above = card(chair, f"notice{new_id}").partition("<details")[0]
    assert f"quyết định xong mới ký được thông báo này: {task.code}" in words(above)
    assert f'href="/tasks/{task.id}"' in above
    assert f"/moves/notice/{new_id}/sign" not in card(chair, f"notice{new_id}")
    assert take(chair, "notice", new_id, "sign").status_code == 422
    assert take(chair, "task", task.id, "send_back", {"reason": "Thiếu danh sách"}).status_code == 303
    shown = card(chair, f"notice{new_id}")
    assert "mới ký được" not in shown
    assert f"/moves/notice/{new_id}/sign" in shown
    assert take(chair, "notice", new_id, "sign").status_code == 303


def test_a_clause_may_continue_a_reported_task_where_nothing_is_replaced(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient, old_id: int
) -> None:
    task = steps.tasks_of(app)[0]
    notice_id = steps.compose(secretary, house, NEW.partition("\n")[0])
    (clause,) = steps.clauses_of(app, notice_id)
    continues = {"outcome": "continues", "continues": str(task.id), "due_on": "31/12/2026"}
    assert steps.say(secretary, clause, **continues).status_code == 303
    steps.submit(secretary, notice_id)
    unit = browser(app, house.people["head_vhxh"])
    take(unit, "task", task.id, "accept")
    take(unit, "task", task.id, "report", {"result": "Đã rà soát 52 máy"})
    shown = card(chair, f"notice{notice_id}")
    assert "1 nhiệm vụ đang mở tiếp tục, đổi thời hạn" in words(shown)
    assert "mới ký được" not in shown
    assert take(chair, "notice", notice_id, "sign").status_code == 303


def test_a_task_confirmed_meanwhile_is_no_longer_counted_and_stops_the_clause_that_continues_it(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient, new_id: int
) -> None:
    unit, task = browser(app, house.people["head_vhxh"]), steps.tasks_of(app)[0]
    take(unit, "task", task.id, "accept")
    take(unit, "task", task.id, "report", {"result": "Đã rà soát 52 máy"})
    assert take(chair, "task", task.id, "confirm").status_code == 303
    above = words(card(chair, f"notice{new_id}").partition("<details")[0])
    assert "giữ thời hạn" not in above
    assert f"mục 1 tiếp tục nhiệm vụ {task.code}, nhiệm vụ này đã kết thúc" in above
    steps.move(chair, new_id, "sign")
    assert take(secretary, "notice", new_id, "issue").status_code == 422


def test_a_clause_for_a_group_counts_one_task_for_each_of_its_units(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house, "1. Giao Công an phường kiểm tra, hoàn thành trước ngày 28/12/2026.")
    with app.app_context(), transaction():
        group = UnitGroup(authority_id=house.authority.id, name="Khối chuyên môn", aliases=[])
        group.units = [session.merge(house.units[name]) for name in ("vhxh", "kt", "ca")]
        session.add(group)
        session.flush()
        group_id = group.id
    (clause,) = steps.clauses_of(app, notice_id)
    assert steps.say(secretary, clause, lead=f"g{group_id}").status_code == 303
    steps.submit(secretary, notice_id)
    said = words(card(chair, f"notice{notice_id}"))
    assert "1 kết luận. Khi ban hành: 3 nhiệm vụ mới" in said
    assert "Khối chuyên môn (3 đơn vị, mỗi đơn vị một nhiệm vụ)" in said
    steps.move(chair, notice_id, "sign")
    steps.move(secretary, notice_id, "issue")
    assert len(steps.tasks_of(app)) == 3


def test_an_urgent_notice_says_how_urgent_and_comes_first(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    plain, urgent = (steps.compose(secretary, house, OLD) for _turn in range(2))
    notice = steps.notice_of(app, urgent)
    head = {"subject": notice.subject, "capacity": "TM.", "signer": str(notice.signer_id), "urgency": "flash"}
    assert post(secretary, f"/notices/{urgent}/head", head).status_code == 303
    for notice_id in (plain, urgent):
        steps.submit(secretary, notice_id)
    assert cards(chair.get("/chair").get_data(as_text=True)) == [f"notice{urgent}", f"notice{plain}"]
    assert "Hỏa tốc" in words(card(chair, f"notice{urgent}"))
