"""The one route by which everything moves: load with permission, decide, write, or give back what was typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Blueprint, flash, jsonify, redirect
from flask_babel import gettext as _
from flask_login import current_user

from app import access
from app.db import session, transaction
from app.errors import DomainError, NotFoundError
from app.forms.moves import MoveForm, form_for, sentence
from app.models import Person
from app.queries.facts import BY_NAME, SUBJECTS
from app.services.files import store_file
from app.services.moves import Recorded, make_move
from app.views.failures import wants_json
from app.views.guard import by_loader

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from workflows.kernel import Transition

    Draw = TypeVar("Draw", bound=Callable[..., str])

moves = Blueprint("moves", __name__)


@dataclass(frozen=True)
class Attempt:
    """A move that did not come about: which, what was typed, what is wrong. Shown again on the item's page."""

    event: str
    given: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    sentence: str = ""


PAGES: dict[str, Callable[[Any, Attempt | None], str]] = {}
"""How the page of each kind of item is drawn, also with an attempt that failed."""
HOMES: dict[str, Callable[[Any], str]] = {}
"""The address of an item's page, by kind."""


def page_for(workflow: str, home: Callable[[Any], str]) -> Callable[[Draw], Draw]:
    """Register a function that draws the page of a kind of item."""

    def register(draw: Draw) -> Draw:
        PAGES[workflow] = draw
        HOMES[workflow] = home
        return draw

    return register


@moves.post("/moves/<workflow>/<int:item_id>/<event>")
@by_loader
def take(workflow: str, item_id: int, event: str) -> ResponseReturnValue:
    """Take a move; a program gets JSON, a person the next page."""
    model: Any = BY_NAME.get(workflow)
    if model is None:
        raise NotFoundError
    item = access.load(model, item_id, current_user.standing)
    row = _row(item, event)
    form = form_for(row, SUBJECTS[model].facts(item))
    readable = form.validate_on_submit()
    try:
        if readable:
            with transaction():
                _make(item, event, form, row)
            return _done(item, row, form)
    except DomainError as error:
        return _again(model, item_id, event, form, row, error)
    return _again(model, item_id, event, form, row, None)


def _row(item: Any, event: str) -> Transition:  # noqa: ANN401 -- any subject
    """Return the row of the event that fits the item's state and the person, else any row of it."""
    workflow = SUBJECTS[type(item)].workflow
    rows = workflow.by_event.get(event, ())
    if not rows:
        raise NotFoundError
    roles = access.roles_of(current_user.standing, item, event)
    here = [row for row in rows if item.state in row.sources]
    return next((row for row in here if row.roles & roles and not row.refuses_party(roles)), (here or list(rows))[0])


def _make(item: Any, event: str, form: MoveForm, row: Transition) -> None:  # noqa: ANN401 -- any subject
    given = form.given(row)
    for name, uploads in form.uploads(row).items():
        given[name] = [store_file(upload.stream, upload.filename, current_user.person).id for upload in uploads]
    make_move(
        item, event, given, actor=current_user.actor, version=form.version.data, behalf=_recorded(form)
    )


def _recorded(form: MoveForm) -> Recorded | None:
    if not form.recorded_for.data:
        return None
    person = session.get(Person, form.recorded_for.data)
    if person is None or person.authority_id != current_user.standing.authority_id:
        raise NotFoundError
    basis = (form.basis.data or "").strip()
    if not basis:
        raise DomainError(
            "Hãy ghi căn cứ: văn bản, tin nhắn hay cuộc gọi nào, ngày nào.",
            "Say what you record from: which paper, message or call, of which day.",
            field="basis",
        )
    return Recorded(person, basis)


def _done(item: Any, row: Transition, form: MoveForm) -> ResponseReturnValue:  # noqa: ANN401 -- any subject
    workflow = SUBJECTS[type(item)].workflow
    if wants_json():
        return jsonify(workflow=workflow.name, id=item.id, state=item.state, version=item.version)
    flash(_("Đã ghi: %(label)s.", label=sentence(row.label)), "success")
    target = form.next.data or ""
    local = target.startswith("/") and not target.startswith("//") and "\\" not in target
    return redirect(target if local else HOMES[workflow.name](item), 303)


def _again(  # noqa: PLR0913, PLR0917 -- what was tried, on what, and why it failed
    model: Any,  # noqa: ANN401 -- any model of BY_NAME
    item_id: int,
    event: str,
    form: MoveForm,
    row: Transition,
    error: DomainError | None,
) -> ResponseReturnValue:
    """Draw the item's page again with the form open, all that was typed in it, and what to do next."""
    session.rollback()
    said = sentence(error.sentence) if error else ""
    faults = form.faults()
    if error and error.field and error.field in {need.name for need in row.needs}:
        faults.setdefault(error.field, []).append(said)
    status = error.status if error else 422
    if wants_json():
        return jsonify(error={"status": status, "sentence": said, "fields": faults}), status
    item = access.load(model, item_id, current_user.standing)
    session.refresh(item)
    workflow = SUBJECTS[model].workflow.name
    attempt = Attempt(event, form.typed(row), faults, said)
    return PAGES[workflow](item, attempt), status


