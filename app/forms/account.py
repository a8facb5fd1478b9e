"""Forms of the own account, of one-time links and of the first run."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

from app.forms.texts import NewPasswordMixin, SetupForm, email_line, line
from app.services.logins import MAX_PASSWORD


class ChangePasswordForm(NewPasswordMixin, SetupForm):
    """The present password and a new one."""

    present = PasswordField(
        _l("Mật khẩu hiện tại"),
        [InputRequired(_l("Hãy nhập mật khẩu hiện tại.")), Length(max=MAX_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )


class ChoosePasswordForm(NewPasswordMixin, SetupForm):
    """A new password, by a one-time link."""


class AskResetForm(FlaskForm):
    """Whose password is forgotten."""

    login = line(
        _l("Tên đăng nhập hoặc thư điện tử"),
        required=_l("Hãy nhập tên đăng nhập hoặc thư điện tử."),
        autocomplete="username",
    )


class TakeFirstStepsForm(NewPasswordMixin, SetupForm):
    """The authority and its first administrator."""

    authority = line(
        _l("Tên cơ quan"),
        _l("Ghi đầy đủ như trên văn bản, ví dụ: Ủy ban nhân dân phường Sông Mây."),
        required=_l("Hãy nhập tên cơ quan."),
    )
    full_name = line(_l("Họ và tên của bạn"), required=_l("Hãy nhập họ và tên."), autocomplete="name")
    login = line(
        _l("Tên đăng nhập"),
        _l("Chữ thường không dấu, chữ số, dấu chấm; ví dụ: quantri."),
        required=_l("Hãy nhập tên đăng nhập."),
        autocomplete="username",
    )
    email = email_line(_l("Thư điện tử"), _l("Để nhận liên kết khi quên mật khẩu."))
