"""Why an item of the agenda comes from an earlier meeting, in the reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.queries.agenda_left_over import DEFERRED, OPEN_TASKS, UNDISCUSSED

if TYPE_CHECKING:
    from collections.abc import Mapping

CARRIED: Mapping[str, str] = {
    DEFERRED: _l("phiên trước để lại, chưa bàn"),
    UNDISCUSSED: _l("chưa thảo luận"),
    OPEN_TASKS: _l("còn nhiệm vụ chưa xong"),
}
