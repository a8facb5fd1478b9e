"""The meeting: from the plan over invitation and attendance to minutes and notice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workflows import effects as then
from workflows.kernel import SAME, Facts, Flag, Guard, Need, Role, State, Transition, Words, Workflow, permit
from workflows.needs import REASON
from workflows.parts import day_in

if TYPE_CHECKING:
    from datetime import date

PLANNED = "planned"
CONVENED = "convened"
IN_SESSION = "in_session"
HELD = "held"
FILE_CLOSED = "closed"
POSTPONED = "postponed"
CANCELLED = "cancelled"

OPEN = frozenset({PLANNED, CONVENED, IN_SESSION, HELD, POSTPONED})
CLOSED = frozenset({FILE_CLOSED, CANCELLED})
AHEAD = frozenset({PLANNED, CONVENED, POSTPONED})
"""States of a meeting that has not begun."""
SITTING = frozenset({CONVENED, IN_SESSION, HELD})
"""States in which minutes and conclusions are typed: from the call until the file is closed."""


@dataclass(frozen=True, kw_only=True)
class MeetingFacts(Facts):
    """What the table must know of a meeting; days are local days."""

    starts_on: date | None = None
    has_place: bool = False
    """A room or a link."""
    has_presider: bool = False
    presider_needed: bool = True
    """False for a past meeting entered from old papers, which do not always say who presided."""
    has_agenda: bool = False
    invitee_count: int = 0
    convene_by: date | None = None
    """Last day for an ordinary invitation: 3 working days ahead (Decision 45/2018/QD-TTg; see deadlines)."""
    short_notice: bool = False
    """That day has passed: an invitation needs the reason why the meeting is urgent."""
    attendance_recorded: bool = False
    minutes_approved: bool = False
    minutes_needed: bool = True
    """False for a past meeting entered from old papers whose minutes nobody began here."""
    notice_issued: bool = False
    proposals_until: date | None = None
    """Last day on which units propose items for the agenda; None for no last day."""


def _short_notice(facts: MeetingFacts, today: date) -> bool:
    return facts.convene_by is not None and today > facts.convene_by


_HAS_PRESIDER = Guard(
    "has_presider",
    lambda facts, _given, _today: facts.has_presider or not facts.presider_needed,
    Words(
        "Chưa có người chủ trì. Hãy bấm “Sửa thông tin” và chọn người chủ trì.",
        "Nobody presides yet. Open the meeting's details and choose who presides.",
    ),
)
_READY = (
    Guard(
        "has_time",
        lambda facts, _given, _today: facts.starts_on is not None,
        Words("Chưa có thời gian họp. Hãy nhập ngày, giờ.", "There is no time yet. Enter day and hour."),
    ),
    Guard(
        "not_past",
        lambda facts, _given, today: facts.starts_on is None or facts.starts_on >= today,
        Words(
            "Ngày họp đã qua. Hãy sửa ngày họp, hoặc dùng “Ghi nhận đã họp”.",
            "The day has passed. Correct it, or use “Record as held”.",
        ),
    ),
    Guard(
        "has_place",
        lambda facts, _given, _today: facts.has_place,
        Words(
            "Chưa có địa điểm. Hãy nhập phòng họp hoặc đường dẫn.",
            "There is no place yet. Enter a room or a link.",
        ),
    ),
    _HAS_PRESIDER,
    Guard(
        "has_agenda",
        lambda facts, _given, _today: facts.has_agenda,
        Words(
            "Chưa có chương trình họp. Hãy thêm ít nhất một nội dung.",
            "The agenda is empty. Add at least one item.",
        ),
    ),
    Guard(
        "has_invitees",
        lambda facts, _given, _today: facts.invitee_count > 0,
        Words(
            "Chưa có thành phần dự họp. Hãy chọn người được mời.",
            "Nobody is invited yet. Choose who is to attend.",
        ),
    ),
)
_URGENCY_SAID = Guard(
    "urgency_said",
    lambda facts, given, today: not _short_notice(facts, today) or bool(str(given.get("urgent_reason") or "").strip()),
    Words(
        "Giấy mời gửi trước cuộc họp dưới 03 ngày làm việc. Hãy nêu lý do họp đột xuất, hoặc lùi ngày họp.",
        "Less than 3 working days are left. Say why the meeting is urgent, or move it to a later day.",
    ),
    field="urgent_reason",
)
_URGENT = Flag(
    "urgent",
    lambda facts, _given, today: _short_notice(facts, today),
    Words("Họp đột xuất", "Urgent meeting"),
)
_DAY_COME = Guard(
    "day_come",
    lambda facts, _given, today: facts.starts_on is not None and facts.starts_on <= today,
    Words(
        "Chưa đến ngày họp. Nếu họp sớm hơn, hãy sửa ngày họp trước.",
        "The day of the meeting has not come. If it meets sooner, correct the day first.",
    ),
)
_ATTENDED = Guard(
    "attendance_recorded",
    lambda facts, _given, _today: facts.attendance_recorded,
    Words(
        "Chưa điểm danh. Hãy ghi thành phần có mặt trước.",
        "Attendance is not recorded. Record who was there first.",
    ),
)
_HELD_BY_NOW = Guard(
    "held_by_now",
    lambda _facts, given, today: day_in(given, "held_on") <= today,
    Words(
        "Ngày họp không được sau hôm nay. Hãy chọn lại.",
        "The day held cannot be after today. Choose another.",
    ),
    field="held_on",
)
_MINUTES_APPROVED = Guard(
    "minutes_approved",
    lambda facts, _given, _today: facts.minutes_approved or not facts.minutes_needed,
    Words(
        "Biên bản chưa được duyệt. Hãy trình duyệt biên bản trước khi kết thúc hồ sơ.",
        "The minutes are not approved. Have them approved before you close the file.",
    ),
)
_NOTICE_SETTLED = Guard(
    "notice_settled",
    lambda facts, given, _today: facts.notice_issued or given.get("no_notice") is True,
    Words(
        "Chưa ban hành thông báo kết luận. Hãy ban hành, hoặc đánh dấu “Không ra thông báo”.",
        "No notice is issued. Issue it, or tick “No notice”.",
    ),
    field="no_notice",
)

_SECRETARY = permit(Role.SECRETARY)


def _call_off(row: Transition, invited: tuple[str, ...]) -> tuple[Transition, Transition]:
    """Give the row for a meeting to which nobody was invited, and the one that tells those who were."""
    return row, replace(row, sources=invited, effects=(then.TELL_CALLED_OFF,))


MEETING = Workflow(
    name="meeting",
    label=Words("Cuộc họp", "Meeting"),
    facts=MeetingFacts,
    initial=PLANNED,
    states=(
        State(PLANNED, Words("Dự kiến", "Planned"), "grey", open=True),
        State(CONVENED, Words("Đã mời họp", "Convened"), "blue", open=True),
        State(IN_SESSION, Words("Đang họp", "In session"), "blue", open=True),
        State(HELD, Words("Đã họp", "Held"), "blue", open=True),
        State(FILE_CLOSED, Words("Đã kết thúc hồ sơ", "Closed"), "green", end=True),
        State(POSTPONED, Words("Đã hoãn", "Postponed"), "grey", open=True),
        State(CANCELLED, Words("Đã hủy", "Cancelled"), "grey", end=True),
    ),
    transitions=(
        Transition(
            "convene", (PLANNED, POSTPONED), CONVENED, _SECRETARY,
            Words("Mời họp", "Convene"), Words("đã mời họp", "convened the meeting"),
            needs=(
                Need("urgent_reason", "long_text", Words("Lý do họp đột xuất", "Why it is urgent"),
                     only_if="short_notice",
                     help=Words("Giấy mời gửi trước cuộc họp dưới 03 ngày làm việc: hãy nêu lý do, hoặc lùi ngày họp.",
                                "Less than 3 working days are left: say why it is urgent, or move it to a later day.")),
            ),
            guards=(*_READY, _URGENCY_SAID), flags=(_URGENT,), effects=(then.TELL_CALL,),
            confirm=Words("Giấy mời sẽ gửi đến mọi người trong thành phần dự họp.",
                          "The invitation goes to everybody on the list."),
            tone="blue", duty=frozenset({Role.SECRETARY}), key="m",
        ),
        Transition(
            "revise", (CONVENED,), SAME, _SECRETARY,
            Words("Thông báo thay đổi", "Announce a change"),
            Words("đã thông báo thay đổi", "announced a change"),
            needs=(Need("change", "long_text", Words("Nội dung thay đổi", "What has changed")),),
            guards=_READY, effects=(then.TELL_CALL,),
            tone="blue", key="v",
        ),
        Transition(
            "start", (CONVENED,), IN_SESSION, _SECRETARY,
            Words("Bắt đầu họp", "Start"), Words("đã bắt đầu họp", "started the meeting"),
            guards=(_DAY_COME, _HAS_PRESIDER), tone="blue", duty=frozenset({Role.SECRETARY}), key="b",
        ),
        Transition(
            "end", (IN_SESSION,), HELD, _SECRETARY,
            Words("Kết thúc họp", "End"), Words("đã kết thúc họp", "ended the meeting"),
            guards=(_ATTENDED,), effects=(then.STAMP_HELD,), tone="blue", duty=frozenset({Role.SECRETARY}), key="h",
        ),
        # Old papers: it took place already, nobody is invited or reminded any more.
        Transition(
            "record", (PLANNED, CONVENED), HELD, _SECRETARY,
            Words("Ghi nhận đã họp", "Record as held"),
            Words("đã ghi nhận cuộc họp đã diễn ra", "recorded it as held"),
            needs=(Need("held_on", "date", Words("Ngày họp", "Day held")),),
            guards=(_HELD_BY_NOW, _HAS_PRESIDER), effects=(then.STAMP_HELD,),
            tone="blue", key="g",
        ),
        Transition(
            "close", (HELD,), FILE_CLOSED, _SECRETARY,
            Words("Kết thúc hồ sơ", "Close the file"), Words("đã kết thúc hồ sơ", "closed the file"),
            needs=(Need("no_notice", "flag", Words("Không ra thông báo kết luận", "No notice"), required=False),),
            guards=(_MINUTES_APPROVED, _NOTICE_SETTLED),
            tone="green", duty=frozenset({Role.SECRETARY}), key="t",
        ),
        *_call_off(Transition(
            "postpone", (PLANNED,), POSTPONED, _SECRETARY,
            Words("Hoãn họp", "Postpone"), Words("đã hoãn họp", "postponed the meeting"),
            needs=(REASON,),
            confirm=Words(
                "Người đã được mời sẽ nhận tin hoãn; khi có ngày mới, hãy mời lại.",
                "Those invited are told; convene again when the new day is known.",
            ),
        ), (CONVENED,)),
        # By the chair's word; the secretary records it as a ruling given to her.
        *_call_off(Transition(
            "cancel", (PLANNED,), CANCELLED, permit(Role.CHAIR),
            Words("Hủy họp", "Cancel"), Words("đã hủy họp", "cancelled the meeting"),
            needs=(REASON,),
            confirm=Words(
                "Cuộc họp bị hủy; người đã được mời sẽ nhận tin.",
                "The meeting is cancelled and those invited are told.",
            ),
        ), (CONVENED, POSTPONED)),
        # The secretary alone: it is only a plan again, and nobody is invited by it.
        Transition(
            "restore", (CANCELLED,), PLANNED, _SECRETARY,
            Words("Khôi phục", "Restore"), Words("đã khôi phục cuộc họp", "restored the meeting"),
            needs=(REASON,), tone="grey",
        ),
        Transition(
            "reopen", (FILE_CLOSED,), HELD, permit(Role.CHAIR),
            Words("Mở lại hồ sơ", "Reopen the file"), Words("đã mở lại hồ sơ", "reopened the file"),
            needs=(REASON,), effects=(then.TELL_SECRETARY, then.TELL_INVITEES), tone="amber",
        ),
    ),
)  # fmt: skip
"""The meeting's table."""
