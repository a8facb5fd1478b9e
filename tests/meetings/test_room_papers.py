"""What is typed in the room goes into the minutes and the notice, with its units, days and numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

import time_machine

from app.db import session, transaction
from app.models import AgendaItem, Conclusion, CoordinatingPart, Meeting, Minutes, Notice, Task
from app.queries.calendars import calendar_of
from app.queries.notices import unit_names
from app.reading.docx_text import read_docx
from app.reading.reader import read_text
from tests.factories import assign_task, at_noon, browser, post, take
from tests.meetings.room import DAY, Room, minutes_in


def test_what_was_typed_goes_into_the_minutes(room: Room) -> None:
    unit = room.house.units["vhxh"].id
    room.send("notes", item=room.items[0], text="Trưởng phòng báo cáo.\nCác thành viên thảo luận.", seen="")
    room.type(1, "Kiểm kê máy", kind="task", lead=f"u{unit}", due="15/12")
    room.type(2, "Lập danh sách", after="k00000001", depth=1)
    assert post(room.desk, f"/meetings/{room.meeting}/room/minutes").status_code == 303
    text = minutes_in(room)
    assert text.split("\n")[:5] == [
        "1. Kế hoạch chuyển đổi số",
        "Trưởng phòng báo cáo.",
        "Các thành viên thảo luận.",
        "Kết luận:",
        "1.1. Kiểm kê máy (chủ trì: Phòng Văn hóa - Xã hội; thời hạn: 15/12/2026; thông báo: mục 1)",
    ]
    assert "a) Lập danh sách (thông báo: mục 1.a)" in text
    room.type(3, "Thêm sau", item=room.items[1])
    post(room.desk, f"/meetings/{room.meeting}/room/minutes")
    assert minutes_in(room).count("Kiểm kê máy") == 1
    assert "2.1. Thêm sau (thông báo: mục II.1)" in minutes_in(room)
    with room.app.app_context(), transaction():
        session.query(Minutes).one().text += "\nSửa tay."
    room.type(4, "Nữa", item=room.items[1], after="k00000003")
    post(room.desk, f"/meetings/{room.meeting}/room/minutes")
    assert "Sửa tay." in minutes_in(room)
    assert minutes_in(room).index("Sửa tay.") < minutes_in(room).index("Nữa")


def test_the_minutes_begin_with_what_became_of_earlier_conclusions(room: Room) -> None:
    with room.app.app_context(), transaction():
        meeting = session.get_one(Meeting, room.meeting)
        kept = {"authority_id": meeting.authority_id, "meeting_id": meeting.id, "position": 0}
        session.add(AgendaItem(**kept, kind="status", title="Tình hình thực hiện các kết luận trước"))
    with time_machine.travel(at_noon(date(2026, 11, 2)), tick=False):
        assign_task(room.app, room.house, due=date(2026, 11, 10))
    room.type(1, "Kiểm kê máy")
    post(room.desk, f"/meetings/{room.meeting}/room/minutes")
    lines = minutes_in(room).split("\n")
    assert lines[0] == "1. Tình hình thực hiện các kết luận trước"
    assert lines[1].startswith("Tính đến ngày ")
    counted = "đã hoàn thành 0 nhiệm vụ; đang thực hiện 0; chờ xác nhận 0; chưa tiếp nhận 1; quá hạn 1."
    assert lines[1].endswith(counted)


def test_an_empty_room_makes_no_minutes(room: Room) -> None:
    answer = post(room.desk, f"/meetings/{room.meeting}/room/minutes", follow=True)
    assert "Chưa ghi gì tại phòng họp" in answer.get_data(as_text=True)


def test_the_paper_of_the_room_reads_back(room: Room) -> None:
    """What was typed stands in the DOCX under its numbers, and reads back with leads and days."""
    units = room.house.units
    room.type(1, "Thống nhất chủ trương bàn giao máy tính bảng trong quý IV")
    led = {"after": "k00000001", "kind": "task", "lead": f"u{units['vhxh'].id}"}
    room.type(2, "Kiểm kê toàn bộ máy tính bảng đã cấp", due="15/12", **led)
    under = {"after": "k00000002", "depth": 1, "kind": "task", "lead": f"u{units['kt'].id}"}
    room.type(3, "Lập danh sách máy hỏng kèm ảnh chụp", due="20/12", **under)
    room.type(4, "Xây dựng kế hoạch chuyển đổi số năm 2027", item=room.items[1], kind="task",
              lead=f"u{units['hcc'].id}", due="cuối quý")  # fmt: skip
    with room.app.app_context():
        notice = session.query(Notice).one().id
    file = room.desk.get(f"/notices/{notice}/paper.docx")
    with room.app.app_context():
        names, groups = unit_names(room.house.authority.id)
        calendar = calendar_of(room.house.authority.id)
    reading = read_text(read_docx(file.data).text, units=names, groups=groups, calendar=calendar, document_on=DAY)
    read = [
        (one.address, one.text.rstrip("."), str(one.kind), one.lead.unit_id if one.lead else None, one.due)
        for one in reading.items
    ]
    with room.app.app_context():
        clauses = session.query(Conclusion).order_by(Conclusion.position)
        assert read == [(one.address, one.text, one.kind, one.lead_unit_id, one.due_on) for one in clauses]
    assert [address for address, *_rest in read] == ["I.1", "I.2", "I.2.a", "II.1"]


def test_coordinating_units_go_with_a_clause_into_the_minutes_and_its_task(room: Room) -> None:
    units = room.house.units
    lead, one, two = (units[name].id for name in ("vhxh", "kt", "ca"))
    typed = room.type(1, "Kiểm kê máy", kind="task", lead=f"u{lead}", due="15/12", coordinating=[one, two, 99999])
    assert typed["coordinating"] == sorted([one, two])
    same: dict[str, Any] = {
        "item": room.items[0],
        "text": "Kiểm kê máy",
        "kind": "task",
        "lead": f"u{lead}",
        "due": "15/12/2026",
    }
    clash = room.send("clause", key="k00000001", seen="cũ", coordinating=[one], **same)
    assert clash.status_code == 409
    taken = room.send("clause", key="k00000001", seen=typed["seen"], coordinating=[one], **same)
    assert taken.get_json()["clauses"][0]["coordinating"] == [one]
    page = room.desk.get(f"/meetings/{room.meeting}/room?item={room.items[0]}&clause=k00000001").get_data(as_text=True)
    assert page.count('name="coordinating"') == 2
    form = {"do": "save", "key": "k00000001", "seen": taken.get_json()["clauses"][0]["seen"], **same}
    assert post(room.desk, f"/meetings/{room.meeting}/room", {**form, "coordinating": [one, two]}).status_code == 303
    post(room.desk, f"/meetings/{room.meeting}/room/minutes")
    said = "(chủ trì: Phòng Văn hóa - Xã hội; phối hợp: Phòng Kinh tế, Hạ tầng và Đô thị, Công an phường; thời hạn: "
    assert said in minutes_in(room)
    chair = browser(room.app, room.house.people["chair"])
    for by, move in ((room.desk, "submit"), (chair, "sign"), (room.desk, "issue")):
        assert take(by, "notice", 1, move).status_code == 303
    with room.app.app_context():
        assert session.query(Task).one().lead_unit_id == lead
        assert sorted(part.unit_id for part in session.query(CoordinatingPart)) == sorted([one, two])


def test_every_item_of_the_room_counts_as_there_in_the_minutes(room: Room) -> None:
    with room.app.app_context(), transaction():
        for item in session.query(AgendaItem):
            item.presenter = "Phòng Văn hóa - Xã hội"
    room.type(1, "Một")
    room.type(2, "Hai", item=room.items[1])
    post(room.desk, f"/meetings/{room.meeting}/room/minutes")
    page = room.desk.get(f"/meetings/{room.meeting}/minutes").get_data(as_text=True)
    assert page.count("đã có") == len(room.items) == 2
    assert "Đưa khung chương trình vào biên bản" not in page


def test_the_opening_follows_the_presider_until_it_is_changed_by_hand(room: Room) -> None:
    room.type(1, "Một")
    people = room.house.people

    def preside(person: str) -> str:
        form = {"title": "Họp", "day": "25/11", "start": "8:00", "presider_id": people[person].id, "place": "Phòng 2"}
        answer = post(room.desk, f"/meetings/{room.meeting}/edit", form, follow=True)
        with room.app.app_context():
            assert people[person].full_name in answer.get_data(as_text=True)
        return answer.get_data(as_text=True)

    def opening() -> str:
        with room.app.app_context():
            return session.query(Notice).one().opening

    assert "đã được sửa tay" not in preside("deputy")
    assert people["deputy"].full_name in opening()
    assert "25/11/2026" in opening()
    with room.app.app_context(), transaction():
        session.query(Notice).one().opening += " Sửa tay."
    assert "đã được sửa tay nên giữ nguyên" in preside("chair")
    assert people["deputy"].full_name in opening()
