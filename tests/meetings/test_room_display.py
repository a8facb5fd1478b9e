"""Who sees the room and its display, and what the display shows of what is typed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from app.db import session, transaction
from app.models import AgendaItem, Attendance, Task
from tests.factories import assign_task, browser
from tests.home.statements import BAR, counting

if TYPE_CHECKING:
    from tests.meetings.room import Room


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


def test_the_pages_need_few_statements(room: Room) -> None:
    for number in range(1, 30):
        room.type(number, f"Ý {number}", lead=f"u{room.house.units['vhxh'].id}", after=f"k{number - 1:08d}")
    for path in ("room", "display", "display/picture"):
        with counting(room.app) as statements:
            assert room.desk.get(f"/meetings/{room.meeting}/{path}").status_code == 200
        assert len(statements) <= BAR, (path, statements)


def test_the_meeting_and_the_desk_lead_to_the_room(room: Room) -> None:
    address = f"/meetings/{room.meeting}/room"
    assert address in room.desk.get(f"/meetings/{room.meeting}").get_data(as_text=True)
    assert address in room.desk.get("/desk", follow_redirects=True).get_data(as_text=True)
    chair = browser(room.app, room.house.people["chair"]).get(f"/meetings/{room.meeting}").get_data(as_text=True)
    assert f"/meetings/{room.meeting}/display" in chair
    assert f'"{address}"' not in chair


def test_nothing_is_taken_without_the_token(room: Room) -> None:
    said = {"op": "notes", "item": room.items[0], "text": "x", "seen": ""}
    headers = {"Accept": "application/json"}
    refused = room.desk.post(f"/meetings/{room.meeting}/room/send", json=said, headers=headers)
    assert refused.status_code == 400
    assert room.state()["items"][0]["text"] == ""
    nobody = room.app.test_client().get(f"/meetings/{room.meeting}/room/state", headers=headers)
    assert nobody.status_code == 303


def test_the_display_draws_itself_anew_without_script(room: Room) -> None:
    page = room.desk.get(f"/meetings/{room.meeting}/display").get_data(as_text=True)
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
