"""The conclusion notice: drafted, signed, numbered and issued; from then on its text never changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workflows import effects as then
from workflows.kernel import SAME, Facts, Flag, Guard, Need, Permit, Role, State, Transition, Words, Workflow, permit
from workflows.needs import COPY_NEEDS, ISSUED_ON, NUMBER, REASON, REMARK
from workflows.papers import ISSUED_BY_NOW, UNCHANGED_TEXT

if TYPE_CHECKING:
    from datetime import date

DRAFTING = "drafting"
SUBMITTED = "submitted"
SIGNED = "signed"
ISSUED = "issued"
SUPERSEDED = "superseded"
DROPPED = "dropped"

OPEN = frozenset({DRAFTING, SUBMITTED, SIGNED})
CLOSED = frozenset({ISSUED, SUPERSEDED, DROPPED})
OFFICIAL = frozenset({ISSUED, SUPERSEDED})
"""States in which the notice has its number and its text is locked."""


@dataclass(frozen=True, kw_only=True)
class NoticeFacts(Facts):
    """What the table must know of a notice; every default is the one that permits least."""

    clause_count: int = 0
    unsettled_clauses: int = 1
    """Conclusions without a task, without an open task they continue, and not marked "no task arises"."""
    unreviewed_clauses: int = 1
    """Conclusions as the reader proposed them, which nobody has looked at and accepted yet."""
    incomplete_tasks: int = 0
    """Draft tasks without lead unit, or with neither due date nor a reason for none."""
    unsettled_replaced: int = 0
    """Open tasks of what this notice replaces, not yet marked keep, amend or withdraw."""
    replaced_reported: int = 0
    """Tasks of what this notice replaces that wait for confirmation."""
    doubled_clauses: int = 0
    """Conclusions that would give a new task beside a task of what is replaced that is kept under them."""
    has_signer: bool = False
    fresh: bool = False
    """It is yet to be signed and issued."""
    historic: bool = False
    """It was signed, numbered and issued on paper before it was entered here."""
    undated: bool = True
    """Nobody has typed yet on which day it was issued."""
    text_matches: bool = False
    """The text is still the one whose digest was signed."""
    external_number: bool = False
    """The number comes from the agency's clerk, not from the committee's own series."""
    number_used: bool = False
    issue_by: date | None = None
    """Last day of the 5 working days from the end of the meeting (see deadlines.notice_due)."""
    live_clauses: int = 0


_HAS_CLAUSES = Guard(
    "has_clauses",
    lambda facts, _given, _today: facts.clause_count > 0,
    Words(
        "Thông báo chưa có kết luận. Hãy nhập ít nhất một kết luận.",
        "The notice is empty. Enter at least one conclusion.",
    ),
)
_CLAUSES_SETTLED = Guard(
    "clauses_settled",
    lambda facts, _given, _today: facts.unsettled_clauses == 0,
    Words(
        "Còn kết luận chưa rõ nhiệm vụ. Với mỗi kết luận: thêm nhiệm vụ, chọn nhiệm vụ được tiếp tục, hoặc chọn"
        " “Không phát sinh nhiệm vụ”.",
        "Some conclusions are not settled. For each: add a task, choose the open task it continues, or say"
        " “no task arises”.",
    ),
)
_ALL_REVIEWED = Guard(
    "all_reviewed",
    lambda facts, _given, _today: facts.unreviewed_clauses == 0,
    Words(
        "Còn kết luận chưa rà soát. Hãy mở từng kết luận chưa rà soát, xem lại nội dung, đơn vị, thời hạn rồi bấm"
        " “Lưu, sang mục kế”.",
        "Some conclusions were not looked at. Open each of them, check its words, unit and date, and press"
        " “Save and next”.",
    ),
)
_TASKS_COMPLETE = Guard(
    "tasks_complete",
    lambda facts, _given, _today: facts.incomplete_tasks == 0,
    Words(
        "Còn nhiệm vụ thiếu đơn vị chủ trì hoặc thời hạn. Hãy bổ sung, hoặc chọn “Không có hạn” và nêu lý do.",
        "Some tasks lack a lead unit or a due date. Add them, or say “no due date” and why.",
    ),
)
_REPLACED_SETTLED = Guard(
    "replaced_settled",
    lambda facts, _given, _today: facts.unsettled_replaced == 0,
    Words(
        "Còn nhiệm vụ của thông báo bị thay thế chưa xử lý. Với mỗi nhiệm vụ: chọn giữ, điều chỉnh hoặc thu hồi.",
        "Some tasks of what is replaced are not settled. For each: keep, amend or withdraw it.",
    ),
)
_NOT_DOUBLED = Guard(
    "not_doubled",
    lambda facts, _given, _today: facts.doubled_clauses == 0,
    Words(
        "Có kết luận vừa giao nhiệm vụ mới, vừa giữ nhiệm vụ của thông báo bị thay thế: cùng một việc sẽ thành hai"
        " nhiệm vụ. Hãy mở kết luận đó, chọn “Tiếp tục một nhiệm vụ đang mở”, hoặc gắn nhiệm vụ cũ với kết luận khác.",
        "A clause gives a new task and also keeps one of what is replaced: the same work would stand there twice. Open"
        " the clause and say that it continues the open task, or put the old task under another clause.",
    ),
)
_REPLACED_RULED = Guard(
    "replaced_ruled",
    lambda facts, _given, _today: facts.replaced_reported == 0,
    Words(
        "Còn nhiệm vụ của thông báo bị thay thế đang chờ xác nhận. Hãy xin Trưởng ban quyết định trước.",
        "A task of what is replaced awaits confirmation. Ask the chair to rule on it first.",
    ),
)
_HAS_SIGNER = Guard(
    "has_signer",
    lambda facts, _given, _today: facts.has_signer,
    Words("Chưa chọn người ký. Hãy chọn người ký.", "There is no signer yet. Choose one."),
)
_NO_NUMBER = Guard(
    "no_number",
    lambda facts, _given, _today: not facts.number_used,
    Words("Thông báo đã có số nên không bỏ ký được. Hãy ban hành thông báo thay thế.",
          "The notice has its number, so it cannot be unsigned. Issue one that supersedes it."),
)  # fmt: skip
_NOTHING_LIVES = Guard(
    "nothing_lives",
    lambda facts, _given, _today: facts.live_clauses == 0,
    Words("Còn kết luận đang có hiệu lực.", "Some of its conclusions are still in force."),
)
_LATE = Flag(
    "late_notice",
    lambda facts, _given, today: facts.issue_by is not None and today > facts.issue_by,
    Words(
        "Ban hành chậm (quá 05 ngày làm việc sau cuộc họp)",
        "Issued late (over 5 working days after the meeting)",
    ),
)
_BOARD = permit(Role.CHAIR, Role.DEPUTY)
_OWED = frozenset({Role.CHAIR, Role.DEPUTY})
_SECRETARY = permit(Role.SECRETARY)
_FRESH = (Permit(Role.SECRETARY, "fresh", Words("đối với thông báo mới", "for a new notice")),)
_OLD = (Permit(Role.SECRETARY, "historic", Words("đối với thông báo cũ đã ban hành", "for an old notice")),)
_COMPLETE = (
    _HAS_CLAUSES, _CLAUSES_SETTLED, _TASKS_COMPLETE, _ALL_REVIEWED, _REPLACED_SETTLED, _NOT_DOUBLED, _REPLACED_RULED,
    _HAS_SIGNER,
)  # fmt: skip
_OLD_NUMBER = replace(
    NUMBER,
    label=Words("Số, ký hiệu ghi trên văn bản", "Number and symbol on the paper"),
    help=Words("Ví dụ: 05/TB-BCĐ hoặc 467-TB/QU.", "For example: 05/TB-BCĐ or 467-TB/QU."),
    only_if=None,
)
_OLD_DAY = Need(
    "issued_on", "date", Words("Ngày ban hành ghi trên văn bản", "Day of issue on the paper"), only_if="undated"
)

NOTICE = Workflow(
    name="notice",
    label=Words("Thông báo kết luận", "Conclusion notice"),
    facts=NoticeFacts,
    initial=DRAFTING,
    states=(
        State(DRAFTING, Words("Đang dự thảo", "Drafting"), "grey", open=True),
        State(SUBMITTED, Words("Chờ ký", "Awaiting signature"), "violet", open=True),
        State(SIGNED, Words("Đã ký, chờ ban hành", "Signed, to be issued"), "blue", open=True),
        State(ISSUED, Words("Đã ban hành", "Issued"), "green", end=True),
        State(SUPERSEDED, Words("Đã được thay thế", "Superseded"), "grey", end=True),
        State(DROPPED, Words("Đã hủy dự thảo", "Dropped"), "grey", end=True),
    ),
    transitions=(
        Transition(
            "submit", (DRAFTING,), SUBMITTED, _FRESH,
            Words("Trình ký", "Submit for signature"), Words("đã trình ký", "submitted it for signature"),
            guards=_COMPLETE, effects=(then.TELL_RULERS,),
            tone="violet", duty=frozenset({Role.SECRETARY}), key="t",
        ),
        # It was signed and issued by those who held the offices then: nobody of today signs it again, and nobody is
        # told of the paper itself.
        Transition(
            "enter", (DRAFTING,), ISSUED, _OLD,
            Words("Ghi vào sổ", "Enter in the register"), Words("đã ghi vào sổ thông báo cũ", "entered the old notice"),
            needs=(_OLD_NUMBER, _OLD_DAY),
            guards=(*_COMPLETE, ISSUED_BY_NOW),
            effects=(then.SEAL_TEXT, then.TAKE_NUMBER, then.LOCK_TEXT, then.ISSUE_CONCLUSIONS, then.SETTLE_REPLACED,
                     then.ASSIGN_TASKS),
            confirm=Words(
                "Thông báo được ghi với số, ngày trên văn bản và khóa. Nhiệm vụ còn dở được giao ngay cho các đơn vị;"
                " nhiệm vụ đã ghi hoàn thành thì vào thẳng lịch sử, không ai nhận tin.",
                "The notice is kept with the number and day of the paper and locked. Tasks still open go to the units"
                " at once; those entered as done go into the history and nobody is told.",
            ),
            tone="green", duty=frozenset({Role.SECRETARY}), key="b",
        ),
        Transition(
            "take_back", (SUBMITTED,), DRAFTING, _SECRETARY,
            Words("Rút về sửa", "Take back"), Words("đã rút về sửa", "took it back"),
            tone="grey", key="u",
        ),
        # A task of what is replaced may have been reported while the draft lay with the chair.
        Transition(
            "sign", (SUBMITTED,), SIGNED, _BOARD,
            Words("Ký", "Sign"), Words("đã ký", "signed it"),
            needs=(REMARK,), guards=(_REPLACED_RULED,), effects=(then.SEAL_TEXT, then.TELL_SECRETARY),
            tone="green", duty=_OWED, key="n",
        ),
        Transition(
            "return", (SUBMITTED,), DRAFTING, _BOARD,
            Words("Trả lại để sửa", "Return"), Words("đã trả lại để sửa", "returned it"),
            needs=(REASON,), effects=(then.TELL_SECRETARY,),
            tone="amber", duty=_OWED, key="l",
        ),
        Transition(
            "unsign", (SIGNED,), DRAFTING, permit(Role.CHAIR, Role.DEPUTY, Role.SECRETARY),
            Words("Bỏ ký để sửa", "Unsign"), Words("đã bỏ ký", "unsigned it"),
            needs=(REASON,), guards=(_NO_NUMBER,), effects=(then.UNSEAL_TEXT, then.TELL_RULERS, then.TELL_SECRETARY),
            confirm=Words(
                "Chữ ký bị bỏ; thông báo phải trình ký lại.",
                "The signature is void; it must be submitted again.",
            ),
            tone="amber",
        ),
        Transition(
            "issue", (SIGNED,), ISSUED, _SECRETARY,
            Words("Ban hành", "Issue"), Words("đã ban hành", "issued it"),
            needs=(NUMBER, ISSUED_ON),
            guards=(UNCHANGED_TEXT, _REPLACED_RULED, ISSUED_BY_NOW),
            flags=(_LATE,),
            effects=(then.TAKE_NUMBER, then.LOCK_TEXT, then.ISSUE_CONCLUSIONS, then.SETTLE_REPLACED,
                     then.ASSIGN_TASKS, then.TELL_RECIPIENTS),
            confirm=Words(
                "Thông báo được cấp số và khóa; nhiệm vụ được giao ngay cho các đơn vị, nơi nhận được báo.",
                "The notice takes its number and is locked; its tasks go to the units at once, recipients are told.",
            ),
            tone="green", duty=frozenset({Role.SECRETARY}), key="b",
        ),
        Transition(
            "attach_copy", (ISSUED, SUPERSEDED), SAME, _SECRETARY,
            Words("Đính kèm bản ký", "Attach the signed copy"),
            Words("đã đính kèm bản ký", "attached the signed copy"),
            needs=COPY_NEEDS, effects=(then.KEEP_OFFICIAL_COPY,),
            tone="blue", key="i",
        ),
        Transition(
            "supersede", (ISSUED,), SUPERSEDED, permit(Role.SYSTEM),
            Words("Thay thế", "Supersede"), Words("đã được thay thế", "was superseded"),
            guards=(_NOTHING_LIVES,), effects=(then.TELL_RECIPIENTS,),
        ),
        Transition(
            "drop", (DRAFTING,), DROPPED, _SECRETARY,
            Words("Hủy dự thảo", "Drop the draft"), Words("đã hủy dự thảo", "dropped the draft"),
            effects=(then.DROP_CONCLUSIONS,),
            confirm=Words("Dự thảo, các kết luận và nhiệm vụ nháp trong đó bị hủy.",
                          "The draft goes, and with it its conclusions and draft tasks."),
        ),
    ),
)  # fmt: skip
"""The notice's table."""
