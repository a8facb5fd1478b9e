"""The plain fields that set-up and account forms are made of: trimmed lines, choices with names, ticks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # new in 3.3, not in the stubs yet
from wtforms.validators import InputRequired, Length, Optional, Regexp, StopValidation, ValidationError

from app.forms.limits import NotLonger
from app.services.import_people import ADDRESS
from app.services.logins import MAX_PASSWORD, MIN_PASSWORD
from app.text import nfc
from app.ui.formats import words as in_reader_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.errors import DomainError
    from app.queries.choices import Choice
    from workflows.words import Words

LINE, PARAGRAPH = 300, 20_000
NONE_CHOSEN = _l("— không chọn —")


class SetupForm(FlaskForm):
    """A form that can show what a service refuses, beside the field it concerns, with all that was typed."""

    def blame(self, error: DomainError) -> None:
        """Put the sentence of a refused change beside its field, else on top."""
        said = error.sentence.en if str(get_locale()) == "en" else error.sentence.vi
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(said)
        else:
            field.errors = [*field.errors, said]


class Given:
    """Refuses an empty field, blanks alone included; what could not be read keeps its own sentence."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __init__(self, message: str) -> None:
        """Take the sentence that says what to enter."""
        self.message = message

    def __call__(self, _form: object, field: Any) -> None:  # noqa: ANN401 -- any field
        """Stop where nothing was typed."""
        if not (field.raw_data and str(field.raw_data[0]).strip()):
            field.errors = []
            raise StopValidation(self.message)


def one_line(value: str | None) -> str:
    """Return a typed line in NFC without surplus blanks."""
    return " ".join(nfc(value or "").split())


def trimmed(value: str | None) -> str:
    """Return typed paragraphs in NFC without blank ends."""
    return nfc(value or "").strip()


def line(label: str, help_text: str = "", *, required: str = "", size: int = LINE, **render: object) -> StringField:
    """Return a one-line field; `required` is the sentence shown when it is empty."""
    first = Given(required) if required else Optional()
    too_long = NotLonger(size)
    return StringField(label, [first, too_long], filters=[one_line], description=help_text, render_kw=render)


def email_line(label: str, help_text: str = "", *, required: str = "") -> StringField:
    """Return a field for one mail address."""
    pattern = re.compile(f"{ADDRESS.pattern}$")
    wrong = Regexp(pattern, message=_l("Địa chỉ thư điện tử chưa đúng. Hãy nhập như ten@donvi.gov.vn."))
    first = Given(required) if required else Optional()
    too_long = NotLonger(LINE)
    kw = {"autocomplete": "off", "inputmode": "email"}
    return StringField(label, [first, too_long, wrong], filters=[one_line], description=help_text, render_kw=kw)


class LinesField(TextAreaField):
    """Entries one a line; a list from the database is shown that way. `data` is text, `entries` the list."""

    def process_data(self, value: Any) -> None:  # noqa: ANN401 -- a list, text, or nothing
        """Show a list one entry a line."""
        self.data = "\n".join(value) if isinstance(value, list) else value

    @property
    def entries(self) -> list[str]:
        """The entries that were typed, without blanks; also parted by semicolons."""
        return [" ".join(entry.split()) for entry in re.split(r"[\n;]", self.data or "") if entry.strip()]


def entries(label: str, help_text: str = "") -> LinesField:
    """Return a field of entries, one a line."""
    too_long = NotLonger(PARAGRAPH)
    return LinesField(label, [Optional(), too_long], filters=[trimmed], description=help_text, render_kw={"rows": 3})


def choice(label: str, named: Mapping[str, Words], help_text: str = "", **kwargs: Any) -> SelectField:  # noqa: ANN401 -- WTForms' own options
    """Return a choice of one key of a closed list."""
    return NamedField(label, named, description=help_text, **kwargs)


class NamedField(SelectField):
    """A choice among the keys of a closed list, shown by their names in the reader's language."""

    def __init__(self, label: str, named: Mapping[str, Words], **kwargs: Any) -> None:  # noqa: ANN401 -- WTForms' own signature
        """Name the keys for this request's reader."""
        choices = [SelectChoice(key, in_reader_language(words)) for key, words in named.items()]
        super().__init__(label, choices=choices, **kwargs)

    def pre_validate(self, form: object) -> None:
        """Refuse a key that is not in the list, in our own words."""
        _refuse_unknown(super().pre_validate, form)


class RowField(SelectField):
    """A choice of one row by its id, or of none; `offer` gives it what can be chosen. `data` is an int or None."""

    def __init__(self, label: str, validators: Any = (), *, empty: bool = True, **kwargs: Any) -> None:  # noqa: ANN401 -- WTForms' own signature
        """With `empty`, nothing may be chosen."""
        super().__init__(label, validators, coerce=_id_or_none, choices=[], **kwargs)
        self.empty = empty
        if not empty:
            self.flags.required = True

    def offer(self, rows: Iterable[Choice]) -> None:
        """Set what can be chosen."""
        nothing = SelectChoice("", NONE_CHOSEN if self.empty else _l("— chọn —"))
        self.choices = [nothing, *(SelectChoice(row.id, row.name, {"data-words": row.words}) for row in rows)]

    def pre_validate(self, form: object) -> None:
        """Refuse a row that is not offered, and none where one is needed."""
        if self.data is None and not self.empty:
            raise ValidationError(_("Hãy chọn một mục trong danh sách."))
        if self.data is not None:
            _refuse_unknown(super().pre_validate, form)


class RowsField(SelectMultipleField):
    """A choice of several rows by their ids. `data` is a list of ints."""

    def __init__(self, label: str, **kwargs: Any) -> None:  # noqa: ANN401 -- WTForms' own signature
        """Start without rows; `offer` gives them."""
        super().__init__(label, coerce=_id, choices=[], **kwargs)

    def offer(self, rows: Iterable[Choice]) -> None:
        """Set what can be chosen."""
        self.choices = [SelectChoice(row.id, row.name, {"data-words": row.words}) for row in rows]

    def pre_validate(self, form: object) -> None:
        """Refuse rows that are not offered."""
        _refuse_unknown(super().pre_validate, form)


class KeysField(SelectMultipleField):
    """A choice of several keys of a closed list. `data` is a list of keys."""

    def __init__(self, label: str, named: Mapping[str, Words], **kwargs: Any) -> None:  # noqa: ANN401 -- WTForms' own signature
        """Name the keys for this request's reader."""
        choices = [SelectChoice(key, in_reader_language(words)) for key, words in named.items()]
        super().__init__(label, choices=choices, **kwargs)

    def pre_validate(self, form: object) -> None:
        """Refuse keys that are not in the list."""
        _refuse_unknown(super().pre_validate, form)


def _id_or_none(value: Any) -> int | None:  # noqa: ANN401 -- text from the form, or an id
    if value in (None, "", "None"):
        return None
    return _id(value)


def _id(value: Any) -> int:  # noqa: ANN401 -- the same
    """Return an id; what is none becomes one that no list holds."""
    return int(value) if isinstance(value, int) or str(value).isdecimal() else -1


def _refuse_unknown(check: Any, form: object) -> None:  # noqa: ANN401 -- WTForms' own check
    try:
        check(form)
    except ValueError as error:
        raise ValidationError(_("Mục đã chọn không còn trong danh sách. Hãy chọn lại.")) from error


class NewPasswordMixin:
    """A new password, typed once; the browser can show it."""

    password = PasswordField(
        _l("Mật khẩu mới"),
        [
            InputRequired(_l("Hãy nhập mật khẩu mới.")),
            Length(
                min=MIN_PASSWORD,
                max=MAX_PASSWORD,
                message=_l(
                    "Mật khẩu cần từ %(min)d đến %(max)d ký tự. Hãy chọn mật khẩu khác.",
                    min=MIN_PASSWORD,
                    max=MAX_PASSWORD,
                ),
            ),
        ],
        description=_l("Ít nhất %(min)d ký tự. Một câu ngắn dễ nhớ tốt hơn một từ khó.", min=MIN_PASSWORD),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("Nhập lại mật khẩu mới"),
        [InputRequired(_l("Hãy nhập lại mật khẩu mới."))],
        render_kw={"autocomplete": "new-password"},
    )

    def validate_again(self, field: PasswordField) -> None:
        """Refuse a repetition that differs."""
        if field.data != self.password.data:
            raise ValidationError(_("Hai lần nhập chưa giống nhau. Hãy nhập lại."))
