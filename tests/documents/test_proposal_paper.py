"""The proposal as its unit's paper: the draft, what was submitted each time, who signs, what the decree asks."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from app.db import session, transaction
from app.documents.official.model import DRAFT, Head, Signature
from app.documents.official.proposal import ProposalText, proposal_paper
from app.documents.official.word import docx_of
from app.models import Office
from tests.documents.hostile import template
from tests.documents.papers import Docx
from tests.documents.test_office_templates import body_of
from tests.documents.test_official_docx import AT
from tests.documents.test_papers_pages import get_docx, texts, words_of
from tests.factories import add_person, browser, hold_office, post
from tests.proposals.steps import TEXT, TITLE, kept, move, write

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

PDF = b"%PDF-1.4\n" + b"0" * 64


@pytest.fixture
def head(app: Flask, house: House) -> FlaskClient:
    """Log in the head of the unit that proposes."""
    return browser(app, house.people["head_vhxh"])


def is_draft(paper: Docx) -> bool:
    return DRAFT.encode() in b"".join(paper.parts.values())


def test_a_draft_is_marked_and_has_the_parts_of_a_proposal_in_their_order(house: House, head: FlaskClient) -> None:
    proposal_id = write(head, house, symbol="", papers=(BytesIO(PDF), "du-toan.pdf"))
    paper = get_docx(head, f"/proposals/{proposal_id}/paper")
    assert is_draft(paper)
    lines = [line.replace("\u00a0", " ") for line in texts(paper)]
    order = [
        "TỜ TRÌNH", TITLE, "Kính gửi:", "Căn cứ Kế hoạch chuyển đổi số năm 2026 của phường;", "1. Sự cần thiết",
        "2. Nội dung đề nghị phê duyệt", "Mua 30 máy mới, dùng chung giữa các kỳ họp.", "3. Hiệu quả",
        "4. Kinh phí và nguồn kinh phí", "Tổng kinh phí dự kiến: 1.250.000.000 đồng.",
        "Nguồn kinh phí: Ngân sách phường năm 2027.", "5. Lộ trình thực hiện",
        "Từ ngày 01/01/2027 đến ngày 31/03/2027: Lập dự toán, thẩm định giá.", "Kính trình",
        "(Kèm theo: du-toan.pdf)./.",
    ]  # fmt: skip
    at = [next(i for i, line in enumerate(lines) if line.startswith(words)) for words in order]
    assert at == sorted(at)
    assert any(line.startswith("Số:") and line.endswith("/TTr-VHXH") for line in lines)
    assert "Tổng kinh phí dự kiến: 1.250.000.000 đồng." in words_of(head, f"/proposals/{proposal_id}/paper")
    assert "Hoàng Mai Lan" not in lines  # nobody has signed a draft


def test_what_was_submitted_is_printed_as_it_was_for_ever(
    app: Flask, house: House, head: FlaskClient, secretary: FlaskClient
) -> None:
    proposal_id = write(head, house)
    move(head, proposal_id, "submit")
    url = f"/proposals/{proposal_id}"
    sent = get_docx(secretary, f"{url}/paper")
    assert not is_draft(sent)
    lines = texts(sent)
    assert "Số: 12/TTr-VHXH" in lines
    assert "Bình Minh, ngày 23 tháng 11 năm 2026" in lines
    assert lines[lines.index("Hoàng Mai Lan") - 1] == "THỦ TRƯỞNG ĐƠN VỊ"
    assert "- Lưu: VT, P. VHXH." in lines
    move(secretary, proposal_id, "ask", {"reason": "Thiếu báo giá."})
    places = {"committee_id": str(house.committee.id), "unit_id": str(house.units["vhxh"].id)}
    changed = {**TEXT, **places, "content": "Thuê 30 máy.", "version": str(kept(app, proposal_id).version)}
    assert post(head, f"{url}/edit", changed).status_code == 303
    now = get_docx(head, f"{url}/paper")
    assert is_draft(now)  # the unit has it in its hands again
    assert "Thuê 30 máy." in texts(now)
    first = get_docx(secretary, f"{url}/submissions/1/paper")
    assert not is_draft(first)
    assert "Mua 30 máy mới, dùng chung giữa các kỳ họp." in texts(first)
    assert "Mua 30 máy mới" in words_of(secretary, f"{url}/submissions/1/paper")
    assert secretary.get(f"{url}/submissions/2/paper.pdf").status_code == 404


def test_a_deputy_signs_for_the_head(app: Flask, house: House) -> None:
    with app.app_context(), transaction():
        person = add_person(house.authority.id, "deputy_vhxh", "Trần Thị Sáu")
        hold_office(person, session.merge(house.units["vhxh"]), "deputy_head")
        for office in session.query(Office).where(Office.unit_id == house.units["vhxh"].id):
            office.title = {"head": "Trưởng phòng", "deputy_head": "Phó Trưởng phòng"}.get(office.kind, office.title)
        session.flush()
        session.expunge(person)
    deputy = browser(app, person)
    proposal_id = write(deputy, house)
    move(deputy, proposal_id, "submit")
    lines = texts(get_docx(deputy, f"/proposals/{proposal_id}/paper"))
    at = lines.index("KT. TRƯỞNG PHÒNG")
    assert lines[at + 1 : at + 3] == ["PHÓ TRƯỞNG PHÒNG", "Trần Thị Sáu"]


def test_an_empty_part_is_left_out_and_what_is_asked_stands_last() -> None:
    head = Head(
        party=False, superior="UBND phường", issuer="Văn phòng", symbol="Số: 1/TTr-VP", place_and_day="Bình Minh"
    )
    words = ProposalText(
        subject="Về mua máy in", addressed="Ban Chỉ đạo", necessity="Máy cũ hỏng.", asks=("Mua 01 máy in",)
    )
    paper = proposal_paper(head, words, Signature(("CHÁNH VĂN PHÒNG",), "Ngô Thanh Tùng"), ("- Như trên;",))
    lines = texts(Docx(docx_of(paper, AT)))
    assert [line for line in lines if line[:2] in {"1.", "2.", "3."}] == ["1. Sự cần thiết", "2. Kiến nghị"]
    assert "- Mua 01 máy in" in lines
    assert lines[lines.index("- Mua 01 máy in") + 1] == "Kính trình Ban Chỉ đạo xem xét, quyết định./."


def test_an_offices_own_template_is_used_for_proposals_too(
    app: Flask, house: House, head: FlaskClient, secretary: FlaskClient
) -> None:
    proposal_id = write(head, house)
    url = f"/setup/committees/{house.committee.id}/templates"
    assert "Tờ trình" in secretary.get(url).get_data(as_text=True)
    own = template("MẪU: {{ trich_yeu }}", "{%p for d in kinh_gui %}", "Gửi {{ d.ten }}", "{%p endfor %}")
    given = {"paper": "proposal", "file": (BytesIO(template("{{ so_tien }}")), "sai.docx")}
    refused = post(secretary, url, given)
    assert refused.status_code == 422
    assert "«so_tien»" in refused.get_data(as_text=True)
    assert post(secretary, url, {"paper": "proposal", "file": (BytesIO(own), "mau.docx")}).status_code == 303
    assert body_of(head.get(f"/proposals/{proposal_id}/paper.docx").data) == [
        f"MẪU: {TITLE}",
        f"Gửi {house.committee.name}.",
    ]
