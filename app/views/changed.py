"""Who changed an item meanwhile: somebody else, or oneself in another window."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import session as visit
from flask_login import current_user

from app.clock import now
from app.forms.moves import sentence
from app.queries.last_event import last_event
from app.services.moves import ADDING
from app.ui.formats import instant
from app.ui.speech import gettext as _
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.queries.last_event import LastEvent
    from workflows.kernel import Workflow

_WRITTEN: Mapping[str, Words] = {
    "plan": Words("đã lập", "planned it"),
    "compose": Words("đã soạn", "wrote it"),
    "edit": Words("đã sửa thông tin cuộc họp", "changed the meeting's particulars"),
    "write": Words("đã lưu nội dung", "saved the text"),
    "extended": Words("đã đồng ý gia hạn", "granted an extension"),
}
"""What was done to an item by no move of its table, as its log names it."""
_OWN_SAVES = "own-saves"
_MOST = 12
"""The newest saves are remembered: more would make each answer's cookie heavy."""


def last_change(workflow: Workflow, item_id: int) -> LastEvent | None:
    """Return what changed an item last, None where nothing did; moves that only add a line change none."""
    adding = {row.event for row in workflow.transitions if ADDING & set(row.effects)}
    last = last_event(workflow.name, item_id, adding)
    return last if last and (last.event in workflow.by_event or last.event in _WRITTEN) else None


def deed_of(workflow: Workflow, last: LastEvent) -> str:
    """Return what somebody did, «đã tiếp nhận»."""
    rows = workflow.by_event.get(last.event)
    return sentence(rows[0].past if rows else _WRITTEN[last.event])


def by_oneself(workflow: Workflow, last: LastEvent | None) -> str:
    """Return what one did oneself in another window, empty where the last change was another's."""
    if last is None or last.who_id != current_user.person.id:
        return ""
    return _("Bạn %(deed)s ở cửa sổ khác lúc %(at)s", deed=deed_of(workflow, last), at=instant(last.at))


def look_again(said: str) -> str:
    """Return who was quicker, and that what was typed is kept to be looked at and sent again."""
    return said + _(". Nội dung bạn nhập vẫn còn bên dưới: hãy xem lại rồi gửi lại.")


def remember_save(kind: str, item_id: int, version: int) -> None:
    """Remember in this browser what one has just saved, of things whose log does not say who wrote them last."""
    saves = [one for one in visit.get(_OWN_SAVES, ()) if one[:2] != [kind, item_id]]
    visit[_OWN_SAVES] = [*saves, [kind, item_id, version, now().isoformat()]][-_MOST:]


def saved_by_oneself(kind: str, item_id: int, version: int, what: str) -> str:
    """Return that one saved an item oneself in another window, empty where it has been changed since, or by others.

    :param version: the item's version now; `what` names it: «mục này».
    """
    for one in visit.get(_OWN_SAVES, ()):
        if one[:3] == [kind, item_id, version]:
            at = instant(datetime.fromisoformat(one[3]))
            return _("Bạn đã lưu %(what)s ở cửa sổ khác lúc %(at)s", what=what, at=at)
    return ""
