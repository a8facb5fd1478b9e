"""A meeting in its room, with the secretary's browser."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from app.db import session
from app.models import AgendaItem, Minutes
from tests.factories import browser, csrf, hold_meeting, post

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

DAY = date(2026, 11, 23)


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


def minutes_in(room: Room) -> str:
    with room.app.app_context():
        return session.query(Minutes).one().text
