"""A forgotten password, and the page behind a link by which somebody chooses one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, flash, render_template, request
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from app.db import transaction
from app.errors import DomainError
from app.forms.account import AskResetForm, ChoosePasswordForm
from app.services import invitations as service
from app.services import logins
from app.views.auth import welcome
from app.views.guard import public
from app.views.signed_links import opens

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.models import SignedLink

invitations = Blueprint("invitations", __name__)


@invitations.route("/forgot-password", methods=["GET", "POST"])
@public
def ask_reset() -> ResponseReturnValue:
    """Mail a link to whoever forgot the password; the answer is the same whether the name is known or not."""
    form = AskResetForm()
    can_mail = bool(current_app.config["SETTINGS"].smtp_host)
    if not can_mail or not form.validate_on_submit():
        return render_template("auth/forgot.html", form=form, can_mail=can_mail, sent=False), _status(form)
    address = f"forgot:{request.remote_addr or ''}"
    if logins.is_throttled(address):
        form.form_errors.append(_("Đã yêu cầu quá nhiều lần. Hãy chờ 15 phút rồi thử lại."))
        return render_template("auth/forgot.html", form=form, can_mail=True, sent=False), 429
    with transaction():
        logins.note_refusal(address)
        service.ask_reset(form.login.data or "")
    return render_template("auth/forgot.html", form=form, can_mail=True, sent=True)


def _status(form: AskResetForm) -> int:
    return 422 if form.is_submitted() else 200


@opens(service.INVITE, service.RESET)
def choose_password(link: SignedLink) -> ResponseReturnValue:
    """Show whose link it is; when a password is sent, set it, spend the link and go in."""
    form = ChoosePasswordForm()
    if form.validate_on_submit():
        try:
            with transaction():
                person = service.choose_password(link, form.password.data or "")
        except DomainError as error:
            if error.field is None and error.status != 422:  # noqa: PLR2004 -- the link died a moment ago
                raise
            form.blame(error)
        else:
            if current_user.is_authenticated:
                logout_user()
            response = welcome(person, "/")
            flash(_("Đã đặt mật khẩu. Lần sau hãy đăng nhập bằng tên «%(login)s».", login=person.login), "success")
            return response
    page = render_template("auth/link.html", form=form, who=link.person, is_invitation=link.purpose == service.INVITE)
    return page, 422 if form.is_submitted() else 200
