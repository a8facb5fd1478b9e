"""A coordinating unit's part in a task: asked, delivered, noted or returned, or withdrawn; with a clock of its own.

It comes with the task, so that it has no birth; what is asked and by when may be said later. A unit that is merely
named owes nothing yet: its clock starts, and it is waited for, when something is asked of it or a due date given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from workflows import effects as then
from workflows.deadlines import Standing
from workflows.kernel import Guard, Need, Permit, Role, State, Transition, Words, Workflow, permit
from workflows.needs import EVIDENCE, LINKS, REASON, REMARK
from workflows.parts import day_in
from workflows.shared_out import (
    AFTER_TASK,
    CLOSED_WITH_TASK,
    DUE,
    DUE_NOT_GONE,
    RESULT,
    TASK_LIVES,
    TASK_OPEN,
    SharedFacts,
)
from workflows.task_rules import LINKS_READ, MEASURE, MEASURE_SURE, UNIT_LETS

ASKED = "asked"
DELIVERED = "delivered"
RETURNED = "returned"
NOTED = "noted"
JOINED = "joined"
WITHDRAWN = "withdrawn"

ENDS_JOINED = "join"
"""The move by which a part ends when its unit becomes one with the lead, or with another that helps."""

OPEN = frozenset({ASKED, DELIVERED, RETURNED})
AWAITS_UNIT = frozenset({ASKED, RETURNED})
"""States in which the coordinating unit owes its part."""
ASKED_ANEW = frozenset({NOTED, WITHDRAWN})
"""States in which nothing is asked of the unit, until it is asked anew."""
ENDED = frozenset({JOINED, WITHDRAWN})
"""States in which the part is over although nothing came of it."""


@dataclass(frozen=True, kw_only=True)
class CoordinatingPartFacts(SharedFacts):
    """What the table must know of a part."""

    was_asked: bool = False
    """Something was asked of the unit: work, a due date, a figure, or its result anew."""
    has_target: bool = False
    """Whether this part owes a figure: it has a target, and the task one whose unit of measure it shares."""
    task_has_target: bool = False
    target_said: Words | None = None
    """The target and the last figure, for whoever types the next one."""


STANDINGS = {DELIVERED: Standing.WAITING, NOTED: Standing.COMPLETED, JOINED: Standing.ENDED, WITHDRAWN: Standing.ENDED}
"""What a part's state means for its clock; elsewhere the clock runs."""

_LEAD = (*permit(Role.LEAD_HEAD, Role.OWNER), Permit(Role.LEAD_STAFF, "staff_may_report", UNIT_LETS))

DUE_BEFORE_TASK = Guard(
    "due_before_task",
    lambda facts, given, today: (
        not given.get("due")
        or facts.task_due is None
        or facts.task_due < today
        or day_in(given, "due") <= facts.task_due
    ),
    Words(
        "Hạn của phần phối hợp không được sau thời hạn của nhiệm vụ. Hãy chọn ngày sớm hơn.",
        "A coordinating part cannot be due after its task. Choose an earlier day.",
    ),
    field="due",
)
"""As for a sub-task; a task that is overdue already bounds nothing."""
SOMETHING_ASKED = Guard(
    "something_asked",
    lambda facts, _given, _today: facts.was_asked,
    Words(
        "Đơn vị này chưa được nêu việc nào nên không có gì để rút.",
        "Nothing was asked of this unit, so there is nothing to withdraw.",
    ),
)

_ASK = Transition(
    "ask", (ASKED, RETURNED, NOTED, WITHDRAWN), ASKED, permit(Role.LEAD_HEAD, Role.OWNER, Role.SECRETARY),
    Words("Nêu việc cần phối hợp", "Say what is asked"),
    Words("đã nêu việc cần phối hợp", "said what is asked of the coordinating unit"),
    needs=(
        Need("work", "long_text", Words("Cần phối hợp việc gì", "What is asked")),
        DUE,
        Need("target", "target", Words("Chỉ tiêu của đơn vị (số)", "Target of this unit (number)"),
             required=False, only_if="task_has_target", help=Words(
                 "Cùng đơn vị tính với chỉ tiêu của nhiệm vụ; để trống nếu không giao số liệu.",
                 "In the unit of the task's target; leave empty where no figure is asked for.",
             )),
    ),
    guards=(TASK_OPEN, DUE_NOT_GONE, DUE_BEFORE_TASK), flags=(AFTER_TASK,),
    effects=(then.ASK_PART, then.TELL_PART_UNIT),
    tone="blue",
)  # fmt: skip

COORDINATING_PART = Workflow(
    name="coordinating_part",
    label=Words("Phần phối hợp", "Coordinating part"),
    facts=CoordinatingPartFacts,
    initial=ASKED,
    states=(
        State(ASKED, Words("Chờ đơn vị phối hợp", "Awaiting the coordinating unit"), "blue", open=True),
        State(DELIVERED, Words("Đã gửi, chờ ghi nhận", "Sent, to be noted"), "violet", open=True),
        State(RETURNED, Words("Yêu cầu làm lại", "Sent back"), "amber", open=True),
        State(NOTED, Words("Đã ghi nhận", "Noted"), "green", end=True),
        State(JOINED, Words("Đã khép khi hai đơn vị thành một", "Closed: two units became one"), "grey", end=True),
        State(WITHDRAWN, Words("Đã rút yêu cầu phối hợp", "Request withdrawn"), "grey", end=True),
    ),
    transitions=(
        _ASK,
        # Two helpers become one: whoever was asked nothing any more owes from then on what the other was asked.
        replace(_ASK, sources=(NOTED, WITHDRAWN), who=permit(Role.SYSTEM), guards=(), flags=()),
        # Not behind a result that was sent: that one is noted or sent back.
        Transition(
            "withdraw", (ASKED, RETURNED), WITHDRAWN, permit(Role.LEAD_HEAD, Role.OWNER, Role.SECRETARY),
            Words("Rút yêu cầu phối hợp", "Withdraw what is asked"),
            Words("đã rút yêu cầu phối hợp", "withdrew what was asked of the coordinating unit"),
            needs=(REASON,), guards=(TASK_LIVES, SOMETHING_ASKED),
            effects=(then.DROP_ASKED, then.TELL_PART_UNIT, then.TELL_LEAD),
            tone="grey",
            confirm=Words(
                "Đơn vị phối hợp không phải làm việc này nữa và được báo ngay; thời hạn, chỉ tiêu đã nêu không còn"
                " tính. Có thể nêu lại sau.",
                "The coordinating unit need not do it any more and is told at once; the due date and target no longer"
                " count. It can be asked again later.",
            ),
        ),
        Transition(
            "deliver", (ASKED, RETURNED), DELIVERED, permit(Role.COORDINATOR),
            Words("Gửi kết quả phối hợp", "Send our part"),
            Words("đã gửi kết quả phối hợp", "sent the coordinating part"),
            needs=(
                RESULT,
                Need("measure", "measure", MEASURE, only_if="has_target", help_if="target_said"),
                MEASURE_SURE,
                EVIDENCE, LINKS,
            ),
            guards=(TASK_OPEN, LINKS_READ),
            effects=(then.STAMP_DELIVERED, then.TELL_LEAD),
            tone="violet", duty=frozenset({Role.COORDINATOR}),
        ),
        Transition(
            "recall", (DELIVERED,), ASKED, permit(Role.AUTHOR),
            Words("Rút kết quả phối hợp", "Recall our part"),
            Words("đã rút kết quả phối hợp", "recalled the coordinating part"),
            guards=(TASK_OPEN,), effects=(then.MARK_UNDELIVERED,),
            tone="grey",
        ),
        Transition(
            "note", (DELIVERED,), NOTED, _LEAD,
            Words("Ghi nhận phần phối hợp", "Note the part"),
            Words("đã ghi nhận phần phối hợp", "noted the coordinating part"),
            needs=(REMARK,), guards=(TASK_LIVES,), effects=(then.TELL_PART_UNIT,),
            tone="green", duty=frozenset({Role.LEAD_HEAD, Role.OWNER}),
        ),
        Transition(
            "give_back", (DELIVERED,), RETURNED, _LEAD,
            Words("Yêu cầu làm lại phần phối hợp", "Send the part back"),
            Words("đã yêu cầu làm lại phần phối hợp", "sent the coordinating part back"),
            needs=(REASON,), guards=(TASK_OPEN,),
            effects=(then.MARK_UNDELIVERED, then.COUNT_RETURN, then.TELL_PART_UNIT),
            tone="amber", duty=frozenset({Role.LEAD_HEAD, Role.OWNER}),
        ),
        # Units were merged or abolished: nobody may wait for one that is no more.
        Transition(
            ENDS_JOINED, (ASKED, DELIVERED, RETURNED), JOINED, permit(Role.SYSTEM),
            Words("Khép phần phối hợp", "Close the part"),
            Words("đã khép phần phối hợp vì hai đơn vị thành một", "closed the part: two units became one"),
            needs=(REASON,), effects=(then.MARK_UNDELIVERED,),
        ),
    ),
)  # fmt: skip
"""The table of a coordinating part."""

NOT_ASKED = State(ASKED, Words("Chưa nêu việc cần phối hợp", "Nothing asked yet"), "grey", open=True)
"""How a part stands, to its readers, whose unit is named with the task and was asked nothing yet."""


_CLOSED = State(ASKED, CLOSED_WITH_TASK, "grey", end=True)
_SENT = State(
    DELIVERED, Words("Đã gửi; khép cùng nhiệm vụ", "Sent; closed with the task"), "grey", end=True
)  # fmt: skip
"""The same of a part that was open, or sent and not noted, when its task was over."""


def state_said(state: str, *, asked: bool, lives: bool) -> State:
    """Return a part's state as it is shown.

    `asked`: something was asked of its unit; `lives`: its task is not over.
    """
    if not lives and state in OPEN:
        return _SENT if state == DELIVERED else _CLOSED
    return NOT_ASKED if state == ASKED and not asked else COORDINATING_PART.by_name[state]
