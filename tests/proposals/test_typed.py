"""What people type: amounts in words, days without a year, steps of a roadmap."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from app.services.files import MAX_SIZE
from app.services.typed_due import passed_day, read_begin, read_due
from app.services.typed_money import read_money
from tests.documents.test_papers_pages import get_docx, texts
from tests.factories import browser, csrf, post
from tests.proposals.steps import TEXT, TITLE, kept, page, write
from workflows.workdays import Calendar

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

PDF = b"%PDF-1.4\n" + b"0" * 64
DROPS = Path(__file__).parents[2] / "app" / "static" / "js" / "drops.js"


@pytest.fixture
def clerk(app: Flask, house: House) -> FlaskClient:
    """Log in the head of the unit that proposes."""
    return browser(app, house.people["head_vhxh"])


TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("100 triệu", 100_000_000),
        ("100 trieu dong", 100_000_000),
        ("100 triệu đồng", 100_000_000),
        ("1,5 tỷ", 1_500_000_000),
        ("1.5 tỉ", 1_500_000_000),
        ("1 tỷ 200 triệu", 1_200_000_000),
        ("1 tỷ, 200 triệu đồng.", 1_200_000_000),
        ("2 tỷ rưỡi", 2_500_000_000),
        ("100.000.000", 100_000_000),
        ("100,000,000 đ", 100_000_000),
        ("100000000", 100_000_000),
        ("1.200 triệu", 1_200_000_000),
        ("350 nghìn", 350_000),
        ("350k", 350_000),
        ("75tr", 75_000_000),
        ("1.250.000.000 VNĐ", 1_250_000_000),
        ("0", 0),
        ("0 đồng", 0),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed: str, amount: int) -> None:
    assert read_money(typed) == amount


@pytest.mark.parametrize(
    "typed", ["khoảng trăm triệu", "100 triệu 2 tỷ", "1.5", "1,23", "-5 triệu", "1 tỷ 2", "mười", "100 USD", "1.00.000"]
)
def test_what_may_mean_two_things_is_asked_for_again(typed: str) -> None:
    assert read_money(typed) is None


def test_a_day_that_has_just_passed_is_asked_for_and_one_of_next_year_is_read() -> None:
    calendar = Calendar()
    assert read_due("15/3", TODAY, calendar) == date(2027, 3, 15)
    assert read_due("20/11", TODAY, calendar) is None
    assert passed_day("trước ngày 20/11", TODAY) == date(2026, 11, 20)
    assert passed_day("20/11/2026", TODAY) is None
    assert passed_day("15/3", TODAY) is None
    assert read_due("20/11/2027", TODAY, calendar) == date(2027, 11, 20)
    assert passed_day("28/12", date(2027, 1, 5)) == date(2026, 12, 28)
    assert read_due("22/11", TODAY, calendar) == TODAY


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("quý II/2027", date(2027, 4, 1), date(2027, 6, 30)),
        ("tháng 6", date(2027, 6, 1), date(2027, 6, 30)),
        ("cuối năm", date(2026, 12, 31), date(2026, 12, 31)),
        ("đầu tháng 3/2027", date(2027, 3, 1), None),
        ("năm 2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("1/4/2027", date(2027, 4, 1), date(2027, 4, 1)),
    ],
)
def test_a_period_begins_with_its_first_day_and_ends_with_its_last(typed: str, first: date, last: date | None) -> None:
    assert read_begin(typed, TODAY, Calendar()) == first
    assert read_due(typed, TODAY, Calendar()) == last


def test_a_roadmap_in_quarters_and_months_is_kept_as_typed_with_the_day_read(house: House, clerk: FlaskClient) -> None:
    steps: dict[str, Any] = {
        "steps-from": ["quý I/2027", "1/4/2027"], "steps-to": ["quý II/2027", "khi xong"],
        "steps-work": ["Lập dự toán", "Bàn giao"],
    }  # fmt: skip
    form = {**TEXT, "committee_id": house.committee.id, "unit_id": house.units["vhxh"].id}
    answer = post(clerk, "/proposals/new", {**form, **steps})
    assert answer.status_code == 422
    assert "dòng 2: chưa đọc được «khi xong»" in answer.get_data(as_text=True)
    assert 'value="quý I/2027"' in answer.get_data(as_text=True)
    steps["steps-to"][1] = "31/12/2027"
    proposal_id = write(clerk, house, **steps)
    shown = page(clerk, proposal_id)
    assert "quý II/2027" in shown
    assert "30/06/2027" in shown
    lines = texts(get_docx(clerk, f"/proposals/{proposal_id}/paper"))
    assert "Từ quý I/2027 đến quý II/2027: Lập dự toán." in lines
    assert "Từ ngày 01/04/2027 đến ngày 31/12/2027: Bàn giao." in lines


def test_an_amount_in_words_is_kept_and_read_back(app: Flask, house: House, clerk: FlaskClient) -> None:
    proposal_id = write(clerk, house, cost="1 tỷ 200 triệu")
    assert kept(app, proposal_id).cost == 1_200_000_000
    form = {**TEXT, "committee_id": house.committee.id, "unit_id": house.units["vhxh"].id}
    answer = post(clerk, "/proposals/new", {**form, "cost": "1 tỷ 200 triệu", "title": ""})
    assert "1.200.000.000 đồng" in answer.get_data(as_text=True)
    answer = post(clerk, "/proposals/new", {**form, "cost": "vài trăm triệu"})
    assert answer.status_code == 422
    assert "1 tỷ 200 triệu hoặc 1.200.000.000" in answer.get_data(as_text=True)
    assert 'value="vài trăm triệu"' in answer.get_data(as_text=True)


def test_a_long_text_is_never_cut(app: Flask, house: House, clerk: FlaskClient) -> None:
    form = {**TEXT, "committee_id": house.committee.id, "unit_id": house.units["vhxh"].id}
    shown = clerk.get("/proposals/new").get_data(as_text=True)
    assert "maxlength" not in shown.partition('id="necessity"')[2].partition(">")[0]
    long = "Máy hỏng. " * 12_000
    proposal_id = write(clerk, house, necessity=long)
    assert kept(app, proposal_id).necessity == long.strip()
    too_long = "Máy hỏng. " * 20_100
    answer = post(clerk, "/proposals/new", {**form, "necessity": too_long})
    assert answer.status_code == 422
    said = answer.get_data(as_text=True)
    assert "200.999 ký tự, nhiều nhất 200.000" in said
    assert said.count("Máy hỏng.") == 20_100


def test_a_refused_file_does_not_cost_the_others(house: House, clerk: FlaskClient) -> None:
    form = {**TEXT, "committee_id": house.committee.id, "unit_id": house.units["vhxh"].id}
    files = [(BytesIO(PDF), "du-toan.pdf"), (BytesIO(b"MZ"), "bao-gia.exe"), (BytesIO(PDF + b"1"), "thuyet-minh.pdf")]
    answer = post(clerk, "/proposals/new", {**form, "papers": files})
    assert answer.status_code == 422
    said = answer.get_data(as_text=True)
    assert "Chưa nhận loại tệp của «bao-gia.exe»" in said
    kept_ids = re.findall(r'name="papers-kept" value="(\d+)"', said)
    assert len(kept_ids) == 2
    answer = post(clerk, "/proposals/new", {**form, "papers-kept": kept_ids})
    assert answer.status_code == 303
    shown = clerk.get(answer.location).get_data(as_text=True)
    assert "du-toan.pdf" in shown
    assert "thuyet-minh.pdf" in shown


def test_a_file_that_is_too_large_is_told_in_its_form(house: House, clerk: FlaskClient) -> None:
    form = {**TEXT, "committee_id": house.committee.id, "unit_id": house.units["vhxh"].id}
    files = [FileStorage(BytesIO(PDF + b"0" * MAX_SIZE), "ban-ve.pdf"), FileStorage(BytesIO(PDF), "du-toan.pdf")]
    boundary, body = encode_multipart({**form, "csrf_token": csrf(clerk), "papers": files})
    answer = clerk.post("/proposals/new", data=body, content_type=f"multipart/form-data; boundary={boundary}")
    assert answer.status_code == 422
    said = answer.get_data(as_text=True)
    assert "«ban-ve.pdf» lớn hơn 25 MB" in said
    assert TITLE in said
    assert 'name="papers-kept"' in said
    assert "MOST = 25 * 1048576" in DROPS.read_text(encoding="utf-8")
    assert MAX_SIZE == 25 * 1048576


def test_what_is_larger_than_any_sending_names_the_limit(app: Flask, clerk: FlaskClient) -> None:
    large = {"CONTENT_LENGTH": str(130 * 1048576), "CONTENT_TYPE": "multipart/form-data; boundary=x"}
    answer = clerk.post("/proposals/new", environ_overrides=large)
    assert answer.status_code == 413
    said = answer.get_data(as_text=True)
    assert "130 MB, quá giới hạn 100 MB cho một lần gửi" in said
    assert "nén hoặc bỏ bớt tệp" in said
