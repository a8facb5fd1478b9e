"""A piece that a script fetches, opened by itself (typed by hand, restored after a log-in), leads to its page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.factories import browser, found_authority, hold_meeting

if TYPE_CHECKING:
    from flask import Flask

BY_HAND = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_a_piece_opened_by_itself_leads_to_its_page(app: Flask) -> None:
    house = found_authority(app)
    meeting, committee = hold_meeting(app, house, on=date(2026, 11, 23)), house.committee.id
    desk, chair = (browser(app, house.people[login]) for login in ("secretary", "chair"))
    for client, piece, page in (
        (desk, f"/meetings/{meeting}/room/state", f"/meetings/{meeting}/room"),
        (chair, f"/meetings/{meeting}/display/picture", f"/meetings/{meeting}/display"),
        (chair, f"/board/{committee}/picture", f"/board/{committee}"),
        (chair, f"/chair/{committee}/trend", f"/chair?committee={committee}"),
        (chair, "/search/suggest?q=may", "/search/?q=may"),
    ):
        answer = client.get(piece, headers=BY_HAND)
        assert (answer.status_code, answer.location) == (303, page), piece
        assert "<!doctype html>" in client.get(page, headers=BY_HAND).get_data(as_text=True)
        fetched = client.get(piece, headers={**BY_HAND, "HX-Request": "true"})
        assert fetched.status_code == 200, "a script of the page gets the piece"
        assert client.get(piece, headers={"Accept": "*/*"}).status_code == 200


def test_who_may_not_see_a_page_is_told_the_same_of_its_piece(app: Flask) -> None:
    house = found_authority(app)
    meeting = hold_meeting(app, house, on=date(2026, 11, 23))
    stranger = browser(app, house.people["head_kt"])
    for piece in (f"/meetings/{meeting}/room/state", f"/meetings/{meeting}/display/picture"):
        assert stranger.get(piece, headers=BY_HAND).status_code == 404
