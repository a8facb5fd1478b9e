"""What is typed in the room: kept once, in order, never over another's words; then in the notice and the minutes.

Over 300 lines: one room with its browser is set up once for all that happens in it.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from app.db import session, transaction
from app.models import AgendaItem, Attendance, Conclusion, CoordinatingPart, Meeting, Minutes, Notice, Task
from app.queries.calendars import calendar_of
from app.queries.notices import unit_names
from app.reading.docx_text import read_docx
from app.reading.reader import read_text
from app.services.room_order import stand_under
from tests.factories import assign_task, at_noon, browser, csrf, found_authority, hold_meeting, post, take
from tests.home.statements import BAR, counting
from workflows.meeting import CONVENED, HELD, PLANNED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=True):
        yield


class Room:
    """A meeting with two items, and the secretary's browser."""

    def __init__(self, app: Flask, house: House) -> None:
        self.app, self.house = app, house
        self.meeting = hold_meeting(app, house, on=DAY)
        self.desk = browser(app, house.people["secretary"])
        for title in ("Kế hoạch chuyển đổi số", "Máy tính bảng"):
            post(self.desk, f"/meetings/{self.meeting}/agenda", {"title": title})
        with app.app_context():
            self.items = [item.id for item in session.query(AgendaItem).order_by(AgendaItem.position)]

    def send(self, op: str, by: FlaskClient | None = None, **said: Any) -> TestResponse:  # noqa: ANN401 -- JSON
        client = by or self.desk
        headers = {"X-CSRFToken": csrf(client), "Accept": "application/json"}
        return client.post(f"/meetings/{self.meeting}/room/send", json={"op": op, **said}, headers=headers)

    def type(self, number: int, text: str, **said: Any) -> dict[str, Any]:  # noqa: ANN401 -- JSON
        """Type a clause under the first item and return it as the server has it."""
        key = f"k{number:08d}"
        answer = self.send("clause", **{"key": key, "item": self.items[0], "text": text, "kind": "conclusion", **said})
        assert answer.status_code == 200, answer.get_data(as_text=True)
        found: dict[str, Any] = next(one for one in answer.get_json()["clauses"] if one["key"] == key)
        return found

    def state(self) -> dict[str, Any]:
        answer = self.desk.get(f"/meetings/{self.meeting}/room/state")
        assert answer.status_code == 200
        said: dict[str, Any] = answer.get_json()
        return said

    def addresses(self) -> list[tuple[str, str]]:
        return [(one["address"], one["text"]) for one in self.state()["clauses"]]


@pytest.fixture
def room(app: Flask) -> Room:
    return Room(app, found_authority(app))


def test_a_clause_typed_is_a_clause_of_the_draft_notice(room: Room) -> None:
    unit = room.house.units["vhxh"].id
    typed = room.type(1, "Rà soát máy tính bảng đã cấp", kind="task", lead=f"u{unit}", due="cuối quý")
    assert (typed["address"], typed["due"], typed["due_said"]) == ("1", "31/12/2026", "Thứ Năm, 31/12/2026")
    with room.app.app_context():
        notice = session.query(Notice).one()
        clause = session.query(Conclusion).one()
        assert (notice.state, notice.meeting_id) == ("drafting", room.meeting)
        assert (clause.outcome, clause.lead_unit_id, clause.due_on) == ("new_tasks", unit, date(2026, 12, 31))
    page = room.desk.get(f"/notices/{notice.id}").get_data(as_text=True)
    assert "Rà soát máy tính bảng đã cấp" in page


def test_the_screen_has_plain_forms(room: Room) -> None:
    room.type(1, "Một")
    page = room.desk.get(f"/meetings/{room.meeting}/room?item={room.items[0]}")
    assert page.status_code == 200, page.get_data(as_text=True)
    page_text = page.get_data(as_text=True)
    assert "Lưu kết luận" in page_text
    clause = room.state()["clauses"][0]
    form = {
        "item": room.items[0],
        "text": "Hai",
        "kind": "task",
        "lead": "",
        "due": "+10",
        "after": clause["key"],
        "do": "save",
    }
    assert post(room.desk, f"/meetings/{room.meeting}/room", form).status_code == 303
    two = room.state()["clauses"][1]
    assert (two["text"], two["due"]) == ("Hai", "08/12/2026")
    plain = {"item": room.items[0], "key": two["key"], "seen": two["seen"]}
    assert post(room.desk, f"/meetings/{room.meeting}/room", plain | {"do": "in"}).status_code == 303
    assert room.addresses() == [("1", "Một"), ("1.a", "Hai")]
    for do in ("out", "up"):
        post(room.desk, f"/meetings/{room.meeting}/room", plain | {"do": do})
    assert room.addresses() == [("1", "Hai"), ("2", "Một")]
    stale = post(room.desk, f"/meetings/{room.meeting}/room", form | {"key": two["key"], "seen": "cũ", "text": "Ba"})
    assert stale.status_code == 409
    both = stale.get_data(as_text=True)
    assert "Bản của bạn" in both
    assert "Bản của Vũ Ngọc Diệp" in both
    assert post(room.desk, f"/meetings/{room.meeting}/room", plain | {"do": "drop"}).status_code == 303
    assert room.addresses() == [("1", "Một")]
    noted = {"item": room.items[1], "text": "Ông A nêu khó khăn.", "seen": "", "do": "notes"}
    assert post(room.desk, f"/meetings/{room.meeting}/room", noted).status_code == 303
    assert [item["text"] for item in room.state()["items"]] == ["", "Ông A nêu khó khăn."]


def test_sent_twice_it_is_one_clause(room: Room) -> None:
    said: dict[str, Any] = {"key": "k12345678", "item": room.items[0], "text": "Một lần", "kind": "conclusion"}
    for _ in range(3):
        assert room.send("clause", **said).status_code == 200
    assert room.addresses() == [("1", "Một lần")]


def test_the_first_clauses_of_many_share_one_draft(room: Room) -> None:
    """Several begin at the very same moment: one notice, and every clause of everybody in it."""
    desks = [browser(room.app, room.house.people["secretary"]) for _ in range(6)]

    def begin(number: int) -> int:
        said = {"key": f"k{number:08d}", "item": room.items[0], "text": f"Ý {number}", "kind": "conclusion"}
        for _ in range(10):
            answer = room.send("clause", by=desks[number], **said)
            if "again" not in answer.get_json():
                break
        return answer.status_code

    with ThreadPoolExecutor(len(desks)) as threads:
        assert list(threads.map(begin, range(len(desks)))) == [200] * len(desks)
    assert sorted(text for _address, text in room.addresses()) == [f"Ý {number}" for number in range(len(desks))]
    with room.app.app_context():
        assert session.query(Notice).count() == 1


def test_two_at_once_never_lose_a_text(room: Room) -> None:
    one = room.type(1, "Nguyên bản")
    other = browser(room.app, room.house.people["secretary"])
    hers = room.type(1, "Bản của người thứ nhất", seen=one["seen"])
    said = {"key": one["key"], "item": room.items[0], "text": "Bản của người thứ hai", "kind": "conclusion"}
    clash = room.send("clause", by=other, **said, seen=one["seen"])
    assert clash.status_code == 409
    assert clash.get_json()["clash"]["text"] == "Bản của người thứ nhất"
    assert clash.get_json()["clash"]["by"] == "Vũ Ngọc Diệp"
    assert room.addresses() == [("1", "Bản của người thứ nhất")]
    chosen = room.send("clause", by=other, **said, seen=hers["seen"])
    assert chosen.status_code == 200
    assert room.addresses() == [("1", "Bản của người thứ hai")]
    dropping = room.send("drop", key=one["key"], seen=hers["seen"])
    assert dropping.status_code == 409
    assert room.addresses() == [("1", "Bản của người thứ hai")]


def test_a_clause_that_another_dropped_is_asked_about(room: Room) -> None:
    one = room.type(1, "Sẽ bỏ")
    assert room.send("drop", key=one["key"], seen=one["seen"]).status_code == 200
    assert room.send("drop", key=one["key"], seen=one["seen"]).status_code == 200
    again = room.send("clause", key=one["key"], item=room.items[0], text="Vẫn gõ", kind="task", seen=one["seen"])
    assert (again.status_code, again.get_json()["clash"]) == (409, None)


def test_notes_clash_as_clauses_do(room: Room) -> None:
    assert room.send("notes", item=room.items[0], text="Một", seen="").status_code == 200
    clash = room.send("notes", item=room.items[0], text="Hai", seen="")
    assert clash.status_code == 409
    assert clash.get_json()["clash"]["text"] == "Một"
    again = room.send("notes", item=room.items[0], text="Hai", seen=clash.get_json()["clash"]["seen"])
    assert again.status_code == 200
    assert room.state()["items"][0]["text"] == "Hai"


def test_order_and_depth_make_the_numbers(room: Room) -> None:
    first = [room.type(number, f"Ý {number}", after=f"k{number - 1:08d}") for number in range(1, 5)]
    keys = [clause["key"] for clause in first]
    moved = [(keys[0], 0), (keys[2], 1), (keys[1], 2), (keys[3], 0)]
    wanted = [{"key": key, "depth": depth} for key, depth in moved]
    for _ in range(2):
        assert room.send("order", item=room.items[0], keys=wanted).status_code == 200
    assert room.addresses() == [("1", "Ý 1"), ("1.a", "Ý 3"), ("1.a.1", "Ý 2"), ("2", "Ý 4")]
    # Moving is no change of the words: nobody's text clashes by it.
    assert room.type(3, "Ý 3 sửa", seen=first[2]["seen"])["address"] == "1.a"
    room.type(9, "Nội dung hai", item=room.items[1])
    assert [address for address, _text in room.addresses()] == ["I.1", "I.1.a", "I.1.a.1", "I.2", "II.1"]
    with room.app.app_context():
        sections = [clause.section for clause in session.query(Conclusion).order_by(Conclusion.position)]
    assert sections[0] == "I. Kế hoạch chuyển đổi số"
    assert sections[-1] == "II. Máy tính bảng"


def test_a_new_line_stands_behind_the_one_it_was_typed_under(room: Room) -> None:
    one, _two = room.type(1, "Một"), room.type(2, "Hai", after="k00000001")
    room.type(3, "Giữa", after=one["key"])
    assert [text for _address, text in room.addresses()] == ["Một", "Giữa", "Hai"]


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


def test_a_secret_text_is_refused_and_forgotten(room: Room) -> None:
    answer = room.send("clause", key="k00000009", item=room.items[0], text="Nội dung (TỐI MẬT)", kind="task")
    assert answer.status_code == 422
    assert answer.get_json()["error"]["forget"] is True
    assert room.state()["clauses"] == []


def test_what_is_wrong_gets_a_sentence(room: Room) -> None:
    for said in (
        {"op": "clause", "key": "k00000001", "item": room.items[0], "text": "  "},
        {"op": "clause", "key": "k00000001", "item": 987654, "text": "Không có nội dung này"},
        {"op": "clause", "key": "../..", "item": room.items[0], "text": "Khóa lạ"},
        {"op": "notes", "item": 987654, "text": "x"},
        {"op": "không có"},
        {"op": "order", "item": "x", "keys": "y"},
        {"op": ["drop"]},
    ):
        answer = room.send(**said)
        assert answer.status_code in {200, 422}, (said, answer.status_code)
        assert answer.status_code == 200 or answer.get_json()["error"]["sentence"]


def test_only_the_secretary_types_and_members_see_the_display(room: Room) -> None:
    room.type(1, "Thống nhất chủ trương")
    chair = browser(room.app, room.house.people["chair"])
    stranger = browser(room.app, room.house.people["head_kt"])
    assert chair.get(f"/meetings/{room.meeting}/room").status_code == 403
    assert room.send("notes", by=chair, item=room.items[0], text="x").status_code == 403
    shown = chair.get(f"/meetings/{room.meeting}/display")
    assert shown.status_code == 200
    assert "Thống nhất chủ trương" in shown.get_data(as_text=True)
    for path in ("room", "room/state", "display", "display/picture"):
        assert stranger.get(f"/meetings/{room.meeting}/{path}").status_code == 404
    with room.app.app_context(), transaction():
        guest = Attendance(
            authority_id=room.house.authority.id, meeting_id=room.meeting, name="Bùi Đình Phúc",
            person_id=room.house.people["head_kt"].id,
        )  # fmt: skip
        session.add(guest)
    assert stranger.get(f"/meetings/{room.meeting}/display").status_code == 403
    assert stranger.get(f"/meetings/{room.meeting}/room").status_code == 403


def test_the_display_follows_the_secretary(room: Room) -> None:
    assign_task(room.app, room.house, due=date(2026, 11, 20), title="Kiểm kê máy")
    with room.app.app_context(), transaction():
        task = session.query(Task).one()
        item = session.get_one(AgendaItem, room.items[1])
        item.tasks.append(task)
    room.type(1, "Ở nội dung một")
    two = room.type(2, "Ở nội dung hai", item=room.items[1])
    chair = browser(room.app, room.house.people["chair"])
    address = f"/meetings/{room.meeting}/display/picture"
    seen = chair.get(address)
    assert "Ở nội dung hai" in seen.get_json()["picture"]
    assert "Quá hạn 1 ngày làm việc" in seen.get_json()["picture"]
    assert chair.get(address, headers={"If-None-Match": seen.headers["ETag"]}).status_code == 304
    assert room.send("look", item=room.items[0], key="").status_code == 200
    moved = chair.get(address, headers={"If-None-Match": seen.headers["ETag"]})
    assert moved.status_code == 200
    assert "Ở nội dung một" in moved.get_json()["picture"]
    assert two["text"] not in moved.get_json()["picture"]


def test_who_asks_again_gets_nothing_until_something_changes(room: Room) -> None:
    room.type(1, "Một")
    address = f"/meetings/{room.meeting}/room/state"
    mark = room.desk.get(address).headers["ETag"]
    with counting(room.app) as statements:
        assert room.desk.get(address, headers={"If-None-Match": mark}).status_code == 304
    assert len(statements) <= BAR, statements
    room.send("notes", item=room.items[1], text="Mới", seen="")
    with counting(room.app) as statements:
        assert room.desk.get(address, headers={"If-None-Match": mark}).status_code == 200
    assert len(statements) <= BAR, statements


def test_the_pages_need_few_statements(room: Room) -> None:
    for number in range(1, 30):
        room.type(number, f"Ý {number}", lead=f"u{room.house.units['vhxh'].id}", after=f"k{number - 1:08d}")
    for path in ("room", "display", "display/picture"):
        with counting(room.app) as statements:
            assert room.desk.get(f"/meetings/{room.meeting}/{path}").status_code == 200
        assert len(statements) <= BAR, (path, statements)


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


def minutes_in(room: Room) -> str:
    with room.app.app_context():
        return session.query(Minutes).one().text


def test_an_empty_room_makes_no_minutes(room: Room) -> None:
    answer = post(room.desk, f"/meetings/{room.meeting}/room/minutes", follow=True)
    assert "Chưa ghi gì tại phòng họp" in answer.get_data(as_text=True)


def test_clauses_stay_as_they_are_once_the_notice_is_submitted(room: Room) -> None:
    one = room.type(1, "Ghi nhận", kind="information")
    with room.app.app_context():
        notice = session.query(Notice).one().id
    assert take(room.desk, "notice", notice, "submit").status_code == 303
    answer = room.send("clause", key=one["key"], item=room.items[0], text="Sửa", kind="information", seen=one["seen"])
    assert answer.status_code == 422
    assert "không còn là dự thảo" in answer.get_json()["error"]["sentence"]
    assert room.state()["writable"] is False
    assert room.send("notes", item=room.items[0], text="Vẫn ghi được", seen="").status_code == 200


def test_a_meeting_that_was_not_called_is_not_typed(app: Flask) -> None:
    room = Room(app, found_authority(app))
    with app.app_context(), transaction():
        session.get_one(Meeting, room.meeting).state = PLANNED
    assert room.send("notes", item=room.items[0], text="x", seen="").status_code == 422
    assert "Chỉ ghi được khi" in room.desk.get(f"/meetings/{room.meeting}/room").get_data(as_text=True)


def test_an_item_with_words_under_it_stays_on_the_agenda(room: Room) -> None:
    one = room.type(1, "Một")
    address = f"/meetings/{room.meeting}/agenda/{room.items[0]}"
    refused = post(room.desk, address, {"act": "remove"}, follow=True)
    assert "đã có phần ghi tại phòng họp" in refused.get_data(as_text=True)
    room.send("drop", key=one["key"], seen=one["seen"])
    post(room.desk, address, {"act": "remove"})
    assert [item["id"] for item in room.state()["items"]] == room.items[1:]


def test_a_pasted_clause_can_be_corrected_in_the_room(room: Room) -> None:
    room.type(1, "Một")
    with room.app.app_context():
        notice = session.query(Notice).one().id
    post(room.desk, f"/notices/{notice}/clauses", {"text": "Dán từ nơi khác"})
    pasted = next(clause for clause in room.state()["clauses"] if clause["item"] == 0)
    answer = room.send("clause", key=pasted["key"], item=0, text="Đã sửa", kind="information", seen=pasted["seen"])
    assert answer.status_code == 200
    assert ("2", "Đã sửa") in [(c["address"].split(".")[0], c["text"]) for c in room.state()["clauses"]]


def test_the_meeting_and_the_desk_lead_to_the_room(room: Room) -> None:
    address = f"/meetings/{room.meeting}/room"
    assert address in room.desk.get(f"/meetings/{room.meeting}").get_data(as_text=True)
    assert address in room.desk.get("/desk", follow_redirects=True).get_data(as_text=True)
    chair = browser(room.app, room.house.people["chair"]).get(f"/meetings/{room.meeting}").get_data(as_text=True)
    assert f"/meetings/{room.meeting}/display" in chair
    assert f'"{address}"' not in chair


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


def test_nothing_is_taken_without_the_token(room: Room) -> None:
    said = {"op": "notes", "item": room.items[0], "text": "x", "seen": ""}
    headers = {"Accept": "application/json"}
    refused = room.desk.post(f"/meetings/{room.meeting}/room/send", json=said, headers=headers)
    assert refused.status_code == 400
    assert room.state()["items"][0]["text"] == ""
    nobody = room.app.test_client().get(f"/meetings/{room.meeting}/room/state", headers=headers)
    assert nobody.status_code == 303


def test_a_ruling_on_a_proposal_stands_under_its_item(room: Room) -> None:
    room.type(1, "Một")
    room.type(2, "Hai", item=room.items[1])
    with room.app.app_context():
        notice = session.query(Notice).one().id
    post(room.desk, f"/notices/{notice}/clauses", {"text": "Thống nhất phê duyệt tờ trình"})
    with room.app.app_context(), transaction():
        ruling = session.query(Conclusion).filter(Conclusion.agenda_item_id.is_(None)).one()
        stand_under(session.get_one(Notice, notice), [ruling], room.items[0])
    assert room.addresses() == [("I.1", "Một"), ("I.2", "Thống nhất phê duyệt tờ trình"), ("II.1", "Hai")]


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


def test_a_dropped_line_can_be_put_back_after_a_reload(room: Room) -> None:
    unit = room.house.units["kt"].id
    one = room.type(1, "Một", kind="task", lead=f"u{unit}", due="15/12", coordinating=[room.house.units["ca"].id])
    two = room.type(2, "Hai", after="k00000001")
    room.send("drop", key=one["key"], seen=one["seen"])
    room.send("drop", key=two["key"], seen=two["seen"])
    assert [clause["text"] for clause in room.state()["dropped"]] == ["Một", "Hai"]
    page = room.desk.get(f"/meetings/{room.meeting}/room").get_data(as_text=True)
    assert "Đã bỏ (<span data-out-count>2</span>)" in page
    assert "Đã bỏ (2)" in page
    back = room.send("restore", which=one["key"])
    assert back.status_code == 200
    clause = room.state()["clauses"][0]
    kept = ("text", "kind", "lead", "due", "coordinating")
    assert [clause[name] for name in kept] == [one[name] for name in kept]
    assert room.send("restore", which=one["key"]).status_code == 200
    assert room.addresses() == [("1", "Một")]
    plain = {"item": room.items[0], "key": two["key"], "do": "restore"}
    assert post(room.desk, f"/meetings/{room.meeting}/room", plain).status_code == 303
    assert room.addresses() == [("1", "Một"), ("2", "Hai")]
    assert room.state()["dropped"] == []


def test_putting_back_at_once_takes_the_line_off_the_list_of_dropped_ones(room: Room) -> None:
    one = room.type(1, "Một")
    room.send("drop", key=one["key"], seen=one["seen"])
    room.type(2, "Một", restores="k00000001")
    assert room.state()["dropped"] == []


def test_the_meeting_begins_and_ends_in_the_room(room: Room) -> None:
    address = f"/meetings/{room.meeting}/room"
    with room.app.app_context(), transaction():
        meeting = session.get_one(Meeting, room.meeting)
        meeting.state, meeting.held_at, meeting.ends_at = CONVENED, None, None
        for name in ("Một người", "Hai người"):
            session.add(Attendance(authority_id=meeting.authority_id, meeting_id=meeting.id, name=name))
    assert "Bắt đầu họp" in room.desk.get(address).get_data(as_text=True)
    begun = take(room.desk, "meeting", room.meeting, "start", {"next": address})
    assert (begun.status_code, begun.location) == (303, address)
    room.type(1, "Một")
    page = room.desk.get(address).get_data(as_text=True)
    assert "Kết thúc họp" in page
    with room.app.app_context():
        one, two = (row.id for row in session.query(Attendance).order_by(Attendance.id))
    typed = {f"status-{one}": "present", f"status-{two}": "represented", "item": room.items[1]}
    refused = post(room.desk, f"{address}/end", typed)
    assert refused.status_code == 422
    assert "Hãy ghi tên người dự thay Hai người" in refused.get_data(as_text=True)
    assert 'value="represented" selected' in refused.get_data(as_text=True)
    waiting = post(room.desk, f"{address}/end", {f"status-{one}": "present", f"status-{two}": "invited"})
    assert "Chưa điểm danh" in waiting.get_data(as_text=True)
    ended = post(room.desk, f"{address}/end", typed | {f"represented-{two}": "Phó phòng"})
    assert (ended.status_code, ended.location) == (303, f"{address}?item={room.items[1]}")
    with room.app.app_context():
        assert session.get_one(Meeting, room.meeting).state == HELD
        assert session.get_one(Attendance, two).represented_by == "Phó phòng"
    assert room.addresses() == [("1", "Một")]
    assert post(browser(room.app, room.house.people["member"]), f"{address}/end").status_code == 403


def test_the_display_draws_itself_anew_without_script(room: Room) -> None:
    page = room.desk.get(f"/meetings/{room.meeting}/display").get_data(as_text=True)
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page


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
