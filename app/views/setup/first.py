"""The first run: while nobody exists, whoever opens the page founds the authority and becomes its administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from app.errors import NotFoundError
from app.forms.account import TakeFirstStepsForm
from app.services.authorities import take_first_steps, the_authority
from app.services.people import PersonFields, is_anybody_there
from app.views.auth import welcome
from app.views.guard import public
from app.views.setup.area import attempt, setup, status_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@setup.route("/first", methods=["GET", "POST"])
@public
def first() -> ResponseReturnValue:
    """Found the authority and its administrator; not there any more as soon as somebody exists."""
    if is_anybody_there():
        raise NotFoundError
    known = the_authority()
    form = TakeFirstStepsForm(authority=known.name if known else "")
    person = attempt(
        form,
        lambda: take_first_steps(
            form.authority.data or "",
            PersonFields(form.full_name.data or "", form.login.data or "", form.email.data or "", is_admin=True),
            form.password.data or "",
        ),
    )
    if person is not None:
        response = welcome(person, url_for("setup.index"))
        flash(_("Chào mừng! Hãy làm lần lượt các bước dưới đây."), "success")
        return response
    return render_template("setup/first.html", form=form), status_of(form)
