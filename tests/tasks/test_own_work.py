"""Nobody takes what he does himself: who did a sub-task neither accepts nor withdraws it; through the screens."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from tests.factories import assign_task, at_noon, browser, found_authority, take
from tests.tasks.test_shared_out import DAY, give, newest, said, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def test_who_does_a_piece_neither_accepts_nor_withdraws_it(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    head, owner = browser(app, house.people["head_vhxh"]), browser(app, house.people["staff_vhxh"])
    me = house.people["staff_vhxh"].id
    take(head, "task", task_id, "accept", {"person": me})
    assert give(head, task_id, work="Lập danh sách", person=me) == 303
    piece = newest(app)
    page = owner.get(f"/tasks/{task_id}").text
    assert f"/moves/sub_task/{piece}/finish" in page
    assert f"/moves/sub_task/{piece}/withdraw" not in page
    assert take(owner, "sub_task", piece, "withdraw").status_code == 403
    assert take(owner, "sub_task", piece, "finish", {"result": "52 thiết bị"}).status_code == 303
    assert "Nghiệm thu việc thành phần" not in said(owner, "/unit")
    assert "Nghiệm thu việc thành phần" in said(head, "/unit")
    refused = take(owner, "sub_task", piece, "accept")
    assert refused.status_code == 403
    assert "Bạn là người trong cuộc (chính bạn làm việc này)" in refused.text
    assert "Thủ trưởng đơn vị chủ trì" in refused.text
    assert take(head, "sub_task", piece, "accept").status_code == 303


def test_what_a_person_in_charge_gave_himself_the_head_takes_and_what_the_head_gave_himself_he_does(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    head, owner = browser(app, house.people["head_vhxh"]), browser(app, house.people["staff_vhxh"])
    take(head, "task", task_id, "accept", {"person": house.people["staff_vhxh"].id})
    assert give(owner, task_id, work="Lập danh sách", person=house.people["staff_vhxh"].id) == 303
    own = newest(app)
    assert take(owner, "sub_task", own, "finish", {"result": "Xong"}).status_code == 303
    assert told(app, house.people["head_vhxh"], "sub_task.finish") == 1, "nobody else would know"
    assert take(owner, "sub_task", own, "accept").status_code == 403
    assert take(head, "sub_task", own, "accept").status_code == 303
    assert give(head, task_id, work="Ký giấy mời", person=house.people["head_vhxh"].id) == 303
    mine = newest(app)
    assert take(head, "sub_task", mine, "finish", {"result": "Đã ký"}).status_code == 303
    assert "Nghiệm thu việc thành phần" in said(head, "/unit")
    assert take(head, "sub_task", mine, "accept").status_code == 303


def test_the_day_of_a_piece_is_moved_by_who_gave_it_not_by_who_does_it(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 9, 30))
    head, owner = browser(app, house.people["head_vhxh"]), browser(app, house.people["staff_vhxh"])
    me = house.people["staff_vhxh"].id
    take(head, "task", task_id, "accept", {"person": me})
    assert give(head, task_id, work="Lập danh sách", person=me, due="18/9/2026") == 303
    piece = newest(app)
    later = {"person": me, "due": "25/9/2026"}
    assert f"/moves/sub_task/{piece}/change" not in owner.get(f"/tasks/{task_id}").text
    refused = take(owner, "sub_task", piece, "change", later)
    assert refused.status_code == 403
    assert "Bạn là người trong cuộc (chính bạn làm việc này)" in refused.text
    assert take(head, "sub_task", piece, "change", later).status_code == 303
    assert give(owner, task_id, work="Gọi điện", person=me, due="18/9/2026") == 303
    own = newest(app)
    assert take(owner, "sub_task", own, "change", later).status_code == 303, "who gave it to himself may"
