"""An invitation to a meeting: what the person invited answers, until the meeting begins."""

from __future__ import annotations

from dataclasses import dataclass

from workflows import effects as then
from workflows.kernel import Facts, Guard, Need, Role, State, Transition, Words, Workflow, permit
from workflows.needs import REASON

UNANSWERED = "unanswered"
ACCEPTED = "accepted"
DECLINED = "declined"
DEPUTISED = "deputised"

OPEN = frozenset({UNANSWERED})
CLOSED = frozenset({ACCEPTED, DECLINED, DEPUTISED})
"""Answered; the answer may still be changed."""


@dataclass(frozen=True, kw_only=True)
class InvitationFacts(Facts):
    """What the table must know of an invitation: whether its meeting still takes answers."""

    meeting_convened: bool = False


_TAKES_ANSWERS = Guard(
    "takes_answers",
    lambda facts, _given, _today: facts.meeting_convened,
    Words(
        "Cuộc họp này hiện không nhận trả lời (chưa mời, đã bắt đầu, đã hoãn hoặc đã hủy). Hãy liên hệ thư ký.",
        "This meeting takes no answers now (not convened, begun, postponed or cancelled). Ask the secretary.",
    ),
)
# SYSTEM: a guest without an account, whose signed link is all that stands for him.
# SECRETARY: writes down what she was told by phone.
_ANSWERERS = permit(Role.INVITEE, Role.SECRETARY, Role.SYSTEM)
_OWED = frozenset({Role.INVITEE})

INVITATION = Workflow(
    name="invitation",
    label=Words("Giấy mời", "Invitation"),
    facts=InvitationFacts,
    initial=UNANSWERED,
    states=(
        State(UNANSWERED, Words("Chưa trả lời", "No answer yet"), "grey", open=True),
        State(ACCEPTED, Words("Sẽ dự", "Will attend"), "green", end=True),
        State(DECLINED, Words("Báo vắng", "Cannot attend"), "amber", end=True),
        State(DEPUTISED, Words("Cử người dự thay", "Sends a deputy"), "blue", end=True),
    ),
    transitions=(
        Transition(
            "accept", (UNANSWERED, DECLINED, DEPUTISED), ACCEPTED, _ANSWERERS,
            Words("Tôi sẽ dự", "I will attend"), Words("đã nhận lời dự họp", "accepted the invitation"),
            guards=(_TAKES_ANSWERS,), effects=(then.KEEP_ANSWER,),
            tone="green", duty=_OWED, key="n",
        ),
        Transition(
            "decline", (UNANSWERED, ACCEPTED, DECLINED, DEPUTISED), DECLINED, _ANSWERERS,
            Words("Báo vắng", "I cannot attend"), Words("đã báo vắng", "declined the invitation"),
            needs=(REASON,), guards=(_TAKES_ANSWERS,), effects=(then.KEEP_ANSWER, then.TELL_SECRETARY),
            tone="amber", key="v",
        ),
        # A head who cannot come sends a competent deputy (Decision 45/2018/QD-TTg).
        Transition(
            "send_deputy", (UNANSWERED, ACCEPTED, DECLINED, DEPUTISED), DEPUTISED, _ANSWERERS,
            Words("Cử người dự thay", "Send a deputy"), Words("đã cử người dự thay", "sent a deputy"),
            needs=(
                Need("deputy", "text", Words("Người dự thay", "Deputy"),
                     help=Words("Họ tên, chức vụ. Gõ đúng tên người trong đơn vị thì người đó nhận được giấy mời.",
                                "Name and office. Somebody of the unit, named exactly, receives the invitation.")),
            ),
            guards=(_TAKES_ANSWERS,), effects=(then.KEEP_ANSWER, then.TELL_SECRETARY, then.TELL_DEPUTY),
            tone="blue", key="g",
        ),
        # Another day is another question: what was answered for the old one no longer counts.
        Transition(
            "ask_again", (ACCEPTED, DECLINED, DEPUTISED), UNANSWERED, permit(Role.SYSTEM),
            Words("Hỏi lại", "Ask again"), Words("đã hỏi lại vì mời họp lần mới", "was asked again by a new call"),
            effects=(then.KEEP_ANSWER,), tone="grey",
        ),
    ),
)  # fmt: skip
"""The invitation's table."""
