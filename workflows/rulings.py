"""Nobody rules on his own: how a ruling passes to the next in order, and at last back to the chair."""

from __future__ import annotations

from dataclasses import replace

from workflows.effects import MARK_SELF_RULED
from workflows.needs import REASON
from workflows.parts import Transition, permit
from workflows.roles import Role


def ruling(row: Transition) -> tuple[Transition, Transition]:
    """Give the row as barred and open to the stand-in, and its twin for the chair as last resort.

    The twin asks for a reason even where the ruling itself needs none, and marks the ruling.
    """
    owed = Role.CHAIR in row.duty
    main = replace(
        row,
        barred=True,
        who=(*row.who, *permit(Role.STAND_IN)),
        duty=row.duty | {Role.STAND_IN} if owed else row.duty,
    )
    others = tuple(need for need in row.needs if need.name != REASON.name)
    twin = replace(
        row,
        who=permit(Role.LAST_RESORT),
        needs=(REASON, *others),
        effects=(*row.effects, MARK_SELF_RULED),
        duty=frozenset({Role.LAST_RESORT}) if owed else frozenset(),
    )
    return main, twin
