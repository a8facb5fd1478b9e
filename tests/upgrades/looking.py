"""What somebody finds in an installation: rows by table, and how much each person's lists hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.db import Base, session
from app.demo import PASSWORD

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

LOGINS = ("thuky", "truongban", "donvi")
"""Those whose lists the kept installations were asked for."""
STATUSES = ("open", "overdue", "reported", "completed", "all")
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_TOTAL = re.compile(r">\s*([\d.]+) mục")


def what_is_there(app: Flask) -> dict[str, Any]:
    """Return the rows of each table that has some, and the total of each person's lists of tasks."""
    with app.app_context():
        counted = {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
    lists = {}
    for login in LOGINS:
        client = enter(app, login)
        lists[login] = {status: total(page(client, f"/tasks/?status={status}")) for status in STATUSES}
    return {"rows": {name: count for name, count in sorted(counted.items()) if count}, "lists": lists}


def enter(app: Flask, login: str) -> FlaskClient:
    """Return a browser that has logged in through the page with the demo's password."""
    client = app.test_client()
    found = _TOKEN.search(page(client, "/login"))
    assert found
    form = {"csrf_token": found[1], "login": login, "password": PASSWORD}
    answer = client.post("/login", data=form)
    assert answer.status_code == 303, login
    return client


def page(client: FlaskClient, path: str) -> str:
    """Return a page that must be there, whichever way it is reached."""
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return answer.get_data(as_text=True)


def total(text: str) -> int:
    """Return how much the list on a page holds, as the page says it; an empty list says nothing of it."""
    found = _TOTAL.search(text)
    return int(found[1].replace(".", "")) if found else 0
