"""Who changed an item meanwhile: somebody else, or oneself in another window."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from flask import session as visit
from flask_login import current_user

from app.clock import now
from app.forms.moves import sentence
from app.services.overtaken import deed_words
from app.ui.formats import instant
from app.ui.speech import gettext as _

if TYPE_CHECKING:
    from app.queries.last_event import LastEvent
    from workflows.kernel import Workflow

_OWN_SAVES = "own-saves"
_MOST = 12
"""The newest saves are remembered: more would make each answer's cookie heavy."""


def deed_of(workflow: Workflow, last: LastEvent) -> str:
    """Return what somebody did, «đã tiếp nhận»."""
    return sentence(deed_words(workflow, last))


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
