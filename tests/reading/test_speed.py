"""Bounded time: a ten-page notice at once, and a megabyte of spite in seconds."""

from __future__ import annotations

import contextlib
import time

import pytest

from app.errors import DomainError
from app.reading.reader import read_text

CLAUSE = (
    "{n}. Giao Sở Thông tin và Truyền thông chủ trì, phối hợp với các Bộ: Tài chính, Công an "
    "và Văn phòng UBND tỉnh rà soát, hoàn thiện "
    "hệ thống phần mềm quản lý văn bản và điều hành tác nghiệp; báo cáo kết quả trước ngày 30/11/2026.\n"
)
TEN_PAGES = 30_000
LIMIT = 990_000


def seconds(text: str) -> float:
    start = time.perf_counter()
    with contextlib.suppress(DomainError):
        read_text(text)
    return time.perf_counter() - start


def test_ten_pages_take_well_under_a_second() -> None:
    text = "THÔNG BÁO\nKết luận cuộc họp\n\nĐồng chí Chủ tịch kết luận như sau:\n\n"
    text += "".join(CLAUSE.format(n=n) for n in range(1, TEN_PAGES // len(CLAUSE) + 2))
    read_text(CLAUSE)
    taken = min(seconds(text) for _ in range(3))
    print(f"ten pages: {taken:.3f} s")  # noqa: T201 - the figure is the point
    assert taken < 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "- ",
        "(((",
        "phối hợp ",
        "phối hợp với Sở A, ",
        "giao Sở A; ",
        "các Bộ A, ",
        "trước ngày 30/11/",
        "1. ",
        "kết luận: ",
        "đồng chí kết luận các nội dung ",
        "\n- a",
        "9999999999",
        "chuẩn bị ",
        "MẬT ",
        "trong thời hạn ",
        "Nguyễn Văn ",
        "Giao Sở A rà soát.\n",
    ],
)
def test_a_megabyte_of_spite_is_over_in_seconds(unit: str) -> None:
    assert seconds(unit * (LIMIT // len(unit.encode()))) < 30  # a few seconds here; room for a busy machine
