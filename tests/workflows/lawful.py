"""For each table, facts and a filled form with which every move is lawful, to bend in the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from workflows.agenda_proposal import AgendaProposalFacts
from workflows.conclusion import ConclusionFacts
from workflows.coordinating_part import CoordinatingPartFacts
from workflows.explanation import ExplanationFacts
from workflows.extension import ExtensionFacts
from workflows.invitation import InvitationFacts
from workflows.meeting import MeetingFacts
from workflows.minutes import AS_PRESENTED, MinutesFacts
from workflows.monthly_report import MonthlyReportFacts
from workflows.notice import NoticeFacts
from workflows.proposal import ProposalFacts
from workflows.sub_task import SubTaskFacts
from workflows.task import ASSIGNED, IN_PROGRESS, TaskFacts

if TYPE_CHECKING:
    from workflows.kernel import Facts, Workflow

TODAY = date(2026, 11, 23)

FACTS: dict[str, Facts] = {
    "task": TaskFacts(
        state="draft",
        has_lead=True,
        lead_unit=1,
        due_on=date(2026, 12, 1),
        has_source=True,
        from_directive=True,
        historic=True,
        given_on=date(2026, 3, 10),
        entered_on=TODAY,
        staff_may_accept=True,
        staff_may_report=True,
        secretary_may_confirm=True,
        has_card=True,
        overdue=True,
        paused_until=TODAY,
    ),
    "extension": ExtensionFacts(
        state="requested", task_lives=True, current_due=date(2026, 12, 1), asked_due=date(2026, 12, 15)
    ),
    "coordinating_part": CoordinatingPartFacts(
        state="asked",
        task_open=True,
        task_lives=True,
        task_due=date(2026, 12, 1),
        staff_may_report=True,
        was_asked=True,
    ),
    "sub_task": SubTaskFacts(
        state="given", task_open=True, task_lives=True, task_due=date(2026, 12, 1), staff_may_report=True
    ),
    "explanation": ExplanationFacts(
        state="asked", task_stands=True, asked_of_lead=True, answer_by=TODAY - timedelta(days=1), staff_may_report=True
    ),
    "meeting": MeetingFacts(
        state="planned",
        starts_on=TODAY,
        has_place=True,
        has_presider=True,
        has_agenda=True,
        invitee_count=1,
        attendance_recorded=True,
        minutes_approved=True,
        notice_issued=True,
    ),
    "invitation": InvitationFacts(state="unanswered", meeting_convened=True),
    "minutes": MinutesFacts(state="drafting", has_text=True, meeting_held=True, next_begun=True, has_confirmation=True),
    "agenda_proposal": AgendaProposalFacts(state="proposed", meeting_open=True, next_planned=True),
    "notice": NoticeFacts(
        state="drafting",
        clause_count=1,
        unreviewed_clauses=0,
        unsettled_clauses=0,
        has_signer=True,
        fresh=True,
        historic=True,
        text_matches=True,
    ),
    "conclusion": ConclusionFacts(state="drafted"),
    "monthly_report": MonthlyReportFacts(
        state="collecting",
        period_end=date(2026, 11, 14),
        causes_missing=0,
        figures_current=True,
        figures_stale=True,
        text_matches=True,
    ),
    "proposal": ProposalFacts(state="drafting", complete=True, cost_sourced=True, sent_before=True, meetings_ahead=1),
}

GIVEN: dict[str, object] = {
    "target": 60,
    "title": "Kiểm kê máy tính bảng",
    "evidence_rule": "photo",
    "reason": "vì lý do khách quan",
    "new_due": date(2026, 12, 31),
    "basis": "ruling",
    "basis_text": "TB 12, mục II.3",
    "priority": "high",
    "note": "đã làm một nửa",
    "proposal": "cho phép thuê ngoài",
    "answer": "đồng ý, trong dự toán",
    "result": "đã xong",
    "opinion": "đủ minh chứng",
    "until": date(2026, 12, 10),
    "lead_unit": 2,
    "clause": "TB 15, mục I.1",
    "change": "đổi phòng họp",
    "deputy": "Trần An, Phó Trưởng phòng",
    "held_on": date(2026, 11, 20),
    "copy": ("scan.pdf",),
    "done_on": date(2026, 4, 20),
    "number": "05/TB-BCĐ",
    "issued_on": date(2026, 3, 10),
    "outcome": AS_PRESENTED,
    "changes": "đã bổ sung dự toán",
    "meeting": 7,
    "person": 3,
    "work": "cung cấp số liệu",
    "due": date(2026, 12, 1),
    "explanation": "nhà thầu giao chậm",
    "question": "vì sao chậm",
    "answer_by": date(2026, 12, 1),
    "referred_to": "Ủy ban nhân dân tỉnh",
    "answer_symbol": "128/QĐ-UBND",
    "answered_on": date(2026, 11, 20),
}


def at(workflow: Workflow, state: str, **changes: Any) -> Any:  # noqa: ANN401  each table has its own facts
    """Give the table's lawful facts in a state, bent by the changes."""
    left = {"left_state": IN_PROGRESS} if state == "paused" and ASSIGNED in workflow.by_name else {}
    return replace(FACTS[workflow.name], **{"state": state, **left, **changes})
