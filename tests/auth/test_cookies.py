"""The cookie that holds what a browser is told next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import session
from flask.json.tag import TaggedJSONSerializer

from app.cookies import PlainJson
from tests.factories import found_authority

if TYPE_CHECKING:
    from flask import Flask

TOLD = {"_flashes": [("success", 'Bạn đã nhận việc «A, B» {" t": 1}.')], "csrf_token": "x", "_fresh": True}


def test_what_is_told_next_comes_back_as_it_was_said(app: Flask) -> None:
    found_authority(app)
    client = app.test_client()
    with client.session_transaction() as kept:
        kept.update(TOLD)
    with client:
        client.get("/login")
        assert session["csrf_token"] == "x"
    page = client.get("/login")
    assert page.status_code == 200


def test_a_cookie_of_before_is_read() -> None:
    written = TaggedJSONSerializer().dumps({"_flashes": [("success", "Đã nhận.")]})
    assert [tuple(one) for one in PlainJson.loads(written)["_flashes"]] == [("success", "Đã nhận.")]


def test_words_are_shown_once(app: Flask) -> None:
    found_authority(app)
    client = app.test_client()
    with client.session_transaction() as kept:
        kept.update(TOLD)
    said = "Bạn đã nhận việc «A, B»"
    assert said in client.get("/login").get_data(as_text=True)
    assert said not in client.get("/login").get_data(as_text=True)
