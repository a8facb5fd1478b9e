"""The minutes: one text, drafted by the secretary, approved by whoever presided."""

from __future__ import annotations

from dataclasses import dataclass

from workflows import effects as then
from workflows.kernel import SAME, Facts, Guard, Role, State, Transition, Words, Workflow, permit
from workflows.needs import COPY_NEEDS, REASON, REMARK

DRAFTING = "drafting"
SUBMITTED = "submitted"
RETURNED = "returned"
APPROVED = "approved"

OPEN = frozenset({DRAFTING, SUBMITTED, RETURNED})
CLOSED = frozenset({APPROVED})
EDITABLE = frozenset({DRAFTING, RETURNED})


@dataclass(frozen=True, kw_only=True)
class MinutesFacts(Facts):
    """What the table must know of minutes: that there is a text and that the meeting took place."""

    has_text: bool = False
    meeting_held: bool = False


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
            guards=(_HAS_TEXT, _MEETING_HELD), effects=(then.TELL_PRESIDER,),
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
            "attach_copy", (APPROVED,), SAME, permit(Role.SECRETARY),
            Words("Đính kèm bản ký", "Attach the signed copy"),
            Words("đã đính kèm bản ký", "attached the signed copy"),
            needs=COPY_NEEDS, effects=(then.KEEP_OFFICIAL_COPY,),
            tone="blue", key="i",
        ),
    ),
)  # fmt: skip
"""The minutes' table; "confirmed with changes" in the next meeting is a note, the minutes stay."""
