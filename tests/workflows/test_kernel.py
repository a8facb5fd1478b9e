"""The kernel on a small table of its own: refusals with reasons, and a wrong table that fails when built."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from workflows.kernel import (
    BACK,
    SAME,
    Accepted,
    Facts,
    Flag,
    Guard,
    Need,
    Permit,
    Refused,
    Role,
    State,
    Transition,
    Words,
    Workflow,
    WorkflowError,
    decide,
    duties,
    offers,
    permit,
    refusals,
    states_awaiting,
)
from workflows.parts import day_in

TODAY = date(2026, 11, 23)
W = Words("Việc", "Thing")
EMPTY = Words("Việc", " ")
CHAIR = frozenset({Role.CHAIR})
HEAD = frozenset({Role.LEAD_HEAD})
STAFF = frozenset({Role.LEAD_STAFF})


@dataclass(frozen=True, kw_only=True)
class ThingFacts(Facts):
    """Facts of no real thing."""

    staff_may: bool = False
    ready: bool = True
    strict: bool = False
    hidden: bool = False


LETS = Permit(Role.LEAD_STAFF, "staff_may", Words("khi được phép", "when let"))
READY = Guard("ready", lambda facts, _given, _today: facts.ready, Words("Chưa sẵn sàng.", "Not ready."))
AHEAD = Guard("ahead", lambda _f, given, today: day_in(given, "day") > today, Words("Đã qua.", "Past."), field="day")
DAY = Need("day", "date", Words("Ngày", "Day"))
GO = Transition(
    "go",
    ("new",),
    "done",
    (*permit(Role.LEAD_HEAD), LETS),
    Words("Làm", "Go"),
    Words("đã làm", "went"),
    needs=(
        DAY,
        Need("colour", "choice", Words("Màu", "Colour"), required=False, choices=(("red", W),)),
        Need("proof", "files", Words("Minh chứng", "Proof"), required=False, required_if="strict"),
        Need("extra", "text", Words("Thêm", "Extra"), only_if="hidden"),
    ),
    guards=(READY, AHEAD),
    flags=(Flag("odd", lambda facts, _given, _today: not facts.strict, W),),
    duty=frozenset({Role.LEAD_HEAD, Role.LEAD_STAFF}),
    key="g",
)
HOLD = Transition("hold", ("new",), "held", permit(Role.CHAIR), W, W, barred=True)
NUDGE = Transition("nudge", ("new", "held"), SAME, permit(Role.CHAIR), W, W)
FREE = Transition("free", ("held",), BACK, permit(Role.CHAIR), W, W)
TICK = Transition("tick", ("held",), "done", permit(Role.SYSTEM), W, W)
STATES = (State("new", W, "grey", open=True), State("held", W, "grey", open=True), State("done", W, "green", end=True))


def table(*rows: Transition, states: tuple[State, ...] = STATES, initial: str = "new") -> Workflow:
    return Workflow("thing", W, ThingFacts, states, initial, rows)


THING = table(GO, HOLD, NUDGE, FREE, TICK)


def refusal(verdict: Accepted | Refused) -> Refused:
    assert isinstance(verdict, Refused)
    return verdict


def test_it_accepts_and_tells_state_effects_and_flags() -> None:
    verdict = decide(THING, ThingFacts(state="new"), "go", HEAD, {"day": date(2026, 12, 1)}, TODAY)
    assert isinstance(verdict, Accepted)
    assert (verdict.state, verdict.transition, [flag.name for flag in verdict.flags]) == ("done", GO, ["odd"])


def test_it_refuses_an_unknown_event() -> None:
    assert refusal(decide(THING, ThingFacts(state="new"), "fly", HEAD, {}, TODAY)).kind == "unknown_event"


def test_it_names_the_states_in_which_the_move_would_do() -> None:
    found = refusal(decide(THING, ThingFacts(state="done"), "go", HEAD, {}, TODAY))
    assert found.kind == "wrong_state"
    assert "“Việc”" in found.reason.vi


def test_it_names_who_may_instead() -> None:
    found = refusal(decide(THING, ThingFacts(state="new"), "go", CHAIR, {}, TODAY))
    assert found.kind == "not_yours"
    assert "Thủ trưởng đơn vị chủ trì, Chuyên viên đơn vị chủ trì (khi được phép)" in found.reason.vi
    assert "Staff of the lead unit (when let)" in found.reason.en


def test_what_the_system_does_is_nobodys() -> None:
    found = refusal(decide(THING, ThingFacts(state="held"), "tick", CHAIR, {}, TODAY))
    assert (found.kind, "hệ thống" in found.reason.vi) == ("not_yours", True)


def test_a_conditional_role_needs_its_fact() -> None:
    given = {"day": date(2026, 12, 1)}
    assert refusal(decide(THING, ThingFacts(state="new"), "go", STAFF, given, TODAY)).kind == "not_yours"
    assert isinstance(decide(THING, ThingFacts(state="new", staff_may=True), "go", STAFF, given, TODAY), Accepted)
    assert offers(THING, ThingFacts(state="new"), STAFF, TODAY) == []
    assert offers(THING, ThingFacts(state="new", staff_may=True), STAFF, TODAY) == [GO]
    assert duties(THING, ThingFacts(state="new", staff_may=True), STAFF, TODAY) == [GO]


def test_a_party_is_barred() -> None:
    roles = CHAIR | {Role.BARRED}
    assert refusal(decide(THING, ThingFacts(state="new"), "hold", roles, {}, TODAY)).kind == "barred"
    assert offers(THING, ThingFacts(state="new"), roles, TODAY) == [NUDGE]


def test_guards_on_the_item_come_before_fields() -> None:
    found = refusal(decide(THING, ThingFacts(state="new", ready=False), "go", HEAD, {}, TODAY))
    assert (found.kind, found.guard, found.field, found.reason.en) == ("guard", "ready", None, "Not ready.")
    assert offers(THING, ThingFacts(state="new", ready=False), HEAD, TODAY) == []


@pytest.mark.parametrize(
    ("given", "facts", "field"),
    [
        ({}, {}, "day"),
        ({"day": None}, {}, "day"),
        ({"day": "  "}, {}, "day"),
        ({"day": "1/12"}, {}, "day"),
        ({"day": datetime(2026, 12, 1, tzinfo=UTC)}, {}, "day"),
        ({"day": date(2026, 12, 1), "colour": "mauve"}, {}, "colour"),
        ({"day": date(2026, 12, 1), "proof": ()}, {"strict": True}, "proof"),
        ({"day": date(2026, 12, 1)}, {"hidden": True}, "extra"),
    ],
)
def test_a_missing_or_misshapen_field_is_named(given: dict[str, object], facts: dict[str, Any], field: str) -> None:
    found = refusal(decide(THING, ThingFacts(state="new", **facts), "go", HEAD, given, TODAY))
    assert (found.kind, found.field) == ("missing", field)


def test_fields_in_shape_pass() -> None:
    given = {"day": date(2026, 12, 1), "colour": "red", "proof": ["a.pdf"], "extra": "x"}
    facts = ThingFacts(state="new", strict=True, hidden=True)
    verdict = decide(THING, facts, "go", HEAD, given, TODAY)
    assert isinstance(verdict, Accepted)
    assert verdict.flags == ()


def test_a_guard_on_what_was_typed_names_its_field() -> None:
    found = refusal(decide(THING, ThingFacts(state="new"), "go", HEAD, {"day": TODAY}, TODAY))
    assert (found.kind, found.guard, found.field) == ("guard", "ahead", "day")


def test_back_leads_where_it_came_from_and_staying_forgets_nothing() -> None:
    held = decide(THING, ThingFacts(state="new"), "hold", CHAIR, {}, TODAY)
    assert isinstance(held, Accepted)
    assert (held.state, held.left_state) == ("held", "new")
    facts = ThingFacts(state="held", left_state="new")
    stayed = decide(THING, facts, "nudge", CHAIR, {}, TODAY)
    assert isinstance(stayed, Accepted)
    assert (stayed.state, stayed.left_state) == ("held", "new")
    freed = decide(THING, facts, "free", CHAIR, {}, TODAY)
    assert isinstance(freed, Accepted)
    assert (freed.state, freed.left_state) == ("new", None)


@pytest.mark.parametrize("left", [None, "done"])
def test_an_item_that_forgot_where_it_came_from_is_an_error(left: str | None) -> None:
    with pytest.raises(WorkflowError, match="go back"):
        decide(THING, ThingFacts(state="held", left_state=left), "free", CHAIR, {}, TODAY)


def test_why_not_tells_of_my_moves_elsewhere_and_others_moves_here() -> None:
    answers = {row.event: why.kind for row, why in refusals(THING, ThingFacts(state="held"), HEAD, TODAY)}
    assert answers == {"go": "wrong_state", "nudge": "not_yours", "free": "not_yours"}
    assert list(answers)[-1] == "go"  # what could be done now, by somebody else, comes first


def test_the_inbox_counts_conditional_duties_only_where_they_hold() -> None:
    assert states_awaiting(THING, STAFF) == {"new"}
    assert states_awaiting(THING, STAFF, frozenset()) == frozenset()
    assert states_awaiting(THING, STAFF, frozenset({"staff_may"})) == {"new"}
    assert states_awaiting(THING, CHAIR) == frozenset()


def test_a_second_row_helps_where_the_first_is_not_ready() -> None:
    by_system = replace(GO, who=permit(Role.SYSTEM), needs=(), guards=(), flags=(), duty=frozenset())
    both = table(GO, by_system, HOLD, NUDGE, FREE, TICK)
    verdict = decide(both, ThingFacts(state="new", ready=False), "go", HEAD | {Role.SYSTEM}, {}, TODAY)
    assert isinstance(verdict, Accepted)
    assert verdict.transition is by_system
    offered = offers(both, ThingFacts(state="new"), HEAD | {Role.SYSTEM}, TODAY)
    assert offered == [GO]


def test_words_speak_both_languages() -> None:
    assert (READY.words.of("vi"), READY.words.of("en-GB")) == ("Chưa sẵn sàng.", "Not ready.")


WRONG: list[tuple[str, tuple[Transition, ...], dict[str, Any]]] = [
    ("state 'new' stands twice", (GO,), {"states": (*STATES, STATES[0])}),
    ("unknown initial state 'nowhere'", (GO,), {"initial": "nowhere"}),
    ("state 'new' lacks words", (GO,), {"states": (replace(STATES[0], label=EMPTY), *STATES[1:])}),
    ("unknown tone 'pink'", (GO,), {"states": (replace(STATES[0], tone="pink"), *STATES[1:])}),  # type: ignore[arg-type]
    ("both open and an end", (GO,), {"states": (replace(STATES[0], end=True), *STATES[1:])}),
    ("leaves from no state", (replace(GO, sources=()),), {}),
    ("unknown state 'old'", (replace(GO, sources=("old",)),), {}),
    ("unknown state 'gone'", (replace(GO, target="gone"),), {}),
    ("nothing leads where it starts", (replace(GO, target=BACK),), {}),
    ("nobody may take it", (replace(GO, who=(), duty=frozenset()),), {}),
    ("nobody may take it", (replace(GO, who=permit(Role.BARRED), duty=frozenset()),), {}),
    ("a duty of somebody who may not", (replace(GO, duty=CHAIR),), {}),
    ("unknown effect 'explode'", (replace(GO, effects=("explode",)),), {}),
    ("unknown tone 'pink'", (replace(GO, tone="pink"),), {}),  # type: ignore[arg-type]
    ("key 'j' is taken", (replace(GO, key="j"),), {}),
    ("label lacks words", (replace(GO, label=EMPTY),), {}),
    ("past lacks words", (replace(GO, past=EMPTY),), {}),
    ("confirm lacks words", (replace(GO, confirm=EMPTY),), {}),
    ("guard 'ready' lacks words", (replace(GO, guards=(replace(READY, words=EMPTY),)),), {}),
    ("flag 'odd' lacks words", (replace(GO, flags=(replace(GO.flags[0], words=EMPTY),)),), {}),
    ("condition 'staff_may' lacks words", (replace(GO, who=(replace(LETS, condition=None),), duty=STAFF),), {}),
    ("condition 'staff_may' lacks words", (replace(GO, who=(replace(LETS, condition=EMPTY),), duty=STAFF),), {}),
    ("need 'day' lacks words", (replace(GO, needs=(replace(DAY, label=EMPTY),)),), {}),
    ("need 'day' lacks words", (replace(GO, needs=(replace(DAY, help=EMPTY),)),), {}),
    ("choice 'red' lacks words", (replace(GO, needs=(DAY, Need("c", "choice", W, choices=(("red", EMPTY),)))),), {}),
    ("need 'day' stands twice", (replace(GO, needs=(DAY, DAY)),), {}),
    ("unknown kind 'smell'", (replace(GO, needs=(replace(DAY, kind="smell"),)),), {}),  # type: ignore[arg-type]
    ("if and only if it is a choice", (replace(GO, needs=(replace(DAY, kind="choice"),)),), {}),
    ("if and only if it is a choice", (replace(GO, needs=(replace(DAY, choices=(("red", W),)),)),), {}),
    ("the unknown field 'day'", (replace(GO, needs=()),), {}),
    ("unknown fact 'moody'", (replace(GO, who=(replace(LETS, when="moody"),), duty=STAFF),), {}),
    ("unknown fact 'moody'", (replace(GO, needs=(replace(DAY, only_if="moody"),)),), {}),
    ("unknown fact 'moody'", (replace(GO, needs=(replace(DAY, required_if="moody"),)),), {}),
    ("its rows differ in label", (GO, HOLD, FREE, TICK, replace(GO, sources=("held",), label=Words("a", "b"))), {}),
    ("two rows for the same role", (GO, GO, HOLD, FREE, TICK), {}),
    ("go, hold: same key 'g' in 'new'", (GO, replace(HOLD, key="g"), FREE, TICK), {}),
    ("state 'held' cannot be reached", (GO, TICK), {}),
    ("state 'held' is a dead end", (GO, HOLD), {}),
    ("state 'new' is a dead end", (HOLD, FREE), {}),
]


@pytest.mark.parametrize(("fault", "rows", "changes"), WRONG, ids=[f"{i}-{w[0][:40]}" for i, w in enumerate(WRONG)])
def test_a_wrong_table_is_refused(fault: str, rows: tuple[Transition, ...], changes: dict[str, Any]) -> None:
    with pytest.raises(WorkflowError) as caught:
        table(*rows, **changes)
    assert fault in str(caught.value)


def test_the_same_key_in_states_that_never_meet_is_fine() -> None:
    table(GO, HOLD, NUDGE, FREE, replace(TICK, key="g"))
