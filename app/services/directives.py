"""Tasks that a directing document (văn bản chỉ đạo) gives, without a meeting or a notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.clock import now, today
from app.db import session
from app.errors import DomainError
from app.models import Directive
from app.services.moves import make_move
from app.services.numbering import take_task_codes
from app.services.task_orders import Order, draft_task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app import access
    from app.models import Committee, Task


def record_directive(  # noqa: PLR0913 -- the parts by which a document is cited
    committee: Committee,
    *,
    symbol: str,
    issued_on: date,
    issuer: str,
    subject: str,
    due_on: date | None = None,
    file_id: int | None = None,
) -> Directive:
    """Record a document of a higher body, as it is cited: symbol, day, issuer, subject.

    :raises DomainError: a part is missing, or its day lies ahead.

    Over 40 lines: the parts by which a document is cited, each once.
    """
    parts = (("symbol", symbol), ("issuer", issuer), ("subject", subject))
    empty = next((name for name, value in parts if not value.strip()), None)
    if empty is not None:
        raise DomainError(
            "Hãy nhập đủ số ký hiệu, cơ quan ban hành và trích yếu của văn bản.",
            "Type the document's symbol, issuer and subject.",
            field=empty,
        )
    if issued_on > today():
        raise DomainError(
            "Ngày ban hành của văn bản không được sau hôm nay. Hãy kiểm tra lại.",
            "The document's day cannot be after today. Please check it.",
            field="issued_on",
        )
    directive = Directive(
        authority_id=committee.authority_id,
        committee_id=committee.id,
        symbol=" ".join(symbol.split()),
        issued_on=issued_on,
        issuer=" ".join(issuer.split()),
        subject=" ".join(subject.split()),
        due_on=due_on,
        file_id=file_id,
        made_at=now(),
    )
    session.add(directive)
    session.flush()
    return directive


def assign_from_directive(directive: Directive, orders: Sequence[Order], actor: access.Actor) -> list[Task]:
    """Make and assign the tasks of a directing document; an order without a date takes the document's.

    :raises RefusedMoveError: the actor is neither chair nor secretary, or an order lacks lead or date.
    """
    codes = take_task_codes(directive.authority_id, today().year, len(orders)) if orders else []
    made = []
    for order, code in zip(orders, codes, strict=True):
        dated = order if order.due_on or order.no_due_reason else order.due_by(directive.due_on)
        task = draft_task(directive, dated, committee_id=directive.committee_id, code=code)
        session.flush()
        make_move(task, "assign", actor=actor)
        made.append(task)
    return made
