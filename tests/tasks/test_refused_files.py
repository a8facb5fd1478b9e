"""Evidence of several files of which one is not taken: the others wait in the form, the reason stands beside."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from tests.factories import assign_task, browser, take

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House

PDF = b"%PDF-1.4\n" + b"0" * 64


def test_one_bad_file_does_not_cost_the_good_ones(app: Flask, house: House) -> None:
    task_id = assign_task(app, house, lead="vhxh", due=date(2026, 12, 10), title="Rà soát máy tính bảng")
    head = browser(app, house.people["head_vhxh"])
    assert take(head, "task", task_id, "accept").status_code == 303
    files = [(BytesIO(PDF), "bien-ban.pdf"), (BytesIO(b"MZ"), "may.exe"), (BytesIO(PDF + b"1"), "anh.pdf")]
    given = {"result": "Đã rà soát 52 máy, lập biên bản từng máy.", "evidence": files}
    answer = take(head, "task", task_id, "report", given)
    said = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Chưa nhận loại tệp của «may.exe»" in said
    assert "2 tệp còn lại đã được giữ" in said
    kept = re.findall(r'name="evidence-kept" value="(\d+)"', said)
    assert len(kept) == 2
    assert "Đã rà soát 52 máy" in said
