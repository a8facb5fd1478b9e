"""A month whose ledger has changed since it was computed: nobody is offered its signature, on the page or the card."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from app.db import session, transaction
from app.models import TaskSpan
from tests.factories import post
from tests.reports.month import AFTER, at, moment
from tests.reports.test_signing import enter_old_task, explain, month, move, people, report
from workflows.monthly_report import DRAFTED

if TYPE_CHECKING:
    from tests.reports.month import Register


def test_the_card_notices_whatever_the_page_notices(register: Register) -> None:
    with at(AFTER):
        post(people(register, "secretary"), f"{month(register)}/open")
        assert explain(register) == 303
        assert move(register, "secretary", "draft") == 303
        assert move(register, "secretary", "submit") == 303
        number = report(register).id
        sign, back = (f"/moves/monthly_report/{number}/{event}" for event in ("sign", "send_to_recompute"))
        assert sign in people(register, "chair").get("/chair").text
    with at(AFTER + timedelta(hours=2)):
        with register.app.app_context(), transaction():
            span = select(TaskSpan.id).where(TaskSpan.task_id == register.tasks["first-second-after"])
            session.execute(update(TaskSpan).where(TaskSpan.id.in_(span)).values(began_at=moment(20, 10)))
        for where in ("/chair", month(register)):
            shown = people(register, "chair").get(where).text
            assert (sign in shown, back in shown) == (False, True), where


def test_stale_figures_are_offered_for_recomputing_not_for_signature(register: Register) -> None:
    with at(AFTER):
        post(people(register, "secretary"), f"{month(register)}/open")
        assert explain(register) == 303
        assert move(register, "secretary", "draft") == 303
        assert move(register, "secretary", "submit") == 303
    with at(AFTER + timedelta(hours=2)):
        number = report(register).id
        before = people(register, "chair").get("/chair").text
        enter_old_task(register)
        card, page = (people(register, "chair").get(where).text for where in ("/chair", month(register)))
        said = "sổ theo dõi đã thay đổi sau khi tính số liệu"
        sign, back = (f"/moves/monthly_report/{number}/{event}" for event in ("sign", "send_to_recompute"))
        assert (sign in before, back in before, said in before) == (True, False, False)
        for shown in (card, page):
            assert (sign in shown, back in shown, said in shown.lower()) == (False, True, True)
        forms = re.findall(rf"/moves/monthly_report/{number}/(\w+)", card)
        assert forms[0] == "send_to_recompute"
        assert move(register, "chair", "send_to_recompute") == 303
        assert report(register).state == DRAFTED
