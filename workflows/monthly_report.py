"""The monthly report: figures as at the cut-off, signed by the chair, and the same numbers for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workflows import effects as then
from workflows.kernel import SAME, Facts, Guard, Role, State, Transition, Words, Workflow, permit
from workflows.needs import COPY_NEEDS, ISSUED_ON, NUMBER, REASON, REMARK
from workflows.papers import ISSUED_BY_NOW, UNCHANGED_TEXT

if TYPE_CHECKING:
    from datetime import date

COLLECTING = "collecting"
DRAFTED = "drafted"
SUBMITTED = "submitted"
SIGNED = "signed"
ISSUED = "issued"

OPEN = frozenset({COLLECTING, DRAFTED, SUBMITTED, SIGNED})
CLOSED = frozenset({ISSUED})
FROZEN = frozenset({SIGNED, ISSUED})
"""States in which the figures never change again."""


@dataclass(frozen=True, kw_only=True)
class MonthlyReportFacts(Facts):
    """What the table must know of a report; every default is the one that permits least."""

    period_end: date | None = None
    causes_missing: int = 1
    """Late units with neither a cause nor "no explanation before day ..." beside their figures."""
    figures_current: bool = False
    """The figures are still what the ledger of tasks says; old papers entered since may have changed it."""
    figures_stale: bool = False
    """The figures are known not to be what the ledger says any more: nobody can sign them."""
    text_matches: bool = False
    external_number: bool = False


_PERIOD_OVER = Guard(
    "period_over",
    lambda facts, _given, today: facts.period_end is not None and today > facts.period_end,
    Words(
        "Kỳ báo cáo chưa kết thúc. Hãy lập báo cáo từ ngày sau ngày chốt số liệu.",
        "The period is not over. Draft the report from the day after the cut-off.",
    ),
)
_CAUSES_SAID = Guard(
    "causes_said",
    lambda facts, _given, _today: facts.causes_missing == 0,
    Words(
        "Còn đơn vị quá hạn chưa có trách nhiệm, nguyên nhân. Hãy nhập, hoặc ghi “không giải trình trước ngày …”.",
        "Some late units have no cause yet. Enter it, or write “no explanation before …”.",
    ),
)
_FIGURES_CURRENT = Guard(
    "figures_current",
    lambda facts, _given, _today: facts.figures_current,
    Words(
        "Sổ theo dõi đã thay đổi sau khi tính số liệu (ví dụ nhập thông báo cũ). Thư ký hãy rút báo cáo về sửa"
        " (nếu đã trình), tính lại số liệu rồi trình ký.",
        "The ledger has changed since the figures were computed (an old notice entered, for example). The secretary"
        " takes the report back (if submitted), drafts it again and submits it.",
    ),
)
_FIGURES_STALE = Guard(
    "figures_stale",
    lambda facts, _given, _today: facts.figures_stale,
    Words(
        "Số liệu vẫn đúng với sổ theo dõi nên không phải tính lại. Muốn sửa nội dung khác, hãy trả lại để sửa.",
        "The figures are still what the ledger says, so nothing is to be computed again. Return it to have it edited.",
    ),
)
_BOARD = permit(Role.CHAIR, Role.DEPUTY)
_OWED = frozenset({Role.CHAIR, Role.DEPUTY})
_SECRETARY = permit(Role.SECRETARY)
_HERS = frozenset({Role.SECRETARY})

MONTHLY_REPORT = Workflow(
    name="monthly_report",
    label=Words("Báo cáo tháng", "Monthly report"),
    facts=MonthlyReportFacts,
    initial=COLLECTING,
    states=(
        State(COLLECTING, Words("Đang thu thập", "Collecting"), "grey", open=True),
        State(DRAFTED, Words("Dự thảo", "Drafted"), "blue", open=True),
        State(SUBMITTED, Words("Chờ ký", "Awaiting signature"), "violet", open=True),
        State(SIGNED, Words("Đã ký, chờ ban hành", "Signed, to be issued"), "blue", open=True),
        State(ISSUED, Words("Đã ban hành", "Issued"), "green", end=True),
    ),
    transitions=(
        Transition(
            "draft", (COLLECTING, DRAFTED), DRAFTED, _SECRETARY,
            Words("Tính số liệu", "Draft"), Words("đã tính số liệu", "drafted the report"),
            guards=(_PERIOD_OVER,), effects=(then.COMPUTE_FIGURES,),
            tone="blue", duty=_HERS, key="c",
        ),
        Transition(
            "submit", (DRAFTED,), SUBMITTED, _SECRETARY,
            Words("Trình ký", "Submit for signature"), Words("đã trình ký", "submitted it for signature"),
            guards=(_FIGURES_CURRENT, _CAUSES_SAID), effects=(then.QUOTE_CAUSES, then.TELL_RULERS),
            tone="violet", duty=_HERS, key="t",
        ),
        # As for minutes and notices: a slip seen after submitting must not cost the chair a refusal.
        Transition(
            "take_back", (SUBMITTED,), DRAFTED, _SECRETARY,
            Words("Rút về sửa", "Take back"), Words("đã rút về sửa", "took it back"),
            tone="grey", key="u",
        ),
        Transition(
            "sign", (SUBMITTED,), SIGNED, _BOARD,
            Words("Ký", "Sign"), Words("đã ký", "signed it"),
            needs=(REMARK,), guards=(_FIGURES_CURRENT,),
            effects=(then.FREEZE_FIGURES, then.SEAL_TEXT, then.TELL_SECRETARY),
            confirm=Words("Số liệu được chốt và không thay đổi nữa; đính chính sau này vào kỳ sau.",
                          "The figures are frozen for ever; later corrections go into the next period."),
            tone="green", duty=_OWED, key="n",
        ),
        # Nothing is to be explained: the ledger itself says why these figures cannot be signed.
        Transition(
            "send_to_recompute", (SUBMITTED,), DRAFTED, _BOARD,
            Words("Trả lại để tính lại", "Return to be computed again"),
            Words("đã trả lại để tính lại số liệu", "returned it to be computed again"),
            guards=(_FIGURES_STALE,), effects=(then.TELL_SECRETARY,),
            tone="amber", duty=_OWED, key="h",
        ),
        Transition(
            "return", (SUBMITTED,), DRAFTED, _BOARD,
            Words("Trả lại để sửa", "Return"), Words("đã trả lại để sửa", "returned it"),
            needs=(REASON,), effects=(then.TELL_SECRETARY,),
            tone="amber", duty=_OWED, key="l",
        ),
        Transition(
            "issue", (SIGNED,), ISSUED, _SECRETARY,
            Words("Ban hành", "Issue"), Words("đã ban hành", "issued it"),
            needs=(NUMBER, ISSUED_ON), guards=(UNCHANGED_TEXT, ISSUED_BY_NOW),
            effects=(then.TAKE_NUMBER, then.LOCK_TEXT, then.TELL_RECIPIENTS),
            confirm=Words(
                "Báo cáo được cấp số và gửi đến các nơi nhận.",
                "The report takes its number and is sent out.",
            ),
            tone="green", duty=_HERS, key="b",
        ),
        Transition(
            "attach_copy", (ISSUED,), SAME, _SECRETARY,
            Words("Đính kèm bản ký", "Attach the signed copy"),
            Words("đã đính kèm bản ký", "attached the signed copy"),
            needs=COPY_NEEDS, effects=(then.KEEP_OFFICIAL_COPY,),
            tone="blue", key="i",
        ),
    ),
)  # fmt: skip
"""The monthly report's table."""
