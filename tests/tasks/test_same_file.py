"""A file that is there already is told, not taken twice and not refused: by its content, whatever it is called."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from app.db import session
from app.models import AgendaItem, Attachment, Event, Person, Task
from tests.factories import browser, csrf, post, take
from tests.tasks.brought import PDF, PNG, accepted

if TYPE_CHECKING:
    from flask import Flask

    from tests.factories import House


def held(app: Flask, subject: str = "task") -> list[str]:
    """Return the names of the files that items of a kind hold."""
    with app.app_context():
        rows = session.query(Attachment).filter_by(subject=subject).order_by(Attachment.id)
        return [row.file.name for row in rows]


def followed(head: object, answer: object) -> str:
    assert answer.status_code == 303, answer.text  # type: ignore[attr-defined] # a response of the test client
    return " ".join(head.get(answer.location).text.split())  # type: ignore[attr-defined] # a client


def test_the_same_file_sent_again_is_told_by_name_person_and_day(app: Flask, house: House) -> None:
    task_id, head = accepted(app, house)
    first = {"note": "Đã kiểm", "evidence": [(BytesIO(PDF), "bao-cao.pdf")]}
    assert take(head, "task", task_id, "progress", first).status_code == 303
    again = {"result": "Xong", "evidence": [(BytesIO(PDF), "bao-cao-ky.pdf"), (BytesIO(PNG), "anh.png")]}
    page = followed(head, take(head, "task", task_id, "report", again))
    with app.app_context():
        who = session.get_one(Person, house.people["head_vhxh"].id).full_name
        assert session.get_one(Task, task_id).state == "reported"
        kept, report = session.query(Event).filter(Event.event.in_(("progress", "report"))).order_by(Event.id)
        assert report.data["evidence"][0] == kept.data["evidence"][0], "the log shows the file that is there"
        assert len(report.data["evidence"]) == 2
    told = "«bao-cao-ky.pdf» giống hệt tệp «bao-cao.pdf» đã có ở đây"
    assert f"{told} ({who} gửi ngày 23/11/2026), nên không lưu thêm bản thứ hai." in page
    assert held(app) == ["bao-cao.pdf", "anh.png"]


def test_two_of_one_content_sent_at_once_are_one(app: Flask, house: House) -> None:
    task_id, head = accepted(app, house)
    sent = {"note": "Đã kiểm", "evidence": [(BytesIO(PNG), "anh-1.png"), (BytesIO(PNG), "anh-2.png")]}
    page = followed(head, take(head, "task", task_id, "progress", sent))
    assert "«anh-2.png» giống hệt tệp «anh-1.png» gửi cùng lúc, nên chỉ giữ một bản." in page
    assert held(app) == ["anh-1.png"]
    sent = {"note": "Gửi lại", "evidence": [(BytesIO(PNG), "anh-1.png")]}
    page = followed(head, take(head, "task", task_id, "progress", sent))
    assert "Tệp «anh-1.png» đã có ở đây" in page
    assert held(app) == ["anh-1.png"]
    assert "Gửi lại" in page


def test_a_program_is_told_too(app: Flask, house: House) -> None:
    task_id, head = accepted(app, house)
    for note in ("Một", "Hai"):
        sent: dict[str, object] = {"note": note, "evidence": [(BytesIO(PNG), "anh.png")]}
        sent["csrf_token"] = csrf(head)
        answer = head.post(f"/moves/task/{task_id}/progress", data=sent, headers={"Accept": "application/json"})
        assert answer.status_code == 200
    assert "đã có ở đây" in answer.get_json()["hints"][0]


def test_another_task_may_hold_the_same_file(app: Flask, house: House) -> None:
    for _ in range(2):
        task_id, head = accepted(app, house)
        sent = {"note": "Đã kiểm", "evidence": [(BytesIO(PNG), "anh.png")]}
        assert "đã có ở đây" not in followed(head, take(head, "task", task_id, "progress", sent))
    assert held(app) == ["anh.png", "anh.png"]


def test_papers_of_a_proposal_and_of_an_agenda_item_are_told_too(app: Flask, house: House) -> None:
    head, desk = browser(app, house.people["head_vhxh"]), browser(app, house.people["secretary"])
    form = {"committee_id": house.committee.id, "unit_id": house.units["vhxh"].id, "title": "Thay máy chủ"}
    papers = [(BytesIO(PDF), "du-toan.pdf"), (BytesIO(PDF), "du-toan (1).pdf")]
    page = followed(head, post(head, "/proposals/new", {**form, "papers": papers}))
    assert "«du-toan (1).pdf» giống hệt tệp «du-toan.pdf»" in page
    assert held(app, "proposal") == ["du-toan.pdf"]
    plan = {
        "committee_id": house.committee.id, "title": "Họp Ban", "day": "30/11", "start": "8h00", "place": "Tầng 2",
        "presider_id": house.people["chair"].id,
    }  # fmt: skip
    assert post(desk, "/meetings/new", plan).status_code == 303
    item = {"title": "Kế hoạch quý IV", "papers": (BytesIO(PDF), "ke-hoach.pdf")}
    assert post(desk, "/meetings/1/agenda", item).status_code == 303
    with app.app_context():
        item_id = session.query(AgendaItem).filter_by(title=item["title"]).one().id
    again = {"act": "save", "title": item["title"], "papers": (BytesIO(PDF), "ke-hoach-ban-cuoi.pdf")}
    page = followed(desk, post(desk, f"/meetings/1/agenda/{item_id}", again))
    assert "«ke-hoach-ban-cuoi.pdf» giống hệt tệp «ke-hoach.pdf»" in page
    assert held(app, "meeting") == ["ke-hoach.pdf"]
