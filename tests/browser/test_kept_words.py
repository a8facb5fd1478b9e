"""Nothing typed is lost: a log-in that ended, a page that was left, somebody who was a second faster."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from app.clock import now
from app.db import session, transaction
from app.models import Attachment, LoginSession, Task
from tests.browser.test_main_way import TEXT
from tests.factories import PASSWORD, assign_task, browser, take
from workflows.task import COMPLETED, IN_PROGRESS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NOTE = "Đã kiểm kê 37 trên 52 máy; 03 máy hỏng, đang chờ xác minh."


def end_sessions(site: Site) -> None:
    """Let every log-in end, as after thirty days or a changed password."""
    with site.app.app_context(), transaction():
        session.execute(update(LoginSession).values(revoked_at=now()))


def test_a_note_survives_a_log_in_that_ended(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    task = assign_task(site.app, house, due=date(2026, 12, 15))
    take(browser(site.app, house.people["head_vhxh"]), "task", task, "accept")
    unit = visit(house.people["head_vhxh"])
    unit.open(f"/tasks/{task}")
    end_sessions(site)
    unit.take("progress", note=NOTE)
    unit.log_in("head_vhxh", PASSWORD)
    assert unit.page.url.endswith(f"/tasks/{task}")
    note = unit.page.locator("#move-progress-note")
    assert note.input_value() == NOTE
    assert note.is_visible()
    unit.see("Nội dung bạn gõ trước đó đã được đưa lại vào ô.")
    unit.take("progress", note=NOTE)
    assert unit.page.locator("#move-progress-note").input_value() == ""
    unit.see(NOTE)


def test_a_pasted_text_survives_a_log_in_that_ended(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    desk = visit(house.people["secretary"])
    desk.open("/notices/new")
    desk.page.fill("textarea[name=text]", TEXT)
    end_sessions(site)
    desk.send("Tách thành kết luận")
    desk.log_in("secretary", PASSWORD)
    assert desk.page.url.endswith("/notices/new")
    assert desk.page.input_value("textarea[name=text]") == TEXT
    desk.send("Tách thành kết luận")
    desk.see("Đã cắt văn bản thành 2 kết luận")


def test_who_comes_second_sees_why_and_keeps_the_words(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    task = assign_task(site.app, house, due=date(2026, 12, 15))
    unit = browser(site.app, house.people["head_vhxh"])
    take(unit, "task", task, "accept")
    take(unit, "task", task, "report", {"result": "Đã xong"})
    deputy = visit(house.people["deputy"])
    deputy.open(f"/tasks/{task}")
    take(browser(site.app, house.people["chair"]), "task", task, "confirm")
    deputy.take("send_back", 409, reason="Thiếu danh sách máy hỏng")
    deputy.see("vừa được người khác thay đổi")
    assert "Thiếu danh sách máy hỏng" in [box.input_value() for box in deputy.page.locator("main textarea").all()]
    with site.app.app_context():
        assert session.get_one(Task, task).state == COMPLETED


def test_a_page_that_was_left_gives_the_words_back(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    task = assign_task(site.app, house, due=date(2026, 12, 15))
    take(browser(site.app, house.people["head_vhxh"]), "task", task, "accept")
    unit = visit(house.people["head_vhxh"], width=390)
    unit.open(f"/tasks/{task}")
    form = unit.page.locator("form[action$='/report']")
    unit.unfold(form)
    form.locator("[name=result]").fill(NOTE)
    unit.open("/tasks/")
    unit.open(f"/tasks/{task}")
    assert unit.page.locator("#move-report-result").input_value() == NOTE
    with site.app.app_context():
        assert session.get_one(Task, task).state == IN_PROGRESS


def test_a_comment_survives_a_log_in_that_ended(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    task = assign_task(site.app, house, due=date(2026, 12, 15))
    unit = visit(house.people["head_vhxh"])
    unit.open(f"/tasks/{task}")
    form = unit.page.locator("form[action$='/comments']")
    form.locator("[name=text]").fill(NOTE)
    end_sessions(site)
    unit.going(form.locator("button[type=submit]").click)
    unit.see("Phiên đăng nhập đã hết")
    unit.log_in("head_vhxh", PASSWORD)
    assert unit.page.url.endswith(f"/tasks/{task}")
    assert unit.page.input_value("#comment-text") == NOTE
    unit.going(form.locator("button[type=submit]").click)
    unit.see(NOTE)
    assert unit.page.input_value("#comment-text") == ""


def test_what_went_through_on_the_second_try_is_not_offered_again(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    task = assign_task(site.app, house, due=date(2026, 12, 15))
    take(browser(site.app, house.people["head_vhxh"]), "task", task, "accept")
    unit = visit(house.people["head_vhxh"])
    unit.open(f"/tasks/{task}")
    form = unit.page.locator("form[action$='/progress']")
    unit.unfold(form)
    form.locator("[name=evidence]").set_input_files(
        {"name": "anh.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\nx"}
    )
    form.locator(".is-done").wait_for()
    unit.take("progress", 422, note=NOTE, links="không phải liên kết")
    unit.see("Chưa đọc được liên kết ở dòng «không phải liên kết»")
    assert unit.page.locator("input[name=evidence-kept]").is_checked(), "the file came along with the mistake"
    unit.take("progress", links="binhminh.example/tin-12")
    unit.see(NOTE, "anh.pdf", "binhminh.example/tin-12")
    assert unit.page.input_value("#move-progress-note") == ""
    assert not unit.page.locator("#move-progress-note").is_visible()
    assert not unit.page.locator("main .drop-list li").count()
    with site.app.app_context():
        assert session.query(Attachment).filter_by(subject_id=task).count() == 1


def test_words_stay_with_who_typed_them(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    task = assign_task(site.app, house, due=date(2026, 12, 15))
    unit = visit(house.people["head_vhxh"])
    unit.open(f"/tasks/{task}")
    unit.page.fill("#comment-text", NOTE)
    unit.open("/tasks/")
    unit.be(house.people["secretary"])
    unit.open(f"/tasks/{task}")
    assert unit.page.input_value("#comment-text") == ""
    unit.be(house.people["head_vhxh"])
    unit.open(f"/tasks/{task}")
    assert unit.page.input_value("#comment-text") == NOTE
