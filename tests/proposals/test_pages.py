"""The register of proposals, the form, and the page under hard words."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from app.db import session
from app.models import Attachment, Proposal, StoredFile
from tests.factories import post
from tests.proposals.steps import TEXT, TITLE, kept, move, page, places, write
from workflows.proposal import SUBMITTED, SUPPLEMENT_REQUESTED

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

LONG = ("Nâng cấp hạ tầng công nghệ thông tin phục vụ chuyển đổi số " * 6)[:300].strip()
PDF = b"%PDF-1.4\n" + b"0" * 64


def text(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_an_empty_register_says_what_will_come(house: House, head: FlaskClient, chair: FlaskClient) -> None:
    mine = text(head, "/proposals/")
    assert "Chưa có tờ trình nào" in mine
    assert 'href="/proposals/new"' in mine
    theirs = text(chair, "/proposals/")
    assert "khi một đơn vị trình lên ban của bạn" in theirs
    assert 'href="/proposals/new"' not in theirs
    assert "Không có tờ trình nào khớp" in text(chair, "/proposals/?q=khong+co")


def test_the_register_is_narrowed_by_words_state_unit_and_committee(
    app: Flask, house: House, head: FlaskClient, secretary: FlaskClient
) -> None:
    sent = write(head, house)
    move(head, sent, "submit")
    other = write(head, house, title="Lắp camera tại nhà văn hóa", symbol="")
    move(head, other, "submit")
    move(secretary, other, "ask", {"reason": "Thiếu vị trí lắp."})
    draft = write(head, house, title="Dự thảo của riêng đơn vị")
    assert "Dự thảo của riêng đơn vị" in text(head, "/proposals/")
    everything = text(secretary, "/proposals/")
    assert "Dự thảo của riêng đơn vị" not in everything
    assert "Lắp camera" in everything
    assert TITLE in text(secretary, "/proposals/?q=may+tinh+bang")  # toneless
    assert "Lắp camera" not in text(secretary, "/proposals/?q=may+tinh+bang")
    asked = text(secretary, f"/proposals/?state={SUPPLEMENT_REQUESTED}")
    assert "Lắp camera" in asked
    assert f'href="/proposals/{sent}"' not in asked
    assert "Không có tờ trình nào khớp" in text(secretary, f"/proposals/?unit={house.units['kt'].id}")
    assert TITLE in text(secretary, f"/proposals/?committee={house.committee.id}&unit={house.units['vhxh'].id}")
    book = CalamineWorkbook.from_filelike(BytesIO(secretary.get(f"/proposals/export.xlsx?state={SUBMITTED}").data))
    rows = [row for row in book.get_sheet_by_index(0).to_python() if row[0] == 1]
    assert len(rows) == 1
    assert rows[0][1:4] == ["12/TTr-VHXH", TITLE, "Phòng Văn hóa - Xã hội"]
    assert rows[0][6] == 1_250_000_000
    lines = secretary.get("/proposals/export.csv").get_data(as_text=True).splitlines()
    assert [TITLE in line for line in lines] == [False, False, True]
    assert "1250000000" in lines[2]
    assert kept(app, draft).submitted_at is None


def test_what_is_typed_stays_with_every_error(app: Flask, house: House, head: FlaskClient) -> None:
    wrong: dict[str, Any] = {
        **TEXT, **places(house), "title": "", "cost": "một tỷ", "steps-from": ["32/13/2027", "1/6/2027", ""],
        "steps-to": ["", "1/5/2027", "1/7/2027"], "steps-work": ["Khảo sát", "Lắp đặt", ""],
        "papers": (BytesIO(PDF), "du-toan.pdf"),
    }  # fmt: skip
    answer = post(head, "/proposals/new", wrong)
    assert answer.status_code == 422
    shown = answer.get_data(as_text=True)
    for words in (
        "Hãy nhập tên tờ trình", "Chưa đọc được số tiền", "dòng 1: chưa đọc được «32/13/2027»",
        "dòng 2: ngày kết thúc trước ngày bắt đầu", "dòng 3: hãy nhập công việc", "Khảo sát", "một tỷ",
        TEXT["necessity"], "du-toan.pdf",
    ):  # fmt: skip
        assert words in shown
    with app.app_context():
        assert session.scalars(select(Proposal)).all() == []


def test_files_survive_an_error_and_are_kept_once(app: Flask, house: House, head: FlaskClient) -> None:
    bad = {**TEXT, **places(house), "papers": [(BytesIO(PDF), "du-toan.pdf"), (BytesIO(b"MZ"), "virus.pdf")]}
    refused = post(head, "/proposals/new", bad)
    assert refused.status_code == 422
    assert "virus.pdf" in refused.get_data(as_text=True)
    more = post(head, "/proposals/new", {**TEXT, **places(house), "more": "1", "papers": (BytesIO(PDF), "bao-gia.pdf")})
    assert more.status_code == 200
    shown = more.get_data(as_text=True)
    assert "bao-gia.pdf" in shown
    with app.app_context():
        file_id = session.scalars(select(StoredFile.id).where(StoredFile.name == "bao-gia.pdf")).one()
    proposal_id = write(head, house, **{"papers-kept": str(file_id)})
    assert "bao-gia.pdf" in page(head, proposal_id)
    with app.app_context():
        attachment = session.scalars(select(Attachment).where(Attachment.subject == "proposal")).one()
    removing = {**TEXT, **places(house), "paper-removed": str(attachment.id)}
    assert post(head, f"/proposals/{proposal_id}/edit", removing).status_code == 303
    assert "bao-gia.pdf" not in page(head, proposal_id)


def test_a_long_title_odd_letters_and_a_cost_of_nothing(app: Flask, house: House, head: FlaskClient) -> None:
    proposal_id = write(head, house, title=LONG, content="<b>đậm</b>\n" + "a" * 400, cost="0", funding="")
    shown = page(head, proposal_id)
    assert LONG in shown
    assert "&lt;b&gt;đậm&lt;/b&gt;" in shown
    assert "0 đồng" in shown
    move(head, proposal_id, "submit")  # what costs nothing needs no source
    free = write(head, house, cost="", funding="")
    assert "Chưa ghi kinh phí." in page(head, free)


@pytest.mark.parametrize(("changes", "said"), [
    ({"necessity": ""}, "còn thiếu tên, sự cần thiết hoặc nội dung"),
    ({"funding": ""}, "chưa ghi nguồn"),
])  # fmt: skip
def test_what_is_missing_is_said_before_it_is_submitted(
    house: House, head: FlaskClient, changes: dict[str, str], said: str
) -> None:
    proposal_id = write(head, house, **changes)
    assert said in page(head, proposal_id)
    refused = post(head, f"/moves/proposal/{proposal_id}/submit")
    assert refused.status_code == 422


def test_a_state_secret_is_refused_and_not_kept(app: Flask, house: House, head: FlaskClient) -> None:
    answer = post(head, "/proposals/new", {**TEXT, **places(house), "content": "MẬT\nMua thiết bị"})
    assert answer.status_code >= 400
    assert "data-forget-drafts" in answer.get_data(as_text=True)
    with app.app_context():
        assert session.scalars(select(Proposal)).all() == []


def test_the_form_shows_what_is_kept_and_more_rows_on_request(app: Flask, house: House, head: FlaskClient) -> None:
    proposal_id = write(head, house)
    form = text(head, f"/proposals/{proposal_id}/edit")
    assert 'value="1.250.000.000"' in form
    assert 'value="01/01/2027"' in form
    assert form.count('name="steps-work"') == 5
    row = {"steps-from": ["", "", ""], "steps-to": ["", "", ""], "steps-work": ["một", "hai", "ba"], "more": "1"}
    again = post(head, f"/proposals/{proposal_id}/edit", {**TEXT, **places(house), **row})
    assert again.status_code == 200
    assert again.get_data(as_text=True).count('name="steps-work"') == 6
    assert len(kept(app, proposal_id).title) == len(TITLE)
