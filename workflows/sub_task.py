"""A sub-task inside the lead unit: given to a person or a sub-unit, done, accepted or sent back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workflows import effects as then
from workflows import task
from workflows.births import may_begin
from workflows.deadlines import Standing
from workflows.kernel import SAME, Guard, Need, Role, State, Transition, Words, Workflow, permit
from workflows.needs import EVIDENCE, LINKS, REASON, REMARK
from workflows.shared_out import CLOSED_WITH_TASK, DUE, DUE_NOT_GONE, RESULT, TASK_LIVES, TASK_OPEN, SharedFacts
from workflows.task_rules import LINKS_READ

if TYPE_CHECKING:
    from datetime import date

    from workflows.kernel import Accepted, Given, Refused
    from workflows.task import TaskFacts

GIVEN = "given"
DONE = "done"
RETURNED = "returned"
ACCEPTED = "accepted"
WITHDRAWN = "withdrawn"

OPEN = frozenset({GIVEN, DONE, RETURNED})
AWAITS_DOER = frozenset({GIVEN, RETURNED})


@dataclass(frozen=True, kw_only=True)
class SubTaskFacts(SharedFacts):
    """What the table must know of a sub-task."""


STANDINGS = {DONE: Standing.WAITING, ACCEPTED: Standing.COMPLETED, WITHDRAWN: Standing.ENDED}
"""What a sub-task's state means for its clock; elsewhere the clock runs."""

_GIVERS = permit(Role.LEAD_HEAD, Role.OWNER)
_OWED = frozenset({Role.LEAD_HEAD, Role.OWNER})

OWN_WORK = Words("chính bạn làm việc này", "you do this work yourself")
"""Why somebody is a party to the taking of a sub-task: nobody accepts or withdraws what he does himself."""

PERSON = Need(
    "person", "person", Words("Giao cho người", "Given to a person"), required=False, either=True,
    help=Words(
        "Chọn người hoặc bộ phận trực thuộc ở ô dưới, không chọn cả hai.",
        "Choose a person, or a sub-unit in the field below, not both.",
    ),
)  # fmt: skip
SUB_UNIT = Need(
    "sub_unit", "unit", Words("Hoặc giao cho bộ phận trực thuộc", "Or to a sub-unit"), required=False, either=True,
)  # fmt: skip

ONE_DOER = Guard(
    "one_doer",
    lambda _facts, given, _today: bool(given.get("person")) != bool(given.get("sub_unit")),
    Words(
        "Hãy chọn một người hoặc một bộ phận trực thuộc, không chọn cả hai.",
        "Choose one person or one sub-unit, not both.",
    ),
    field="person",
)
DUE_BEFORE_TASK = Guard(
    "due_before_task",
    lambda facts, given, today: (
        not given.get("due") or facts.due_on is None or facts.due_on < today or given["due"] <= facts.due_on
    ),
    Words(
        "Hạn của việc thành phần không được sau thời hạn của nhiệm vụ. Hãy chọn ngày sớm hơn.",
        "A sub-task cannot be due after its task. Choose an earlier day.",
    ),
    field="due",
)

GIVE = Transition(
    "give", (task.ASSIGNED, task.IN_PROGRESS), GIVEN, _GIVERS,
    Words("Chia việc thành phần", "Give a sub-task"), Words("đã giao việc thành phần", "gave a sub-task"),
    needs=(
        Need("work", "text", Words("Việc cần làm", "What is to be done")),
        PERSON, SUB_UNIT, DUE,
    ),
    guards=(ONE_DOER, DUE_NOT_GONE, DUE_BEFORE_TASK),
    effects=(then.TELL_DOER,),
    tone="blue",
)  # fmt: skip
"""The birth of a sub-task: a move on the task's facts that leaves the task where it is."""


def may_give(
    facts: TaskFacts, given: Given | None, today: date, roles: frozenset[Role] | None = None
) -> Accepted | Refused:
    """Say whether a sub-task may be given (see `may_begin`)."""
    return may_begin(GIVE, task.TASK, facts, given, today, roles)


_CHANGE = Transition(
    "change", (GIVEN, RETURNED), SAME, _GIVERS,
    Words("Đổi người làm, thời hạn", "Change who and when"),
    Words("đã đổi người làm, thời hạn", "changed who does it and by when"),
    barred=True, party=OWN_WORK,
    needs=(PERSON, SUB_UNIT, DUE), guards=(TASK_OPEN, ONE_DOER, DUE_NOT_GONE),
    effects=(then.CHANGE_DOER, then.TELL_DOER),
    tone="blue",
)  # fmt: skip

_WITHDRAW = Transition(
    "withdraw", (GIVEN, RETURNED, DONE), WITHDRAWN, _GIVERS,
    Words("Thu hồi", "Withdraw"), Words("đã thu hồi việc thành phần", "withdrew the sub-task"),
    barred=True, party=OWN_WORK,
    needs=(REMARK,), guards=(TASK_LIVES,), effects=(then.TELL_DOER,),
    tone="grey",
)  # fmt: skip

SUB_TASK = Workflow(
    name="sub_task",
    label=Words("Việc thành phần", "Sub-task"),
    facts=SubTaskFacts,
    initial=GIVEN,
    states=(
        State(GIVEN, Words("Đang làm", "Being done"), "blue", open=True),
        State(DONE, Words("Đã làm xong, chờ nghiệm thu", "Done, to be accepted"), "violet", open=True),
        State(RETURNED, Words("Yêu cầu làm lại", "Sent back"), "amber", open=True),
        State(ACCEPTED, Words("Đã nghiệm thu", "Accepted"), "green", end=True),
        State(WITHDRAWN, Words("Đã thu hồi", "Withdrawn"), "grey", end=True),
    ),
    transitions=(
        Transition(
            "finish", (GIVEN, RETURNED), DONE, permit(Role.DOER),
            Words("Báo đã làm xong", "Say it is done"), Words("đã báo làm xong", "said it is done"),
            needs=(RESULT, EVIDENCE, LINKS), guards=(TASK_OPEN, LINKS_READ),
            effects=(then.STAMP_DELIVERED, then.TELL_GIVER),
            tone="violet", duty=frozenset({Role.DOER}),
        ),
        Transition(
            "recall", (DONE,), GIVEN, permit(Role.DOER),
            Words("Làm tiếp", "Go on with it"), Words("đã làm tiếp", "went on with it"),
            guards=(TASK_OPEN,), effects=(then.MARK_UNDELIVERED,),
            tone="grey",
        ),
        Transition(
            "accept", (DONE,), ACCEPTED, _GIVERS,
            Words("Nghiệm thu", "Accept"), Words("đã nghiệm thu", "accepted it"),
            barred=True, party=OWN_WORK,
            needs=(REMARK,), guards=(TASK_LIVES,), effects=(then.TELL_DOER,),
            tone="green", duty=_OWED,
        ),
        Transition(
            "give_back", (DONE,), RETURNED, _GIVERS,
            Words("Yêu cầu làm lại", "Send back"), Words("đã yêu cầu làm lại", "sent it back"),
            barred=True, party=OWN_WORK,
            needs=(REASON,), guards=(TASK_OPEN,),
            effects=(then.MARK_UNDELIVERED, then.COUNT_RETURN, then.TELL_DOER),
            tone="amber", duty=_OWED,
        ),
        # Nobody moves his own day, unless he set it himself: the second row.
        _CHANGE,
        replace(_CHANGE, who=permit(Role.AUTHOR), barred=False, party=None),
        _WITHDRAW,
        # A task withdrawn, completed or given to another unit takes its sub-tasks with it.
        replace(_WITHDRAW, who=permit(Role.SYSTEM), barred=False, party=None, guards=()),
    ),
)  # fmt: skip
"""The table of a sub-task, from being given (see GIVE) to its end."""


def state_said(state: str, *, lives: bool) -> State:
    """Return a sub-task's state as it is shown; `lives`: its task is not over."""
    found = SUB_TASK.by_name[state]
    return found if lives or state not in OPEN else State(state, CLOSED_WITH_TASK, "grey", end=True)
