"""One mail to a person and day; urgent things at once; what is said, to whom, in which language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from sqlalchemy import func, select, update

from app.db import session, transaction
from app.models import Delivery, Message, Notification, Person, SignedLink, Task
from app.services.signed_links import INVITE, About, address_of, make_link
from app.services.telling import tell
from tests.factories import House, assign_task, browser, found_authority, post, take
from tests.posts import Sink, run_at, wall

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage

    from flask import Flask

MAIL = ("make_messages", "deliver_mail")


@pytest.fixture
def house(app: Flask) -> House:
    return found_authority(app)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return wall(date(2026, month, day), hour, minute)


def give(app: Flask, house: House, moment: datetime, **columns: Any) -> int:  # noqa: ANN401 -- a task's columns
    """Assign a task at a wall time of Vietnam."""
    with time_machine.travel(moment, tick=False):
        return assign_task(app, house, **columns)


def begin(app: Flask, task: int, **columns: object) -> None:
    """Let a task be in progress."""
    with app.app_context(), transaction():
        session.execute(update(Task).where(Task.id == task).values(state="in_progress", **columns))


def part(letter: EmailMessage, kind: str) -> str:
    """Return one body of a letter."""
    body = letter.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_the_morning_digest_says_who_must_do_what_by_when(app: Flask, house: House, sink: Sink) -> None:
    for title, due in [("Kiểm kê máy tính bảng", 30), ("Nâng cấp cổng thông tin", 27), ("Tập huấn chữ ký số", 10)]:
        begin(app, give(app, house, at(2, 10), title=title, due=date(2026, 11, due)))
    run_at(app, at(2, 14), *MAIL)
    sink.letters.clear()
    counts = run_at(app, at(23, 7, 45), "plan_reminders", *MAIL)
    letters = sink.to("head.vhxh@")
    assert counts[0] > 0
    assert [str(letter["Subject"]) for letter in letters] == ["Phòng Văn hóa - Xã hội: 3 việc, gấp nhất hạn 10/11"]
    text = part(letters[0], "plain")
    assert text.index("QUÁ HẠN") < text.index("Tập huấn chữ ký số") < text.index("SẮP ĐẾN HẠN")
    assert "Còn khoảng một tuần đến hạn" in text
    assert "https://dondoc.binhminh.example/tasks/1\n" in text
    html = part(letters[0], "html")
    assert "Kiểm kê máy tính bảng" in html
    assert 'style="' not in html
    assert 'href="https://dondoc.binhminh.example/tasks/1"' in html
    assert "Hoàng Mai Lan" in str(letters[0]["To"])
    assert str(letters[0]["Auto-Submitted"]) == "auto-generated"
    assert "UBND phường Bình Minh" in str(letters[0]["From"])


def test_one_mail_a_person_and_day(app: Flask, house: House, sink: Sink) -> None:
    run_at(app, at(23, 7, 50), *MAIL)
    give(app, house, at(23, 7, 40))
    run_at(app, at(23, 7, 50), *MAIL, *MAIL)
    assert len(sink.to("head.vhxh@")) == 1
    give(app, house, at(23, 9))
    for hour in (10, 13, 14, 16):
        run_at(app, at(23, hour), *MAIL)
    assert len(sink.to("head.vhxh@")) == 1
    run_at(app, at(24, 9), *MAIL)  # 24 November is a holiday
    assert len(sink.to("head.vhxh@")) == 1
    run_at(app, at(25, 7, 45), *MAIL)
    assert len(sink.to("head.vhxh@")) == 2


def test_news_of_a_quiet_morning_goes_after_lunch(app: Flask, house: House, sink: Sink) -> None:
    give(app, house, at(23, 9))
    run_at(app, at(23, 11), *MAIL)
    assert sink.letters == []
    run_at(app, at(23, 13, 45), *MAIL)
    assert [str(each["Subject"]) for each in sink.to("head.vhxh@")] == ["Phòng Văn hóa - Xã hội: 1 việc"]


def test_a_late_scheduler_makes_the_digest_when_it_comes(app: Flask, house: House, sink: Sink) -> None:
    begin(app, give(app, house, at(2, 10), due=date(2026, 11, 23)))
    run_at(app, at(2, 14), *MAIL)
    sink.letters.clear()
    run_at(app, at(23, 10, 20), "plan_reminders", *MAIL)
    assert [str(each["Subject"]) for each in sink.letters] == ["Phòng Văn hóa - Xã hội: 1 việc, gấp nhất hạn 23/11"]


def test_urgent_things_go_at_once_one_by_one(app: Flask, house: House, sink: Sink) -> None:
    give(app, house, at(22, 20), priority="urgent", due=date(2026, 11, 25), title="Báo cáo sự cố mất dữ liệu")
    run_at(app, at(22, 20, 1), *MAIL)  # a Sunday evening
    assert [str(each["Subject"]) for each in sink.letters] == [
        "KHẨN – Phòng Văn hóa - Xã hội: Báo cáo sự cố mất dữ liệu, hạn 25/11"
    ]
    run_at(app, at(23, 7, 45), *MAIL)
    assert len(sink.letters) == 1


def test_a_reminder_that_was_overtaken_is_not_mailed(app: Flask, house: House, sink: Sink) -> None:
    task = give(app, house, at(2, 10), due=date(2026, 11, 23))
    begin(app, task)
    run_at(app, at(2, 14), *MAIL)
    sink.letters.clear()
    run_at(app, at(23, 7, 31), "plan_reminders")
    with app.app_context(), transaction():
        noon = at(23, 7, 40)
        session.execute(
            update(Task)
            .where(Task.id == task)
            .values(state="completed", completed_at=noon, reported_at=noon, reported_on=date(2026, 11, 23))
        )
    run_at(app, at(23, 7, 45), *MAIL)
    assert sink.letters == []
    with app.app_context():
        assert (
            session.scalar(
                select(func.count()).select_from(Notification).where(Notification.rule == "reminder.due_today")
            )
            == 1
        )


def test_each_reads_in_the_own_language(app: Flask, house: House, sink: Sink) -> None:
    with app.app_context(), transaction():
        session.execute(update(Person).where(Person.login == "head_vhxh").values(language="en"))
    give(app, house, at(23, 7))
    run_at(app, at(23, 7, 45), *MAIL)
    letter = sink.to("head.vhxh@")[0]
    assert letter["Content-Language"] == "en"
    assert "Assigned" in part(letter, "plain")


def test_an_invitation_carries_its_link_and_nothing_keeps_it(app: Flask, house: House, sink: Sink) -> None:
    person = house.people["staff_vhxh"]
    with time_machine.travel(at(22, 21), tick=False), app.app_context(), transaction():
        made = make_link(INVITE, About(house.authority.id, "person", person.id, person.id), at(29, 21))
        tell(
            [person.id], authority_id=house.authority.id, rule="account.invited", subject="person",
            subject_id=person.id, slot="link-1", urgent=True,
            data={"link_id": made.id, "login": person.login, "expires_at": "2026-11-29T14:00:00+00:00"},
        )  # fmt: skip
    run_at(app, at(22, 21, 1), *MAIL)
    with app.app_context():
        link = address_of(session.get_one(SignedLink, made.id)) or "?"
    assert link.startswith("https://dondoc.binhminh.example/links/")
    letter = sink.to("staff.vhxh@")[0]
    assert str(letter["Subject"]) == "Mời bạn dùng Đôn đốc: đặt mật khẩu để bắt đầu"
    for kind in ("plain", "html"):
        assert link in part(letter, kind)
        assert "staff_vhxh" in part(letter, kind)
        assert "29/11/2026" in part(letter, kind)
    with app.app_context():
        kept = [str(data) for model in (Notification, Message) for data in session.scalars(select(model.data))]
        assert not any(link.rpartition("/")[2] in data for data in kept)


def test_who_has_no_address_is_named_not_forgotten(app: Flask, house: House, sink: Sink) -> None:
    with app.app_context(), transaction():
        session.execute(update(Person).where(Person.login == "head_vhxh").values(email=""))
    give(app, house, at(23, 7))
    run_at(app, at(23, 7, 45), *MAIL)
    assert sink.letters == []
    with app.app_context():
        assert [(row.state, row.last_error) for row in session.scalars(select(Delivery))] == [("failed", "no_address")]


def test_many_lines_are_counted_not_written_out(app: Flask, house: House, sink: Sink) -> None:
    with app.app_context(), transaction():
        for number in range(1, 61):
            tell(
                [house.people["head_kt"].id], authority_id=house.authority.id, rule="task.withdraw", subject="task",
                subject_id=10_000 + number, slot="x", data={"title": f"Việc số {number}"},
            )  # fmt: skip
    run_at(app, at(23, 7, 45, month=12), *MAIL)
    letter = sink.to("head.kt@")[0]
    assert str(letter["Subject"]) == "Bùi Đình Phúc: 60 tin mới"
    assert "và 20 việc khác" in part(letter, "plain")


def test_text_from_people_cannot_break_the_mail(app: Flask, house: House, sink: Sink) -> None:
    give(app, house, at(23, 7), title="<script>alert(1)</script>\nBcc: x@y.z", priority="urgent")
    run_at(app, at(23, 7, 1), *MAIL)
    letter = sink.letters[0]
    assert "<script>" not in part(letter, "html")
    assert letter["Bcc"] is None


def test_a_task_stands_once_in_a_mail_whatever_was_told_of_it(app: Flask, house: House, sink: Sink) -> None:
    task = give(app, house, at(2, 10), due=date(2026, 11, 10), title="Tập huấn chữ ký số")
    begin(app, task)
    run_at(app, at(2, 14), *MAIL)
    sink.letters.clear()
    with time_machine.travel(at(23, 7), tick=False), app.app_context(), transaction():
        tell(
            [house.people["head_vhxh"].id], authority_id=house.authority.id, rule="task.answer", subject="task",
            subject_id=task, slot="x", data={"by": "Lê Minh Khôi", "reason": "Cứ làm theo kế hoạch"},
        )  # fmt: skip
    run_at(app, at(23, 7, 45), "plan_reminders", *MAIL)
    letter = sink.to("head.vhxh@")[0]
    assert str(letter["Subject"]) == "Phòng Văn hóa - Xã hội: 1 việc, gấp nhất hạn 10/11"
    text = part(letter, "plain")
    assert text.count("Tập huấn chữ ký số") == 1
    assert "Còn quá hạn (hằng tuần); Lê Minh Khôi đã trả lời đề xuất: Cứ làm theo kế hoạch" in text
    assert "TIN MỚI" not in text


def test_a_due_date_of_another_year_is_written_with_its_year(app: Flask, house: House, sink: Sink) -> None:
    begin(app, give(app, house, at(2, 10), due=date(2026, 3, 15), title="Việc cũ"), due_since=date(2026, 1, 1))
    run_at(app, wall(date(2027, 1, 4), 7, 45), "plan_reminders", *MAIL)
    subjects = [str(each["Subject"]) for each in sink.to("head.vhxh@")]
    assert subjects == ["Phòng Văn hóa - Xã hội: 1 việc, gấp nhất hạn 15/03/2026"]


def test_a_proposal_that_waits_for_the_chair_is_a_ruling_to_give(app: Flask, house: House, sink: Sink) -> None:
    task = give(app, house, at(2, 10), due=date(2026, 12, 20))
    begin(app, task)
    with time_machine.travel(at(23, 7), tick=False):
        given = {"proposal": "Mua thêm 10 máy", "reason": "thiếu máy"}
        assert take(browser(app, house.people["head_vhxh"]), "task", task, "propose", given).status_code == 303
    run_at(app, at(23, 7, 45), *MAIL)
    letter = sink.to("chair@")[0]
    assert str(letter["Subject"]) == "Lê Minh Khôi: 1 việc chờ quyết định"
    assert "CHỜ BẠN QUYẾT ĐỊNH" in part(letter, "plain")


def test_what_was_asked_and_taken_back_before_the_mail_went_is_no_duty(app: Flask, house: House, sink: Sink) -> None:
    task = give(app, house, at(2, 10), due=date(2026, 12, 20), title="Kiểm kê máy tính bảng", coordinating=("kt",))
    begin(app, task)
    run_at(app, at(2, 14), *MAIL)
    sink.letters.clear()
    with time_machine.travel(at(20, 16), tick=False):
        lead = browser(app, house.people["head_vhxh"])
        assert take(lead, "coordinating_part", 1, "ask", {"work": "Số liệu hộ"}).status_code == 303
        assert take(lead, "coordinating_part", 1, "withdraw", {"reason": "Đã có số liệu"}).status_code == 303
    run_at(app, at(23, 14), *MAIL)
    text = part(sink.to("head.kt@")[0], "plain")
    assert text.index("TIN MỚI") < text.index("Kiểm kê máy tính bảng")
    assert "đã rút yêu cầu phối hợp" in text
    sink.letters.clear()
    with time_machine.travel(at(23, 16), tick=False):
        lead = browser(app, house.people["head_vhxh"])
        assert take(lead, "coordinating_part", 1, "ask", {"work": "Danh sách hộ"}).status_code == 303
        assert take(lead, "coordinating_part", 1, "withdraw", {"reason": "Nhầm"}).status_code == 303
        assert take(lead, "coordinating_part", 1, "ask", {"work": "Danh sách hộ mới"}).status_code == 303
    run_at(app, at(25, 14), *MAIL)
    again = part(sink.to("head.kt@")[0], "plain")
    assert "TIN MỚI" not in again.partition("Kiểm kê máy tính bảng")[0], "asked anew, it is a duty again"


def test_what_was_sent_back_and_then_taken_back_is_no_duty(app: Flask, house: House, sink: Sink) -> None:
    task = give(app, house, at(2, 10), due=date(2026, 12, 20), title="Kiểm kê máy tính bảng", coordinating=("kt",))
    begin(app, task)
    run_at(app, at(2, 14), *MAIL)
    sink.letters.clear()
    with time_machine.travel(at(20, 16), tick=False):
        lead, other = browser(app, house.people["head_vhxh"]), browser(app, house.people["head_kt"])
        assert take(lead, "coordinating_part", 1, "ask", {"work": "Số liệu hộ"}).status_code == 303
        assert take(other, "coordinating_part", 1, "deliver", {"result": "120 hộ"}).status_code == 303
        assert take(lead, "coordinating_part", 1, "give_back", {"reason": "Thiếu hộ mới"}).status_code == 303
        assert take(lead, "coordinating_part", 1, "withdraw", {"reason": "Đã có số liệu"}).status_code == 303
    run_at(app, at(23, 14), *MAIL)
    text = part(sink.to("head.kt@")[0], "plain")
    assert text.index("TIN MỚI") < text.index("Kiểm kê máy tính bảng")


def test_an_explanation_asked_and_taken_back_is_no_duty(app: Flask, house: House, sink: Sink) -> None:
    task = give(app, house, at(2, 10), due=date(2026, 11, 13), title="Kiểm kê máy tính bảng")
    begin(app, task)
    run_at(app, at(19, 14), *MAIL)
    sink.letters.clear()
    with time_machine.travel(at(20, 16), tick=False):
        secretary = browser(app, house.people["secretary"])
        asked = {"question": "Vì sao chậm?", "answer_by": "25/11/2026"}
        assert post(secretary, f"/tasks/{task}/explanations", asked).status_code == 303
        assert take(secretary, "explanation", 1, "withdraw").status_code == 303
    run_at(app, at(23, 14), *MAIL)
    text = part(sink.to("head.vhxh@")[0], "plain")
    assert text.index("TIN MỚI") < text.index("đã yêu cầu giải trình")
