"""A month on its way: opened, explained, drafted, submitted, signed, issued; and the same for ever after."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update

from app.db import session, transaction
from app.models import CalendarDay, Committee, MonthlyReport, Task, TaskSpan, Unit
from app.queries.month_account import month_account
from app.queries.periods_of import period_on
from app.services.issuing import date_back
from app.services.reports import silence
from app.ui.report_table import share
from tests.factories import browser, post, take
from tests.reports.month import AFTER, TOTAL_BY_HAND, Register, at, moment
from workflows.compliance import Line
from workflows.monthly_report import COLLECTING, DRAFTED, ISSUED, SIGNED, SUBMITTED

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from app.queries.account import Account

NUMBERS = re.compile(r'<table class="rows rows-cards rows-account">.*?</table>', re.DOTALL)


def people(register: Register, login: str) -> FlaskClient:
    return browser(register.app, register.house.people[login])


def month(register: Register, begins_on: str = "2026-10-15") -> str:
    return f"/reports/{register.house.committee.id}/{begins_on}"


def report(register: Register, begins_on: date = date(2026, 10, 15)) -> MonthlyReport:
    with register.app.app_context():
        found = session.query(MonthlyReport).filter_by(begins_on=begins_on).one()
        _ = [cause.text for cause in found.causes]
        session.expunge_all()
        return found


def move(register: Register, login: str, event: str, data: dict[str, str] | None = None) -> int:
    return take(people(register, login), "monthly_report", report(register).id, event, data).status_code


def explain(register: Register, **extra: str) -> int:
    units = register.house.units
    data = {
        f"cause-{units['vhxh'].id}": "Chờ kinh phí; đã phân công lại.",
        f"silent-{units['ca'].id}": "16/11/2026",
        **extra,
    }
    return post(people(register, "secretary"), f"{month(register)}/causes", data).status_code


def sign(register: Register) -> None:
    """Bring the month to its signature."""
    post(people(register, "secretary"), f"{month(register)}/open")
    assert explain(register) == 303
    assert move(register, "secretary", "draft") == 303
    assert move(register, "secretary", "submit") == 303
    assert move(register, "chair", "sign") == 303


def test_a_month_goes_its_way_to_a_numbered_paper(register: Register) -> None:
    with at(AFTER):
        assert "Lập báo cáo của kỳ" in people(register, "secretary").get(month(register)).get_data(as_text=True)
        assert "Lập báo cáo của kỳ" not in people(register, "chair").get(month(register)).get_data(as_text=True)
        assert post(people(register, "secretary"), f"{month(register)}/open").status_code == 303
        assert report(register).state == COLLECTING
        assert move(register, "secretary", "draft") == 303
        assert report(register).state == DRAFTED
        refused = take(people(register, "secretary"), "monthly_report", report(register).id, "submit")
        assert refused.status_code == 422
        assert "Còn đơn vị quá hạn chưa có trách nhiệm, nguyên nhân" in refused.get_data(as_text=True)
        assert explain(register) == 303
        assert {cause.text for cause in report(register).causes} == {
            "Chờ kinh phí; đã phân công lại.", silence(date(2026, 11, 16)),
        }  # fmt: skip
        assert move(register, "secretary", "submit") == 303
        assert report(register).state == SUBMITTED
        assert move(register, "secretary", "sign") == 403
        assert move(register, "chair", "sign") == 303
        signed = report(register)
        assert signed.state == SIGNED
        assert signed.digest
        assert signed.signed_at
        assert move(register, "chair", "issue") == 403
        assert move(register, "secretary", "issue") == 303
        issued = report(register)
        assert (issued.state, issued.number, issued.symbol) == (ISSUED, 1, "01/BC-BCĐ")
        page = people(register, "member").get(month(register)).get_data(as_text=True)
        assert "01/BC-BCĐ" in page
        assert "Số liệu chưa chốt" not in page
        assert "Không giải trình trước ngày 16/11/2026." in page


def test_a_month_that_is_not_over_cannot_be_drafted(register: Register) -> None:
    with at(moment(10, 11)):
        post(people(register, "secretary"), f"{month(register)}/open")
        answer = take(people(register, "secretary"), "monthly_report", report(register).id, "draft")
        assert answer.status_code == 422
        assert "Kỳ báo cáo chưa kết thúc" in answer.get_data(as_text=True)


def test_only_the_secretary_opens_and_explains(register: Register) -> None:
    with at(AFTER):
        for login in ("chair", "deputy", "member", "head_vhxh"):
            assert post(people(register, login), f"{month(register)}/open").status_code == 404, login
            assert post(people(register, login), f"{month(register)}/causes").status_code == 404, login


def test_causes_are_closed_once_submitted_and_a_bad_day_keeps_what_was_typed(register: Register) -> None:
    silent = f"silent-{register.house.units['ca'].id}"
    with at(AFTER):
        answer = post(people(register, "secretary"), f"{month(register)}/causes", {
            f"cause-{register.house.units['vhxh'].id}": "Đang gõ dở", silent: "31/31",
        })  # fmt: skip
        assert answer.status_code == 422
        page = answer.get_data(as_text=True)
        assert "Đang gõ dở" in page
        assert "31/31" in page
        assert explain(register, **{silent: "16/11"}) == 303
        move(register, "secretary", "draft")
        move(register, "secretary", "submit")
        assert explain(register) == 422
        assert move(register, "secretary", "take_back") == 303
        assert explain(register) == 303


def meddle(register: Register) -> None:
    """Do all that could change a past month: backdate, rename, edit the calendar, reopen, confirm, withdraw."""
    with register.app.app_context(), transaction():
        first = moment(20, 10)
        tasks = [register.tasks["first-second-after"]]
        session.execute(update(TaskSpan).where(TaskSpan.task_id.in_(tasks)).values(began_at=first))
        unit = session.get_one(Unit, register.house.units["vhxh"].id)
        unit.name = "Phòng Văn hóa, Khoa học và Thông tin"
        unit.position = 99
        for day in (date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)):
            session.add(CalendarDay(authority_id=unit.authority_id, day=day, kind="off", name="Nghỉ bù"))
    register.move("overdue", "withdraw", moment(20, 11), "chair", {"reason": "Không cần nữa"})
    register.move("waiting-late", "confirm", moment(20, 11), "chair")
    register.move("late", "reopen", moment(20, 11), "chair", {"reason": "Sai", "new_due": date(2026, 12, 25)})


def test_a_signed_month_is_the_same_for_ever(register: Register) -> None:
    with at(AFTER):
        sign(register)
        client = people(register, "chair")
        page = client.get(month(register)).get_data(as_text=True)
        before = NUMBERS.findall(page), client.get(f"{month(register)}/export.xlsx").data
        kept = json.dumps(report(register).figures, sort_keys=True)
        listed = client.get(f"{month(register)}/tasks?column=overdue").get_data(as_text=True)
        assert "(3)</h1>" in listed
    with at(moment(19, 11)):
        meddle(register)
    with at(moment(1, 12)):
        client = people(register, "chair")
        page = client.get(month(register)).get_data(as_text=True)
        assert NUMBERS.findall(page) == before[0]
        assert "Phòng Văn hóa - Xã hội" in page
        assert "(3)</h1>" in client.get(f"{month(register)}/tasks?column=overdue").get_data(as_text=True)
        assert json.dumps(report(register).figures, sort_keys=True) == kept
        assert Line(**report(register).figures["total"]) == TOTAL_BY_HAND
        # The digest taken on signing still holds, so the paper can be issued.
        assert move(register, "secretary", "issue") == 303


def test_what_came_after_the_signature_appears_in_the_next_month_and_says_so(register: Register) -> None:
    with at(AFTER):
        sign(register)
    with at(moment(19, 11)):
        meddle(register)
    with at(moment(1, 12)):
        page = people(register, "chair").get(month(register, "2026-11-15")).get_data(as_text=True)
    assert "theo báo cáo đã ký" in page
    notes = page.partition("Ghi chú, đính chính")[2]
    reopened, added = notes.split("Ghi nhận sau khi kỳ trước đã ký")
    assert "Nhiệm vụ late" in reopened
    assert "Nhiệm vụ first-second-after" in added


def test_a_draft_says_when_the_ledger_has_changed_since(register: Register) -> None:
    with at(AFTER):
        post(people(register, "secretary"), f"{month(register)}/open")
        move(register, "secretary", "draft")
        client = people(register, "secretary")
        assert "Sổ theo dõi đã thay đổi" not in client.get(month(register)).get_data(as_text=True)
    with at(AFTER + timedelta(hours=1)):
        meddle(register)
        page = people(register, "secretary").get(month(register)).get_data(as_text=True)
        assert "Sổ theo dõi đã thay đổi" in page
        assert explain(register) == 303
        assert move(register, "secretary", "submit") == 422
        assert move(register, "secretary", "draft") == 303
        page = people(register, "secretary").get(month(register)).get_data(as_text=True)
        assert "Sổ theo dõi đã thay đổi" not in page


def test_the_deputy_and_the_chair_are_told_and_may_return_it(register: Register) -> None:
    with at(AFTER):
        post(people(register, "secretary"), f"{month(register)}/open")
        explain(register)
        move(register, "secretary", "draft")
        move(register, "secretary", "submit")
        assert move(register, "deputy", "return") == 422
        assert move(register, "deputy", "return", {"reason": "Thiếu nguyên nhân của Công an"}) == 303
        assert report(register).state == DRAFTED
        page = people(register, "secretary").get(month(register)).get_data(as_text=True)
        assert "Thiếu nguyên nhân của Công an" in page


def test_figures_that_were_overtaken_cannot_be_signed(register: Register) -> None:
    with at(AFTER):
        post(people(register, "secretary"), f"{month(register)}/open")
        explain(register)
        move(register, "secretary", "draft")
        assert move(register, "secretary", "submit") == 303
        meddle(register)
        refused = take(people(register, "chair"), "monthly_report", report(register).id, "sign")
        assert refused.status_code == 422
        assert "tính lại số liệu rồi trình ký" in refused.get_data(as_text=True)
        assert report(register).state == SUBMITTED
        assert move(register, "secretary", "take_back") == 303
        assert move(register, "secretary", "draft") == 303
        assert move(register, "secretary", "submit") == 303
        assert move(register, "chair", "sign") == 303


def test_a_month_is_compared_with_what_was_signed_and_says_what_came_in_later(register: Register) -> None:
    with at(AFTER):
        sign(register)
        signed = report(register).figures["total"]
    with at(moment(19, 11)):
        post(people(register, "secretary"), f"{month(register, '2026-11-15')}/open")
        first = people(register, "chair").get(month(register, "2026-11-15")).get_data(as_text=True)
        assert "số liệu nhập sau không làm đổi" not in first
        enter_old_task(register)
    with at(moment(1, 12)):
        page = people(register, "chair").get(month(register, "2026-11-15")).get_data(as_text=True)
        before = Line(**signed)
        assert f"({share(before.rate)})" in page
        assert page.count("Kỳ trước đã ký; số liệu nhập sau không làm đổi.") == 1
        assert "1 nhiệm vụ nhập lại từ văn bản cũ" in page
        assert "nhập từ văn bản cũ 1" in page
        listed = people(register, "chair").get(f"{month(register, '2026-11-15')}/tasks?column=entered")
        assert "Nhiệm vụ old" in listed.get_data(as_text=True)
        account = live_account(register, date(2026, 11, 15))
        assert account.total.entered == 1
        assert all(line.balanced for line in (account.total, *(unit.line for unit in account.units)))


def test_a_draft_begun_before_the_month_before_was_signed_is_compared_with_the_signed_one(register: Register) -> None:
    with at(AFTER):
        post(people(register, "secretary"), f"{month(register)}/open")
        explain(register)
    late = moment(16, 12)
    with at(late):
        begins_on = date(2026, 11, 15)
        post(people(register, "secretary"), f"{month(register, '2026-11-15')}/open")
        number = report(register, begins_on).id
        assert take(people(register, "secretary"), "monthly_report", number, "draft").status_code == 303
        sign(register)
        page = people(register, "secretary").get(month(register, "2026-11-15")).get_data(as_text=True)
        assert "theo báo cáo đã ký" in page


def enter_old_task(register: Register) -> None:
    """Let a task stand as entered now from a notice of September, overdue since October."""
    register.assign("old", "kt", moment(19, 11), date(2026, 10, 1))
    with register.app.app_context(), transaction():
        task = session.get_one(Task, register.tasks["old"])
        task.historic = True
        date_back(task, date(2026, 9, 1))


def live_account(register: Register, day: date) -> Account:
    with register.app.app_context():
        committee = session.get_one(Committee, register.house.committee.id)
        return month_account(committee, period_on(committee.id, day))
