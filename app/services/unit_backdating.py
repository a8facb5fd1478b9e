"""Days that lie back: an act before the units existed is refused, one far back or in signed months must be meant."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.clock import today
from app.errors import DomainError, Sentence
from app.queries.unit_days import first_days, signed_until

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from app.models import Unit

FAR = timedelta(days=31)
"""A day further back than this is asked about: it is more often a slip of the pen than an old decision."""


def check_existed(units: Sequence[Unit], on: date) -> None:
    """Refuse a day before a unit existed: before its first office and its first task.

    :raises DomainError: it names the unit and its first day.
    """
    first = first_days([unit.id for unit in units])
    for unit in units:
        if unit.id in first and on < first[unit.id]:
            raise DomainError(
                f"«{unit.name}» chỉ có từ {first[unit.id]:%d/%m/%Y} (chức vụ hoặc nhiệm vụ đầu tiên)."
                " Hãy ghi ngày có hiệu lực từ hôm đó trở đi.",
                f"“{unit.name}” exists from {first[unit.id]:%d/%m/%Y} on only (first office or task)."
                " Enter that day or a later one.",
                field="on",
            )


def backdated(units: Sequence[Unit], on: date) -> list[Sentence]:
    """Return what to ask about a day that lies back: far back, or in months that a committee has signed."""
    if on >= today():
        return []
    said = []
    if today() - on > FAR:
        days = (today() - on).days
        said.append(
            Sentence(
                f"Ngày có hiệu lực {on:%d/%m/%Y} đã qua {days} ngày.",
                f"The day it takes effect, {on:%d/%m/%Y}, lies {days} days back.",
            )
        )
    said += [
        Sentence(
            f"{name} đã ký báo cáo tháng đến hết {last:%d/%m/%Y}: số liệu đã ký giữ nguyên với đơn vị cũ.",
            f"{name} has signed its months up to {last:%d/%m/%Y}: the signed figures stay with the old units.",
        )
        for name, last in signed_until(units[0].authority_id, on)
    ]
    return said


def check_meant(units: Sequence[Unit], on: date, *, meant: bool) -> None:
    """Refuse a day that lies back as `backdated` says, unless this was confirmed.

    :raises DomainError: it says why, and to tick the box.
    """
    said = [] if meant else backdated(units, on)
    if said:
        raise DomainError(
            " ".join([each.vi for each in said]) + " Hãy sửa ngày, hoặc đánh dấu ô xác nhận ngày này là đúng.",
            " ".join([each.en for each in said]) + " Mend the day, or tick that it is meant.",
            field="on",
        )
