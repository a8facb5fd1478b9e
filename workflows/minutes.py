"""The minutes: one text, drafted by the secretary, approved by whoever presided."""

from __future__ import annotations

from dataclasses import dataclass

from workflows import effects as then
from workflows.kernel import SAME, Facts, Guard, Need, Role, State, Transition, Words, Workflow, permit
from workflows.needs import COPY_NEEDS, REASON, REMARK

DRAFTING = "drafting"
SUBMITTED = "submitted"
RETURNED = "returned"
APPROVED = "approved"

OPEN = frozenset({DRAFTING, SUBMITTED, RETURNED})
CLOSED = frozenset({APPROVED})
EDITABLE = frozenset({DRAFTING, RETURNED})
AS_PRESENTED = "as_presented"
CORRECTED = "corrected"
OUTCOMES = (
    (AS_PRESENTED, Words("Thông qua như trình bày", "Confirmed as presented")),
    (CORRECTED, Words("Thông qua, có đính chính", "Confirmed with a correction")),
)
"""How the next meeting confirms minutes; their text stays as it was approved."""


@dataclass(frozen=True, kw_only=True)
class MinutesFacts(Facts):
    """What the table must know of minutes: that there is a text, that the meeting took place, and the next one."""

    has_text: bool = False
    meeting_held: bool = False
    next_begun: bool = False
    """The committee's next meeting (of the same series, where there is one) is in session or was held."""
    confirmed: bool = False
    has_confirmation: bool = False
    """The same, asked where it is taken back."""
    next_approved: bool = False
    """The minutes of the meeting that confirmed these are approved: what they say of it stands."""


_HAS_TEXT = Guard(
    "has_text",
    lambda facts, _given, _today: facts.has_text,
    Words("Biên bản chưa có nội dung. Hãy soạn nội dung trước.", "The minutes are empty. Write them first."),
)
_MEETING_HELD = Guard(
    "meeting_held",
    lambda facts, _given, _today: facts.meeting_held,
    Words(
        "Cuộc họp chưa kết thúc. Hãy kết thúc họp trước khi trình.",
        "The meeting is not over. End it before you submit.",
    ),
)
_NEXT_BEGUN = Guard(
    "next_begun",
    lambda facts, _given, _today: facts.next_begun,
    Words(
        "Phiên họp sau chưa bắt đầu. Biên bản được thông qua tại phiên sau; khi họp, hãy bấm “Bắt đầu họp” trước.",
        "The next meeting has not begun. Minutes are confirmed there; start that meeting first.",
    ),
)
_NOT_CONFIRMED = Guard(
    "not_confirmed",
    lambda facts, _given, _today: not facts.confirmed,
    Words(
        "Biên bản đã được thông qua tại phiên họp sau; việc này chỉ ghi một lần.",
        "The minutes were confirmed in the next meeting already; that is recorded once.",
    ),
)
_CONFIRMED = Guard(
    "has_confirmation",
    lambda facts, _given, _today: facts.has_confirmation,
    Words(
        "Biên bản chưa được ghi thông qua nên không có gì để bỏ.",
        "No confirmation of the minutes was recorded: there is nothing to take back.",
    ),
)
_NEXT_NOT_APPROVED = Guard(
    "next_not_approved",
    lambda facts, _given, _today: not facts.next_approved,
    Words(
        "Biên bản phiên đã thông qua nay được duyệt nên kết quả này giữ nguyên. Nếu sai, hãy đính chính ở phiên sau.",
        "The minutes of the meeting that confirmed it are approved, so it stands. Correct it in the next meeting.",
    ),
)
_CORRECTION_SAID = Guard(
    "correction_said",
    lambda _facts, given, _today: given.get("outcome") != CORRECTED or bool(str(given.get("correction") or "").strip()),
    Words("Hãy ghi nội dung đính chính.", "Write the correction."),
    field="correction",
)
_CORRECTION_MEANT = Guard(
    "correction_meant",
    lambda _facts, given, _today: given.get("outcome") == CORRECTED or not str(given.get("correction") or "").strip(),
    Words(
        "Bạn đã ghi nội dung đính chính: hãy chọn “Thông qua, có đính chính”, hoặc xóa nội dung đính chính.",
        "You wrote a correction: choose “Confirmed with a correction”, or delete it.",
    ),
    field="outcome",
)
_RULERS = permit(Role.PRESIDER, Role.CHAIR)
_OWED = frozenset({Role.PRESIDER})

MINUTES = Workflow(
    name="minutes",
    label=Words("Biên bản", "Minutes"),
    facts=MinutesFacts,
    initial=DRAFTING,
    states=(
        State(DRAFTING, Words("Đang soạn", "Drafting"), "grey", open=True),
        State(SUBMITTED, Words("Chờ duyệt", "Awaiting approval"), "violet", open=True),
        State(RETURNED, Words("Bị trả lại", "Returned"), "amber", open=True),
        State(APPROVED, Words("Đã duyệt", "Approved"), "green", end=True),
    ),
    transitions=(
        Transition(
            "submit", (DRAFTING, RETURNED), SUBMITTED, permit(Role.SECRETARY),
            Words("Trình duyệt", "Submit"), Words("đã trình duyệt biên bản", "submitted the minutes"),
            guards=(_HAS_TEXT, _MEETING_HELD), effects=(then.KEEP_VERSION, then.TELL_PRESIDER),
            tone="violet", duty=frozenset({Role.SECRETARY}), key="t",
        ),
        Transition(
            "take_back", (SUBMITTED,), DRAFTING, permit(Role.SECRETARY),
            Words("Rút về sửa", "Take back"), Words("đã rút biên bản về sửa", "took the minutes back"),
            tone="grey", key="u",
        ),
        # The chair may, so that minutes do not wait for a presider who has left; the presider owes it.
        Transition(
            "approve", (SUBMITTED,), APPROVED, _RULERS,
            Words("Duyệt biên bản", "Approve"), Words("đã duyệt biên bản", "approved the minutes"),
            needs=(REMARK,), effects=(then.LOCK_TEXT, then.TELL_SECRETARY),
            tone="green", duty=_OWED, key="n",
            confirm=Words("Biên bản được khóa; sau này chỉ có thể đính chính.",
                          "The minutes are locked; later they can only be corrected by a note."),
        ),
        Transition(
            "return", (SUBMITTED,), RETURNED, _RULERS,
            Words("Trả lại để sửa", "Return"), Words("đã trả lại biên bản", "returned the minutes"),
            needs=(REASON,), effects=(then.TELL_SECRETARY,),
            tone="amber", duty=_OWED, key="l",
        ),
        Transition(
            "confirm", (APPROVED,), SAME, permit(Role.SECRETARY),
            Words("Ghi thông qua tại phiên sau", "Record the confirmation"),
            Words("đã ghi kết quả thông qua biên bản", "recorded the confirmation of the minutes"),
            needs=(
                Need("outcome", "choice", Words("Kết quả thông qua", "How it was confirmed"), choices=OUTCOMES),
                Need("correction", "long_text", Words("Nội dung đính chính", "Correction"), required=False,
                     help=Words("Chỉ ghi khi có đính chính. Lời biên bản đã duyệt giữ nguyên; "
                                "nội dung này đứng bên cạnh và ở cuối biên bản in.",
                                "Only where there is one. The approved text stays; this stands beside it "
                                "and at the end of the printed minutes.")),
            ),
            guards=(_NEXT_BEGUN, _NOT_CONFIRMED, _CORRECTION_SAID, _CORRECTION_MEANT),
            effects=(then.KEEP_CONFIRMATION, then.TELL_PRESIDER),
            tone="green", key="q",
        ),
        Transition(
            "unconfirm", (APPROVED,), SAME, permit(Role.SECRETARY),
            Words("Bỏ kết quả thông qua đã ghi", "Take the confirmation back"),
            Words("đã bỏ kết quả thông qua biên bản", "took the confirmation of the minutes back"),
            needs=(REASON,), guards=(_CONFIRMED, _NEXT_NOT_APPROVED),
            effects=(then.DROP_CONFIRMATION, then.TELL_PRESIDER),
            tone="grey",
        ),
        Transition(
            "attach_copy", (APPROVED,), SAME, permit(Role.SECRETARY),
            Words("Đính kèm bản ký", "Attach the signed copy"),
            Words("đã đính kèm bản ký", "attached the signed copy"),
            needs=COPY_NEEDS, effects=(then.KEEP_OFFICIAL_COPY,),
            tone="blue", key="i",
        ),
    ),
)  # fmt: skip
"""The minutes' table; what the next meeting corrects is a note, the minutes stay."""
