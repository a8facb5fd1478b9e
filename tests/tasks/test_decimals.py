"""Measures with decimals as people write them: 37,5 km, on every way in and out; English with the point."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import time_machine

from app.db import session, transaction
from app.models import CoordinatingPart, Person, Progress, Task
from app.services.measures import total_of
from app.services.verification import CHECKS
from tests.factories import assign_task, at_noon, browser, found_authority, post, take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.factories import House


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(at_noon(date(2026, 11, 23)), tick=False):
        yield


def road(app: Flask) -> tuple[House, int, FlaskClient]:
    """Return a task of 12,5 km with a helper, accepted, and its head's browser."""
    house = found_authority(app)
    task_id = assign_task(app, house, due=date(2026, 12, 30), coordinating=("kt",), target_unit="km")
    with app.app_context(), transaction():
        session.get_one(Task, task_id).target_value = Decimal("12.5")
    head = browser(app, house.people["head_vhxh"])
    assert take(head, "task", task_id, "accept").status_code == 303
    return house, task_id, head


def page_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def test_decimals_are_kept_and_shown_with_the_comma(app: Flask) -> None:
    house, task_id, head = road(app)
    assert "Chỉ tiêu: 12,5 km" in page_of(head, f"/tasks/{task_id}")
    for typed in ("7,25", "7,3 km", "7.5", "7,50/12,5"):
        assert take(head, "task", task_id, "progress", {"note": "Đã rải", "measure": typed}).status_code == 303
    with app.app_context():
        kept = [str(one.measure) for one in session.query(Progress).order_by(Progress.id)]
        assert kept == ["7.25", "7.3", "7.5", "7.5"]
        assert str(session.get_one(Task, task_id).measure) == "7.5"
    page = page_of(head, f"/tasks/{task_id}")
    assert "<strong>7,5</strong> / 12,5 km" in page
    assert "Số liệu: 7,25 / 12,5 km" in page
    assert "lần trước đã đạt 7,5." in page
    with app.app_context(), transaction():
        session.get_one(Person, house.people["head_vhxh"].id).language = "en"
    english = page_of(head, f"/tasks/{task_id}")
    assert "<strong>7.5</strong> / 12.5 km" in english
    assert "7.25 / 12.5 km" in english
    assert "7.5 reached last time" in english


def test_a_figure_above_the_target_is_asked_about_as_it_is_written(app: Flask) -> None:
    _house, task_id, head = road(app)
    above = take(head, "task", task_id, "progress", {"note": "Đã rải", "measure": "1.250,75"})
    assert above.status_code == 422
    assert "1.250,75 km hơn chỉ tiêu (12,5 km)" in above.text
    assert 'value="1.250,75"' in above.text


@pytest.mark.parametrize("typed", ["7,255", "7,5,5", "7.5.5", ",5", "bảy rưỡi", "-7,5"])
def test_what_cannot_be_read_is_said(app: Flask, typed: str) -> None:
    _house, task_id, head = road(app)
    refused = take(head, "task", task_id, "progress", {"note": "Đã rải", "measure": typed})
    assert refused.status_code == 422
    assert "Hãy nhập như 37, 1.250 hoặc 37,5" in refused.text


def test_units_add_their_decimals(app: Flask) -> None:
    house, task_id, head = road(app)
    with app.app_context():
        part = session.query(CoordinatingPart).one().id
    assert take(head, "coordinating_part", part, "ask", {"work": "Rải đoạn cuối", "target": "2,2"}).status_code == 303
    assert take(head, "task", task_id, "progress", {"note": "Đã rải", "measure": "0,1"}).status_code == 303
    other = browser(app, house.people["head_kt"])
    with time_machine.travel(at_noon(date(2026, 11, 25)), tick=False):
        other = browser(app, house.people["head_kt"])
        sent = {"result": "Xong", "measure": "0,2"}
        assert take(other, "coordinating_part", part, "deliver", sent).status_code == 303
        page = page_of(browser(app, house.people["head_vhxh"]), f"/tasks/{task_id}")
    with app.app_context():
        assert str(total_of(session.get_one(Task, task_id))) == "0.3"
        assert {name: list(check()) for name, check in CHECKS if list(check())} == {}
    assert "<strong>0,3</strong> / 12,5 km" in page
    assert '<td class="num">0,3</td>' in page
    assert ">10,3<" in page, "the lead's own share of the target"


def test_the_register_and_its_files_say_the_same(app: Flask) -> None:
    house, task_id, head = road(app)
    assert take(head, "task", task_id, "progress", {"note": "Đã rải", "measure": "7,25"}).status_code == 303
    desk = browser(app, house.people["secretary"])
    assert "7,25/12,5 km" in page_of(desk, "/tasks/?status=all&columns=title,measure")
    told = desk.get("/tasks/export.csv?status=all&columns=title,measure").data.decode("utf-8-sig")
    assert "7,25/12,5 km" in told
    assert desk.get("/tasks/export.xlsx?status=all&columns=title,measure").status_code == 200
    chair = browser(app, house.people["chair"])
    assert take(head, "task", task_id, "report", {"result": "Xong", "measure": "12,5"}).status_code == 303
    assert "<strong>12,5</strong> / 12,5 km" in page_of(chair, "/chair")


def test_a_clause_and_a_document_take_decimal_targets(app: Flask) -> None:
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    sent = {
        "committee_id": house.committee.id, "symbol": "9/CV", "issued_on": "2/11/2026", "issuer": "UBND tỉnh",
        "subject": "Về đường", "text": "Rải nhựa", "lead_unit_id": house.units["vhxh"].id, "due_on": "30/12/2026",
        "target_value": "12,5", "target_unit": "km", "evidence_rule": "none",
    }  # fmt: skip
    assert post(desk, "/directives/new", sent).status_code == 303
    with app.app_context():
        assert str(session.query(Task).one().target_value) == "12.5"


def ordered(house: House, **more: str) -> dict[str, object]:
    return {
        "committee_id": house.committee.id, "symbol": "9/CV", "issued_on": "2/11/2026", "issuer": "UBND tỉnh",
        "subject": "Về đường", "text": "Rải nhựa", "lead_unit_id": house.units["vhxh"].id, "due_on": "30/12/2026",
        "target_unit": "km", "evidence_rule": "none", **more,
    }  # fmt: skip


ABOVE = "Chỉ tiêu phải lớn hơn 0"


def test_a_target_is_typed_as_a_text_with_the_keys_of_figures(app: Flask) -> None:
    house, task_id, head = road(app)
    page = page_of(browser(app, house.people["secretary"]), "/directives/new")
    field = page.partition('name="target_value"')
    assert 'inputmode="decimal"' in field[0].rpartition("<input")[2] + field[2].partition(">")[0]
    assert 'type="number"' not in page
    page = page_of(head, f"/tasks/{task_id}")
    field = page.partition('name="target"')
    assert 'inputmode="decimal"' in field[0].rpartition("<input")[2] + field[2].partition(">")[0]


@pytest.mark.parametrize("typed", ["0", "0,00", "-5", "-37,5"])
def test_a_target_of_nothing_is_refused(app: Flask, typed: str) -> None:
    house, _task_id, head = road(app)
    desk = browser(app, house.people["secretary"])
    refused = post(desk, "/directives/new", ordered(house, target_value=typed))
    assert refused.status_code == 422
    assert ABOVE in refused.text
    assert f'value="{typed}"' in refused.text
    with app.app_context():
        part = session.query(CoordinatingPart).one().id
    refused = take(head, "coordinating_part", part, "ask", {"work": "Rải đoạn cuối", "target": typed})
    assert refused.status_code == 422
    assert ABOVE in refused.text
    with app.app_context():
        assert session.get_one(CoordinatingPart, part).target_value is None


@pytest.mark.parametrize(("typed", "kept"), [("1.250", "1250"), ("37,5", "37.5"), ("37.5", "37.5")])
def test_targets_are_read_as_progress_is(app: Flask, typed: str, kept: str) -> None:
    house, _task_id, head = road(app)
    desk = browser(app, house.people["secretary"])
    assert post(desk, "/directives/new", ordered(house, target_value=typed)).status_code == 303
    with app.app_context():
        newest = session.query(Task).order_by(Task.id.desc()).first()
        assert newest is not None
        assert str(newest.target_value) == kept
        part = session.query(CoordinatingPart).one().id
    sent = {"work": "Rải đoạn cuối", "target": f"{typed} km"}
    assert take(head, "coordinating_part", part, "ask", sent).status_code == 303
    with app.app_context():
        assert str(session.get_one(CoordinatingPart, part).target_value) == kept


def test_figures_that_cannot_be_read_are_said_in_vietnamese(app: Flask) -> None:
    house = found_authority(app)
    desk = browser(app, house.people["secretary"])
    for address, name in (("/directives/new", "target_value"), ("/meetings/series/new", "day")):
        refused = post(desk, address, ordered(house, **{name: "mười hai"}))
        assert refused.status_code == 422, address
        assert "Not a valid" not in refused.text
        assert "«mười hai»" in refused.text
