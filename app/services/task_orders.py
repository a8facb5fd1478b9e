"""An order for a task, from a clause or a directing document, and the draft task it makes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.clock import now
from app.db import session
from app.models import Conclusion, CoordinatingPart, Proposal, Task
from app.services.due_dates import place_due
from app.text import fold
from workflows.evidence import columns_of
from workflows.task import DRAFT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.figures import Figure
    from app.models import Directive

TITLE = 180
ENOUGH = 3
_DUTY = r"(?:có|chịu)\s+trách\s+nhiệm\s+"
_SENTENCE = re.compile(r"(?<=[^\W\d])[.;](?=\s|$)|\n")
_MARK = re.compile(r"^\s*(?:[-+•*–]\s+|(?:[IVXLC]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]\s+)", re.IGNORECASE)
RHYTHMS = {
    "weekly": "Định kỳ hằng tuần",
    "monthly": "Định kỳ hằng tháng",
    "quarterly": "Định kỳ hằng quý",
    "yearly": "Định kỳ hằng năm",
}
"""Why a recurring task has no due date of its own: what the task's page and the papers print."""


@dataclass(frozen=True)
class Order:
    """What a task is to be: the words of its source, one lead, others, and by when or why not."""

    text: str
    lead_unit_id: int
    lead_words: str = ""
    """The lead unit as the text names it; lists of tasks have a column of their own for it."""
    other_words: str = ""
    """The coordinating units as the text names them."""
    coordinating_ids: Sequence[int] = ()
    due_on: date | None = None
    no_due_reason: str = ""
    recurrence: str | None = None
    priority: str = "normal"
    deliverable: str = ""
    evidence_rule: str = "none"
    target_value: Figure | None = None
    target_unit: str = ""
    historic: bool = False
    """The order is of an old notice that is entered now."""

    def due_by(self, day: date | None) -> Order:
        """Return the same order with this due date."""
        return replace(self, due_on=day)


def draft_task(source: Conclusion | Directive | Proposal, order: Order, *, committee_id: int, code: str) -> Task:
    """Add the draft task of an order; assigning it is the caller's next move."""
    title = short_title(order.text, order.lead_words, order.other_words)
    rule, kind = columns_of(order.evidence_rule)
    task = Task(
        authority_id=source.authority_id,
        committee_id=committee_id,
        state=DRAFT,
        code=code,
        title=title,
        detail=order.text if order.text != title else "",
        search_text=fold(f"{code} {order.text} {order.deliverable}"),
        lead_unit_id=order.lead_unit_id,
        original_due=order.due_on,
        no_due_reason="" if order.due_on else order.no_due_reason.strip() or RHYTHMS.get(order.recurrence or "", ""),
        recurrence=order.recurrence,
        priority=order.priority,
        deliverable=order.deliverable,
        evidence_rule=rule,
        evidence_kind=kind,
        target_value=order.target_value,
        target_unit=order.target_unit,
        historic=order.historic,
        last_moved_at=now(),
        made_at=now(),
    )
    _name_source(task, source)
    place_due(task, order.due_on)
    others = sorted(set(order.coordinating_ids) - {order.lead_unit_id})
    task.coordinating = [CoordinatingPart(authority_id=source.authority_id, unit_id=unit) for unit in others]
    session.add(task)
    return task


def _name_source(task: Task, source: Conclusion | Directive | Proposal) -> None:
    """Note where a task comes from: a clause, with the proposal that it rules on if any; a document; a proposal."""
    if isinstance(source, Conclusion):
        task.conclusion_id, task.proposal_id = source.id, source.proposal_id
    elif isinstance(source, Proposal):
        task.proposal_id = source.id
    else:
        task.directive_id = source.id


def short_title(text: str, lead: str = "", others: str = "") -> str:
    """Return the words by which a task is listed: what is to be done, in its first sentence, cut where it is too long.

    «Giao <lead> chủ trì, phối hợp với <others> rà soát …» is listed as «Rà soát …»; who does it stands beside it.
    """
    lines = text.strip().split("\n")
    bare = _MARK.sub("", lines[0].strip(), count=1) or text.strip()
    first = " ".join(bare[: _end_of_duty(bare, lead)].split()).rstrip(" ,;:.")
    first = _without_names(first, lead, others)
    if len(first) <= TITLE:
        return first
    return first[:TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _end_of_duty(text: str, lead: str) -> int:
    """Return where the first part ends; where only a later part names who is to do it, the end of that one."""
    ends = [found.start() for found in _SENTENCE.finditer(text) if found.start() > 0]
    first = ends[0] if ends else len(text)
    name = fold(lead)
    if not name or name in fold(text[:first]):
        return first
    return next((end for end in [*ends[1:], len(text)] if name in fold(text[:end])), first)


def _without_names(sentence: str, lead: str, others: str) -> str:
    """Return what is left of a sentence behind the names it begins with; all of it where too little would be left."""
    if not lead.strip():
        return sentence
    names = r"\s+".join(map(re.escape, lead.split()))
    helpers = r"\s+".join(map(re.escape, others.split()))
    joined = rf"(?:phối hợp(?:\s+chặt chẽ)?|cùng)(?:\s+với)?\s+{helpers}" if helpers else "(?!)"
    pattern = rf"(?:giao|yêu cầu|đề nghị|phân công)?\s*{names}(?:\s+chủ trì)?(?:\s*,?\s+{joined})?\s*,?\s+(?:{_DUTY})?"
    found = re.match(pattern, sentence, re.IGNORECASE)
    rest = sentence[found.end() :] if found else ""
    return rest[:1].upper() + rest[1:] if len(rest.split()) >= ENOUGH else sentence
