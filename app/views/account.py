"""The own account: password, sessions, language and theme, and what one is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.clock import today
from app.db import session, transaction
from app.errors import DomainError, NotFoundError
from app.forms.account import ChangePasswordForm
from app.models import LoginSession, Person
from app.queries.kinds import OFFICES, SEATS
from app.queries.organisation import all_offices, all_seats
from app.queries.sessions import live_sessions
from app.services import logins
from app.services.invitations import set_password
from app.ui.agents import device_of
from app.views.guard import signed_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

account = Blueprint("account", __name__, url_prefix="/account")


@account.get("/")
@signed_in
def show() -> ResponseReturnValue:
    """Show the own account."""
    return _page(ChangePasswordForm(formdata=None))


def _page(form: ChangePasswordForm) -> str:
    person = current_user.person
    return render_template(
        "account/show.html",
        who=person,
        form=form,
        offices=[office for office in all_offices(person) if office.to_on is None or office.to_on >= today()],
        seats=[seat for seat in all_seats(person) if seat.to_on is None or seat.to_on >= today()],
        office_names=OFFICES,
        seat_names=SEATS,
        sessions=[(row, device_of(row.agent)) for row in live_sessions(person.id)],
        here=current_user.session_id,
    )


@account.post("/password")
@signed_in
def change_password() -> ResponseReturnValue:
    """Change the password; every other session ends."""
    form = ChangePasswordForm()
    key = f"password:{current_user.id}"
    if form.validate_on_submit():
        person = session.get_one(Person, current_user.id)
        if logins.is_throttled(key):
            form.form_errors.append(_("Đã nhập sai quá nhiều lần. Hãy chờ 15 phút rồi thử lại."))
        elif not logins.check_password(person, form.present.data or ""):
            with transaction():
                logins.note_refusal(key)
            form.present.errors = [_("Mật khẩu hiện tại chưa đúng. Hãy nhập lại.")]
        elif _changed(person, form):
            flash(_("Đã đổi mật khẩu; các phiên đăng nhập khác đã kết thúc."), "success")
            return redirect(url_for("account.show"), 303)
    return _page(form), 422


def _changed(person: Person, form: ChangePasswordForm) -> bool:
    try:
        with transaction():
            set_password(person, form.password.data or "", keep=current_user.session_id)
    except DomainError as error:
        form.blame(error)
        return False
    return True


@account.post("/sessions/<int:session_id>/end")
@signed_in
def end_session(session_id: int) -> ResponseReturnValue:
    """End one of the own sessions."""
    row = session.get(LoginSession, session_id)
    if row is None or row.person_id != current_user.id:
        raise NotFoundError
    with transaction():
        logins.revoke_session(row.id)
    flash(_("Phiên đăng nhập đã kết thúc."), "success")
    return redirect(url_for("account.show"), 303)


@account.post("/sessions/end-others")
@signed_in
def end_other_sessions() -> ResponseReturnValue:
    """End all own sessions but this one."""
    with transaction():
        logins.revoke_sessions(current_user.id, keep=current_user.session_id)
    flash(_("Các phiên đăng nhập khác đã kết thúc."), "success")
    return redirect(url_for("account.show"), 303)
