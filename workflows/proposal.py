"""The proposal (tờ trình): a unit asks the committee to approve a project, a purchase or a plan.

Over 300 lines: one table, read from the draft to the ruling in one place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from workflows import effects as then
from workflows.kernel import SAME, Facts, Flag, Guard, Need, Role, State, Transition, Words, Workflow, permit
from workflows.needs import OPINION, REASON, REMARK
from workflows.parts import day_in
from workflows.rulings import ruling

DRAFTING = "drafting"
SUBMITTED = "submitted"
SUPPLEMENT_REQUESTED = "supplement_requested"
ON_AGENDA = "on_agenda"
REFERRED = "referred"
APPROVED = "approved"
REJECTED = "rejected"
WITHDRAWN = "withdrawn"

OPEN = frozenset({DRAFTING, SUBMITTED, SUPPLEMENT_REQUESTED, ON_AGENDA, REFERRED})
CLOSED = frozenset({APPROVED, REJECTED, WITHDRAWN})
EDITABLE = frozenset({DRAFTING, SUPPLEMENT_REQUESTED})
"""States in which the unit writes its text."""
RULED = frozenset({APPROVED, REJECTED})
"""States in which the proposal has its answer."""


@dataclass(frozen=True, kw_only=True)
class ProposalFacts(Facts):
    """What the table must know of a proposal; every default is the one that permits least."""

    complete: bool = False
    """Title, necessity and content are written."""
    cost_sourced: bool = False
    """It costs nothing, or says from which source it is paid."""
    sent_before: bool = False
    """It comes back after a supplement was asked for."""
    meetings_ahead: int = 0
    """Meetings of its committee onto whose agenda it may still be put."""


_COMPLETE = Guard(
    "complete",
    lambda facts, _given, _today: facts.complete,
    Words(
        "Tờ trình còn thiếu tên, sự cần thiết hoặc nội dung đề nghị. Hãy sửa tờ trình và nhập đủ rồi trình.",
        "Title, necessity or content is missing. Edit the proposal and complete it, then submit.",
    ),
)
_COST_SOURCED = Guard(
    "cost_sourced",
    lambda facts, _given, _today: facts.cost_sourced,
    Words(
        "Tờ trình có kinh phí nhưng chưa ghi nguồn. Hãy sửa tờ trình và nhập nguồn kinh phí.",
        "The proposal costs money but names no source. Edit it and enter the source of money.",
    ),
)
_MEETING_AHEAD = Guard(
    "meeting_ahead",
    lambda facts, _given, _today: facts.meetings_ahead > 0,
    Words(
        "Ban chưa có cuộc họp nào sắp tới. Hãy lập cuộc họp rồi đưa tờ trình vào chương trình.",
        "The committee has no meeting ahead. Plan one, then put the proposal on its agenda.",
    ),
)
_TASK_DATED = Guard(
    "task_dated",
    lambda _facts, given, _today: bool(given.get("task")) == bool(given.get("task_due")),
    Words(
        "Nhiệm vụ kèm theo cần cả nội dung và thời hạn. Hãy nhập đủ hai mục, hoặc để trống cả hai.",
        "The task needs both its words and a due date. Enter both, or leave both empty.",
    ),
    field="task_due",
)
_TASK_AHEAD = Guard(
    "task_ahead",
    lambda _facts, given, today: not given.get("task_due") or day_in(given, "task_due") >= today,
    Words(
        "Thời hạn của nhiệm vụ đã qua. Hãy chọn từ hôm nay trở đi.",
        "The task's due date has gone by. Choose today or later.",
    ),
    field="task_due",
)
_ANSWERED_BY_NOW = Guard(
    "answered_by_now",
    lambda _facts, given, today: day_in(given, "answered_on") <= today,
    Words(
        "Ngày của văn bản cấp trên không được sau hôm nay. Hãy kiểm tra lại.",
        "The day of the higher body's document cannot be after today. Check it.",
    ),
    field="answered_on",
)
OUTSIDE_MEETING = Flag(
    "outside_meeting",
    lambda facts, _given, _today: facts.state == SUBMITTED,
    Words("Quyết định ngoài cuộc họp", "Ruled on outside a meeting"),
)
_CHANGES = Need(
    "changes",
    "long_text",
    Words("Nội dung đã bổ sung, giải trình", "What was supplemented or explained"),
    only_if="sent_before",
    help=Words(
        "Thư ký và người có thẩm quyền đọc mục này trước tiên.",
        "The secretary and whoever rules read this first.",
    ),
)
_MEETING = Need("meeting", "meeting", Words("Cuộc họp", "Meeting"))
_CONDITIONS = Need(
    "conditions",
    "long_text",
    Words("Điều kiện kèm theo", "Conditions"),
    required=False,
    help=Words(
        "Mỗi điều kiện một dòng. Thư ký đưa được từng điều kiện vào dự thảo thông báo kết luận.",
        "One condition a line. The secretary can put each into the draft notice of conclusions.",
    ),
)
_TASK = Need(
    "task",
    "long_text",
    Words("Nhiệm vụ giao ngay", "Task to be assigned at once"),
    required=False,
    help=Words(
        "Giao cho đơn vị trình, trừ khi chọn đơn vị khác bên dưới. Thư ký giao thêm được sau.",
        "For the unit that proposes, unless another is chosen below. The secretary can assign more later.",
    ),
)
_TASK_DUE = Need("task_due", "date", Words("Thời hạn của nhiệm vụ", "Due date of the task"), required=False)
_TASK_UNIT = Need("task_unit", "unit", Words("Đơn vị chủ trì nhiệm vụ", "Lead unit of the task"), required=False)
_HIGHER_BODY = Need("referred_to", "text", Words("Cấp trên xem xét", "Higher body"))
_ANSWER = (
    Need(
        "answer_symbol",
        "text",
        Words("Số, ký hiệu văn bản của cấp trên", "Number and symbol of the higher body's document"),
    ),
    Need("answered_on", "date", Words("Ngày văn bản", "Day of the document")),
    Need(
        "answer_copy",
        "files",
        Words("Văn bản của cấp trên", "The higher body's document"),
        required=False,
    ),
)
_OUTCOME = (_CONDITIONS, _TASK, _TASK_DUE, _TASK_UNIT)
_TASK_GUARDS = (_TASK_DATED, _TASK_AHEAD)
_HEAD = permit(Role.LEAD_HEAD)
_OWED_HEAD = frozenset({Role.LEAD_HEAD})
_SECRETARY = permit(Role.SECRETARY)
_HERS = frozenset({Role.SECRETARY})
_BOARD = permit(Role.CHAIR, Role.DEPUTY)
_OWED = frozenset({Role.CHAIR, Role.DEPUTY})


def _ruled(row: Transition) -> tuple[Transition, ...]:
    """Give the rows of a ruling: owed when the committee has the proposal before it, open already before that.

    A chair may rule on what was submitted without waiting for a meeting; nobody owes that, and it is noted.
    """
    early = replace(row, sources=(SUBMITTED,), duty=frozenset(), flags=(OUTSIDE_MEETING,))
    return *ruling(replace(row, sources=(ON_AGENDA,), duty=_OWED)), *ruling(early)


PROPOSAL = Workflow(
    name="proposal",
    label=Words("Tờ trình", "Proposal"),
    facts=ProposalFacts,
    initial=DRAFTING,
    states=(
        State(DRAFTING, Words("Đang soạn", "Drafting"), "grey", open=True),
        State(SUBMITTED, Words("Chờ thẩm tra", "Awaiting review"), "blue", open=True),
        State(SUPPLEMENT_REQUESTED, Words("Yêu cầu bổ sung", "Supplement requested"), "amber", open=True),
        State(ON_AGENDA, Words("Đã đưa vào chương trình họp", "On an agenda"), "violet", open=True),
        State(REFERRED, Words("Đã trình cấp trên", "Referred upwards"), "violet", open=True),
        State(APPROVED, Words("Đã phê duyệt", "Approved"), "green", end=True),
        State(REJECTED, Words("Không phê duyệt", "Rejected"), "grey", end=True),
        State(WITHDRAWN, Words("Đã rút", "Withdrawn"), "grey", end=True),
    ),
    transitions=(
        Transition(
            "submit", (DRAFTING, SUPPLEMENT_REQUESTED), SUBMITTED, _HEAD,
            Words("Trình", "Submit"), Words("đã trình", "submitted it"),
            needs=(_CHANGES,), guards=(_COMPLETE, _COST_SOURCED),
            effects=(then.KEEP_SUBMISSION, then.TELL_SECRETARY),
            confirm=Words(
                "Nội dung được khóa lại thành một lần trình và gửi đến thư ký của ban.",
                "The text is kept as one submission and goes to the committee's secretary.",
            ),
            tone="violet", duty=_OWED_HEAD, key="t",
        ),
        Transition(
            "check", (SUBMITTED, ON_AGENDA), SAME, _SECRETARY,
            Words("Ghi ý kiến thẩm tra", "Review"), Words("đã ghi ý kiến thẩm tra", "reviewed it"),
            needs=(OPINION,), tone="violet", key="i",
        ),
        Transition(
            "ask", (SUBMITTED, ON_AGENDA), SUPPLEMENT_REQUESTED, _SECRETARY,
            Words("Yêu cầu bổ sung", "Ask for a supplement"), Words("đã yêu cầu bổ sung", "asked for a supplement"),
            needs=(REASON,), effects=(then.LEAVE_AGENDA, then.TELL_PROPOSER),
            tone="amber", duty=_HERS, key="b",
        ),
        # Also from one agenda to another: a meeting is postponed or cancelled, the proposal need not go back first.
        Transition(
            "put_on", (SUBMITTED, ON_AGENDA), ON_AGENDA, _SECRETARY,
            Words("Đưa vào chương trình họp", "Put on an agenda"),
            Words("đã đưa vào chương trình họp", "put it on an agenda"),
            needs=(_MEETING,), guards=(_MEETING_AHEAD,),
            effects=(then.LEAVE_AGENDA, then.PUT_ON_AGENDA, then.TELL_PROPOSER),
            tone="violet", duty=_HERS, key="h",
        ),
        Transition(
            "take_off", (ON_AGENDA,), SUBMITTED, _SECRETARY,
            Words("Rút khỏi chương trình họp", "Take off the agenda"),
            Words("đã rút khỏi chương trình họp", "took it off the agenda"),
            needs=(REASON,), effects=(then.LEAVE_AGENDA, then.TELL_PROPOSER),
            tone="grey", key="u",
        ),
        *_ruled(Transition(
            "approve", (), APPROVED, _BOARD,
            Words("Phê duyệt", "Approve"), Words("đã phê duyệt", "approved it"),
            needs=_OUTCOME, guards=_TASK_GUARDS,
            effects=(then.STAMP_RULING, then.ASSIGN_PROPOSED, then.TELL_PROPOSER, then.TELL_SECRETARY),
            tone="green", key="p",
        )),
        *_ruled(Transition(
            "reject", (), REJECTED, _BOARD,
            Words("Không phê duyệt", "Reject"), Words("không phê duyệt", "rejected it"),
            needs=(REASON,), effects=(then.STAMP_RULING, then.TELL_PROPOSER, then.TELL_SECRETARY),
            tone="amber", key="n",
        )),
        *_ruled(Transition(
            "refer", (), REFERRED, _BOARD,
            Words("Trình cấp trên", "Refer upwards"), Words("đã chuyển trình cấp trên", "referred it upwards"),
            needs=(_HIGHER_BODY, REMARK), effects=(then.TELL_PROPOSER, then.TELL_SECRETARY),
            tone="violet", key="c",
        )),
        # The higher body has ruled: what is recorded is its document, so nobody is barred and no second ruling is made.
        Transition(
            "record_approval", (REFERRED,), APPROVED, permit(Role.CHAIR, Role.DEPUTY, Role.SECRETARY),
            Words("Ghi cấp trên phê duyệt", "Record the approval from above"),
            Words("đã ghi cấp trên phê duyệt", "recorded the approval from above"),
            needs=(*_ANSWER, *_OUTCOME), guards=(_ANSWERED_BY_NOW, *_TASK_GUARDS),
            effects=(then.KEEP_HIGHER_ANSWER, then.STAMP_RULING, then.ASSIGN_PROPOSED, then.TELL_PROPOSER,
                     then.TELL_SECRETARY),
            tone="green", duty=_HERS, key="p",
        ),
        Transition(
            "record_rejection", (REFERRED,), REJECTED, permit(Role.CHAIR, Role.DEPUTY, Role.SECRETARY),
            Words("Ghi cấp trên không phê duyệt", "Record the rejection from above"),
            Words("đã ghi cấp trên không phê duyệt", "recorded the rejection from above"),
            needs=(*_ANSWER, REASON), guards=(_ANSWERED_BY_NOW,),
            effects=(then.KEEP_HIGHER_ANSWER, then.STAMP_RULING, then.TELL_PROPOSER, then.TELL_SECRETARY),
            tone="amber", duty=_HERS, key="n",
        ),
        Transition(
            "ask_back", (REFERRED,), SUPPLEMENT_REQUESTED, _SECRETARY,
            Words("Cấp trên yêu cầu bổ sung", "A supplement is asked for from above"),
            Words("đã ghi cấp trên yêu cầu bổ sung", "recorded that a supplement is asked for from above"),
            needs=(REASON,), effects=(then.TELL_PROPOSER,),
            tone="amber", key="b",
        ),
        Transition(
            "withdraw", (SUBMITTED, ON_AGENDA, SUPPLEMENT_REQUESTED), WITHDRAWN, _HEAD,
            Words("Rút tờ trình", "Withdraw"), Words("đã rút tờ trình", "withdrew it"),
            needs=(REASON,), effects=(then.LEAVE_AGENDA, then.TELL_SECRETARY),
            confirm=Words("Tờ trình không được xem xét nữa; muốn trình lại phải lập tờ trình mới.",
                          "The proposal is not considered any more; to ask again, write a new one."),
            tone="grey", key="l",
        ),
        # Whoever wrote a draft may throw it away; what was submitted is the head's.
        Transition(
            "drop", (DRAFTING,), WITHDRAWN, permit(Role.LEAD_HEAD, Role.AUTHOR),
            Words("Bỏ dự thảo", "Drop the draft"), Words("đã bỏ dự thảo", "dropped the draft"),
            confirm=Words("Dự thảo không trình được nữa.", "The draft can no longer be submitted."),
        ),
    ),
)  # fmt: skip
"""The proposal's table."""
