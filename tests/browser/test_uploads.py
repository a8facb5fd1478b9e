"""Evidence from a browser on a weak line: sent at once, on after a cut, kept over a reload, waited for by its form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from app.db import session
from app.models import Attachment, StoredFile, Task
from tests.factories import assign_task, browser, take
from workflows.task import IN_PROGRESS, REPORTED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.site import Site
    from tests.browser.visitor import Visitor
    from tests.factories import House

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FORM = "main form[action$='/report']"
BIG = b"%PDF-1.4\n" + b"0" * (1200 * 1024)


def a_file(name: str = "bien-ban.pdf", content: bytes = BIG) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def at_the_report(site: Site, house: House, visit: Callable[..., Visitor], width: int = 1440) -> tuple[int, Visitor]:
    task = assign_task(site.app, house)
    take(browser(site.app, house.people["head_vhxh"]), "task", task, "accept")
    unit = visit(house.people["head_vhxh"], width=width)
    unit.open(f"/tasks/{task}")
    unfold(unit)
    return task, unit


def unfold(unit: Visitor) -> None:
    unit.unfold(unit.page.locator(FORM))


def choose(unit: Visitor, *files: dict[str, Any] | Path) -> None:
    unit.page.locator(f"{FORM} input[name=evidence]").set_input_files(list(files))


def received(unit: Visitor, count: int = 1) -> None:
    unit.page.locator(f"{FORM} .drop-list .is-done").nth(count - 1).wait_for()


def evidence_of(site: Site, task: int) -> list[str]:
    with site.app.app_context():
        return sorted(one.file.name for one in session.query(Attachment).filter_by(subject_id=task))


def state_of(site: Site, task: int) -> str:
    with site.app.app_context():
        return session.get_one(Task, task).state


@pytest.mark.parametrize("width", [390, 1440])
def test_files_go_at_once_and_the_form_takes_them(
    site: Site, house: House, visit: Callable[..., Visitor], width: int
) -> None:
    task, unit = at_the_report(site, house, visit, width)
    choose(unit, a_file(), a_file("may.exe", b"MZ"), a_file("anh.png", b"no picture"), a_file("empty.pdf", b""))
    received(unit)
    empty = unit.page.locator(f"{FORM} .was-refused:has-text('empty.pdf (tệp rỗng)')")
    assert "Tệp «empty.pdf» không có nội dung." in empty.inner_text()
    empty.locator("button").click()
    unit.page.wait_for_selector(f"{FORM} .was-refused:has-text('Chưa nhận loại tệp')")
    unit.page.wait_for_selector(f"{FORM} .was-refused:has-text('không đúng với đuôi .png')")
    assert len(unit.page.locator(f"{FORM} .was-refused").all()) == 2
    unit.answers.clear()  # the two refusals were meant
    unit.look()
    unit.page.locator(f"{FORM} [name=result]").fill("Đã lập biên bản.")
    unit.page.locator(f"{FORM} button[type=submit]").click()
    unit.see("Có tệp chưa được nhận. Hãy bỏ tệp đó ra")
    for wrong in unit.page.locator(f"{FORM} .was-refused button").all()[::-1]:
        wrong.click()
    unit.going(unit.page.locator(f"{FORM} button[type=submit]").click)
    assert state_of(site, task) == REPORTED
    assert evidence_of(site, task) == ["bien-ban.pdf"]
    unit.again()
    assert unit.page.locator(".drop-list li").count() == 0


def test_a_cut_line_goes_on_by_itself_and_the_form_waits(
    site: Site, house: House, visit: Callable[..., Visitor]
) -> None:
    task, unit = at_the_report(site, house, visit)
    unit.page.route("**/uploads/*offset=524288", lambda route: route.abort())
    choose(unit, a_file())
    unit.page.wait_for_selector(f"{FORM} .drop-said:has-text('mất kết nối')")
    unit.page.locator(f"{FORM} [name=result]").fill("Đã lập biên bản.")
    unit.page.locator(f"{FORM} button[type=submit]").click()
    unit.page.wait_for_selector(f"{FORM} [data-upload-said]:has-text('Đang gửi 1 tệp')")
    assert state_of(site, task) == IN_PROGRESS
    sent: list[str] = []
    unit.page.on("request", lambda asked: sent.append(asked.url))

    def mend() -> None:
        unit.page.unroute("**/uploads/*offset=524288")

    unit.going(mend)
    assert not [url for url in sent if url.endswith("offset=0")], "what had arrived was sent again"
    assert state_of(site, task) == REPORTED
    assert evidence_of(site, task) == ["bien-ban.pdf"]


def test_a_reload_keeps_what_was_sent_and_goes_on_where_it_stopped(
    site: Site, house: House, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    big = tmp_path / "bien-ban.pdf"  # of a real file the browser knows when it was changed
    big.write_bytes(BIG)
    task, unit = at_the_report(site, house, visit)
    choose(unit, a_file("nho.pdf", b"%PDF-1.4\n" + b"1" * 100))
    received(unit)
    unit.page.route("**/uploads/*offset=524288", lambda route: route.abort())
    choose(unit, big)
    unit.page.wait_for_selector(f"{FORM} .drop-said:has-text('mất kết nối')")
    unit.again()
    received(unit)
    unit.page.wait_for_selector(f"{FORM} .drop-said:has-text('chọn lại tệp này để gửi tiếp')")
    unit.page.unroute("**/uploads/*offset=524288")
    sent: list[str] = []
    unit.page.on("request", lambda asked: sent.append(asked.url))
    unfold(unit)
    choose(unit, big)
    received(unit, 2)
    assert not [url for url in sent if url.endswith("offset=0")]
    unit.page.locator(f"{FORM} [name=result]").fill("Đã lập biên bản.")
    unit.going(unit.page.locator(f"{FORM} button[type=submit]").click)
    assert evidence_of(site, task) == ["bien-ban.pdf", "nho.pdf"]
    with site.app.app_context():
        assert session.query(StoredFile).count() == 2


def test_without_script_the_form_carries_its_files(site: Site, house: House, visit: Callable[..., Visitor]) -> None:
    task = assign_task(site.app, house)
    take(browser(site.app, house.people["head_vhxh"]), "task", task, "accept")
    unit = visit(house.people["head_vhxh"], script=False)
    unit.open(f"/tasks/{task}")
    unit.take("report", result="Đã lập biên bản.", files={"evidence": a_file()})
    assert evidence_of(site, task) == ["bien-ban.pdf"]
