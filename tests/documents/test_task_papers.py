"""The slips of units and the dossier of a task: read back from the PDF, with what their QR codes say.

Over 300 lines: one story after the other on the same pages.
"""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pdfplumber
import pytest
import time_machine

from app.access import Actor
from app.clock import now, today
from app.db import session, transaction
from app.documents import task_slip
from app.documents.qr_code import qr_svg
from app.models import (
    Attachment,
    Comment,
    CoordinatingPart,
    Explanation,
    Extension,
    Person,
    StoredFile,
    SubTask,
    Task,
    Unit,
)
from app.queries.standing import standing_of
from app.services.extensions import request_extension
from app.services.moves import make_move
from tests.factories import assign_task, at_noon, browser, found_authority, post, take
from workflows.coordinating_part import RETURNED
from workflows.explanation import ASKED
from workflows.sub_task import GIVEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House

TODAY = date(2026, 11, 18)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LONG = "Rà soát, tổng hợp, báo cáo tình hình thực hiện nhiệm vụ chuyển đổi số, " * 5


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(TODAY), tick=False):
        yield


def actor(house: House, login: str) -> Actor:
    person = session.get_one(Person, house.people[login].id)
    return Actor(person, standing_of(person, today()))


def act(app: Flask, house: House, login: str, task_id: int, **move: Any) -> None:  # noqa: ANN401 -- the move's fields
    event = move.pop("event")
    with app.app_context(), transaction():
        make_move(session.get_one(Task, task_id), event, move, actor=actor(house, login))


def pages(client: FlaskClient, url: str) -> list[str]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text[:300]
    assert answer.mimetype == "application/pdf"
    with pdfplumber.open(io.BytesIO(answer.data)) as opened:
        return [page.extract_text() + " " + _cells(page) for page in opened.pages]


def _cells(page: Any) -> str:  # noqa: ANN401 -- pdfplumber's page
    """Return the tables cell by cell: a text that fills several lines of a cell stands together there."""
    return " ".join(cell or "" for table in page.extract_tables() for row in table for cell in row)


def plain(texts: list[str]) -> str:
    return re.sub(r"\s+", " ", " ".join(texts)).replace("\u200b", "")


@ON_SQLITE
def test_the_slip_of_a_unit_lists_its_open_tasks_in_words(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    house = found_authority(app)
    late = assign_task(app, house, due=date(2026, 11, 10), title="Việc đã quá hạn")
    soon = assign_task(app, house, due=date(2026, 11, 20), title="Việc sắp đến hạn", priority="urgent")
    assign_task(app, house, title="Việc thường xuyên")
    assign_task(app, house, lead="kt", due=date(2026, 11, 25), title="Việc của phòng khác")
    act(app, house, "head_vhxh", soon, event="accept", person=house.people["staff_vhxh"].id)
    act(app, house, "head_vhxh", late, event="accept")
    said: list[str] = []

    def draw(address: str) -> str:
        said.append(address)
        return qr_svg(address)

    monkeypatch.setattr(task_slip, "qr_svg", draw)
    unit = house.units["vhxh"]
    text = plain(pages(browser(app, house.people["head_vhxh"]), f"/tasks/slips.pdf?unit={unit.id}"))
    for part in (
        "PHIẾU CÔNG VIỆC", unit.name, "3 nhiệm vụ đang mở, 1 quá hạn, 1 sắp hoặc đến hạn.",
        "In ngày 18 tháng 11 năm 2026", "45/UBND-VX", "KHẨN", "10/11/2026", "Trịnh Gia Huy", "việc thường xuyên",
        "Quá hạn", "Trang 1/1",
    ):  # fmt: skip
        assert part in text, part
    assert "Việc của phòng khác" not in text
    base = app.config["SETTINGS"].base_url.rstrip("/")
    assert said[0] == f"{base}/tasks/?unit={unit.id}"
    assert {f"{base}/tasks/{late}", f"{base}/tasks/{soon}"} <= set(said)


@ON_SQLITE
def test_words_without_a_day_are_not_printed_as_a_date(app: Flask) -> None:
    house = found_authority(app)
    task = assign_task(app, house, title="Việc chờ vốn")
    with app.app_context(), transaction():
        session.get_one(Task, task).no_due_reason = "khi dự án có vốn"
    text = plain(pages(browser(app, house.people["head_vhxh"]), f"/tasks/slips.pdf?unit={house.units['vhxh'].id}"))
    assert "Không có hạn khi dự án có vốn" in text


@ON_SQLITE
def test_a_long_unbroken_word_stays_in_its_column_of_the_slip(app: Flask) -> None:
    house = found_authority(app)
    assign_task(app, house, title="W" * 300)
    desk = browser(app, house.people["head_vhxh"])
    answer = desk.get(f"/tasks/slips.pdf?unit={house.units['vhxh'].id}")
    with pdfplumber.open(io.BytesIO(answer.data)) as opened:
        page = opened.pages[0]
        cell = page.find_tables()[0].rows[1].cells[1]
        ends = [letter["x1"] for letter in page.chars if "W" in letter["text"]]
    assert len(ends) >= 300
    assert cell is not None
    assert max(ends) <= cell[2]


@ON_SQLITE
def test_the_slip_lists_what_the_unit_was_asked_for_tasks_that_others_lead(app: Flask) -> None:
    house = found_authority(app)
    asked = assign_task(app, house, due=date(2026, 12, 1), title="Kiểm kê máy tính bảng", coordinating=("kt", "hcc"))
    lead, helper = browser(app, house.people["head_vhxh"]), browser(app, house.people["head_kt"])
    take(lead, "task", asked, "accept")
    with app.app_context():
        parts = {part.unit_id: part.id for part in session.query(CoordinatingPart)}
    mine, unit = parts[house.units["kt"].id], house.units["kt"]
    typed = {"work": "Gửi số liệu hộ kinh doanh", "due": "17/11/2026"}
    with time_machine.travel(at_noon(date(2026, 11, 16)), tick=False):
        sent = take(browser(app, house.people["head_vhxh"]), "coordinating_part", mine, "ask", typed)
        assert sent.status_code == 303, sent.text
    text = plain(pages(helper, f"/tasks/slips.pdf?unit={unit.id}"))
    for part in (
        "Việc phối hợp chưa gửi kết quả", "Kiểm kê máy tính bảng", "NV-THU-1", "Gửi số liệu hộ kinh doanh",
        "17/11/2026", "Quá hạn 1 ngày làm việc", "Phòng Văn hóa - Xã hội", "0 nhiệm vụ đang mở, 1 việc phối hợp.",
    ):  # fmt: skip
        assert part in text, part
    other = plain(pages(browser(app, house.people["head_hcc"]), f"/tasks/slips.pdf?unit={house.units['hcc'].id}"))
    assert "Chưa nêu cụ thể" in other
    assert "Gửi số liệu hộ kinh doanh" not in other, "another unit's part"
    assert take(helper, "coordinating_part", mine, "deliver", {"result": "120 hộ"}).status_code == 303
    assert "Việc phối hợp" not in plain(pages(helper, f"/tasks/slips.pdf?unit={unit.id}"))


@ON_SQLITE
def test_papers_say_what_was_withdrawn_of_a_unit_and_ask_it_no_more(app: Flask) -> None:
    house = found_authority(app)
    asked = assign_task(app, house, due=date(2026, 12, 1), title="Kiểm kê máy tính bảng", coordinating=("kt",))
    lead, helper = browser(app, house.people["head_vhxh"]), browser(app, house.people["head_kt"])
    take(lead, "task", asked, "accept")
    with app.app_context():
        part = session.query(CoordinatingPart).one().id
    take(lead, "coordinating_part", part, "ask", {"work": "Gửi số liệu hộ kinh doanh", "due": "27/11/2026"})
    slip = f"/tasks/slips.pdf?unit={house.units['kt'].id}"
    assert "Gửi số liệu hộ kinh doanh" in plain(pages(helper, slip))
    taken = take(lead, "coordinating_part", part, "withdraw", {"reason": "Đã có số liệu"})
    assert taken.status_code == 303, taken.text
    assert "Gửi số liệu hộ kinh doanh" not in plain(pages(helper, slip))
    dossier = plain(pages(lead, f"/tasks/{asked}/dossier.pdf"))
    for said in ("Đã rút yêu cầu phối hợp", "Gửi số liệu hộ kinh doanh", "Đã có số liệu"):
        assert said in dossier, said


@ON_SQLITE
def test_all_units_come_as_one_paper_each_on_pages_of_its_own(app: Flask) -> None:
    house = found_authority(app)
    for number in range(14):
        assign_task(app, house, due=date(2026, 12, 1), title=f"{LONG}{number}"[:300])
    assign_task(app, house, lead="kt", due=date(2026, 12, 1), title="Một việc của phòng Kinh tế")
    found = pages(browser(app, house.people["secretary"]), f"/tasks/slips.pdf?committee={house.committee.id}")
    first = [page for page in found if house.units["vhxh"].name in page]
    other = [page for page in found if house.units["kt"].name in page]
    assert len(first) > 1
    assert len(other) == 1
    assert not set(first) & set(other)
    assert f"Trang 2/{len(first)}" in first[1]
    assert "Trang 1/1" in other[0]
    assert "BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ" in plain(first)
    # No row is cut in two, and the head of the table comes again.
    for page in first:
        assert "Người phụ trách" in plain([page])
    for number in range(14):
        assert len(re.findall(rf"NV-THU-{number + 1} ·", plain(first))) == 2, "once as text, once as a cell"


@ON_SQLITE
def test_who_may_not_see_tasks_prints_none(app: Flask) -> None:
    house = found_authority(app)
    assign_task(app, house, lead="kt", due=date(2026, 12, 1), title="Việc của phòng Kinh tế")
    stranger = browser(app, house.people["head_vhxh"])
    alone = plain(pages(stranger, f"/tasks/slips.pdf?unit={house.units['kt'].id}"))
    assert "Việc của phòng Kinh tế" not in alone
    assert "không có nhiệm vụ nào đang mở" in alone
    nothing = stranger.get("/tasks/slips.pdf")
    assert nothing.status_code == 422
    assert "Không có nhiệm vụ nào đang mở để in" in nothing.text
    assert stranger.get("/tasks/slips.pdf?unit=99999").status_code == 404


def share_out(app: Flask, house: House, task_id: int) -> None:
    """Give a piece of a task to somebody, and ask its unit why it is late."""
    with app.app_context(), transaction():
        owned = {"authority_id": house.authority.id, "task_id": task_id, "made_at": now()}
        piece = SubTask(
            **owned, state=GIVEN, work="Đếm máy ở trường", person_id=house.people["staff_vhxh"].id,
            author_id=house.people["head_vhxh"].id, due=date(2026, 11, 20),
        )  # fmt: skip
        asked_why = Explanation(
            **owned, state=ASKED, unit_id=house.units["vhxh"].id, author_id=house.people["secretary"].id,
            question="Vì sao chưa kiểm kê", answer_by=date(2026, 11, 21), days_late=2,
        )  # fmt: skip
        session.add_all([piece, asked_why])


def speak_and_link(app: Flask, house: House, task_id: int) -> None:
    """Bring a link as evidence through the task's form, say something, and take another word back."""
    client = browser(app, house.people["head_vhxh"])
    brought = {"note": "Đã bàn giao", "links": "https://hoaludong.gov.vn/tin/12 Tin bàn giao máy"}
    assert take(client, "task", task_id, "progress", brought).status_code == 303
    for text in ("Đã gửi phiếu cho trường", "Nội dung viết nhầm"):
        assert post(client, f"/tasks/{task_id}/comments", {"text": text}).status_code == 303
    with app.app_context():
        last = session.query(Comment).order_by(Comment.id.desc()).first()
        assert last is not None
        comment = last.id
    assert post(client, f"/tasks/{task_id}/comments/{comment}/withdraw").status_code == 303


def test_the_dossier_holds_all_that_is_known_of_a_task(app: Flask) -> None:
    """Over 40 lines: one task's life, and the paper that tells it."""
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 11, 25), title="Kiểm kê máy tính bảng", coordinating=("kt",))
    act(app, house, "head_vhxh", task_id, event="accept", person=house.people["staff_vhxh"].id)
    with app.app_context(), transaction():
        request_extension(
            session.get_one(Task, task_id), {"new_due": date(2026, 12, 10), "reason": "Thiếu người kiểm"},
            actor=actor(house, "head_vhxh"),
        )  # fmt: skip
    with app.app_context(), transaction():
        asked = session.query(Extension).one()
        make_move(asked, "opinion", {"opinion": "Nên đồng ý"}, actor=actor(house, "secretary"))
        make_move(asked, "grant", {"new_due": date(2026, 12, 5), "remark": "Lần cuối"}, actor=actor(house, "chair"))
        kept = StoredFile(
            authority_id=house.authority.id, sha256="ab12cd34ef56" + "0" * 52, name="bien_ban_kiem_ke-2026.pdf",
            size=1_572_864, media_type="application/pdf", uploaded_by_id=house.people["staff_vhxh"].id,
            uploaded_at=now(),
        )  # fmt: skip
        session.add(kept)
        session.flush()
        session.add(
            Attachment(
                authority_id=house.authority.id,
                subject="task",
                subject_id=task_id,
                role="evidence",
                file_id=kept.id,
                person_id=house.people["staff_vhxh"].id,
                at=now(),
            )
        )
    act(
        app, house, "chair", task_id, event="amend", new_due=date(2026, 12, 20), basis="ruling", basis_text="Ý kiến họp"
    )
    act(app, house, "head_vhxh", task_id, event="report", result="Đã kiểm kê 52 máy")
    act(app, house, "chair", task_id, event="send_back", reason="Thiếu biên bản của trường")
    share_out(app, house, task_id)
    speak_and_link(app, house, task_id)
    with app.app_context(), transaction():
        session.get_one(Task, task_id).detail = "Kiểm kê máy tính bảng, lập biên bản từng trường và ghi rõ máy hỏng."
    found = pages(browser(app, house.people["staff_vhxh"]), f"/tasks/{task_id}/dossier.pdf")
    text = plain(found)
    for part in (
        "HỒ SƠ NHIỆM VỤ NV-THU-1", "Kiểm kê máy tính bảng", "lập biên bản từng trường và ghi rõ máy hỏng",
        "Về đẩy mạnh chuyển đổi số", "45/UBND-VX ngày 05/01/2026",
        "Phòng Văn hóa - Xã hội", "Trịnh Gia Huy", "20/12/2026", "25/11/2026", "05/12/2026", "Thiếu người kiểm",
        "Nên đồng ý", "Lần cuối", "Đã kiểm kê 52 máy", "Thiếu biên bản của trường", "bien_ban_kiem_ke-2026.pdf",
        "1,5 MB", "ab12cd34ef56", "Đếm máy ở trường", "Vì sao chưa kiểm kê", "(quá hạn 2 ngày làm việc)",
        "Tin bàn giao máy", "https://hoaludong.gov.vn/tin/12", "Trao đổi", "Đã gửi phiếu cho trường",
        "(Người viết đã rút lại nội dung này lúc 12:00 18/11/2026.)", "10. Nhật ký",
        "Đã điều chỉnh thời hạn Căn cứ (ý kiến chỉ đạo): Ý kiến họp",
        "Thời hạn: 05/12/2026 → 20/12/2026 Căn cứ (ý kiến chỉ đạo): Ý kiến họp",
        "người in: Trịnh Gia Huy", f"Trang 1/{len(found)}",
    ):  # fmt: skip
        assert part in text, part
    assert "ab12cd34ef560" not in text
    assert "Liên kết: Tin bàn giao máy" in text, "the log names the link too"
    assert "Nội dung viết nhầm" not in text
    assert browser(app, house.people["head_ca"]).get(f"/tasks/{task_id}/dossier.pdf").status_code == 404
    page = browser(app, house.people["head_vhxh"]).get(f"/tasks/{task_id}")
    assert f'href="/tasks/{task_id}/dossier.pdf"' in page.text


@ON_SQLITE
def test_the_dossier_tells_how_long_a_part_took_and_how_often_it_was_sent_back(app: Flask) -> None:
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 12, 25), title="Kiểm kê máy tính bảng", coordinating=("kt",))
    with app.app_context(), transaction():
        part = session.query(CoordinatingPart).one()
        part.state, part.work, part.returns, part.asked_at = RETURNED, "Cấp danh sách máy", 2, now() - timedelta(8)
        part.result = "Đã gửi danh sách"
    text = plain(pages(browser(app, house.people["head_vhxh"]), f"/tasks/{task_id}/dossier.pdf"))
    assert "Đã yêu cầu làm lại 2 lần" in text
    assert "Chờ đơn vị phối hợp 6 ngày làm việc, từ 10/11/2026" in text


@ON_SQLITE
def test_the_ways_to_the_papers_are_where_they_are_looked_for(app: Flask) -> None:
    house = found_authority(app)
    assign_task(app, house, due=date(2026, 12, 1))
    unit, committee = house.units["vhxh"].id, house.committee.id
    head, desk = browser(app, house.people["head_vhxh"]), browser(app, house.people["secretary"])
    assert f'href="/tasks/slips.pdf?unit={unit}"' in head.get("/unit").text
    assert f'href="/tasks/slips.pdf?unit={unit}"' in desk.get(f"/tasks/?unit={unit}").text
    assert f'href="/tasks/slips.pdf?committee={committee}"' in desk.get("/desk").text


@ON_SQLITE
def test_the_list_of_an_ended_unit_names_its_successor(app: Flask) -> None:
    house = found_authority(app)
    with app.app_context(), transaction():
        old = session.get_one(Unit, house.units["kt"].id)
        old.abolished_on, old.successor_id = TODAY, house.units["vhxh"].id
    page = browser(app, house.people["secretary"]).get(f"/tasks/?unit={house.units['kt'].id}").text
    assert "đã kết thúc hoạt động từ 18/11/2026" in page
    assert f'href="/tasks/?unit={house.units["vhxh"].id}"' in page
