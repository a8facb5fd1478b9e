"""Signing on the notice's own page can be taken back for ten seconds, as from the chair's queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.db import session
from app.models import HeldRuling
from tests.factories import House, post, take
from tests.notices import steps
from workflows.notice import SIGNED, SUBMITTED

if TYPE_CHECKING:
    import time_machine
    from flask import Flask
    from flask.testing import FlaskClient

HOLD = '<input type="hidden" name="hold" value="1">'


def main(client: FlaskClient, notice: int) -> str:
    return client.get(f"/notices/{notice}").get_data(as_text=True).partition('<main id="content"')[2]


def test_a_signature_waits_is_taken_back_and_takes_effect(
    app: Flask, house: House, secretary: FlaskClient, chair: FlaskClient, clock: time_machine.Traveller
) -> None:
    notice = steps.compose(secretary, house)
    steps.complete(app, secretary, notice)
    steps.submit(secretary, notice)
    assert HOLD in main(chair, notice)
    assert HOLD not in main(secretary, notice)

    def sign() -> int:
        assert take(chair, "notice", notice, "sign", {"hold": "1"}).status_code == 303
        page = main(chair, notice)
        assert "có hiệu lực sau" in page
        assert f"/moves/notice/{notice}/sign" not in page
        assert steps.notice_of(app, notice).state == SUBMITTED
        with app.app_context():
            return max(held_id for (held_id,) in session.query(HeldRuling.id))

    assert post(chair, f"/rulings/{sign()}/take-back").status_code == 303
    assert f"/moves/notice/{notice}/sign" in main(chair, notice)
    sign()
    clock.shift(11)
    assert post(chair, "/rulings/due").get_json() == {"done": 1, "refused": 0}
    assert steps.notice_of(app, notice).state == SIGNED
    assert "có hiệu lực sau" not in main(chair, notice)
