"""Rulings from the queue: held for a moment, taken back, or carried out.

Held, a ruling is only remembered: the item, its log and its readers know nothing of it. It is judged when it is given,
so that what is missing is said at once, and again when it takes effect, by the one way of every move.
"""

from __future__ import annotations

import traceback
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app import access
from app.clock import day_of, now
from app.db import session
from app.errors import ChangedMeanwhileError, DomainError, NotFoundError, Sentence
from app.models import Extension, HeldRuling, Person
from app.queries.facts import BY_NAME, SUBJECTS
from app.queries.standing import standing_of
from app.services.moves import check_move, make_move
from app.services.overtaken import said_of_overtaken
from workflows.holding import DONE, FAULT, HOLD, REFUSED, SEEN, TAKEN_BACK, WAITING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workflows.kernel import Transition

FAULTY = Sentence(
    "hệ thống gặp lỗi khi thực hiện, việc này chưa có gì thay đổi và chưa ai được báo. Quản trị đã được báo lỗi. Bạn"
    " hãy quyết định lại; nếu vẫn không được, hãy chờ quản trị sửa.",
    "the system met a fault while doing it; nothing has changed and nobody was told. The administrator was told of the"
    " fault. Rule again; if that fails, too, wait until it is mended.",
)
DAY = "day:"
"""Before a day among what was typed: JSON knows none."""


def hold_ruling(
    item: Any,  # noqa: ANN401 -- any subject of a workflow
    row: Transition,
    given: Mapping[str, Any],
    *,
    actor: access.Actor,
    version: int | None,
) -> HeldRuling:
    """Remember a ruling that takes effect after `HOLD`.

    :raises RefusedMoveError: it would be refused now.
    :raises ChangedMeanwhileError: somebody moved the item since, or is ruling on it this very moment.
    """
    check_move(item, row.event, given, actor=actor, version=version)
    workflow = SUBJECTS[type(item)].workflow.name
    _refuse_second(actor.person, workflow, item.id)
    at = now()
    held = HeldRuling(
        authority_id=item.authority_id,
        person_id=actor.person.id,
        workflow=workflow,
        item_id=item.id,
        event=row.event,
        name=name_of(item),
        given={name: f"{DAY}{value:%Y-%m-%d}" if isinstance(value, date) else value for name, value in given.items()},
        version=item.version if version is None else version,
        made_at=at,
        due_at=at + HOLD,
    )
    session.add(held)
    try:
        session.flush()
    except IntegrityError as error:
        raise ChangedMeanwhileError(
            "Việc này đang có người khác quyết định. Hãy chờ vài giây, tải lại trang rồi xem kết quả.",
            "Somebody else is ruling on this at the moment. Wait a few seconds and load the page again.",
        ) from error
    return held


def _refuse_second(person: Person, workflow: str, item_id: int) -> None:
    """Refuse a ruling while this very person's ruling on the item waits to take effect.

    :raises ChangedMeanwhileError: with what to do.
    """
    waits = HeldRuling.workflow == workflow, HeldRuling.item_id == item_id, HeldRuling.outcome == WAITING
    if session.scalar(select(HeldRuling.id).where(*waits, HeldRuling.person_id == person.id)) is not None:
        raise ChangedMeanwhileError(
            "Bạn vừa quyết định việc này ở một cửa sổ khác; quyết định ấy có hiệu lực sau vài giây. Muốn đổi, hãy mở"
            " «Chờ quyết định» và bấm «Rút lại».",
            "You have just ruled on this in another window; it takes effect in a few seconds. To change it, open"
            " the queue of rulings and take it back.",
        )


def name_of(item: Any) -> str:  # noqa: ANN401 -- any subject of a workflow
    """Return what an item is called: its title or subject; an extension is called by its task."""
    if isinstance(item, Extension):
        return item.task.title
    named = getattr(item, "title", "") or getattr(item, "subject", "")
    return str(named) or SUBJECTS[type(item)].workflow.label.vi


def take_back(held_id: int, person: Person) -> HeldRuling:
    """Take a ruling back before it takes effect.

    :raises NotFoundError: it is not there, or somebody else's.
    :raises DomainError: it has taken effect.
    """
    held = _own(held_id, person)
    if not _settle(held, WAITING, TAKEN_BACK):
        raise DomainError(
            "Quyết định này đã có hiệu lực nên không rút lại được. Hãy mở việc đó để xem còn làm được gì.",
            "This ruling has taken effect and cannot be taken back. Open the item to see what can be done.",
        )
    return held


def carry_out(held_id: int) -> bool:
    """Let a ruling take effect if it still waits and its moment has passed; tell whether this call did it.

    :raises DomainError: it can no longer be made; `note_refusal` says so to the person.
    """
    held = session.get(HeldRuling, held_id, populate_existing=True)
    if held is None or held.due_at > now() or not _settle(held, WAITING, DONE):
        return False
    actor = access.Actor(held.person, standing_of(held.person, day_of(now())))
    item = access.load(BY_NAME[held.workflow], held.item_id, actor.standing)
    given = {name: _unpacked(value) for name, value in held.given.items()}
    make_move(item, held.event, given, actor=actor, version=held.version)
    return True


def note_refusal(held_id: int, error: DomainError) -> None:
    """Keep why a ruling did not take effect, until the person has read it."""
    held = session.get_one(HeldRuling, held_id, populate_existing=True)
    held.outcome, held.said = REFUSED, (_overtaken(held, error) or error.sentence)._asdict()


def _overtaken(held: HeldRuling, error: DomainError) -> Sentence | None:
    """Return who was quicker, where that is why a ruling did not take effect and the log tells who."""
    model: Any = BY_NAME[held.workflow]
    item = session.get(model, held.item_id, populate_existing=True)
    if item is None or error.sentence != ChangedMeanwhileError().sentence:
        return None
    workflow = SUBJECTS[model].workflow
    rows = workflow.by_event[held.event]
    tried = next((row for row in rows if item.state in row.sources), rows[0])
    typed = any(isinstance(value, str) and value and not value.startswith(DAY) for value in held.given.values())
    return said_of_overtaken(workflow, item, tried, held.person_id, typed=typed)


def note_fault(held_id: int, error: Exception) -> None:
    """Put aside a ruling that met a fault of the program: its person and the administrators read that it did."""
    held = session.get_one(HeldRuling, held_id, populate_existing=True)
    if _settle(held, WAITING, REFUSED):
        held.said = {**FAULTY._asdict(), FAULT: _place_of(error)}


def _place_of(error: Exception) -> str:
    """Return what kind of fault it is and where it happened; never its words, which may hold what people wrote."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    return ", ".join([type(error).__name__, *(f"{Path(step.filename).name}:{step.lineno}" for step in last)])


def note_read(held_id: int, person: Person) -> None:
    """Note that the person has read why a ruling did not take effect."""
    _settle(_own(held_id, person), REFUSED, SEEN)


def _own(held_id: int, person: Person) -> HeldRuling:
    held = session.get(HeldRuling, held_id)
    if held is None or held.person_id != person.id:
        raise NotFoundError
    return held


def _settle(held: HeldRuling, before: str, after: str) -> bool:
    """Swap the outcome if it is still what it was: of two who try, one does it."""
    swapped = session.execute(
        update(HeldRuling)
        .where(HeldRuling.id == held.id, HeldRuling.outcome == before)
        .values(outcome=after)
        .returning(HeldRuling.id)
        .execution_options(synchronize_session=False)
    ).first()
    session.refresh(held)
    return swapped is not None


def _unpacked(value: Any) -> Any:  # noqa: ANN401 -- whatever a form gave
    if isinstance(value, str) and value.startswith(DAY):
        return date.fromisoformat(value.removeprefix(DAY))
    return value
