"""The subject proposed for a notice reads as it is usually written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.factories import House, hold_meeting, post
from tests.notices import steps

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

WHOSE = "Kết luận của Trưởng Ban Chỉ đạo CĐS"
TASK = "1. Giao Phòng Văn hóa - Xã hội rà soát máy tính bảng, báo cáo trước ngày 15/12/2026."


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Họp đột xuất", f"{WHOSE} tại cuộc họp đột xuất ngày 20/11/2026"),
        ("Giao ban tháng 11 năm 2026", f"{WHOSE} tại cuộc họp giao ban tháng 11 năm 2026"),
        ("Giao ban thường kỳ", f"{WHOSE} tại cuộc họp giao ban thường kỳ ngày 20/11/2026"),
        ("Phiên họp thứ ba", f"{WHOSE} tại phiên họp thứ ba ngày 20/11/2026"),
        ("Làm việc với nhà cung cấp", f"{WHOSE} tại buổi làm việc với nhà cung cấp ngày 20/11/2026"),
        ("Rà soát máy tính bảng", f"{WHOSE} tại cuộc họp về rà soát máy tính bảng ngày 20/11/2026"),
        ("Hội nghị sơ kết 6 tháng", f"{WHOSE} tại hội nghị sơ kết 6 tháng"),
    ],
)
def test_the_gathering_is_named_as_it_is_spoken(
    app: Flask, house: House, secretary: FlaskClient, title: str, subject: str
) -> None:
    meeting_id = hold_meeting(app, house, on=date(2026, 11, 20), title=title)
    form = {"committee": str(house.committee.id), "text": TASK}
    notice_id = steps.notice_in(post(secretary, f"/meetings/{meeting_id}/notice", form))
    assert steps.notice_of(app, notice_id).subject == subject


def test_without_a_meeting_nothing_is_said_of_one(app: Flask, house: House, secretary: FlaskClient) -> None:
    assert steps.notice_of(app, steps.compose(secretary, house, TASK)).subject == WHOSE
