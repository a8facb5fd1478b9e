"""How a state changes: one way for every move of every workflow.

Load with permission → decide → flush under the version (compare and swap) → event row → effects → the caller commits.

Over 300 lines: the one way of a move reads from top to bottom in one place.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import update
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from app import access
from app.clock import day_of, now
from app.db import session
from app.errors import ChangedMeanwhileError, DomainError, ForbiddenError
from app.models import CoordinatingPart, Extension, Task
from app.queries.bench import panels_of
from app.queries.evidence import names_of_files
from app.queries.facts import SUBJECTS, Subject, facts_of_tasks
from app.queries.standing import standing_of
from app.services.batches import flush_unless_batched, is_batched
from app.services.history import write_event
from app.services.spans import write_span
from app.services.swapping import write_swapped
from workflows import effects as then
from workflows.evidence import BROUGHT, kinds_of
from workflows.extension import CLOSED
from workflows.kernel import Accepted, Refused, decide, offers, refusals
from workflows.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from app.models import Person
    from app.queries.bench import Panel
    from app.queries.standing import Standing
    from app.services.history import Link
    from workflows.kernel import Facts, Transition

# Moves that only add a line: they neither need nor change the version, so that many may write at once.
ADDING = frozenset({then.NOTE_PROGRESS})
# The words of a move, in the order in which the timeline looks for them.
_WORDS = (
    "correction", "reason", "question", "explanation", "work", "note", "result", "opinion", "answer", "remark",
    "proposal", "changes", "conditions",
)  # fmt: skip
# Which field of a move's form fills which column of the item.
COLUMNS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("task", "accept"): {"person": "owner_id"},
    ("task", "contest"): {"reason": "contest_reason", "proposed_unit": "proposed_unit_id"},
    ("task", "check"): {"opinion": "opinion"},
    ("task", "propose"): {"proposal": "card"},
    ("extension", "opinion"): {"opinion": "opinion"},
    ("extension", "grant"): {"new_due": "granted_due", "remark": "ruling_reason"},
    ("extension", "refuse"): {"reason": "ruling_reason"},
    ("coordinating_part", "ask"): {"work": "work", "due": "due", "target": "target_value"},
    ("meeting", "convene"): {"urgent_reason": "urgent_reason"},
    ("agenda_proposal", "take"): {"remark": "answer"},
    ("agenda_proposal", "decline"): {"reason": "answer"},
    ("invitation", "accept"): {"reason": "answer_note", "deputy": "deputy_name"},
    ("invitation", "decline"): {"reason": "answer_note", "deputy": "deputy_name"},
    ("invitation", "send_deputy"): {"reason": "answer_note", "deputy": "deputy_name"},
    ("proposal", "check"): {"opinion": "opinion"},
    ("proposal", "ask"): {"reason": "supplement_reason"},
    ("proposal", "ask_back"): {"reason": "supplement_reason"},
    ("proposal", "approve"): {"conditions": "conditions"},
    ("proposal", "reject"): {"reason": "ruling_reason"},
    ("proposal", "refer"): {"referred_to": "referred_to"},
    ("proposal", "record_approval"): {
        "conditions": "conditions",
        "answer_symbol": "answer_symbol",
        "answered_on": "answered_on",
    },
    ("proposal", "record_rejection"): {
        "reason": "ruling_reason",
        "answer_symbol": "answer_symbol",
        "answered_on": "answered_on",
    },
    ("invitation", "ask_again"): {"reason": "answer_note", "deputy": "deputy_name"},
}

_STATUS = {"not_yours": 403, "barred": 403, "wrong_state": 409, "unknown_event": 404}


class RefusedMoveError(DomainError):
    """The table refuses the move; the sentence is the table's."""

    def __init__(self, refused: Refused) -> None:
        """Keep the reason and the field it concerns."""
        super().__init__(refused.reason.vi, refused.reason.en, field=refused.field)
        self.kind = refused.kind
        self.status = _STATUS.get(refused.kind, 422)


class Sight(NamedTuple):
    """What one request reads of an item to judge it: its facts, and who could rule on it."""

    facts: Facts
    panel: Panel | None


def look_at(item: Any, standing: Standing) -> Sight:  # noqa: ANN401 -- any subject
    """Read an item once for all that a request asks of it about this person."""
    return Sight(SUBJECTS[type(item)].facts(item), access.panel_for(standing, item))


def load_to_judge(model: type[access.T], item_id: int, standing: Standing) -> tuple[access.T, Sight]:
    """Return an item that this person may see, and what `look_at` says of it.

    :raises NotFoundError: it is not there, or not for this person (the answer is the same).
    """
    item, facts = access.load_with_facts(model, item_id, standing)
    return item, Sight(facts, access.panel_for(standing, item))


def look_at_tasks(tasks: Collection[Task], standing: Standing) -> dict[int, Sight]:
    """Read several tasks, by their ids, for all that a request asks of them about this person; in three statements."""
    facts = facts_of_tasks(tasks)
    ours = {(task.committee_id, task.lead_unit_id) for task in tasks if task.committee_id in standing.committees}
    panels = panels_of(standing.authority_id, ours, day_of(now()))
    return {task.id: Sight(facts[task.id], panels.get((task.committee_id, task.lead_unit_id))) for task in tasks}


@dataclass(frozen=True)
class Recorded:
    """A ruling or answer given on paper or by phone, which the secretary records: by whom, from what."""

    person: Person
    basis: str


@dataclass
class Move:
    """One accepted move on its way: what the effects' handlers read."""

    subject: Subject
    item: Any
    row: Transition
    given: Mapping[str, Any]
    at: datetime
    actor: access.Actor | None
    behalf: Recorded | None = None
    stands_for: int | None = None
    """Whom the actor stands in for, where the move is that absent person's to make."""
    event: Link | None = None
    people: dict[str, list[int]] = field(default_factory=dict)
    """Whom it tells, by effect, where that was asked before anything was written."""
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The Vietnamese day of the move."""
        return day_of(self.at)

    @property
    def author(self) -> Person | None:
        """Whose act it is: the person it was recorded for, else who did it; None for the system."""
        return self.behalf.person if self.behalf else self.actor.person if self.actor else None


HANDLERS: dict[str, Callable[[Move], None]] = {}


def handles(*effects: str) -> Callable[[Callable[[Move], None]], Callable[[Move], None]]:
    """Register a function as the handler of effects."""

    def register(handler: Callable[[Move], None]) -> Callable[[Move], None]:
        for effect in effects:
            if effect in HANDLERS:
                raise RuntimeError(f"two handlers for the effect {effect}")
            HANDLERS[effect] = handler
        return handler

    return register


ASKED: dict[str, Callable[[Move], list[int]]] = {}
"""Whom an effect tells, asked before the move is written: until then what was kept of the organisation is known."""


def make_move(  # noqa: PLR0913 -- what a move needs to be judged; bundling would only hide it
    item: Any,  # noqa: ANN401 -- any subject of a workflow
    event: str,
    given: Mapping[str, Any] | None = None,
    *,
    actor: access.Actor | None = None,
    version: int | None = None,
    behalf: Recorded | None = None,
    sight: Sight | None = None,
) -> Move:
    """Move an item and return the move; without an actor it is the system's.

    :param version: the version the person saw; None when the caller has just read the item.
    :param sight: what the caller has read of the item for this very request; None reads it. The version tells
        whether somebody wrote since.
    :raises RefusedMoveError: the table refuses, with its sentence.
    :raises ChangedMeanwhileError: somebody else moved the item since that version.
    """
    move, verdict, roles = _judged(item, event, given or {}, actor, version, behalf, sight)
    move.notes.update(flags=[flag.name for flag in verdict.flags])
    before = item.state
    _apply(move, verdict, adding=bool(ADDING & set(verdict.effects)))
    _log(move, before, roles)
    if isinstance(item, Task):
        write_span(item, event, move.at)
    _run(move, verdict.effects, told=True)
    flush_unless_batched()
    return move


def check_move(
    item: Any,  # noqa: ANN401 -- any subject of a workflow
    event: str,
    given: Mapping[str, Any],
    *,
    actor: access.Actor,
    version: int | None,
) -> None:
    """Refuse what `make_move` would refuse now; change nothing.

    :raises RefusedMoveError: the table refuses, with its sentence.
    :raises ChangedMeanwhileError: somebody else moved the item since that version.
    """
    _judged(item, event, given, actor, version, None, None)


def _judged(  # noqa: PLR0913, PLR0917 -- the grounds of a judgement
    item: Any,  # noqa: ANN401 -- any subject of a workflow
    event: str,
    given: Mapping[str, Any],
    actor: access.Actor | None,
    version: int | None,
    behalf: Recorded | None,
    sight: Sight | None,
) -> tuple[Move, Accepted, frozenset[Role]]:
    subject = SUBJECTS[type(item)]
    at = now()
    facts, panel = sight or Sight(subject.facts(item), None)
    if given.get("evidence"):
        given = {**given, BROUGHT: kinds_of(names_of_files(given["evidence"]))}
    roles = roles_for(item, event, actor, behalf, panel)
    verdict = decide(subject.workflow, facts, event, roles, given, day_of(at))
    adding = isinstance(verdict, Accepted) and bool(ADDING & set(verdict.effects))
    if version is not None and version != item.version and not adding:
        raise ChangedMeanwhileError
    if isinstance(verdict, Refused):
        raise RefusedMoveError(verdict)
    _bar_recorder(item, verdict.transition, actor, behalf)
    row = verdict.transition
    away = None if behalf else stood_in_for(row, item, facts, actor)
    return Move(subject, item, row, given, at, actor, behalf, away), verdict, roles


def stood_in_for(row: Transition, item: Any, facts: Facts, actor: access.Actor | None) -> int | None:  # noqa: ANN401 -- any subject
    """Return the absent person whose move this is when a substitute makes it; None when it is the actor's own."""
    own = actor.standing.own if actor else None
    if actor is None or own is None or row.permits(facts, access.roles_of(own, item, row.event)):
        return None
    whose = (one for one in actor.standing.absent if row.permits(facts, access.roles_of(one, item, row.event)))
    return next((one.person_id for one in whose), None)


def roles_for(
    item: Any,  # noqa: ANN401 -- any subject
    event: str | None,
    actor: access.Actor | None,
    behalf: Recorded | None,
    panel: Panel | None = None,
) -> frozenset[Role]:
    """Return the roles in which an act is judged: the actor's, of whom it is recorded for, or the system's.

    :raises ForbiddenError: only the committee's secretary records for others.
    """
    if actor is None:
        return frozenset({Role.SYSTEM})
    own = access.roles_of(actor.standing, item, event, panel)
    if behalf is None:
        return own
    if Role.SECRETARY not in own:
        raise ForbiddenError(
            "Chỉ thư ký của ban được ghi thay ý kiến trên giấy hoặc qua điện thoại.",
            "Only the committee's secretary may record a ruling or answer given on paper or by phone.",
        )
    theirs = standing_of(behalf.person, day_of(now()))
    return access.roles_of(theirs, item, event, panel)


def _bar_recorder(
    item: Any,  # noqa: ANN401 -- any subject
    row: Transition,
    actor: access.Actor | None,
    behalf: Recorded | None,
) -> None:
    """Refuse a recorded ruling where the recorder is a party: what she recorded herself needs another's hand."""
    if behalf and actor and row.barred and Role.BARRED in access.roles_of(actor.standing, item, row.event):
        raise ForbiddenError(
            "Bạn là người trong cuộc của việc này nên không ghi thay ý kiến quyết định được. Hãy nhờ thư ký khác.",
            "You are a party to this, so you cannot record the ruling. Ask another secretary.",
        )


def _apply(move: Move, verdict: Accepted, *, adding: bool) -> None:
    """Set the new standing of the item and write it under its version."""
    item = move.item
    if adding:
        _hold(item, move.at)
        _run(move, verdict.effects, told=False)
        return
    item.state, item.left_state = verdict.state, verdict.left_state
    for name, column in COLUMNS.get((move.subject.workflow.name, move.row.event), {}).items():
        setattr(item, column, move.given.get(name) or ("" if _is_text(item, column) else None))
    if isinstance(item, Task):
        item.last_moved_at = move.at
    elif isinstance(item, Extension) and item.state in CLOSED:
        item.ruled_at = move.at
    with session.no_autoflush:
        _run(move, verdict.effects, told=False)
        move.people = {effect: ASKED[effect](move) for effect in verdict.effects if effect in ASKED}
    # A move that stays where it is must be written under the version, too.
    flag_modified(item, "state")
    _flush(item)


def _hold(item: Any, at: datetime) -> None:  # noqa: ANN401 -- any subject
    """Keep the item's row until the transaction ends: that orders the writers of its log.

    The version stays, so nobody's open form is made stale by a note. Without the row, somebody moved the item
    between its being read and now, and nothing would keep two writers from one place in the log.
    """
    model = type(item)
    held = (
        update(model).where(model.id == item.id, model.state == item.state).values(last_moved_at=at).returning(model.id)
    )
    if session.execute(held.execution_options(synchronize_session=False)).first() is None:
        raise ChangedMeanwhileError


def _is_text(item: Any, column: str) -> bool:  # noqa: ANN401 -- any subject
    return isinstance(getattr(item, column), str)


def _flush(item: Any) -> None:  # noqa: ANN401 -- any subject
    try:
        if isinstance(item, Task) and not is_batched():
            write_swapped(item)
        else:
            flush_unless_batched()
    except StaleDataError as error:
        session.expunge(item)
        raise ChangedMeanwhileError from error


def _log(move: Move, before: str, roles: frozenset[Role]) -> None:
    given = {name: value for name, value in move.given.items() if name != BROUGHT and value is not False}
    typed = {name: value for name, value in given.items() if value not in (None, "", [])}
    data = {name: _plain(value) for name, value in typed.items()}
    if move.behalf:
        data["basis_of_record"] = move.behalf.basis
    if isinstance(move.item, CoordinatingPart):
        data["unit"] = move.item.unit_id  # the part may follow its unit into another; the log keeps whose it was
    flags = move.notes.get("flags")
    if flags:
        data["flags"] = flags
    data.update(move.notes.get("data", {}))
    permitted = [permit.role for permit in move.row.who if permit.role in roles]
    move.event = write_event(
        authority_id=move.item.authority_id,
        subject=move.subject.workflow.name,
        subject_id=move.item.id,
        event=move.row.event,
        from_state=before,
        to_state=move.item.state,
        at=move.at,
        role=str(permitted[0]) if permitted else str(Role.SYSTEM),
        actor_id=move.actor.person.id if move.actor else None,
        on_behalf_of_id=move.behalf.person.id if move.behalf else move.stands_for,
        reason=next((str(move.given[name]) for name in _WORDS if move.given.get(name)), ""),
        data=data,
    )


def _plain(value: object) -> Any:  # noqa: ANN401 -- JSON
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def _run(move: Move, effects: tuple[str, ...], *, told: bool) -> None:
    """Run the handlers: first those that change things, after the event those that tell people."""
    for effect in effects:
        if effect.startswith("tell_") == told:
            HANDLERS[effect](move)


def offers_for(item: Any, actor: access.Actor, sight: Sight | None = None) -> list[Transition]:  # noqa: ANN401 -- any subject
    """Return the moves this person may take with the item now, judged for each mandate."""
    facts, panel = sight or look_at(item, actor.standing)
    roles = access.roles_of(actor.standing, item, None, panel)
    found = offers(SUBJECTS[type(item)].workflow, facts, roles, day_of(now()))
    if not any(mandate.moves for mandate in actor.standing.mandates):
        return found
    return [row for row in found if _stands(row, item, actor, Sight(facts, panel))]


def _stands(row: Transition, item: Any, actor: access.Actor, sight: Sight) -> bool:  # noqa: ANN401 -- any subject
    roles = access.roles_of(actor.standing, item, row.event, sight.panel)
    return row.permits(sight.facts, roles) and not row.refuses_party(roles)


def refusals_for(item: Any, actor: access.Actor, sight: Sight | None = None) -> list[tuple[Transition, Refused]]:  # noqa: ANN401 -- any subject
    """Return the moves this person may not take now, each with the reason ("why can't I?")."""
    facts, panel = sight or look_at(item, actor.standing)
    roles = access.roles_of(actor.standing, item, None, panel)
    return refusals(SUBJECTS[type(item)].workflow, facts, roles, day_of(now()))
