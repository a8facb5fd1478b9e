"""A due date was moved and the title names the old one: said where it is moved and on the page, mended by hand."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine
from lxml import html

from tests.factories import assign_task, at_noon, browser, found_authority, post, take
from tests.tasks.test_shared_out import DAY, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

TITLE = "Báo cáo kết quả kiểm kê trước ngày 15/12/2026"
AMEND = {"new_due": "31/12/2026", "basis": "ruling", "basis_text": "Ý kiến ngày 16/9"}
STILL = "Tên nhiệm vụ còn ghi 15/12/2026, thời hạn hiện nay là 31/12/2026."


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


def given(app: Flask) -> tuple[House, int]:
    house = found_authority(app)
    return house, assign_task(app, house, due=date(2026, 12, 15), title=TITLE)


def form_of(client: FlaskClient, task_id: int, event: str, query: str = "") -> html.HtmlElement:
    page = html.fromstring(client.get(f"/tasks/{task_id}{query}").text)
    return page.xpath(f"//form[contains(@action, '/{event}')]")[0].getparent()


def test_who_moves_the_date_reads_beside_it_that_the_title_names_the_old_one(app: Flask) -> None:
    house, task_id = given(app)
    chair = browser(app, house.people["chair"])
    told = "Tên nhiệm vụ đang ghi 15/12/2026 và không tự đổi theo."
    assert told in " ".join(form_of(chair, task_id, "amend").text_content().split())
    assert STILL not in said(chair, f"/tasks/{task_id}"), "nothing was moved yet"
    plain = assign_task(app, house, due=date(2026, 12, 15), title="Báo cáo kết quả kiểm kê")
    assert "không tự đổi theo" not in form_of(chair, plain, "amend").text_content()


def test_the_page_says_so_until_the_title_is_corrected_one_click_away(app: Flask) -> None:
    house, task_id = given(app)
    chair, desk, lead = (browser(app, house.people[name]) for name in ("chair", "secretary", "head_vhxh"))
    assert take(chair, "task", task_id, "amend", AMEND).status_code == 303
    for reader in (chair, desk, lead):
        assert STILL in said(reader, f"/tasks/{task_id}")
    page = html.fromstring(desk.get(f"/tasks/{task_id}").text)
    (link,) = page.xpath("//a[contains(@href, 'open=reword')]")
    assert not html.fromstring(lead.get(f"/tasks/{task_id}").text).xpath("//a[contains(@href, 'open=reword')]")
    assert form_of(desk, task_id, "reword").get("open") is None
    opened = form_of(desk, task_id, "reword", "?open=reword")
    assert opened.get("open") is not None
    assert opened.xpath(".//textarea")[0].text.strip() == TITLE, "what is to be corrected stands there"
    assert link.get("href").endswith("#" + opened.xpath(".//textarea")[0].get("id"))
    renamed = {"title": "Báo cáo kết quả kiểm kê trước ngày 31/12/2026"}
    assert take(desk, "task", task_id, "reword", renamed).status_code == 303
    assert "Tên nhiệm vụ còn ghi" not in said(desk, f"/tasks/{task_id}")


def test_a_date_that_was_granted_is_noticed_as_well_and_in_english(app: Flask) -> None:
    house, task_id = given(app)
    lead, chair = browser(app, house.people["head_vhxh"]), browser(app, house.people["chair"])
    take(lead, "task", task_id, "accept")
    asked = {"new_due": "31/12/2026", "reason": "Chờ thẩm định"}
    assert post(lead, f"/tasks/{task_id}/extension", asked).status_code == 303
    assert take(chair, "extension", 1, "grant", {"new_due": "31/12/2026"}).status_code == 303
    post(lead, "/preferences", {"language": "en", "next": "/"})
    assert "The title still says 15/12/2026; the due date is now 31 Dec 2026." in said(lead, f"/tasks/{task_id}")


def test_what_was_ordered_keeps_its_day_and_the_page_says_what_holds(app: Flask) -> None:
    house, task_id = given(app)
    chair, desk = browser(app, house.people["chair"]), browser(app, house.people["secretary"])
    renamed = {"title": "Báo cáo kết quả kiểm kê"}
    assert take(desk, "task", task_id, "reword", renamed).status_code == 303
    assert take(chair, "task", task_id, "amend", AMEND).status_code == 303
    page = said(desk, f"/tasks/{task_id}")
    assert "Văn bản giao ghi 15/12/2026; thời hạn đã đổi thành 31/12/2026." in page
    assert "Tên nhiệm vụ còn ghi" not in page


def test_a_word_of_the_page_that_is_no_move_opens_nothing(app: Flask) -> None:
    house, task_id = given(app)
    desk = browser(app, house.people["secretary"])
    assert desk.get(f"/tasks/{task_id}?open=%3Cb%3E").status_code == 200
