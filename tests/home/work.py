"""Work in many states, made through the screens' own services, for the tests of the homes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import time_machine

from app import access
from app.clock import now, today
from app.db import session, transaction
from app.models import Conclusion, Membership, Minutes, Notice, Person, Task
from app.queries.standing import standing_of
from app.services.extensions import request_extension
from app.services.moves import make_move
from tests.factories import SINCE, assign_task, at_noon

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House

DAY = date(2026, 9, 16)
ASSIGNED_ON = date(2026, 8, 31)
TITLE = (
    "Rà soát hiện trạng hạ tầng công nghệ thông tin, máy tính bảng cấp từ năm 2012, phòng họp trực tuyến và phần mềm"
    " quản lý văn bản tại các đơn vị; xây dựng phương án thay thế tiết kiệm, báo cáo sự cần thiết, hiệu quả, lộ trình"
    " và dự kiến kinh phí để Ban Thường vụ Đảng ủy phường xem xét, cho ý kiến trước khi triển khai trong quý IV"
)


def actor(house: House, login: str) -> access.Actor:
    """Return a person of the house as services know it; inside an app context."""
    person = session.get_one(Person, house.people[login].id)
    return access.Actor(person, standing_of(person, today()))


def given_task(app: Flask, house: House, **choices: Any) -> int:  # noqa: ANN401 -- as the factory takes them
    """Assign a task two weeks ago."""
    with time_machine.travel(at_noon(ASSIGNED_ON), tick=False):
        return assign_task(app, house, **choices)


def move(  # noqa: PLR0913, PLR0917 -- what a move consists of
    app: Flask, house: House, task_id: int, event: str, login: str, given: dict[str, Any] | None = None
) -> None:
    """Move a task as somebody would on its page."""
    with app.app_context(), transaction():
        make_move(session.get_one(Task, task_id), event, given or {}, actor=actor(house, login))


def reported(app: Flask, house: House, lead: str = "vhxh", **choices: Any) -> int:  # noqa: ANN401 -- the same
    """Make a task that its unit has accepted and reported."""
    task_id = given_task(app, house, lead=lead, **choices)
    move(app, house, task_id, "accept", f"head_{lead}")
    move(app, house, task_id, "report", f"head_{lead}", {"result": "Đã kiểm kê xong 52 máy."})
    return task_id


def contested(app: Flask, house: House, lead: str = "kt") -> int:
    """Make a task that its unit wants to hand back."""
    task_id = given_task(app, house, lead=lead, due=date(2026, 9, 30))
    given = {"reason": "Không đúng chức năng", "proposed_unit": house.units["hcc"].id}
    move(app, house, task_id, "contest", f"head_{lead}", given)
    return task_id


def proposed(app: Flask, house: House, lead: str = "hcc") -> int:
    """Make a task with a proposal that waits for an answer."""
    task_id = given_task(app, house, lead=lead, due=date(2026, 10, 30))
    move(app, house, task_id, "accept", f"head_{lead}")
    given = {"proposal": "Cho phép thuê ngoài", "reason": "Không có thiết bị"}
    move(app, house, task_id, "propose", f"head_{lead}", given)
    return task_id


def extended(app: Flask, house: House, lead: str = "tyt", due: date = date(2026, 9, 25)) -> int:
    """Make a task whose unit asks for a later date, and return the task's id."""
    task_id = given_task(app, house, lead=lead, due=due)
    move(app, house, task_id, "accept", f"head_{lead}")
    ask_later(app, house, task_id, f"head_{lead}", due + timedelta(days=20))
    return task_id


def ask_later(app: Flask, house: House, task_id: int, login: str, new_due: date) -> None:
    """Ask for a later due date."""
    with app.app_context(), transaction():
        given = {"new_due": new_due, "reason": "Chờ thẩm định giá"}
        request_extension(session.get_one(Task, task_id), given, actor=actor(house, login))


def submit_notice(app: Flask, house: House, meeting_id: int, *, signer: str = "chair", clauses: int = 3) -> int:
    """Put a notice before its signer."""
    with app.app_context(), transaction():
        notice = Notice(
            authority_id=house.authority.id, committee_id=house.committee.id, meeting_id=meeting_id, state="submitted",
            subject="Kết luận phiên họp tháng 9", signer_id=house.people[signer].id, made_at=now(),
        )  # fmt: skip
        session.add(notice)
        session.flush()
        for place in range(1, clauses + 1):
            session.add(
                Conclusion(
                    authority_id=house.authority.id, notice_id=notice.id, position=place, address=f"II.{place}",
                    text=f"{place}. {TITLE}", kind="task", outcome="new_tasks", state="drafted", made_at=now(),
                    lead_unit_id=house.units["kt"].id, due_on=date(2026, 10, 30),
                )
            )  # fmt: skip
        return notice.id


def submit_minutes(app: Flask, house: House, meeting_id: int) -> int:
    """Put minutes before whoever presided."""
    with app.app_context(), transaction():
        minutes = Minutes(
            authority_id=house.authority.id, meeting_id=meeting_id, state="submitted", text="Nội dung", made_at=now()
        )
        session.add(minutes)
        session.flush()
        return minutes.id


def seat(app: Flask, house: House, login: str, office: str) -> None:
    """Give somebody one more seat in the committee."""
    with app.app_context(), transaction():
        session.add(
            Membership(
                authority_id=house.authority.id, committee_id=house.committee.id, person_id=house.people[login].id,
                office=office, rank=9, from_on=SINCE,
            )
        )  # fmt: skip
