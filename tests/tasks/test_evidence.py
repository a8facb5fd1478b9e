"""Evidence: files that come in pieces, scanned, links, rules by kind, and measures over time."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
import time_machine
from PIL import Image

from app.clock import now
from app.db import session
from app.jobs.nightly import sweep_old
from app.models import Attachment, CoordinatingPart, EvidenceLink, StoredFile, Task
from app.services.measures import total_of
from tests.factories import assign_task, at_noon, browser, csrf, post, take

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

PDF = b"%PDF-1.4\n" + b"0" * 3000
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
PIECE = 1000


def send(client: FlaskClient, path: str, data: Any = None) -> TestResponse:  # noqa: ANN401 -- fields or bytes
    headers = {"X-CSRFToken": csrf(client), "Accept": "application/json"}
    return client.post(path, data=data, headers=headers)


def told(answer: TestResponse) -> Any:  # noqa: ANN401 -- JSON
    return answer.get_json()


def begin(client: FlaskClient, name: str = "bien-ban.pdf", size: int = len(PDF)) -> TestResponse:
    return send(client, "/uploads/", {"name": name, "size": str(size), "modified": "1763800000000"})


def whole(client: FlaskClient, name: str, content: bytes) -> TestResponse:
    href = told(begin(client, name, len(content)))["href"]
    send(client, f"{href}?offset=0", content)
    return send(client, f"{href}/finish")


def accepted(app: Flask, house: House, **order: Any) -> tuple[int, FlaskClient]:  # noqa: ANN401 -- an order's parts
    task_id = assign_task(app, house, lead="vhxh", due=date(2026, 12, 10), **order)
    head = browser(app, house.people["head_vhxh"])
    assert take(head, "task", task_id, "accept").status_code == 303
    return task_id, head


def test_a_file_goes_on_where_the_line_was_cut_and_is_evidence(app: Flask, house: House) -> None:
    task_id, head = accepted(app, house)
    first = begin(head)
    assert (first.status_code, told(first)["offset"]) == (201, 0)
    href = told(first)["href"]
    assert told(send(head, f"{href}?offset=0", PDF[:PIECE])) == {"offset": PIECE}
    # The answer was lost, so the piece comes again: the server says where to go on.
    again = send(head, f"{href}?offset=0", PDF[:PIECE])
    assert (again.status_code, told(again)) == (409, {"offset": PIECE})
    assert told(send(head, f"{href}/finish")) == {"offset": PIECE}
    # The page was loaded anew: the same file is begun again and found.
    assert told(begin(head))["offset"] == PIECE
    assert told(head.get(href))["offset"] == PIECE
    assert told(send(head, f"{href}?offset={PIECE}", PDF[PIECE:])) == {"offset": len(PDF)}
    kept = told(send(head, f"{href}/finish"))["file"]
    assert told(send(head, f"{href}/finish"))["file"] == kept
    assert told(head.get(href))["file"] == kept
    done = take(head, "task", task_id, "report", {"result": "Đã lập biên bản.", "evidence-kept": str(kept)})
    assert done.status_code == 303
    with app.app_context():
        assert session.query(Attachment).one().file_id == kept
        assert session.query(StoredFile).one().size == len(PDF)
    assert head.get(href).status_code == 404


def test_a_file_on_its_way_is_its_senders_alone(app: Flask, house: House) -> None:
    href = told(begin(browser(app, house.people["head_vhxh"])))["href"]
    other = browser(app, house.people["head_kt"])
    assert other.get(href).status_code == 404
    assert send(other, f"{href}?offset=0", PDF).status_code == 404
    assert send(other, f"{href}/finish").status_code == 404
    assert other.get("/uploads/..%2F1%2Fx").status_code == 404


def test_what_is_not_taken_is_said_before_or_after_it_was_sent(app: Flask, house: House) -> None:
    head = browser(app, house.people["head_vhxh"])
    early = begin(head, "may.exe")
    assert early.status_code == 422
    assert "Chưa nhận loại tệp của «may.exe»" in told(early)["error"]["sentence"]
    assert begin(head, "phim.mp4", 26 * 1024 * 1024).status_code == 422
    late = whole(head, "anh.png", PDF)
    assert late.status_code == 422
    assert "không đúng với đuôi .png" in told(late)["error"]["sentence"]
    # More than was said is not written.
    href = told(begin(head, "ngan.pdf", 10))["href"]
    assert send(head, f"{href}?offset=0", PDF).status_code == 413


def test_a_day_has_its_share_and_the_night_sweeps(app: Flask, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.uploads.FILES_A_DAY", 2)
    head = browser(app, house.people["head_vhxh"])
    begin(head, "mot.pdf")
    href = told(begin(head, "hai.pdf"))["href"]
    refused = begin(head, "ba.pdf")
    assert refused.status_code == 413
    assert "quá nhiều tệp" in told(refused)["error"]["sentence"]
    assert send(head, f"{href}/cancel").status_code == 204
    assert begin(head, "ba.pdf").status_code == 201
    send(head, f"{told(begin(head, 'mot.pdf'))['href']}?offset=0", PDF[:PIECE])
    folder = app.config["SETTINGS"].uploads_dir
    assert len(left(folder)) == 3
    with app.app_context():
        sweep_old()
        assert len(left(folder)) == 3
        old = (now() - timedelta(days=2)).timestamp()
        for path in left(folder):
            os.utime(path, (old, old))
        sweep_old()
    assert left(folder) == []


def left(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def scanned(app: Flask, tmp_path: Path) -> Path:
    """Let a script of our own be the scanner: EICAR is infected, BROKEN ends otherwise; it notes what it was given."""
    script = tmp_path / "scanner.py"
    script.write_text(
        "import pathlib, sys\n"
        "data = pathlib.Path(sys.argv[-1]).read_bytes()\n"
        f"pathlib.Path({str(tmp_path / 'seen')!r}).write_bytes(data)\n"
        "sys.exit(1 if b'EICAR' in data else 2 if b'BROKEN' in data else 0)\n"
    )
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], scanner=f'"{sys.executable}" "{script}" --quiet')
    return tmp_path / "seen"


def test_a_scanner_sees_each_file_before_it_is_kept(
    app: Flask, house: House, scanned: Path, caplog: pytest.LogCaptureFixture
) -> None:
    task_id, head = accepted(app, house)
    good = (BytesIO(PDF), "sach.pdf")
    bad = (BytesIO(PDF + b"EICAR"), "doc.pdf")
    answer = take(head, "task", task_id, "report", {"result": "Xong.", "evidence": [good, bad]})
    said = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Tệp «doc.pdf» có mã độc" in said
    assert "1 tệp còn lại đã được giữ" in said
    assert "infected file refused: doc.pdf" in caplog.text
    assert scanned.read_bytes() == PDF + b"EICAR"
    assert whole(head, "doc.pdf", PDF + b"EICAR").status_code == 422
    with app.app_context():
        assert [row.name for row in session.query(StoredFile)] == ["sach.pdf"]
    assert not [path for path in left(app.config["SETTINGS"].uploads_dir) if path.name.startswith("scan-")]


def test_a_scanner_that_fails_keeps_nothing_and_the_file_need_not_be_sent_again(
    app: Flask, house: House, scanned: Path
) -> None:
    head = browser(app, house.people["head_vhxh"])
    content = PDF + b"BROKEN"
    href = told(begin(head, "cho.pdf", len(content)))["href"]
    send(head, f"{href}?offset=0", content)
    refused = send(head, f"{href}/finish")
    assert refused.status_code == 503
    assert "chưa quét được" in told(refused)["error"]["sentence"]
    assert scanned.exists()
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], scanner="/no/such/scanner")
    assert send(head, f"{href}/finish").status_code == 503
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], scanner="")
    assert told(send(head, f"{href}/finish"))["file"]


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
    assert "baotinh.example · " in page
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


def test_what_is_reached_is_the_sum_of_the_units_and_a_late_figure_is_seen(app: Flask, house: House) -> None:
    task_id, head = accepted(
        app, house, target_value=52, target_unit="máy tính bảng", coordinating=("kt", "hcc"), deliverable="Kiểm kê máy"
    )
    with app.app_context():
        parts = {part.unit_id: part.id for part in session.query(CoordinatingPart).filter_by(task_id=task_id)}
    kt, hcc = (parts[house.units[key].id] for key in ("kt", "hcc"))
    for part, target in ((kt, "20"), (hcc, "10")):
        asked = {"work": "Kiểm kê máy của đơn vị", "due": "30/11/2026", "target": target}
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
    for unit, value, target, day in (
        (house.units["vhxh"].name, 15, 22, "—"),
        (house.units["kt"].name, 8, 20, "26/11/2026"),
        (house.units["hcc"].name, 10, 10, "02/12/2026"),
    ):
        assert re.search(row.format(re.escape(unit), value, target, day), shares), (unit, shares)
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
