"""Whom one shares a view of the register with, and the committee that it is narrowed to, are two things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.models import SavedView
from tests.factories import assign_task, browser, found_authority, post

if TYPE_CHECKING:
    from flask import Flask


def test_sharing_a_view_and_filtering_by_committee_are_two_things(app: Flask) -> None:
    house = found_authority(app)
    assign_task(app, house)
    desk = browser(app, house.people["secretary"])
    page = desk.get("/tasks/?status=open").text
    assert "Chia sẻ không thêm điều kiện lọc nào" in page
    assert '<select class="form-select" id="view-committee" name="share"' in page
    post(desk, "/tasks/views", {"name": "Chung", "status": "open", "share": house.committee.id, "columns": "title"})
    own = {"name": "Riêng", "status": "open", "committee": house.committee.id, "share": "", "columns": "title"}
    post(desk, "/tasks/views", own)
    with app.app_context():
        kept = {view.name: (view.committee_id, view.filters) for view in session.scalars(select(SavedView))}
    assert kept["Chung"][0] == house.committee.id
    assert "committee" not in kept["Chung"][1], "who may use it adds no condition"
    assert kept["Riêng"][0] is None, "a list of one committee is not shared with it by being saved"
    assert "committee" in kept["Riêng"][1]


def test_a_shared_view_names_whose_it_is(app: Flask) -> None:
    house = found_authority(app)
    desk, chair = browser(app, house.people["secretary"]), browser(app, house.people["chair"])
    post(desk, "/tasks/views", {"name": "Chung", "status": "open", "share": house.committee.id, "columns": "title"})
    name = house.people["secretary"].full_name
    assert f"·&nbsp;của {name}" in chair.get("/tasks/views").text
    own = desk.get("/tasks/views").text
    assert "·&nbsp;của tôi" in own
    assert f"của {name}" not in own


def test_a_printed_list_has_the_authority_above_it_and_no_slogan(app: Flask) -> None:
    house = found_authority(app)
    assign_task(app, house)
    page = browser(app, house.people["secretary"]).get("/tasks/print").text
    slogan = re.search(r'<span class="brand-committee([^"]*)">Theo đến khi xong', page)
    assert slogan is None or "no-print" in slogan[1]
    assert f'<span class="brand-authority">{house.authority.name}' in page or house.authority.short_name in page
