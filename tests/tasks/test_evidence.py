"""Evidence: links, rules by kind, measures that add up, and pictures of files."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
import time_machine
from PIL import Image

from app.db import session
from app.models import Attachment, CoordinatingPart, EvidenceLink, Task
from app.services.measures import total_of
from tests.factories import at_noon, browser, post, take
from tests.tasks.brought import PDF, PNG, accepted

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House


def page_of(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def test_links_are_evidence_with_their_host_and_stay_in_the_log(app: Flask, house: House) -> None:
    task_id, head = accepted(app, house, evidence_rule="file", evidence_kind="any")
    page = page_of(head, f"/tasks/{task_id}")
    assert "Liên kết hoặc tệp" in page
    assert "Phải có ít nhất một tệp ở đây, hoặc một liên kết" in page
    none = take(head, "task", task_id, "report", {"result": "Đã tập huấn."})
    assert none.status_code == 422
    assert "Hãy chọn ít nhất một tệp hoặc ghi một liên kết" in none.get_data(as_text=True)
    wrong = take(head, "task", task_id, "report", {"result": "Đã tập huấn.", "links": "javascript:alert(1) Tin"})
    assert "Chưa đọc được liên kết" in wrong.get_data(as_text=True)
    assert "javascript:alert(1) Tin</textarea>" in wrong.get_data(as_text=True)
    given = "https://baotinh.example/tin-12?a=1 Tin về lớp tập huấn\nhttp://cds.example/b Bảng số liệu"
    done = take(head, "task", task_id, "report", {"result": "Đã tập huấn.", "links": given})
    assert done.status_code == 303
    page = page_of(head, f"/tasks/{task_id}")
    link = '<a href="https://baotinh.example/tin-12?a=1" rel="noopener noreferrer nofollow" target="_blank">'
    assert page.count(f"{link}Tin về lớp tập huấn</a>") == 2  # among the evidence and in the log
    assert "baotinh.example ·&nbsp;" in page
    with app.app_context():
        assert session.query(EvidenceLink).count() == 2
    card = page_of(browser(app, house.people["chair"]), "/chair")
    assert "Tin về lớp tập huấn" in card
    assert "Không kèm minh chứng" not in card


@pytest.mark.parametrize(
    ("kind", "files", "said"),
    [
        ("photo", ((PDF, "bien-ban.pdf"), (PNG, "anh.png")), "phải có ảnh chụp kết quả"),
        ("signed", ((PNG, "anh.png"), (PDF, "bien-ban.pdf")), "phải có văn bản đã ký, dạng PDF"),
    ],
)
def test_a_rule_says_which_evidence_is_missing(
    app: Flask, house: House, kind: str, files: tuple[tuple[bytes, str], tuple[bytes, str]], said: str
) -> None:
    other, right = files
    task_id, head = accepted(app, house, evidence_rule="file", evidence_kind=kind)
    refused = take(head, "task", task_id, "report", {"result": "Xong.", "evidence": (BytesIO(other[0]), other[1])})
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert said in page
    assert 'name="evidence-kept"' in page
    # What was attached with a line of progress counts, too.
    noted = {"note": "Gửi trước.", "evidence": (BytesIO(right[0]), right[1])}
    assert take(head, "task", task_id, "progress", noted).status_code == 303
    assert take(head, "task", task_id, "report", {"result": "Xong."}).status_code == 303


def test_the_rule_is_chosen_where_a_document_gives_a_task(app: Flask, house: House) -> None:
    secretary = browser(app, house.people["secretary"])
    form = {
        "committee_id": house.committee.id, "symbol": "12/CT-UBND", "issued_on": "20/11/2026", "issuer": "UBND tỉnh",
        "subject": "Về chuyển đổi số", "text": "Lắp bảng chỉ dẫn tại bộ phận một cửa.", "due_on": "20/12/2026",
        "lead_unit_id": house.units["vhxh"].id, "evidence_rule": "photo",
    }  # fmt: skip
    assert "Ảnh chụp kết quả" in page_of(secretary, "/directives/new")
    answer = post(secretary, "/directives/new", form)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    with app.app_context():
        task = session.query(Task).one()
        assert (task.evidence_rule, task.evidence_kind, task.asked_evidence) == ("file", "photo", "photo")


def test_a_figure_above_the_target_or_below_the_last_is_asked_about_once(app: Flask, house: House) -> None:
    task_id, head = accepted(app, house, target_value=52, target_unit="máy")
    page = page_of(head, f"/tasks/{task_id}")
    assert "Số liệu đúng như vậy" not in page, "asked only where there is something to ask"
    note = {"note": "Đã lắp máy"}
    above = take(head, "task", task_id, "progress", {**note, "measure": "1.250"})
    assert above.status_code == 422
    assert "1.250 máy hơn chỉ tiêu (52 máy): đúng không?" in above.text
    assert 'name="measure_sure"' in above.text
    assert 'value="1.250"' in above.text
    assert "Đã lắp máy" in above.text
    assert take(head, "task", task_id, "progress", {**note, "measure": "37"}).status_code == 303
    below = take(head, "task", task_id, "progress", {**note, "measure": "20"})
    assert below.status_code == 422
    assert "20 máy thấp hơn lần trước (37 máy): đúng không?" in below.text
    assert take(head, "task", task_id, "progress", {**note, "measure": "20", "measure_sure": "1"}).status_code == 303
    asked = take(head, "task", task_id, "report", {"result": "Xong", "measure": "60"})
    assert "60 máy hơn chỉ tiêu (52 máy)" in asked.text
    sure = {"result": "Xong", "measure": "1250", "measure_sure": "1"}
    assert take(head, "task", task_id, "report", sure).status_code == 303
    page = " ".join(page_of(head, f"/tasks/{task_id}").split())
    assert "Số liệu: 1.250 / 52 máy" in page
    assert "Số liệu: 20 / 52 máy" in page
    assert "<strong>1.250</strong> / 52 máy" in page
    assert re.search(r'<rect y="2" width="100(\.0)?%" height="10" rx="3" class="fill-green"/>', page), "never wider"


def test_a_unit_s_part_is_asked_about_its_own_target(app: Flask, house: House) -> None:
    task_id, head = accepted(app, house, target_value=52, target_unit="máy", coordinating=("kt",))
    with app.app_context():
        part = session.query(CoordinatingPart).filter_by(task_id=task_id).one().id
    assert take(head, "coordinating_part", part, "ask", {"work": "Kiểm kê", "target": "20"}).status_code == 303
    other = browser(app, house.people["head_kt"])
    sent = {"result": "Đủ", "measure": "25"}
    asked = take(other, "coordinating_part", part, "deliver", sent)
    assert asked.status_code == 422
    assert "25 máy hơn chỉ tiêu (20 máy)" in asked.text
    assert take(other, "coordinating_part", part, "deliver", {**sent, "measure_sure": "1"}).status_code == 303
    assert "Số liệu: 25 / 20 máy" in page_of(head, f"/tasks/{task_id}")
    page = page_of(head, f"/tasks/{task_id}")
    assert "Chỉ tiêu phần của đơn vị chủ trì: 32 máy (cả nhiệm vụ: 52 máy)." in page, (
        "what the figure is counted against"
    )
    lead = take(head, "task", task_id, "progress", {"note": "Phần còn lại", "measure": "40"})
    assert "Hãy xem lại rồi gửi" in lead.text, "a question, not a mistake"
    assert "40 máy hơn chỉ tiêu (32 máy)" in lead.text


def test_what_is_reached_is_the_sum_of_the_units_and_a_late_figure_is_seen(app: Flask, house: House) -> None:
    task_id, head = accepted(
        app, house, target_value=52, target_unit="máy tính bảng", coordinating=("kt", "hcc"), deliverable="Kiểm kê máy"
    )
    with app.app_context():
        parts = {part.unit_id: part.id for part in session.query(CoordinatingPart).filter_by(task_id=task_id)}
    kt, hcc = (parts[house.units[key].id] for key in ("kt", "hcc"))
    for part, aim in ((kt, "20"), (hcc, "10")):
        asked = {"work": "Kiểm kê máy của đơn vị", "due": "30/11/2026", "target": aim}
        assert take(head, "coordinating_part", part, "ask", asked).status_code == 303
    assert take(head, "task", task_id, "progress", {"note": "Đã kiểm kê.", "measure": "15"}).status_code == 303
    with time_machine.travel(at_noon(date(2026, 11, 26)), tick=False):
        other = browser(app, house.people["head_kt"])
        assert take(other, "task", task_id, "progress", {"note": "Đang làm.", "measure": "8"}).status_code == 303
    with time_machine.travel(at_noon(date(2026, 12, 2)), tick=False):
        other = browser(app, house.people["head_hcc"])
        refused = take(other, "coordinating_part", hcc, "deliver", {"result": "Đủ máy."})
        assert refused.status_code == 422
        delivered = {"result": "Đủ máy.", "measure": "10"}
        assert take(other, "coordinating_part", hcc, "deliver", delivered).status_code == 303
        page = " ".join(page_of(head, f"/tasks/{task_id}").split())
    with app.app_context():
        task = session.get_one(Task, task_id)
        assert (task.measure, total_of(task)) == (15, 33)
        assert {part.unit_id: part.measure for part in task.coordinating} == {
            house.units["kt"].id: 8, house.units["hcc"].id: 10,
        }  # fmt: skip
    assert "<strong>33</strong> / 52 máy tính bảng" in page
    shares = page[page.index("Số liệu từng đơn vị") : page.index("Số liệu theo thời gian")]
    row = r'cell-title">{}</td><td class="num"[^>]*>{}</td><td class="num"[^>]*>{}</td><td[^>]*><span class="nowrap">{}'
    for unit, value, target, given in (
        (house.units["vhxh"].name, 15, 22, "23/11/2026"),
        (house.units["kt"].name, 8, 20, "26/11/2026"),
        (house.units["hcc"].name, 10, 10, "02/12/2026"),
    ):
        assert re.search(row.format(re.escape(unit), value, target, given), shares), (unit, shares)
    assert shares.count("chậm số liệu") == 1
    course = page[page.index("Số liệu theo thời gian") :]
    for day, value in (("23/11/2026", 15), ("26/11/2026", 23), ("02/12/2026", 33)):
        assert f'<th scope="row">{day}</th><td class="num">{value}</td>' in course


def test_pictures_and_pages_are_shown_only_to_who_may_see_the_task(app: Flask, house: House) -> None:
    task_id, head = accepted(app, house)
    files = [(BytesIO(picture()), "anh.png"), (BytesIO(two_pages()), "bien-ban.pdf"), (BytesIO(b"PK\x03\x04"), "a.zip")]
    assert take(head, "task", task_id, "progress", {"note": "Kèm tệp.", "evidence": files}).status_code == 303
    with app.app_context():
        ids = {one.file.name: one.id for one in session.query(Attachment)}
    for name in ("anh.png", "bien-ban.pdf"):
        thumb = head.get(f"/files/{ids[name]}/thumb")
        assert thumb.headers["Content-Type"] == "image/jpeg"
        assert max(Image.open(BytesIO(thumb.data)).size) == 176
        assert thumb.headers["Content-Security-Policy"].endswith("sandbox")
    assert head.get(f"/files/{ids['a.zip']}/thumb").status_code == 404
    shown = page_of(head, f"/files/{ids['bien-ban.pdf']}/view")
    assert f"/files/{ids['bien-ban.pdf']}/pages/2" in shown
    drawn = head.get(f"/files/{ids['bien-ban.pdf']}/pages/2")
    assert Image.open(BytesIO(drawn.data)).size[0] == 1100
    assert head.get(f"/files/{ids['bien-ban.pdf']}/pages/3").status_code == 404
    assert "Không xem trước được tệp này" in page_of(head, f"/files/{ids['a.zip']}/view")
    stranger = browser(app, house.people["head_kt"])
    for path in ("view", "thumb", "pages/1"):
        assert stranger.get(f"/files/{ids['bien-ban.pdf']}/{path}").status_code == 404


def test_a_file_that_cannot_be_drawn_is_nothing_worse_than_that(app: Flask, house: House) -> None:
    task_id, head = accepted(app, house)
    bad = [(BytesIO(PNG), "hong.png"), (BytesIO(PDF), "hong.pdf")]
    take(head, "task", task_id, "progress", {"note": "Kèm tệp.", "evidence": bad})
    with app.app_context():
        ids = {one.file.name: one.id for one in session.query(Attachment)}
    assert head.get(f"/files/{ids['hong.png']}/thumb").headers["Content-Type"] == "image/gif"
    assert "Không xem trước được" in page_of(head, f"/files/{ids['hong.pdf']}/view")


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "PNG")
    return out.getvalue()


def two_pages() -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(2):
        document.new_page(595, 842)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
