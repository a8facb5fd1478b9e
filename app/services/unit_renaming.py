"""A unit's new name as one act: looked at before, kept with its report, told to its people and committees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.db import session
from app.errors import DomainError
from app.models import Committee
from app.queries.unit_holdings import holdings, notices_under_signature, open_work, staying
from app.services.setup_log import record_change
from app.services.unit_backdating import backdated, check_meant
from app.services.unit_changes import write_act
from app.services.unit_news import tell_units
from app.services.unit_plans import RENAME, check_come, check_day
from app.services.unit_shares import Share, named_pieces, shares_by_committee, shares_of
from app.services.units import check_rename, rename_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from app.errors import Sentence
    from app.models import Person, Unit, UnitChange
    from app.queries.unit_holdings import Holding, Staying
    from app.services.unit_shares import Piece


@dataclass(frozen=True)
class Renaming:
    """What a new name would do: what carries it, what keeps the old one, and who would be told besides the unit."""

    before: str
    after: str
    on: date
    carries: Sequence[Holding]
    share: Share
    under_signature: Sequence[str]
    staying: Staying
    aliases: Sequence[str]
    backdated: Sequence[Sentence]
    committees: Sequence[str]


def plan_name(unit: Unit, *, name: str, short_name: str, on: date) -> Renaming:
    """Return what a new name from a day on would do; change nothing.

    :raises DomainError: what `check_rename` and `check_day` refuse.
    """
    check_day([unit], on)
    aliases = check_rename(unit, name, short_name, on)
    found = holdings([unit.id], on)
    pieces = [*named_pieces(found, unit.id, unit.name, name)]
    short_names = select(Committee.short_name).where(Committee.id.in_(shares_by_committee(pieces)))
    return Renaming(
        unit.name, name, on, found, _share_of(pieces, unit.name, name), notices_under_signature([unit.id]),
        staying([unit.id]), [alias for alias in aliases if alias in {unit.name, unit.short_name}],
        backdated([unit], on), session.scalars(short_names.order_by(Committee.id)).all(),
    )  # fmt: skip


def _share_of(pieces: Iterable[Piece], before: str, after: str) -> Share:
    return next(iter(shares_of(pieces)), Share(before, after, None))


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
    share = _share_of(carried, before, name)
    report = {
        "old": [{"id": unit.id, "name": before}], "new": [{"id": unit.id, "name": unit.name}],
        "before": before, "after": unit.name, "short": unit.short_name, "lines": [], "aliases": aliases,
        "carries": {"tasks": share.tasks, "late": share.late, "parts": share.parts},
    }  # fmt: skip
    data = {"change": change.id, "on": on.isoformat(), "before": before, "name": unit.name}
    record_change(unit, "renamed", by, reason=basis, data=data)
    change.report = report
    change.report = {**report, "told": tell_units(change, by, carried)}
    record_change(change, RENAME, by, reason=basis, data=data)
    return change
