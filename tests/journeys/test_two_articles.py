"""Two real articles become old notices and new tasks; the month that follows is reminded, signed and printed."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pdfplumber
import pytest
import time_machine
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app.db import session
from app.models import Meeting, MonthlyReport, Notification, Task
from app.reading.files import read_file
from tests.factories import at_noon, browser, found_authority, post, take
from tests.notices import steps
from tests.posts import run_at, told, wall
from workflows.compliance import COLUMNS
from workflows.task import ASSIGNED, COMPLETED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House
    from tests.posts import Sink

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
pytestmark = [
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the folder ../shared/seeds is not beside the project"),
    pytest.mark.slow,
]
LEADS = ("vhxh", "kt", "hcc", "vp", "tyt")
FIGURES = [column.figure for column in COLUMNS if column.figure and column.figure != "rate"]
BALANCE = ("carried", "moved_in", "assigned"), ("on_time", "late", "withdrawn", "moved_out", "in_time", "overdue")
ENTERED, BEGIN, AFTER = date(2026, 10, 5), date(2026, 10, 15), date(2026, 11, 16)


@dataclass(frozen=True)
class Article:
    """A real article, what the papers of its meeting said, and how many tasks it gives."""

    file: str
    held: date
    issued: date
    number: str
    tasks: int
    others: int


DISTRICT = Article("000_003f183157e68ebc.txt", date(2019, 1, 8), date(2019, 1, 14), "12/TB-BCĐ", 9, 1)
WARD = Article("002_a0a20b7ad95be2a9.txt", date(2016, 6, 24), date(2016, 6, 30), "7/TB-BCĐ", 3, 2)


@pytest.fixture(autouse=True)
def _entered() -> Iterator[None]:
    with time_machine.travel(at_noon(ENTERED), tick=False):
        yield


@pytest.fixture
def house(app: Flask) -> House:
    return found_authority(app)


def enter_meeting(desk: FlaskClient, house: House, held: date, *, past: bool) -> int:
    """Enter a meeting through its form, an old one as history; return its id."""
    form = {
        "committee_id": house.committee.id,
        "title": f"Giao ban Ban Chỉ đạo ngày {held:%d/%m/%Y}",
        "day": f"{held:%d/%m/%Y}",
        "start": "8:00",
        "place": "Phòng họp 1",
        "presider_id": house.people["chair"].id,
    }
    answer = post(desk, "/meetings/new", form | ({"historic": "1"} if past else {}))
    assert answer.status_code == 303, steps.alerts_in(answer)
    found = re.search(r"/meetings/(\d+)", answer.location)
    assert found
    return int(found[1])


def enter_article(app: Flask, house: House, article: Article) -> list[int]:
    """Enter an article as a past meeting with its notice, complete it, issue it; return its tasks."""
    desk, chair = browser(app, house.people["secretary"]), browser(app, house.people["chair"])
    meeting = enter_meeting(desk, house, article.held, past=True)
    text = read_file(SEEDS / article.file).text
    made = post(desk, f"/meetings/{meeting}/notice", {"committee": house.committee.id, "text": text})
    assert made.status_code == 303, steps.alerts_in(made)
    notice = steps.notice_in(made)
    complete(app, desk, house, notice, article)
    steps.issue(desk, chair, notice, number=article.number, issued_on=f"{article.issued:%d/%m/%Y}")
    kept = steps.notice_of(app, notice)
    assert (kept.symbol, kept.issued_on, kept.historic) == (article.number, article.issued, True)
    return tasks_of_notice(app, notice)


def complete(app: Flask, desk: FlaskClient, house: House, notice: int, article: Article) -> None:
    """Give each task a lead of this authority and a due date; what only informs gives no task."""
    clauses = steps.clauses_of(app, notice)
    assert len(clauses) == article.tasks + article.others
    number = 0
    for clause in clauses:
        changes: dict[str, object] = {"outcome": "none_arises", "due_on": "", "lead": "", "coordinating": []}
        if clause.kind == "task":
            unit = house.units[LEADS[number % len(LEADS)]]
            due = date(2026, 10, 20) + timedelta(days=5 * number)
            changes = {"outcome": "new_tasks", "lead": f"u{unit.id}", "due_on": f"{due:%d/%m/%Y}", "recurrence": ""}
            changes |= {"coordinating": []}
            number += 1
        assert steps.say(desk, clause, **changes).status_code == 303
    assert number == article.tasks


def tasks_of_notice(app: Flask, notice: int) -> list[int]:
    clauses = [clause.id for clause in steps.clauses_of(app, notice)]
    with app.app_context():
        return [*session.scalars(select(Task.id).where(Task.conclusion_id.in_(clauses)).order_by(Task.id))]


def test_both_articles_become_old_notices_with_their_tasks_and_tell_nobody_of_days_gone_by(
    app: Flask, house: House, sink: Sink
) -> None:
    district, ward = (enter_article(app, house, article) for article in (DISTRICT, WARD))
    assert (len(district), len(ward)) == (DISTRICT.tasks, WARD.tasks)
    with app.app_context():
        assert {task.state for task in session.scalars(select(Task))} == {ASSIGNED}
        codes = [task.code for task in session.scalars(select(Task).order_by(Task.id))]
        assert codes == [f"NV-2019-{n}" for n in range(1, 10)] + [f"NV-2016-{n}" for n in range(1, 4)]
        meetings = session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()
        assert [meeting.historic for meeting in meetings] == [True, True]
        told_then = session.scalars(select(Notification.slot).where(Notification.rule.startswith("reminder."))).all()
    assert told_then == []
    run_at(app, wall(ENTERED, 9), "plan_reminders", "make_messages", "deliver_mail")
    assert not [letter for letter in sink.letters if "quá hạn" in str(letter["Subject"]).lower()]


def test_their_tasks_are_done_reminded_and_summed_up_in_a_signed_month(app: Flask, house: House, sink: Sink) -> None:
    tasks = [*enter_article(app, house, DISTRICT), *enter_article(app, house, WARD)]
    carried = {task: unit_of(app, task) for task in tasks}
    new = issue_new_notice(app, house)
    leads = carried | {task: unit_of(app, task) for task in new}
    fates = work(app, house, leads)
    remind(app, house, sink)
    with time_machine.travel(at_noon(AFTER), tick=False):
        expected = count(app, house, leads, set(new), fates)
        sign_month(app, house)
        desk = browser(app, house.people["secretary"])
        address = f"/reports/{house.committee.id}/{BEGIN.isoformat()}"
        shown = figures_of_page(desk.get(address).get_data(as_text=True))
        printed = figures_of_pdf(desk.get(f"{address}/export.pdf").data)
        counted = figures_of_workbook(desk.get(f"{address}/export.xlsx").data, set(shown))
    assert shown == expected
    assert printed == shown
    assert counted == shown
    for line in shown.values():
        into, out = ([line[FIGURES.index(name)] for name in side] for side in BALANCE)
        assert sum(into) == sum(out)


def unit_of(app: Flask, task_id: int) -> int:
    with app.app_context():
        return session.get_one(Task, task_id).lead_unit_id


def issue_new_notice(app: Flask, house: House) -> list[int]:
    """Hold a meeting within the period and issue its notice: the district's clauses once more, as new tasks."""
    with time_machine.travel(at_noon(date(2026, 10, 16)), tick=False):
        desk, chair = browser(app, house.people["secretary"]), browser(app, house.people["chair"])
        notice = steps.compose(desk, house, read_file(SEEDS / DISTRICT.file).text, subject="Kết luận giao ban tháng 10")
        complete(app, desk, house, notice, DISTRICT)
        steps.issue(desk, chair, notice)
        assert steps.notice_of(app, notice).symbol == "01/TB-BCĐ"
    return tasks_of_notice(app, notice)


def work(app: Flask, house: House, leads: dict[int, int]) -> dict[int, date]:
    """Let every third task be reported on its day and confirmed, the next be reported only; return the days sent."""
    names = {house.units[key].id: f"head_{key}" for key in LEADS}
    sent: dict[int, date] = {}
    with time_machine.travel(at_noon(date(2026, 10, 19)), tick=False):
        for task, unit in leads.items():
            assert take(browser(app, house.people[names[unit]]), "task", task, "accept").status_code == 303
    for number, (task, unit) in enumerate(leads.items()):
        if number % 3 == 2:
            continue
        sent[task] = date(2026, 10, 26) + timedelta(days=number % 5)
        with time_machine.travel(at_noon(sent[task]), tick=False):
            result = {"result": f"Đã hoàn thành việc số {number}"}
            assert take(browser(app, house.people[names[unit]]), "task", task, "report", result).status_code == 303
        if number % 3 == 0:
            with time_machine.travel(at_noon(date(2026, 11, 3)), tick=False):
                assert take(browser(app, house.people["chair"]), "task", task, "confirm").status_code == 303
    return sent


def remind(app: Flask, house: House, sink: Sink) -> None:
    """Run a working day's jobs twice: who is late hears it once, by a real mail."""
    late = wall(date(2026, 11, 9), 9)
    run_at(app, late, "plan_reminders", "make_messages", "deliver_mail")
    once = len(sink.letters)
    assert {login for rule, login, _task, _slot in told(app) if rule.startswith("overdue")} & {"head_hcc", "head_vhxh"}
    assert [letter for letter in sink.to("head.hcc@binhminh.example") if "quá hạn" in letter_text(letter)]
    run_at(app, late, "plan_reminders", "make_messages", "deliver_mail")
    assert len(sink.letters) == once


def letter_text(letter: object) -> str:
    body = letter.get_body(("plain",))  # type: ignore[attr-defined]
    return str(body.get_content()).lower()


def count(
    app: Flask, house: House, leads: dict[int, int], new: set[int], sent: dict[int, date]
) -> dict[str, list[int]]:
    """Count the month on paper: what came in, and what became of it by what was seen done."""
    by_unit: dict[int, Counter[str]] = {}
    with app.app_context():
        for task in session.scalars(select(Task).where(Task.id.in_(leads))):
            line = by_unit.setdefault(leads[task.id], Counter())
            line["assigned" if task.id in new else "carried"] += 1
            line["total"] += 1
            due = task.current_due
            assert due is not None
            judged = sent.get(task.id, date(2026, 11, 14))
            is_late = judged > next_working_day(due)
            if task.state == COMPLETED:
                line["late" if is_late else "on_time"] += 1
            else:
                line["overdue" if is_late else "in_time"] += 1
                line["waiting"] += task.id in sent
    names = {unit.id: unit.name for unit in house.units.values()}
    lines = {names[unit]: line for unit, line in by_unit.items()}
    lines["Tổng cộng"] = sum(by_unit.values(), Counter())
    return {name: [line[figure or ""] for figure in FIGURES] for name, line in lines.items()}


def next_working_day(day: date) -> date:
    """Return the day itself, or the Monday after a weekend: none of the period's days is a holiday."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def sign_month(app: Flask, house: House) -> None:
    """Open, explain, draft, submit and sign the report of the period, through its screens."""
    desk, chair = browser(app, house.people["secretary"]), browser(app, house.people["chair"])
    address = f"/reports/{house.committee.id}/{BEGIN.isoformat()}"
    assert post(desk, f"{address}/open").status_code == 303
    causes = {f"cause-{house.units[key].id}": "Chờ bố trí kinh phí" for key in LEADS}
    assert post(desk, f"{address}/causes", causes).status_code == 303
    with app.app_context():
        report = session.scalars(select(MonthlyReport.id)).one()
    for who, event in ((desk, "draft"), (desk, "submit"), (chair, "sign"), (desk, "issue")):
        answer = take(who, "monthly_report", report, event)
        assert answer.status_code == 303, (event, steps.alerts_in(answer))


ROW = re.compile(r'<th scope="row" class="cell-title">(.*?)</th>(.*?)</tr>', re.DOTALL)
CELL = re.compile(r'<td class="num[^>]*>(?:<a[^>]*>)?(\d+)')


def figures_of_page(page: str) -> dict[str, list[int]]:
    table = page.split("rows-account", 1)[1].split("</table>", 1)[0]
    return {
        unescape(name): [int(cell) for cell in CELL.findall(row)][: len(FIGURES)] for name, row in ROW.findall(table)
    }


def figures_of_pdf(content: bytes) -> dict[str, list[int]]:
    with pdfplumber.open(io.BytesIO(content)) as opened:
        rows = opened.pages[1].extract_tables()[0][2:]
    return {" ".join((row[1] or "").split()): [int(cell or 0) for cell in row[2 : 2 + len(FIGURES)]] for row in rows}


def figures_of_workbook(content: bytes, names: set[str]) -> dict[str, list[int]]:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return {
        str(row[1]): [int(float(str(cell))) for cell in row[2 : 2 + len(FIGURES)]] for row in rows if row[1] in names
    }
