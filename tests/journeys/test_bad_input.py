"""What people get wrong: each gets a clear sentence in the reader's language, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from markupsafe import escape
from sqlalchemy import select
from werkzeug.test import encode_multipart

from app.db import session, transaction
from app.models import Extension, Notice, Person, Task
from tests.factories import CSRF_RAW, assign_task, at_noon, browser, csrf, found_authority, post, take
from tests.notices import steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

SUBJECT = "Kết luận phiên họp «tháng 11» & việc cần làm"
# Each sentence once in Vietnamese and once in English, and each mistake once on either engine.
LANGUAGES = pytest.mark.parametrize(
    ("database_url", "language"), [("sqlite", "vi"), ("postgresql", "en")], indirect=["database_url"]
)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        yield


@pytest.fixture
def house(app: Flask) -> House:
    return found_authority(app)


def reader(app: Flask, house: House, login: str, language: str) -> FlaskClient:
    """Return a browser of somebody who reads in a language."""
    with app.app_context(), transaction():
        session.get_one(Person, house.people[login].id).language = language
    return browser(app, house.people[login])


def text_of(answer: TestResponse) -> str:
    return " ".join(answer.get_data(as_text=True).split())


def says(answer: TestResponse, language: str, vi: str, en: str) -> str:
    """Find the sentence in the reader's language, and not the other's; return the page."""
    page = text_of(answer)
    wanted, other = (vi, en) if language == "vi" else (en, vi)
    assert str(escape(wanted)) in page, steps.alerts_in(answer) or page
    assert str(escape(other)) not in page
    assert f'<html lang="{language}"' in page
    return page


def compose(client: FlaskClient, house: House, **typed: Any) -> TestResponse:  # noqa: ANN401 -- texts and files
    form = {"committee": house.committee.id, "subject": SUBJECT, "historic": "y", "issued_on": "10/3/2026"}
    return post(client, "/notices/new", form | typed)


def notices(app: Flask) -> int:
    with app.app_context():
        return len(session.scalars(select(Notice)).all())


@LANGUAGES
def test_an_empty_text(app: Flask, house: House, language: str) -> None:
    answer = compose(reader(app, house, "secretary", language), house, text="  \n\u00a0\t \n")
    assert answer.status_code == 422
    page = says(answer, language, "Văn bản trống: chưa có nội dung để đọc", "The text is empty")
    assert str(escape(SUBJECT)) in page
    assert 'value="10/3/2026"' in page
    assert re.search(r'<input[^>]*checked[^>]*name="historic"', page)
    assert notices(app) == 0


@LANGUAGES
def test_a_text_of_two_megabytes(app: Flask, house: House, language: str) -> None:
    text = "1. Giao Văn phòng tổng hợp, báo cáo.\n\n" * 44_000
    assert len(text.encode()) > 2_000_000
    answer = compose(reader(app, house, "secretary", language), house, text=text)
    assert answer.status_code == 413
    page = says(answer, language, "Văn bản quá dài: giới hạn là 1 MB chữ", "The text is too long: the limit is 1 MB")
    assert str(escape(SUBJECT)) in page
    assert answer.get_data(as_text=True).count("Giao Văn phòng tổng hợp") == 44_000
    assert notices(app) == 0


@LANGUAGES
def test_more_than_any_form_may_hold(app: Flask, house: House, language: str) -> None:
    client = reader(app, house, "secretary", language)
    form = {"csrf_token": csrf(client), "committee": house.committee.id, "text": "Giao Văn phòng. " * 400_000}
    boundary, body = encode_multipart(form)
    answer = client.post("/notices/new", data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert answer.status_code == 413
    says(answer, language, "Nội dung gửi lên quá lớn", "What you sent is too large")


@LANGUAGES
def test_a_text_file_that_is_none(app: Flask, house: House, language: str) -> None:
    client = reader(app, house, "secretary", language)
    picture = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "Tệp này là ảnh (PNG)", "This file is a picture (PNG)"
    torn = b"PK\x03\x04\x14\x00\x06\x00\x08\x00", "Tệp Word này bị hỏng", "This Word file is damaged"
    for content, said, said_in_english in (picture, torn):
        answer = compose(client, house, text="", file=(BytesIO(content), "ket-luan.txt"))
        assert answer.status_code == 422
        page = says(answer, language, said, said_in_english)
        assert str(escape(SUBJECT)) in page
    assert notices(app) == 0


@LANGUAGES
def test_evidence_that_is_not_what_its_name_says(app: Flask, house: House, language: str) -> None:
    task = assign_task(app, house, due=date(2026, 12, 15))
    unit = reader(app, house, "head_vhxh", language)
    assert take(unit, "task", task, "accept").status_code == 303
    for name, content in {
        "bao-cao.pdf": b"MZ\x90\x00\x03",
        "anh.png": b"%PDF-1.4\n",
        "bang.xlsx": b"PK\x03\x04",
    }.items():
        typed = {"result": "Đã kiểm kê 52 máy <đủ>", "evidence": (BytesIO(content), name)}
        answer = take(unit, "task", task, "report", typed)
        assert answer.status_code == 422
        suffix = name[name.rindex(".") :]
        page = says(answer, language, f"không đúng với đuôi {suffix}", f"is not what {suffix} says")
        assert "Đã kiểm kê 52 máy &lt;đủ&gt;" in page


@LANGUAGES
def test_a_due_date_in_the_past(app: Flask, house: House, language: str) -> None:
    desk = reader(app, house, "secretary", language)
    notice = steps.compose(desk, house)
    clause = steps.clauses_of(app, notice)[1]
    answer = steps.say(desk, clause, text=f"{clause.text} (đã sửa)", due_on="1/10/2026", no_due_reason="")
    assert answer.status_code == 422
    page = says(answer, language, "Thời hạn 01/10/2026 đã qua", "The due date 01/10/2026 has passed")
    assert "(đã sửa)" in page
    assert 'value="1/10/2026"' in page


@LANGUAGES
def test_an_extension_into_the_past(app: Flask, house: House, language: str) -> None:
    task = assign_task(app, house, due=date(2026, 12, 15))
    unit = reader(app, house, "head_vhxh", language)
    assert take(unit, "task", task, "accept").status_code == 303
    answer = post(unit, f"/tasks/{task}/extension", {"new_due": "1/11/2026", "reason": "Chờ <kinh phí>"})
    assert answer.status_code == 422
    page = says(answer, language, "phải sau hôm nay", "must be after today")
    assert "Chờ &lt;kinh phí&gt;" in page
    assert 'value="1/11/2026"' in page


@LANGUAGES
def test_a_ruling_with_a_day_before_the_present_one(app: Flask, house: House, language: str) -> None:
    task = assign_task(app, house, due=date(2026, 12, 15))
    unit, chair = browser(app, house.people["head_vhxh"]), reader(app, house, "chair", language)
    assert take(unit, "task", task, "accept").status_code == 303
    asked = post(unit, f"/tasks/{task}/extension", {"new_due": "30/12/2026", "reason": "Chờ kinh phí"})
    assert asked.status_code == 303
    with app.app_context():
        extension = session.scalars(select(Extension.id)).one()
    answer = take(chair, "extension", extension, "grant", {"new_due": "1/12/2026", "remark": "Đến khi <có kinh phí>"})
    assert answer.status_code == 422
    page = says(answer, language, "phải sau thời hạn hiện tại", "must be later than the present due date")
    assert "Đến khi &lt;có kinh phí&gt;" in page
    assert 'value="1/12/2026"' in page


@LANGUAGES
def test_a_log_in_as_nobody(app: Flask, house: House, language: str) -> None:
    for name in ("khong-ai", "secretary", "", "ông Không Có Thật"):
        client = app.test_client()
        client.set_cookie("language", language)
        with client.session_transaction() as cookie:
            cookie["csrf_token"] = CSRF_RAW
        typed = {"csrf_token": csrf(client), "login": name, "password": "sai-rồi"}
        answer = client.post("/login?next=/tasks/", data=typed)
        assert answer.status_code == 422
        wrong = ("Tên đăng nhập hoặc mật khẩu chưa đúng", "Login name or password is not right")
        page = says(answer, language, *(wrong if name else ("Hãy nhập tên đăng nhập", "Enter the login name")))
        assert f'value="{name}"' in page
        assert "sai-rồi" not in page


@LANGUAGES
def test_a_move_that_somebody_else_made_a_second_earlier(app: Flask, house: House, language: str) -> None:
    task = assign_task(app, house, due=date(2026, 12, 15))
    unit = browser(app, house.people["head_vhxh"])
    take(unit, "task", task, "accept")
    take(unit, "task", task, "report", {"result": "Đã kiểm kê xong"})
    with app.app_context():
        seen = session.get_one(Task, task).version
    chair, deputy = browser(app, house.people["chair"]), reader(app, house, "deputy", language)
    assert take(chair, "task", task, "confirm", {"version": seen}).status_code == 303
    answer = take(deputy, "task", task, "send_back", {"version": seen, "reason": "Thiếu <danh sách> máy hỏng"})
    assert answer.status_code == 409
    page = says(answer, language, "vừa được người khác thay đổi", "Somebody else has just changed this")
    assert house.people["chair"].full_name in steps.alerts_in(answer)[0]
    # There is nothing left to send it back from: nobody is told to send it again.
    says(answer, language, "không còn làm được nữa", "can no longer be done")
    assert "Thiếu &lt;danh sách&gt; máy hỏng" in page
    with app.app_context():
        assert session.get_one(Task, task).state == "completed"


@LANGUAGES
def test_a_clause_that_somebody_else_saved_a_second_earlier(app: Flask, house: House, language: str) -> None:
    desk = reader(app, house, "secretary", language)
    notice = steps.compose(desk, house)
    clause = steps.clauses_of(app, notice)[1]
    quicker = browser(app, house.people["secretary"])
    assert steps.say(quicker, clause, text="Bản của người nhanh tay hơn").status_code == 303
    answer = steps.say(desk, clause, text="Bản của <tôi>")
    assert answer.status_code == 409
    page = says(answer, language, "vừa được người khác thay đổi", "Somebody else has just changed this")
    assert "Bản của &lt;tôi&gt;" in page
    assert steps.clauses_of(app, notice)[1].text == "Bản của người nhanh tay hơn"
