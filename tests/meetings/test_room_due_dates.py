"""Due dates typed in the room are read as they are said, and what gives no day is kept and marked."""

from __future__ import annotations

from datetime import date

import pytest

from app.db import session
from app.models import Conclusion
from tests.factories import post
from tests.meetings.room import Room, minutes_in


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("30/6", date(2027, 6, 30)),
        ("30/6/2028", date(2028, 6, 30)),
        ("cuối quý", date(2026, 12, 31)),
        ("cuối quý sau", date(2027, 3, 31)),
        ("quý I", date(2027, 3, 31)),
        ("cuoi thang", date(2026, 11, 30)),
        ("tháng 12", date(2026, 12, 31)),
        ("tháng 3", date(2027, 3, 31)),
        ("cuối năm", date(2026, 12, 31)),
        ("+10", date(2026, 12, 8)),
        ("+10 ngày làm việc", date(2026, 12, 8)),
        ("10 ngày", date(2026, 12, 3)),
        ("+2 tuần", date(2026, 12, 7)),
        ("+1 tháng", date(2026, 12, 23)),
        ("mai", date(2026, 11, 24)),
        ("31/2", None),
        ("sớm", None),
        ("", None),
    ],
)
def test_due_dates_are_read_as_they_are_said(room: Room, typed: str, read: date | None) -> None:
    found = room.type(1, "Báo cáo", kind="task", due=typed)
    assert found["due"] == (f"{read:%d/%m/%Y}" if read else typed)
    assert bool(found["due_wrong"]) == (read is None and typed != "")


def test_a_day_gone_by_keeps_the_text_and_says_so(room: Room) -> None:
    found = room.type(1, "Báo cáo", kind="task", due="20/11/2026")
    assert "đã qua" in found["due_wrong"]
    assert room.addresses() == [("1", "Báo cáo")]


@pytest.mark.parametrize("typed", ["31/2", "sớm nhất có thể"])
def test_a_due_date_that_gives_no_day_is_kept_as_said_and_marked(room: Room, typed: str) -> None:
    clause = room.type(1, "Kiểm kê máy", kind="task", lead=f"u{room.house.units['kt'].id}", due=typed)
    assert f"«{typed}»" in clause["due_wrong"]
    assert "Hãy gõ 30/6" in clause["due_wrong"]
    with room.app.app_context():
        kept = session.query(Conclusion).one()
        assert (kept.reviewed, kept.due_on, kept.due_text) == (False, None, typed)
    post(room.desk, f"/meetings/{room.meeting}/room/minutes")
    assert f"thời hạn: {typed}; thông báo: mục 1)" in minutes_in(room)
    with room.app.app_context():
        clause_id = session.query(Conclusion).one().id
    opened = room.desk.get(f"/notices/1?clause={clause_id}").get_data(as_text=True)
    assert f"đã gõ «{typed}»" in opened
    again = room.send("clause", key="k00000001", item=room.items[0], text="Kiểm kê máy", kind="task",
                      lead=clause["lead"], due="20/12", seen=clause["seen"])  # fmt: skip
    assert again.status_code == 200
    with room.app.app_context():
        assert session.query(Conclusion).one().reviewed
