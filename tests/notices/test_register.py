"""The register of notices: narrowed by words without tones, committee, state and year; and the signed copy."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from tests.factories import House, browser, csrf
from tests.notices import steps

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient


def body_of(page: str) -> str:
    return page.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0] if "<tbody>" in page else ""


def test_an_empty_register_offers_the_first_step(app: Flask, house: House, secretary: FlaskClient) -> None:
    page = secretary.get("/notices").get_data(as_text=True)
    assert "Chưa có thông báo kết luận nào" in page
    assert 'href="/notices/new"' in page
    unit = browser(app, house.people["head_vhxh"])
    page = unit.get("/notices").get_data(as_text=True)
    assert "có việc giao cho đơn vị của bạn" in page
    assert 'href="/notices/new"' not in page


def test_it_is_narrowed_by_toneless_words_state_and_year(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    issued = steps.compose(secretary, house, subject="Kết luận về máy tính bảng")
    steps.complete(app, secretary, issued)
    steps.issue(secretary, chair, issued)
    steps.compose(secretary, house, "1. Giao Trạm Y tế phường tiêm chủng.", subject="Kết luận về y tế")

    def found(query: str) -> str:
        return body_of(secretary.get(f"/notices?{query}").get_data(as_text=True))

    assert "máy tính bảng" in found("")
    assert "Kết luận về y tế" in found("")
    assert "0/3 đã xong" in found("")
    assert "Kết luận về y tế" not in found("q=may+tinh+bang")
    assert "01/TB-BCĐ" in found("q=01/tb-bcd")
    assert "Kết luận về y tế" in found("q=tiem+chung")
    assert "máy tính bảng" not in found("state=drafting")
    assert "máy tính bảng" in found("year=2026")
    assert found("year=2025") == ""
    assert found(f"committee={house.committee.id}") != ""
    assert "Không có thông báo nào khớp" in secretary.get("/notices?q=khong-co").get_data(as_text=True)
    assert secretary.get("/notices?page=99999&year=x&committee=-1&state=zzz").status_code == 200


def test_the_signed_copy_is_attached_after_issue(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house)
    steps.complete(app, secretary, notice_id)
    steps.issue(secretary, chair, notice_id)
    scan = (BytesIO(b"%PDF-1.7\n%scan"), "TB 01 ban ky.pdf")
    answer = secretary.post(
        f"/moves/notice/{notice_id}/attach_copy",
        data={"csrf_token": csrf(secretary), "copy": scan, "sent_through": "Trục liên thông", "sent_on": "23/11/2026"},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303
    page = chair.get(f"/notices/{notice_id}").get_data(as_text=True)
    assert "TB 01 ban ky.pdf" in page
    assert "Trục liên thông" in page
    assert steps.notice_of(app, notice_id).signed_copy_id
