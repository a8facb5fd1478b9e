"""The one route by which everything moves: load with permission, decide, write, or give back what was typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Blueprint, flash, jsonify, redirect, request
from flask_login import current_user

from app import access, db
from app.db import session, transaction
from app.errors import ChangedMeanwhileError, DomainError, NotFoundError
from app.forms.moves import MoveForm, form_for, kept_ids, sentence
from app.models import Person, StoredFile
from app.queries.choices import all_belong
from app.queries.facts import BY_NAME, SUBJECTS
from app.services.files import RefusedFilesError, own_unattached, store_files
from app.services.held_rulings import hold_ruling
from app.services.moves import Recorded, Sight, load_to_judge, make_move, offers_for
from app.services.overtaken import last_change
from app.ui.formats import instant
from app.ui.speech import gettext as _
from app.views.changed import by_oneself, deed_of, look_again
from app.views.failures import wants_json
from app.views.guard import by_loader, reads_first

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask.typing import ResponseReturnValue

    from app.errors import Sentence
    from workflows.kernel import Transition

    Draw = TypeVar("Draw", bound=Callable[..., str])

moves = Blueprint("moves", __name__)


@dataclass(frozen=True)
class Attempt:
    """A move that did not come about: which, what was typed, what is wrong. Shown again on the item's page.

    A move that was recorded for somebody has a form of its own: its event is named by `recorded_event`.
    """

    event: str
    given: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    sentence: str = ""
    back: str = ""
    """The page to which the person goes back when the next try succeeds; empty for the item's own."""
    hold: bool = False
    """Whether it was to wait, so that it can be taken back: the next try waits, too."""


def recorded_event(event: str, person_id: int | None) -> str:
    """Return the name of a move's form: of the event, and of the person for whom it is recorded."""
    return f"{event}{RECORDED}{person_id}" if person_id else event


RECORDED = "-for-"


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
@reads_first
def take(workflow: str, item_id: int, event: str) -> ResponseReturnValue:
    """Take a move; a program gets JSON, a person the next page."""
    model: Any = BY_NAME.get(workflow)
    if model is None:
        raise NotFoundError
    item, sight = load_to_judge(model, item_id, current_user.standing)
    row = _row(item, event, sight)
    form = form_for(row, sight.facts)
    files: dict[str, list[StoredFile]] = {}
    try:
        understood = form.validate_on_submit()
        files = _keep_files(form, row)
        if understood:
            with transaction(keeps_read=True):
                # Keeping files ended the transaction in which the item was looked at.
                hints = _make(item, form, row, files, sight=None if files else sight)
            return _done(item, row, form, hints)
    except RefusedFilesError as error:
        return _again(model, item_id, Tried(event, form, row, {error.field or "": [*error.kept]}), error)
    except DomainError as error:
        return _again(model, item_id, Tried(event, form, row, files), error)
    return _again(model, item_id, Tried(event, form, row, files), None)


@moves.get("/moves/<workflow>/<int:item_id>/<event>")
@by_loader
def back(workflow: str, item_id: int, event: str) -> ResponseReturnValue:
    """Lead to the item's page: a refused form stays at the address of its move, which people open again."""
    model: Any = BY_NAME.get(workflow)
    if model is None or event not in SUBJECTS[model].workflow.by_event or workflow not in HOMES:
        raise NotFoundError
    return redirect(HOMES[workflow](access.load(model, item_id, current_user.standing)), 303)


def _row(item: Any, event: str, sight: Sight) -> Transition:  # noqa: ANN401 -- any subject
    """Return the row of the event that fits the item's state and the person, else any row of it."""
    workflow = SUBJECTS[type(item)].workflow
    rows = workflow.by_event.get(event, ())
    if not rows:
        raise NotFoundError
    roles = access.roles_of(current_user.standing, item, event, sight.panel)
    here = [row for row in rows if item.state in row.sources]
    return next((row for row in here if row.roles & roles and not row.refuses_party(roles)), (here or list(rows))[0])


def _keep_files(form: MoveForm, row: Transition) -> dict[str, list[StoredFile]]:
    """Store the files that came along before the move is judged, so that a refusal does not cost them."""
    kept_before = {name: kept_ids(request.form.getlist(f"{name}-kept")) for name in form.uploads(row)}
    sent = {name: (kept_before[name], uploads) for name, uploads in form.uploads(row).items()}
    if not any(kept or uploads for kept, uploads in sent.values()):
        return {}
    person = current_user.person
    found: dict[str, list[StoredFile]] = {}
    wrong: dict[str, list[DomainError]] = {}
    with transaction(keeps_read=True):
        for name, (kept, uploads) in sent.items():
            stored, wrong[name] = store_files(uploads, person)
            found[name] = [*own_unattached(kept, person), *stored]
    db.mark_writing()
    for name, errors in wrong.items():
        if errors:
            raise RefusedFilesError(errors, found[name], field=name)
    return found


def _make(
    item: Any,  # noqa: ANN401 -- any subject
    form: MoveForm,
    row: Transition,
    files: dict[str, list[StoredFile]],
    sight: Sight | None,
) -> Sequence[Sentence]:
    """Make or hold the move; return what its page should tell besides."""
    given = form.given(row) | {name: [file.id for file in kept] for name, kept in files.items()}
    _check_ids(item, row, given)
    version, behalf = form.version.data, recorded_of(form)
    if form.hold.data and behalf is None:
        hold_ruling(item, row, given, actor=current_user.actor, version=version)
        return ()
    move = make_move(item, row.event, given, actor=current_user.actor, version=version, behalf=behalf, sight=sight)
    hints: Sequence[Sentence] = move.notes.get("hints", ())
    return hints


def _check_ids(item: Any, row: Transition, given: dict[str, Any]) -> None:  # noqa: ANN401 -- any subject
    """Refuse units and people that the authority does not have: a form never offers them, a forged one might."""
    found: dict[str, set[int]] = {"unit": set(), "person": set()}
    for need in row.needs:
        kind = "unit" if need.kind in {"unit", "units"} else need.kind
        value = given.get(need.name)
        if kind in found and value:
            found[kind].update(value if isinstance(value, list) else [value])
    if not all_belong(item.authority_id, units=found["unit"], people=found["person"]):
        raise DomainError(
            "Đơn vị hoặc người được chọn không còn trong cơ quan. Hãy chọn lại từ danh sách.",
            "The unit or person chosen is not in the authority any more. Choose again from the list.",
        )


def recorded_of(form: MoveForm) -> Recorded | None:
    """Return for whom and from what a form records; None when it is the person's own act.

    :raises DomainError: it says for whom, but not from what.
    """
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


def _done(item: Any, row: Transition, form: MoveForm, hints: Sequence[Sentence]) -> ResponseReturnValue:  # noqa: ANN401 -- any subject
    workflow = SUBJECTS[type(item)].workflow
    said = [sentence(hint) for hint in hints]
    if wants_json():
        told = {"hints": said} if said else {}
        return jsonify(workflow=workflow.name, id=item.id, state=item.state, version=item.version, **told)
    if not form.hold.data or form.recorded_for.data:  # what is held says so itself, with its count
        flash(_("Bạn %(deed)s.", deed=sentence(row.past)), "success")
    for hint in said:
        flash(hint, "info")
    return redirect(_way_back(form) or HOMES[workflow.name](item), 303)


def _way_back(form: MoveForm) -> str:
    """Return the page of this house from which the move was taken, empty where the form names none."""
    target = form.next.data or ""
    local = target.startswith("/") and not target.startswith("//") and "\\" not in target
    return target if local else ""


def _changed(item: Any, tried: Transition) -> str:  # noqa: ANN401 -- any subject
    """Return who was quicker and what may be done now with what was typed."""
    workflow = SUBJECTS[type(item)].workflow
    last = last_change(workflow, item.id)
    said = by_oneself(workflow, last) or _("Mục này vừa được người khác thay đổi")
    if last and last.who_id != current_user.person.id:
        deed = deed_of(workflow, last)
        who = last.who or _("Hệ thống")
        said += _(" (gần nhất: %(who)s %(deed)s lúc %(at)s)", who=who, deed=deed, at=instant(last.at))
    if any(row.event == tried.event for row in offers_for(item, current_user.actor)):
        return look_again(said)
    label = sentence(tried.label)
    return said + _(
        ". Thao tác «%(label)s» không còn làm được nữa; nội dung bạn nhập còn ở bên dưới để chép lại.", label=label
    )


@dataclass(frozen=True)
class Tried:
    """A move as it was sent, with the files that are kept for the next try."""

    event: str
    form: MoveForm
    row: Transition
    files: dict[str, list[StoredFile]]


def _again(model: Any, item_id: int, tried: Tried, error: DomainError | None) -> ResponseReturnValue:  # noqa: ANN401 -- any model of BY_NAME
    """Draw the item's page again with the form open, all that was typed in it, and what to do next."""
    kept = {name: [(file.id, file.name) for file in files] for name, files in tried.files.items()}
    session.rollback()
    form, row = tried.form, tried.row
    said = sentence(error.sentence) if error else ""
    faults = form.faults()
    if error and error.field and error.field in {"basis", *(need.name for need in row.needs)}:
        faults.setdefault(error.field, []).append(said)
    status = error.status if error else 422
    item = access.load(model, item_id, current_user.standing)
    session.refresh(item)
    if isinstance(error, ChangedMeanwhileError) and error.sentence == ChangedMeanwhileError().sentence:
        said = _changed(item, row)
    if wants_json():
        return jsonify(error={"status": status, "sentence": said, "fields": faults}), status
    workflow = SUBJECTS[model].workflow.name
    event = recorded_event(tried.event, form.recorded_for.data)
    attempt = Attempt(event, form.typed(row) | kept, faults, said, _way_back(form), bool(form.hold.data))
    return PAGES[workflow](item, attempt), status
