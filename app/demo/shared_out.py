"""How units share their work out in the demo: parts, sub-tasks, an explanation, what people say; all invented."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.clock import telling
from app.db import session
from app.demo.cast import Cast, at
from app.models import CoordinatingPart, Task
from app.queries.facts import task_facts
from app.services.comments import say
from app.services.moves import make_move
from app.services.shared_out import ask_explanation, give_sub_task
from workflows.task import IN_PROGRESS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

# What a unit asks of those that coordinate, in the order in which it meets them.
ASKED = (
    "Cung cấp số liệu của đơn vị theo biểu mẫu gửi kèm, có xác nhận của thủ trưởng.",
    "Cử một người tham gia tổ rà soát và gửi danh sách.",
    "Góp ý bằng văn bản vào dự thảo.",
)


def share_out(cast: Cast, now_on: date) -> None:
    """Let two units share out what they have in progress, and one be asked why it is late."""
    before, yesterday = cast.calendar.add_working_days(now_on, -3), cast.calendar.add_working_days(now_on, -1)
    for unit, head in (("vhxh", "donvi"), ("kt", "kinhte")):
        tasks = _in_progress(cast.units[unit].id)
        with telling(at(before, 9)):
            _ask_parts(cast, tasks, head, before)
    with telling(at(before, 10)):
        _split(cast, _in_progress(cast.units["vhxh"].id), before)
    with telling(at(yesterday, 14)):
        _talk(cast, _in_progress(cast.units["vhxh"].id))
        _press(cast, now_on)


def _in_progress(unit_id: int) -> Sequence[Task]:
    query = select(Task).where(Task.lead_unit_id == unit_id, Task.state == IN_PROGRESS).order_by(Task.id)
    return session.scalars(query).all()


def _ask_parts(cast: Cast, tasks: Sequence[Task], head: str, day: date) -> None:
    """Say what is asked of each coordinating unit; the first one has sent it already."""
    query = select(CoordinatingPart).where(CoordinatingPart.task_id.in_([task.id for task in tasks]))
    for number, part in enumerate(session.scalars(query.order_by(CoordinatingPart.id)).all()[: len(ASKED)]):
        due = cast.calendar.add_working_days(day, 4 + number)
        make_move(part, "ask", {"work": ASKED[number], "due": due}, actor=cast.actor(head))
        helper = cast.heads.get(part.unit_id)
        if number == 0 and helper is not None:
            result = {"result": "Đã gửi bảng số liệu qua hệ thống quản lý văn bản."}
            make_move(part, "deliver", result, actor=cast.actor(helper.login))


def _split(cast: Cast, tasks: Sequence[Task], day: date) -> None:
    """Give two pieces of the first task that can be split; one is done and waits to be accepted."""
    task = next((one for one in tasks if one.current_due is None or one.current_due > day + timedelta(days=7)), None)
    if task is None:
        return
    staff, head = cast.people["chuyenvien"], cast.actor("donvi")
    for number, work in enumerate(("Lập danh sách thiết bị theo từng tổ dân phố", "Dự thảo báo cáo kết quả rà soát")):
        due = cast.calendar.add_working_days(day, 3 + number)
        piece = give_sub_task(task, {"work": work, "person": staff.id, "due": due}, actor=head)
        if number == 0:
            result = {"result": "Đã lập danh sách 52 thiết bị của 3 tổ dân phố."}
            make_move(piece, "finish", result, actor=cast.actor("chuyenvien"))


def _talk(cast: Cast, tasks: Sequence[Task]) -> None:
    if tasks:
        text = "@Phùng Gia Huy rà lại số liệu tổ dân phố 2 giúp chị, còn thiếu 3 máy cấp năm 2012."
        say(tasks[0], text, actor=cast.actor("donvi"))


def _press(cast: Cast, now_on: date) -> None:
    """Ask the unit that is overdue longest why."""
    late = select(Task).where(Task.state == IN_PROGRESS, Task.current_due < now_on).order_by(Task.current_due)
    for task in session.scalars(late).all():
        if task.committee_id == cast.committees["bcd"].id and task_facts(task).overdue:
            question = "Nêu nguyên nhân chậm, việc đã làm và ngày dự kiến hoàn thành."
            answer_by = cast.calendar.add_working_days(now_on, 1)
            ask_explanation(task, {"question": question, "answer_by": answer_by}, actor=cast.actor("thuky"))
            return
