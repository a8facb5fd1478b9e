"""Who changed an item meanwhile, and what is said of it to whose ruling came too late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.clock import local
from app.errors import Sentence
from app.queries.last_event import last_event
from app.services.moves import ADDING
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.queries.last_event import LastEvent
    from workflows.kernel import Transition, Workflow

_WRITTEN: Mapping[str, Words] = {
    "plan": Words("đã lập", "planned it"),
    "compose": Words("đã soạn", "wrote it"),
    "edit": Words("đã sửa thông tin cuộc họp", "changed the meeting's particulars"),
    "write": Words("đã lưu nội dung", "saved the text"),
    "extended": Words("đã đồng ý gia hạn", "granted an extension"),
}
"""What was done to an item by no move of its table, as its log names it."""


def last_change(workflow: Workflow, item_id: int) -> LastEvent | None:
    """Return what changed an item last, None where nothing did; moves that only add a line change none."""
    adding = {row.event for row in workflow.transitions if ADDING & set(row.effects)}
    last = last_event(workflow.name, item_id, adding)
    return last if last and (last.event in workflow.by_event or last.event in _WRITTEN) else None


def deed_words(workflow: Workflow, last: LastEvent) -> Words:
    """Return what somebody did, «đã tiếp nhận»."""
    rows = workflow.by_event.get(last.event)
    return rows[0].past if rows else _WRITTEN[last.event]


def said_of_overtaken(
    workflow: Workflow,
    item: Any,  # noqa: ANN401 -- any subject of a workflow
    tried: Transition,
    person_id: int,
    *,
    typed: bool,
) -> Sentence | None:
    """Return who was quicker than a ruling, what that did and when, and whether one may rule again; None if unknown.

    :param tried: the ruling's row; `person_id` who gave it; `typed` whether words stand below to be copied.
    """
    last = last_change(workflow, item.id)
    if last is None:
        return None
    deed, wall = deed_words(workflow, last), local(last.at)
    at = f"{wall:%H:%M, %d/%m/%Y}"
    own = last.who_id == person_id
    vi = f"bạn {deed.vi} ở cửa sổ khác lúc {at}" if own else f"{last.who or 'Hệ thống'} {deed.vi} lúc {at}"
    en = f"you {deed.en} in another window at {at}" if own else f"{last.who or 'The system'} {deed.en} at {at}"
    kept = Words(" Nội dung bạn nhập còn ở bên dưới để chép lại.", " What you typed is kept below to be copied.")
    again = Words("; hãy xem lại rồi quyết định lại.", "; look again, then rule again.")
    gone = Words(
        f". Thao tác «{tried.label.vi}» không còn làm được nữa.", f". «{tried.label.en}» is no longer possible."
    )
    rest = again if item.state in tried.sources else gone
    return Sentence(vi + rest.vi + (kept.vi if typed else ""), en + rest.en + (kept.en if typed else ""))
