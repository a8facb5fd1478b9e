"""What the kernel answers: the move accepted, or refused in the user's words with what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from workflows.roles import COMPUTED, Role
from workflows.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from workflows.parts import (
        Facts,
        Flag,
        Given,
        Guard,
        Need,
        Permit,
        State,
        Transition,
    )

RefusalKind = Literal["unknown_event", "wrong_state", "not_yours", "barred", "missing", "guard"]


@dataclass(frozen=True)
class Accepted:
    """The move is lawful: the new state, the effects in order, what to flag, and the state to remember."""

    state: str
    effects: tuple[str, ...]
    transition: Transition
    flags: tuple[Flag, ...] = ()
    left_state: str | None = None
    kind: Literal["accepted"] = "accepted"


@dataclass(frozen=True)
class Refused:
    """The move is not lawful; `field` names the field at fault and `guard` the guard, where there is one."""

    kind: RefusalKind
    reason: Words
    field: str | None = None
    guard: str | None = None


def unknown_event(item: Words) -> Refused:
    """Refuse a move that the table does not have."""
    return Refused(
        "unknown_event",
        Words(
            f"Không có thao tác này đối với {item.vi.lower()}. Hãy tải lại trang rồi chọn lại.",
            f"There is no such action on a {item.en.lower()}. Reload the page and choose again.",
        ),
    )


def wrong_state(rows: Iterable[Transition], states: Mapping[str, State], found: str) -> Refused:
    """Refuse a move that exists, but not from the state in which the item is."""
    rows = tuple(rows)
    names = dict.fromkeys(source for row in rows for source in row.sources)
    vi = ", ".join(f"“{states[name].label.vi}”" for name in names)
    en = ", ".join(f"“{states[name].label.en}”" for name in names)
    label, here = rows[0].label, states[found].label
    return Refused(
        "wrong_state",
        Words(
            f"Hiện đang ở trạng thái “{here.vi}”; “{label.vi}” chỉ thực hiện được ở trạng thái: {vi}.",
            f"The state is now “{here.en}”; “{label.en}” is possible only in: {en}.",
        ),
    )


def _named(permits: Iterable[Permit]) -> Words:
    vi, en = [], []
    for permit in permits:
        name = permit.role.words
        condition = permit.condition
        vi.append(f"{name.vi} ({condition.vi})" if condition else name.vi)
        en.append(f"{name.en} ({condition.en})" if condition else name.en)
    return Words(", ".join(dict.fromkeys(vi)), ", ".join(dict.fromkeys(en)))


def not_yours(rows: Iterable[Transition]) -> Refused:
    """Refuse a move that others take, and name them."""
    rows = tuple(rows)
    hidden = COMPUTED | {Role.SYSTEM}
    people = [permit for row in rows for permit in row.who if permit.role not in hidden]
    label = rows[0].label
    if not people:
        return Refused(
            "not_yours",
            Words(
                f"“{label.vi}” do hệ thống tự thực hiện khi đủ điều kiện; bạn không cần làm gì.",
                f"“{label.en}” happens by itself when its time comes; you need do nothing.",
            ),
        )
    names = _named(people)
    return Refused(
        "not_yours",
        Words(
            f"“{label.vi}” thuộc thẩm quyền của: {names.vi}. Hãy liên hệ để được xử lý.",
            f"“{label.en}” is for: {names.en}. Ask them to act.",
        ),
    )


RULING_PARTY = Words(
    "thuộc đơn vị chủ trì, đã báo cáo hoặc đã nhập thay",
    "you belong to the lead unit, reported, or entered it for another",
)
"""What makes somebody a party to a ruling on a task."""
RULED_BY_NEXT = Words("Người có thẩm quyền tiếp theo sẽ quyết định.", "The next person in order will rule.")


def barred(row: Transition) -> Refused:
    """Refuse a ruling to somebody whose own matter it is."""
    why = row.party or RULING_PARTY
    next_one = _asked(row) if row.party else RULED_BY_NEXT
    return Refused(
        "barred",
        Words(
            f"Bạn là người trong cuộc ({why.vi}) nên không được tự “{row.label.vi}”. {next_one.vi}",
            f"This is your own matter ({why.en}), so “{row.label.en}” is not for you. {next_one.en}",
        ),
    )


def _asked(row: Transition) -> Words:
    names = _named([permit for permit in row.who if permit.role is not Role.SYSTEM])
    return Words(f"Hãy nhờ người khác có thẩm quyền: {names.vi}.", f"Ask another who may: {names.en}.")


def guarded(guard: Guard) -> Refused:
    """Refuse because a guard does not hold."""
    return Refused("guard", guard.words, guard.field, guard.name)


_TYPES: Mapping[str, tuple[type, ...]] = {
    "text": (str,),
    "long_text": (str,),
    "choice": (str,),
    "date": (date,),
    "flag": (bool,),
    "number": (int, float, Decimal),
    "measure": (int, Decimal),
    "target": (int, Decimal),
    "links": (str,),
}


def _understood(need: Need, value: object) -> bool:
    if not isinstance(value, _TYPES.get(need.kind, (object,))) or isinstance(value, datetime):
        return False
    return need.kind != "choice" or value in dict(need.choices)


def missing(need: Need, facts: Facts, given: Given) -> Refused | None:
    """Refuse a required field left empty, and any field whose value is not of its kind."""
    value = given.get(need.name)
    label = need.label
    if value is None or (isinstance(value, str) and not value.strip()) or value in ((), []):
        if not need.is_required(facts):
            return None
        reason = Words(f"Hãy nhập “{label.vi}”.", f"Please fill in “{label.en}”.")
    elif _understood(need, value):
        return None
    else:
        reason = Words(
            f"“{label.vi}” chưa đúng dạng. Hãy nhập lại.",
            f"“{label.en}” is not in the right form. Enter it again.",
        )
    return Refused("missing", reason, need.name)


def hindrance(row: Transition, facts: Facts, today: date) -> Refused:
    """Refuse by the first guard on the item itself that does not hold."""
    return guarded(next(guard for guard in row.standing_guards if not guard.check(facts, {}, today)))


def faulty_field(row: Transition, facts: Facts, given: Given, today: date) -> Refused | None:
    """Find the first field that is missing or holds what cannot be accepted."""
    lacking = (refused for need in row.needs if (refused := missing(need, facts, given)))
    failed = (guarded(g) for g in row.guards if g.field is not None and not g.check(facts, given, today))
    return next(lacking, None) or next(failed, None)
