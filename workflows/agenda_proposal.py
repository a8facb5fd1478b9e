"""What a unit proposes for the agenda of a meeting: the secretary takes it or declines it with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows import effects as then
from workflows import meeting
from workflows.births import may_begin
from workflows.kernel import (
    SAME,
    Accepted,
    Facts,
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
from workflows.needs import REASON, REMARK

if TYPE_CHECKING:
    from datetime import date

    from workflows.meeting import MeetingFacts

PROPOSED = "proposed"
TAKEN = "taken"
DECLINED = "declined"
WITHDRAWN = "withdrawn"

OPEN = frozenset({PROPOSED})
CLOSED = frozenset({TAKEN, DECLINED, WITHDRAWN})


@dataclass(frozen=True, kw_only=True)
class AgendaProposalFacts(Facts):
    """What the table must know of such a proposal: whether its meeting is over, and whether a later one is planned."""

    meeting_open: bool = False
    next_planned: bool = False
    """The committee has planned a meeting behind the one for which it was proposed."""


_PROPOSALS_OPEN = Guard(
    "proposals_open",
    lambda facts, _given, today: facts.proposals_until is None or today <= facts.proposals_until,
    Words(
        "Đã hết hạn đề nghị nội dung cho cuộc họp này. Hãy liên hệ thư ký, hoặc đề nghị cho phiên sau.",
        "The last day for proposing items for this meeting has passed. Ask the secretary, or propose for the next one.",
    ),
)
_MEETING_OPEN = Guard(
    "meeting_open",
    lambda facts, _given, _today: facts.meeting_open,
    Words(
        "Cuộc họp đã kết thúc hoặc đã hủy nên không đưa thêm nội dung được. "
        "Hãy trả lời đơn vị kèm lý do, ví dụ đề nghị chuyển sang phiên sau.",
        "The meeting is over or cancelled, so nothing can be added. Decline with a reason, such as the next meeting.",
    ),
)
_NEXT_PLANNED = Guard(
    "next_planned",
    lambda facts, _given, _today: facts.next_planned,
    Words(
        "Chưa lập phiên sau của ban. Hãy lập cuộc họp sau trước, hoặc trả lời đơn vị kèm lý do.",
        "No later meeting of the committee is planned. Plan it first, or decline with a reason.",
    ),
)
_PLACE_COUNTS = Guard(
    "place_counts",
    lambda _facts, given, _today: given.get("position") is None or str(given["position"]) != "0",
    Words("Vị trí được đếm từ 1. Hãy sửa lại, hoặc để trống.", "Places count from 1. Correct it, or leave it empty."),
    field="position",
)

PROPOSE = Transition(
    "propose", (meeting.PLANNED, meeting.CONVENED, meeting.POSTPONED), PROPOSED,
    permit(Role.LEAD_HEAD, Role.LEAD_STAFF, Role.MEMBER, Role.DEPUTY),
    Words("Đề nghị đưa nội dung vào họp", "Propose an agenda item"),
    Words("đã đề nghị đưa nội dung vào họp", "proposed an agenda item"),
    guards=(_PROPOSALS_OPEN,), effects=(then.TELL_SECRETARY,),
    tone="violet",
)  # fmt: skip
"""The birth of such a proposal: a move on the meeting's facts that leaves the meeting as it is."""


def may_propose(facts: MeetingFacts, today: date, roles: frozenset[Role]) -> Accepted | Refused:
    """Say whether somebody may propose an item for the agenda of a meeting today."""
    return may_begin(PROPOSE, meeting.MEETING, facts, None, today, roles)


AGENDA_PROPOSAL = Workflow(
    name="agenda_proposal",
    label=Words("Đề nghị đưa nội dung vào họp", "Proposed agenda item"),
    facts=AgendaProposalFacts,
    initial=PROPOSED,
    states=(
        State(PROPOSED, Words("Chờ thư ký", "Waits for the secretary"), "violet", open=True),
        State(TAKEN, Words("Đã đưa vào chương trình", "On the agenda"), "green", end=True),
        State(DECLINED, Words("Không đưa vào", "Declined"), "amber", end=True),
        State(WITHDRAWN, Words("Đã rút", "Withdrawn"), "grey", end=True),
    ),
    transitions=(
        Transition(
            "take", (PROPOSED,), TAKEN, permit(Role.SECRETARY),
            Words("Đưa vào chương trình", "Put on the agenda"),
            Words("đã đưa đề nghị vào chương trình họp", "put the proposed item on the agenda"),
            needs=(
                Need("position", "number", Words("Vị trí trong chương trình", "Place on the agenda"), required=False,
                     help=Words("Để trống: xếp cuối chương trình. Mục 1 luôn là tình hình thực hiện kết luận trước.",
                                "Empty: at the end. Item 1 is always the status of earlier conclusions.")),
                REMARK,
            ),
            guards=(_MEETING_OPEN, _PLACE_COUNTS),
            effects=(then.TAKE_ON_AGENDA, then.TELL_PROPOSING_UNIT),
            tone="green", duty=frozenset({Role.SECRETARY}), key="n",
        ),
        Transition(
            "put_off", (PROPOSED,), SAME, permit(Role.SECRETARY),
            Words("Chuyển sang phiên sau", "Put off to the next meeting"),
            Words("đã chuyển đề nghị sang phiên sau", "put the proposed item off to the next meeting"),
            needs=(REMARK,), guards=(_NEXT_PLANNED,),
            effects=(then.MOVE_TO_NEXT_MEETING, then.TELL_PROPOSING_UNIT),
            tone="grey", key="p",
        ),
        Transition(
            "decline", (PROPOSED,), DECLINED, permit(Role.SECRETARY),
            Words("Không đưa vào", "Decline"),
            Words("đã trả lời không đưa đề nghị vào họp", "declined the proposed item"),
            needs=(REASON,), effects=(then.TELL_PROPOSING_UNIT,),
            tone="amber", key="l",
        ),
        Transition(
            "withdraw", (PROPOSED,), WITHDRAWN, permit(Role.AUTHOR, Role.LEAD_HEAD),
            Words("Rút đề nghị", "Withdraw"),
            Words("đã rút đề nghị đưa nội dung vào họp", "withdrew the proposed item"),
            effects=(then.TELL_SECRETARY,),
            tone="grey", key="u",
        ),
    ),
)  # fmt: skip
"""The table of a proposed agenda item, from the proposal (see PROPOSE) to its answer."""
