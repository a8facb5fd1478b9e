"""Numbers without gaps, also when ten are issued at once; the clerk's numbers; the Party's symbols."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import pytest

from app.db import session, transaction
from app.errors import ChangedMeanwhileError, DomainError
from app.models import Committee, Notice, NumberSeries
from app.services.numbering import enter_number, take_number, take_task_codes
from tests.factories import House, browser, found_authority, take
from tests.notices import steps
from workflows.notice import ISSUED

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

DAY = date(2026, 11, 23)


def committee(house: House) -> Committee:
    return session.get_one(Committee, house.committee.id)


def test_ten_notices_issued_at_once_get_the_numbers_one_to_ten(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    text = "1. Giao các phòng chuyên môn cập nhật hồ sơ trước ngày 31/12/2026."
    made = [steps.compose(secretary, house, text) for _ in range(10)]
    for notice_id in made:
        steps.submit(secretary, notice_id)
        steps.move(chair, notice_id, "sign")
    clients = [browser(app, house.people["secretary"]) for _ in made]

    with ThreadPoolExecutor(5) as pool:
        answers = list(
            pool.map(lambda pair: take(pair[0], "notice", pair[1], "issue"), zip(clients, made, strict=True))
        )

    assert [answer.status_code for answer in answers] == [303] * 10
    numbers = sorted(steps.notice_of(app, notice_id).number or 0 for notice_id in made)
    assert numbers == list(range(1, 11))
    codes = sorted(int(task.code.removeprefix("NV-2026-")) for task in steps.tasks_of(app))
    assert codes == list(range(1, 31))


def test_two_who_issue_the_same_notice_use_one_number(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    notice_id = steps.compose(secretary, house, "1. Giao Trạm Y tế phường báo cáo trước ngày 31/12/2026.")
    steps.submit(secretary, notice_id)
    steps.move(chair, notice_id, "sign")
    version = {"version": str(steps.notice_of(app, notice_id).version)}
    clients = [browser(app, house.people["secretary"]) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda client: take(client, "notice", notice_id, "issue", version), clients))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert len(steps.tasks_of(app)) == 1
    with app.app_context(), transaction():
        assert take_number(committee(house), "TB", DAY).number == 2


def test_what_is_rolled_back_gives_its_number_back(app: Flask, house: House) -> None:
    class ChangeOfMindError(Exception):
        """Somebody closes the page."""

    def change_one_s_mind() -> None:
        with transaction():
            assert take_number(committee(house), "BC", DAY) == (1, "2026", "01/BC-BCĐ")
            raise ChangeOfMindError

    with app.app_context():
        with pytest.raises(ChangeOfMindError):
            change_one_s_mind()
        with transaction():
            assert take_number(committee(house), "BC", DAY).symbol == "01/BC-BCĐ"
            assert take_number(committee(house), "BC", DAY).symbol == "02/BC-BCĐ"


def test_each_type_and_year_counts_for_itself(app: Flask, house: House) -> None:
    with app.app_context(), transaction():
        body = committee(house)
        assert take_number(body, "TB", DAY).symbol == "01/TB-BCĐ"
        assert take_number(body, "BC", DAY).symbol == "01/BC-BCĐ"
        assert take_number(body, "TB", date(2027, 1, 4)) == (1, "2027", "01/TB-BCĐ")
        assert take_task_codes(body.authority_id, 2026, 2) == ["NV-2026-1", "NV-2026-2"]
        assert take_task_codes(body.authority_id, 2026, 1) == ["NV-2026-3"]
        assert take_task_codes(body.authority_id, 2027, 1) == ["NV-2027-1"]


def test_the_first_number_is_the_one_set(app: Flask, house: House) -> None:
    with app.app_context(), transaction():
        session.query(NumberSeries).filter_by(doc_type="TB").update({"next_number": 14})
        assert take_number(committee(house), "TB", DAY).symbol == "14/TB-BCĐ"


def test_the_party_counts_through_its_term_and_writes_its_own_way(app: Flask) -> None:
    house = found_authority(app, profile="party")
    with app.app_context(), transaction():
        body = committee(house)
        assert take_number(body, "TB", DAY) == (1, "2025-2030", "01-TB/BCĐ")
        assert take_number(body, "TB", date(2028, 3, 1)).number == 2
        with pytest.raises(DomainError, match="nhiệm kỳ"):
            take_number(body, "TB", date(2031, 3, 1))


def test_the_clerk_s_number_is_typed_and_unique(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    with app.app_context(), transaction():
        session.query(NumberSeries).update({"mode": "external"})
    text = "1. Giao Trạm Y tế phường báo cáo trước ngày 31/12/2026."
    first, second = (steps.compose(secretary, house, text) for _ in range(2))
    for notice_id in (first, second):
        steps.submit(secretary, notice_id)
        steps.move(chair, notice_id, "sign")

    answer = take(secretary, "notice", first, "issue")
    assert answer.status_code == 422
    assert "Số văn bản do văn thư cấp" in answer.get_data(as_text=True)
    answer = take(secretary, "notice", first, "issue", {"number": "mười lăm"})
    assert "Chưa đọc được số văn bản «mười lăm»" in answer.get_data(as_text=True)
    steps.move(secretary, first, "issue", number="215")
    notice = steps.notice_of(app, first)
    assert (notice.state, notice.number, notice.symbol) == (ISSUED, 215, "215/TB-BCĐ")

    answer = take(secretary, "notice", second, "issue", {"number": "215"})
    assert answer.status_code == 422
    assert "Số 215 đã được dùng" in answer.get_data(as_text=True)
    steps.move(secretary, second, "issue", number="7/TB-UBND")
    assert steps.notice_of(app, second).symbol == "7/TB-UBND"


def test_an_own_counter_goes_on_behind_a_number_entered_from_an_old_paper(app: Flask, house: House) -> None:
    with app.app_context(), transaction():
        body = committee(house)
        assert enter_number(body, "TB", date(2026, 3, 2), "09").symbol == "09/TB-BCĐ"
        assert take_number(body, "TB", DAY).number == 10
        assert enter_number(body, "TB", date(2026, 2, 2), "3").number == 3
        assert take_number(body, "TB", DAY).number == 11


def test_numbers_of_notices_are_unique_in_the_database(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    text = "1. Giao Trạm Y tế phường báo cáo trước ngày 31/12/2026."
    first, second = (steps.compose(secretary, house, text) for _ in range(2))
    steps.issue(secretary, chair, first)
    steps.issue(secretary, chair, second)
    with app.app_context(), pytest.raises(ChangedMeanwhileError), transaction():
        session.get_one(Notice, second).number = 1
