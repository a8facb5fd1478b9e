"""What is typed in the room becomes a clause of the draft notice: its place, its number, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.db import session, transaction
from app.models import Attendance, Conclusion, Meeting, Notice
from app.services.room_order import stand_under
from tests.factories import browser, post, take
from workflows.meeting import CONVENED, HELD, PLANNED

if TYPE_CHECKING:
    from tests.meetings.room import Room


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


def test_a_meeting_that_was_not_called_is_not_typed(room: Room) -> None:
    with room.app.app_context(), transaction():
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
