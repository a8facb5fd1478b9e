"""The day of a unit's people: accept, share out, ask for a part, report, be sent back, explain, be away."""
# ruff: noqa: ANN401 -- the browser's objects have no types where playwright is not installed

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import time_machine
from sqlalchemy import select

from app.db import session, transaction
from app.models import CoordinatingPart, Extension, SubTask, Task, Unit
from tests.factories import add_person, assign_task, at_noon, browser, hold_office, post, take
from workflows import coordinating_part, sub_task
from workflows.task import ASSIGNED, IN_PROGRESS, REPORTED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.hands import Hands
    from tests.browser.site import Site
    from tests.factories import House

MAIN = "Kiểm kê máy tính bảng đã cấp cho các khu phố"
SECOND = "Lập kế hoạch tuyên truyền chuyển đổi số"
THIRD = "Rà soát thủ tục hành chính trực tuyến"
LATE = "Báo cáo hiện trạng đường truyền"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@dataclass
class UnitDay:
    """What the day knows: the house, who opens windows, and the tasks by their titles."""

    site: Site
    house: House
    enter: Callable[[str | None], Hands]
    tasks: dict[str, int]
    photo: Path

    def client(self, login: str) -> Any:
        """Return a person who acts beside the story, without a window."""
        return browser(self.site.app, self.house.people[login])

    def ids(self, model: Any) -> list[int]:
        """Return the ids of all rows, the oldest first."""
        with self.site.app.app_context():
            return list(session.scalars(select(model.id).order_by(model.id)))

    def state(self, model: Any, item_id: int) -> str:
        """Return how an item stands."""
        with self.site.app.app_context():
            return str(session.get_one(model, item_id).state)


def prepare(site: Site, house: House) -> dict[str, int]:
    """Give the unit a sub-unit, three new tasks, and one that is overdue and asked about."""
    with site.app.app_context(), transaction():
        unit = Unit(
            authority_id=house.authority.id, name="Tổ Công nghệ số cộng đồng", short_name="Tổ CNSCĐ", kind="department",
            parent_id=house.units["vhxh"].id, position=20,
        )  # fmt: skip
        session.add(unit)
        session.flush()
        house.people["head_to"] = add_person(house.authority.id, "head_to", "Lý Thu An")
        hold_office(house.people["head_to"], unit, "head")
        session.flush()
        session.expunge_all()
    with time_machine.travel(at_noon(date(2026, 10, 20)), tick=False):
        late = assign_task(site.app, house, due=date(2026, 10, 30), title=LATE)
        take(browser(site.app, house.people["head_vhxh"]), "task", late, "accept")
    desk = browser(site.app, house.people["secretary"])
    asked = {"question": "Vì sao chưa báo cáo?", "answer_by": "27/11/2026"}
    assert post(desk, f"/tasks/{late}/explanations", asked).status_code == 303
    return {
        LATE: late,
        MAIN: assign_task(
            site.app, house, due=date(2026, 12, 15), title=MAIN, coordinating=("kt",), target_value=52,
            target_unit="máy",
        ),
        SECOND: assign_task(site.app, house, due=date(2026, 12, 18), title=SECOND),
        THIRD: assign_task(site.app, house, due=date(2026, 12, 20), title=THIRD),
    }  # fmt: skip


def live(day: UnitDay) -> None:
    """Live the whole day."""
    head = day.enter(None)
    head.log_in("head_vhxh")
    accept_several(day, head)
    give_and_split(day, head)
    get_the_part(day, head)
    tell_progress_and_ask_for_time(day, head)
    take_the_pieces(day, head)
    report_twice(day, head)
    explain(day, head)
    mention(day, head)
    be_away(day, head)


def open_task(day: UnitDay, who: Hands, title: str = MAIN) -> None:
    """Open a task from the home."""
    who.who.open("/unit")
    who.leave(f"main a.line-title[href='/tasks/{day.tasks[title]}']")


def accept_several(day: UnitDay, head: Hands) -> None:
    """Tick two of three new tasks and accept them together; the overdue one stands on the same page."""
    head.who.see(MAIN, SECOND, THIRD, LATE)
    assert head.page.get_attribute("html", "lang") == head.language
    for title in (MAIN, SECOND):
        head.touch(f"#accept-{day.tasks[title]}")
    head.leave("main form[action$='/unit/accept'] button[type=submit]")
    assert "2" in head.page.locator(".flashes, [role=status]").first.inner_text()
    found = {title: day.state(Task, task) for title, task in day.tasks.items()}
    assert found == {LATE: IN_PROGRESS, MAIN: IN_PROGRESS, SECOND: IN_PROGRESS, THIRD: ASSIGNED}


def give_and_split(day: UnitDay, head: Hands) -> None:
    """Give the task to a person; split it for a person and for the sub-unit."""
    open_task(day, head)
    head.move("hand_over", person="trinh gia huy", note="Anh theo dõi cả việc này")
    head.who.see("Trịnh Gia Huy", "Anh theo dõi cả việc này")
    head.move("sub-tasks", work="Kiểm đếm tại khu phố 1", person="trinh gia", due="4/12")
    head.move("sub-tasks", work="Dán tem lên từng máy", sub_unit="to cong nghe", due="7/12")
    head.who.see("Kiểm đếm tại khu phố 1", "Dán tem lên từng máy", "Tổ Công nghệ số cộng đồng", head.day(4, 12))
    with day.site.app.app_context():
        doers = [(one.person_id, one.sub_unit_id) for one in session.scalars(select(SubTask).order_by(SubTask.id))]
    assert doers[0] == (day.house.people["staff_vhxh"].id, None)
    assert doers[1][1] is not None


def get_the_part(day: UnitDay, head: Hands) -> None:
    """Ask the coordinating unit for its part, which delivers it from its own home; note it."""
    (part,) = day.ids(CoordinatingPart)
    place = f"#coordinating_part-{part}"
    head.move("ask", place, work="Cung cấp số liệu hộ kinh doanh", due="30/11")
    head.who.see("Cung cấp số liệu hộ kinh doanh", head.day(30, 11))
    other = day.enter("head_kt")
    other.who.open("/unit")
    other.leave("main a.line-title[href*='coordinating_part']")
    other.move("deliver", place, result="Có 120 hộ, danh sách kèm theo", evidence=str(day.photo))
    other.who.see("Có 120 hộ, danh sách kèm theo", day.photo.name)
    assert day.state(CoordinatingPart, part) == coordinating_part.DELIVERED
    open_task(day, head)
    head.move("note", place)
    assert day.state(CoordinatingPart, part) == coordinating_part.NOTED


def tell_progress_and_ask_for_time(day: UnitDay, head: Hands) -> None:
    """Tell how many are done, which the picture shows; ask for a later date, which the chair grants in part."""
    head.move("progress", note="Đã kiểm 37 máy", measure="37")
    head.who.see("Đã kiểm 37 máy", "37")
    head.move("extension", new_due="28/12", reason="Chờ hai khu phố gửi số liệu")
    head.who.see("Chờ hai khu phố gửi số liệu")
    (asked,) = day.ids(Extension)
    granted = take(day.client("chair"), "extension", asked, "grant", {"new_due": "22/12/2026"})
    assert granted.status_code == 303
    head.who.again()
    head.who.see(head.day(22, 12), head.day(15, 12))


def take_the_pieces(day: UnitDay, head: Hands) -> None:
    """Let the person finish one piece and the sub-unit the other; accept both."""
    first, second = day.ids(SubTask)
    staff = day.enter("staff_vhxh")
    staff.who.open("/unit")
    staff.leave(f"main a.line-title[href*='sub_task-{first}']")
    staff.move("finish", f"#sub_task-{first}", result="Đã đếm 22 máy")
    assert day.state(SubTask, first) == sub_task.DONE
    assert take(day.client("head_to"), "sub_task", second, "finish", {"result": "Đã dán 52 tem"}).status_code == 303
    head.who.open("/unit")
    head.leave(f"main a.line-title[href*='sub_task-{first}']")
    for piece in (first, second):
        head.move("accept", f"#sub_task-{piece}")
        assert day.state(SubTask, piece) == sub_task.ACCEPTED


def report_twice(day: UnitDay, head: Hands) -> None:
    """Report with a file, be sent back with a reason, see it at home, report again."""
    main = day.tasks[MAIN]
    open_task(day, head)
    head.move("report", result="Đã kiểm kê đủ 52 máy", measure="52", evidence=str(day.photo))
    head.who.see("Đã kiểm kê đủ 52 máy", day.photo.name)
    assert day.state(Task, main) == REPORTED
    back = take(day.client("chair"), "task", main, "send_back", {"reason": "Chưa có chữ ký của khu phố 3"})
    assert back.status_code == 303
    open_task(day, head)
    head.who.see("Chưa có chữ ký của khu phố 3")
    head.move("report", result="Đã bổ sung chữ ký khu phố 3", measure="52", evidence=str(day.photo))
    head.who.see("Đã bổ sung chữ ký khu phố 3")
    head.said("Đã yêu cầu làm lại 1 lần", "Sent back 1")
    assert day.state(Task, main) == REPORTED


def explain(day: UnitDay, head: Hands) -> None:
    """Answer why a task is overdue, from the line on the home."""
    head.who.open("/unit")
    head.who.see("Vì sao chưa báo cáo?")
    head.leave("main a.line-title[href*='#explanation-']")
    head.move("answer", "main .pieces", explanation="Nhà mạng chậm bàn giao")
    head.who.see("Nhà mạng chậm bàn giao")
    head.said("Đã giải trình", "Explained")


def mention(day: UnitDay, head: Hands) -> None:
    """Write a comment that names somebody: the names open at «@» and are chosen without typing them out."""
    head.who.open(f"/tasks/{day.tasks[MAIN]}")
    field = head.reach("#comment-text")
    if not head.by_keys:
        field.tap()
    head.page.keyboard.type("Nhờ @")
    names = head.page.locator("#comment-text-names [role=option]")
    names.first.wait_for(state="visible")
    head.who.look()
    offered = names.all_inner_texts()
    wanted = offered.index("Trịnh Gia Huy")
    if head.by_keys:
        for _ in range(wanted):
            head.page.keyboard.press("ArrowDown")
        head.page.keyboard.press("Enter")
    else:
        names.nth(wanted).tap()
    assert field.input_value() == "Nhờ @Trịnh Gia Huy "
    head.page.keyboard.type("gửi bản ký cho tôi")
    head.leave("main form[action$='/comments'] button[type=submit]")
    head.who.see("Nhờ @Trịnh Gia Huy gửi bản ký cho tôi")


def be_away(day: UnitDay, head: Hands) -> None:
    """Note an absence from today; the substitute accepts the third task, and the log says on whose behalf."""
    head.who.open("/absences/")
    form = "main form:has([name=substitute_id])"
    assert not head.page.locator("#substitute_id").input_value()
    head.fields(form, from_on="23/11", to_on="25/11", substitute_id="trinh gia huy")
    head.leave(f"{form} button[type=submit]")
    head.who.see("Trịnh Gia Huy", head.day(23, 11), head.day(25, 11))
    staff = day.enter("staff_vhxh")
    staff.who.open("/unit")
    staff.who.see("Hoàng Mai Lan")
    staff.touch(f"#accept-{day.tasks[THIRD]}")
    staff.leave("main form[action$='/unit/accept'] button[type=submit]")
    staff.who.open(f"/tasks/{day.tasks[THIRD]}")
    staff.said("thay mặt Hoàng Mai Lan", "on behalf of Hoàng Mai Lan")
    assert day.state(Task, day.tasks[THIRD]) == IN_PROGRESS
