"""Addresses and file names in a dossier: long ones wrap, and stay themselves when opened, copied, searched for."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING

import pdfplumber
import pypdfium2
import pytest
import time_machine

from app.clock import now
from app.db import session, transaction
from app.models import Attachment, StoredFile
from tests.factories import assign_task, at_noon, browser, found_authority, take

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House

ADDRESS = (
    "https://dichvucong.hoaludong.gov.vn/ho-so/tra-cuu_ket_qua.html"
    "?ma=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789&trang=12"
)
NAME = f"bien_ban_kiem_ke-may-tinh-bang_cac_truong_{'W' * 60}_ban_cuoi_da_ky_2026.pdf"


@pytest.fixture
def dossier(app: Flask) -> bytes:
    """Return the dossier of a task with a long address and a long file name as evidence."""
    with time_machine.travel(at_noon(date(2026, 11, 18)), tick=False):
        house = found_authority(app)
        task = assign_task(app, house, due=date(2026, 11, 25), title="Kiểm kê máy tính bảng")
        head = browser(app, house.people["head_vhxh"])
        take(head, "task", task, "accept")
        take(head, "task", task, "progress", {"note": "Đã bàn giao", "links": f"{ADDRESS} Tin bàn giao"})
        with app.app_context(), transaction():
            attach(house, task)
        paper: bytes = head.get(f"/tasks/{task}/dossier.pdf").data
        return paper


def attach(house: House, task: int) -> None:
    whose = house.people["head_vhxh"].id
    kept = StoredFile(
        authority_id=house.authority.id, sha256="ab" * 32, name=NAME, size=1_572_864, media_type="application/pdf",
        uploaded_by_id=whose, uploaded_at=now(),
    )  # fmt: skip
    session.add(kept)
    session.flush()
    session.add(
        Attachment(
            authority_id=house.authority.id, subject="task", subject_id=task, role="evidence", file_id=kept.id,
            person_id=whose, at=now(),
        )
    )  # fmt: skip


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_long_address_opens_from_the_paper_and_is_itself_when_copied(dossier: bytes) -> None:
    with pdfplumber.open(io.BytesIO(dossier)) as opened:
        targets = {link["uri"] for page in opened.pages for link in page.hyperlinks}
        letters = [letter for page in opened.pages for letter in page.chars]
        edge = opened.pages[0].width - 15 / 25.4 * 72
    assert targets == {ADDRESS}
    assert max(letter["x1"] for letter in letters) < edge + 1, "nothing runs over the margin"
    with_breaks = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(dossier))
    assert "\u200b" not in with_breaks
    copied = re.sub(r"[\r\n]", "", with_breaks)
    assert copied.count(ADDRESS) == 2, "as evidence and in the log"
    assert NAME in copied
