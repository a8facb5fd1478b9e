"""The two real articles read as the design asks, where the folder that holds them stands beside the project."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.reading.files import read_file
from app.reading.model import Kind, Reading, Recurrence
from app.reading.reader import read_text

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the folder ../shared/seeds is not beside the project")


def read(name: str) -> Reading:
    return read_text(read_file(SEEDS / name).text)


def leads(reading: Reading) -> list[str | None]:
    return [item.lead.words if item.lead else None for item in reading.items]


def test_the_district_article_gives_nine_tasks_and_one_report() -> None:
    reading = read("000_003f183157e68ebc.txt")
    assert reading.meeting.date == date(2019, 1, 8)
    assert reading.meeting.chair == "Đỗ Mạnh Hải"
    assert reading.meeting.title == "Giao ban Ban chỉ đạo CNTT tháng 01/2019"
    assert reading.meeting.location is None
    assert [item.kind for item in reading.items] == [Kind.INFORMATION, *[Kind.TASK] * 9]
    # «Ban biên tập đánh giá …» names its owner; «Kiện toàn Ban biên tập …» names what is to be put in order.
    assert leads(reading) == [None, "Ban biên tập", *[None] * 7, "Bộ phận CNTT - Văn phòng HĐND&UBND quận"]
    assert [item.recurrence for item in reading.items].count(Recurrence.MONTHLY) == 2
    assert {item.due for item in reading.items} == {None}  # «năm 2019» names a plan
    assert {item.section for item in reading.items[1:6]} == {"1. Về Cổng thông tin điện tử quận"}


def test_the_ward_article_gives_three_tasks_and_two_reports() -> None:
    reading = read("002_a0a20b7ad95be2a9.txt")
    assert reading.meeting.date == date(2016, 6, 24)
    assert reading.meeting.chair == "Chu Thị Huế"
    assert reading.meeting.location == "phòng họp 1"
    # The report turns at «Tuy nhiên …»: results and shortcomings. The directing sentences are three.
    assert [item.kind for item in reading.items] == [*[Kind.INFORMATION] * 2, *[Kind.TASK] * 3]
    assert leads(reading) == [None, None, "ban chỉ đạo CNTT", "ban biên tập", "ban biên tập"]
    helpers = [named.words for named in reading.items[4].coordinating]
    assert helpers == ["các tổ dân phố", "các đơn vị hiệp quản"]
    # «để … trong tháng 7/2016 đạt hiệu quả» says what for, not by when.
    assert {item.due for item in reading.items} == {None}
