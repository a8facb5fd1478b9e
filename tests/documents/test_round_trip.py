"""A notice written as DOCX reads back into the clauses, leads, helpers and days that it was written from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from app.documents.official.model import Level, Paragraph
from app.documents.official.notice import headings_of, running_on
from app.documents.official.outline import Clause, outlined
from app.documents.official.unsaid import Order, Reader
from app.documents.official.word import docx_of
from app.documents.vietnamese import day_long
from app.reading.docx_text import read_docx
from app.reading.head import read_head
from app.reading.model import Kind, UnitName
from app.reading.page import Page
from app.reading.reader import read_text
from tests.documents.papers import make_paper
from tests.notices import steps
from tests.reading.readable import CORPUS, readable

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from app.reading.model import Reading, ReadItem
    from tests.factories import House

LABELS = (" Đơn vị chủ trì:", " Đơn vị phối hợp:", " Thời hạn:")
OPENING = "Ngày 02/01/2026, đồng chí Lê Minh Khôi chủ trì họp. Sau khi nghe báo cáo, người chủ trì kết luận như sau:"


def said(item: ReadItem) -> tuple[Any, ...]:
    """Return what must come back of an item; a label of ours behind its words is not its own."""
    text = item.text
    for label in LABELS:
        text = text.partition(label)[0]
    words = " ".join("".join(c if c.isalnum() else " " for c in text).split())
    helpers = frozenset(name.unit_id for name in item.coordinating)
    return words, item.kind, item.lead.unit_id if item.lead else None, helpers, item.due


def day_of_text(reading: Reading) -> date:
    """Return the day from which a text counts its dates."""
    head = read_head(Page.of(reading.text)).document_on or reading.meeting.date
    return head or min((item.due for item in reading.items if item.due), default=date(2026, 1, 15)) - timedelta(days=12)


def clauses_from(reading: Reading, reader: Reader) -> list[Clause]:
    """Return the clauses as a notice keeps them: each under an address of its own."""
    taken: set[str] = set()
    made = []
    for item, runs_on in zip(reading.items, running_on(reading.text, [i.text for i in reading.items]), strict=True):
        wanted = item.address or str(len(taken) + 1)
        address = next(a for a in (wanted, *(f"{wanted}-{n}" for n in range(2, 99))) if a not in taken)
        taken.add(address)
        order = Order()
        if item.kind is Kind.TASK:
            lead = (int(item.lead.unit_id), item.lead.words) if item.lead and item.lead.unit_id else None
            helpers = tuple((int(name.unit_id), name.words) for name in item.coordinating if name.unit_id)
            order = Order(lead, None, helpers, item.due)
        made.append(Clause(item.section or "", address, item.text, reader.unsaid(item.text, order), runs_on))
    return made


@pytest.mark.parametrize("name", readable())
def test_every_document_of_the_corpus_comes_back_as_it_was(name: str) -> None:
    text = (CORPUS / f"{name}.txt").read_text("utf-8")
    plain = read_text(text)
    on = day_of_text(plain)
    words = {item.lead.words for item in plain.items if item.lead}
    words |= {unit.words for item in plain.items for unit in item.coordinating}
    units = [UnitName(number, unit) for number, unit in enumerate(sorted(words), 1)]
    reading = read_text(text, units=units, document_on=on)
    clauses = clauses_from(reading, Reader.of(units, [], issued_on=on, met_on=None, calendar=None))
    headings = headings_of(reading.text, {clause.address for clause in clauses})
    paper = make_paper(text=(Paragraph(Level.TEXT, OPENING), *outlined(clauses, headings)), annexes=())
    dated = replace(paper, head=replace(paper.head, place_and_day=f"Bình Minh, {day_long(on, on.year)}"))
    back = read_text(read_docx(docx_of(dated, datetime.now(UTC))).text, units=units)
    assert [said(item) for item in back.items] == [said(item) for item in reading.items]


TEXT = """I. VỀ ỨNG DỤNG NỘI BỘ
1. Giao Phòng Văn hóa - Xã hội chủ trì, phối hợp với Công an phường rà soát máy tính bảng, báo cáo trước ngày \
15/12/2026. Yêu cầu Trạm Y tế phường nộp danh sách thiết bị trước ngày 10/12/2026.
2. Yêu cầu các đơn vị:
a) Phòng Kinh tế, Hạ tầng và Đô thị lập dự toán.
b) Trung tâm Phục vụ hành chính công niêm yết mã tra cứu hồ sơ.
II. VỀ CỔNG THÔNG TIN
1. Thống nhất chủ trương thuê dịch vụ máy chủ.
2. Các phòng chuyên môn cập nhật nội dung giới thiệu, xong trước ngày 31/12/2026.
"""


def test_an_issued_notice_comes_back_from_its_file_with_addresses_units_and_days(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house, TEXT)
    kept = {clause.address: clause for clause in steps.clauses_of(app, notice_id)}
    assert list(kept) == ["I.1", "I.1-2", "I.2.a", "I.2.b", "II.1", "II.2"]
    # What the secretary orders beyond the words: a lead of her own, a helper, days.
    changes: dict[str, dict[str, Any]] = {
        "I.2.a": {"due_on": "20/12/2026", "coordinating": [str(house.units["ca"].id)]},
        "I.2.b": {"lead": f"u{house.units['cntt'].id}", "due_on": "25/12/2026"},
    }
    for address, change in changes.items():
        assert steps.say(secretary, kept[address], **change).status_code == 303
    steps.issue(secretary, chair, notice_id)
    ordered = steps.clauses_of(app, notice_id)
    content = secretary.get(f"/notices/{notice_id}/paper.docx").data

    units = [UnitName(unit.id, unit.name, (unit.short_name, *unit.aliases)) for unit in house.units.values()]
    assert house.group is not None
    groups = [UnitName(house.group.id, house.group.name, tuple(house.group.aliases))]
    back = read_text(read_docx(content).text, units=units, groups=groups)
    assert [item.address for item in back.items] == ["I.1", "I.1", "I.2.a", "I.2.b", "II.1", "II.2"]
    assert [said(item)[0] for item in back.items] == [
        " ".join("".join(c if c.isalnum() else " " for c in clause.text).split()) for clause in ordered
    ]
    leads = [(item.lead.unit_id, item.lead.group_id) if item.lead else (None, None) for item in back.items]
    assert leads == [(clause.lead_unit_id, clause.lead_group_id) for clause in ordered]
    assert [item.due for item in back.items] == [clause.due_on for clause in ordered]
    assert [sorted({int(unit.unit_id or 0) for unit in item.coordinating}) for item in back.items] == [
        sorted(clause.coordinating_ids) for clause in ordered
    ]
    assert [str(item.kind) for item in back.items] == [clause.kind for clause in ordered]
