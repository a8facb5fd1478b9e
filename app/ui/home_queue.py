"""The queue of rulings: one card for each item that this very person owes a ruling, most urgent first.

Over 300 lines: what each kind of card says stands beside the order in which they come.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from app import access
from app.clock import day_of
from app.queries.bench import Panel, benches_of
from app.queries.chair_queue import CAP, papers_awaiting, tasks_awaiting
from app.queries.paper_facts import stale_among
from app.queries.proposals import proposals_awaiting
from app.queries.ruling_details import told_of
from app.ui.notice_effects import effects_of
from app.ui.task_words import left_until
from workflows.deadlines import Clock, confirm_by, notice_due
from workflows.extension import EXTENSION, REQUESTED, ExtensionFacts
from workflows.kernel import duties
from workflows.minutes import MINUTES, MinutesFacts
from workflows.minutes import SUBMITTED as MINUTES_SUBMITTED
from workflows.monthly_report import MONTHLY_REPORT, MonthlyReportFacts
from workflows.monthly_report import SUBMITTED as REPORT_SUBMITTED
from workflows.notice import NOTICE, NoticeFacts
from workflows.notice import SUBMITTED as NOTICE_SUBMITTED
from workflows.proposal import ON_AGENDA, PROPOSAL, ProposalFacts
from workflows.roles import Role
from workflows.task import CONTESTED, OPEN, REPORTED, TASK, TaskFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from app.access import Actor, Roles
    from app.queries.bench import Bench
    from app.queries.overview import UnitCounts
    from app.queries.ruling_details import Clause, Told
    from app.queries.standing import Standing
    from app.ui.notice_effects import Effects
    from workflows.kernel import Facts, Transition, Workflow
    from workflows.workdays import Calendar

RULERS = frozenset(
    {Role.CHAIR, Role.DEPUTY, Role.SECRETARY, Role.PRESIDER, Role.STAND_IN, Role.LAST_RESORT, Role.BARRED}
)
"""Roles by which one rules, and the one that forbids it; a head's duty to accept is no ruling."""
SHOWN = 6
"""So many cards are drawn at first; the title counts all, and each ruling brings the next card up."""
MOST = 60
SIGNING = ("chair", "deputy")
ASKED = "proposal_paper"
"""The kind of a unit's proposal (tờ trình); «proposal» is what a unit asks about one of its tasks."""


@dataclass(frozen=True)
class Card:
    """One item to rule on. `kind`: report, contest, proposal, extension, ASKED, or a paper's workflow.

    `rows`: the moves owed; `act_by`: the last day for the ruling; `left`: working days to it, below 0 when gone by.
    """

    kind: str
    workflow: str
    row: Any
    rows: Sequence[Transition]
    facts: Facts
    item_id: int
    version: int
    since: date | None = None
    act_by: date | None = None
    left: int | None = None
    urgent: bool = False
    clauses: Sequence[Clause] = field(default=())
    effects: Effects | None = None
    """What a notice gives, and does to tasks given before."""

    @property
    def order(self) -> tuple[bool, date, int]:
        """What comes first: what is urgent, then what must be ruled on soonest, the extension before its task."""
        return (not self.urgent, self.act_by or date.max, 0 if self.kind == EXTENSION.name else 1)


@dataclass(frozen=True)
class Queue:
    """The cards shown, how many there are in all, and whether even that was cut off."""

    cards: list[Card]
    total: int
    cut: bool = False

    @property
    def more(self) -> int:
        """How many are not drawn."""
        return self.total - len(self.cards)


class Judge(NamedTuple):
    """The person whose queue it is, and what was read once for all items."""

    actor: Actor
    benches: dict[int, Bench]
    below: dict[int, frozenset[int]]
    calendar: Calendar
    today: date
    counted: dict[date, int]
    last_days: dict[date, date]
    """What was counted already, by day: in a long queue many items share a few."""

    def panel(self, committee_id: int, unit_id: int) -> Panel:
        """Return who could rule on a unit's tasks in a committee."""
        return Panel(self.benches[committee_id], self.below.get(unit_id, frozenset({unit_id})))

    def owed(
        self, workflow: Workflow, facts: Facts, roles_for: Callable[[str | None], frozenset[Role]]
    ) -> list[Transition]:
        """Return the rulings that this person owes on an item, each judged by what was lent for it."""
        rows = duties(workflow, facts, roles_for(None) & RULERS, self.today)
        if not any(mandate.moves for mandate in self.actor.standing.mandates):
            return rows
        return [row for row in rows if _stands(row, facts, roles_for(row.event) & RULERS)]

    def left(self, day: date | None) -> int | None:
        """Return the working days until a day, below 0 when it has gone by."""
        if day and day not in self.counted:
            self.counted[day] = left_until(day, self.today, Clock(self.calendar))
        return self.counted[day] if day else None

    def confirm_by(self, since: date) -> date:
        """Return the last day for a ruling on what has waited since a day."""
        if since not in self.last_days:
            self.last_days[since] = confirm_by(since, self.calendar)
        return self.last_days[since]


def _stands(row: Transition, facts: Facts, roles: frozenset[Role]) -> bool:
    return row.permits(facts, roles) and not row.refuses_party(roles)


def queue_of(  # noqa: PLR0913 -- whose queue, of what, and which part of it
    actor: Actor,
    units: Sequence[UnitCounts],
    calendar: Calendar,
    today: date,
    *,
    shown: int = SHOWN,
    held: Collection[tuple[str, int]] = (),
) -> Queue:
    """Return the queue of a person: only what this person owes a ruling, most urgent first, `shown` of it drawn.

    :param held: what the person has just ruled on and may still take back, as (workflow, id): it waits no more.
    """
    standing = actor.standing
    tasks = tasks_awaiting(standing) if standing.committees else []
    papers = papers_awaiting(standing)
    asked = proposals_awaiting(standing) if standing.committees else []
    waiting = (*tasks, *papers, *asked)
    benches = benches_of({row.committee_id for row in waiting}, today) if waiting else {}
    judge = Judge(actor, benches, tree_of(units), calendar, today, {}, {})
    cards = [card for row in tasks for card in _of_task(row, judge)]
    stale = stale_among({row.id for row in papers if row.kind == MONTHLY_REPORT.name})
    cards += [card for row in papers for card in _of_paper(row, judge, stale)]
    cards += [card for row in asked for card in _of_proposal(row, judge)]
    cards = [card for card in cards if (card.workflow, card.item_id) not in held]
    cards.sort(key=lambda card: card.order)
    drawn = cards[:shown]
    to_sign = {card.item_id for card in drawn if card.kind == NOTICE.name}
    told = told_of({card.row.id for card in drawn if card.workflow in _OF_TASKS}, to_sign)
    return Queue([_whole(card, told, today) for card in drawn], len(cards), cut=len(tasks) >= CAP)


_OF_TASKS = frozenset({TASK.name, EXTENSION.name})
"""Workflows whose cards are about a task."""


def _whole(card: Card, told: Told, today: date) -> Card:
    """Return a card with all that is drawn of it; a notice with what its tasks let it take."""
    if card.workflow in _OF_TASKS:
        return replace(card, row=told.tasks[card.row.id])
    if not isinstance(card.facts, NoticeFacts):
        return card
    clauses = told.clauses[card.item_id]
    effects = effects_of(clauses, told.touched[card.item_id].values())
    facts = replace(card.facts, replaced_reported=len(effects.to_rule_on))
    rows = [row for row in card.rows if row.clear(facts, today)]
    return replace(card, rows=rows, facts=facts, clauses=clauses, effects=effects)


def tree_of(units: Sequence[UnitCounts]) -> dict[int, frozenset[int]]:
    """Return, for each unit, itself and all units below it."""
    below: dict[int, set[int]] = {unit.id: {unit.id} for unit in units}
    parents = {unit.id: unit.parent_id for unit in units}
    for unit in units:
        node, seen = unit.parent_id, {unit.id}
        while node is not None and node not in seen:
            below.setdefault(node, {node}).add(unit.id)
            seen.add(node)
            node = parents.get(node)
    return {unit: frozenset(found) for unit, found in below.items()}


def _of_task(row: Any, judge: Judge) -> list[Card]:  # noqa: ANN401 -- a row of the query
    """Return the cards of a task: its own, and that of its pending extension."""
    matter = access.Matter(row.committee_id, row.lead_unit_id, frozenset({row.reporter_id, row.report_recorder_id}))
    panel = judge.panel(row.committee_id, row.lead_unit_id)

    def roles(move: str | None) -> frozenset[Role]:
        return access.ruling_roles(judge.actor.standing, matter, move, panel)

    cards = []
    if row.extension_id:
        parties = {row.author_id, row.recorder_id}
        bar = frozenset({Role.BARRED}) if judge.actor.person.id in parties else frozenset()
        cards += _extension_card(row, judge, lambda move: roles(move) | bar)
    return cards + _task_card(row, judge, roles)


def _task_card(
    row: Any,  # noqa: ANN401 -- a row of the query
    judge: Judge,
    roles: Callable[[str | None], frozenset[Role]],
) -> list[Card]:
    facts = TaskFacts(
        state=row.state,
        left_state=row.left_state,
        has_lead=True,
        lead_unit=row.lead_unit_id,
        due_on=row.current_due,
        reported_on=row.reported_on,
        pending_extension=row.extension_id is not None,
        has_card=bool(row.card),
        secretary_may_confirm=row.secretary_may_confirm,
    )
    rows = judge.owed(TASK, facts, roles)
    if not rows:
        return []
    kind = {REPORTED: "report", CONTESTED: "contest"}.get(row.state, "proposal")
    since = row.reported_on if row.state == REPORTED else day_of(row.asked_at)
    act_by = judge.confirm_by(since)
    return [
        Card(
            kind, TASK.name, row, rows, facts, row.id, row.version,
            since=since, act_by=act_by, left=judge.left(act_by), urgent=row.priority == "urgent",
        )
    ]  # fmt: skip


def _extension_card(
    row: Any,  # noqa: ANN401 -- a row of the query
    judge: Judge,
    roles: Callable[[str | None], frozenset[Role]],
) -> list[Card]:
    facts = ExtensionFacts(
        state=REQUESTED, task_lives=row.state in OPEN, current_due=row.current_due, asked_due=row.requested_due
    )
    rows = judge.owed(EXTENSION, facts, roles)
    since = day_of(row.extension_made_at)
    # A ruling after the due date is no use to the unit; asked after it, the request is urgent at once.
    act_by = max(since, min(judge.confirm_by(since), row.current_due or date.max))
    card = Card(
        EXTENSION.name, EXTENSION.name, row, rows, facts, row.extension_id, row.extension_version,
        since=since, act_by=act_by, left=judge.left(act_by), urgent=row.priority == "urgent",
    )  # fmt: skip
    return [card] if rows else []


def _of_proposal(row: Any, judge: Judge) -> list[Card]:  # noqa: ANN401 -- a row of the query
    """Return the card of a proposal that its meeting had before it."""
    matter = access.proposal_matter(row.committee_id, row.unit_id, row.author_id, row.submitted_by_id)
    panel = judge.panel(row.committee_id, row.unit_id)
    facts = ProposalFacts(state=ON_AGENDA, complete=True, cost_sourced=True)
    rows = judge.owed(PROPOSAL, facts, lambda move: access.ruling_roles(judge.actor.standing, matter, move, panel))
    since = day_of(row.starts_at)
    act_by = judge.confirm_by(since)
    card = Card(ASKED, PROPOSAL.name, row, rows, facts, row.id, row.version, since, act_by, judge.left(act_by))
    return [card] if rows else []


def _of_paper(row: Any, judge: Judge, stale: Collection[int]) -> list[Card]:  # noqa: ANN401 -- a row of the query
    workflow, facts = _paper_facts(row, stale)
    rows = judge.owed(workflow, facts, lambda move: _roles_to_paper(row, judge.actor.standing, move))
    if not rows or not _signs(row, judge):
        return []
    since, act_by = _paper_days(row, judge.calendar)
    return [
        Card(
            row.kind, row.kind, row, rows, facts, row.id, row.version,
            since=since, act_by=act_by, left=judge.left(act_by), urgent=bool(row.urgency),
        )
    ]  # fmt: skip


def _roles_to_paper(row: Any, standing: Standing, move: str | None) -> Roles:  # noqa: ANN401 -- a row of the query
    roles = access.paper_roles(standing, row.committee_id, row.presider_id, move)
    owes = row.kind == MINUTES.name and access.standing_in(roles, row.presider_id)
    return roles | {Role.PRESIDER} if owes else roles


def _paper_facts(row: Any, stale: Collection[int]) -> tuple[Workflow, Facts]:  # noqa: ANN401 -- a row of the query
    """Return a paper's table and as much of its facts as its rulings ask; the move itself reads them all."""
    if row.kind == NOTICE.name:
        return NOTICE, NoticeFacts(state=NOTICE_SUBMITTED, clause_count=row.clauses, has_signer=True)
    if row.kind == MINUTES.name:
        return MINUTES, MinutesFacts(state=MINUTES_SUBMITTED, has_text=True, meeting_held=True)
    old = row.id in stale
    return MONTHLY_REPORT, MonthlyReportFacts(
        state=REPORT_SUBMITTED, period_end=row.ends_on, figures_current=not old, figures_stale=old
    )


def _signs(row: Any, judge: Judge) -> bool:  # noqa: ANN401 -- a row of the query
    """Tell whether a paper is this person's to sign: no other chair or deputy was named as its signer."""
    named, bench = row.signer_id, judge.benches[row.committee_id]
    others: Collection[int] = {ruler.person_id for seat in SIGNING for ruler in bench.holding(seat)}
    return named in {None, judge.actor.person.id} or named not in others


def _paper_days(row: Any, calendar: Calendar) -> tuple[date | None, date | None]:  # noqa: ANN401 -- a row
    """Return since when a paper waits, as far as that is known, and by when it should go out."""
    if row.kind == MONTHLY_REPORT.name:
        since = _day(row.drafted_at)
        return since, confirm_by(since, calendar) if since else None
    held = _day(row.held_at)
    return None, notice_due(held, calendar) if held and not row.historic else None


def _day(instant: datetime | None) -> date | None:
    return day_of(instant) if instant else None
