"""The words by which a task is listed, and tasks from a directing document."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from app.access import Actor
from app.clock import today
from app.db import session, transaction
from app.errors import DomainError
from app.models import Committee, Person, Task
from app.queries.standing import standing_of
from app.services.directives import assign_from_directive, record_directive
from app.services.moves import RefusedMoveError
from app.services.task_orders import Order, short_title
from workflows.task import ASSIGNED

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House


@pytest.mark.parametrize(
    ("text", "lead", "others", "title"),
    [
        (
            "Giao Phòng A chủ trì, phối hợp với Công an, Trạm Y tế rà soát máy tính bảng. Báo cáo Ban Chỉ đạo.",
            "Phòng A",
            "Công an, Trạm Y tế",
            "Rà soát máy tính bảng",
        ),
        ("Phòng A xây dựng kế hoạch năm 2027;", "Phòng A", "", "Xây dựng kế hoạch năm 2027"),
        ("Yêu cầu Phòng A có trách nhiệm theo dõi, tổng hợp", "Phòng A", "", "Theo dõi, tổng hợp"),
        ("Giao Phòng A báo cáo", "Phòng A", "", "Giao Phòng A báo cáo"),
        ("2. Hoàn thành hồ sơ 1.250 hộ. Gửi về Văn phòng", "", "", "Hoàn thành hồ sơ 1.250 hộ"),
        ("- Việc thứ nhất\n- Việc thứ hai", "", "", "Việc thứ nhất"),
    ],
)
def test_a_task_is_listed_by_what_is_to_be_done(text: str, lead: str, others: str, title: str) -> None:
    assert short_title(text, lead, others) == title


def test_a_long_title_is_cut_between_words() -> None:
    title = short_title("Rà soát " + "toàn bộ " * 60)
    assert len(title) <= 181
    assert title.endswith(("bộ…", "toàn…"))


def actor(house: House, key: str) -> Actor:
    person = session.get_one(Person, house.people[key].id)
    return Actor(person, standing_of(person, today()))


def test_a_directing_document_gives_tasks_with_its_own_date(app: Flask, house: House) -> None:
    with app.app_context(), transaction():
        directive = record_directive(
            session.get_one(Committee, house.committee.id),
            symbol="45/UBND-VX",
            issued_on=date(2026, 11, 20),
            issuer="UBND tỉnh An Lạc",
            subject="Về chuyển đổi số",
            due_on=date(2026, 12, 20),
        )
        orders = [
            Order("Rà soát thiết bị của phường", house.units["vhxh"].id),
            Order("Lập kế hoạch năm tới", house.units["kt"].id, due_on=date(2026, 12, 10)),
        ]
        assign_from_directive(directive, orders, actor(house, "secretary"))
    with app.app_context():
        tasks = session.scalars(select(Task).order_by(Task.id)).all()
        assert {task.state for task in tasks} == {ASSIGNED}
        assert [task.current_due for task in tasks] == [date(2026, 12, 20), date(2026, 12, 10)]
        assert [task.code for task in tasks] == ["NV-2026-1", "NV-2026-2"]
        assert all(task.directive_id for task in tasks)


def test_a_document_is_cited_in_full_and_not_from_the_future(app: Flask, house: House) -> None:
    with app.app_context():
        committee = session.get_one(Committee, house.committee.id)
        with pytest.raises(DomainError, match="số ký hiệu"), transaction():
            record_directive(committee, symbol=" ", issued_on=today(), issuer="UBND", subject="Về việc")
        with pytest.raises(DomainError, match="không được sau hôm nay"), transaction():
            record_directive(committee, symbol="1", issued_on=date(2027, 1, 1), issuer="UBND", subject="Về việc")


def test_a_title_reaches_to_the_part_that_names_who_is_to_do_it() -> None:
    text = "Thông qua dự thảo kế hoạch; Công an phường hoàn chỉnh, trình ký trong tháng; các đơn vị biết."
    assert short_title(text, "Công an phường") == (
        "Thông qua dự thảo kế hoạch; Công an phường hoàn chỉnh, trình ký trong tháng"
    )


def test_a_unit_gives_itself_no_task(app: Flask, house: House) -> None:
    with app.app_context():
        with transaction():
            directive = record_directive(
                session.get_one(Committee, house.committee.id),
                symbol="45/UBND-VX",
                issued_on=today(),
                issuer="UBND tỉnh An Lạc",
                subject="Về chuyển đổi số",
            )
        order = Order("Rà soát thiết bị", house.units["vhxh"].id, due_on=date(2026, 12, 1))
        with pytest.raises(RefusedMoveError), transaction():
            assign_from_directive(directive, [order], actor(house, "head_vhxh"))
        assert session.scalars(select(Task)).all() == []
