"""Who changed an item meanwhile: somebody else, or oneself in another window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_login import current_user

from app.forms.moves import sentence
from app.queries.last_event import last_event
from app.services.moves import ADDING
from app.ui.formats import instant
from app.ui.speech import gettext as _

if TYPE_CHECKING:
    from app.queries.last_event import LastEvent
    from workflows.kernel import Workflow


def last_change(workflow: Workflow, item_id: int) -> LastEvent | None:
    """Return the newest move that changed an item, None where there is none; moves that only add a line change none."""
    adding = {row.event for row in workflow.transitions if ADDING & set(row.effects)}
    last = last_event(workflow.name, item_id, adding)
    return last if last and last.event in workflow.by_event else None


def by_oneself(workflow: Workflow, last: LastEvent | None) -> str:
    """Return what one did oneself in another window, empty where the last change was another's."""
    if last is None or last.who_id != current_user.person.id:
        return ""
    deed = sentence(workflow.by_event[last.event][0].past)
    return _("Bạn %(deed)s ở cửa sổ khác lúc %(at)s", deed=deed, at=instant(last.at))
