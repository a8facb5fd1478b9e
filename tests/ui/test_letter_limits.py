"""Fields with a limit carry it for the count beside them; none lets the browser cut a pasted text."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.factories import assign_task, browser, found_authority, post, take
from tests.notices import steps

if TYPE_CHECKING:
    from flask import Flask

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def tag_of(page: str, name: str) -> str:
    """Return the first field of a page with a name."""
    found = re.search(rf'<(?:input|textarea)\b[^>]*\bname="{name}"[^>]*>', page)
    assert found, name
    return found[0]


def test_fields_say_their_limit_and_never_cut(app: Flask) -> None:
    house = found_authority(app)
    desk, head = browser(app, house.people["secretary"]), browser(app, house.people["head_vhxh"])
    task = assign_task(app, house, due=date(2026, 12, 30))
    notice = steps.compose(desk, house)
    plan = {"title": "Họp Ban", "day": "30/11", "start": "8h00", "place": "Tầng 2", "committee_id": house.committee.id}
    post(desk, "/meetings/new", {**plan, "presider_id": house.people["chair"].id})
    post(desk, "/meetings/1/agenda", {"title": "Kế hoạch"})
    take(head, "task", task, "accept")
    chair = browser(app, house.people["chair"])
    found = [
        (desk.get("/directives/new").text, {"subject": "1000", "deliverable": "1000"}),
        (desk.get(f"/notices/{notice}?clause={steps.clauses_of(app, notice)[0].id}").text, {"address": "30"}),
        (desk.get("/meetings/new").text, {"title": "1000"}),
        (chair.get(f"/tasks/{task}").text, {"basis_text": "500", "target_unit": "60"}),
        (desk.get(f"/tasks/{task}").text, {"text": "5000"}),
        (desk.get(f"/tasks/{task}").text.partition("/reword")[2], {"title": "300"}),
        (desk.get(f"/tasks/{task}?recording=1").text, {"basis": "500"}),
        (head.get("/proposals/new").text, {"title": "1000"}),
    ]
    for page, fields in found:
        for name, most in fields.items():
            tag = tag_of(page, name)
            assert f'data-most="{most}"' in tag, tag
            assert "maxlength" not in tag, tag
    item = re.search(r'<input[^>]*id="item-title-\d+"[^>]*>', desk.get("/meetings/1").text)
    assert item
    assert 'data-most="1000"' in item[0]
    assert "maxlength" not in item[0]
    login = app.test_client().get("/login").text
    assert "data-most" not in tag_of(login, "password"), "nobody reads over the shoulder how long a password is"
