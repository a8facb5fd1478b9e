"""What a task must be for its moves: the facts, conditions, guards and shared fields of its table.

Over 300 lines: each rule stands beside those it is weighed against.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows import evidence
from workflows.kernel import Facts, Flag, Guard, Need, Permit, Role, Words
from workflows.parts import day_in

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from workflows.kernel import Given


@dataclass(frozen=True, kw_only=True)
class TaskFacts(Facts):
    """What the table must know of a task; every default is the one that permits least."""

    has_lead: bool = False
    lead_unit: int | None = None
    due_on: date | None = None
    no_due_reason: str = ""
    has_source: bool = False
    from_directive: bool = False
    historic: bool = False
    """It was entered from an old notice."""
    given_on: date | None = None
    """The day from which it stands as assigned."""
    entered_on: date | None = None
    """The day on which it came into the system."""
    accepted_on: date | None = None
    contest_by: date | None = None
    """Last day on which an accepted task may be handed back without a flag (see deadlines.contest_by)."""
    reported_on: date | None = None
    pending_extension: bool = False
    extension_by: date | None = None
    """Last day on which an extension is asked in good time (see deadlines.extension_by)."""
    open_subtasks: int = 0
    open_parts: int = 0
    """Coordinating units whose part is not noted yet."""
    owner: int | None = None
    title: str = ""
    due_in_title: Words | None = None
    """That the title names the due date of now, for whoever moves it."""
    overdue: bool = False
    pending_explanation: bool = False
    evidence_rule: str = evidence.NONE
    evidence_count: int = 0
    """How much is attached already that fulfils the rule."""
    has_target: bool = False
    target: int | Decimal | None = None
    target_unit: str = ""
    target_said: Words | None = None
    """The target and the last figure, for whoever types the next one."""
    has_card: bool = False
    """A proposal of the unit or the secretary waits for an answer."""
    paused_until: date | None = None
    staff_may_accept: bool = False
    staff_may_report: bool = False
    secretary_may_confirm: bool = False

    @property
    def evidence_missing(self) -> bool:
        """Say whether the report must bring a file because none that fulfils the rule is attached yet."""
        return self.evidence_rule in {evidence.FILE, evidence.PHOTO, evidence.SIGNED} and not self.evidence_count

    @property
    def evidence_asked(self) -> Words | None:
        """Say what the report must bring, None where nothing is lacking."""
        return None if self.evidence_count else evidence.ASKED.get(self.evidence_rule)

    @property
    def no_target(self) -> bool:
        """Say whether there is no target that could be taken away."""
        return not self.has_target

    @property
    def may_empty_said(self) -> Words | None:
        """Say how the target is taken away, None where there is none."""
        return TAKEN_AWAY if self.has_target else None

    @property
    def lapse_said(self) -> Words | None:
        """Say that handing the task back ends the open request for an extension, None where there is none."""
        return LAPSES if self.pending_extension else None


UNIT_LETS = Words("khi đơn vị cho phép", "where the unit lets them")
COMMITTEE_LETS = Words("khi Ban Chỉ đạo cho phép", "where the committee lets them")
DIRECTIVE = Words("đối với văn bản chỉ đạo", "for a directing document")

OLD_PAPER = Words("đối với nhiệm vụ nhập từ văn bản cũ", "for a task entered from an old notice")

LAPSES = Words(
    "Đề nghị gia hạn đang chờ sẽ hết hiệu lực cùng với việc trả lại; nếu vẫn giữ nhiệm vụ, đơn vị phải gửi lại.",
    "The pending request for an extension lapses with this; if the unit keeps the task, it has to ask again.",
)
TAKEN_AWAY = Words("Ví dụ: 52. Để trống nếu bỏ chỉ tiêu.", "For example: 52. Leave empty to take the target away.")
STAFF_ACCEPT = Permit(Role.LEAD_STAFF, "staff_may_accept", UNIT_LETS)
STAFF_REPORT = Permit(Role.LEAD_STAFF, "staff_may_report", UNIT_LETS)
SECRETARY_CONFIRM = Permit(Role.SECRETARY, "secretary_may_confirm", COMMITTEE_LETS)

PROPOSED_UNIT = Need("proposed_unit", "unit", Words("Đơn vị đề xuất thay", "Unit proposed instead"), required=False)
COORDINATING_UNITS = Need("coordinating_units", "units", Words("Đơn vị phối hợp", "Coordinating units"), required=False)
NOTE = Need("note", "long_text", Words("Đã làm được gì, vướng gì", "What is done, what is in the way"))
CLAUSE = Need("clause", "text", Words("Kết luận mới", "New clause"))
MEASURE = Words("Số liệu đạt được", "Measure reached")
MEASURE_SURE = Need(
    "measure_sure", "flag", Words("Số liệu đúng như vậy", "The figure is right"), required=False,
    only_if="has_target", when_asked=True,
)  # fmt: skip
"""Answers the question about a figure above the target, or below the last one."""

HAS_LEAD = Guard(
    "has_lead",
    lambda facts, _given, _today: facts.has_lead,
    Words(
        "Chưa có đơn vị chủ trì. Hãy chọn một đơn vị chủ trì.",
        "There is no lead unit yet. Choose one lead unit.",
    ),
)
DUE_SETTLED = Guard(
    "due_settled",
    lambda facts, _given, _today: facts.due_on is not None or bool(facts.no_due_reason.strip()),
    Words(
        "Chưa có thời hạn. Hãy nhập thời hạn, hoặc chọn “Không có hạn” và nêu lý do.",
        "There is no due date yet. Enter one, or say “no due date” and give the reason.",
    ),
)
HAS_SOURCE = Guard(
    "has_source",
    lambda facts, _given, _today: facts.has_source,
    Words(
        "Chưa có nguồn giao. Hãy chọn kết luận hoặc văn bản chỉ đạo mà nhiệm vụ căn cứ vào.",
        "There is no source yet. Choose the conclusion or directing document the task rests on.",
    ),
)
OTHER_LEAD = Guard(
    "other_lead",
    lambda facts, given, _today: given["lead_unit"] != facts.lead_unit,
    Words(
        "Đơn vị này đang chủ trì nhiệm vụ. Hãy chọn một đơn vị khác.",
        "This unit already leads the task. Choose another.",
    ),
    field="lead_unit",
)
OTHER_UNIT = Guard(
    "other_unit",
    lambda facts, given, _today: given.get("proposed_unit") in {None, ""} or given["proposed_unit"] != facts.lead_unit,
    Words(
        "Đơn vị này đang chủ trì nhiệm vụ. Hãy đề xuất một đơn vị khác, hoặc để trống.",
        "This unit already leads the task. Propose another, or leave the field empty.",
    ),
    field="proposed_unit",
)
OTHER_DUE = Guard(
    "other_due",
    lambda facts, given, _today: day_in(given, "new_due") != facts.due_on,
    Words(
        "Thời hạn mới trùng thời hạn hiện tại. Hãy chọn ngày khác.",
        "That is already the due date. Choose another day.",
    ),
    field="new_due",
)
DUE_AHEAD = Guard(
    "due_ahead",
    lambda _facts, given, today: day_in(given, "new_due") >= today,
    Words(
        "Thời hạn mới đã qua. Hãy chọn từ hôm nay trở đi.",
        "The new due date has passed. Choose today or a later day.",
    ),
    field="new_due",
)
SUBTASKS_CLOSED = Guard(
    "subtasks_closed",
    lambda facts, _given, _today: facts.open_subtasks == 0,
    Words(
        "Còn việc thành phần chưa xong. Hãy nghiệm thu hoặc thu hồi các việc đó trước khi báo cáo.",
        "Some sub-tasks are still open. Accept or withdraw them before you report.",
    ),
)
LINKS_READ = Guard(
    "links_read",
    lambda _facts, given, _today: evidence.read_links(given.get("links")) is not None,
    Words(
        "Chưa đọc được liên kết. Mỗi dòng ghi một địa chỉ bắt đầu bằng https:// hoặc http://, sau đó có thể ghi nội"
        " dung.",
        "The links could not be read. Write one a line: an address that begins with https:// or http://; what it shows"
        " may follow.",
    ),
    field="links",
)


def _brings(facts: TaskFacts, given: Given, rule: str) -> bool:
    """Say whether a report fulfils a rule by what is attached or comes with it, or the task has another rule."""
    return facts.evidence_rule != rule or bool(facts.evidence_count) or rule in _kinds_brought(given)


def _kinds_brought(given: Given) -> set[object]:
    kinds = given.get(evidence.BROUGHT)
    something = given.get("evidence") or evidence.read_links(given.get("links"))
    return {*(kinds if isinstance(kinds, list) else ()), *([evidence.ANY] if something else ())}


PHOTO_BROUGHT = Guard(
    "photo_brought",
    lambda facts, given, _today: _brings(facts, given, evidence.PHOTO),
    Words(
        "Nhiệm vụ này phải có ảnh chụp kết quả. Hãy chụp hoặc chọn ít nhất một ảnh (JPG, PNG, WEBP, HEIC).",
        "This task needs a photo of the result. Take or choose at least one (JPG, PNG, WEBP, HEIC).",
    ),
    field="evidence",
)
SIGNED_BROUGHT = Guard(
    "signed_brought",
    lambda facts, given, _today: _brings(facts, given, evidence.SIGNED),
    Words(
        "Nhiệm vụ này phải có văn bản đã ký, dạng PDF. Hãy chọn tệp PDF ký số hoặc bản quét của văn bản đã ký.",
        "This task needs a signed document as PDF. Choose the digitally signed PDF or the scan of the signed paper.",
    ),
    field="evidence",
)
SOMETHING_BROUGHT = Guard(
    "something_brought",
    lambda facts, given, _today: _brings(facts, given, evidence.ANY),
    Words(
        "Nhiệm vụ này phải có minh chứng. Hãy chọn ít nhất một tệp hoặc ghi một liên kết.",
        "This task needs evidence. Choose at least one file or give a link.",
    ),
    field="evidence",
)
EVIDENCE_FITS = (LINKS_READ, PHOTO_BROUGHT, SIGNED_BROUGHT, SOMETHING_BROUGHT)
EXTENSION_RULED = Guard(
    "extension_ruled",
    lambda facts, _given, _today: not facts.pending_extension,
    Words(
        "Đề nghị gia hạn đang chờ quyết định. Hãy đồng ý hoặc từ chối đề nghị đó trước.",
        "An extension request is pending. Grant or refuse it first.",
    ),
)
UNTIL_AHEAD = Guard(
    "until_ahead",
    lambda _facts, given, today: day_in(given, "until") > today,
    Words(
        "Ngày tiếp tục phải sau hôm nay. Hãy chọn lại.",
        "The pause must end after today. Choose another day.",
    ),
    field="until",
)
PAUSE_OVER = Guard(
    "pause_over",
    lambda facts, _given, today: facts.paused_until is not None and today >= facts.paused_until,
    Words(
        "Chưa đến ngày tiếp tục. Nhiệm vụ tự tiếp tục khi đến ngày.",
        "The pause is not over. The task goes on by itself.",
    ),
)
HAS_CARD = Guard(
    "has_card",
    lambda facts, _given, _today: facts.has_card,
    Words(
        "Không có đề xuất nào đang chờ trả lời.",
        "No proposal waits for an answer.",
    ),
)
DONE_AFTER_GIVEN = Guard(
    "done_after_given",
    lambda facts, given, _today: facts.given_on is not None and day_in(given, "done_on") >= facts.given_on,
    Words(
        "Ngày hoàn thành không được trước ngày giao việc. Hãy xem lại ngày ghi trên văn bản.",
        "It cannot have been done before it was given. Look at the day on the paper again.",
    ),
    field="done_on",
)
DONE_BEFORE_ENTERED = Guard(
    "done_before_entered",
    lambda facts, given, _today: facts.entered_on is not None and day_in(given, "done_on") <= facts.entered_on,
    Words(
        "Chỉ ghi được việc đã xong trước khi văn bản được nhập vào hệ thống. Việc xong sau đó do đơn vị báo cáo.",
        "Only what was done before the paper was entered is recorded so. What was done since, the unit reports.",
    ),
    field="done_on",
)
OTHER_PERSON = Guard(
    "other_person",
    lambda facts, given, _today: given["person"] != facts.owner,
    Words(
        "Người này đang phụ trách nhiệm vụ. Hãy chọn người khác.",
        "This person is already in charge. Choose another.",
    ),
    field="person",
)
LONGEST_TITLE = 300
TITLE = Need("title", "text", Words("Tên nhiệm vụ", "Title"), most=LONGEST_TITLE)
TITLE_FITS = Guard(
    "title_fits",
    lambda _facts, given, _today: len(str(given["title"])) <= LONGEST_TITLE,
    Words(
        "Tên nhiệm vụ dài quá 300 ký tự. Hãy rút gọn; nội dung đầy đủ đã có trong văn bản giao.",
        "The title is longer than 300 characters. Shorten it; the source has all the words.",
    ),
    field="title",
)
OTHER_TITLE = Guard(
    "other_title",
    lambda facts, given, _today: given["title"] != facts.title,
    Words("Tên này trùng tên hiện tại. Hãy sửa rồi gửi lại.", "That is already the title. Change it, then send."),
    field="title",
)
EVIDENCE_RULE = Need(
    "evidence_rule", "choice", Words("Minh chứng khi báo cáo", "Evidence with the report"),
    choices=tuple(evidence.RULES.items()),
)  # fmt: skip
OTHER_EVIDENCE = Guard(
    "other_evidence",
    lambda facts, given, _today: given["evidence_rule"] != facts.evidence_rule,
    Words("Nhiệm vụ đang yêu cầu đúng như vậy. Hãy chọn yêu cầu khác.", "That is asked for already. Choose another."),
    field="evidence_rule",
)
TARGET = Need(
    "target", "target", Words("Chỉ tiêu (số)", "Target (number)"), required=False, required_if="no_target",
    help=Words("Ví dụ: 52.", "For example: 52."), help_if="may_empty_said",
)  # fmt: skip
LONGEST_UNIT = 60
TARGET_UNIT = Need(
    "target_unit", "text", Words("Đơn vị tính", "Counted in"), required=False, most=LONGEST_UNIT,
    help=Words("Ví dụ: máy, km, hồ sơ.", "For example: tablets, km, files."),
)  # fmt: skip
TARGET_SURE = Need(
    "target_sure", "flag", Words("Chỉ tiêu đúng như vậy", "The target is right"), required=False, when_asked=True
)
"""Answers the question about a target below what was reported, or below the shares of coordinating units."""
TARGET_UNIT_FITS = Guard(
    "target_unit_fits",
    lambda _facts, given, _today: len(str(given.get("target_unit") or "")) <= LONGEST_UNIT,
    Words(
        "Đơn vị tính dài quá 60 ký tự. Hãy ghi ngắn gọn, ví dụ: máy, km.",
        "The unit is longer than 60 characters. Keep it short, such as tablets or km.",
    ),
    field="target_unit",
)


def _is_other_target(facts: TaskFacts, given: Given, _today: date) -> bool:
    wanted = given.get("target")
    if wanted in {None, ""}:
        return True
    return (wanted, given.get("target_unit") or "") != (facts.target, facts.target_unit)


OTHER_TARGET = Guard(
    "other_target",
    _is_other_target,
    Words(
        "Chỉ tiêu đang đúng như vậy. Hãy nhập số hoặc đơn vị tính khác.",
        "That is the target already. Type another number or unit.",
    ),
    field="target",
)
PARTS_OPEN = Flag(
    "parts_open",
    lambda facts, _given, _today: facts.open_parts > 0,
    Words("Còn phần phối hợp chưa được ghi nhận", "Some coordinating parts are not noted yet"),
)
LATE_CONTEST = Flag(
    "late_contest",
    lambda facts, _given, today: facts.contest_by is not None and today > facts.contest_by,
    Words("Đề nghị trả lại muộn (sau 02 ngày làm việc)", "Return asked late (after 2 working days)"),
)
