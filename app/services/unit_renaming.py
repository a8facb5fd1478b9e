"""A unit's new name as one act: kept with its report, told to its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.db import session
from app.errors import DomainError
from app.queries.unit_holdings import open_work
from app.services.setup_log import record_change
from app.services.unit_backdating import check_meant
from app.services.unit_changes import write_act
from app.services.unit_news import tell_units
from app.services.unit_plans import RENAME, check_come, check_day
from app.services.unit_shares import named_pieces
from app.services.units import rename_unit

if TYPE_CHECKING:
    from datetime import date

    from app.models import Person, Unit, UnitChange


def change_name(  # noqa: PLR0913 -- the parts of the act, named at the call
    unit: Unit, *, name: str, short_name: str, on: date, basis: str, seen: str, by: Person, past_meant: bool = True
) -> UnitChange:
    """Rename a unit from a day on and return the act.

    :param seen: the name that the person saw, so that of two who rename the second is told.
    :param past_meant: a day that lies far back is what is meant.
    :raises DomainError: what `rename_unit` and `check_day` refuse, or another name by now.
    """
    session.refresh(unit, with_for_update=True)
    if unit.name != seen:
        raise DomainError(
            f"Đơn vị vừa được người khác đổi tên thành «{unit.name}». Hãy xem lại rồi ghi nếu vẫn cần.",
            f"Somebody else has just renamed the unit to “{unit.name}”. Look again, then write it if still needed.",
            field="name",
        )
    check_come(on)
    check_day([unit], on)
    check_meant([unit], on, meant=past_meant)
    before = unit.name
    carried = [*named_pieces(open_work([unit.id]), unit.id, before, name)]
    aliases = rename_unit(unit, name, short_name, on)
    change = write_act(RENAME, [unit], [unit], on=on, basis=basis, by=by)
    report = {
        "old": [{"id": unit.id, "name": before}], "new": [{"id": unit.id, "name": unit.name}],
        "before": before, "after": unit.name, "short": unit.short_name, "lines": [], "aliases": aliases,
    }  # fmt: skip
    data = {"change": change.id, "on": on.isoformat(), "before": before, "name": unit.name}
    record_change(unit, "renamed", by, reason=basis, data=data)
    change.report = report
    change.report = {**report, "told": tell_units(change, by, carried)}
    record_change(change, RENAME, by, reason=basis, data=data)
    return change
