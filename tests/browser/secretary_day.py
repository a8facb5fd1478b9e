"""The secretary's day: a tracker in and out of Excel, many tasks at once, explanations, slips, names, the month."""

from __future__ import annotations

import io
import re
import time
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import time_machine
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from app.db import session
from app.models import Explanation, MonthlyReport, Task
from app.services import tracker_progress
from tests.factories import assign_task, at_noon, browser, post, take
from tests.home.work import move
from tests.notices import steps
from tests.tracker.scoring import MADE
from tests.tracker.test_round_trip import place, row_of, saved
from workflows.monthly_report import DRAFTED
from workflows.task import DROPPED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.browser.hands import Hands
    from tests.browser.site import Site
    from tests.factories import House

ANSWER = "Nhà thầu giao máy chậm 10 ngày"
NEW_NAME = "Phòng Kinh tế và Đô thị"
LATE = "Báo cáo hiện trạng đường truyền"
OPEN = "Xây dựng bản đồ số của phường"
REPORTED = ("Rà soát hồ sơ đợt 1", "Rà soát hồ sơ đợt 2")
WHOLE = "main a[href*='export.xlsx'][href*='columns=all']"
"""The workbook with all columns, which can be edited and read back."""
WATCH = """() => {
  const bar = document.querySelector("[data-progress-bar]");
  sessionStorage.seen = "";
  const note = () => { if (!bar.hidden) sessionStorage.seen += ` ${bar.querySelector("progress").value}`; };
  new MutationObserver(note).observe(bar, { attributes: true, subtree: true });
}"""
"""Notes what the bar shows: while a page is being left, nobody outside gets an answer from it."""


@dataclass
class SecretaryDay:
    """What the day knows: the house, who opens windows, tasks by their titles, the paper of the past."""

    site: Site
    house: House
    enter: Callable[[str | None], Hands]
    folder: Path
    tasks: dict[str, int]
    notice: int

    @property
    def unit(self) -> int:
        """The unit that all of it is about."""
        return self.house.units["kt"].id


def prepare(site: Site, house: House) -> tuple[dict[str, int], int]:
    """Issue a notice that names the unit; let the unit be late, explain, and report two tasks of three."""
    app, tasks = site.app, {}
    with time_machine.travel(at_noon(date(2026, 10, 20)), tick=False):
        desk, chair = browser(app, house.people["secretary"]), browser(app, house.people["chair"])
        notice = steps.compose(desk, house)
        steps.complete(app, desk, notice)
        steps.issue(desk, chair, notice)
        tasks[LATE] = assign_task(app, house, lead="kt", due=date(2026, 10, 30), title=LATE)
        take(browser(app, house.people["head_kt"]), "task", tasks[LATE], "accept")
    with time_machine.travel(at_noon(date(2026, 11, 5)), tick=False):
        asked = {"question": "Vì sao chậm?", "answer_by": "10/11/2026"}
        desk = browser(app, house.people["secretary"])
        assert post(desk, f"/tasks/{tasks[LATE]}/explanations", asked).status_code == 303
        with app.app_context():
            explanation = session.scalars(select(Explanation.id)).one()
        head = browser(app, house.people["head_kt"])
        assert take(head, "explanation", explanation, "answer", {"explanation": ANSWER}).status_code == 303
    for title in (*REPORTED, OPEN):
        tasks[title] = assign_task(app, house, lead="kt", due=date(2026, 12, 10), title=title)
        move(app, house, tasks[title], "accept", "head_kt")
    for title in REPORTED:
        move(app, house, tasks[title], "report", "head_kt", {"result": "Đã rà soát xong"})
    return tasks, notice


def live(day: SecretaryDay, patch: pytest.MonkeyPatch) -> None:
    """Live the whole day."""
    desk = day.enter(None)
    desk.log_in("secretary")
    assert desk.page.get_attribute("html", "lang") == desk.language
    bring_in_a_tracker(day, desk, patch)
    edit_the_register_in_excel(day, desk)
    check_several_at_once(day, desk)
    ask_why(day, desk)
    print_the_slip(day, desk)
    rename_the_unit(day, desk)
    draft_the_month(day, desk)


def bring_in_a_tracker(day: SecretaryDay, desk: Hands, patch: pytest.MonkeyPatch) -> None:
    """Upload, look at columns and rows, import with the bar moving to its end, and take it all out again."""
    before = count(day)
    desk.who.open("/tasks/")
    desk.leave("main a[href='/trackers/']")
    desk.write("main input[type=file]", str(MADE / "danh_sach.xlsx"))
    desk.leave("main form[enctype] button[type=submit]")
    desk.fields("main form:has([name=symbol])", symbol="Sổ theo dõi năm 2026", given_on="5/1/2026")
    desk.leave("main form:has([name=symbol]) button[type=submit]")
    desk.said("Xem trước khi nhập", "Before you import")
    values = watched(desk, patch)
    assert len({value for value in values if 0 < value < 100}) >= 2, values
    assert values == sorted(values)
    desk.said("Kết quả nhập", "What was imported")
    assert count(day) > before
    desk.touch("main form[action$='/undo'] button")
    desk.leave("dialog[open] button.btn-grave, dialog[open] button.btn-primary")
    assert count(day) == before


def count(day: SecretaryDay) -> int:
    with day.site.app.app_context():
        return session.scalar(select(func.count()).select_from(Task).where(Task.state != DROPPED)) or 0


def watched(desk: Hands, patch: pytest.MonkeyPatch) -> list[float]:
    """Import slowly; return what the bar showed, one value after the other."""
    teller = tracker_progress.teller

    def slowly(import_id: int) -> Callable[[int, int], None]:
        tell = teller(import_id)

        def told(done: int, total: int) -> None:
            tell(done, total)
            time.sleep(3 / total)

        return told

    patch.setattr(tracker_progress, "teller", slowly)
    patch.setattr("app.services.tracker_import._STEP", 1)

    desk.page.evaluate(WATCH)
    desk.page.set_default_timeout(60_000)  # slowed down on purpose, on a machine that may be busy
    desk.leave("main button[formaction$='/import']")
    return [float(value) for value in desk.page.evaluate("sessionStorage.seen").split()]


def edit_the_register_in_excel(day: SecretaryDay, desk: Hands) -> None:
    """Take a filtered list out, change two cells, read it back: exactly the two are shown, then written."""
    desk.who.open(f"/tasks/?unit={day.unit}&status=open")
    book = CalamineWorkbook.from_filelike(io.BytesIO(desk.download(WHOLE)))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    _, priority = place(rows, "Mức ưu tiên" if desk.language == "vi" else "Priority")
    row_of(rows, LATE)[priority] = "Khẩn" if desk.language == "vi" else "Urgent"
    row_of(rows, OPEN)[priority] = "Cao" if desk.language == "vi" else "High"
    edited = day.folder / "danh sách đã sửa.xlsx"
    edited.write_bytes(saved(rows).getvalue())
    desk.who.open("/trackers/")
    desk.write("main input[type=file]", str(edited))
    desk.leave("main form[enctype] button[type=submit]")
    assert desk.page.locator("main table ins").count() == 2
    desk.who.see(LATE, OPEN)
    desk.leave("main form[action$='/import'] button")
    with day.site.app.app_context():
        found = {task.title: task.priority for task in session.scalars(select(Task).where(Task.priority != "normal"))}
    assert found == {LATE: "urgent", OPEN: "high"}


def check_several_at_once(day: SecretaryDay, desk: Hands) -> None:
    """Choose two reported tasks and one that is not: the look ahead says which is left and why; check the two."""
    desk.who.open(f"/tasks/?unit={day.unit}&status=open")
    desk.leave("main a[href*='/tasks/together']")
    for title in (*REPORTED, OPEN):
        desk.touch(f"#pick-{day.tasks[title]}")
    desk.write("#together-event", "check")
    desk.leave("main form[action='/tasks/together'] button[type=submit]")
    chosen, left = desk.page.locator("main section.card, main .card").all()[:2]
    assert all(title in chosen.inner_text() for title in REPORTED)
    assert OPEN not in chosen.inner_text()
    assert OPEN in left.inner_text()
    desk.fields("main form.move-form", opinion="Đã xem hồ sơ, đủ căn cứ")
    desk.leave("main form.move-form button[type=submit]")
    with day.site.app.app_context():
        query = select(Task.title).where(Task.opinion == "Đã xem hồ sơ, đủ căn cứ").order_by(Task.title)
        assert session.scalars(query).all() == [*REPORTED]


def ask_why(day: SecretaryDay, desk: Hands) -> None:
    """Ask once more why the overdue task is not done; the day of the answer is proposed."""
    desk.who.open(f"/tasks/{day.tasks[LATE]}")
    assert desk.page.locator("[name=answer_by]").first.input_value()
    desk.move("explanations", question="Khi nào nhà thầu giao đủ?")
    desk.who.see("Khi nào nhà thầu giao đủ?", ANSWER)


def print_the_slip(day: SecretaryDay, desk: Hands) -> None:
    """Fetch the unit's slip: its open tasks on paper."""
    desk.who.open(f"/tasks/?unit={day.unit}")
    words = words_of(desk.download("main a[href*='/tasks/slips.pdf']"))
    assert squeezed(day.house.units["kt"].name) in words
    for title in (LATE, OPEN, *REPORTED):
        assert squeezed(title) in words


def rename_the_unit(day: SecretaryDay, desk: Hands) -> None:
    """Let the administrator rename the unit: lists say the new name, the paper of the past keeps the old one."""
    admin = day.enter("admin")
    admin.who.open(f"/setup/units/change/rename?unit={day.unit}")
    form = "main form:has([name=short_name])"
    admin.fields(form, name=NEW_NAME, short_name="P. KTĐT", on="23/11/2026", basis="Quyết định 12/QĐ-UBND")
    admin.leave(f"{form} button[name=preview]")
    admin.who.see(NEW_NAME)
    admin.leave(f"{form} button[name=save]")
    admin.who.see(NEW_NAME)
    desk.who.open(f"/tasks/{day.tasks[OPEN]}")
    desk.who.see(NEW_NAME)
    desk.who.open(f"/notices/{day.notice}")
    paper = words_of(desk.download("main a[href$='/paper.pdf']"))
    assert squeezed(day.house.units["kt"].name) in paper
    assert squeezed(NEW_NAME) not in paper


def draft_the_month(day: SecretaryDay, desk: Hands) -> None:
    """Draft the month that is over: the unit's explanation stands in it as it was given."""
    address = f"/reports/{day.house.committee.id}/2026-10-15"
    desk.who.open("/reports/")
    desk.leave(f"main a[href='{address}']")
    desk.leave("main form[action$='/open'] button")
    desk.move("draft")
    desk.who.see(f"«{ANSWER}»")
    with day.site.app.app_context():
        report = session.scalars(select(MonthlyReport)).one()
        assert report.state == DRAFTED
        assert any(ANSWER in cause.text for cause in report.causes)


def words_of(pdf: bytes) -> str:
    """Return the words of a paper without what stands between them."""
    paper = pypdfium2.PdfDocument(pdf)
    return squeezed(" ".join(page.get_textpage().get_text_range() for page in paper))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
