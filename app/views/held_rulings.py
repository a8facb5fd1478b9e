"""Rulings from the queue: take one back, let those that are due take effect, put a failed one away."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import OperationalError

from app.db import transaction
from app.errors import DomainError
from app.forms.moves import sentence
from app.queries.held_rulings import due_rulings
from app.services.held_rulings import carry_out, note_fault, note_read, note_refusal, take_back
from app.views.guard import by_loader, signed_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

log = logging.getLogger("dondoc")
rulings = Blueprint("rulings", __name__, url_prefix="/rulings")


@rulings.post("/<int:held_id>/take-back")
@by_loader
def undo(held_id: int) -> ResponseReturnValue:
    """Take a ruling back: nothing has happened, its card returns."""
    try:
        with transaction():
            held = take_back(held_id, current_user.person)
            flash(_("Đã rút lại. «%(name)s» trở lại hàng chờ, chưa ai được báo.", name=held.name), "success")
    except DomainError as error:
        if error.status == 404:  # noqa: PLR2004 -- not there
            raise
        flash(sentence(error.sentence), "warning")
    return redirect(_way_back(), 303)


@rulings.post("/due")
@signed_in
def settle() -> ResponseReturnValue:
    """Let this person's rulings take effect whose moment has passed; the page asks when its count has run down."""
    done = refused = 0
    for held_id in due_rulings(current_user.person.id):
        try:
            with transaction():
                done += carry_out(held_id)
        except DomainError as error:
            refused += 1
            with transaction():
                note_refusal(held_id, error)
        except OperationalError:
            raise
        except Exception as error:
            log.exception("ruling %s", held_id)
            refused += 1
            with transaction():
                note_fault(held_id, error)
    return jsonify(done=done, refused=refused)


@rulings.post("/<int:held_id>/seen")
@by_loader
def seen(held_id: int) -> ResponseReturnValue:
    """Put away why a ruling did not take effect."""
    with transaction():
        note_read(held_id, current_user.person)
    return redirect(_way_back(), 303)


def _way_back() -> str:
    """Return the page from which it was done, that of a task or the queue as it was opened; else the queue."""
    target, queue = request.form.get("next", ""), url_for("home.chair")
    known = target.startswith(("/tasks/", f"{queue}?"))
    return target if known and "\\" not in target else queue
