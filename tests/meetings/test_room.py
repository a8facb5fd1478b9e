"""What is typed in the room: kept once, in order, never over another's words, and on into the notice and the minutes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from app.db import session
from app.models import AgendaItem, Conclusion, Minutes, Notice
from tests.factories import at_noon, browser, csrf, found_authority, hold_meeting, post

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
