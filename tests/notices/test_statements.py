"""A notice's page asks the database for the same few things, however many clauses and units it has."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.factories import House, hold_meeting, post
from tests.home.statements import BAR, counting
from tests.notices import steps

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient


UNITS = ("Phòng Văn hóa - Xã hội", "Trạm Y tế phường", "Công an phường", "Phòng Kinh tế, Hạ tầng và Đô thị")


def text(clauses: int) -> str:
    lines = [
        f"{n}. Giao {UNITS[n % len(UNITS)]} lập báo cáo số {n}, hoàn thành trước ngày {n + 5:02d}/12/2026."
        for n in range(1, clauses + 1)
    ]
    return "\n\n".join(lines)


def asked(app: Flask, client: FlaskClient, path: str) -> int:
    client.get(path)
    with counting(app) as found:
        assert client.get(path).status_code == 200
    return len(found)


def counts(app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient, clauses: int) -> list[int]:
    """Return the statements of the draft, of a clause open in it, of the paper before it is signed, and issued."""
    meeting = hold_meeting(app, house, on=date(2026, 11, 20))
    form = {"committee": str(house.committee.id), "text": text(clauses)}
    answer = post(secretary, f"/meetings/{meeting}/notice", form)
    assert answer.status_code == 303, (
        answer.status_code,
        steps.alerts_in(answer),
        answer.get_data(as_text=True)[-1500:],
    )
    notice = steps.notice_in(answer)
    made = steps.clauses_of(app, notice)
    assert len(made) == clauses
    path = f"/notices/{notice}"
    found = [asked(app, secretary, path), asked(app, secretary, f"{path}?clause={made[1].id}")]
    steps.submit(secretary, notice)
    found += [asked(app, chair, path), asked(app, secretary, path)]
    steps.move(chair, notice, "sign")
    found.append(asked(app, secretary, path))
    steps.move(secretary, notice, "issue")
    return [*found, asked(app, secretary, path)]


def test_the_pages_of_a_notice_keep_the_bar(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient
) -> None:
    few, many = (counts(app, house, secretary, chair, clauses) for clauses in (2, 12))
    assert few == many
    draft, editing, *others = many
    assert draft <= BAR
    assert editing <= BAR
    assert max(others) <= BAR, others
