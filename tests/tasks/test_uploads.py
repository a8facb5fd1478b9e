"""Files that come in pieces over a weak line, each looked at by the virus scanner before it is kept."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from app.clock import now
from app.db import session, transaction
from app.jobs.nightly import sweep_old
from app.models import Attachment, StoredFile, Task
from tests.factories import browser, csrf, take
from tests.tasks.brought import PDF, accepted

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

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


def test_an_empty_file_is_said_to_be_empty_before_it_is_sent(app: Flask, house: House) -> None:
    _task_id, head = accepted(app, house)
    answer = send(head, "/uploads/", {"name": "rong.txt", "size": "0", "modified": "1"})
    assert answer.status_code == 422
    assert "«rong.txt» không có nội dung" in told(answer)["error"]["sentence"]


def test_files_come_back_with_a_mistake_elsewhere(app: Flask, house: House) -> None:
    task_id, head = accepted(app, house)
    given = {"result": "Xong.", "links": "không phải địa chỉ", "evidence": [(BytesIO(PDF), "sach.pdf")]}
    answer = take(head, "task", task_id, "report", given)
    said = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "«không phải địa chỉ»" in said
    assert "sach.pdf" in said
    with app.app_context():
        kept = session.query(StoredFile).one().id
    again = take(head, "task", task_id, "report", {"result": "Xong.", "evidence-kept": str(kept)})
    assert again.status_code == 303


@pytest.mark.parametrize(("typed", "read"), [("37", 37), ("37/52", 37), ("37 / 52 máy", 37), ("1.250 máy", 1250)])
def test_a_measure_is_read_as_people_say_it(app: Flask, house: House, typed: str, read: int) -> None:
    task_id, head = accepted(app, house)
    with app.app_context(), transaction():
        task = session.get_one(Task, task_id)
        task.target_value, task.target_unit = 2000, "máy"
    assert "Chỉ tiêu: 2.000 máy." in head.get(f"/tasks/{task_id}").text
    assert take(head, "task", task_id, "progress", {"note": "Đang làm", "measure": typed}).status_code == 303
    with app.app_context():
        assert session.get_one(Task, task_id).measure == read
    assert "lần trước đã đạt" in head.get(f"/tasks/{task_id}").text


@pytest.mark.parametrize("typed", ["3,555", "khoảng 37", "37 đến 40", "-2"])
def test_what_is_no_one_figure_is_asked_again(app: Flask, house: House, typed: str) -> None:
    task_id, head = accepted(app, house)
    with app.app_context(), transaction():
        session.get_one(Task, task_id).target_value = 52
    assert take(head, "task", task_id, "progress", {"note": "Đang làm", "measure": typed}).status_code == 422
