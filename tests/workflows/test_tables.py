"""What each table asks for, refuses and flags, guard by guard; and what must hold across its rows.

Over 300 lines: the list of guards is complete only in one place.
"""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from tests.workflows.lawful import GIVEN, TODAY, at
from workflows import conclusion, extension, task
from workflows import effects as then
from workflows.agenda_proposal import PROPOSE, may_propose
from workflows.evidence import BROUGHT, Link, read_links
from workflows.explanation import may_ask
from workflows.extension import may_request
from workflows.kernel import SAME, Accepted, Refused, Role, decide, offers, refusals
from workflows.minutes import CORRECTED
from workflows.registry import ALL
from workflows.sub_task import may_give
from workflows.task import TASK, TaskFacts

if TYPE_CHECKING:
    from workflows.kernel import Transition

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
EVERYONE = frozenset(Role) - {Role.BARRED, Role.SYSTEM}
SYSTEM = frozenset({Role.SYSTEM})

GUARDED: list[tuple[str, str, str, dict[str, Any], dict[str, object], str]] = [
    ("task", "draft", "assign", {"has_lead": False}, {}, "has_lead"),
    ("task", "draft", "assign", {"due_on": None, "no_due_reason": " "}, {}, "due_settled"),
    ("task", "draft", "assign", {"has_source": False}, {}, "has_source"),
    ("task", "assigned", "enter_done", {}, {"done_on": date(2026, 3, 9)}, "done_after_given"),
    ("task", "draft", "enter_done", {"entered_on": YESTERDAY}, {"done_on": TODAY}, "done_before_entered"),
    ("task", "assigned", "reassign", {}, {"lead_unit": 1}, "other_lead"),
    ("task", "assigned", "contest", {}, {"proposed_unit": 1}, "other_unit"),
    ("task", "in_progress", "amend", {}, {"new_due": date(2026, 12, 1)}, "other_due"),
    ("task", "in_progress", "amend", {}, {"new_due": YESTERDAY}, "due_ahead"),
    ("task", "in_progress", "answer", {"has_card": False}, {}, "has_card"),
    ("task", "in_progress", "report", {"open_subtasks": 1}, {}, "subtasks_closed"),
    ("task", "in_progress", "hand_over", {"owner": 3}, {}, "other_person"),
    ("task", "in_progress", "reword", {}, {"title": "Rà soát " * 40}, "title_fits"),
    ("task", "in_progress", "reword", {"title": "Kiểm kê máy tính bảng"}, {}, "other_title"),
    ("task", "in_progress", "ask_evidence", {"evidence_rule": "photo"}, {}, "other_evidence"),
    (
        "task",
        "in_progress",
        "set_target",
        {"has_target": True, "target": 52, "target_unit": "máy"},
        {"target": 52, "target_unit": "máy"},
        "other_target",
    ),
    ("task", "in_progress", "set_target", {}, {"target": 52, "target_unit": "m" * 61}, "target_unit_fits"),
    ("coordinating_part", "asked", "deliver", {"task_open": False}, {}, "task_open"),
    ("coordinating_part", "asked", "ask", {}, {"due": YESTERDAY}, "due_not_gone"),
    (
        "coordinating_part",
        "asked",
        "ask",
        {"task_due": TOMORROW},
        {"due": TOMORROW + timedelta(days=1)},
        "due_before_task",
    ),
    ("coordinating_part", "asked", "withdraw", {"was_asked": False}, {}, "something_asked"),
    ("coordinating_part", "delivered", "note", {"task_lives": False}, {}, "task_lives"),
    ("explanation", "unanswered", "answer", {"task_stands": False}, {}, "task_stands"),
    ("explanation", "unanswered", "answer", {"asked_of_lead": False}, {}, "asked_of_lead"),
    ("sub_task", "given", "change", {}, {"sub_unit": 4}, "one_doer"),
    ("sub_task", "given", "change", {}, {"person": None}, "one_doer"),
    ("task", "reported", "confirm", {"pending_extension": True}, {}, "extension_ruled"),
    ("task", "in_progress", "pause", {}, {"until": TODAY}, "until_ahead"),
    ("task", "completed", "reopen", {}, {"new_due": YESTERDAY}, "due_ahead"),
    ("extension", "requested", "grant", {}, {"new_due": date(2026, 12, 1)}, "grant_later"),
    ("meeting", "planned", "convene", {"starts_on": None}, {}, "has_time"),
    ("meeting", "planned", "convene", {"starts_on": YESTERDAY}, {}, "not_past"),
    ("meeting", "planned", "convene", {"has_place": False}, {}, "has_place"),
    ("meeting", "planned", "convene", {"has_presider": False}, {}, "has_presider"),
    ("meeting", "planned", "convene", {"has_agenda": False}, {}, "has_agenda"),
    ("meeting", "planned", "convene", {"invitee_count": 0}, {}, "has_invitees"),
    ("meeting", "planned", "convene", {"convene_by": YESTERDAY}, {"urgent_reason": " "}, "urgency_said"),
    ("meeting", "convened", "start", {"starts_on": TOMORROW}, {}, "day_come"),
    ("meeting", "in_session", "end", {"attendance_recorded": False}, {}, "attendance_recorded"),
    ("meeting", "planned", "record", {}, {"held_on": TOMORROW}, "held_by_now"),
    ("meeting", "held", "close", {"minutes_approved": False}, {}, "minutes_approved"),
    ("meeting", "held", "close", {"notice_issued": False}, {}, "notice_settled"),
    ("invitation", "unanswered", "accept", {"meeting_convened": False}, {}, "takes_answers"),
    ("minutes", "drafting", "submit", {"has_text": False}, {}, "has_text"),
    ("minutes", "returned", "submit", {"meeting_held": False}, {}, "meeting_held"),
    ("minutes", "approved", "confirm", {"next_begun": False}, {}, "next_begun"),
    ("minutes", "approved", "confirm", {"confirmed": True}, {}, "not_confirmed"),
    ("minutes", "approved", "confirm", {}, {"outcome": CORRECTED, "correction": " "}, "correction_said"),
    ("minutes", "approved", "confirm", {}, {"correction": "sửa tên"}, "correction_meant"),
    ("minutes", "approved", "unconfirm", {"has_confirmation": False}, {}, "has_confirmation"),
    ("minutes", "approved", "unconfirm", {"next_approved": True}, {}, "next_not_approved"),
    ("agenda_proposal", "proposed", "take", {"meeting_open": False}, {}, "meeting_open"),
    ("agenda_proposal", "proposed", "take", {}, {"position": 0}, "place_counts"),
    ("agenda_proposal", "proposed", "put_off", {"next_planned": False}, {}, "next_planned"),
    ("notice", "drafting", "submit", {"clause_count": 0}, {}, "has_clauses"),
    ("notice", "drafting", "submit", {"unsettled_clauses": 1}, {}, "clauses_settled"),
    ("notice", "drafting", "submit", {"incomplete_tasks": 1}, {}, "tasks_complete"),
    ("notice", "drafting", "submit", {"unreviewed_clauses": 1}, {}, "all_reviewed"),
    ("notice", "drafting", "submit", {"unsettled_replaced": 1}, {}, "replaced_settled"),
    ("notice", "drafting", "submit", {"doubled_clauses": 1}, {}, "not_doubled"),
    ("notice", "drafting", "submit", {"replaced_reported": 1}, {}, "replaced_ruled"),
    ("notice", "drafting", "submit", {"has_signer": False}, {}, "has_signer"),
    ("notice", "submitted", "sign", {"replaced_reported": 1}, {}, "replaced_ruled"),
    ("notice", "signed", "unsign", {"number_used": True}, {}, "no_number"),
    ("notice", "signed", "issue", {"text_matches": False}, {}, "unchanged_text"),
    ("notice", "signed", "issue", {}, {"issued_on": TOMORROW}, "issued_by_now"),
    ("task", "in_progress", "report", {}, {"links": "không phải địa chỉ"}, "links_read"),
    ("task", "in_progress", "report", {"evidence_rule": "photo"}, {"evidence": [1]}, "photo_brought"),
    (
        "task",
        "in_progress",
        "report",
        {"evidence_rule": "signed"},
        {"evidence": [1], BROUGHT: ["photo"]},
        "signed_brought",
    ),
    ("task", "in_progress", "report", {"evidence_rule": "any"}, {}, "something_brought"),
    ("monthly_report", "collecting", "draft", {"period_end": TODAY}, {}, "period_over"),
    ("monthly_report", "drafted", "submit", {"causes_missing": 1}, {}, "causes_said"),
    ("monthly_report", "drafted", "submit", {"figures_current": False}, {}, "figures_current"),
    ("monthly_report", "submitted", "sign", {"figures_current": False}, {}, "figures_current"),
    ("monthly_report", "submitted", "send_to_recompute", {"figures_stale": False}, {}, "figures_stale"),
    ("monthly_report", "signed", "issue", {"text_matches": False}, {}, "unchanged_text"),
    ("proposal", "drafting", "submit", {"complete": False}, {}, "complete"),
    ("proposal", "supplement_requested", "submit", {"cost_sourced": False}, {}, "cost_sourced"),
    ("proposal", "submitted", "put_on", {"meetings_ahead": 0}, {}, "meeting_ahead"),
    ("proposal", "on_agenda", "approve", {}, {"task": "mua sắm"}, "task_dated"),
    ("proposal", "on_agenda", "approve", {}, {"task_due": TOMORROW}, "task_dated"),
    ("proposal", "submitted", "approve", {}, {"task": "mua sắm", "task_due": YESTERDAY}, "task_ahead"),
    ("proposal", "referred", "record_approval", {}, {"answered_on": TOMORROW}, "answered_by_now"),
    ("proposal", "referred", "record_rejection", {}, {"answered_on": TOMORROW}, "answered_by_now"),
]


@pytest.mark.parametrize(("name", "state", "event", "facts", "given", "guard"), GUARDED, ids=lambda v: str(v)[:30])
def test_a_guard_refuses_and_says_what_to_do(  # noqa: PLR0913, PLR0917
    name: str, state: str, event: str, facts: dict[str, Any], given: dict[str, object], guard: str
) -> None:
    workflow = ALL[name]
    lawful = decide(workflow, at(workflow, state), event, EVERYONE, GIVEN, TODAY)
    assert isinstance(lawful, Accepted)
    refused = decide(workflow, at(workflow, state, **facts), event, EVERYONE, {**GIVEN, **given}, TODAY)
    assert isinstance(refused, Refused)
    assert (refused.kind, refused.guard) == ("guard", guard)


def test_every_guard_of_every_table_was_seen_to_refuse() -> None:
    known = {guard.name for workflow in ALL.values() for row in workflow.transitions for guard in row.guards}
    assert known - {guard for *_, guard in GUARDED} == {"pause_over", "nothing_lives", "day_over"}  # SYSTEM's, below


def test_the_system_resumes_only_when_the_pause_is_over() -> None:
    facts = at(TASK, "paused", paused_until=TOMORROW)
    early = decide(TASK, facts, "resume", SYSTEM, {}, TODAY)
    assert isinstance(early, Refused)
    assert early.guard == "pause_over"
    assert isinstance(decide(TASK, facts, "resume", SYSTEM, {}, TOMORROW), Accepted)
    assert isinstance(decide(TASK, facts, "resume", frozenset({Role.CHAIR}), {}, TODAY), Accepted)


def test_a_day_for_an_explanation_passes_only_when_it_is_over() -> None:
    table = ALL["explanation"]
    for answer_by, verdict in ((YESTERDAY, Accepted), (TODAY, Refused)):
        decided = decide(table, at(table, "asked", answer_by=answer_by), "expire", SYSTEM, {}, TODAY)
        assert isinstance(decided, verdict)
    late = decide(table, at(table, "unanswered"), "answer", frozenset({Role.LEAD_HEAD}), GIVEN, TODAY)
    assert isinstance(late, Accepted)
    assert late.state == "answered"


ASKING = frozenset({Role.SECRETARY})


@pytest.mark.parametrize(
    ("facts", "given", "guard"),
    [
        ({"overdue": False}, {}, "overdue"),
        ({"pending_explanation": True}, {}, "none_pending"),
        ({}, {"answer_by": YESTERDAY}, "answer_ahead"),
    ],
)
def test_an_explanation_is_asked_of_what_is_overdue_and_not_asked_already(
    facts: dict[str, Any], given: dict[str, object], guard: str
) -> None:
    assert isinstance(may_ask(at(TASK, "in_progress"), GIVEN, TODAY, ASKING), Accepted)
    refused = may_ask(at(TASK, "in_progress", **facts), {**GIVEN, **given}, TODAY, ASKING)
    assert isinstance(refused, Refused)
    assert refused.guard == guard


@pytest.mark.parametrize(
    ("facts", "given", "guard"),
    [
        ({}, {"person": None}, "one_doer"),
        ({}, {"sub_unit": 9}, "one_doer"),
        ({}, {"due": YESTERDAY}, "due_not_gone"),
        ({}, {"due": date(2026, 12, 2)}, "due_before_task"),
    ],
)
def test_a_sub_task_has_one_doer_and_ends_with_its_task(
    facts: dict[str, Any], given: dict[str, object], guard: str
) -> None:
    head = frozenset({Role.LEAD_HEAD})
    assert isinstance(may_give(at(TASK, "in_progress"), GIVEN, TODAY, head), Accepted)
    refused = may_give(at(TASK, "in_progress", **facts), {**GIVEN, **given}, TODAY, head)
    assert isinstance(refused, Refused)
    assert refused.guard == guard
    # A task that is overdue itself sets no last day for its pieces.
    late = may_give(at(TASK, "in_progress", due_on=YESTERDAY), GIVEN, TODAY, head)
    assert isinstance(late, Accepted)


def test_a_notice_is_superseded_with_its_last_clause() -> None:
    facts = at(ALL["notice"], "issued", live_clauses=1)
    verdict = decide(ALL["notice"], facts, "supersede", SYSTEM, {}, TODAY)
    assert isinstance(verdict, Refused)
    assert verdict.guard == "nothing_lives"


def test_evidence_is_required_where_asked_and_not_yet_there() -> None:
    asked = at(TASK, "in_progress", evidence_rule="file")
    verdict = decide(TASK, asked, "report", EVERYONE, GIVEN, TODAY)
    assert isinstance(verdict, Refused)
    assert (verdict.kind, verdict.field) == ("missing", "evidence")
    for facts in (at(TASK, "in_progress"), at(TASK, "in_progress", evidence_rule="file", evidence_count=1)):
        assert isinstance(decide(TASK, facts, "report", EVERYONE, GIVEN, TODAY), Accepted)


@pytest.mark.parametrize(
    ("rule", "given"),
    [
        ("photo", {"evidence": [1], BROUGHT: ["photo"]}),
        ("signed", {"evidence": [1, 2], BROUGHT: ["photo", "signed"]}),
        ("any", {"evidence": [1], BROUGHT: []}),
        ("any", {"links": "https://binhminh.example/tin-12 Tin về lớp tập huấn"}),
    ],
)
def test_a_rule_of_a_kind_is_fulfilled_by_what_comes_along(rule: str, given: dict[str, object]) -> None:
    facts = at(TASK, "in_progress", evidence_rule=rule)
    assert isinstance(decide(TASK, facts, "report", EVERYONE, {**GIVEN, **given}, TODAY), Accepted)
    there = at(TASK, "in_progress", evidence_rule=rule, evidence_count=1)
    assert isinstance(decide(TASK, there, "report", EVERYONE, GIVEN, TODAY), Accepted)


def test_links_are_read_one_a_line_with_their_host() -> None:
    text = "https://binhminh.example/tin-12 – Tin về lớp tập huấn\n\n http://bộ.example/a?b=1 Bảng số liệu"
    assert read_links(text) == [
        Link("https://binhminh.example/tin-12", "Tin về lớp tập huấn", "binhminh.example"),
        Link("http://bộ.example/a?b=1", "Bảng số liệu", "xn--b-8xm.example"),
    ]
    assert read_links("") == []
    assert read_links("binhminh.example/tin-12") == [
        Link("https://binhminh.example/tin-12", "binhminh.example/tin-12", "binhminh.example")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "binhminh Ảnh chụp",
        "javascript:alert(1) Ảnh",
        "ftp://binhminh.example/a Ảnh",
        "https://ngan-hang.example@binhminh.example/ Ảnh",
        "https:///a Ảnh",
        "https://binh\\minh.example/ Ảnh",
        "https://[::1 Ảnh",
    ],
)
def test_what_is_no_link_is_refused(line: str) -> None:
    assert read_links(line) is None


def test_a_measure_is_reported_where_there_is_a_target() -> None:
    verdict = decide(TASK, at(TASK, "in_progress", has_target=True), "report", EVERYONE, GIVEN, TODAY)
    assert isinstance(verdict, Refused)
    assert verdict.field == "measure"


def test_the_clerks_number_is_asked_for_only_where_he_counts() -> None:
    verdict = decide(ALL["notice"], at(ALL["notice"], "signed", external_number=True), "issue", EVERYONE, {}, TODAY)
    assert isinstance(verdict, Refused)
    assert (verdict.kind, verdict.field) == ("missing", "number")


@pytest.mark.parametrize(
    ("name", "state", "event", "facts", "given", "flags"),
    [
        ("task", "in_progress", "contest", {"contest_by": YESTERDAY}, {}, ["late_contest"]),
        ("task", "in_progress", "contest", {"contest_by": TODAY}, {}, []),
        ("task", "assigned", "contest", {}, {}, []),
        ("meeting", "planned", "convene", {"convene_by": YESTERDAY}, {"urgent_reason": "lũ lụt"}, ["urgent"]),
        ("meeting", "planned", "convene", {"convene_by": TODAY}, {}, []),
        ("notice", "signed", "issue", {"issue_by": YESTERDAY}, {"issued_on": TODAY}, ["late_notice"]),
        ("notice", "signed", "issue", {"issue_by": TODAY}, {}, []),
        ("proposal", "submitted", "approve", {}, {}, ["outside_meeting"]),
        ("proposal", "on_agenda", "approve", {}, {"task": "mua sắm", "task_due": TODAY}, []),
    ],
)
def test_flags_note_and_never_refuse(  # noqa: PLR0913, PLR0917
    name: str, state: str, event: str, facts: dict[str, Any], given: dict[str, object], flags: list[str]
) -> None:
    verdict = decide(ALL[name], at(ALL[name], state, **facts), event, EVERYONE, {**GIVEN, **given}, TODAY)
    assert isinstance(verdict, Accepted)
    assert [flag.name for flag in verdict.flags] == flags


def test_an_item_is_proposed_until_its_last_day_for_a_meeting_that_lies_ahead() -> None:
    head = frozenset({Role.LEAD_HEAD})
    assert isinstance(may_propose(at(ALL["meeting"], "planned"), TODAY, head), Accepted)
    accepted = may_propose(at(ALL["meeting"], "convened", proposals_until=TODAY), TODAY, head)
    assert isinstance(accepted, Accepted)
    assert accepted.transition is PROPOSE
    for facts, roles, kind in (
        (at(ALL["meeting"], "planned"), frozenset({Role.INVITEE}), "not_yours"),
        (at(ALL["meeting"], "held"), head, "wrong_state"),
        (at(ALL["meeting"], "planned", proposals_until=YESTERDAY), head, "guard"),
    ):
        refused = may_propose(facts, TODAY, roles)
        assert isinstance(refused, Refused)
        assert refused.kind == kind
        assert refused.reason.complete


def test_a_meeting_closes_without_a_notice_when_that_is_said() -> None:
    facts = at(ALL["meeting"], "held", notice_issued=False)
    assert isinstance(decide(ALL["meeting"], facts, "close", EVERYONE, {"no_notice": True}, TODAY), Accepted)


def test_the_last_resort_must_say_why_and_is_marked() -> None:
    roles = frozenset({Role.CHAIR, Role.BARRED, Role.LAST_RESORT})
    silent = decide(TASK, at(TASK, "reported"), "confirm", roles, {}, TODAY)
    assert isinstance(silent, Refused)
    assert (silent.kind, silent.field) == ("missing", "reason")
    said = decide(TASK, at(TASK, "reported"), "confirm", roles, {"reason": "không còn ai khác"}, TODAY)
    assert isinstance(said, Accepted)
    assert then.MARK_SELF_RULED in said.effects
    by_another = decide(TASK, at(TASK, "reported"), "confirm", frozenset({Role.STAND_IN}), {}, TODAY)
    assert isinstance(by_another, Accepted)
    assert then.MARK_SELF_RULED not in by_another.effects


def test_the_moves_refused_to_a_party_are_just_these() -> None:
    barred = {(name, row.event) for name, workflow in ALL.items() for row in workflow.transitions if row.barred}
    rulings = {"answer", "confirm", "send_back", "uphold", "reassign", "pause", "withdraw", "restore", "reopen"}
    proposals = {("proposal", event) for event in ("approve", "reject", "refer")}
    extensions = {("extension", "grant"), ("extension", "refuse")}
    pieces = {("sub_task", event) for event in ("accept", "give_back", "change", "withdraw")}
    assert (
        barred
        == {("task", event) for event in {*rulings, "ask_evidence", "set_target"}} | extensions | proposals | pieces
    )


def test_whoever_reports_never_confirms() -> None:
    for role in Role:
        reporting = {row.event for row in offers(TASK, at(TASK, "in_progress"), frozenset({role}), TODAY)}
        confirming = {row.event for row in offers(TASK, at(TASK, "reported"), frozenset({role}), TODAY)}
        assert not ("report" in reporting and "confirm" in confirming)


def _leaving(state: str) -> list[Transition]:
    return [row for row in TASK.transitions if state in row.sources and row.target != SAME]


def test_no_way_out_of_a_pause_forgets_the_days_paused() -> None:
    assert all(then.SHIFT_DUE in row.effects for row in _leaving(task.PAUSED))
    assert all(row.sources == (task.PAUSED,) for row in TASK.transitions if then.SHIFT_DUE in row.effects)


def test_no_way_out_of_waiting_leaves_a_report_pending() -> None:
    settling = {then.MARK_ACCEPTED_REPORT, then.MARK_RETURNED_REPORT, then.MARK_RECALLED_REPORT}
    assert all(len(settling & set(row.effects)) == 1 for row in _leaving(task.REPORTED))


def test_an_extension_lapses_with_what_it_asked_for() -> None:
    for row in TASK.transitions:
        ends = row.target in {task.COMPLETED, task.WITHDRAWN, task.PAUSED, task.CONTESTED} or row.event == "reassign"
        assert (then.LAPSE_EXTENSION in row.effects) == ends, row.event


def test_every_way_back_to_the_unit_starts_its_acceptance_clock() -> None:
    for row in TASK.transitions:
        assert (then.START_ACCEPTANCE in row.effects) == (row.target == task.ASSIGNED), row.event


class TestExtensionRequest:
    """What a unit may ask for, and when."""

    FACTS = TaskFacts(state=task.IN_PROGRESS, due_on=date(2026, 11, 27), extension_by=date(2026, 11, 23))
    GIVEN: dict[str, object] = {"new_due": date(2026, 12, 15), "reason": "chờ thẩm định giá"}  # noqa: RUF012

    def ask(self, today: date = TODAY, **changes: Any) -> Accepted | Refused:  # noqa: ANN401
        facts = TaskFacts(**{**vars(self.FACTS), **changes})
        return may_request(facts, self.GIVEN, today)

    def test_in_good_time(self) -> None:
        verdict = self.ask()
        assert isinstance(verdict, Accepted)
        assert (verdict.state, verdict.flags) == (extension.REQUESTED, ())

    @pytest.mark.parametrize(
        ("today", "flag"),
        [
            (date(2026, 11, 24), extension.CLOSE_TO_DUE),
            (date(2026, 11, 27), extension.CLOSE_TO_DUE),
            (date(2026, 11, 28), extension.AFTER_DUE),
        ],
    )
    def test_late_asking_is_flagged(self, today: date, flag: object) -> None:
        verdict = self.ask(today)
        assert isinstance(verdict, Accepted)
        assert verdict.flags == (flag,)

    @pytest.mark.parametrize("state", sorted(set(TASK.by_name) - {task.ASSIGNED, task.IN_PROGRESS}))
    def test_only_while_the_unit_works_on_it(self, state: str) -> None:
        verdict = self.ask(state=state)
        assert isinstance(verdict, Refused)
        assert verdict.kind == "wrong_state"

    @pytest.mark.parametrize(
        ("changes", "guard"), [({"due_on": None}, "has_due"), ({"pending_extension": True}, "none_pending")]
    )
    def test_not_without_due_date_nor_twice(self, changes: dict[str, Any], guard: str) -> None:
        verdict = self.ask(**changes)
        assert isinstance(verdict, Refused)
        assert verdict.guard == guard

    @pytest.mark.parametrize(
        ("new_due", "guard"),
        [(date(2026, 11, 27), "asked_later"), (date(2026, 11, 23), "asked_ahead"), (None, None)],
    )
    def test_the_date_must_be_later(self, new_due: date | None, guard: str | None) -> None:
        verdict = may_request(self.FACTS, {**self.GIVEN, "new_due": new_due}, TODAY)
        assert isinstance(verdict, Refused)
        assert (verdict.field, verdict.guard) == ("new_due", guard)

    def test_the_button_asks_without_a_form_and_for_a_role(self) -> None:
        assert isinstance(may_request(self.FACTS, None, TODAY, frozenset({Role.LEAD_HEAD})), Accepted)
        refused = may_request(self.FACTS, None, TODAY, frozenset({Role.CHAIR}))
        assert isinstance(refused, Refused)
        assert refused.kind == "not_yours"


@pytest.mark.parametrize(
    ("states", "progress"),
    [
        ([], conclusion.NONE_ARISES),
        ([task.DROPPED], conclusion.NONE_ARISES),
        ([task.ASSIGNED, task.CONTESTED, task.WITHDRAWN], conclusion.NOT_STARTED),
        ([task.ASSIGNED, task.COMPLETED], conclusion.UNDER_WAY),
        ([task.REPORTED], conclusion.UNDER_WAY),
        ([task.PAUSED, task.ASSIGNED], conclusion.UNDER_WAY),
        ([task.COMPLETED, task.WITHDRAWN], conclusion.FULFILLED),
        ([task.WITHDRAWN, task.WITHDRAWN], conclusion.LAPSED),
    ],
)
def test_a_conclusions_progress_follows_from_its_tasks(states: list[str], progress: str) -> None:
    assert conclusion.progress_of(states) == progress
    assert conclusion.PROGRESS[progress][0].complete


def test_constants_and_sets_equal_the_tables() -> None:
    assert (TASK.open, TASK.closed) == (task.OPEN, task.CLOSED)
    for name in ("extension", "meeting", "invitation", "minutes", "notice", "conclusion", "monthly_report", "proposal"):
        module = import_module(f"workflows.{name}")
        assert (ALL[name].open, ALL[name].closed) == (module.OPEN, module.CLOSED), name


def test_what_an_item_is_never_put_through_is_no_answer_to_why_not() -> None:
    head, secretary = frozenset({Role.LEAD_HEAD}), frozenset({Role.SECRETARY})
    for historic, told in ((False, False), (True, True)):
        said = {row.event for row, _ in refusals(TASK, at(TASK, "assigned", historic=historic), head, TODAY)}
        assert ("enter_done" in said) == told
    notice = ALL["notice"]
    old = {row.event for row, _ in refusals(notice, at(notice, "drafting", fresh=False), secretary, TODAY)}
    fresh = {row.event for row, _ in refusals(notice, at(notice, "drafting", historic=False), secretary, TODAY)}
    assert "submit" not in old
    assert "enter" not in fresh


def test_the_letter_of_handing_over_meets_no_other_on_the_page_of_a_task() -> None:
    """The kernel sees to the table itself; beside it on the page stand the moves of an extension that waits."""
    mine = [row for row in TASK.transitions if row.event == "hand_over"]
    assert [row.key for row in mine] == ["g"]
    theirs = [row for row in extension.EXTENSION.transitions if row.key == "g"]
    assert mine[0].roles.isdisjoint(role for row in theirs for role in row.roles)
