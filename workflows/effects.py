"""What follows from a move, by name; the application registers one handler for each.

Over 300 lines: each name stands with its words in both languages, in one list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

# A task's clocks and dates.
START_ACCEPTANCE = "start_acceptance"
STAMP_ACCEPTED = "stamp_accepted"
SET_DUE = "set_due"
OPEN_PAUSE = "open_pause"
SHIFT_DUE = "shift_due"

# Who has a task, and from which clause.
CHANGE_LEAD = "change_lead"
CHANGE_OWNER = "change_owner"
ARRANGE_TASK = "arrange_task"
SET_TITLE = "set_title"
SET_EVIDENCE = "set_evidence"
SET_TARGET = "set_target"
MOVE_CLAUSE = "move_clause"

# What a unit reports.
NOTE_PROGRESS = "note_progress"
OPEN_REPORT = "open_report"
MARK_ACCEPTED_REPORT = "mark_accepted_report"
MARK_RETURNED_REPORT = "mark_returned_report"
MARK_RECALLED_REPORT = "mark_recalled_report"
COUNT_RETURN = "count_return"
RECORD_DONE = "record_done"

# Work shared out: parts of coordinating units, sub-tasks, explanations.
ASK_PART = "ask_part"
DROP_ASKED = "drop_asked"
STAMP_DELIVERED = "stamp_delivered"
MARK_UNDELIVERED = "mark_undelivered"
CHANGE_DOER = "change_doer"
CLOSE_SUB_TASKS = "close_sub_tasks"
CLOSE_EXPLANATIONS = "close_explanations"
STAMP_EXPLAINED = "stamp_explained"

# Rulings.
OPEN_CARD = "open_card"
CLOSE_CARD = "close_card"
LAPSE_CARD = "lapse_card"
LAPSE_EXTENSION = "lapse_extension"
MARK_SELF_RULED = "mark_self_ruled"

# Proposals.
KEEP_SUBMISSION = "keep_submission"
PUT_ON_AGENDA = "put_on_agenda"
LEAVE_AGENDA = "leave_agenda"
STAMP_RULING = "stamp_ruling"
ASSIGN_PROPOSED = "assign_proposed"
KEEP_HIGHER_ANSWER = "keep_higher_answer"

# Agenda and minutes.
TAKE_ON_AGENDA = "take_on_agenda"
MOVE_TO_NEXT_MEETING = "move_to_next_meeting"
KEEP_VERSION = "keep_version"
KEEP_CONFIRMATION = "keep_confirmation"
DROP_CONFIRMATION = "drop_confirmation"

# Meetings and papers.
STAMP_HELD = "stamp_held"
KEEP_ANSWER = "keep_answer"
SEAL_TEXT = "seal_text"
UNSEAL_TEXT = "unseal_text"
LOCK_TEXT = "lock_text"
TAKE_NUMBER = "take_number"
KEEP_OFFICIAL_COPY = "keep_official_copy"
ISSUE_CONCLUSIONS = "issue_conclusions"
ASSIGN_TASKS = "assign_tasks"
SETTLE_REPLACED = "settle_replaced"
DROP_CONCLUSIONS = "drop_conclusions"
DROP_TASKS = "drop_tasks"
COMPUTE_FIGURES = "compute_figures"
QUOTE_CAUSES = "quote_causes"
FREEZE_FIGURES = "freeze_figures"

# Whom to tell.
TELL_LEAD = "tell_lead"
TELL_OLD_LEAD = "tell_old_lead"
TELL_COORDINATORS = "tell_coordinators"
TELL_OWNERS = "tell_owners"
TELL_PART_UNIT = "tell_part_unit"
TELL_DOER = "tell_doer"
TELL_GIVER = "tell_giver"
TELL_ASKER = "tell_asker"
TELL_CONFIRMER = "tell_confirmer"
TELL_RULERS = "tell_rulers"
TELL_SECRETARY = "tell_secretary"
TELL_PROPOSER = "tell_proposer"
TELL_PRESIDER = "tell_presider"
TELL_PROPOSING_UNIT = "tell_proposing_unit"
TELL_INVITEES = "tell_invitees"
TELL_DEPUTY = "tell_deputy"
TELL_CALL = "tell_call"
TELL_CALLED_OFF = "tell_called_off"
TELL_RECIPIENTS = "tell_recipients"

EFFECTS: Mapping[str, Words] = {
    START_ACCEPTANCE: Words(
        "Ghi ngày giao cho đơn vị chủ trì, bắt đầu tính thời gian tiếp nhận; lần tiếp nhận cũ hết hiệu lực",
        "Note the day the lead unit got the task, start its acceptance clock; an earlier acceptance ends",
    ),
    STAMP_ACCEPTED: Words(
        "Ghi ngày tiếp nhận và người phụ trách", "Note the day of acceptance and the person in charge"
    ),
    SET_DUE: Words(
        "Đặt thời hạn mới; nếu nhiệm vụ chưa từng có hạn thì đây là hạn ban đầu",
        "Set the new due date; on a task that never had one it becomes the original due date",
    ),
    OPEN_PAUSE: Words(
        "Ghi ngày bắt đầu tạm dừng và ngày dự kiến tiếp tục", "Note the first day of the pause and its end"
    ),
    SHIFT_DUE: Words(
        "Kết thúc tạm dừng: cộng vào thời hạn số ngày làm việc đã tạm dừng",
        "End the pause: add the working days paused to the due date",
    ),
    CHANGE_LEAD: Words(
        "Chuyển đơn vị chủ trì, giữ lịch sử của đơn vị cũ",
        "Change the lead unit and keep the history of the old one",
    ),
    CHANGE_OWNER: Words(
        "Chuyển người phụ trách; nhật ký giữ tên người cũ",
        "Change the person in charge; the log keeps the name of the one before",
    ),
    ARRANGE_TASK: Words("Lưu đơn vị phối hợp và mức ưu tiên", "Save coordinating units and priority"),
    SET_TITLE: Words(
        "Đổi tên nhiệm vụ; nội dung theo văn bản giao giữ nguyên, nhật ký giữ tên cũ",
        "Change the title; the words of the source stay, the log keeps the title before",
    ),
    SET_EVIDENCE: Words(
        "Đổi yêu cầu minh chứng; nhật ký giữ yêu cầu cũ",
        "Change the evidence asked for; the log keeps what was asked before",
    ),
    SET_TARGET: Words(
        "Đặt chỉ tiêu và đơn vị tính; nhật ký giữ chỉ tiêu cũ",
        "Set the target and what it is counted in; the log keeps the target before",
    ),
    MOVE_CLAUSE: Words("Gắn nhiệm vụ với kết luận mới", "Attach the task to the new clause"),
    NOTE_PROGRESS: Words(
        "Ghi nhật ký tiến độ, số liệu và minh chứng", "Keep the progress entry, its measure and evidence"
    ),
    OPEN_REPORT: Words("Lập báo cáo hoàn thành với ngày gửi là hôm nay", "File the completion report as sent today"),
    MARK_ACCEPTED_REPORT: Words("Ghi nhận báo cáo được chấp nhận", "Mark the report as accepted"),
    MARK_RETURNED_REPORT: Words(
        "Ghi báo cáo là đã trả lại: coi như chưa gửi, vẫn lưu lịch sử",
        "Mark the report as returned: as if never sent, kept in the history",
    ),
    MARK_RECALLED_REPORT: Words(
        "Ghi báo cáo là đã rút: coi như chưa gửi, vẫn lưu lịch sử",
        "Mark the report as recalled: as if never sent, kept in the history",
    ),
    COUNT_RETURN: Words("Tăng số lần yêu cầu làm lại thêm một", "Add one to the number of times sent back"),
    RECORD_DONE: Words(
        "Ghi ngày hoàn thành và kết quả theo hồ sơ cũ (căn cứ: nhập lại lịch sử)",
        "Note the day of completion and the result by the old records (basis: history entered)",
    ),
    ASK_PART: Words(
        "Ghi nội dung và thời hạn của phần phối hợp, bắt đầu tính thời gian của đơn vị phối hợp",
        "Note what is asked and by when, and start the coordinating unit's clock",
    ),
    DROP_ASKED: Words(
        "Bỏ thời hạn, chỉ tiêu đã nêu và dừng tính thời gian của đơn vị phối hợp; nhật ký giữ lại",
        "Drop the due date and target that were asked and stop the coordinating unit's clock; the log keeps them",
    ),
    STAMP_DELIVERED: Words(
        "Ghi ngày gửi kết quả, người gửi và minh chứng", "Note the day of sending, who sent it and the evidence"
    ),
    MARK_UNDELIVERED: Words(
        "Coi kết quả như chưa gửi; nhật ký vẫn lưu", "Treat the result as never sent; the log keeps it"
    ),
    CHANGE_DOER: Words("Ghi người làm và thời hạn mới", "Note who does it now and by when"),
    CLOSE_SUB_TASKS: Words("Thu hồi các việc thành phần chưa xong", "Withdraw the sub-tasks that are still open"),
    CLOSE_EXPLANATIONS: Words(
        "Rút yêu cầu giải trình đang chờ, nếu có", "Withdraw a pending request for an explanation, if any"
    ),
    STAMP_EXPLAINED: Words(
        "Ghi lời giải trình và ngày trả lời; báo cáo tháng trích dẫn nguyên văn",
        "Keep the explanation and its day; the monthly report quotes it",
    ),
    OPEN_CARD: Words(
        "Đưa đề xuất vào danh sách chờ Trưởng ban cho ý kiến",
        "Put the proposal on the chair's list of rulings",
    ),
    CLOSE_CARD: Words("Ghi nhận đề xuất đã được trả lời", "Take the proposal off the chair's list: it is answered"),
    LAPSE_CARD: Words(
        "Đề xuất đang chờ (nếu có) khép lại cùng nhiệm vụ; nhật ký giữ nguyên văn",
        "A pending proposal, if any, is closed with the task; the log keeps its words",
    ),
    LAPSE_EXTENSION: Words(
        "Đề nghị gia hạn đang chờ (nếu có) hết hiệu lực", "A pending extension request, if any, lapses"
    ),
    MARK_SELF_RULED: Words(
        "Ghi “tự xác nhận” vào nhật ký và báo cáo", "Mark the ruling as self-confirmed in log and report"
    ),
    KEEP_SUBMISSION: Words(
        "Lưu nguyên nội dung của lần trình này; ghi ngày trình và người trình",
        "Keep the text of this submission as it is, with its day and who submitted it",
    ),
    PUT_ON_AGENDA: Words("Thêm một nội dung vào chương trình họp", "Add an item to the meeting's agenda"),
    LEAVE_AGENDA: Words(
        "Bỏ nội dung khỏi chương trình của cuộc họp chưa diễn ra (cuộc họp đã diễn ra thì giữ lại để tra cứu)",
        "Take the item off the agenda of a meeting that lies ahead (of one gone by it stays as history)",
    ),
    STAMP_RULING: Words(
        "Ghi ngày quyết định, người quyết định, lý do hoặc điều kiện",
        "Note the day of the ruling, who ruled, and the reason or the conditions",
    ),
    ASSIGN_PROPOSED: Words(
        "Giao nhiệm vụ kèm theo (nếu có), nguồn giao là tờ trình",
        "Assign the task that comes of it, if any, with the proposal as its source",
    ),
    KEEP_HIGHER_ANSWER: Words("Lưu văn bản trả lời của cấp trên", "Keep the higher body's document"),
    TAKE_ON_AGENDA: Words(
        "Thêm nội dung đề nghị vào chương trình họp, kèm người trình bày, thời lượng và tài liệu",
        "Put the proposed item on the agenda with its presenter, minutes and papers",
    ),
    MOVE_TO_NEXT_MEETING: Words(
        "Chuyển đề nghị, kèm tài liệu, sang phiên sau của ban",
        "Let the proposed item and its papers wait for the committee's next meeting",
    ),
    KEEP_VERSION: Words(
        "Lưu nguyên văn bản trình lần này thành một bản có số thứ tự và mã kiểm tra",
        "Keep the text as submitted as a numbered version with its digest",
    ),
    KEEP_CONFIRMATION: Words(
        "Ghi cuộc họp đã thông qua biên bản, kết quả và nội dung đính chính; lời biên bản giữ nguyên",
        "Note the meeting that confirmed the minutes, how, and the correction; their text stays",
    ),
    DROP_CONFIRMATION: Words(
        "Bỏ kết quả thông qua đã ghi; nhật ký giữ lại kết quả cũ và lý do",
        "Take back how it was confirmed; the log keeps what was recorded, and why it went",
    ),
    STAMP_HELD: Words(
        "Ghi ngày kết thúc cuộc họp và bắt đầu tính 05 ngày làm việc ra thông báo kết luận",
        "Note the day the meeting ended and start the 5 working days for its notice",
    ),
    KEEP_ANSWER: Words(
        "Ghi câu trả lời, lý do vắng hoặc người dự thay", "Keep the answer, the reason or the deputy's name"
    ),
    SEAL_TEXT: Words("Lưu mã kiểm tra của văn bản được ký", "Keep the digest of the text that was signed"),
    UNSEAL_TEXT: Words("Bỏ mã kiểm tra của văn bản đã ký", "Drop the digest of the signed text"),
    LOCK_TEXT: Words("Khóa văn bản, từ nay không sửa được", "Lock the text: it can no longer be changed"),
    TAKE_NUMBER: Words("Lấy số và ghi ngày ban hành", "Take the next number and note the day of issue"),
    KEEP_OFFICIAL_COPY: Words(
        "Lưu bản ký làm bản chính, kèm nơi gửi qua và ngày gửi",
        "Keep the signed copy as the official one, with how and when it was sent",
    ),
    ISSUE_CONCLUSIONS: Words("Ban hành các kết luận của thông báo", "Issue the conclusions of the notice"),
    ASSIGN_TASKS: Words(
        "Giao các nhiệm vụ của thông báo; cập nhật nhiệm vụ được tiếp tục",
        "Assign the tasks of the notice and update the tasks it continues",
    ),
    SETTLE_REPLACED: Words(
        "Xử lý nhiệm vụ của kết luận bị thay thế (giữ, điều chỉnh, thu hồi), rồi thay thế kết luận đó",
        "Settle the tasks of what is replaced: keep, amend or withdraw; then supersede those conclusions",
    ),
    DROP_CONCLUSIONS: Words("Hủy các dự thảo kết luận của thông báo", "Drop the drafted conclusions of the notice"),
    DROP_TASKS: Words("Hủy các dự thảo nhiệm vụ của kết luận", "Drop the draft tasks of the conclusion"),
    COMPUTE_FIGURES: Words(
        "Tính số liệu của kỳ tại 24 giờ ngày chốt", "Compute the period's figures as at 24:00 of its last day"
    ),
    QUOTE_CAUSES: Words(
        "Lời giải trình của đơn vị được in cạnh nguyên nhân ở cột 14",
        "The units' own explanations are printed beside the causes in column 14",
    ),
    FREEZE_FIGURES: Words(
        "Chốt số liệu, định nghĩa và danh sách đứng sau từng con số",
        "Freeze the figures, their definitions and the list behind each number",
    ),
    TELL_LEAD: Words("Báo cho đơn vị chủ trì", "Tell the lead unit"),
    TELL_OLD_LEAD: Words("Báo cho đơn vị chủ trì cũ", "Tell the former lead unit"),
    TELL_COORDINATORS: Words("Báo cho các đơn vị phối hợp", "Tell the coordinating units"),
    TELL_OWNERS: Words("Báo cho người phụ trách cũ và mới", "Tell the old and the new person in charge"),
    TELL_PART_UNIT: Words("Báo cho đơn vị phối hợp này", "Tell this coordinating unit"),
    TELL_DOER: Words("Báo cho người được giao", "Tell who was given it"),
    TELL_GIVER: Words("Báo cho người giao và người phụ trách", "Tell who gave it and the person in charge"),
    TELL_ASKER: Words("Báo cho người yêu cầu và thư ký", "Tell who asked and the secretary"),
    TELL_CONFIRMER: Words("Báo cho người xác nhận", "Tell the person who confirms"),
    TELL_RULERS: Words("Báo cho người có thẩm quyền quyết định", "Tell the person who rules"),
    TELL_SECRETARY: Words("Báo cho thư ký", "Tell the secretary"),
    TELL_PROPOSER: Words("Báo cho đơn vị trình", "Tell the unit that proposes"),
    TELL_PRESIDER: Words("Báo cho người chủ trì cuộc họp", "Tell the presider of the meeting"),
    TELL_PROPOSING_UNIT: Words("Báo cho đơn vị và người đề nghị", "Tell the unit and the person who proposed it"),
    TELL_INVITEES: Words("Báo cho thành phần dự họp", "Tell those invited to the meeting"),
    TELL_CALL: Words(
        "Gửi giấy mời kèm lịch hẹn và liên kết trả lời đến từng người được mời; mời lần mới thì hỏi lại",
        "Send each person invited the invitation with a calendar entry and a link to answer; a new call asks again",
    ),
    TELL_CALLED_OFF: Words(
        "Báo từng người được mời, rút lịch hẹn và liên kết trả lời",
        "Tell each person invited, withdraw the calendar entry and the link to answer",
    ),
    TELL_DEPUTY: Words("Gửi giấy mời cho người dự thay", "Send the invitation to the deputy"),
    TELL_RECIPIENTS: Words("Gửi đến các nơi nhận", "Send to the recipients"),
}
"""Every effect and what it does (the table test compares the keys with what the tables use)."""
