"""What was done before an old notice was entered: noted for several clauses at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.clause_places import cited_first
from app.errors import DomainError
from app.services.clause_proposals import NEW_TASKS
from app.services.conclusions import check_done, open_draft

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.models import Conclusion, Notice


@dataclass(frozen=True)
class DoneBefore:
    """A clause of an old notice whose work was done before it was entered; no day where none could be read."""

    clause: Conclusion
    day: date | None
    result: str


def enter_done_before(notice: Notice, said: Sequence[DoneBefore]) -> None:
    """Note for several clauses of an old notice at once when their work was done and what came of it.

    :raises DomainError: naming the first clause whose day or result cannot stay so, or the notice is none of old.
    """
    open_draft(notice)
    if not said:
        raise DomainError(
            "Chưa chọn việc nào. Hãy đánh dấu những việc đã xong rồi bấm lại.",
            "Nothing is marked. Tick what was done, then press again.",
        )
    for each in said:
        at, at_en = cited_first(each.clause.address), cited_first(each.clause.address, english=True)
        if not notice.historic or each.clause.outcome != NEW_TASKS:
            raise DomainError(
                f"{at}: chỉ việc của thông báo cũ mới ghi hoàn thành tại đây. Hãy tải lại trang.",
                f"{at_en}: only work of an old notice is entered as done here. Load the page again.",
            )
        if each.day is None:
            raise DomainError(
                f"{at}: Hãy ghi ngày hoàn thành, ví dụ 30/6/2026.",
                f"{at_en}: type the day of completion, for example 30/6/2026.",
            )
        try:
            check_done(notice, each.day, each.result)
        except DomainError as error:
            vi, en = error.sentence
            raise DomainError(f"{at}: {vi}", f"{at_en}: {en}") from error
        each.clause.done_on, each.clause.done_result = each.day, each.result.strip()
