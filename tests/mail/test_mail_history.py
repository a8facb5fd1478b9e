"""The demo's past mail: sent in its days, the last day's still to go, nobody told twice afterwards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from app.clock import telling
from app.db import session, transaction
from app.models import Delivery, Message, Task
from app.services.mail_history import write_mail_history
from tests.factories import assign_task, found_authority
from tests.posts import Sink, run_at, wall

if TYPE_CHECKING:
    from flask import Flask

DAYS = [date(2026, 11, day) for day in (18, 19, 20)]


def test_the_past_is_sent_and_the_last_morning_goes_now(app: Flask, sink: Sink) -> None:
    house = found_authority(app)
    with telling(wall(date(2026, 11, 17), 10)):
        assign_task(app, house, due=date(2026, 11, 27))
    with telling(wall(date(2026, 11, 20), 15)):
        assign_task(app, house, due=date(2026, 12, 27), lead="kt")
    with app.app_context(), transaction():
        session.execute(update(Task).where(Task.id == 1).values(state="in_progress"))
        write_mail_history(house.authority.id, DAYS, "don-doc@binhminh.example")
    with app.app_context():
        rows = session.execute(
            select(Message.slot, Delivery.state)
            .join(Delivery, Delivery.message_id == Message.id)
            .order_by(Message.slot)
        ).all()
    assert [tuple(row) for row in rows] == [("digest-2026-11-18", "sent"), ("digest-2026-11-20", "pending")]
    sunday, monday = wall(date(2026, 11, 22), 9), wall(date(2026, 11, 23), 8)
    assert run_at(app, sunday, "plan_reminders", "make_messages", "deliver_mail") == [0, 0, 1]
    assert str(sink.letters[0]["Subject"]) == "Phòng Văn hóa - Xã hội: 1 việc, gấp nhất hạn 27/11"
    run_at(app, monday, "make_messages", "deliver_mail")
    assert [letter["To"].addresses[0].username for letter in sink.letters[1:]] == ["head.kt"]
