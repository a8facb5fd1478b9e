"""An explanation (giải trình) asked of the unit whose task is overdue; the monthly report quotes the answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workflows import effects as then
from workflows import task
from workflows.births import may_begin
from workflows.kernel import Facts, Guard, Need, Permit, Role, State, Transition, Words, Workflow, permit
from workflows.parts import day_in
from workflows.task_rules import UNIT_LETS

if TYPE_CHECKING:
    from datetime import date

    from workflows.kernel import Accepted, Given, Refused
    from workflows.task import TaskFacts

ASKED = "asked"
ANSWERED = "answered"
UNANSWERED = "unanswered"
WITHDRAWN = "withdrawn"

OPEN = frozenset({ASKED})
OWED = frozenset({ASKED, UNANSWERED})
"""States in which an answer of the unit is still taken."""


@dataclass(frozen=True, kw_only=True)
class ExplanationFacts(Facts):
    """What the table must know of a request for an explanation."""

    task_stands: bool = False
    """The task was not withdrawn; one completed late still owes its unit's word to the monthly report."""
    asked_of_lead: bool = False
    """It was asked of the unit that leads the task now."""
    answer_by: date | None = None
    staff_may_report: bool = False


_OVERDUE = Guard(
    "overdue",
    lambda facts, _given, _today: facts.overdue,
    Words(
        "Chỉ yêu cầu giải trình với nhiệm vụ đang quá hạn.",
        "An explanation is asked only of a task that is overdue.",
    ),
)
_NONE_PENDING = Guard(
    "none_pending",
    lambda facts, _given, _today: not facts.pending_explanation,
    Words(
        "Đơn vị đang được yêu cầu giải trình. Hãy chờ trả lời, hoặc rút yêu cầu đó.",
        "The unit has already been asked. Wait for the answer, or withdraw that request.",
    ),
)
_ANSWER_AHEAD = Guard(
    "answer_ahead",
    lambda _facts, given, today: day_in(given, "answer_by") >= today,
    Words("Hạn giải trình đã qua. Hãy chọn từ hôm nay trở đi.", "That day has passed. Choose today or a later day."),
    field="answer_by",
)
_TASK_STANDS = Guard(
    "task_stands",
    lambda facts, _given, _today: facts.task_stands,
    Words(
        "Nhiệm vụ đã thu hồi nên không phải giải trình nữa.",
        "The task was withdrawn, so there is nothing to explain any more.",
    ),
)
_ASKED_OF_LEAD = Guard(
    "asked_of_lead",
    lambda facts, _given, _today: facts.asked_of_lead,
    Words(
        "Yêu cầu này gửi đơn vị chủ trì trước, nay không còn chủ trì nhiệm vụ.",
        "This was asked of the unit that led the task before.",
    ),
)
_DAY_OVER = Guard(
    "day_over",
    lambda facts, _given, today: facts.answer_by is not None and today > facts.answer_by,
    Words("Chưa hết hạn giải trình.", "The day for the answer has not passed."),
)

ASK = Transition(
    "ask", (task.ASSIGNED, task.CONTESTED, task.IN_PROGRESS), ASKED,
    permit(Role.CHAIR, Role.DEPUTY, Role.SECRETARY),
    Words("Yêu cầu giải trình", "Ask for an explanation"),
    Words("đã yêu cầu giải trình", "asked for an explanation"),
    needs=(
        Need("question", "long_text", Words("Cần giải trình điều gì", "What is to be explained")),
        Need("answer_by", "date", Words("Trả lời chậm nhất ngày", "Answer by")),
    ),
    guards=(_OVERDUE, _NONE_PENDING, _ANSWER_AHEAD),
    effects=(then.TELL_LEAD,),
    tone="amber",
)  # fmt: skip
"""The birth of a request: a move on the task's facts that leaves the task where it is."""


def may_ask(
    facts: TaskFacts, given: Given | None, today: date, roles: frozenset[Role] | None = None
) -> Accepted | Refused:
    """Say whether an explanation may be asked for (see `may_begin`)."""
    return may_begin(ASK, task.TASK, facts, given, today, roles)


_WITHDRAW = Transition(
    "withdraw", (ASKED,), WITHDRAWN, permit(Role.AUTHOR, Role.CHAIR, Role.SECRETARY),
    Words("Rút yêu cầu giải trình", "Withdraw the request"),
    Words("đã rút yêu cầu giải trình", "withdrew the request for an explanation"),
    guards=(_TASK_STANDS,), effects=(then.TELL_LEAD,),
    tone="grey",
)  # fmt: skip

EXPLANATION = Workflow(
    name="explanation",
    label=Words("Yêu cầu giải trình", "Explanation asked for"),
    facts=ExplanationFacts,
    initial=ASKED,
    states=(
        State(ASKED, Words("Chờ giải trình", "Awaiting the explanation"), "amber", open=True),
        State(ANSWERED, Words("Đã giải trình", "Explained"), "green", end=True),
        State(UNANSWERED, Words("Không giải trình đúng hạn", "Not explained in time"), "amber", end=True),
        State(WITHDRAWN, Words("Đã rút yêu cầu", "Request withdrawn"), "grey", end=True),
    ),
    transitions=(
        # A late answer is taken, too: the report tells that it was late.
        Transition(
            "answer", (ASKED, UNANSWERED), ANSWERED,
            (*permit(Role.LEAD_HEAD), Permit(Role.LEAD_STAFF, "staff_may_report", UNIT_LETS)),
            Words("Gửi giải trình", "Send the explanation"), Words("đã gửi giải trình", "explained"),
            needs=(Need("explanation", "long_text", Words("Nội dung giải trình", "Explanation"), help=Words(
                "Nêu nguyên nhân, việc đã làm và ngày dự kiến xong. Báo cáo tháng trích nguyên văn.",
                "Say why, what was done and when it will be finished. The monthly report quotes this word for word.",
            )),),
            guards=(_TASK_STANDS, _ASKED_OF_LEAD),
            effects=(then.STAMP_EXPLAINED, then.TELL_ASKER),
            tone="green", duty=frozenset({Role.LEAD_HEAD, Role.LEAD_STAFF}),
        ),
        Transition(
            "expire", (ASKED,), UNANSWERED, permit(Role.SYSTEM),
            Words("Hết hạn giải trình", "Let the day pass"),
            Words("không giải trình đúng hạn", "did not explain in time"),
            guards=(_TASK_STANDS, _DAY_OVER), effects=(then.TELL_ASKER, then.TELL_LEAD),
            tone="amber",
        ),
        _WITHDRAW,
        # A task withdrawn takes the request with it.
        replace(_WITHDRAW, who=permit(Role.SYSTEM), guards=()),
    ),
)  # fmt: skip
"""The table of an explanation, from being asked for (see ASK) to its end."""
