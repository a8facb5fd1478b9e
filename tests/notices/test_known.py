"""A notice that is in the system already is shown before a second draft is made of it; the secretary may go on."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from sqlalchemy import func, select

from app.db import session
from app.models import Attachment, Notice
from tests.factories import House, post
from tests.notices import steps

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

TEXT = "1. Giao Phòng Văn hóa - Xã hội rà soát máy tính bảng, báo cáo trước ngày 15/12/2026."


def file_of(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def upload(client: FlaskClient, house: House, content: bytes, **data: str) -> TestResponse:
    file = {"file": (BytesIO(content), "thong bao.docx")} if content else {}
    form = {"csrf_token": steps.token(client), "committee": str(house.committee.id), "text": "", **data, **file}
    answer = client.post("/notices/new", data=form, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()
    return answer


def count(app: Flask) -> int:
    with app.app_context():
        return session.scalar(select(func.count()).select_from(Notice)) or 0


def hidden(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    assert found, name
    return found[1]


def test_the_same_file_is_shown_and_kept_for_who_goes_on(app: Flask, house: House, secretary: FlaskClient) -> None:
    content = file_of(TEXT)
    first = steps.notice_in(upload(secretary, house, content))
    again = upload(secretary, house, content)
    page = again.get_data(as_text=True)
    assert again.status_code == 422
    assert "Văn bản này đã có trong hệ thống" in page
    assert f'href="/notices/{first}"' in page
    assert count(app) == 1

    kept = {name: hidden(page, name) for name in ("kept", "again")}
    made = upload(secretary, house, b"", **kept)
    assert made.status_code == 303
    second = steps.notice_in(made)
    assert second != first
    with app.app_context():
        files = session.scalars(select(Attachment.subject_id).where(Attachment.subject == "notice")).all()
        assert sorted(files) == [first, second]


def test_the_number_and_day_of_an_issued_notice_are_recognised_in_another_text(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house, TEXT)
    steps.issue(secretary, chair, notice_id)
    form = {"committee": str(house.committee.id)}
    head = "BAN CHỈ ĐẠO\nSố: 1/TB-BCĐ\nPhường, ngày {} tháng 11 năm 2026\nTHÔNG BÁO\n\n1. Giao Công an phường trực."
    same = post(secretary, "/notices/new", {**form, "text": head.format(23)})
    assert same.status_code == 422
    assert f'href="/notices/{notice_id}"' in same.get_data(as_text=True)
    assert "1. Giao Công an phường trực." in same.get_data(as_text=True)
    other = post(secretary, "/notices/new", {**form, "text": head.format(20)})
    assert other.status_code == 303


def test_the_same_pasted_text_is_recognised_and_what_was_dropped_is_not(
    app: Flask, house: House, secretary: FlaskClient
) -> None:
    form = {"committee": str(house.committee.id), "text": TEXT}
    first = steps.notice_in(post(secretary, "/notices/new", form))
    assert post(secretary, "/notices/new", form).status_code == 422
    steps.move(secretary, first, "drop")
    assert post(secretary, "/notices/new", form).status_code == 303
