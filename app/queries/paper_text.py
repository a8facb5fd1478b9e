"""What a signature covers: a paper written out in one canonical way, and its digest."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from app.models import Notice
from workflows.conclusion import DROPPED

if TYPE_CHECKING:
    from app.models import Conclusion, MonthlyReport

CLAUSE_COLUMNS = (
    "position", "section", "address", "text", "kind", "outcome", "lead_unit_id", "lead_group_id", "due_on",
    "no_due_reason", "recurrence", "priority", "deliverable", "evidence_rule", "target_value", "target_unit",
    "continues_task_id",
)  # fmt: skip


def live_clauses(notice: Notice) -> list[Conclusion]:
    """Return the clauses of a notice that were not dropped, in order."""
    return [clause for clause in notice.conclusions if clause.state != DROPPED]


def text_of(paper: Notice | MonthlyReport) -> str:
    """Return all that a paper says and orders, as JSON with sorted keys: equal papers give equal texts."""
    body = _notice(paper) if isinstance(paper, Notice) else _report(paper)
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest_of(paper: Notice | MonthlyReport) -> str:
    """Return the SHA-256 over the paper's text: what is kept on signing and compared on issue."""
    return hashlib.sha256(text_of(paper).encode()).hexdigest()


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "committee": notice.committee_id,
        "meeting": notice.meeting_id,
        "type": notice.doc_type,
        "subject": notice.subject,
        "opening": notice.opening,
        "recipients": notice.recipients,
        "capacity": notice.capacity,
        "signer": notice.signer_id,
        # Left out where it is empty: papers signed before there was such a name keep their digest.
        **({"signed_by": [notice.signer_name, notice.signer_title]} if notice.signer_name else {}),
        "supersedes": notice.supersedes_id,
        # These, too, only where they are said.
        **({"supplements": notice.supplements_id} if notice.supplements_id else {}),
        **({"urgency": notice.urgency} if notice.urgency else {}),
        "clauses": [_clause(clause) for clause in live_clauses(notice)],
        "replaced": [
            [row.task_id, row.treatment, row.clause_id, row.new_due]
            for row in sorted(notice.replaced, key=lambda row: row.task_id)
        ],
    }


def _clause(clause: Conclusion) -> dict[str, Any]:
    said = {column: getattr(clause, column) for column in CLAUSE_COLUMNS}
    if clause.done_on:
        said |= {"done_on": clause.done_on, "done_result": clause.done_result}
    return {**said, "coordinating": sorted(clause.coordinating_ids)}


def _report(report: MonthlyReport) -> dict[str, Any]:
    return {
        "committee": report.committee_id,
        "begins_on": report.begins_on,
        "ends_on": report.ends_on,
        "figures": report.figures,
        "causes": sorted([cause.unit_id, cause.text] for cause in report.causes),
    }
