"""The extension: a unit asks for a later due date, the chair grants or refuses; the original date stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows import effects as then
from workflows import task
from workflows.births import may_begin
from workflows.kernel import (
    SAME,
    Accepted,
    Facts,
    Flag,
    Guard,
    Need,
    Refused,
    Role,
    State,
    Transition,
    Words,
    Workflow,
    permit,
)
from workflows.needs import NEW_DUE, OPINION, REASON, REMARK
from workflows.parts import day_in
from workflows.rulings import ruling
from workflows.shared_out import TASK_LIVES

if TYPE_CHECKING:
    from datetime import date

    from workflows.kernel import Given
    from workflows.task import TaskFacts

REQUESTED = "requested"
GRANTED = "granted"
REFUSED = "refused"
WITHDRAWN = "withdrawn"
LAPSED = "lapsed"

OPEN = frozenset({REQUESTED})
CLOSED = frozenset({GRANTED, REFUSED, WITHDRAWN, LAPSED})
AWAITS_RULING = OPEN


@dataclass(frozen=True, kw_only=True)
class ExtensionFacts(Facts):
    """What the table must know of a request: the task's due date now and the date asked for."""

    task_lives: bool = False
    """The task is not over; it may be paused."""
    current_due: date | None = None
    asked_due: date | None = None


_HAS_DUE = Guard(
    "has_due",
    lambda facts, _given, _today: facts.due_on is not None,
    Words(
        "Nhiệm vụ không có hạn nên không cần gia hạn.",
        "The task has no due date, so there is nothing to extend.",
    ),
)
_NONE_PENDING = Guard(
    "none_pending",
    lambda facts, _given, _today: not facts.pending_extension,
    Words(
        "Đã có một đề nghị gia hạn đang chờ. Hãy chờ quyết định hoặc rút đề nghị đó.",
        "An extension request is already pending. Wait for the ruling or withdraw it.",
    ),
)
_ASKED_AHEAD = Guard(
    "asked_ahead",
    lambda _facts, given, today: day_in(given, "new_due") > today,
    Words(
        "Thời hạn xin phải sau hôm nay. Hãy chọn ngày khác.",
        "The date asked for must be after today. Choose another.",
    ),
    field="new_due",
)
_ASKED_LATER = Guard(
    "asked_later",
    lambda facts, given, _today: day_in(given, "new_due") > facts.due_on,
    Words(
        "Thời hạn xin phải sau thời hạn hiện tại. Hãy chọn ngày khác.",
        "The date asked for must be later than the present due date. Choose another.",
    ),
    field="new_due",
)
_GRANT_LATER = Guard(
    "grant_later",
    lambda facts, given, _today: facts.current_due is None or day_in(given, "new_due") > facts.current_due,
    Words(
        "Thời hạn cho phép phải sau thời hạn hiện tại. Hãy chọn ngày khác, hoặc từ chối đề nghị.",
        "The date granted must be later than the present due date. Choose another, or refuse.",
    ),
    field="new_due",
)
CLOSE_TO_DUE = Flag(
    "close_to_due",
    lambda facts, _given, today: facts.extension_by is not None and facts.extension_by < today <= facts.due_on,
    Words("Sát hạn (dưới 03 ngày làm việc)", "Close to due (less than 3 working days)"),
)
AFTER_DUE = Flag(
    "after_due",
    lambda facts, _given, today: today > facts.due_on,
    Words("Xin sau hạn", "Asked after the due date"),
)

REQUEST = Transition(
    "request", (task.ASSIGNED, task.IN_PROGRESS), REQUESTED, permit(Role.LEAD_HEAD),
    Words("Đề nghị gia hạn", "Request extension"), Words("đã đề nghị gia hạn", "requested an extension"),
    needs=(NEW_DUE, REASON),
    guards=(_HAS_DUE, _NONE_PENDING, _ASKED_AHEAD, _ASKED_LATER),
    flags=(CLOSE_TO_DUE, AFTER_DUE),
    effects=(then.TELL_RULERS, then.TELL_SECRETARY),
    tone="amber", key="y",
)  # fmt: skip
"""The birth of a request: a move on the task's facts that leaves the task where it is."""


def may_request(
    facts: TaskFacts, given: Given | None, today: date, roles: frozenset[Role] | None = None
) -> Accepted | Refused:
    """Say whether an extension of the task may be asked for, and with which flags.

    `given` None asks before any form is filled (may the button be offered?); `roles` None leaves the
    question of who to the caller.
    """
    return may_begin(REQUEST, task.TASK, facts, given, today, roles)


EXTENSION = Workflow(
    name="extension",
    label=Words("Đề nghị gia hạn", "Extension request"),
    facts=ExtensionFacts,
    initial=REQUESTED,
    states=(
        State(REQUESTED, Words("Chờ duyệt gia hạn", "Extension pending"), "violet", open=True),
        State(GRANTED, Words("Đã đồng ý gia hạn", "Extension granted"), "green", end=True),
        State(REFUSED, Words("Không đồng ý gia hạn", "Extension refused"), "grey", end=True),
        State(WITHDRAWN, Words("Đã rút đề nghị", "Request withdrawn"), "grey", end=True),
        State(LAPSED, Words("Hết hiệu lực", "Lapsed"), "grey", end=True),
    ),
    transitions=(
        Transition(
            "opinion", (REQUESTED,), SAME, permit(Role.SECRETARY),
            Words("Cho ý kiến", "Give opinion"),
            Words("đã cho ý kiến về gia hạn", "gave an opinion on the extension"),
            needs=(OPINION,), guards=(TASK_LIVES,), effects=(then.TELL_RULERS,),
            tone="violet", key="i",
        ),
        # The date granted need not lie ahead: a ruling may come after the date it grants, and the unit
        # must not suffer for the wait.
        *ruling(Transition(
            "grant", (REQUESTED,), GRANTED, permit(Role.CHAIR, Role.DEPUTY),
            Words("Đồng ý gia hạn", "Grant extension"), Words("đã đồng ý gia hạn", "granted the extension"),
            needs=(
                Need("new_due", "date", NEW_DUE.label, help=Words(
                    "Mặc định là ngày đơn vị xin; có thể chọn ngày khác.",
                    "Filled with the date asked for; another may be chosen.",
                )),
                REMARK,
            ),
            guards=(TASK_LIVES, _GRANT_LATER),
            effects=(then.SET_DUE, then.TELL_LEAD, then.TELL_COORDINATORS),
            tone="green", duty=frozenset({Role.CHAIR, Role.DEPUTY}), key="g",
        )),
        *ruling(Transition(
            "refuse", (REQUESTED,), REFUSED, permit(Role.CHAIR, Role.DEPUTY),
            Words("Từ chối gia hạn", "Refuse extension"),
            Words("đã từ chối gia hạn", "refused the extension"),
            needs=(REASON,), guards=(TASK_LIVES,), effects=(then.TELL_LEAD,),
            tone="amber", duty=frozenset({Role.CHAIR, Role.DEPUTY}), key="t",
        )),
        Transition(
            "withdraw", (REQUESTED,), WITHDRAWN, permit(Role.AUTHOR, Role.LEAD_HEAD),
            Words("Rút đề nghị gia hạn", "Withdraw request"),
            Words("đã rút đề nghị gia hạn", "withdrew the extension request"),
            guards=(TASK_LIVES,),
            tone="grey", key="u",
        ),
        Transition(
            "lapse", (REQUESTED,), LAPSED, permit(Role.SYSTEM),
            Words("Khép đề nghị gia hạn", "Close the request"),
            Words("đã khép đề nghị gia hạn", "closed the extension request"),
            needs=(REASON,), effects=(then.TELL_LEAD,),
        ),
    ),
)  # fmt: skip
"""The extension's table, from the request (see REQUEST) to its end."""
