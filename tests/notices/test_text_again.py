"""The text that a replacement begins with: read again it gives the clauses of the notice that it replaces."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.demo.papers import PAPERS
from app.documents.official.again import text_again
from app.models import Conclusion, Notice
from app.reading.reader import read_text
from tests.factories import post
from tests.meetings.test_confirmation import TEXT as CONFIRMED
from tests.notices import steps, test_historic, test_review, test_supersede, test_supplement
from tests.reading.readable import CORPUS, readable
from workflows.conclusion import ISSUED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flask import Flask
    from flask.testing import FlaskClient

    from app.demo.papers import PaperSeed
    from app.reading.model import ReadItem
    from tests.factories import House

DAY = date(2026, 11, 23)
ODD = {
    "04_tin_cong_phuong": "one sentence without a number gives work to two",
    "11_tin_ket_luan": "the same",
    "47_phuong_gach_dau_dong": "dashes under no number, counted apart from the sentences before them",
    "58_bien_ban_bang_nhiem_vu": "a table of tasks in the middle of the text",
    "59_tong_cong_ty_dieu_khoan": "«Khoản 2» of «Điều 2» is called 2.2, as a dotted number is",
}
"""Documents that no notice of the system looks like, and that do not come back under the very same numbers."""
TEXTS = {
    "headings of items": "I. Về máy tính bảng\n1. Giao Trạm Y tế phường kiểm kê;\na) Lập danh sách máy hỏng;\n"
    "b) Báo cáo trước ngày 15/12/2026.\nII. Về kinh phí\n1. Thống nhất chủ trương thuê máy chủ.",
    "headings without numbers": "Kết luận như sau:\nVỀ NHIỆM VỤ\n1. Giao Trạm Y tế phường kiểm kê thiết bị.\n"
    "2. Giao Phòng Kinh tế lập dự toán.\nVỀ KINH PHÍ\n1. Giao Phòng Kinh tế bố trí vốn.",
    "no full stops": "1. Giao Trạm Y tế phường kiểm kê thiết bị\n- Lập danh sách\n- Báo cáo trước ngày 15/12/2026",
    "two units in one sentence": "1. Về thiết bị\n- Phòng Kinh tế và Trạm Y tế phường kiểm kê thiết bị, báo cáo trước "
    "ngày 15/12/2026. Giao Công an phường phối hợp đối soát trước ngày 20/12/2026.\n- Ghi nhận kết quả đạt được.",
    **{module.__name__: module.OLD for module in (test_supersede, test_supplement)},
    **{module.__name__: module.TEXT for module in (steps, test_historic, test_review)},
    "confirmed": CONFIRMED,
}


def text_of(paper: PaperSeed) -> str:
    """Return a paper of the demo as its secretary pastes it: numbered headings with dashes under them."""
    lines, section, number = [], "", 0
    for clause in paper.clauses:
        if clause.section != section:
            section, number = clause.section, number + 1
            lines.append(f"{number}. {section}")
        lines.append("- " + clause.text.format(due="17/11/2026"))
    return "\n".join(lines)


def corpus() -> Sequence[str]:
    return [name for name in readable() if name not in ODD]


def clauses_of(items: Iterable[ReadItem]) -> list[Conclusion]:
    """Return items as a notice keeps them: each under an address of its own."""
    taken: set[str] = set()
    made = []
    for item in items:
        wanted = item.address or str(len(taken) + 1)
        address = next(a for a in (wanted, *(f"{wanted}-{n}" for n in range(2, 99))) if a not in taken)
        taken.add(address)
        made.append(Conclusion(state=ISSUED, section=item.section or "", address=address, text=item.text))
    return made


def said(clauses: Iterable[Conclusion]) -> list[tuple[str, str, str]]:
    return [(clause.address, clause.section, " ".join(clause.text.split())) for clause in clauses]


def there_and_back(text: str) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """Return what a notice made of a text says, and what one made of its text again does."""
    reading = read_text(text, document_on=DAY)
    notice = Notice(pasted=reading.text, conclusions=clauses_of(reading.items))
    again = read_text(text_again(notice), document_on=DAY)
    return said(notice.conclusions), said(clauses_of(again.items))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.title)
def test_every_paper_of_the_demo_comes_back(paper: PaperSeed) -> None:
    before, after = there_and_back(text_of(paper))
    assert len(before) == len(paper.clauses)
    assert after == before


@pytest.mark.parametrize("name", TEXTS)
def test_texts_as_secretaries_write_them_come_back(name: str) -> None:
    before, after = there_and_back(TEXTS[name])
    assert before
    assert after == before


@pytest.mark.parametrize("name", corpus())
def test_every_document_of_the_corpus_comes_back(name: str) -> None:
    before, after = there_and_back((CORPUS / f"{name}.txt").read_text("utf-8"))
    assert after == before


def test_a_replacement_split_unchanged_has_the_clauses_of_the_notice_it_replaces(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    text = (
        "- Thống nhất chủ trương thuê dịch vụ máy chủ thay cho đầu tư mới.\n1. Về nội bộ\n"
        "- Giao Trạm Y tế phường cập nhật hồ sơ, báo cáo trước ngày 15/12/2026.\n"
        "- Giao Phòng Kinh tế, Hạ tầng và Đô thị lập kế hoạch trước ngày 25/12/2026.\n2. Về phục vụ người dân\n"
        "- Giao Phòng Văn hóa - Xã hội rà soát máy tính bảng, báo cáo trước ngày 20/12/2026."
    )
    old_id = steps.compose(secretary, house, text)
    steps.complete(app, secretary, old_id)
    steps.issue(secretary, chair, old_id)
    page = secretary.get(f"/notices/{old_id}/replacement").get_data(as_text=True)
    shown = page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0].strip()
    assert shown == text
    form = {"committee": str(house.committee.id), "text": shown}
    new_id = steps.notice_in(post(secretary, f"/notices/{old_id}/replacement", form))
    assert said(steps.clauses_of(app, new_id)) == said(steps.clauses_of(app, old_id))
    assert [clause.address for clause in steps.clauses_of(app, new_id)] == ["-1", "1.1", "1.2", "2.1"]
