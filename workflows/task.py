"""The task: one lead unit, one due date, from the notice that gives it to the ruling that closes it."""
# Over 300 lines: one table, read from top to bottom.

from __future__ import annotations

from dataclasses import replace

from workflows import effects as then
from workflows import task_rules as rule
from workflows.kernel import (
    BACK,
    SAME,
    Need,
    Permit,
    Role,
    State,
    Transition,
    Words,
    Workflow,
    permit,
)
from workflows.needs import EVIDENCE, LEAD_UNIT, LINKS, NEW_DUE, OPINION, REASON, REMARK
from workflows.rulings import ruling
from workflows.task_rules import TaskFacts

__all__ = [
    "ASSIGNED", "AWAITS_RULING", "AWAITS_UNIT", "CLOSED", "COMPLETED", "CONTESTED", "DRAFT", "DROPPED",
    "ENTER_DONE", "IN_PROGRESS", "OPEN", "PAUSED", "REPORTED", "TASK", "UNDO_ENTRY", "WITHDRAWN", "TaskFacts",
]  # fmt: skip

DRAFT = "draft"
ASSIGNED = "assigned"
CONTESTED = "contested"
IN_PROGRESS = "in_progress"
REPORTED = "reported"
PAUSED = "paused"
COMPLETED = "completed"
WITHDRAWN = "withdrawn"
DROPPED = "dropped"

OPEN = frozenset({ASSIGNED, CONTESTED, IN_PROGRESS, REPORTED, PAUSED})
CLOSED = frozenset({COMPLETED, WITHDRAWN, DROPPED})
AWAITS_UNIT = frozenset({ASSIGNED, IN_PROGRESS})
AWAITS_RULING = frozenset({CONTESTED, REPORTED})

ENTER_DONE = "enter_done"
"""The move by which an old task is entered as done: the ledger of standings knows it since that day."""

UNDO_ENTRY = "undo_entry"
"""The move by which a task entered by mistake is taken out again: the ledger of standings forgets it."""

_OPEN = (ASSIGNED, CONTESTED, IN_PROGRESS, REPORTED, PAUSED)
_UNREPORTED = (ASSIGNED, CONTESTED, IN_PROGRESS)
_RULERS = permit(Role.CHAIR, Role.DEPUTY)


def _reassign(sources: tuple[str, ...], *leaving: str, duty: frozenset[Role] = frozenset()) -> tuple[Transition, ...]:
    return ruling(
        Transition(
            "reassign", sources, ASSIGNED, permit(Role.CHAIR, Role.DEPUTY, Role.SECRETARY),
            Words("Chuyển đơn vị chủ trì", "Reassign"), Words("đã chuyển đơn vị chủ trì", "reassigned"),
            needs=(LEAD_UNIT, REASON), guards=(rule.OTHER_LEAD,),
            effects=(*leaving, then.LAPSE_EXTENSION, then.CLOSE_SUB_TASKS, then.CLOSE_EXPLANATIONS, then.CHANGE_LEAD,
                     then.START_ACCEPTANCE, then.TELL_LEAD, then.TELL_OLD_LEAD, then.TELL_COORDINATORS),
            tone="violet", duty=duty, key="q",
            confirm=Words(
                "Nhiệm vụ chuyển sang đơn vị mới và chờ tiếp nhận lại; đề nghị gia hạn đang chờ hết hiệu lực, yêu cầu"
                " giải trình đang chờ được rút, báo cáo đang chờ được ghi là trả lại. Thời hạn giữ nguyên.",
                "The task goes to the new unit, which must accept it; a pending extension lapses, a pending request"
                " for an explanation is withdrawn, and a pending report is kept as returned. The due date stays.",
            ),
        )
    )  # fmt: skip


def _withdraw(sources: tuple[str, ...], *leaving: str) -> tuple[Transition, ...]:
    by_person = Transition(
        "withdraw", sources, WITHDRAWN, _RULERS,
        Words("Thu hồi", "Withdraw"), Words("đã thu hồi", "withdrew"),
        needs=(REASON,),
        effects=(*leaving, then.LAPSE_EXTENSION, then.LAPSE_CARD, then.CLOSE_SUB_TASKS, then.CLOSE_EXPLANATIONS,
                 then.TELL_LEAD, then.TELL_COORDINATORS),
        tone="grey",
        confirm=Words(
            "Nhiệm vụ bị thu hồi: đơn vị không phải thực hiện nữa, không còn được nhắc; nhiệm vụ được tính"
            " ở cột “Thu hồi, hủy”.",
            "The task is withdrawn: the unit need not do it and is no longer reminded; it counts in the"
            " column “Withdrawn”.",
        ),
    )  # fmt: skip
    by_system = Transition(
        by_person.event, sources, WITHDRAWN, permit(Role.SYSTEM), by_person.label, by_person.past,
        needs=(rule.CLAUSE,), effects=by_person.effects, tone=by_person.tone,
    )  # fmt: skip
    return (*ruling(by_person), by_system)


def _follow_unit() -> tuple[Transition, Transition]:
    accepted = Transition(
        "follow_unit", (CONTESTED, IN_PROGRESS, REPORTED, PAUSED), SAME, permit(Role.SYSTEM),
        Words("Chuyển theo đơn vị kế thừa", "Follow the unit"),
        Words("đã chuyển theo đơn vị kế thừa", "followed its unit"),
        needs=(LEAD_UNIT, REASON), guards=(rule.OTHER_LEAD,),
        effects=(then.CHANGE_LEAD,),
    )  # fmt: skip
    waiting = replace(accepted, sources=(ASSIGNED,), target=ASSIGNED, effects=(then.CHANGE_LEAD, then.START_ACCEPTANCE))
    return waiting, accepted


def _enter_done() -> tuple[Transition, Transition]:
    """Give the row for a task entered with its notice, and the one for a task already given to its unit.

    It rules on nothing: it copies what the archive says, so nobody is barred; the log names who entered it.
    """
    with_notice = Transition(
        ENTER_DONE, (DRAFT,), COMPLETED, (Permit(Role.SECRETARY, "historic", rule.OLD_PAPER),),
        Words("Ghi đã hoàn thành từ trước", "Enter as done before"),
        Words("đã ghi nhận hoàn thành từ trước", "entered it as done before"),
        needs=(
            Need("done_on", "date", Words("Đã hoàn thành ngày", "Completed on")),
            Need("result", "long_text", Words("Kết quả", "Result")),
        ),
        guards=(rule.DONE_AFTER_GIVEN, rule.DONE_BEFORE_ENTERED),
        effects=(then.RECORD_DONE, then.LAPSE_EXTENSION),
        confirm=Words(
            "Nhiệm vụ được ghi là hoàn thành vào ngày đó, căn cứ hồ sơ cũ; số liệu các tháng đã ký không thay đổi.",
            "The task counts as completed on that day, by the old records; the figures of signed months stay.",
        ),
        tone="green",
    )  # fmt: skip
    told = (
        *with_notice.effects, then.LAPSE_CARD, then.CLOSE_SUB_TASKS, then.TELL_LEAD, then.TELL_COORDINATORS,
    )  # fmt: skip
    return with_notice, replace(with_notice, sources=(ASSIGNED,), effects=told)


_SETTLES = frozenset({Role.CHAIR, Role.DEPUTY, Role.SECRETARY})
_CONFIRMS = _SETTLES

TASK = Workflow(
    name="task",
    label=Words("Nhiệm vụ", "Task"),
    facts=TaskFacts,
    initial=DRAFT,
    states=(
        State(DRAFT, Words("Nháp", "Draft"), "grey"),
        State(ASSIGNED, Words("Chờ tiếp nhận", "Awaiting acceptance"), "grey", open=True),
        State(CONTESTED, Words("Chờ xử lý trả lại", "Return under review"), "violet", open=True),
        State(IN_PROGRESS, Words("Đang thực hiện", "In progress"), "blue", open=True),
        State(REPORTED, Words("Chờ xác nhận", "Awaiting confirmation"), "violet", open=True),
        State(PAUSED, Words("Tạm dừng", "Paused"), "grey", open=True),
        State(COMPLETED, Words("Hoàn thành", "Completed"), "green", end=True),
        State(WITHDRAWN, Words("Đã thu hồi", "Withdrawn"), "grey", end=True),
        State(DROPPED, Words("Đã hủy bản nháp", "Draft dropped"), "grey", end=True),
    ),
    transitions=(
        Transition(
            "assign", (DRAFT,), ASSIGNED,
            (*permit(Role.SYSTEM), Permit(Role.CHAIR, "from_directive", rule.DIRECTIVE),
             Permit(Role.SECRETARY, "from_directive", rule.DIRECTIVE)),
            Words("Giao việc", "Assign"), Words("đã giao", "assigned"),
            guards=(rule.HAS_LEAD, rule.DUE_SETTLED, rule.HAS_SOURCE),
            effects=(then.START_ACCEPTANCE, then.TELL_LEAD, then.TELL_COORDINATORS),
            tone="blue", key="g",
        ),
        # SYSTEM too: a dropped notice takes its drafts with it.
        Transition(
            "drop", (DRAFT,), DROPPED, permit(Role.SECRETARY, Role.SYSTEM),
            Words("Hủy bản nháp", "Drop draft"), Words("đã hủy bản nháp", "dropped the draft"),
            confirm=Words(
                "Bản nháp bị hủy và không thể giao nữa.",
                "The draft is dropped and can no longer be assigned.",
            ),
        ),
        *_enter_done(),
        # Only together with the list it came with, and only while nobody has touched it: the service sees to that.
        Transition(
            UNDO_ENTRY, (ASSIGNED, COMPLETED), DROPPED, permit(Role.SYSTEM),
            Words("Hoàn tác việc nhập", "Undo the entry"), Words("đã hoàn tác việc nhập", "undid the entry"),
            needs=(REASON,), effects=(then.MARK_RETURNED_REPORT,),
        ),
        Transition(
            "accept", (ASSIGNED,), IN_PROGRESS, (*permit(Role.LEAD_HEAD), rule.STAFF_ACCEPT),
            Words("Tiếp nhận", "Accept"), Words("đã tiếp nhận", "accepted"),
            needs=(Need("person", "person", Words("Người phụ trách", "Person in charge"), required=False),),
            effects=(then.STAMP_ACCEPTED,),
            tone="blue", duty=frozenset({Role.LEAD_HEAD, Role.LEAD_STAFF}), key="t",
        ),
        # After acceptance only by exception: the two working days are a flag, not a wall, because a competent
        # unit found late is still better than a task with the wrong one.
        Transition(
            "contest", (ASSIGNED, IN_PROGRESS), CONTESTED, permit(Role.LEAD_HEAD),
            Words("Đề nghị trả lại", "Request return"), Words("đã đề nghị trả lại", "asked to return it"),
            needs=(replace(REASON, help_if="lapse_said"), rule.PROPOSED_UNIT),
            guards=(rule.OTHER_UNIT,), flags=(rule.LATE_CONTEST,),
            effects=(then.LAPSE_EXTENSION, then.TELL_RULERS, then.TELL_SECRETARY),
            tone="violet", key="l",
        ),
        Transition(
            "retract", (CONTESTED,), ASSIGNED, permit(Role.AUTHOR, Role.LEAD_HEAD),
            Words("Rút đề nghị trả lại", "Retract request"),
            Words("đã rút đề nghị trả lại", "retracted the request"),
            effects=(then.START_ACCEPTANCE,),
            tone="grey", key="u",
        ),
        *ruling(Transition(
            "uphold", (CONTESTED,), ASSIGNED, permit(Role.CHAIR, Role.DEPUTY, Role.SECRETARY),
            Words("Giữ nguyên đơn vị chủ trì", "Uphold"),
            Words("đã giữ nguyên đơn vị chủ trì", "upheld the assignment"),
            needs=(REASON,),
            effects=(then.START_ACCEPTANCE, then.TELL_LEAD),
            tone="grey", duty=_SETTLES, key="g",
        )),
        *_reassign((ASSIGNED, IN_PROGRESS)),
        *_reassign((CONTESTED,), duty=_SETTLES),
        *_reassign((REPORTED,), then.MARK_RETURNED_REPORT),
        # Leaving the pause by any door ends it, or the days paused would be lost with the old lead.
        *_reassign((PAUSED,), then.SHIFT_DUE),
        Transition(
            "amend", (ASSIGNED, IN_PROGRESS), SAME, _RULERS,
            Words("Điều chỉnh thời hạn", "Amend due date"),
            Words("đã điều chỉnh thời hạn", "amended the due date"),
            needs=(
                replace(NEW_DUE, help_if="due_in_title"),
                Need("basis", "choice", Words("Căn cứ", "Basis"), choices=(
                    ("clause", Words("Kết luận sau đó", "Later clause")),
                    ("directive", Words("Văn bản chỉ đạo", "Directing document")),
                    ("ruling", Words("Ý kiến chỉ đạo", "Ruling")),
                )),
                Need("basis_text", "text", Words("Nội dung căn cứ", "Which one"), help=Words(
                    "Ví dụ: TB 12, mục II.3; Công văn 45/UBND-VX.",
                    "For example: TB 12, II.3; letter 45/UBND-VX.",
                )),
            ),
            guards=(rule.OTHER_DUE, rule.DUE_AHEAD),
            effects=(then.SET_DUE, then.TELL_LEAD, then.TELL_COORDINATORS),
            tone="blue", key="h",
        ),
        # Apart from amend, since it touches no date, so the secretary may do it without a basis.
        Transition(
            "arrange", (ASSIGNED, IN_PROGRESS), SAME, permit(Role.SECRETARY, Role.CHAIR, Role.DEPUTY),
            Words("Điều chỉnh phối hợp, ưu tiên", "Arrange"),
            Words("đã điều chỉnh phối hợp, ưu tiên", "rearranged it"),
            needs=(
                rule.COORDINATING_UNITS,
                Need("priority", "choice", Words("Mức ưu tiên", "Priority"), choices=(
                    ("normal", Words("Thường", "Normal")),
                    ("high", Words("Cao", "High")),
                    ("urgent", Words("Khẩn", "Urgent")),
                )),
            ),
            effects=(then.ARRANGE_TASK, then.TELL_COORDINATORS),
            tone="blue", key="v",
        ),
        # How a task is called in lists; what was ordered stands in its source and never changes.
        Transition(
            "reword", (ASSIGNED, CONTESTED, IN_PROGRESS, PAUSED), SAME, permit(Role.SECRETARY),
            Words("Sửa tên nhiệm vụ", "Correct the title"), Words("đã sửa tên nhiệm vụ", "corrected the title"),
            needs=(rule.TITLE, REMARK), guards=(rule.TITLE_FITS, rule.OTHER_TITLE),
            effects=(then.SET_TITLE, then.TELL_LEAD),
            confirm=Words(
                "Chỉ tên gọi trong danh sách đổi; nội dung theo văn bản giao giữ nguyên ở trang nhiệm vụ.",
                "Only the title in lists changes; the words of the source stay on the task's page.",
            ),
            tone="blue",
        ),
        # Barred: nobody loosens what his own unit has to show.
        Transition(
            "ask_evidence", (ASSIGNED, IN_PROGRESS), SAME, permit(Role.SECRETARY, Role.CHAIR, Role.DEPUTY),
            Words("Đổi yêu cầu minh chứng", "Change the evidence asked for"),
            Words("đã đổi yêu cầu minh chứng", "changed the evidence asked for"),
            barred=True,
            needs=(rule.EVIDENCE_RULE, REMARK), guards=(rule.OTHER_EVIDENCE,),
            effects=(then.SET_EVIDENCE, then.TELL_LEAD),
            tone="blue",
        ),
        # Barred for the same reason. Not behind a report: that one says how much of the old target was reached.
        Transition(
            "set_target", (ASSIGNED, CONTESTED, IN_PROGRESS, PAUSED), SAME,
            permit(Role.SECRETARY, Role.CHAIR, Role.DEPUTY),
            Words("Giao, đổi chỉ tiêu", "Set the target"), Words("đã giao chỉ tiêu", "set the target"),
            barred=True,
            needs=(rule.TARGET, rule.TARGET_UNIT, rule.TARGET_SURE, REMARK),
            guards=(rule.OTHER_TARGET, rule.TARGET_UNIT_FITS),
            effects=(then.SET_TARGET, then.TELL_LEAD),
            tone="blue",
        ),
        Transition(
            "hand_over", (IN_PROGRESS, REPORTED, PAUSED), SAME, permit(Role.LEAD_HEAD, Role.OWNER),
            Words("Giao người phụ trách", "Hand over"), Words("đã giao người phụ trách", "handed it over"),
            needs=(
                Need("person", "person", Words("Người phụ trách mới", "New person in charge")),
                Need("note", "long_text", Words("Bàn giao gì, còn vướng gì", "What is handed over, what is open"),
                     required=False),
            ),
            guards=(rule.OTHER_PERSON,),
            effects=(then.CHANGE_OWNER, then.TELL_OWNERS),
            tone="blue", key="g",
        ),
        Transition(
            "progress", (IN_PROGRESS,), SAME, permit(Role.LEAD_HEAD, Role.LEAD_STAFF, Role.COORDINATOR),
            Words("Cập nhật tiến độ", "Update progress"),
            Words("đã cập nhật tiến độ", "updated the progress"),
            needs=(
                rule.NOTE,
                Need("measure", "measure", rule.MEASURE, required=False, only_if="has_target", help_if="target_said"),
                rule.MEASURE_SURE,
                EVIDENCE, LINKS,
            ),
            guards=(rule.LINKS_READ,),
            effects=(then.NOTE_PROGRESS,),
            tone="blue", key="c",
        ),
        Transition(
            "propose", _OPEN, SAME, permit(Role.LEAD_HEAD, Role.SECRETARY),
            Words("Đề xuất xin ý kiến", "Propose a ruling"),
            Words("đã đề xuất xin ý kiến", "asked for a ruling"),
            needs=(
                Need("proposal", "long_text", Words("Đề xuất quyết định gì", "Ruling proposed")),
                REASON,
            ),
            effects=(then.OPEN_CARD, then.TELL_RULERS),
            tone="violet", key="p",
        ),
        # A proposal is a ruling asked for: whoever leads the unit does not answer it either.
        *ruling(Transition(
            "answer", _OPEN, SAME, _RULERS,
            Words("Trả lời đề xuất", "Answer the proposal"),
            Words("đã trả lời đề xuất", "answered the proposal"),
            needs=(Need("answer", "long_text", Words("Ý kiến quyết định", "Ruling")),),
            guards=(rule.HAS_CARD,),
            effects=(then.CLOSE_CARD, then.TELL_LEAD, then.TELL_SECRETARY),
            tone="violet", duty=frozenset({Role.CHAIR, Role.DEPUTY}),
        )),
        Transition(
            "report", (IN_PROGRESS,), REPORTED, (*permit(Role.LEAD_HEAD), rule.STAFF_REPORT),
            Words("Báo cáo hoàn thành", "Report completion"),
            Words("đã báo cáo hoàn thành", "reported completion"),
            needs=(
                Need("result", "long_text", Words("Kết quả", "Result")),
                Need("measure", "measure", rule.MEASURE, only_if="has_target", help_if="target_said"),
                rule.MEASURE_SURE,
                replace(EVIDENCE, required_if="evidence_missing", help_if="evidence_asked"), LINKS,
            ),
            guards=(rule.SUBTASKS_CLOSED, *rule.EVIDENCE_FITS), flags=(rule.PARTS_OPEN,),
            effects=(then.OPEN_REPORT, then.TELL_CONFIRMER),
            tone="violet", duty=frozenset({Role.LEAD_HEAD, Role.LEAD_STAFF}), key="b",
        ),
        Transition(
            "recall", (REPORTED,), IN_PROGRESS, permit(Role.AUTHOR, Role.LEAD_HEAD),
            Words("Rút báo cáo", "Recall report"), Words("đã rút báo cáo", "recalled the report"),
            effects=(then.MARK_RECALLED_REPORT,),
            confirm=Words(
                "Báo cáo coi như chưa gửi; thời hạn vẫn tính.",
                "The report counts as never sent; the clock runs on.",
            ),
            tone="blue", key="u",
        ),
        Transition(
            "check", (REPORTED,), SAME, permit(Role.SECRETARY),
            Words("Thẩm tra", "Check"), Words("đã thẩm tra", "checked the report"),
            needs=(OPINION,), effects=(then.TELL_CONFIRMER,),
            tone="violet", key="i",
        ),
        *ruling(Transition(
            "confirm", (REPORTED,), COMPLETED, (*_RULERS, rule.SECRETARY_CONFIRM),
            Words("Xác nhận hoàn thành", "Confirm completion"),
            Words("đã xác nhận hoàn thành", "confirmed completion"),
            needs=(REMARK,), guards=(rule.EXTENSION_RULED,),
            effects=(then.MARK_ACCEPTED_REPORT, then.LAPSE_EXTENSION, then.LAPSE_CARD, then.TELL_LEAD,
                     then.TELL_COORDINATORS),
            tone="green", duty=_CONFIRMS, key="n",
        )),
        # No guard on a pending extension here: sent back, the task is in progress again, where a request
        # is at home.
        *ruling(Transition(
            "send_back", (REPORTED,), IN_PROGRESS, (*_RULERS, rule.SECRETARY_CONFIRM),
            Words("Yêu cầu làm lại", "Send back"), Words("đã yêu cầu làm lại", "sent it back"),
            needs=(REASON,),
            effects=(then.MARK_RETURNED_REPORT, then.COUNT_RETURN, then.TELL_LEAD),
            confirm=Words(
                "Báo cáo coi như chưa gửi; thời hạn vẫn tính.",
                "The report counts as never sent; the clock runs on.",
            ),
            tone="amber", duty=_CONFIRMS, key="l",
        )),
        *ruling(Transition(
            "pause", (ASSIGNED, IN_PROGRESS), PAUSED, _RULERS,
            Words("Tạm dừng", "Pause"), Words("đã tạm dừng", "paused"),
            needs=(REASON, Need("until", "date", Words("Tiếp tục từ ngày", "Goes on from"))),
            guards=(rule.UNTIL_AHEAD,),
            effects=(then.LAPSE_EXTENSION, then.OPEN_PAUSE, then.TELL_LEAD, then.TELL_COORDINATORS),
            confirm=Words(
                "Trong thời gian tạm dừng: không nhắc, không tính quá hạn, không gia hạn; khi tiếp tục,"
                " thời hạn được cộng số ngày làm việc đã tạm dừng.",
                "While paused: no reminder, not overdue, no extension; when it goes on, the working days"
                " paused are added to the due date.",
            ),
            tone="grey", key="m",
        )),
        Transition(
            "resume", (PAUSED,), BACK, _RULERS,
            Words("Tiếp tục thực hiện", "Resume"), Words("đã tiếp tục", "resumed"),
            needs=(REMARK,), effects=(then.SHIFT_DUE, then.TELL_LEAD, then.TELL_COORDINATORS),
            tone="blue", key="m",
        ),
        # By itself only when its day has come; a person may end a pause sooner.
        Transition(
            "resume", (PAUSED,), BACK, permit(Role.SYSTEM),
            Words("Tiếp tục thực hiện", "Resume"), Words("đã tiếp tục", "resumed"),
            guards=(rule.PAUSE_OVER,), effects=(then.SHIFT_DUE, then.TELL_LEAD, then.TELL_COORDINATORS),
            tone="blue", duty=frozenset({Role.SYSTEM}), key="m",
        ),
        *_withdraw(_UNREPORTED),
        *_withdraw((REPORTED,), then.MARK_RETURNED_REPORT),
        *_withdraw((PAUSED,), then.SHIFT_DUE),
        *ruling(Transition(
            "restore", (WITHDRAWN,), ASSIGNED, permit(Role.CHAIR),
            Words("Khôi phục", "Restore"), Words("đã khôi phục", "restored"),
            needs=(REASON,), effects=(then.START_ACCEPTANCE, then.TELL_LEAD, then.TELL_COORDINATORS),
            tone="blue",
        )),
        *ruling(Transition(
            "reopen", (COMPLETED,), IN_PROGRESS, permit(Role.CHAIR),
            Words("Mở lại", "Reopen"), Words("đã mở lại", "reopened"),
            needs=(REASON, replace(NEW_DUE, help_if="due_in_title")), guards=(rule.DUE_AHEAD,),
            effects=(then.MARK_RETURNED_REPORT, then.SET_DUE, then.TELL_LEAD, then.TELL_COORDINATORS),
            confirm=Words(
                "Nhiệm vụ trở lại “Đang thực hiện” với thời hạn mới; số liệu các tháng đã ký không thay đổi.",
                "The task is in progress again with a new due date; the figures of signed months stay.",
            ),
            tone="amber",
        )),
        # The unit's successor takes over what stands open as it stands: also a pending report or extension,
        # which would be lost if this were a reassignment. Nobody is told of each task: the change of the units is told
        # once, with all tasks that come along.
        # What was accepted stays accepted; where the successor has to accept yet, its time begins with the change, or
        # it would be late from its first day on.
        *_follow_unit(),
        # A clause may continue an open task, or a superseding notice keep it; the date it may bring was
        # signed with the notice, so it needs no second ruling and no particular open state.
        Transition(
            "follow_clause", _OPEN, SAME, permit(Role.SYSTEM),
            Words("Gắn với kết luận mới", "Follow the clause"),
            Words("đã gắn với kết luận mới", "attached to a new clause"),
            needs=(rule.CLAUSE, Need("new_due", "date", NEW_DUE.label, required=False)),
            effects=(then.MOVE_CLAUSE, then.SET_DUE, then.TELL_LEAD),
        ),
    ),
)  # fmt: skip
"""The task's table: every lawful move."""
