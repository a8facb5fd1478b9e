"""What tests of evidence bring: small files, and a task that its unit has accepted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.factories import assign_task, browser, take

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

PDF = b"%PDF-1.4\n" + b"0" * 3000
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def accepted(app: Flask, house: House, **order: Any) -> tuple[int, FlaskClient]:  # noqa: ANN401 -- an order's parts
    """Return a task that a unit works on, and the browser of the unit's head."""
    task_id = assign_task(app, house, lead="vhxh", due=date(2026, 12, 10), **order)
    head = browser(app, house.people["head_vhxh"])
    assert take(head, "task", task_id, "accept").status_code == 303
    return task_id, head
