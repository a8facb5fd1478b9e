"""Log-in, log-out, own account and the links that invitations and password resets carry."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from app.db import transaction
from app.forms.auth import LoginForm
from app.installation import demo_logins
from app.services import logins
from app.services.people import is_anybody_there
from app.views.guard import Login, public, signed_in
from app.views.shell import JUST_NOW, keep_choices

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.models import Person

auth = Blueprint("auth", __name__)


@auth.route("/login", methods=["GET", "POST"])
@public
def login() -> ResponseReturnValue:
    """Let a person in, with the same answer for a wrong name as for a wrong password."""
    if current_user.is_authenticated:
        return redirect(_target())
    if not is_anybody_there():
        return redirect(url_for("setup.first"))
    form = LoginForm()
    status = 200
    if form.validate_on_submit():
        person = _admit(form)
        if person is not None:
            return welcome(person, _target())
        status = 422
    elif form.is_submitted():
        status = 422
    settings = current_app.config["SETTINGS"]
    return render_template("auth/login.html", form=form, demo=demo_logins(settings) if settings.demo else []), status


def _admit(form: LoginForm) -> Person | None:
    name, address = (form.login.data or "").strip().lower(), request.remote_addr or ""
    keys = (f"login:{name}", f"address:{address}")
    if logins.is_throttled(keys[0]) or logins.is_throttled(keys[1], logins.TRIES_OF_ADDRESS):
        form.form_errors.append(
            _("Đã thử đăng nhập sai quá nhiều lần. Hãy chờ 15 phút rồi thử lại, hoặc bấm «Quên mật khẩu».")
        )
        return None
    person = logins.person_by_login(name)
    if person is not None and logins.check_password(person, form.password.data or ""):
        return person
    if person is None:
        logins.check_password(None, form.password.data or "")
    with transaction():
        logins.note_refusal(*keys)
    form.form_errors.append(
        _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi thử lại.")
    )
    return None


def welcome(person: Person, target: str) -> ResponseReturnValue:
    """Open a session for somebody who proved who he is, and go on to a page of ours.

    The language and theme chosen on the way in are the person's from now on.
    """
    with transaction():
        keep_choices(person, cookie.get(JUST_NOW, {}))
        token = logins.open_session(person, request.user_agent.string)
    found = logins.find_session(token)
    if found is None:
        return redirect(url_for("auth.login"))
    cookie.clear()
    cookie.permanent = True
    login_user(Login(found, token))
    return redirect(target, 303)


def _target() -> str:
    """Return where the person was going, if that is a page of ours."""
    wanted = request.args.get("next", "")
    parts = urlsplit(wanted)
    local = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    return wanted if local and not parts.netloc and not parts.scheme else "/"


@auth.post("/logout")
@signed_in
def logout() -> ResponseReturnValue:
    """End this session on the server."""
    with transaction():
        logins.revoke_session(current_user.session_id)
    logout_user()
    cookie.clear()
    flash(_("Bạn đã đăng xuất."), "success")
    return redirect(url_for("auth.login"), 303)
