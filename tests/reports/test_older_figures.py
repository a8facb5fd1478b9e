"""A month that takes long to compute shows what was computed before and says so; all that speaks of it agrees.

Over 300 lines: one rule, seen from page, list, papers, job, verify and the month before.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from time import perf_counter
from typing import TYPE_CHECKING

import pdfplumber
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select, update

from app import db
from app.clock import VIETNAM
from app.db import session, transaction
from app.jobs.months import recount_months
from app.models import Committee, KeptList, KeptMonth, Task, TaskSpan
from app.queries.kept_months import OLDEST
from app.queries.month_account import month_account
from app.queries.periods_of import period_on
from app.services.kept_months import keep_months, months_amiss, months_with_lists
from app.services.reports import shown_month
from tests.factories import found_authority, post
from tests.home.statements import BAR, counting
from tests.reports.month import AFTER, PERIOD, Register, at, moment
from tests.reports.test_pages import _LINK, people
from tests.reports.test_signing import enter_old_task, explain, move, report

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from app.queries.account import Account

TEN = datetime(2026, 11, 16, 10, tzinfo=VIETNAM)
BUTTON = "Tính lại ngay"


@pytest.fixture
def dear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let any month take long."""
    let_all_take_long(monkeypatch)


def let_all_take_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.queries.kept_months.AT_ONCE", timedelta(0))
    monkeypatch.setattr("app.queries.kept_reckonings.WORTH_KEEPING", timedelta(0))


def running(register: Register) -> str:
    return f"/reports/{register.house.committee.id}/2026-11-15"


def numbers(page: str) -> dict[str, str]:
    """Return what each number of the table says, by the address of its list."""
    return {unescape(href): count for href, count in _LINK.findall(page)}


def add_task(register: Register, when: datetime) -> None:
    register.assign(f"more-{when:%H%M}", "kt", when, date(2026, 11, 30))


def look(register: Register, when: datetime) -> str:
    with at(when):
        return people(register, "secretary").get(running(register)).get_data(as_text=True)


@pytest.mark.usefixtures("dear")
def test_page_lists_and_papers_agree_on_figures_of_an_earlier_instant(register: Register) -> None:
    first = look(register, TEN)
    assert BUTTON not in first
    with at(TEN + timedelta(minutes=5)), counting(register.app) as statements:
        client = people(register, "secretary")
        statements.clear()
        assert client.get(running(register)).text.count(BUTTON) == 0
        assert not [one for one in statements if "task_span" in one and "UNION ALL" in one and "extension" in one]
    add_task(register, TEN + timedelta(minutes=10))
    with at(TEN + timedelta(minutes=20)):
        client = people(register, "secretary")
        with counting(register.app) as statements:
            page = client.get(running(register)).text
        assert len(statements) <= BAR
        said = "Số liệu lúc 10:00 hôm nay, chưa chốt; từ đó sổ theo dõi có thêm 1 thay đổi."
        assert said in page
        assert BUTTON in page
        assert numbers(page) == numbers(first)
        for href, count in numbers(page).items():
            listed = client.get(href).text
            assert f"({count})</h1>" in listed, href
            assert listed.count('<td class="cell-title">') == int(count), href
            assert "Số liệu lúc 10:00 hôm nay" in listed
        _papers_agree(client, register)
        (row,) = re.findall(r"<tr>(?:(?!</tr>).)*2026-11-15.*?</tr>", client.get("/reports/").text, re.DOTALL)
        assert "Số liệu lúc 10:00 hôm nay" in row
        assert f">{_total(page)}</td>" in row
        assert post(client, f"{running(register)}/recompute").status_code == 303
        fresh = client.get(running(register)).text
        assert (BUTTON in fresh, "Số liệu lúc" in fresh) == (False, False)
        assert int(_total(fresh)) == int(_total(first)) + 1


def _total(page: str) -> str:
    """Return the total of all units, which stands last in the table."""
    return [count for href, count in numbers(page).items() if "column=total" in href and "unit=" not in href][-1]


def _papers_agree(client: FlaskClient, register: Register) -> None:
    total = _total(client.get(running(register)).text)
    with pdfplumber.open(io.BytesIO(client.get(f"{running(register)}/export.pdf").data)) as opened:
        paper = " ".join((opened.pages[0].extract_text() or "").split())
    assert "số liệu lúc 10 giờ 00 ngày 16/11/2026, chưa chốt" in paper
    assert f"Tổng số nhiệm vụ theo dõi trong kỳ: {total} " in paper
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{running(register)}/export.xlsx").data))
    rows = [str(cell) for row in sheets.get_sheet_by_index(0).to_python() for cell in row]
    assert [cell for cell in rows if "số liệu lúc 10 giờ 00 ngày 16/11/2026, chưa chốt" in cell]
    assert [cell for cell in rows if f"Tổng số nhiệm vụ theo dõi trong kỳ: {total} " in cell]


@pytest.mark.usefixtures("dear")
def test_a_month_without_tasks_is_kept_like_any_other(app: Flask) -> None:
    register = Register(app, found_authority(app))
    assert BUTTON not in look(register, TEN)
    add_task(register, TEN + timedelta(minutes=1))
    assert BUTTON in look(register, TEN + timedelta(minutes=2))
    with at(TEN + timedelta(minutes=3)):
        assert post(people(register, "secretary"), f"{running(register)}/recompute").status_code == 303
        assert _total(people(register, "secretary").get(running(register)).text) == "1"


def test_a_month_that_is_quick_to_compute_is_always_of_now(register: Register) -> None:
    first = look(register, TEN)
    add_task(register, TEN + timedelta(minutes=1))
    second = look(register, TEN + timedelta(minutes=2))
    assert int(_total(second)) == int(_total(first)) + 1
    assert "Số liệu lúc" not in second


@pytest.mark.usefixtures("dear")
def test_a_new_day_makes_figures_older_without_a_change(register: Register) -> None:
    night = datetime(2026, 11, 16, 23, 50, tzinfo=VIETNAM)
    assert BUTTON not in look(register, night)
    page = look(register, night + timedelta(minutes=20))
    assert "Số liệu lúc 23:50, 16/11/2026, chưa chốt; từ đó đã sang ngày mới." in page
    assert "tại thời điểm 24 giờ 00 ngày 17/11/2026" not in page
    with at(night + timedelta(minutes=21)), register.app.app_context():
        assert recount_months() >= 1
    assert BUTTON not in look(register, night + timedelta(minutes=22))


@pytest.mark.usefixtures("dear")
def test_figures_of_hours_ago_are_not_shown(register: Register) -> None:
    first = look(register, TEN)
    add_task(register, TEN + timedelta(minutes=1))
    assert BUTTON in look(register, TEN + OLDEST - timedelta(minutes=1))
    late = look(register, TEN + OLDEST + timedelta(minutes=1))
    assert BUTTON not in late
    assert int(_total(late)) == int(_total(first)) + 1


def test_the_job_computes_what_takes_long_and_nothing_else(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    look(register, TEN)
    with at(TEN), register.app.app_context():
        assert recount_months() == 0
    let_all_take_long(monkeypatch)
    first = look(register, TEN + timedelta(minutes=1))
    add_task(register, TEN + timedelta(minutes=2))
    with at(TEN + timedelta(minutes=5)), register.app.app_context():
        # The running month anew; the last closed one whole, which nobody has opened yet; of those before the figures.
        assert [recount_months(), recount_months()] == [4, 0]
        assert [*months_amiss()] == []
    with at(TEN + timedelta(minutes=6)), register.app.app_context():
        whole = select(KeptMonth.begins_on).where(KeptMonth.details.is_not(None)).order_by(KeptMonth.begins_on)
        assert [*session.scalars(whole)] == [PERIOD.start, date(2026, 11, 15)]
    page = look(register, TEN + timedelta(minutes=7))
    assert BUTTON not in page
    assert int(_total(page)) == int(_total(first)) + 1


@pytest.mark.usefixtures("dear")
def test_the_job_drops_lists_of_older_months_after_a_day(register: Register) -> None:
    old = date(2026, 9, 15)
    with at(TEN):
        people(register, "secretary").get(f"/reports/{register.house.committee.id}/{old}")
    for later, kept in ((timedelta(hours=23), True), (timedelta(hours=25), False)):
        with at(TEN + later), register.app.app_context():
            recount_months()
            assert (old in months_with_lists(register.house.committee.id)) is kept
            assert session.get_one(KeptMonth, (register.house.committee.id, old)).edition == 1
            assert [*months_amiss()] == []


@pytest.mark.usefixtures("dear")
def test_verify_names_lists_and_details_that_are_wrong(register: Register) -> None:
    look(register, TEN)
    with at(TEN), register.app.app_context():
        assert [*months_amiss()] == []
        with transaction():
            one = session.scalars(select(KeptList).where(KeptList.figure == "carried").limit(1)).one()
            one.steps = [*one.steps[:-1], one.steps[-1] + 1]
        (found,) = months_amiss()
        assert "kept list of tasks is wrong" in found
        with transaction():
            month = session.scalars(select(KeptMonth).where(KeptMonth.details.is_not(None))).one()
            assert month.details is not None
            month.details = month.details | {"late": [[*one[:1], 99, *one[2:]] for one in month.details["late"]]}
        assert [one for one in months_amiss() if "kept details of a month are wrong" in one]


@pytest.mark.usefixtures("dear")
def test_drafting_computes_whatever_is_kept(register: Register) -> None:
    with at(AFTER):
        client = people(register, "secretary")
        client.get(f"/reports/{register.house.committee.id}/{PERIOD.start}")
        post(client, f"/reports/{register.house.committee.id}/{PERIOD.start}/open")
        with register.app.app_context(), transaction():
            span = select(TaskSpan.id).where(TaskSpan.task_id == register.tasks["first-second-after"])
            session.execute(update(TaskSpan).where(TaskSpan.id.in_(span)).values(began_at=moment(20, 10)))
        page = client.get(f"/reports/{register.house.committee.id}/{PERIOD.start}").text
        assert "từ đó sổ theo dõi đã thay đổi" in page
        assert explain(register) == 303
        assert move(register, "secretary", "draft") == 303
        now = _account(register, PERIOD.start)
        assert report(register).figures["total"]["assigned"] == now.total.assigned
        page = client.get(f"/reports/{register.house.committee.id}/{PERIOD.start}").text
        assert BUTTON not in page


def _account(register: Register, day: date) -> Account:
    with register.app.app_context():
        committee = session.get_one(Committee, register.house.committee.id)
        return month_account(committee, period_on(committee.id, day))


@pytest.mark.usefixtures("dear")
def test_what_is_kept_is_the_account_itself_by_todays_names(register: Register) -> None:
    for instant, day in ((TEN, date(2026, 11, 16)), (TEN, PERIOD.start)):
        with at(instant), register.app.app_context():
            committee = session.get_one(Committee, register.house.committee.id)
            period = period_on(committee.id, day)
            with transaction():
                keep_months(shown_month(committee, period).fresh)
            with transaction():
                session.execute(update(Task).values(title=Task.title + " (sửa)"))
            kept = shown_month(committee, period)
            assert (kept.fresh, kept.since) == ([], None)
            _same(kept.account, month_account(committee, period))
            assert any("(sửa)" in line.title for line in kept.account.overdue)


@pytest.mark.usefixtures("dear")
def test_the_month_before_may_be_signed_meanwhile(register: Register) -> None:
    look(register, TEN)
    with at(TEN + timedelta(minutes=1)):
        _sign_the_month_before(register)
        with register.app.app_context():
            committee = session.get_one(Committee, register.house.committee.id)
            period = period_on(committee.id, date(2026, 11, 16))
            kept = shown_month(committee, period)
            assert kept.fresh == []
            assert kept.account.before is not None
            assert kept.account.before.signed
            _same(kept.account, month_account(committee, period))


@pytest.mark.usefixtures("dear")
def test_older_figures_are_not_held_against_a_month_signed_since(register: Register) -> None:
    look(register, TEN)
    with at(TEN + timedelta(minutes=1)):
        enter_old_task(register)
        assert "từ đó sổ theo dõi" in look(register, TEN + timedelta(minutes=2))
        _sign_the_month_before(register, **{f"cause-{register.house.units['kt'].id}": "Chờ văn bản."})
    page = look(register, TEN + timedelta(minutes=3))
    assert "Kỳ trước ghi còn lại" not in page
    assert BUTTON not in page


def _sign_the_month_before(register: Register, **causes: str) -> None:
    post(people(register, "secretary"), f"/reports/{register.house.committee.id}/{PERIOD.start}/open")
    assert explain(register, **causes) == 303
    for who, event in (("secretary", "draft"), ("secretary", "submit"), ("chair", "sign")):
        assert move(register, who, event) == 303


def _same(kept: Account, now: Account) -> None:
    lists = {unit: {name: ids for name, ids in figures.items() if ids} for unit, figures in kept.counted.items()}
    assert lists == now.counted
    assert replace(kept, counted={}, computed_at=now.computed_at) == replace(now, counted={})


@pytest.mark.usefixtures("dear")
def test_a_look_waits_for_nobody_who_writes(register: Register) -> None:
    with register.app.app_context():
        if db.engine().dialect.name != "sqlite":
            pytest.skip("only SQLite has one writer")
        engine = db.engine()
    with at(TEN):
        client = people(register, "secretary")
        with engine.connect() as other:
            other.exec_driver_sql("COMMIT")
            other.exec_driver_sql("BEGIN IMMEDIATE")
            begun = perf_counter()
            for path in (running(register), "/reports/"):
                assert client.get(path).status_code == 200
            assert perf_counter() - begun < 15
            other.exec_driver_sql("ROLLBACK")
        with register.app.app_context():
            assert session.scalar(select(func.count()).select_from(KeptMonth)) == 0
        assert client.get(running(register)).status_code == 200
        with register.app.app_context():
            assert session.scalar(select(func.count()).select_from(KeptMonth)) == 2
