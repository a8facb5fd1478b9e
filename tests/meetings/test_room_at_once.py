"""Whoever types beside others, or twice, loses no word: one clause once, clashes shown, what was dropped comes back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from app.db import session
from app.models import Notice
from tests.factories import browser, post
from tests.home.statements import BAR, counting

if TYPE_CHECKING:
    from tests.meetings.room import Room


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
