"""The conclusion: one addressable clause of a notice; how far it has come follows from its tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows import effects as then
from workflows import task
from workflows.kernel import Facts, Role, State, Transition, Words, Workflow, permit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workflows.kernel import Tone

DRAFTED = "drafted"
ISSUED = "issued"
SUPERSEDED = "superseded"
DROPPED = "dropped"

OPEN = frozenset({DRAFTED})
CLOSED = frozenset({ISSUED, SUPERSEDED, DROPPED})
OFFICIAL = frozenset({ISSUED, SUPERSEDED})


@dataclass(frozen=True, kw_only=True)
class ConclusionFacts(Facts):
    """A conclusion moves only with its notice, so its state is all there is to know."""


CONCLUSION = Workflow(
    name="conclusion",
    label=Words("Kết luận", "Conclusion"),
    facts=ConclusionFacts,
    initial=DRAFTED,
    states=(
        State(DRAFTED, Words("Dự thảo", "Drafted"), "grey", open=True),
        State(ISSUED, Words("Đã ban hành", "Issued"), "green", end=True),
        State(SUPERSEDED, Words("Đã được thay thế", "Superseded"), "grey", end=True),
        State(DROPPED, Words("Đã bỏ", "Dropped"), "grey", end=True),
    ),
    transitions=(
        Transition(
            "issue", (DRAFTED,), ISSUED, permit(Role.SYSTEM),
            Words("Ban hành", "Issue"), Words("đã ban hành", "issued"),
        ),
        # SYSTEM too: a dropped notice takes its conclusions with it.
        Transition(
            "drop", (DRAFTED,), DROPPED, permit(Role.SECRETARY, Role.SYSTEM),
            Words("Bỏ kết luận", "Drop"), Words("đã bỏ kết luận", "dropped the conclusion"),
            effects=(then.DROP_TASKS,),
            confirm=Words("Kết luận và các nhiệm vụ nháp của nó bị bỏ khỏi thông báo.",
                          "The conclusion and its draft tasks leave the notice."),
        ),
        Transition(
            "supersede", (ISSUED,), SUPERSEDED, permit(Role.SYSTEM),
            Words("Thay thế", "Supersede"), Words("đã được thay thế", "superseded"),
        ),
    ),
)  # fmt: skip
"""The conclusion's table; it closes when issued, the rest is its derived progress."""

NONE_ARISES = "none_arises"
NOT_STARTED = "not_started"
UNDER_WAY = "under_way"
FULFILLED = "fulfilled"
LAPSED = "lapsed"

PROGRESS: Mapping[str, tuple[Words, Tone]] = {
    NONE_ARISES: (Words("Không phát sinh nhiệm vụ", "No task arises"), "grey"),
    NOT_STARTED: (Words("Chưa thực hiện", "Not started"), "grey"),
    UNDER_WAY: (Words("Đang thực hiện", "In progress"), "blue"),
    FULFILLED: (Words("Đã thực hiện xong", "Fulfilled"), "green"),
    LAPSED: (Words("Không còn thực hiện", "Lapsed"), "grey"),
}
"""Words and tone of each derived progress."""

_WAITING = frozenset({task.DRAFT, task.ASSIGNED, task.CONTESTED})


def progress_of(task_states: Iterable[str]) -> str:
    """Derive a conclusion's progress from the states of its tasks; never stored.

    Fulfilled asks for no open task and at least one completed; lapsed means that all were withdrawn.
    """
    states = set(task_states) - {task.DROPPED}
    if not states:
        return NONE_ARISES
    if states <= _WAITING | {task.WITHDRAWN} and states & _WAITING:
        return NOT_STARTED
    if states & (task.OPEN | {task.DRAFT}):
        return UNDER_WAY
    return FULFILLED if task.COMPLETED in states else LAPSED
