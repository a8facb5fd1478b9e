"""Minutes through the screens: each submission kept and compared, the agenda as their frame, locked when approved."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session, transaction
from app.models import AgendaItem, Meeting, Minutes, MinutesVersion
from app.ui.text_changes import changes_between
from tests.factories import at_noon, browser, found_authority, hold_meeting, post, take
from tests.meetings.test_way import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from tests.factories import House

DAY = date(2026, 9, 16)
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
FIRST = "1. Trưởng ban khai mạc.\n\n2. Giao Phòng Kinh tế báo cáo trước ngày 30/9.\nKết thúc lúc 11 giờ."
SECOND = "1. Trưởng ban khai mạc.\n\n2. Giao Phòng Kinh tế báo cáo trước ngày 15/10.\nKết thúc lúc 11 giờ.\nThư ký ghi."
URL = "/meetings/1/minutes"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(DAY), tick=False):
        yield


@pytest.fixture
def house(app: Flask) -> House:
    found = found_authority(app)
    hold_meeting(app, found, on=date(2026, 9, 11))
    return found


@pytest.fixture
def desk(app: Flask, house: House) -> FlaskClient:
    client = browser(app, house.people["secretary"])
    write(client, FIRST)
    return client


def write(desk: FlaskClient, text: str, **more: str) -> TestResponse:
    page = text_of(desk.get(URL))
    found = re.search(r'name="version" value="(\d+)"', page)
    return post(desk, URL, {"text": text, "version": found[1] if found else "", **more})


def test_every_submission_is_kept_and_two_are_compared(app: Flask, house: House, desk: FlaskClient) -> None:
    chair = browser(app, house.people["chair"])
    assert take(desk, "minutes", 1, "submit").status_code == 303
    assert take(chair, "minutes", 1, "return", {"reason": "Sửa thời hạn"}).status_code == 303
    assert write(desk, SECOND).status_code == 303
    assert take(desk, "minutes", 1, "submit").status_code == 303
    with app.app_context():
        kept = session.query(MinutesVersion).order_by(MinutesVersion.number).all()
        assert [(one.number, one.text) for one in kept] == [(1, FIRST), (2, SECOND)]
        assert {one.submitted_by_id for one in kept} == {house.people["secretary"].id}
        assert kept[0].digest == hashlib.sha256(FIRST.encode()).hexdigest()
    assert f'href="{URL}/versions"' in text_of(chair.get(URL))
    page = text_of(chair.get(f"{URL}/versions"))
    assert "Khác nhau giữa bản 1 và bản 2" in page
    assert "<del>30/9</del>" in page
    assert "<ins>15/10</ins>" in page
    assert '<p class="is-ins"><ins>Thư ký ghi.</ins></p>' in page
    assert "bản được duyệt" not in page
    assert "Hai bản giống hệt nhau" in text_of(chair.get(f"{URL}/versions?from=2&to=2"))
    shown = text_of(chair.get(f"{URL}/versions/1"))
    assert "ngày 30/9" in shown
    assert "Vũ Ngọc Diệp" in shown


def test_approved_minutes_are_locked_and_their_version_is_marked(app: Flask, house: House, desk: FlaskClient) -> None:
    take(desk, "minutes", 1, "submit")
    take(desk, "minutes", 1, "take_back")
    write(desk, SECOND)
    take(desk, "minutes", 1, "submit")
    assert take(browser(app, house.people["chair"]), "minutes", 1, "approve").status_code == 303
    assert write(desk, FIRST).status_code == 422
    page = text_of(desk.get(f"{URL}/versions"))
    assert page.count("bản được duyệt") == 1
    with app.app_context():
        last = session.query(MinutesVersion).order_by(MinutesVersion.number.desc()).first()
        assert last is not None
        assert session.get_one(Minutes, 1).digest == last.digest


@ON_SQLITE
def test_versions_are_for_who_may_see_the_minutes(app: Flask, house: House, desk: FlaskClient) -> None:
    assert "chưa được trình lần nào" in text_of(desk.get(f"{URL}/versions"))
    take(desk, "minutes", 1, "submit")
    assert "Mới có một bản" in text_of(desk.get(f"{URL}/versions"))
    assert desk.get(f"{URL}/versions/2").status_code == 404
    assert desk.get(f"{URL}/versions?from=9&to=1").status_code == 200  # one version alone: nothing to compare yet
    assert browser(app, house.people["member"]).get(f"{URL}/versions/1").status_code == 200
    for login in ("head_kt", "admin"):
        assert browser(app, house.people[login]).get(f"{URL}/versions").status_code == 404
        assert browser(app, house.people[login]).get(f"{URL}/versions/1").status_code == 404


def test_the_agenda_goes_into_the_minutes_with_one_press(app: Flask, house: House, desk: FlaskClient) -> None:
    with app.app_context(), transaction():
        meeting = session.get_one(Meeting, 1)
        for position, (title, presenter) in enumerate([("Kế hoạch quý IV", "Văn phòng"), ("Kinh phí", "")], 1):
            item = AgendaItem(authority_id=meeting.authority_id, position=position, title=title, presenter=presenter)
            meeting.agenda.append(item)
    assert "Đưa khung chương trình vào biên bản" in text_of(desk.get(URL))
    assert write(desk, "Khai mạc.\n\n2) KINH PHÍ:\nđã bàn", act="frame").status_code == 303
    with app.app_context():
        text = session.get_one(Minutes, 1).text
    assert text.startswith("Khai mạc.\n\n2) KINH PHÍ:\nđã bàn\n\n1. Kế hoạch quý IV\n- Văn phòng trình bày: \n")
    assert "2. Kinh phí" not in text
    page = text_of(desk.get(URL))
    assert "Đưa khung chương trình vào biên bản" not in page
    assert page.count("đã có") == 2


@ON_SQLITE
def test_a_text_that_somebody_changed_meanwhile_is_not_overwritten_by_the_frame(desk: FlaskClient) -> None:
    answer = post(desk, URL, {"text": "của tôi", "version": "1", "act": "frame"})
    assert answer.status_code == 409
    assert "của tôi" in text_of(answer)


def test_changes_are_folded_far_away_and_long_lines_go_out_and_in() -> None:
    same = "\n".join(f"dòng {n}" for n in range(20))
    runs = changes_between(f"{same}\ncuối", f"{same}\ncuối cùng")
    assert [(run.folded, len(run.lines)) for run in runs] == [(True, 18), (False, 3)]
    assert [part.kind for part in runs[1].lines[-1].parts] == ["same", "ins"]
    long = [line for run in changes_between("a " * 3000, "b " * 3000) for line in run.lines]
    assert [line.kind for line in long] == ["del", "ins"]
    assert changes_between("", "") == []
    assert [line.kind for run in changes_between("một hai", "khác hẳn đi\nba") for line in run.lines] == [
        "del", "ins", "ins",
    ]  # fmt: skip
