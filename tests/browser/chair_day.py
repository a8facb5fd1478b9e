"""The chair's three minutes: the queue, most urgent first, then the numbers and the board of the room."""
# ruff: noqa: ANN401 -- the browser's objects have no types where playwright is not installed

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import time_machine

from app.db import session
from app.models import Extension, Task
from tests.factories import assign_task, at_noon
from tests.home.work import ask_later, move
from workflows.extension import GRANTED
from workflows.task import ASSIGNED, COMPLETED, IN_PROGRESS, REPORTED

if TYPE_CHECKING:
    import pytest

    from tests.browser.hands import Hands
    from tests.browser.site import Site
    from tests.factories import House

GIVEN_ON, MOVED_ON = date(2026, 11, 2), date(2026, 11, 18)
TITLES = {
    "urgent": "Khắc phục lỗ hổng trên cổng thông tin",
    "asked": "Hoàn thành kết nối camera an ninh",
    "poor": "Báo cáo tỷ lệ hồ sơ trực tuyến",
    "proposed": "Thuê đường truyền dự phòng",
    "contested": "Quản lý kho dữ liệu hộ khẩu",
}


@dataclass
class ChairDay:
    """What the day knows: the house, the tasks by short names."""

    site: Site
    house: House
    tasks: dict[str, int]

    def task(self, name: str) -> Task:
        """Return a task as it stands; read its plain columns only."""
        with self.site.app.app_context():
            return session.get_one(Task, self.tasks[name])


def prepare(site: Site, house: House) -> dict[str, int]:
    """Let units report, ask, propose and contest; one task is overdue, one only open."""
    app, tasks = site.app, {}
    with time_machine.travel(at_noon(GIVEN_ON), tick=False):
        for name, lead, due in (
            ("poor", "hcc", date(2026, 11, 27)),
            ("asked", "ca", date(2026, 12, 4)),
            ("proposed", "hcc", date(2026, 12, 8)),
            ("contested", "kt", date(2026, 12, 10)),
            ("urgent", "tyt", date(2026, 12, 18)),
        ):
            priority = "urgent" if name == "urgent" else "normal"
            tasks[name] = assign_task(app, house, lead=lead, due=due, title=TITLES[name], priority=priority)
            move(app, house, tasks[name], "accept", f"head_{lead}")
        assign_task(app, house, lead="kt", due=date(2026, 11, 10), title="Cập nhật bản đồ quy hoạch")
        assign_task(app, house, lead="vp", due=date(2026, 11, 26), title="Chuẩn bị hội nghị tổng kết")
    with time_machine.travel(at_noon(MOVED_ON), tick=False):
        move(app, house, tasks["urgent"], "report", "head_tyt", {"result": "Đã vá và kiểm thử lại"})
        move(app, house, tasks["poor"], "report", "head_hcc", {"result": "Đạt 78 % hồ sơ"})
        ask_later(app, house, tasks["asked"], "head_ca", date(2026, 12, 24))
        given: dict[str, Any] = {"proposal": "Cho thuê ngoài 06 tháng", "reason": "Đường truyền chính hay đứt"}
        move(app, house, tasks["proposed"], "propose", "head_hcc", given)
        given = {"reason": "Thuộc lĩnh vực công an", "proposed_unit": house.units["ca"].id}
        move(app, house, tasks["contested"], "contest", "head_kt", given)
    return tasks


def live(day: ChairDay, chair: Hands, patch: pytest.MonkeyPatch) -> None:
    """Live the whole day."""
    chair.log_in("chair")
    look_at_the_queue(day, chair)
    take_one_back(day, chair)
    patch.setattr("app.services.held_rulings.HOLD", timedelta(seconds=1))
    rule_on_all(day, chair)
    open_what_is_counted(chair)
    watch_the_board(day, chair)


def look_at_the_queue(day: ChairDay, chair: Hands) -> None:
    """Find what waits, most urgent first, its number in the title."""
    assert chair.page.get_attribute("html", "lang") == chair.language
    chair.said("Chờ quyết định (5)", "To rule on (5)")
    cards = chair.page.locator("main article.ruling h2").all_inner_texts()
    assert cards[0] == TITLES["urgent"]
    assert set(cards) == set(TITLES.values())
    chair.who.see("Đạt 78 % hồ sơ", "Cho thuê ngoài 06 tháng", "Thuộc lĩnh vực công an", "Chờ thẩm định giá")


def take_one_back(day: ChairDay, chair: Hands) -> None:
    """Confirm the first; within ten seconds take it back: nothing has happened, its card stands there again."""
    place = f"#task{day.tasks['urgent']}"
    if chair.by_keys:
        chair.who.press_letter("n")
    chair.move("confirm", place)
    left = int(chair.page.locator("[data-held-count]").inner_text())
    assert 3 <= left <= 10
    assert day.task("urgent").state == REPORTED
    if chair.by_keys:
        chair.who.going(lambda: chair.page.keyboard.press("z"))
    else:
        chair.leave(".held-ruling form button")
    assert day.task("urgent").state == REPORTED
    assert chair.find(place).is_visible()


def rule_on_all(day: ChairDay, chair: Hands) -> None:
    """Rule on one card after the other, each in its place."""
    tasks = day.tasks
    with day.site.app.app_context():
        asked = session.query(Extension).one().id
    rule(chair, "confirm", f"#task{tasks['urgent']}")
    rule(chair, "send_back", f"#task{tasks['poor']}", reason="Chưa có số liệu của tháng 10")
    rule(chair, "grant", f"#extension{asked}", new_due="11/12", remark="Chỉ lùi một tuần")
    rule(chair, "answer", f"#task{tasks['proposed']}", answer="Đồng ý thuê ba tháng")
    rule(chair, "reassign", f"#task{tasks['contested']}", reason="Đúng là việc của công an")
    assert day.task("urgent").state == COMPLETED
    poor = day.task("poor")
    assert (poor.state, poor.returns) == (IN_PROGRESS, 1)
    assert day.task("asked").current_due == date(2026, 12, 11)
    with day.site.app.app_context():
        assert session.query(Extension).one().state == GRANTED
    assert day.task("proposed").card == ""
    moved = day.task("contested")
    assert (moved.state, moved.lead_unit_id) == (ASSIGNED, day.house.units["ca"].id)
    chair.who.again()
    chair.said("Hiện không có việc nào chờ bạn quyết định", "Nothing waits for your ruling")


def rule(chair: Hands, event: str, place: str, **typed: Any) -> None:
    """Rule on a card and wait until it can no longer be taken back; the card has gone."""
    chair.move(event, place, **typed)
    chair.page.wait_for_selector(".held-ruling.is-done", timeout=30_000)
    assert chair.page.locator(place).count() == 0


def open_what_is_counted(chair: Hands) -> None:
    """Every number of the table is the length of the list it opens; one is opened by hand."""
    links = chair.page.locator("table.units td a, .stat a")
    counted = {link.get_attribute("href"): link.inner_text() for link in links.all()}
    assert len(counted) >= 12
    for href, number in counted.items():
        assert listed(chair.page.context.request.get(href).text()) == int(number), href
    overdue = chair.page.locator("table.units tfoot td a").nth(1)
    number = int(overdue.inner_text())
    assert number == 1
    chair.leave(overdue)
    assert listed(chair.page.content()) == number
    chair.who.see("Cập nhật bản đồ quy hoạch")
    chair.who.going(chair.page.go_back)


def listed(page: str) -> int:
    """Return how many rows a list says it has."""
    found = re.search(r'class="pages-total">\D*([\d.,]+)', page)
    return int(re.sub(r"[.,]", "", found[1])) if found else 0


def watch_the_board(day: ChairDay, chair: Hands) -> None:
    """Open the board full screen; when work comes in it draws itself anew; go back."""

    def hurry(route: Any) -> None:
        answer = route.fetch()
        assert 'data-every="30000"' in answer.text()
        route.fulfill(response=answer, body=answer.text().replace('data-every="30000"', 'data-every="300"'))

    chair.page.route(re.compile(r"/board/\d+$"), hurry)
    chair.leave("main a[href*='/board/']")
    number = chair.page.locator(".board-numbers dd a").first
    before = int(number.inner_text())
    if chair.by_keys:
        chair.page.keyboard.press("f")
    else:
        chair.touch("[data-full]")
    whole = "document.fullscreenElement !== null"
    wait_until(chair, whole)
    assign_task(day.site.app, day.house, lead="vp", due=date(2026, 11, 25), title="Rà soát danh sách đại biểu")
    wait_until(chair, f"document.querySelector('.board-numbers dd a').textContent.trim() === '{before + 1}'")
    chair.who.look()
    if chair.by_keys:
        chair.page.keyboard.press("f")
    else:
        chair.touch("[data-full]")
    wait_until(chair, f"!({whole})")
    chair.leave(".display-foot a")
    assert chair.page.locator("table.units").count() == 1


def wait_until(hands: Hands, script: str) -> None:
    """Wait until something is so; asked from outside, because the page's policy lets no text become script."""
    for _ in range(100):
        if hands.page.evaluate(script):
            return
        hands.page.wait_for_timeout(100)
    raise AssertionError(f"never: {script} on {hands.page.url}")
