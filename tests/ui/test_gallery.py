"""The shell and the macros, seen through the style sheet page."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from lxml import html

from app.ui import marks
from app.ui.navigation import entries, links
from tests.ui.gallery import make_app

if TYPE_CHECKING:
    from flask.testing import FlaskClient

PAGES = [
    "/gallery",
    "/gallery?wrong=1",
    "/gallery?empty=1",
    "/gallery/2",
    *(f"/bare/{n}" for n in ("403", "404", "500", "csrf")),
]


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    app = make_app()
    app.testing = True
    return app.test_client()


def page(client: FlaskClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.text)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_obeys_the_policy_and_the_reader(client: FlaskClient, address: str) -> None:
    found = page(client, address)

    assert len(found.xpath("//h1")) == 1
    assert found.xpath("//title")[0].text.strip().startswith(found.xpath("//h1")[0].text_content().strip()[:30])
    assert not found.xpath("//*[@style]|//style|//script[not(@src)]")
    assert not [a for e in found.iter() if isinstance(e.tag, str) for a in e.attrib if a.startswith("on")]
    for control in found.xpath("//input[not(@type='hidden')]|//select|//textarea"):
        named = (
            control.get("aria-label")
            or control.xpath("ancestor::label")
            or found.xpath(f"//label[@for='{control.get('id')}']")
        )
        assert named, html.tostring(control)


@pytest.mark.parametrize("address", PAGES)
def test_ids_are_unique_and_descriptions_exist(client: FlaskClient, address: str) -> None:
    found = page(client, address)
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    told = {name for value in found.xpath("//@aria-describedby|//@aria-labelledby") for name in value.split()}
    assert told <= set(ids)


def test_every_icon_is_in_the_sprite(client: FlaskClient) -> None:
    from app.assets import ICONS  # noqa: PLC0415 -- the front-end builder is not needed by other tests

    used = {n for address in PAGES for n in re.findall(r"icons\.svg#([\w-]+)", client.get(address).text)}
    assert used | set(marks.TONE_ICONS.values()) <= set(ICONS)


def test_errors_are_summed_up_and_linked_to_their_fields(client: FlaskClient) -> None:
    found = page(client, "/gallery?wrong=1")
    linked = [href.lstrip("#") for href in found.xpath("//div[@class='error-summary']//a/@href")]
    assert linked == ["title", "lead"]
    for name in linked:
        control = found.get_element_by_id(name)
        assert control.get("aria-invalid") == "true"
        assert f"{name}-error" in control.get("aria-describedby")
    assert found.get_element_by_id("text").text.strip() == "Đã nhận máy"


def test_a_row_asked_for_beside_its_list_comes_without_the_frame(client: FlaskClient) -> None:
    answer = client.get("/gallery/2", headers={"HX-Target": "pane"}).text
    assert "<html" not in answer
    assert "move-report-result" in answer


def test_a_person_sees_only_her_places() -> None:
    with make_app().test_request_context():
        assert [place.endpoint for place in entries({"lead_head"})] == ["tasks.list", "meetings.list", "notices.list"]
        assert "reports.list" in [place.endpoint for place in entries({"member"})]
        assert "setup.index" in [place.endpoint for place in entries({"ADMIN"})]
        assert [link.current for link in links({"member"}, "tasks.show")] == [True, False, False, False]


def test_marks_escape_what_people_typed() -> None:
    with make_app().test_request_context():
        for mark in (
            marks.status("red", "<b>"),
            marks.person("<b>", "<b>"),
            marks.unit_name("<b>", "<i>"),
            marks.icon("<b>", "<b>"),
        ):
            assert "<b>" not in mark
        assert "tone-grey" in marks.status("pink", "?")


def test_a_long_list_renders_in_a_few_milliseconds(client: FlaskClient) -> None:
    client.get("/gallery")
    took = []
    for _ in range(5):
        start = time.perf_counter()
        client.get("/gallery")
        took.append(time.perf_counter() - start)
    assert min(took) < 0.1
