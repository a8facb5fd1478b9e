"""What leads from one meeting to the next in the demo: confirmed minutes, proposed items, a series; all invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app.clock import day_of, telling
from app.db import session
from app.demo.cast import PRESIDERS, Cast, at
from app.models import Committee, Meeting, Minutes
from app.queries.minutes import next_begun
from app.services.agenda_proposals import Proposed, propose_item
from app.services.meeting_series import SeriesFields, save_series
from app.services.moves import make_move
from workflows.meeting import PLANNED
from workflows.minutes import APPROVED, AS_PRESENTED, CORRECTED
from workflows.rhythm import LAST, MONTHLY_WEEKDAY

if TYPE_CHECKING:
    from datetime import date

CORRECTION = "Tại phần ý kiến thảo luận, sửa “Phòng Kinh tế” thành “Phòng Kinh tế, Hạ tầng và Đô thị”."
FRIDAY = 4


def lead_on(cast: Cast, now_on: date) -> None:
    """Confirm the minutes of meetings that were followed by another, propose items for the next, plan a series."""
    for committee in cast.committees.values():
        _confirm(cast, committee)
    _propose(cast, now_on)
    _plan_series(cast, now_on)


def _confirm(cast: Cast, committee: Committee) -> None:
    """Record for each minutes how the next meeting confirmed them; those of the first needed a correction."""
    query = (
        select(Minutes)
        .join(Meeting, Meeting.id == Minutes.meeting_id)
        .where(Meeting.committee_id == committee.id, Minutes.state == APPROVED)
        .order_by(Meeting.starts_at)
    )
    given = {"outcome": CORRECTED, "correction": CORRECTION}
    for minutes in session.scalars(query).all():
        following = next_begun(minutes.meeting)
        if following is None:
            continue
        with telling(at(day_of(following.starts_at), 8, 15)):
            make_move(minutes, "confirm", given, actor=cast.actor("thuky"))
        given = {"outcome": AS_PRESENTED}


def _propose(cast: Cast, now_on: date) -> None:
    """Let a unit propose two items for the coming meeting: one waits, one was declined."""
    committee = cast.committees["bcd"]
    query = select(Meeting).where(Meeting.committee_id == committee.id, Meeting.state == PLANNED)
    meeting = session.scalars(query.order_by(Meeting.starts_at)).first()
    if meeting is None:
        return
    yesterday = cast.calendar.add_working_days(now_on, -1)
    unit = cast.units["vhxh"].id
    with telling(at(yesterday, 15)):
        head = cast.actor("donvi")
        small = Proposed(unit, "Mua thêm 02 máy in cho bộ phận tiếp nhận", "Máy hiện có in chậm.", "", 10)
        declined = propose_item(meeting, small, [], head)
    with telling(at(yesterday, 15, 20)):
        waiting = Proposed(
            unit,
            "Kinh phí số hóa hồ sơ hộ tịch quý I năm tới",
            "Cần Trưởng ban cho ý kiến về nguồn kinh phí 85 triệu đồng trước khi trình dự toán.",
            "Hoàng Mai Lan, Trưởng phòng",
            15,
        )
        propose_item(meeting, waiting, [], cast.actor("donvi"))
    with telling(at(yesterday, 16)):
        reason = {"reason": "Mua sắm nhỏ, đơn vị tự quyết định trong dự toán được giao."}
        make_move(declined, "decline", reason, actor=cast.actor("thuky"))


def _plan_series(cast: Cast, now_on: date) -> None:
    """Keep the editorial board's rhythm: the desk proposes its next meeting."""
    with telling(at(cast.calendar.add_working_days(now_on, -1), 16, 30)):
        save_series(
            cast.committees["bbt"],
            SeriesFields(
                title="Họp Ban Biên tập",
                kind=MONTHLY_WEEKDAY,
                weekday=FRIDAY,
                nth=LAST,
                day=1,
                starts="08:00",
                ends="10:00",
                place="Phòng họp tầng 2, trụ sở UBND phường",
                link="",
                presider_id=cast.people[PRESIDERS["bbt"]].id,
                agenda=[
                    {"title": "Tin, bài nổi bật trong tháng", "presenter": "Phòng Văn hóa - Xã hội", "minutes": 20},
                    {"title": "Định hướng tin, bài tháng tới", "presenter": "", "minutes": 30},
                ],
            ),
        )
